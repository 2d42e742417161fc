// What the surfaces of the browser say and do with a paper: the icon, the menu, the address bar, the shortcuts.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { KeptRow, PaperView } from '../../src/library/api';
import { barePaper, parsePaperId } from '../../src/paper';
import { paperPatterns } from '../../src/toolbar/context-menu';
import { counting, followTabs, saying } from '../../src/toolbar/icon';
import { paperNamed } from '../../src/toolbar/named';
import {
  asXml,
  destination,
  followOmnibox,
  offer,
  type Suggestion,
  suggestionOf,
} from '../../src/toolbar/omnibox';
import { saveNamed } from '../../src/toolbar/save';
import { shortcutOf } from '../../src/views/shortcut';
import { urls } from '../sites/urls';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

const id = (text: string) => parsePaperId(text)?.id ?? expect.unreachable();
const one = id('2608.00001');

function view(more: Partial<PaperView> = {}): PaperView {
  return {
    id: one,
    saved: false,
    noted: false,
    reading: 'unread',
    editing: false,
    known: 'unasked',
    refreshDue: false,
    folded: false,
    ...more,
  };
}

const none = async () => 0;

describe('the icon', () => {
  const place = (rank?: number) => ({
    trending: { keywords: [], day: '2026-08-21', ...(rank && { rank }) },
  });

  it.each([
    ['nothing of a paper of which nothing is known', {}, '', 'Paper Margin'],
    [
      'the rank of one that is on Daily Papers',
      place(3),
      '#3',
      'Paper Margin: #3 on Daily Papers of 2026-08-21',
    ],
    [
      'nothing of a rank that does not fit, but in the title',
      place(1000),
      '',
      'Paper Margin: #1000 on Daily Papers of 2026-08-21',
    ],
    ['the mark of a saved one', { saved: true }, '✓', 'Paper Margin: saved'],
    [
      'the mark before the rank',
      { saved: true, ...place(3) },
      '✓',
      'Paper Margin: saved, #3 on Daily Papers of 2026-08-21',
    ],
    ['nothing of a paper without a rank', place(), '', 'Paper Margin'],
  ])('says %s', (_, more, text, title) => {
    expect(saying(view(more))).toEqual({ text, title });
  });

  /** Tabs by id, what the icon says over each, and the events of the browser. */
  function world(tabs: Record<number, string>) {
    const said: Record<number, string | null> = {};
    const everywhere: string[] = [];
    /** By tab; under 0 what it says everywhere else. */
    const titles: Record<number, string> = {};
    const listeners: ((...args: unknown[]) => void)[] = [];
    const event = { addListener: (listener: () => void) => void listeners.push(listener) };
    Object.assign(browser, {
      tabs: {
        get: async (tabId: number) => ({ id: tabId, url: tabs[tabId] }),
        query: async () => Object.entries(tabs).map(([key, url]) => ({ id: Number(key), url })),
        onActivated: event,
        onUpdated: event,
      },
      action: {
        setBadgeText: async ({ tabId, text }: { tabId?: number; text: string | null }) => {
          if (tabId === undefined) everywhere.push(`${text}`);
          else said[tabId] = text;
        },
        setTitle: async ({ tabId = 0, title }: { tabId?: number; title: string }) => {
          titles[tabId] = title;
        },
        setBadgeBackgroundColor: async () => {},
        setBadgeTextColor: async () => {},
      },
    });
    const updated = (tabId: number) => listeners[1]?.(tabId, { status: 'complete' });
    return {
      said,
      titles,
      everywhere,
      tabs,
      updated,
      activated: (tabId: number) => listeners[0]?.({ tabId }),
    };
  }

  it('follows the tabs: PDFs too, and leaves the place where a tab shows no paper', async () => {
    const { said, updated, activated } = world({
      1: 'https://arxiv.org/pdf/2608.00001v2',
      2: 'https://arxiv.org/list/cs.CL/new',
    });
    followTabs({ look: async () => [view({ saved: true })], unseen: none });
    updated(1);
    activated(2);
    await vi.waitFor(() => expect(said).toEqual({ 1: '✓', 2: null }));
  });

  it('follows what changes in the library, in every tab with that paper', async () => {
    const { said } = world({
      1: 'https://arxiv.org/abs/2608.00001',
      2: 'https://huggingface.co/papers/2608.00001',
      3: 'https://arxiv.org/abs/2608.00002',
    });
    const icon = followTabs({
      look: async (ids) => ids.map((each) => view({ id: each, saved: true })),
      unseen: none,
    });
    icon.changed({ papers: [one] });
    await vi.waitFor(() => expect(said).toEqual({ 1: '✓', 2: '✓' }));
    icon.changed({ all: true });
    await vi.waitFor(() => expect(said).toEqual({ 1: '✓', 2: '✓', 3: '✓' }));
  });

  it.each([
    [0, '', 'Paper Margin'],
    [1, '1', 'Paper Margin: 1 new paper on Daily Papers'],
    [99, '99', 'Paper Margin: 99 new papers on Daily Papers'],
    [100, '99+', 'Paper Margin: 100 new papers on Daily Papers'],
  ])('counts %i new papers as “%s”', (unseen, text, title) => {
    expect(counting(unseen)).toEqual({ text, title });
  });

  it('counts what is new at start and after changes, and tells tabs without a paper', async () => {
    const { everywhere, titles, updated } = world({
      1: 'https://arxiv.org/abs/2608.00001',
      2: 'https://example.org/',
    });
    let unseen = 3;
    const icon = followTabs({
      look: async (ids) => ids.map((each) => view({ id: each, saved: true })),
      unseen: async () => unseen,
    });
    await vi.waitFor(() => expect(everywhere).toEqual(['3']));
    updated(2);
    await vi.waitFor(() => expect(titles[2]).toMatch(/3 new papers/));
    unseen = 0;
    icon.changed({ seen: true });
    icon.changed({ periods: ['2026-08-21'] });
    await vi.waitFor(() => expect(titles).toMatchObject({ 0: 'Paper Margin', 2: 'Paper Margin' }));
    expect(everywhere.at(-1)).toBe('');
    expect(titles[1]).toBe('Paper Margin: saved');
    const counts = everywhere.length;
    icon.changed({ progress: { done: 1, of: 2 } });
    await new Promise((resolve) => setTimeout(resolve));
    expect(everywhere).toHaveLength(counts);
  });

  it('drops an answer about the paper that a tab showed before', async () => {
    const { said, tabs, updated } = world({ 1: 'https://arxiv.org/abs/2608.00001' });
    const { promise, resolve } = Promise.withResolvers<PaperView[]>();
    const look = vi.fn(() => promise);
    followTabs({ look, unseen: none });
    updated(1);
    await vi.waitFor(() => expect(look).toHaveBeenCalled());
    tabs[1] = 'https://arxiv.org/';
    updated(1);
    await vi.waitFor(() => expect(said[1]).toBe(null));
    resolve([view({ saved: true })]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(said[1]).toBe(null);
  });

  it('says what just happened for a moment, then what it said before', async () => {
    vi.useFakeTimers();
    const { said } = world({ 1: 'https://example.org/' });
    const icon = followTabs({ look: async () => [], unseen: none });
    icon.say(1, '✓', 'saved');
    expect(said[1]).toBe('✓');
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(said[1]).toBe(null);
  });
});

describe('a text that names a paper', () => {
  it.each([
    ['2608.00001', '2608.00001', undefined],
    ['  arXiv:2608.00001v2 ', '2608.00001', 2],
    ['hep-th/9901001', 'hep-th/9901001', undefined],
    ['https://arxiv.org/abs/2608.00001v3', '2608.00001', 3],
    ['arxiv.org/pdf/2608.00001', '2608.00001', undefined],
    ['huggingface.co/papers/2608.00001', '2608.00001', undefined],
    ['https://www.alphaxiv.org/abs/2608.00001', '2608.00001', undefined],
    ['https://doi.org/10.48550/arXiv.2608.00001', '2608.00001', undefined],
    ['10.48550/arXiv.2608.00001', '2608.00001', undefined],
  ])('is read: %s', (text, paper, version) => {
    expect(paperNamed(text)).toEqual({ id: paper, ...(version && { version }) });
  });

  it.each([
    '',
    'attention',
    'https://example.org/2608.00001',
    'https://doi.org/10.1000/182',
    'https://',
  ])('is not found in: %s', (text) => expect(paperNamed(text)).toBe(null));

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void paperNamed(text)));
  });
});

