// The library page: finding what was kept, its notes, and the file that carries it.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptPage, PaperView } from '../../src/library/api';
import type { Preview } from '../../src/library/files';
import type { PaperId } from '../../src/paper';
import { LibraryPage } from '../../src/views/library';
import {
  fakeFiles,
  fakeLibrary,
  keptRow,
  listed,
  named,
  note,
  press,
  rest,
  show,
  type,
} from './ui-world';

const state = () => document.documentElement.dataset.state;
const rows = () => [
  ...document.querySelectorAll<HTMLElement>('[aria-label="Library"] > [data-paper]'),
];
const ids = () => rows().map(({ dataset }) => dataset.paper);
const search = () => document.querySelector('input[type=search]');
const page = (...found: string[]): KeptPage => ({
  total: found.length,
  kept: 9,
  rows: found.map((id) => keptRow(id)),
});

beforeEach(() => {
  history.replaceState(null, '', location.pathname);
  // happy-dom has no layout, so nothing ever comes into view.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

async function library(
  verbs: Parameters<typeof fakeLibrary>[0] = {},
  inAndOut: Parameters<typeof fakeFiles>[0] = {},
) {
  const world = fakeLibrary({ kept: async () => page('2401.00001', '2401.00002'), ...verbs });
  const { files, write } = fakeFiles(inAndOut);
  const { library, notices } = world;
  await show(<LibraryPage {...{ library, files, notices }} drafts={localStorage} />);
  return { ...world, write };
}

describe('the reading state of a row', () => {
  const choice = () => rows()[0]?.querySelector('select') as HTMLSelectElement;
  const choose = async (value: string) => {
    choice().value = value;
    choice().dispatchEvent(new Event('change', { bubbles: true }));
    await rest();
  };

  it('is what was chosen last, whatever is drawn and answered meanwhile', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const world = await library({
      setReading: ({ id }, reading) => {
        asked.push(reading);
        return new Promise((done) => {
          answers.push(() => done({ ...listed(id), reading }));
        });
      },
    });
    await choose('reading');
    await world.tell({ papers: ['2401.00001' as PaperId] });
    expect(choice().value).toBe('reading');
    await choose('read');
    answers[0]?.();
    await rest();
    expect(choice().value).toBe('read');
    answers[1]?.();
    await rest();
    expect(choice().value).toBe('read');
    expect(asked).toEqual(['reading', 'read']);
  });

  it('goes back, with a sentence, where it could not be stored', async () => {
    await library({ setReading: () => Promise.reject(new Error('The storage is full.')) });
    await choose('reading');
    expect(choice().value).toBe('unread');
    expect(document.body.textContent).toContain('The storage is full.');
  });
});

describe('the list', () => {
  it('shows what is kept, in the order given', async () => {
    await library();
    expect(state()).toBe('ready');
    expect(ids()).toEqual(['2401.00001', '2401.00002']);
  });

  it('shows date, upvotes and the first lines of the note, and says what is only noted', async () => {
    const row = keptRow('2401.00001', {
      saved: false,
      note: 'one\n\n<b>two</b>',
      trending: { keywords: [], upvotes: 1 },
    });
    row.paper = { ...row.paper, published: '2024-01-02' };
    await library({ kept: async () => ({ total: 1, kept: 1, rows: [row] }) });
    expect(rows()[0]?.querySelector('.facts')?.textContent).toBe(
      'First Author, Second AuthorJan 2, 20241 upvoteNoted, not saved',
    );
    expect(rows()[0]?.querySelector('.excerpt')?.textContent).toBe('one <b>two</b>');
  });

  it('shows a paper whose date is none, and the others', async () => {
    const odd = keptRow('2401.00001');
    odd.paper = { ...odd.paper, published: '2026-99-99' };
    const rowsOf = { total: 2, kept: 2, rows: [odd, keptRow('2401.00002')] };
    await library({ kept: async () => rowsOf });
    expect(ids()).toEqual(['2401.00001', '2401.00002']);
    expect(rows()[0]?.querySelector('.facts')?.textContent).toContain('2026-99-99');
  });

  it('is loading until the first answer', async () => {
    await library({ kept: () => new Promise<never>(() => {}) });
    expect(state()).toBe('loading');
  });

  it('says what to do while nothing is kept', async () => {
    await library({ kept: async () => ({ total: 0, kept: 0, rows: [] }) });
    expect(document.querySelector('.empty')?.textContent).toContain('press Save');
  });

  it('says so when nothing is found', async () => {
    await library({
      kept: async (query) => (query ? { total: 0, kept: 2, rows: [] } : page('2401.00001')),
    });
    await type(search(), 'zebra');
    expect(document.querySelector('.empty h2')?.textContent).toBe('Nothing found');
  });

  it('says that not all can be found while the index is built, and asks again when more can', async () => {
    let indexing: { done: number; of: number } | undefined = { done: 1200, of: 5000 };
    const kept = async () => ({ ...page('2401.00001'), ...(indexing && { indexing }) });
    const world = await library({ kept });
    expect(document.documentElement.dataset.index).toBe('building');
    expect(document.body.textContent).toContain('1,200 of 5,000 papers');
    indexing = undefined;
    await world.tell({ index: true });
    expect(document.documentElement.dataset.index).toBeUndefined();
    expect(document.body.textContent).not.toContain('5,000');
  });

  it('says why it cannot be read, and tries again', async () => {
    let broken = true;
    await library({
      kept: async () => {
        if (broken) throw new Error('The storage could not be opened.');
        return page('2401.00001');
      },
    });
    expect(document.querySelector('.notice')?.textContent).toContain(
      'The storage could not be opened.',
    );
    broken = false;
    await press('Try again');
    expect(ids()).toEqual(['2401.00001']);
    expect(document.querySelector('.notice')).toBeNull();
  });

  it('draws of very many rows those near the window only, and asks for no more than those', async () => {
    const world = await library({
      kept: async (_, offset, limit) => ({
        total: 100_000,
        kept: 100_000,
        rows: Array.from({ length: limit }, (_row, index) =>
          keptRow(`2401.${String(offset + index).padStart(5, '0')}`),
        ),
      }),
    });
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('100000');
    expect(vi.mocked(world.library.kept).mock.calls).toEqual([['', 0, 50]]);
  });

  it('goes to the last row by a key, fetching only what is there', async () => {
    const world = await library({
      kept: async (_, offset, limit) => ({
        total: 1000,
        kept: 1000,
        rows: Array.from({ length: limit }, (_row, index) =>
          keptRow(`2401.${String(offset + index).padStart(5, '0')}`),
        ),
      }),
    });
    await rest(
      () =>
        void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true })),
    );
    expect(document.activeElement?.closest('li')?.dataset.paper).toBe('2401.00000');
    expect(world.library.kept).toHaveBeenCalledTimes(1);
  });
});

