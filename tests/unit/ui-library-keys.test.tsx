// The keys of the library page: each one is pressed on the page and does what the list of keys says.
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import type { PaperId } from '../../src/paper';
import { LibraryPage } from '../../src/views/library';
import type { KeyAct } from '../../src/views/library-keys';
import { fakeFiles, fakeLibrary, keptRow, rest, settings, show } from './ui-world';

const ids = ['2401.00001', '2401.00002', '2401.00003'] as PaperId[];
const [first, second, third] = ids as [PaperId, PaperId, PaperId];

const active = () => document.activeElement?.closest('li')?.dataset.paper;
const selected = () =>
  [...document.querySelectorAll<HTMLElement>('[aria-label="Library"] > [data-selected]')].map(
    ({ dataset }) => dataset.paper,
  );
const detail = () => document.querySelector<HTMLElement>('[aria-label="Paper details"]');

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

/** The page with three saved papers. */
async function library(verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  const { library, notices } = fakeLibrary({
    kept: async () => ({ total: 3, kept: 3, rows: ids.map((id) => keptRow(id)) }),
    keptIds: async () => ids,
    ...verbs,
  });
  await show(
    <LibraryPage {...{ library, notices }} files={fakeFiles().files} drafts={localStorage} />,
  );
  return library;
}
type World = Awaited<ReturnType<typeof library>>;

/** Presses keys, printed as the page prints them, one after the other. */
async function press(...keys: string[]) {
  for (const printed of keys) {
    const [, modifier, key = ''] = /^(?:(Ctrl|Shift)\+)?(.+)$/.exec(printed) ?? [];
    const event = new KeyboardEvent('keydown', {
      ...{ key, bubbles: true, cancelable: true },
      ctrlKey: modifier === 'Ctrl',
      shiftKey: modifier === 'Shift',
    });
    await rest(() => void document.body.dispatchEvent(event));
    await rest();
  }
}

interface Case {
  keys: string[];
  /** Pressed before; else the second paper is the active one. */
  before?: string[];
  does(library: World): void;
}

const onSecond = ['j', 'j'];
const twoSelected = ['j', 'x', 'j', 'x'];

const one: Record<KeyAct, Case> = {
  next: { keys: ['j', 'ArrowDown'], does: () => expect(active()).toBe(third) },
  previous: { keys: ['k', 'ArrowUp'], does: () => expect(active()).toBe(first) },
  first: { keys: ['Home'], does: () => expect(active()).toBe(first) },
  last: { keys: ['End'], before: ['j'], does: () => expect(active()).toBe(third) },
  open: {
    keys: ['o', 'Enter'],
    does: () => expect(detail()?.textContent).toContain(`Title of ${second}`),
  },
  page: {
    keys: ['v'],
    does: () =>
      expect(open).toHaveBeenCalledWith(`https://arxiv.org/abs/${second}`, '_blank', 'noopener'),
  },
  save: { keys: ['s'], does: ({ unsave }) => expect(unsave).toHaveBeenCalledWith(second) },
  note: {
    keys: ['n'],
    does: () => {
      expect(document.activeElement?.matches('.detail textarea')).toBe(true);
      expect(detail()?.textContent).toContain(`Title of ${second}`);
    },
  },
  tag: {
    keys: ['t'],
    does: () => {
      expect(document.activeElement?.matches('.detail input')).toBe(true);
      expect(detail()?.textContent).toContain(`Title of ${second}`);
    },
  },
  state: {
    keys: ['e'],
    does: ({ setReading }) =>
      expect(setReading).toHaveBeenCalledWith(expect.objectContaining({ id: second }), 'reading'),
  },
  remove: {
    keys: ['#', 'Delete'],
    does: ({ removePapers }) => expect(removePapers).toHaveBeenCalledWith([second]),
  },
  select: { keys: ['x'], does: () => expect(selected()).toEqual([second]) },
  selectNext: {
    keys: ['Shift+ArrowDown'],
    does: () => expect(selected()).toEqual([second, third]),
  },
  selectPrevious: {
    keys: ['Shift+ArrowUp'],
    does: () => expect(selected()).toEqual([first, second]),
  },
  all: { keys: ['Ctrl+a'], does: () => expect(selected()).toEqual(ids) },
  clear: { keys: ['Escape'], before: twoSelected, does: () => expect(selected()).toEqual([]) },
  undo: {
    keys: ['Ctrl+z'],
    before: [...onSecond, '#'],
    does: ({ restorePapers }) => expect(restorePapers).toHaveBeenCalledWith([second]),
  },
  search: {
    keys: ['/'],
    does: () => expect(document.activeElement?.matches('input[type=search]')).toBe(true),
  },
  help: {
    keys: ['?'],
    does: () => expect(document.querySelector('dialog h2')?.textContent).toBe('Keys'),
  },
};

/** What does something else while papers are selected or the details are open. */
const others: [name: string, Case][] = [
  [
    'clear, with the details open',
    { keys: ['Escape'], before: ['j', 'o'], does: () => expect(detail()).toBeNull() },
  ],
  [
    'remove, with two selected',
    {
      keys: ['#'],
      before: twoSelected,
      does: ({ removePapers }) => expect(removePapers).toHaveBeenCalledWith([first, second]),
    },
  ],
  [
    'state, with two selected',
    {
      keys: ['e'],
      before: twoSelected,
      does: () => expect(document.activeElement?.matches('.bulk select')).toBe(true),
    },
  ],
  [
    'tag, with two selected',
    {
      keys: ['t'],
      before: twoSelected,
      does: () => expect(document.activeElement?.matches('.bulk input')).toBe(true),
    },
  ],
];

const cases = [...Object.entries(one), ...others].flatMap(([name, { keys, ...one }]) =>
  keys.map((key) => ({ name, key, ...one })),
);

it.each(cases)('$key: $name', async ({ key, before = onSecond, does }) => {
  vi.spyOn(globalThis, 'open').mockReturnValue(null);
  const world = await library();
  await press(...before);
  // It does not hold already.
  expect(() => does(world)).toThrow();
  await press(key);
  does(world);
});

it('all keys of the list are tried here', async () => {
  await library();
  await press('?');
  const listed = document.querySelectorAll('dialog .keys kbd').length;
  expect(Object.values(one).flatMap(({ keys }) => keys)).toHaveLength(listed);
});

it('keys of a single sign do nothing where they are turned off; the others do', async () => {
  const world = await library({ settings: async () => settings({ keys: false }) });
  await press('ArrowDown', 's', '#', 'x');
  expect(active()).toBe(first);
  expect(selected()).toEqual([]);
  expect([world.unsave, world.removePapers].map((verb) => vi.mocked(verb).mock.calls)).toEqual([
    [],
    [],
  ]);
  await press('Delete');
  expect(world.removePapers).toHaveBeenCalledWith([first]);
});

it('leads out of the tags of the details by Escape, and then out of the details', async () => {
  await library();
  await press('j', 'o', 't');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Add a tag');
  const leave = () =>
    rest(
      () =>
        void document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
        ),
    );
  for (let at = 0; at < 2 && document.activeElement?.localName === 'input'; at++) await leave();
  expect(document.activeElement?.localName).toBe('h2');
  expect(detail()).not.toBeNull();
  await leave();
  await rest();
  expect(detail()).toBeNull();
});