describe('the menu', () => {
  /** A match pattern as the browsers read it. */
  const expression = (pattern: string) => {
    const [, host = '', path = ''] = /^\*:\/\/([^/]+)(\/.*)$/.exec(pattern) ?? [];
    const quoted = (text: string) =>
      text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    const hosts = host.startsWith('*.') ? `([^/]+\\.)?${quoted(host.slice(2))}` : quoted(host);
    return new RegExp(`^https?://${hosts}${quoted(path)}$`);
  };
  const offered = (url: string) =>
    paperPatterns.some((pattern) => expression(pattern).test(url.replace(/#.*/, '')));

  const papers = Object.values(urls)
    .flat()
    .filter(
      ([, expected]) => Array.isArray(expected) && ['abs', 'html', 'pdf'].includes(expected[1]),
    )
    .map(([url]) => url)
    .filter((url) => new URL(url).protocol.startsWith('http'));
  it('has papers to look at', () => expect(papers.length).toBeGreaterThan(50));
  it.each(papers)('is offered on a link to %s', (url) => expect(offered(url)).toBe(true));

  it.each([
    'https://arxiv.org/',
    'https://arxiv.org/list/cs.CL/new',
    'https://arxiv.org/search/?query=attention',
    'https://huggingface.co/papers',
    'https://huggingface.co/papers/date/2026-08-21',
    'https://huggingface.co/papers/trending',
    'https://huggingface.co/author/model',
    'https://example.org/abs/2608.00001',
  ])('is not in the way on a link to %s', (url) => expect(offered(url)).toBe(false));

  it('saves what is known of the paper, and says its title', async () => {
    const known = { ...barePaper({ id: one }), title: 'A Title', authors: ['First Author'] };
    const save = vi.fn(async () => view({ paper: known, saved: true }));
    const say = vi.fn();
    const library = { look: async () => [view({ paper: known })], save };
    await saveNamed({ id: one, version: 2 }, 7, { library, icon: { say } });
    expect(save).toHaveBeenCalledWith({ ...known, version: 2 });
    expect(say).toHaveBeenCalledWith(7, '✓', 'saved A Title');
  });

  it('says when there is no paper, and when it could not be saved', async () => {
    const say = vi.fn();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const fails = () => Promise.reject(new Error('full'));
    const library = { look: async () => [view()], save: fails };
    await saveNamed(null, 7, { library, icon: { say } });
    await saveNamed({ id: one }, 7, { library, icon: { say } });
    expect(say.mock.calls.map(([, text]) => text)).toEqual(['?', '!']);
  });
});

describe('the address bar', () => {
  const own = (path: string) => `chrome-extension://ours${path}`;

  it.each([
    ['2608.00001v2', 'Open arXiv:2608.00001v2', 'https://arxiv.org/abs/2608.00001v2'],
    [
      'https://huggingface.co/papers/2608.00001',
      'Open arXiv:2608.00001',
      'https://arxiv.org/abs/2608.00001',
    ],
    [
      'deep & wide',
      'Search your library for “deep & wide”',
      own('/library.html?q=deep%20%26%20wide'),
    ],
    [
      'hf: deep & wide ',
      'Search Hugging Face for “deep & wide”',
      own('/popup.html?search=deep%20%26%20wide'),
    ],
    ['hf:', 'Search your library for “hf:”', own('/library.html?q=hf%3A')],
    [' ', 'Type words to search your library, or paste an arXiv id or link', own('/library.html')],
  ])('with “%s” offers “%s”', (text, offered, url) => {
    expect(offer(text)).toBe(offered);
    expect(destination(text, own)).toBe(url);
  });

  it('offers Hugging Face for words that the library does not have, and only for those', async () => {
    let typed: (text: string, suggest: (all: Suggestion[]) => void) => void = () => {};
    const event = { addListener: () => {} };
    Object.assign(browser, {
      omnibox: {
        setDefaultSuggestion: () => {},
        onInputStarted: event,
        onInputChanged: { addListener: (listener: typeof typed) => (typed = listener) },
        onInputEntered: event,
      },
    });
    const row = { id: one, paper: barePaper({ id: one }) } as KeptRow;
    followOmnibox({
      kept: async (words) => ({ total: 0, kept: 1, rows: words === 'kept' ? [row] : [] }),
    });
    const suggested = (text: string) => new Promise((resolve) => typed(text, resolve));
    expect(await suggested('R&D')).toEqual([
      { content: 'hf: R&D', description: 'Search Hugging Face for “R&amp;D”' },
    ]);
    expect(await suggested('kept')).toEqual([
      { content: 'https://arxiv.org/abs/2608.00001', description: 'arXiv:2608.00001' },
    ]);
    expect(await suggested('2608.00001')).toEqual([]);
    expect(await suggested('hf: R&D')).toEqual([]);
    expect(await suggested(' ')).toEqual([]);
  });

  it('shows a kept paper by title, first author and id, and leads to its abstract page', () => {
    const paper = { ...barePaper({ id: one }), title: 'Q&A', authors: ['First Author', 'Second'] };
    const row: KeptRow = { id: one, paper, saved: true, reading: 'unread', note: '', keptAt: 0 };
    expect(suggestionOf(row)).toEqual({
      content: 'https://arxiv.org/abs/2608.00001',
      description: 'Q&A · First Author et al. · arXiv:2608.00001',
    });
    const untitled = { ...row, paper: barePaper({ id: one }) };
    expect(suggestionOf(untitled).description).toBe('arXiv:2608.00001');
  });

  it('writes any text as XML that reads back the same, but for signs that XML lacks', () => {
    expect(asXml(`<b>"R&D"</b> isn't`)).toBe('&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; isn&apos;t');
    expect(asXml('a\0b\ud800')).toBe('a b\ufffd');
    const back = (xml: string) =>
      xml
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&amp;', '&');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const xml = asXml(text);
        expect(xml).not.toMatch(/[<>"']|&(?!\w+;)/);
        expect(back(xml)).toBe(text.replace(/\p{Cc}+/gu, ' '));
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        asXml(offer(text));
        expect(URL.canParse(destination(text, own))).toBe(true);
      }),
    );
  });
});

describe('a shortcut', () => {
  const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  const alt = { ...none, altKey: true };

  it.each([
    [{ ...alt, shiftKey: true, code: 'KeyS' }, false, 'Alt+Shift+S'],
    [{ ...none, ctrlKey: true, code: 'Digit1' }, false, 'Ctrl+1'],
    [{ ...none, ctrlKey: true, shiftKey: true, code: 'ArrowUp' }, true, 'MacCtrl+Shift+Up'],
    [{ ...none, metaKey: true, code: 'Comma' }, true, 'Command+Comma'],
    [{ ...none, code: 'F9' }, false, 'F9'],
  ])('is named as the browser names it: %o', (pressed, mac, name) => {
    expect(shortcutOf(pressed, mac)).toBe(name);
  });

  it.each([
    ['a letter alone', { ...none, code: 'KeyS' }],
    ['Shift and a letter', { ...none, shiftKey: true, code: 'KeyS' }],
    ['modifiers alone', { ...alt, code: 'AltLeft' }],
    ['three modifiers', { ...alt, ctrlKey: true, shiftKey: true, code: 'KeyS' }],
    ['the Windows key', { ...alt, metaKey: true, code: 'KeyS' }],
  ])('is not made of %s', (_, pressed) => {
    expect(shortcutOf(pressed, false)).toBe(undefined);
  });
});