describe('the search', () => {
  it('asks for the words typed', async () => {
    const world = await library();
    await type(search(), 'first author');
    expect(world.library.kept).toHaveBeenLastCalledWith('first author', 0, 50);
  });

  it('is loading from the key until its answer, and asks once for keys typed meanwhile', async () => {
    const answers: ((page: KeptPage) => void)[] = [];
    const world = await library({ kept: () => new Promise((resolve) => answers.push(resolve)) });
    await rest(() => answers[0]?.(page()));
    for (const text of ['a', 'ab', 'abc']) await type(search(), text);
    expect(state()).toBe('loading');
    await rest(() => answers[1]?.(page('2401.00001')));
    expect(state()).toBe('loading');
    await rest(() => answers[2]?.(page('2401.00002')));
    expect(state()).toBe('ready');
    expect(ids()).toEqual(['2401.00002']);
    expect(vi.mocked(world.library.kept).mock.calls.map(([query]) => query)).toEqual([
      '',
      'a',
      'abc',
    ]);
  });
});

describe('a row', () => {
  /** A library whose papers can be taken off and restored, each told as the real one tells it. */
  async function keeping(...kept: string[]) {
    let found = kept;
    const world = await library({
      kept: async () => page(...found),
      unsave: async (id) => {
        found = found.filter((other) => other !== id);
        return { ...listed(id), saved: false };
      },
    });
    const tell = (id: string) => world.tell({ papers: [id as PaperId] });
    return { ...world, told: tell };
  }
  const save = (row: number) => named('Save', 'button', rows()[row]);
  const saved = () => rows().map((_, row) => save(row).getAttribute('aria-pressed'));

  it('that is taken off keeps its place and says so, so that no other row slides under the pointer', async () => {
    const world = await keeping('2401.00001', '2401.00002', '2401.00003');
    save(1).focus();
    await press('Save', 'button', rows()[1]);
    await world.tell({ papers: ['2401.00002' as PaperId] });
    expect(ids()).toEqual(['2401.00001', '2401.00002', '2401.00003']);
    expect(saved()).toEqual(['true', 'false', 'true']);
    expect(rows()[1]?.textContent).toContain('Not saved');
    expect(document.activeElement).toBe(save(1));
    expect(document.querySelector('.count')?.textContent).toBe('2 papers');
  });

  it('that is taken off keeps its place when the news of it comes before the answer', async () => {
    let answer = (_: PaperView) => {};
    let found = ['2401.00001', '2401.00002'];
    const world = await library({
      kept: async () => page(...found),
      unsave: () => new Promise((resolve) => (answer = resolve)),
    });
    await press('Save', 'button', rows()[0]);
    found = ['2401.00002'];
    await world.tell({ papers: ['2401.00001' as PaperId] });
    await rest(() => answer(listed('2401.00001')));
    expect(ids()).toEqual(['2401.00001', '2401.00002']);
    expect(saved()).toEqual(['false', 'true']);
  });

  it('that is taken off returns by a second click, and several by one click each', async () => {
    const world = await keeping('2401.00001', '2401.00002');
    for (const row of [0, 1]) await press('Save', 'button', rows()[row]);
    for (const id of ['2401.00001', '2401.00002']) await world.tell({ papers: [id as PaperId] });
    expect(saved()).toEqual(['false', 'false']);
    for (const row of [0, 1]) await press('Save', 'button', rows()[row]);
    expect(saved()).toEqual(['true', 'true']);
    expect(vi.mocked(world.library.restore).mock.calls).toEqual([['2401.00001'], ['2401.00002']]);
    expect(world.library.save).not.toHaveBeenCalled();
  });

  it('that was taken off last returns by Undo', async () => {
    const world = await keeping('2401.00001');
    await press('Save');
    await world.tell({ papers: ['2401.00001' as PaperId] });
    expect(document.querySelector('.toast')?.textContent).toContain('Removed from saved.');
    await press('Undo');
    expect(world.library.restore).toHaveBeenCalledWith('2401.00001');
    expect(saved()).toEqual(['true']);
  });

  it('that was taken off is gone after the next search', async () => {
    const world = await keeping('2401.00001', '2401.00002');
    await press('Save', 'button', rows()[0]);
    await world.tell({ papers: ['2401.00001' as PaperId] });
    await type(search(), 'title');
    expect(ids()).toEqual(['2401.00002']);
  });

  it('opens its note for writing, and what is typed does not search the row away', async () => {
    const world = await library({ note: async (id) => note(id, 'a note') });
    await press('Note', 'button', rows()[0]);
    await rest();
    const field = document.querySelector('.detail textarea[aria-label=Note]');
    expect((field as HTMLTextAreaElement).value).toBe('a note');
    (field as HTMLTextAreaElement).focus();
    const asked = vi.mocked(world.library.kept).mock.calls.length;
    await type(field, 'another');
    await world.tell({ papers: ['2401.00001' as PaperId] });
    expect(world.library.writeNote).toHaveBeenCalledWith(
      expect.objectContaining({ text: 'another' }),
    );
    expect(world.library.kept).toHaveBeenCalledTimes(asked);
    await press('Close details');
    expect(document.querySelector('.detail')).toBeNull();
    expect(world.library.kept).toHaveBeenCalledTimes(asked + 1);
    expect(world.library.endNote).toHaveBeenCalledWith('2401.00001');
  });
});

