// The digest in the popup: periods, filters and order, topics, what is new, what is not wanted, searching, sharing, keys.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeriodKind, PeriodView } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { followRows } from '../../src/views/seeing';
import {
  digestSettings,
  fakeLibrary,
  listed,
  named,
  periodView,
  press,
  rest,
  settings,
  show,
  topic,
  type,
} from './ui-world';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

const permissions = { contains: vi.fn(), request: vi.fn() };
const event = { addListener: () => {}, removeListener: () => {} };

beforeEach(() => {
  permissions.contains.mockReset().mockResolvedValue(true);
  permissions.request.mockReset().mockResolvedValue(true);
  Object.assign(browser, {
    runtime: { getURL: (path: string) => `chrome-extension://ours${path}` },
    tabs: { query: async () => [], onActivated: event, onUpdated: event },
    windows: { getCurrent: async () => ({ id: 1 }) },
    permissions: { ...permissions, onAdded: event, onRemoved: event },
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

type Verbs = Parameters<typeof fakeLibrary>[0];
interface Opened {
  firefox?: boolean;
  topic?: string;
  paper?: PaperId;
  words?: string;
}

/** The popup as the build of this browser has it. */
async function popup(verbs: Verbs = {}, { firefox = false, ...asked }: Opened = {}) {
  vi.resetModules();
  vi.stubEnv('FIREFOX', firefox ? 'true' : '');
  const { Popup } = await import('../../src/views/popup');
  const world = fakeLibrary(verbs);
  await show(
    <Popup library={world.library} notices={world.notices} drafts={localStorage} {...asked} />,
  );
  return world;
}

const state = () => document.documentElement.dataset.state;
const heading = () => document.querySelector('h1')?.textContent;
const count = () => document.querySelector('.bar .count')?.textContent;
const notice = () => document.querySelector('main .notice')?.textContent ?? '';
const rows = (list = 'Papers') => [
  ...document.querySelectorAll<HTMLElement>(`[aria-label="${list}"] > li`),
];
const shown = (list?: string) => rows(list).map(({ dataset }) => dataset.paper?.slice(-1));
const filterText = () =>
  document.querySelector<HTMLInputElement>('[aria-label="Filter this list"]');
const radio = (kind: PeriodKind) =>
  rest(() => document.querySelector<HTMLInputElement>(`input[value=${kind}]`)?.click());
const choose = (name: string, value: string) =>
  rest(() => {
    const box = document.querySelector<HTMLSelectElement>(`select[aria-label="${name}"]`);
    if (!box) throw new Error(`There is no choice named ${name}`);
    box.value = value;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  });
const labelled = (label: string) =>
  [...document.querySelectorAll('label')]
    .find(({ textContent }) => textContent?.trim().startsWith(label))
    ?.querySelector<HTMLInputElement>('input, select') ?? null;

const votes = (upvotes: number) => ({ trending: { keywords: [], upvotes } });

/** Whatever is asked for, with these papers. */
const lists =
  (...papers: PeriodView['papers']) =>
  async ({ kind, at }: { kind: PeriodKind; at?: string }) => {
    const now = { day: '2026-08-21', week: '2026-W34', month: '2026-08', trending: 'trending' };
    const name = at ?? now[kind];
    return periodView({ kind, asked: name, shown: name, papers });
  };
const two = lists(listed('2608.00001', votes(5)), listed('2608.00002', votes(9)));

describe('periods', () => {
  it('are days, weeks, months and what trends, each under its own heading', async () => {
    const world = await popup({ period: two });
    await radio('week');
    expect(heading()).toBe('Week 34, 2026 · Aug 17 – 23');
    expect(world.library.period).toHaveBeenLastCalledWith({ kind: 'week' });
    expect(named('Previous week')).toBeTruthy();
    await radio('month');
    expect(heading()).toBe('August 2026');
    expect(named('Next month')).toBeTruthy();
    await radio('trending');
    expect(heading()).toBe('Trending');
    expect(() => named('Previous list')).toThrow();
  });

  it('begin with the kind that was chosen last, which is remembered', async () => {
    const week = digestSettings({ kind: 'week' });
    const world = await popup({ period: two, settings: async () => settings({ digest: week }) });
    expect(heading()).toContain('Week 34');
    await radio('month');
    expect(world.library.adjust).toHaveBeenCalledWith({ digest: { ...week, kind: 'month' } });
  });

  it('lead to their neighbours', async () => {
    const world = await popup({
      period: async (question) => ({ ...(await two(question)), older: '2026-W33' }),
      settings: async () => settings({ digest: digestSettings({ kind: 'week' }) }),
    });
    await press('Previous week');
    expect(world.library.period).toHaveBeenLastCalledWith({
      kind: 'week',
      at: '2026-W33',
      toward: 'older',
    });
  });

  it('say which one was passed over', async () => {
    const passed = { kind: 'week', asked: '2026-W35', shown: '2026-W34' } as const;
    await popup({ period: async () => periodView(passed) });
    expect(notice()).toMatch(/^No papers in Week 35, 2026( yet)?\. This is Week 34, 2026\.$/);
  });

  it('keep the last full day one click away while today is short', async () => {
    const world = await popup({ period: async () => periodView({ fuller: '2026-08-20' }) });
    expect(notice()).toContain('Today’s list is still short.');
    await press('See Thursday’s');
    expect(world.library.period).toHaveBeenLastCalledWith({ kind: 'day', at: '2026-08-20' });
  });

  it('show how many lists are fetched, for as long as that lasts', async () => {
    let fetched: (view: PeriodView) => void = () => {};
    const world = await popup({
      period: async () => periodView({ refreshDue: true }),
      refreshPeriod: () => new Promise((resolve) => (fetched = resolve)),
    });
    await world.tell({ progress: { done: 1, of: 5 } });
    expect(count()).toBe('Fetching lists, 2 of 5');
    expect(document.querySelector('.bar [role=status]')?.textContent).toBe(count());
    await rest(() => fetched(periodView()));
    expect(count()).toBe('2 papers');
  });

  it('say nothing of lists that others fetch', async () => {
    const world = await popup();
    await world.tell({ progress: { done: 1, of: 5 } });
    expect(count()).toBe('2 papers');
  });
});

describe('filters', () => {
  it('leave out what lacks the words, and say how much that is', async () => {
    await popup({ period: two });
    await type(filterText(), 'title 2608.00002');
    expect(shown()).toEqual(['2']);
    expect(count()).toBe('1 of 2 papers');
  });

  it('are stored once the typing rests, and choices at once', async () => {
    const world = await popup({ period: two });
    await type(filterText(), 't');
    await type(filterText(), 'ti');
    expect(world.library.adjust).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(world.library.adjust).toHaveBeenCalled(), 5_000);
    const digest = digestSettings({ filters: { text: 'ti' } });
    expect(vi.mocked(world.library.adjust).mock.calls).toEqual([[{ digest }]]);
    await choose('Sort', 'upvotes');
    expect(world.library.adjust).toHaveBeenLastCalledWith({
      digest: { ...digest, sort: 'upvotes' },
    });
  });

  it('that are set before the stored ones are read are laid over those', async () => {
    const reading = Promise.withResolvers<ReturnType<typeof settings>>();
    const world = await popup({ period: two, settings: () => reading.promise });
    await choose('Sort', 'upvotes');
    await press('Filters');
    await rest(() => labelled('Has code')?.click());
    expect(world.library.adjust).not.toHaveBeenCalled();
    const stored = digestSettings({ known: 'dim', filters: { upvotes: 6, organization: 'lab' } });
    await rest(() => reading.resolve(settings({ digest: stored })));
    const digest = { ...stored, sort: 'upvotes', filters: { ...stored.filters, code: true } };
    expect(vi.mocked(world.library.adjust).mock.calls).toEqual([[{ digest }]]);
  });

  it('are not stored while the stored ones cannot be read, which each change tries again', async () => {
    let broken = true;
    const stored = digestSettings({ filters: { upvotes: 6 } });
    const world = await popup({
      period: two,
      settings: async () => {
        if (broken) throw new Error('The storage could not be opened.');
        return settings({ digest: stored });
      },
    });
    expect(shown()).toEqual(['1', '2']);
    await choose('Sort', 'upvotes');
    expect(shown()).toEqual(['2', '1']);
    expect(world.library.adjust).not.toHaveBeenCalled();
    expect(document.querySelector('.toast')?.textContent).toContain('could not be opened');
    broken = false;
    await choose('Sort', 'stars');
    const digest = { ...stored, sort: 'stars' };
    expect(vi.mocked(world.library.adjust).mock.calls).toEqual([[{ digest }]]);
    expect(shown()).toEqual(['2']);
  });

  it('send nothing anywhere, by Enter neither', async () => {
    const world = await popup({ period: two });
    await type(filterText(), 'words');
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true });
    await rest(() => void filterText()?.dispatchEvent(enter));
    expect(world.library.searchHub).not.toHaveBeenCalled();
  });

  it('that hide everything make the list empty, and are cleared by one button', async () => {
    await popup({ period: two });
    await type(filterText(), 'nothing has this');
    expect(state()).toBe('empty');
    expect(notice()).toContain('No paper passes your filters.');
    await press('Clear filters');
    expect(state()).toBe('ready');
    expect(shown()).toEqual(['1', '2']);
  });

  it('are counted on their button, where they are out of view', async () => {
    const filters = { upvotes: 6, unread: true, text: 'title' };
    await popup({
      period: two,
      settings: async () => settings({ digest: digestSettings({ filters }) }),
    });
    expect(shown()).toEqual(['2']);
    expect(named('Filters, 2 on').getAttribute('aria-expanded')).toBe('false');
    await press('Filters, 2 on');
    await press('Reset');
    expect(shown()).toEqual(['1', '2']);
  });

  it('can be set: upvotes, and an organization of the list', async () => {
    const from = (organization: string) => ({
      trending: { keywords: [], upvotes: 7, organization },
    });
    const [first, second] = [
      listed('2608.00001', from('First Lab')),
      listed('2608.00002', from('Second Lab')),
    ];
    await popup({ period: lists(first, second, listed('2608.00003', votes(1))) });
    await press('Filters');
    await type(labelled('At least'), '5');
    expect(shown()).toEqual(['1', '2']);
    const offered = [...document.querySelectorAll<HTMLOptionElement>('datalist option')];
    expect(offered.map(({ value }) => value)).toEqual(['First Lab', 'Second Lab']);
    await type(labelled('Organization'), 'second lab');
    expect(shown()).toEqual(['2']);
  });

  it('hide what is saved or read, but not under the hand that just saved it', async () => {
    const hide = digestSettings({ known: 'hide' });
    await popup({
      period: lists(
        listed('2608.00001', { saved: true }),
        listed('2608.00002', { reading: 'read' }),
        listed('2608.00003'),
      ),
      settings: async () => settings({ digest: hide }),
    });
    expect(shown()).toEqual(['3']);
    await press('Save');
    expect(shown()).toEqual(['3']);
  });

  it('say when all is read or saved and hidden, and show it again dimmed', async () => {
    await popup({
      period: lists(listed('2608.00001', { saved: true })),
      settings: async () => settings({ digest: digestSettings({ known: 'hide' }) }),
    });
    expect(state()).toBe('empty');
    await press('Show them');
    expect(shown()).toEqual(['1']);
    expect(rows()[0]?.hasAttribute('data-dim')).toBe(true);
  });

  it('follow what was chosen in another window', async () => {
    let digest = digestSettings();
    const world = await popup({ period: two, settings: async () => settings({ digest }) });
    digest = digestSettings({ filters: { upvotes: 6 } });
    await world.tell({ all: true });
    expect(shown()).toEqual(['2']);
  });
});

describe('the order', () => {
  it('can be chosen; each paper keeps the place that it has in the list', async () => {
    await popup({ period: two });
    await choose('Sort', 'upvotes');
    expect(shown()).toEqual(['2', '1']);
    expect(rows()[0]?.querySelector('.place')?.textContent).toBe('2');
  });

  it('by fit says so where there is nothing to compare with', async () => {
    await popup({ period: two });
    await choose('Sort', 'fit');
    expect(notice()).toContain('There is nothing to compare with yet.');
  });

  it('by fit says in a few words why', async () => {
    const fit = { score: 0.9, why: 'near your notes on quantization' };
    await popup({ period: lists(listed('2608.00001'), listed('2608.00002', { fit })) });
    expect(rows()[1]?.textContent).not.toContain(fit.why);
    await choose('Sort', 'fit');
    expect(shown()).toEqual(['2', '1']);
    expect(rows()[0]?.textContent).toContain(fit.why);
  });
});

it('a list of hundreds shows its first screen at once, and all of it soon', async () => {
  const papers = Array.from({ length: 430 }, (_, at) =>
    listed(`2608.${String(at + 1).padStart(5, '0')}`),
  );
  await popup({ period: async () => periodView({ kind: 'month', papers }) });
  expect(count()).toBe('430 papers');
  expect(rows().length).toBeLessThan(100);
  expect(document.documentElement.dataset.state).toBe('loading');
  await vi.waitFor(() => expect(rows()).toHaveLength(430), 10_000);
  expect(document.documentElement.dataset.state).toBe('ready');
  const [first] = rows();
  await press('Save');
  expect(rows()[0]).toBe(first);
  await type(filterText(), 'title');
  expect(rows().length).toBeLessThan(100);
});

it('each of several long lists shows all of it soon', async () => {
  const papers = Array.from({ length: 20 }, (_, at) =>
    listed(`2608.${String(at + 1).padStart(5, '0')}`),
  );
  await popup({ period: lists(...papers) });
  for (const kind of ['week', 'month', 'day'] as const) {
    await vi.waitFor(() => expect(rows()).toHaveLength(20), 10_000);
    await radio(kind);
  }
  await vi.waitFor(() => expect(rows()).toHaveLength(20), 10_000);
});

it('a paper that only its abstract brings here says with which words, marked, and its title is read as signs', async () => {
  const abstract = `${'Before. '.repeat(40)}It is about quiet lanterns of glass.`;
  const one = listed('2608.00001');
  const lanterns = topic('lantern*', 1);
  one.paper = { ...one.paper, title: 'On $\\alpha$ and $n^2$', abstract };
  const papers = [{ ...one, topics: [lanterns.id] }];
  await popup({ period: lists(...papers), topics: async () => [lanterns] });
  const matched = () => rows()[0]?.querySelector('.matched')?.textContent;
  const marks = () => [...document.querySelectorAll('mark')].map((mark) => mark.textContent);
  expect(rows()[0]?.querySelector('h3')?.textContent).toBe('On α and n²');
  expect(matched()).toMatch(/^Abstract: ….*about quiet lanterns of glass\.$/);
  expect(marks()).toEqual(['lanterns']);
  await type(filterText(), 'glass');
  expect(marks()).toEqual(['glass']);
});

it('the order by fit stays while the person works in it, until it is chosen again', async () => {
  const fits = (one: number, other: number) => [
    listed('2608.00001', { fit: { score: one, why: 'near' } }),
    listed('2608.00002', { fit: { score: other, why: 'near' } }),
  ];
  let papers = fits(0.9, 0.2);
  const world = await popup({ period: async (question) => lists(...papers)(question) });
  await choose('Sort', 'fit');
  expect(shown()).toEqual(['1', '2']);
  papers = fits(0.1, 0.8);
  await world.tell({ digest: true });
  await type(filterText(), 'title');
  expect(shown()).toEqual(['1', '2']);
  await choose('Sort', 'list');
  await choose('Sort', 'fit');
  expect(shown()).toEqual(['2', '1']);
});

describe('topics', () => {
  const llama = topic('llama', 1);
  const verbs = {
    topics: async () => [llama, topic('robots', 2)],
    period: lists(
      listed('2608.00001'),
      listed('2608.00002', { topics: [llama.id] }),
      listed('2608.00003', { topics: [llama.id] }),
    ),
  };

  it('come first in one list, each group under its name and count', async () => {
    await popup(verbs);
    expect(shown()).toEqual(['2', '3', '1']);
    const names = [...document.querySelectorAll('.papers h2')].map(
      ({ textContent }) => textContent,
    );
    expect(names).toEqual(['llama 2', 'Other papers 1']);
    expect(document.querySelectorAll('.papers h3')).toHaveLength(3);
  });

  it('are waited for, so that nothing moves under a person’s eyes', async () => {
    let read: (topics: ReturnType<typeof topic>[]) => void = () => {};
    await popup({ ...verbs, topics: () => new Promise((resolve) => (read = resolve)) });
    expect(state()).toBe('loading');
    expect(rows()).toEqual([]);
    await rest(() => read([llama]));
    expect(state()).toBe('ready');
    expect(shown()).toEqual(['2', '3', '1']);
  });

  it('are not spoken of where there are none', async () => {
    await popup({ ...verbs, topics: async () => [] });
    expect(shown()).toEqual(['1', '2', '3']);
    expect(document.querySelectorAll('.papers h2')).toHaveLength(3);
  });

  it('are edited in place of the list, and lead back to it', async () => {
    await popup(verbs);
    await press('Topics');
    expect(document.querySelector('[aria-label="Topics"]')?.textContent).toContain('robots');
    expect(document.querySelector('[aria-label="Papers"]')).toBeNull();
    await press('Close topics');
    expect(shown()).toEqual(['2', '3', '1']);
    expect(document.activeElement).toBe(named('Topics'));
  });

  it('bring their group into view, on its day, when one comes from a notification', async () => {
    const reached: Element[] = [];
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      reached.push(this);
    });
    const week = settings({ digest: digestSettings({ kind: 'week' }) });
    await popup({ ...verbs, settings: async () => week }, { topic: llama.id });
    expect(heading()).toBe('Friday, Aug 21, 2026');
    expect(reached.map(({ textContent }) => textContent)).toEqual(['llama 2']);
  });

  it('bring the paper of a notification into view, on its own day, and say where filters hide it', async () => {
    const reached: (string | undefined)[] = [];
    vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
      reached.push((this as HTMLElement).dataset.paper ?? this.textContent);
    });
    const asked = { topic: llama.id, paper: '2608.00003' as PaperId };
    const told = {
      ...verbs,
      look: async (ids: PaperId[]) =>
        ids.map((id) => listed(id, { trending: { keywords: [], day: '2026-08-19' } })),
    };
    const world = await popup(told, asked);
    expect(vi.mocked(world.library.period).mock.calls).toEqual([
      [{ kind: 'day', at: '2026-08-19' }],
    ]);
    expect(heading()).toBe('Wednesday, Aug 19, 2026');
    expect(reached).toEqual(['2608.00003']);

    reached.length = 0;
    const hiding = settings({ digest: digestSettings({ filters: { text: '2608.00002' } }) });
    await popup({ ...told, settings: async () => hiding }, asked);
    expect(notice()).toContain('Your filters hide the paper that you were notified of.');
    expect(reached).toEqual(['llama 1']);
    await press('Clear filters');
    expect(notice()).toBe('');
    expect(reached).toEqual(['llama 1', '2608.00003']);
  });

  it('show the last day where the day of the notified paper cannot be told', async () => {
    const look = () => Promise.reject(new Error('The storage could not be opened.'));
    const world = await popup({ ...verbs, look }, { paper: '2608.00003' as PaperId });
    expect(world.library.period).toHaveBeenCalledExactlyOnceWith({ kind: 'day' });
  });
});

