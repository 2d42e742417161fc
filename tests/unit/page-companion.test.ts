// What a paper page shows and asks during one visit.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, PageSettings, PageVerbs, PaperView, Reading } from '../../src/library/api';
import { accompany } from '../../src/page/companion';
import type { Mounted } from '../../src/page/mount';
import type { Paper, PaperId } from '../../src/paper';
import type { Page, Site } from '../../src/sites/site';

const id = '2401.00001' as PaperId;
const page: Page = { site: 'arxiv', kind: 'abs', id };
const paper: Paper = {
  id,
  title: 'A Title',
  authors: ['First Author'],
  abstract: 'See https://github.com/first/code.',
};

/** A site whose page is the paper once it holds `#abs`. */
const site: Site = {
  name: 'arxiv',
  hosts: [],
  recognise: () => page,
  shows: (document) => document.querySelector('#abs') !== null,
  place: (document) => {
    const element = document.querySelector('#column');
    return element && { element, position: 'append', fit: 'column' };
  },
  read: () => paper,
  text: (document) => document.querySelector('#abs'),
};

const plain: PaperView = {
  id,
  saved: false,
  noted: false,
  reading: 'unread',
  editing: false,
  known: 'unasked',
  refreshDue: false,
  folded: false,
};
const trending: PaperView = {
  ...plain,
  known: 'yes',
  fetchedAt: Date.now() - 3 * 3_600_000,
  lookedUpAt: Date.now() - 3 * 3_600_000,
  trending: {
    upvotes: 163,
    comments: 1,
    day: '2026-08-21',
    rank: 3,
    keywords: [],
    code: { url: 'https://github.com/first/code', label: 'first/code', stars: 1234 },
    models: { total: 2, top: [] },
    datasets: { total: 1, top: [] },
    spaces: { total: 3, top: [] },
  },
};

type Answer = (answer: PaperView) => void;
type Refusal = (cause: unknown) => void;