const check = (row: number, shiftKey = false) =>
  rest(
    () =>
      void rows()
        [row]?.querySelector('input[type=checkbox]')
        ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey })),
  );

describe('selected papers', () => {
  it('are removed at once, and returned by Undo', async () => {
    const world = await library();
    await check(0);
    await check(1, true);
    expect(document.querySelector('.bulk')?.textContent).toContain('2 selected');
    await press('Remove');
    const ids = ['2401.00001', '2401.00002'];
    expect(world.library.removePapers).toHaveBeenCalledWith(ids);
    await press('Undo');
    expect(world.library.restorePapers).toHaveBeenCalledWith(ids);
  });

  it('are changed 500 at a time', async () => {
    const many = Array.from({ length: 1201 }, (_, at) => `2401.${String(at).padStart(5, '0')}`);
    const world = await library({
      kept: async (_, offset, limit) => ({
        total: many.length,
        kept: many.length,
        rows: many.slice(offset, offset + limit).map((id) => keptRow(id)),
      }),
      keptIds: async () => many as PaperId[],
    });
    await check(0);
    await press('Select all 1,201');
    await press('Remove');
    await rest();
    expect(vi.mocked(world.library.removePapers).mock.calls.map(([ids]) => ids.length)).toEqual([
      500, 500, 201,
    ]);
    expect(document.querySelector('.toast')?.textContent).toContain('1,201 papers removed');
  });
});

/** What pages hand to the browser as files. */
function downloads() {
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:the-file');
  return saved;
}
const toast = () => document.querySelector('.toast')?.textContent;