describe('what is new', () => {
  it('is marked in words, and stays so while the popup is open', async () => {
    let fresh: { fresh?: 'new' } = { fresh: 'new' };
    const rose = listed('2608.00002', { fresh: 'rose' });
    const world = await popup({
      period: async () => periodView({ papers: [listed('2608.00001', fresh), rose] }),
    });
    const marks = () => rows().map((row) => row.querySelector('.place .hidden')?.textContent);
    expect(marks()).toEqual(['New', 'Rose']);
    expect(count()).toBe('2 papers · 1 new');
    fresh = {};
    await world.tell({ digest: true });
    expect(marks()).toEqual(['New', 'Rose']);
  });

  it('says how many upvotes came since yesterday', async () => {
    await popup({ period: lists(listed('2608.00001', { rise: 37 }), listed('2608.00002')) });
    expect(rows()[0]?.textContent).toContain('+37 since yesterday');
    expect(rows()[1]?.textContent).not.toContain('since yesterday');
  });
});

describe('a row was seen', () => {
  /** A list with rows, and the way to say which of them are in view. */
  function list(...ids: string[]) {
    vi.useFakeTimers();
    const element = document.createElement('div');
    element.innerHTML = ids.map((id) => `<p data-paper="${id}"></p>`).join('');
    const watched: Element[] = [];
    let tell: (entries: unknown[]) => void = () => {};
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(told: typeof tell) {
          tell = told;
        }
        observe(row: Element) {
          watched.push(row);
        }
        disconnect() {}
      },
    );
    const seen = vi.fn();
    const gone = new AbortController();
    const followed = followRows(element, seen, gone.signal);
    followed.look();
    const inView = (isIntersecting: boolean, ...which: number[]) =>
      tell(which.map((at) => ({ target: watched[at], isIntersecting })));
    return { element, watched, seen, gone, followed, inView };
  }
  afterEach(() => void vi.useRealTimers());

  it('when it was in view for a moment, and is told once, with the others', async () => {
    const { seen, inView } = list('2608.00001', '2608.00002', '2608.00003');
    inView(true, 0, 1);
    await vi.advanceTimersByTimeAsync(5_000);
    inView(false, 0, 1);
    inView(true, 0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen.mock.calls).toEqual([[['2608.00001', '2608.00002']]]);
  });

  it('but not when it was only scrolled past', async () => {
    const { seen, inView } = list('2608.00001');
    inView(true, 0);
    await vi.advanceTimersByTimeAsync(100);
    inView(false, 0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen).not.toHaveBeenCalled();
  });

  it('but not while its page is in the background, only after', async () => {
    const { seen, inView } = list('2608.00001');
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    inView(true, 0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(seen).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(5_000);
    hidden.mockRestore();
    expect(seen).toHaveBeenCalledWith(['2608.00001']);
  });

  it('also when it was drawn later, and each is watched once', () => {
    const { element, watched, followed } = list('2608.00001');
    element.insertAdjacentHTML('beforeend', '<p data-paper="2608.00002"></p>');
    followed.look();
    followed.look();
    expect(watched).toHaveLength(2);
  });

  it('and the library is told of it', async () => {
    let tell: (entries: unknown[]) => void = () => {};
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(told: typeof tell) {
          tell = told;
        }
        observe() {}
        disconnect() {}
      },
    );
    const world = await popup({ period: two });
    tell([{ target: rows()[0], isIntersecting: true }]);
    await vi.waitFor(() => expect(world.library.seen).toHaveBeenCalledWith(['2608.00001']), 5_000);
  });
});