/** A library whose every answer the test gives itself. */
class FakeLibrary implements PageVerbs {
  asked: { verb: keyof PageVerbs; arg: unknown; answer: Answer; refuse: Refusal }[] = [];
  #ask(verb: keyof PageVerbs, arg: unknown): Promise<PaperView> {
    return new Promise((answer, refuse) => this.asked.push({ verb, arg, answer, refuse }));
  }
  look = async (ids: PaperId[]) => [await this.#ask('look', ids)];
  refresh = (arg: PaperId) => this.#ask('refresh', arg);
  lookUp = (arg: PaperId) => this.#ask('lookUp', arg);
  save = (arg: Paper) => this.#ask('save', arg);
  unsave = (arg: PaperId) => this.#ask('unsave', arg);
  beginNote = (arg: Paper) => this.#ask('beginNote', arg);
  fold = async (arg: boolean) => void (await this.#ask('fold', arg));
  setReading = (arg: Paper, reading: Reading) => this.#ask('setReading', [arg, reading]);
  /** Papers that were told to be opened. Nobody waits for the answer. */
  openings: Paper[] = [];
  opened = async (arg: Paper) => void this.openings.push(arg);
  settings = async (): Promise<PageSettings> => ({ folded: false, keys: true, remember: false });
  highlights = async () => [];
  addHighlight = () => Promise.reject(new Error('not asked here'));
  recolourHighlight = async () => null;
  removeHighlight = async () => null;
  restoreHighlight = async () => null;
  /** Papers whose neighbours were asked for. */
  nearings: PaperId[] = [];
  near: number | Error = 0;
  nearby = async (arg: PaperId) => {
    this.nearings.push(arg);
    if (this.near instanceof Error) throw this.near;
    return this.near;
  };

  verbs() {
    return this.asked.map(({ verb }) => verb);
  }
  /** Answers the oldest open question of `verb`. */
  async answer(verb: keyof PageVerbs, view: PaperView) {
    this.#take(verb).answer(view);
    await settled();
  }
  async refuse(verb: keyof PageVerbs, cause: unknown) {
    this.#take(verb).refuse(cause);
    await settled();
  }
  #open = new Set<unknown>();
  #take(verb: keyof PageVerbs) {
    const call = this.asked.find((one) => one.verb === verb && !this.#open.has(one));
    if (!call) throw new Error(`nobody asked ${verb}: ${this.verbs().join()}`);
    this.#open.add(call);
    return call;
  }
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const failure = (message: string, code = 'storage') => Object.assign(new Error(message), { code });

let leave: AbortController;
let library: FakeLibrary;
let tellChange: (change: Change) => void;
let mounted: Mounted;
let openSidePanel: () => Promise<boolean>;
const openRecovery = vi.fn();
/** What was asked of the script of highlights. */
let wantedHighlights: string[] = [];

function begin(html = '<div id="abs"></div><div id="column"></div>', kind: Page['kind'] = 'abs') {
  wantedHighlights = [];
  document.body.innerHTML = html;
  mounted = accompany({
    page: { ...page, kind },
    site,
    openSidePanel: () => openSidePanel(),
    openRecovery,
    highlights: (what) => void wantedHighlights.push(what),
    library,
    onChange: (seen) => {
      tellChange = seen;
    },
    noteUrl: 'about:blank',
    relatedUrl: 'about:blank?related',
    signal: leave.signal,
  });
}

const text = () => mounted.root.querySelector('section')?.textContent ?? '';
const state = () => mounted.host.dataset.state;
const button = (name: string) =>
  [...mounted.root.querySelectorAll('button')].find(
    (one) => one.textContent === name || one.getAttribute('aria-label') === name,
  );
const pressed = () => button('Save')?.getAttribute('aria-pressed');

async function click(name: string) {
  const event = new Event('click', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'isTrusted', { value: true });
  const found = button(name);
  if (!found) throw new Error(`no button ${name} in: ${text()}`);
  found.dispatchEvent(event);
  await settled();
}

// The frame loads an empty page here: its own page is not what is tested.
Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, {
  enableIframePageLoading: true,
  disableIframePageLoading: false,
});

beforeEach(() => {
  leave = new AbortController();
  library = new FakeLibrary();
  openSidePanel = async () => true;
});
afterEach(() => leave.abort());

describe('opening', () => {
  test('the library is asked before there is anything to show it in', () => {
    begin('');
    expect(library.asked).toMatchObject([{ verb: 'look', arg: [id] }]);
    expect(mounted.host.isConnected).toBe(false);
  });

  test('a skeleton stands there until the answer comes, with what the page itself says', () => {
    begin();
    expect(state()).toBe('loading');
    expect(mounted.host.dataset.paper).toBe(id);
    expect(text()).toContain('first/code');
    expect(text()).not.toContain('Look up');
  });

  test('one message completes the panel when everything is stored', async () => {
    begin();
    await library.answer('look', trending);
    expect(state()).toBe('ready');
    for (const words of [
      '163 upvotes',
      '#3 on Aug 21, 2026',
      '1,234 stars',
      '1 comment',
      '2 models',
      '1 dataset',
      '3 Spaces',
    ])
      expect(text()).toContain(words);
    expect(library.verbs()).toEqual(['look']);
  });

  test('a page that is not the paper gets no panel, and its id is not sent to the service', async () => {
    begin('<div id="column"></div>');
    await library.answer('look', { ...plain, refreshDue: true });
    expect(mounted.host.isConnected).toBe(false);
    expect(library.verbs()).toEqual(['look']);
  });

  test('leaving removes everything, and a late answer changes nothing', async () => {
    begin();
    leave.abort();
    await library.answer('look', { ...trending, refreshDue: true });
    expect(document.querySelector('paper-margin-panel')).toBeNull();
    expect(library.verbs()).toEqual(['look']);
  });

  test('a link that the abstract and the service both name is one row', async () => {
    begin();
    await library.answer('look', trending);
    expect(mounted.root.querySelectorAll('a[href^="https://github.com"]')).toHaveLength(1);
  });
});

describe('asking the service', () => {
  test('a due look-up runs after the stored data is shown, once', async () => {
    begin();
    await library.answer('look', { ...trending, refreshDue: true });
    expect(state()).toBe('ready');
    expect(text()).toContain('163 upvotes');
    expect(library.verbs()).toEqual(['look', 'refresh']);
    await library.answer('refresh', {
      ...trending,
      refreshDue: true,
      trending: { upvotes: 164, keywords: [] },
    });
    expect(text()).toContain('164 upvotes');
    tellChange({ papers: [id] });
    await library.answer('look', { ...trending, refreshDue: true });
    expect(library.verbs()).toEqual(['look', 'refresh', 'look']);
  });

  test('it is loading while nothing is stored and the service is asked, never ready in between', async () => {
    begin();
    const states: (string | undefined)[] = [];
    const observer = new MutationObserver(() => states.push(state()));
    observer.observe(mounted.host, { attributes: true });
    await library.answer('look', { ...plain, refreshDue: true });
    expect(states).not.toContain('ready');
    await library.answer('refresh', { ...plain, known: 'no', lookedUpAt: Date.now() });
    observer.disconnect();
    expect(state()).toBe('ready');
    expect(text()).toContain('Not on Hugging Face');
  });

  test('a page that the browser loads ahead is asked for only once the person opens it', async () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    begin();
    await library.answer('look', { ...plain, refreshDue: true });
    expect(library.verbs()).toEqual(['look']);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
    await settled();
    expect(library.verbs()).toEqual(['look', 'refresh']);
  });

  test('a paper that was not looked up says so, and asks only on a click', async () => {
    begin();
    await library.answer('look', plain);
    expect(state()).toBe('ready');
    expect(library.verbs()).toEqual(['look']);
    await click('Look up');
    expect(library.verbs()).toEqual(['look', 'lookUp']);
    await library.answer('lookUp', trending);
    expect(text()).toContain('163 upvotes');
  });

  test('what only the day list knows is shown, and the rest can be looked up', async () => {
    begin();
    const { lookedUpAt: _, ...listed } = trending;
    await library.answer('look', { ...listed, trending: { upvotes: 5, keywords: [] } });
    expect(text()).toContain('5 upvotes');
    expect(text()).not.toContain('0 models');
    expect(button('Look up')).toBeDefined();
  });

  test('without an answer from the service it shows what is stored, its age, and a way to try again', async () => {
    begin();
    await library.answer('look', { ...trending, trouble: { kind: 'unreachable' } });
    expect(state()).toBe('offline');
    expect(text()).toContain('163 upvotes');
    expect(text()).toContain('Hugging Face cannot be reached. Stored 3 hours ago.');
    await click('Try again');
    await library.answer('lookUp', trending);
    expect(state()).toBe('ready');
  });

  test('numbers that nobody gave are not shown as zero', async () => {
    begin();
    await library.answer('look', { ...trending, trending: { keywords: [] } });
    expect(text()).not.toMatch(/\b0\b/);
  });
});