describe('the library as a file', () => {
  it('is written whole by one click, as JSON', async () => {
    const saved = downloads();
    const { write } = await library();
    await press('Export');
    expect(saved).toEqual(['paper-margin.json']);
    expect(write.mock.calls[0]?.slice(0, 2)).toEqual(['json', undefined]);
    expect(toast()).toContain('9 papers written to paper-margin.json.');
  });

  it('is written in another format, all of it or what is selected', async () => {
    const saved = downloads();
    const { write } = await library();
    await press('More formats');
    await press('BibTeX');
    await check(1);
    await press('Export selected');
    await press('RIS', 'button', document.querySelector('.bulk') as Element);
    expect(saved).toEqual(['paper-margin.bibtex', 'paper-margin.ris']);
    expect(write.mock.calls.map(([format, ids]) => [format, ids])).toEqual([
      ['bibtex', undefined],
      ['ris', ['2401.00002']],
    ]);
  });

  it('says why it could not be written', async () => {
    const saved = downloads();
    await library({}, { write: () => Promise.reject(new Error('The storage cannot be read.')) });
    await press('Export');
    expect(saved).toEqual([]);
    expect(toast()).toContain('The storage cannot be read.');
  });
});

describe('a file that is imported', () => {
  const group = (total: number) => ({ total, papers: [] });
  const preview = (records: unknown[]): Preview => ({
    format: 'BibTeX',
    unit: 'record',
    groups: {
      new: group(records.length),
      changed: group(0),
      conflict: group(0),
      removed: group(0),
      stays: group(0),
      same: group(1),
    },
    ...{ binned: 0, returning: false, topics: 0, remarks: [], elsewhere: 0, unquoted: 0 },
    refused: [{ at: 5, why: 'it has no id' }],
    records: records.length,
    batches: () => [[records]],
  });
  const choose = async () => {
    const input = document.querySelector<HTMLInputElement>('dialog input[type=file]');
    if (!input) throw new Error('There is no file input');
    Object.defineProperty(input, 'files', { configurable: true, value: [new Blob(['a file'])] });
    await rest(() => void input.dispatchEvent(new Event('change')));
  };
  const dialog = () => document.querySelector('dialog')?.textContent;

  it('is shown first, and changes nothing until the person says so', async () => {
    const records = [{ id: '2401.00009' }];
    const { library: verbs } = await library(
      { importRecords: async () => ({ added: 1, changed: 0, same: 0, refused: [] }) },
      { preview: async () => preview(records) },
    );
    await press('Import');
    await choose();
    expect(dialog()).toContain('Read as BibTeX. 2 papers: 1 new, 1 already here.');
    expect(dialog()).toContain('Record 5 was not read: it has no id.');
    expect(verbs.importRecords).not.toHaveBeenCalled();
    await press('Import 1 paper');
    expect(verbs.importRecords).toHaveBeenCalledExactlyOnceWith(records);
    expect(dialog()).toContain('1 paper added.');
    expect(dialog()).toContain('1 record of the file could not be read.');
  });

  it('offers to bring back what was removed since, and shows what that comes to', async () => {
    const asked: (boolean | undefined)[] = [];
    await library(
      {},
      {
        preview: async (_, __, returning = false) => {
          asked.push(returning);
          return { ...preview(returning ? [{}, {}] : []), binned: 2, returning };
        },
      },
    );
    await press('Import');
    await choose();
    const box = () => document.querySelector<HTMLInputElement>('dialog input[type=checkbox]');
    expect(box()?.closest('label')?.textContent).toBe(
      'Bring back 2 papers that you removed since then',
    );
    expect(box()?.checked).toBe(false);
    await rest(() => box()?.click());
    expect(asked).toEqual([false, true]);
    expect(box()?.checked).toBe(true);
    expect(dialog()).toContain('Import 2 papers');
  });

  it('as a list of ids tells how many titles are still to come, and which will not', async () => {
    await library(
      { importRecords: async () => ({ added: 1, changed: 0, same: 0, refused: [] }) },
      {
        preview: async () => preview([{}]),
        missing: async () => ({ asked: 40, unknown: 2 }),
      },
    );
    await press('Import');
    // Also where an earlier import is still going on.
    expect(dialog()).toContain('40 titles still missing.');
    await choose();
    await press('Import 1 paper');
    expect(dialog()).toContain('40 titles still missing.');
    expect(dialog()).toContain('2 papers of your library are not known at arXiv.');
    const found = document.querySelector<HTMLProgressElement>('dialog progress');
    expect([found?.value, found?.max]).toEqual([0, 40]);
  });

  it('that cannot be read says why, and another can be chosen', async () => {
    await library(
      {},
      { preview: () => Promise.reject(new Error('This file is cut off after line 7.')) },
    );
    await press('Import');
    await choose();
    expect(document.querySelector('dialog [role=alert]')?.textContent).toBe(
      'This file is cut off after line 7.',
    );
    expect(dialog()).toContain('Choose a file');
  });

  it('that the library took in part says so, and how to go on', async () => {
    await library(
      { importRecords: () => Promise.reject(new Error('The disk is full.')) },
      { preview: async () => preview([{}, {}]) },
    );
    await press('Import');
    await choose();
    await press('Import 2 papers');
    expect(dialog()).toContain('The disk is full.');
    expect(dialog()).toContain('It stopped after 0 of 2 records.');
  });
});