describe('Not interested', () => {
  it('folds the paper to a line at once, and Undo brings it back', async () => {
    const world = await popup({ period: two });
    await press('Not interested');
    const { paper } = listed('2608.00001');
    expect(world.library.dismiss).toHaveBeenCalledWith(paper, true);
    expect(rows()[0]?.textContent).toContain('Not interested');
    expect(rows()[0]?.textContent).not.toContain('First Author');
    expect(rows()[0]?.querySelector('[aria-pressed]')).toBeTruthy();
    await press('Undo', 'button', rows()[0]);
    expect(world.library.dismiss).toHaveBeenLastCalledWith(paper, false);
    expect(rows()[0]?.textContent).toContain('First Author');
  });

  it('is undone in the message too', async () => {
    const world = await popup({ period: two });
    await press('Not interested');
    await press('Undo', 'button', document.querySelector('.toast') as Element);
    expect(world.library.dismiss).toHaveBeenLastCalledWith(listed('2608.00001').paper, false);
  });

  it('goes back with a sentence where it could not be stored', async () => {
    await popup({ period: two, dismiss: () => Promise.reject(new Error('The storage is full.')) });
    await press('Not interested');
    expect(rows()[0]?.textContent).toContain('First Author');
    expect(document.querySelector('.toast')?.textContent).toContain('The storage is full.');
  });
});