describe('saving', () => {
  test('shows at once, sends the metadata of the page, and keeps the answer', async () => {
    begin();
    await library.answer('look', trending);
    expect(pressed()).toBe('false');
    await click('Save');
    expect(pressed()).toBe('true');
    expect(library.asked.at(-1)).toMatchObject({ verb: 'save', arg: paper });
    await library.answer('save', { ...trending, saved: true });
    expect(pressed()).toBe('true');
  });

  test('a failed save goes back, says why, and can be tried again', async () => {
    begin();
    await library.answer('look', trending);
    await click('Save');
    await library.refuse(
      'save',
      failure('The disk is full. Free some space and try again.', 'storage-full'),
    );
    expect(pressed()).toBe('false');
    expect(state()).toBe('error');
    expect(text()).toContain('The disk is full.');
    expect(text()).toContain('163 upvotes');
    tellChange({ papers: [id] });
    await library.answer('look', trending);
    expect(state()).toBe('error');
    await click('Try again');
    expect(pressed()).toBe('true');
    await library.answer('save', { ...trending, saved: true });
    expect(state()).toBe('ready');
    expect(pressed()).toBe('true');
  });

  test('a change of mind while it is being stored is stored too, in order', async () => {
    begin();
    await library.answer('look', trending);
    await click('Save');
    await click('Save');
    expect(pressed()).toBe('false');
    expect(library.verbs()).toEqual(['look', 'save']);
    await library.answer('save', { ...trending, saved: true });
    expect(pressed()).toBe('false');
    await library.answer('unsave', trending);
    expect(library.verbs()).toEqual(['look', 'save', 'unsave']);
    expect(pressed()).toBe('false');
  });
});

