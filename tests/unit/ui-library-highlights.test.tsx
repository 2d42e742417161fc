// The library page's highlights: listed in their row, commented, recoloured, deleted with an undo, written to files.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Annotation, ImportReport } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { imported } from '../../src/ui/words';
import { LibraryPage } from '../../src/views/library';
import {
  annotation,
  fakeFiles,
  fakeLibrary,
  keptRow,
  listed,
  named,
  press,
  rest,
  show,
  type,
} from './ui-world';

const id = '2401.00001' as PaperId;
const items = () => [...document.querySelectorAll<HTMLElement>('[data-highlight]')];
const comment = (at = 0) => items()[at]?.querySelector('textarea') as HTMLTextAreaElement;
const toast = () => document.querySelector('.toast')?.textContent;

beforeEach(() => {
  history.replaceState(null, '', location.pathname);
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

/** The same highlight after a change. */
const later = (one: Annotation, more: Partial<Annotation>): Annotation => ({
  ...one,
  ...more,
  updatedAt: one.updatedAt + 1,
});

/** A library of one paper whose highlights are stored, changed and told as the real one does. */
async function library(found: Annotation[], verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  let all = found;
  const removed: Annotation[] = [];
  const world = fakeLibrary({
    kept: async () => ({
      total: 1,
      kept: 1,
      rows: [keptRow(id, all.length > 0 ? { highlights: all.length } : {})],
    }),
    annotations: async () => all,
    comment: async ({ id: which, text }) => {
      all = all.map((one) => (one.id === which ? later(one, { comment: text }) : one));
      return all.find((one) => one.id === which) ?? null;
    },
    recolourHighlight: async (which, colour) => {
      all = all.map((one) => (one.id === which ? later(one, { colour }) : one));
      return all.find((one) => one.id === which) ?? null;
    },
    removeHighlight: async (which) => {
      removed.push(...all.filter((one) => one.id === which));
      all = all.filter((one) => one.id !== which);
      return listed(id);
    },
    restoreHighlight: async (which) => {
      const back = removed.find((one) => one.id === which) ?? null;
      if (back) all = [...all, back];
      removed.splice(0, removed.length, ...removed.filter((one) => one !== back));
      return back;
    },
    removedHighlights: async () => [...removed],
    ...verbs,
  });
  const { files, write } = fakeFiles();
  await show(<LibraryPage {...world} files={files} drafts={localStorage} />);
  const told = () => world.tell({ papers: [id], highlights: [id] });
  const change = (next: Annotation[]) => {
    all = next;
    return told();
  };
  return { ...world, write, told, change };
}

describe('the highlights of a row', () => {
  it('are counted there, and listed with quote, comment, colour, version and place once opened', async () => {
    await library([
      annotation(id, 1, {
        quote: { exact: '<b>bold</b>', prefix: '', suffix: '' },
        comment: 'Why?',
      }),
      annotation(id, 2, { site: 'huggingface', colour: 'pink' }),
    ]);
    expect(items()).toEqual([]);
    await press('2 highlights');
    expect(items().map((one) => one.querySelector('blockquote')?.textContent)).toEqual([
      '<b>bold</b>',
      'Sentence 2',
    ]);
    expect([comment(0).value, comment(1).value]).toEqual(['Why?', '']);
    expect(items().map(({ dataset }) => dataset.colour)).toEqual(['yellow', 'pink']);
    const facts = (at: number) =>
      [...(items()[at]?.querySelectorAll('.facts > span') ?? [])].map((one) => one.textContent);
    expect(facts(0)).toEqual(['Version 2', 'arXiv abstract page', 'Aug 19, 2026']);
    expect(facts(1)).toEqual(['Version 2', 'Hugging Face', 'Aug 19, 2026']);
    await press('Close details');
    expect(items()).toEqual([]);
  });

  it('are not offered where there are none', async () => {
    await library([]);
    expect(document.querySelector('.kept')?.textContent).not.toContain('highlight');
  });

  it('are drawn 50 at first, and all on demand', async () => {
    await library(Array.from({ length: 120 }, (_, at) => annotation(id, at)));
    await press('120 highlights');
    expect(items()).toHaveLength(50);
    await press('Show all 120');
    expect(items()).toHaveLength(120);
  });

  it('say that a paper is highlighted, not saved', async () => {
    await library([annotation(id, 1)], {
      kept: async () => ({
        total: 1,
        kept: 1,
        rows: [keptRow(id, { saved: false, highlights: 1 })],
      }),
    });
    expect(document.querySelector('.facts')?.textContent).toContain('Highlighted, not saved');
  });
});

it('an answer that comes late does not replace a newer one', async () => {
  const answers: ((found: Annotation[]) => void)[] = [];
  const world = await library([annotation(id, 1)], {
    annotations: () => new Promise((resolve) => answers.push(resolve)),
  });
  await press('1 highlight');
  await world.told();
  await rest(() => answers[1]?.([annotation(id, 2)]));
  await rest(() => answers[0]?.([annotation(id, 1)]));
  expect(items().map((one) => one.querySelector('blockquote')?.textContent)).toEqual([
    'Sentence 2',
  ]);
});

describe('a comment', () => {
  it('is stored as it is typed, upon what stood there, and does not search its row away', async () => {
    const world = await library([annotation(id, 1, { comment: 'a' })]);
    await press('1 highlight');
    const asked = vi.mocked(world.library.kept).mock.calls.length;
    comment().focus();
    await type(comment(), 'ab');
    await type(comment(), 'abc');
    await world.told();
    expect(vi.mocked(world.library.comment).mock.calls.map(([write]) => write)).toEqual([
      { id: items()[0]?.dataset.highlight, text: 'ab', base: 'a' },
      { id: items()[0]?.dataset.highlight, text: 'abc', base: 'ab' },
    ]);
    expect(world.library.kept).toHaveBeenCalledTimes(asked);
    expect(comment().value).toBe('abc');
  });

  it('that was typed elsewhere shows here, unless something here is not stored yet', async () => {
    const answers: (() => void)[] = [];
    const mine = annotation(id, 1, { comment: 'a' });
    const world = await library([mine], {
      comment: ({ text }) =>
        new Promise((done) =>
          answers.push(() =>
            done({ ...mine, comment: `${text} theirs`, updatedAt: mine.updatedAt + 9 }),
          ),
        ),
    });
    await press('1 highlight');
    await world.change([later(mine, { comment: 'b' })]);
    expect(comment().value).toBe('b');
    await type(comment(), 'bc');
    await world.change([later(later(mine, {}), { comment: 'b theirs' })]);
    expect(comment().value).toBe('bc');
    await rest(() => answers[0]?.());
    expect(comment().value).toBe('bc theirs');
  });

  it('that could not be stored stays in its field, with the reason, and is tried again', async () => {
    let full = true;
    const mine = annotation(id, 1);
    const world = await library([mine], {
      comment: async ({ text }) => {
        if (full) throw new Error('The disk is full.');
        return later(mine, { comment: text });
      },
    });
    await press('1 highlight');
    await type(comment(), 'Mine');
    expect(items()[0]?.querySelector('[role=alert]')?.textContent).toContain('The disk is full.');
    await world.change([later(mine, { comment: 'Theirs' })]);
    expect(comment().value).toBe('Mine');
    full = false;
    await press('Try again');
    expect(items()[0]?.querySelector('[role=alert]')).toBeNull();
    expect(world.library.comment).toHaveBeenLastCalledWith(
      expect.objectContaining({ text: 'Mine', base: '' }),
    );
  });
});

describe('a highlight', () => {
  it('gets another colour', async () => {
    const world = await library([annotation(id, 1)]);
    await press('1 highlight');
    const choice = items()[0]?.querySelector('select') as HTMLSelectElement;
    await rest(() => {
      choice.value = 'blue';
      choice.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await world.told();
    expect(items()[0]?.dataset.colour).toBe('blue');
  });

  it('is deleted, counted off, and comes back by Undo; the focus is not lost', async () => {
    await library([annotation(id, 1), annotation(id, 2)]);
    await press('2 highlights');
    await press('Delete highlight', 'button', items()[0]);
    expect(items()).toHaveLength(1);
    expect(named('1 highlight')).toBeTruthy();
    expect(document.activeElement?.className).toBe('highlights');
    expect(toast()).toContain('Highlight deleted.');
    await press('Undo');
    expect(items()).toHaveLength(2);
    expect(toast()).toContain('Highlight restored.');
  });

  it('that was deleted stays at hand below the others, and is restored from there', async () => {
    await library([annotation(id, 1), annotation(id, 2)]);
    await press('2 highlights');
    await press('Delete highlight', 'button', items()[0]);
    await press('Delete highlight', 'button', items()[0]);
    expect(document.querySelector('.removed summary')?.textContent).toBe(
      '2 highlights deleted lately',
    );
    await press('Restore', 'button', document.querySelector('.removed li') as HTMLElement);
    expect(items()).toHaveLength(1);
    expect(document.querySelector('.removed summary')?.textContent).toBe(
      '1 highlight deleted lately',
    );
  });

  it('that was the last one leaves a sentence, and can be restored', async () => {
    await library([annotation(id, 1)]);
    await press('1 highlight');
    await press('Delete highlight');
    expect(document.querySelector('.highlights')?.textContent).toContain('no highlights any more');
    await press('Restore', 'button', document.querySelector('.removed li') as HTMLElement);
    expect(items()).toHaveLength(1);
  });
});

describe('a file', () => {
  it('of one paper with its note and highlights is offered', async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:the-file');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const { write } = await library([annotation(id, 1)]);
    await press('1 highlight');
    await press('Export as Markdown');
    expect(write.mock.calls.map(([format, ids]) => [format, ids])).toEqual([['markdown', [id]]]);
    expect(toast()).toContain('1 paper written to paper-margin.markdown.');
  });

  const report: ImportReport = { added: 0, changed: 0, same: 0, refused: [] };
  it.each<[Partial<ImportReport>, string[]]>([
    [
      { added: 1, highlights: { added: 12, changed: 1, same: 3 } },
      ['1 paper added.', '12 highlights added, 1 changed, 3 already here.'],
    ],
    [{}, ['There was nothing to add in this file.']],
    [{ changed: 2 }, ['2 papers changed.']],
    [{ same: 2 }, ['2 papers already here.']],
    [{ topics: { added: 1, changed: 0, same: 2 } }, ['1 topic added, 2 already here.']],
    [
      { added: 1, topics: { added: 0, changed: 2, same: 0 } },
      ['1 paper added.', '2 topics changed.'],
    ],
  ])('that was imported is told in plain words: %j', (some, lines) => {
    expect(imported({ ...report, ...some })).toEqual(lines);
  });
});