describe('keys', () => {
  const key = (name: string, on: Element = document.activeElement ?? document.body) =>
    rest(
      () =>
        void on.dispatchEvent(
          new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
        ),
    );
  const focused = () =>
    document.activeElement?.closest<HTMLElement>('[data-paper]')?.dataset.paper?.slice(-1);

  it('move through the list, save, and open a note right there', async () => {
    const world = await popup({ period: two });
    await key('j');
    expect(focused()).toBe('1');
    await key('j');
    expect(focused()).toBe('2');
    await key('ArrowUp');
    expect(focused()).toBe('1');
    await key('s');
    expect(world.library.save).toHaveBeenCalledWith(listed('2608.00001').paper);
    await key('n');
    expect(rows()[0]?.querySelector('textarea')).toBe(document.activeElement);
  });

  it('lead to the filter by a slash', async () => {
    await popup({ period: two });
    await key('/');
    expect(document.activeElement).toBe(filterText());
  });

  it('are letters in a field', async () => {
    await popup({ period: two });
    filterText()?.focus();
    await key('j');
    expect(focused()).toBeUndefined();
  });

  it('do nothing where they are turned off', async () => {
    await popup({ period: two, settings: async () => settings({ keys: false }) });
    await key('j');
    await key('/');
    expect(document.activeElement).toBe(document.body);
  });
});