describe('the reading state', () => {
  const is = (reading: Reading) => button(`Reading state: ${reading}`) !== undefined;

  test('goes from unread to reading, read and back, shown at once and stored', async () => {
    begin();
    await library.answer('look', trending);
    expect(is('unread')).toBe(true);
    for (const [from, to] of [
      ['unread', 'reading'],
      ['reading', 'read'],
      ['read', 'unread'],
    ] as const) {
      await click(`Reading state: ${from}`);
      expect(is(to)).toBe(true);
      expect(library.asked.at(-1)).toMatchObject({ verb: 'setReading', arg: [paper, to] });
      await library.answer('setReading', { ...trending, reading: to });
      expect(is(to)).toBe(true);
    }
  });

  test('goes back and says why when it cannot be stored', async () => {
    begin();
    await library.answer('look', trending);
    await click('Reading state: unread');
    await library.refuse('setReading', failure('The disk is full.'));
    expect(is('unread')).toBe(true);
    expect(text()).toContain('The disk is full.');
    await click('Try again');
    await library.answer('setReading', { ...trending, reading: 'reading' });
    expect(is('reading')).toBe(true);
    expect(state()).toBe('ready');
  });

  test('is asked for where the paper is read, and never set by itself', async () => {
    for (const [kind, words] of [
      ['abs', 'Unread'],
      ['html', 'Reading?'],
      ['pdf', 'Reading?'],
    ] as const) {
      begin(undefined, kind);
      await library.answer('look', plain);
      expect(button('Reading state: unread')?.textContent).toBe(words);
      expect(library.verbs()).toEqual(['look']);
      leave.abort();
      leave = new AbortController();
      library = new FakeLibrary();
    }
  });
});

describe('what was opened', () => {
  test('is told once, with the metadata of the page, when the panel is shown', async () => {
    begin('<div id="column"></div>');
    await settled();
    expect(library.openings).toEqual([]);
    document.body.insertAdjacentHTML('beforeend', '<div id="abs"></div>');
    await settled();
    expect(library.openings).toEqual([paper]);
    await library.answer('look', plain);
    tellChange({ papers: [id] });
    await settled();
    expect(library.openings).toHaveLength(1);
  });

  test('is no page that the browser loads ahead', async () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    begin();
    await settled();
    expect(library.openings).toEqual([]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
    await settled();
    expect(library.openings).toHaveLength(1);
  });
});

describe('over a PDF', () => {
  const frame = () => mounted.root.querySelector('iframe');

  test('a chip stands with Save, the reading state and what is trending', async () => {
    begin(undefined, 'pdf');
    await library.answer('look', { ...trending, noted: true });
    expect(mounted.root.querySelector('section')?.getAttribute('aria-label')).toBe('Paper Margin');
    expect(text()).toContain('163 upvotes');
    await click('Save');
    expect(pressed()).toBe('true');
    expect(frame()).toBeNull();
  });

  test('its note opens the side panel, in the click itself', async () => {
    openSidePanel = vi.fn(async () => true);
    begin(undefined, 'pdf');
    await library.answer('look', plain);
    const clicked = click('Note');
    expect(openSidePanel).toHaveBeenCalledOnce();
    await clicked;
    expect(library.asked.at(-1)).toMatchObject({ verb: 'beginNote', arg: paper });
    expect(text()).not.toContain('did not open');
    expect(frame()).toBeNull();
  });

  test.each([
    ['refuses', async () => false],
    ['does not answer', async () => Promise.reject(new Error('no receiver'))],
  ])('it says how to open the side panel where the browser %s', async (_, answer) => {
    openSidePanel = answer;
    begin(undefined, 'pdf');
    await library.answer('look', plain);
    await click('Note');
    expect(text()).toContain('did not open the side panel');
    expect(text()).toContain('toolbar');
  });
});

