// The library page around its list: the way back, the filters where there is little room, what is under way, the details.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaperView } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { placeOf } from '../../src/views/address';
import { LibraryPage } from '../../src/views/library';
import {
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

const many = Array.from({ length: 1200 }, (_, at) => `2401.${String(at).padStart(5, '0')}`);
const search = () => document.querySelector<HTMLInputElement>('input[type=search]');
const detail = () => document.querySelector<HTMLElement>('[aria-label="Paper details"]');
const title = (id: string) => named(`Title of ${id}`, 'a');
const order = () => document.querySelector<HTMLSelectElement>('[aria-label=Order]');

beforeEach(() => {
  history.replaceState(null, '', location.pathname);
  localStorage.clear();
  window(1400);
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

/** The window is so wide, px. */
function window(width: number) {
  const least = (query: string) => Number(/min-width: (\d+)px/.exec(query)?.[1] ?? 0);
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: width >= least(query),
    addEventListener: () => {},
  }));
}

async function library(verbs: Parameters<typeof fakeLibrary>[0] = {}, files = fakeFiles().files) {
  const world = fakeLibrary({
    kept: async (_, offset, limit) => ({
      total: many.length,
      kept: many.length,
      rows: many.slice(offset, offset + limit).map((id) => keptRow(id)),
    }),
    ...verbs,
  });
  const { library, notices } = world;
  await show(
    <LibraryPage
      {...{ library, files, notices }}
      drafts={localStorage}
      place={placeOf(location.search)}
    />,
  );
  return world;
}

/** Waits until it holds, through all that is drawn meanwhile. */
const answered = (holds: () => void) =>
  vi.waitFor(async () => {
    await rest();
    holds();
  });

/** The browser goes to an entry of its history. */
const goTo = (address: string, state: unknown) =>
  rest(() => {
    history.replaceState(state, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  });

describe('back and forward', () => {
  it('bring the query, the order and the paper of that entry', async () => {
    const { library: verbs } = await library();
    await rest(() => title('2401.00001').click());
    expect(detail()?.textContent).toContain('Title of 2401.00001');
    const there = history.state;
    await type(search(), 'lanterns');
    await goTo('?paper=2401.00002', { order: { by: 'title', reverse: true } });
    expect(search()?.value).toBe('');
    expect(order()?.value).toBe('title');
    expect(detail()?.textContent).toContain('Title of 2401.00002');
    expect(verbs.kept).toHaveBeenLastCalledWith('', 0, 50, { by: 'title', reverse: true });
    await goTo('?q=rivers', there);
    expect(search()?.value).toBe('rivers');
    expect(order()?.value).toBe('saved');
    expect(detail()).toBeNull();
    expect(verbs.kept).toHaveBeenLastCalledWith('rivers', 0, 50, { by: 'saved' });
  });

  it('do not ask for the same list once more when they only open a paper', async () => {
    const { library: verbs } = await library();
    await goTo('?paper=2401.00002', history.state);
    expect(detail()).not.toBeNull();
    expect(verbs.kept).toHaveBeenCalledTimes(1);
  });

  it('have one step for a paper that was opened and closed, and none for what was typed', async () => {
    await library();
    const before = history.length;
    const back = vi.spyOn(history, 'back').mockImplementation(() => {
      history.replaceState(null, '', '?');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await rest(() => title('2401.00001').click());
    await type(search(), 'lanterns');
    expect(history.length).toBe(before + 1);
    await press('Close details');
    expect(back).toHaveBeenCalledOnce();
    expect(detail()).toBeNull();
    expect(search()?.value).toBe('lanterns');
    expect(location.search).toBe('?q=lanterns');
  });
});

describe('the filters', () => {
  const facets = async () => ({
    ...{ tags: [], years: [], categories: [], organizations: [], has: [] },
    states: [{ term: 'is:unread', label: 'unread', papers: 7 }],
  });
  const aside = () => document.querySelector('aside[aria-label=Filters]');

  it('stand beside the list, and beside a paper too where there is room', async () => {
    await library({ facets });
    await rest(() => title('2401.00001').click());
    await answered(() => expect(aside()?.textContent).toContain('unread'));
  });

  it('give their place to a paper in a narrower window, where a button opens them', async () => {
    window(1100);
    await library({ facets });
    expect(aside()).not.toBeNull();
    await rest(() => title('2401.00001').click());
    expect(aside()).toBeNull();
    await press('Filters');
    const drawer = document.querySelector('dialog') as HTMLElement;
    await answered(() => named('unread7', 'button', drawer));
    await press('unread7', 'button', drawer);
    expect(search()?.value).toBe('is:unread');
    await press('Show 1,200 papers');
    expect(document.querySelector('dialog')).toBeNull();
  });
});

describe('a change of many papers', () => {
  it('shows how far it is over the dialog of tags, too', async () => {
    await library({
      tags: async () => [{ name: 'lanterns', papers: 1200 }],
      keptIds: async () => many as PaperId[],
      tagPapers: () => new Promise<never>(() => {}),
    });
    await press('Tags');
    await press('Take “lanterns” off all papers');
    const dialog = document.querySelector('dialog');
    expect(dialog?.querySelector('progress')).not.toBeNull();
    expect(dialog?.textContent).toContain('0 of 1,200');
  });
});

describe('the dialog of tags', () => {
  it('gives a tag another name, letter by letter: only its old name is selected', async () => {
    const { library: verbs } = await library({ tags: async () => [{ name: 'old', papers: 3 }] });
    await press('Tags');
    await press('Rename “old”');
    const field = document.querySelector('dialog form input') as HTMLInputElement;
    expect(document.activeElement).toBe(field);
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 3]);
    // As a browser takes a letter: instead of what is selected.
    for (const letter of 'new') {
      const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
      await type(field, `${field.value.slice(0, from)}${letter}${field.value.slice(to)}`);
    }
    await press('Rename');
    expect(verbs.renameTag).toHaveBeenCalledWith('old', 'new');
  });
});

describe('the details of a paper', () => {
  const view = (more: Partial<PaperView>): PaperView => ({ ...listed('2401.00000'), ...more });
  const open = async (more: Partial<PaperView>) => {
    await library({ look: async () => [view(more)] });
    await rest(() => title('2401.00000').click());
    await rest();
    return detail()?.textContent;
  };

  it('say which version was read and which one is out', async () => {
    const { paper } = listed('2401.00000');
    expect(await open({ paper: { ...paper, version: 3 }, readVersion: 1 })).toContain(
      'Version 3 is out. You read version 1.',
    );
    expect(await open({ paper: { ...paper, version: 3 }, readVersion: 3 })).not.toContain('is out');
  });

  it('draw how its upvotes went, and say it', async () => {
    const at = Date.parse('2026-08-12T10:00:00Z');
    const text = await open({
      trending: { keywords: [], upvotes: 163 },
      history: [
        [at, 12],
        [at + 86_400_000, 163],
      ],
    });
    expect(text).toContain('From 12 on Aug 12, 2026 to 163');
    expect(detail()?.querySelector('svg.trend')).not.toBeNull();
  });
});