describe('Search Hugging Face', () => {
  const found = async () => ({
    papers: [listed('2608.00007', { saved: true, noted: true }), listed('2608.00008')],
  });

  it('sends the words of the field when asked to, and leads back', async () => {
    const world = await popup({ period: two, searchHub: found });
    expect(named('Search Hugging Face').hasAttribute('disabled')).toBe(true);
    await type(filterText(), ' title ');
    await press('Search Hugging Face');
    expect(world.library.searchHub).toHaveBeenCalledWith('title');
    expect(permissions.request).not.toHaveBeenCalled();
    expect(shown('Search results')).toEqual(['7', '8']);
    const [first] = rows('Search results');
    expect(named('Save', 'button', first).getAttribute('aria-pressed')).toBe('true');
    expect(first?.textContent).toContain('Noted');
    expect(state()).toBe('ready');
    await press('Back to the list');
    expect(shown()).toEqual(['1', '2']);
  });

  it('says before it is pressed where the words go', async () => {
    await popup({ period: two });
    const button = named('Search Hugging Face');
    expect(
      document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
    ).toContain('huggingface.co');
  });

  it('saves what it found', async () => {
    await popup({ period: two, searchHub: found });
    await type(filterText(), 'title');
    await press('Search Hugging Face');
    await press('Save', 'button', rows('Search results')[1]);
    expect(named('Save', 'button', rows('Search results')[1]).getAttribute('aria-pressed')).toBe(
      'true',
    );
  });

  it('offline says so and tries again', async () => {
    const trouble = { kind: 'unreachable' } as const;
    const world = await popup({ period: two, searchHub: async () => ({ papers: [], trouble }) });
    await type(filterText(), 'title');
    await press('Search Hugging Face');
    expect(state()).toBe('offline');
    await press('Try again');
    expect(world.library.searchHub).toHaveBeenCalledTimes(2);
  });

  it('in Firefox asks the browser in the click itself, and sends nothing if it is refused', async () => {
    permissions.request.mockResolvedValue(false);
    const world = await popup({ period: two, searchHub: found }, { firefox: true });
    await type(filterText(), 'title');
    named('Search Hugging Face').click();
    expect(permissions.request).toHaveBeenCalledWith({ data_collection: ['searchTerms'] });
    await rest();
    expect(world.library.searchHub).not.toHaveBeenCalled();
    expect(notice()).toContain('Not allowed in the browser, so nothing was sent.');
  });

  it('runs at once for words that were chosen in the address bar', async () => {
    const world = await popup({ period: two, searchHub: found }, { words: 'deep networks' });
    expect(world.library.searchHub).toHaveBeenCalledWith('deep networks');
    expect(shown('Search results')).toEqual(['7', '8']);
    expect(filterText()?.value).toBe('');
  });

  it('waits for a click there in Firefox, as long as the browser was not asked', async () => {
    permissions.contains.mockImplementation(async (asked) => !('data_collection' in asked));
    const opened = { words: 'deep networks', firefox: true };
    const world = await popup({ period: two, searchHub: found }, opened);
    expect(world.library.searchHub).not.toHaveBeenCalled();
    expect(notice()).toContain('These words are sent to huggingface.co.');
    const main = document.querySelector('main') as Element;
    await press('Search Hugging Face', 'button', main);
    expect(permissions.request).toHaveBeenCalled();
    expect(world.library.searchHub).toHaveBeenCalledWith('deep networks');
  });
});