describe('the note', () => {
  test('is typed in a frame of our own, which opens on a click', async () => {
    begin();
    await library.answer('look', trending);
    expect(mounted.root.querySelector('iframe')).toBeNull();
    await click('Note');
    expect(mounted.root.querySelector('iframe')?.getAttribute('src')).toBe(
      `about:blank?edit#${id}`,
    );
    expect(library.asked.at(-1)).toMatchObject({ verb: 'beginNote', arg: paper });
    await library.answer('beginNote', { ...trending, editing: true });
    await click('Note');
    expect(mounted.root.querySelector('iframe')).toBeNull();
  });

  test('is there on later visits, and after an editor that went away without closing', async () => {
    for (const marks of [{ noted: true }, { editing: true }]) {
      begin();
      await library.answer('look', { ...trending, ...marks });
      expect(mounted.root.querySelector('iframe')).not.toBeNull();
      leave.abort();
      leave = new AbortController();
      library = new FakeLibrary();
    }
  });

  test('opens for writing where it stood for reading, in another frame, and goes back', async () => {
    begin();
    await library.answer('look', { ...trending, noted: true });
    const source = () => mounted.root.querySelector('iframe')?.getAttribute('src');
    const reading = mounted.root.querySelector('iframe');
    expect(source()).toBe(`about:blank#${id}`);
    await click('Note');
    expect(source()).toBe(`about:blank?edit#${id}`);
    expect(reading?.isConnected).toBe(false);
    await click('Note');
    expect(source()).toBe(`about:blank#${id}`);
  });

  test('grows around a person who goes into the frame itself, without a new frame', async () => {
    begin();
    await library.answer('look', { ...trending, noted: true });
    const frame = mounted.root.querySelector('iframe');
    const expanded = () => button('Note')?.getAttribute('aria-expanded');
    window.dispatchEvent(new Event('blur'));
    expect(expanded()).toBe('false');
    Object.defineProperty(mounted.root, 'activeElement', { value: frame });
    window.dispatchEvent(new Event('blur'));
    expect(expanded()).toBe('true');
    expect(mounted.root.querySelector('iframe')).toBe(frame);
  });

  test('is the same frame through everything else that happens', async () => {
    begin();
    await library.answer('look', { ...trending, noted: true });
    const frame = mounted.root.querySelector('iframe');
    await click('Fold');
    tellChange({ all: true });
    await library.answer('look', { ...plain, noted: true, folded: true });
    await click('Unfold');
    expect(mounted.root.querySelector('iframe')).toBe(frame);
  });
});

describe('how its upvotes went', () => {
  const headline = () => mounted.root.querySelector('.headline') as Element;

  test('the rise is read in whole words, and the line is decoration', async () => {
    begin();
    await library.answer('look', {
      ...trending,
      rise: 37,
      history: [
        [1, 126],
        [2, 163],
      ],
    });
    expect(headline().textContent).toContain('+37 since yesterday');
    expect(headline().querySelector('svg.trend')?.getAttribute('aria-hidden')).toBe('true');
  });

  test('nothing stands there where nothing was observed', async () => {
    begin();
    await library.answer('look', trending);
    expect(headline().querySelector('.rise, .trend')).toBeNull();
  });
});

describe('related papers of the library', () => {
  const opens = () => button('2 related');
  const list = () => mounted.root.querySelector<HTMLIFrameElement>('.related-list iframe');

  test('are asked for once, when the panel shows the rest, and not before', async () => {
    library.near = 2;
    begin();
    await settled();
    expect(library.nearings).toEqual([]);
    await library.answer('look', { ...plain, refreshDue: true });
    expect(state()).toBe('loading');
    expect(library.nearings).toEqual([]);
    await library.answer('refresh', { ...trending });
    expect(state()).toBe('ready');
    expect(library.nearings).toEqual([id]);
    expect(opens()?.getAttribute('aria-expanded')).toBe('false');
    expect(list()).toBeNull();
    tellChange({ all: true });
    await library.answer('look', trending);
    expect(library.nearings).toEqual([id]);
  });

  test('are not asked for on a page that is not the paper', async () => {
    begin('<div id="column"></div>');
    await library.answer('look', trending);
    expect(library.nearings).toEqual([]);
  });

  test('are asked for when the page shows the paper only after the answer', async () => {
    library.near = 1;
    begin('');
    await library.answer('look', trending);
    document.body.innerHTML = '<div id="abs"></div><div id="column"></div>';
    await vi.waitUntil(() => library.nearings.length > 0);
    await settled();
    expect(button('1 related')).toBeDefined();
  });

  test.each([0, new Error('no answer')])('say nothing where there are none: %s', async (near) => {
    library.near = near;
    begin();
    await library.answer('look', trending);
    expect(text()).not.toContain('related');
    expect(state()).toBe('ready');
  });

  test('are listed in a frame of our own, as high as their number needs, until Escape in it', async () => {
    library.near = 2;
    begin();
    await library.answer('look', trending);
    await click('2 related');
    expect(opens()?.getAttribute('aria-expanded')).toBe('true');
    const frame = list() as HTMLIFrameElement;
    expect(frame.getAttribute('src')).toBe(`about:blank?related#${id}`);
    expect((frame.parentElement as HTMLElement).style.height).toBe('136px');
    const said = (data: string, source: unknown) =>
      window.dispatchEvent(Object.assign(new MessageEvent('message', { data }), { source }));
    const closing = 'paper-margin-close';
    Object.defineProperty(frame, 'contentWindow', { value: window });
    said(closing, null);
    said('something else', window);
    await settled();
    expect(list()).not.toBeNull();
    said(closing, window);
    await settled();
    expect(list()).toBeNull();
    expect(mounted.root.activeElement).toBe(opens());
  });

  test('close at a second press', async () => {
    library.near = 2;
    begin();
    await library.answer('look', trending);
    await click('2 related');
    await click('2 related');
    expect(list()).toBeNull();
  });

  test('open no note when the person goes into their list', async () => {
    library.near = 2;
    begin();
    await library.answer('look', trending);
    await click('2 related');
    list()?.focus();
    Object.defineProperty(mounted.root, 'activeElement', { get: list });
    window.dispatchEvent(new Event('blur'));
    await settled();
    expect(library.verbs()).toEqual(['look']);
  });
});

describe('in step with other tabs', () => {
  test('a change of this paper is looked at; one of another paper is not', async () => {
    begin();
    await library.answer('look', trending);
    tellChange({ papers: ['2401.99999' as PaperId], periods: ['2026-08-21'] });
    expect(library.verbs()).toEqual(['look']);
    tellChange({ papers: [id] });
    await library.answer('look', { ...trending, saved: true });
    expect(pressed()).toBe('true');
  });

  test('many changes during one look are one look more', async () => {
    begin();
    for (let change = 0; change < 5; change++) tellChange({ all: true });
    await library.answer('look', plain);
    await library.answer('look', trending);
    expect(library.verbs()).toEqual(['look', 'look']);
    expect(text()).toContain('163 upvotes');
  });

  test('coming back from the back/forward cache looks again', async () => {
    begin();
    await library.answer('look', trending);
    const shown = (persisted: boolean) =>
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
    shown(false);
    expect(library.verbs()).toEqual(['look']);
    shown(true);
    expect(library.verbs()).toEqual(['look', 'look']);
  });

  test('folding is remembered, and followed where another tab did it', async () => {
    begin();
    await library.answer('look', trending);
    await click('Fold');
    expect(library.asked.at(-1)).toMatchObject({ verb: 'fold', arg: true });
    expect(button('Unfold')).toBeDefined();
    expect(button('Save')).toBeDefined();
    await library.answer('fold', trending);
    tellChange({ all: true });
    await library.answer('look', { ...trending, folded: false });
    expect(button('Fold')).toBeDefined();
  });
});

describe('our own failures', () => {
  test('an updated extension asks for a reload of the page', async () => {
    begin();
    await library.refuse(
      'look',
      failure('Paper Margin was updated. Reload this page to go on.', 'updated'),
    );
    expect(state()).toBe('error');
    expect(text()).toContain('was updated');
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    await click('Reload page');
    expect(reload).toHaveBeenCalledOnce();
  });

  test('a look that failed is tried again on a click', async () => {
    begin();
    await library.refuse(
      'look',
      Object.assign(new Error('The library could not be read.'), { code: 'storage' }),
    );
    expect(state()).toBe('error');
    expect(text()).toContain('The library could not be read.');
    await click('Recovery');
    expect(openRecovery).toHaveBeenCalledOnce();
    await click('Try again');
    await library.answer('look', trending);
    expect(state()).toBe('ready');
  });
});

test('strings from outside are text, never markup', async () => {
  begin();
  const hostile = '<img src=x onerror=alert(1)>';
  await library.answer('look', {
    ...trending,
    trending: {
      ...trending.trending,
      keywords: [hostile],
      aiSummary: hostile,
      submitter: hostile,
      organization: hostile,
    },
  });
  expect(mounted.root.querySelector('img')).toBeNull();
  expect(text()).toContain(hostile);
});

test('the script of highlights is asked for once, where the paper has some', async () => {
  begin();
  library.asked[0]?.answer({ ...plain, highlights: 2 });
  await settled();
  tellChange({ papers: [id] });
  library.asked.at(-1)?.answer({ ...plain, highlights: 3 });
  await settled();
  expect(wantedHighlights).toEqual(['load']);
});

test('the script of highlights does not come where there are none, nor for what a script selects', async () => {
  begin('<div id="abs">Some words</div><div id="column"></div>');
  library.asked[0]?.answer(plain);
  await settled();
  getSelection()?.selectAllChildren(document.querySelector('#abs') as Element);
  window.dispatchEvent(new Event('pointerup'));
  expect(wantedHighlights).toEqual([]);
});