describe('Share', () => {
  async function open() {
    const llama = topic('llama');
    const inLlama = listed('2608.00002', { topics: [llama.id] });
    const unwanted = listed('2608.00003', { dismissed: true });
    await popup({
      topics: async () => [llama],
      period: lists(listed('2608.00001'), inLlama, unwanted),
    });
  }
  const menu = (at: number) => document.querySelectorAll<HTMLDetailsElement>('.menu')[at];
  const unfold = (at: number) =>
    rest(() => {
      const details = menu(at);
      if (!details) throw new Error('There is no such menu');
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
    });

  it('copies what is shown as Markdown, without what is not wanted', async () => {
    const writeText = vi.fn(async (_: string) => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    await open();
    await unfold(0);
    await press('Copy as Markdown');
    const [text = ''] = writeText.mock.calls[0] ?? [];
    expect(text).toContain('Friday, Aug 21, 2026');
    expect(text).toContain('llama');
    expect(text).toContain('Title of 2608.00001');
    expect(text).not.toContain('2608.00003');
    expect(document.querySelector('.toast')?.textContent).toContain('Copied as Markdown.');
  });

  it('of a topic has its papers alone, and says so', async () => {
    await open();
    await unfold(1);
    const href = named('Email draft', 'a').getAttribute('href') ?? '';
    expect(href).toMatch(/^mailto:/);
    expect(decodeURIComponent(href)).toContain('llama · Friday, Aug 21, 2026');
    expect(href).toContain('2608.00002');
    expect(href).not.toContain('2608.00001');
  });

  it.each([
    ['Download Markdown', 'paper-margin-2026-08-21-llama.md', 'text/markdown;charset=utf-8'],
    ['Download HTML', 'paper-margin-2026-08-21-llama.html', 'text/html;charset=utf-8'],
  ])('by %s gives the browser a file named %s', async (button, file, kind) => {
    const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:one');
    let name = '';
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      name = this.download;
    });
    await open();
    await unfold(1);
    await press(button);
    expect(name).toBe(file);
    const blob = made.mock.calls[0]?.[0] as Blob;
    expect(blob.type).toBe(kind);
    expect(await blob.text()).toContain('Title of 2608.00002');
    vi.restoreAllMocks();
  });
});
