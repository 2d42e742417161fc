// The popup: a day of papers, the paper of the open tab, the privacy choice.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeriodView } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { followPeriod, type PeriodState } from '../../src/views/period';
import { Popup } from '../../src/views/popup';
import {
  fakeLibrary,
  listed,
  named,
  note,
  periodView,
  press,
  rest,
  settings,
  show,
  type,
} from './ui-world';

const { browser, event } = vi.hoisted(() => {
  const event = () => {
    const listeners = new Set<() => void>();
    return {
      listeners,
      addListener: (listener: () => void) => void listeners.add(listener),
      removeListener: (listener: () => void) => void listeners.delete(listener),
    };
  };
  return { event, browser: {} as Record<string, never> };
});
vi.mock('wxt/browser', () => ({ browser }));

/** The browser with these tabs, the last of them active. */
function tabs(...open: { url: string; status?: string; title?: string; lastAccessed?: number }[]) {
  const fake = {
    runtime: { getURL: (path: string) => `chrome-extension://ours${path}` },
    tabs: {
      query: vi.fn(async () =>
        open.map((tab, index) => ({
          id: index,
          active: index === open.length - 1,
          status: 'complete',
          ...tab,
        })),
      ),
      sendMessage: vi.fn(async (): Promise<unknown> => true),
      onActivated: event(),
      onUpdated: event(),
    },
    windows: { getCurrent: vi.fn(async () => ({ id: 1 })) },
    scripting: { executeScript: vi.fn(async () => []) },
    permissions: {
      contains: vi.fn(async () => true),
      request: vi.fn(async () => true),
      remove: vi.fn(async () => true),
      onAdded: event(),
      onRemoved: event(),
    },
  };
  Object.assign(browser, fake);
  return fake;
}

const state = () => document.documentElement.dataset.state;
const rows = () => [...document.querySelectorAll<HTMLElement>('[aria-label="Papers"] > li')];
const current = () => document.querySelector<HTMLElement>('section.current');
const pending = new Promise<never>(() => {});

async function popup(verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  const world = fakeLibrary(verbs);
  await show(<Popup library={world.library} notices={world.notices} drafts={localStorage} />);
  return world;
}

beforeEach(() => void tabs({ url: 'https://example.org/' }));

describe('the list', () => {
  it('names its day and lists its papers in their order', async () => {
    await popup();
    expect(state()).toBe('ready');
    expect(document.querySelector('h1')?.textContent).toBe('Friday, Aug 21, 2026');
    expect(document.querySelector('.count')?.textContent).toBe('2 papers');
    expect(rows().map(({ dataset }) => dataset.paper)).toEqual(['2608.00001', '2608.00002']);
  });

  it('says numbers in whole words, and nothing of what is not known', async () => {
    const full = listed('2608.00001', {
      trending: {
        keywords: [],
        upvotes: 163,
        comments: 1,
        code: { url: 'https://github.com/first/code', label: 'first/code', stars: 1234 },
        projectPage: { url: 'https://example.org/', label: 'example.org' },
        organization: 'An Organization',
      },
    });
    await popup({ period: async () => periodView({ papers: [full, listed('2608.00002')] }) });
    const texts = [...(rows()[0]?.querySelectorAll('.hidden, .cut') ?? [])].map(
      ({ textContent }) => textContent,
    );
    expect(texts).toEqual(
      expect.arrayContaining([
        '163 upvotes',
        '1,234 stars',
        '1 comment',
        'Project page',
        'An Organization',
      ]),
    );
    const links = [...(rows()[0]?.querySelectorAll('a') ?? [])].map(({ href }) => href);
    expect(links).toEqual(
      expect.arrayContaining([
        'https://huggingface.co/papers/2608.00001',
        'https://arxiv.org/abs/2608.00001',
        'https://github.com/first/code',
      ]),
    );
    expect(rows()[1]?.textContent).not.toMatch(/upvote|star|comment|\b0\b/);
  });

  it('shows strings from outside as text', async () => {
    const title = '<img src=x onerror=alert(1)> & <b>bold</b>';
    const hostile = listed('2608.00001');
    hostile.paper = { ...hostile.paper, title, authors: [title], abstract: title };
    await popup({ period: async () => periodView({ papers: [hostile] }) });
    await press('Abstract');
    expect(rows()[0]?.querySelector('h2')?.textContent).toBe(title);
    expect(rows()[0]?.querySelector('img, b')).toBeNull();
  });

  it('shows what is stored at once, and asks the service only when that is due', async () => {
    const fresh = await popup();
    expect(fresh.library.refreshPeriod).not.toHaveBeenCalled();
    const stale = await popup({
      period: async () => periodView({ refreshDue: true }),
      refreshPeriod: () => pending,
    });
    expect(stale.library.refreshPeriod).toHaveBeenCalledOnce();
    expect(state()).toBe('ready');
    expect(rows()).toHaveLength(2);
  });

  it('is loading while nothing is stored and the service is asked', async () => {
    await popup({
      period: async () => periodView({ papers: [], refreshDue: true }),
      refreshPeriod: () => pending,
    });
    expect(state()).toBe('loading');
    expect(document.querySelector('.count')?.textContent).toBe('Loading papers');
  });

  it('says which day it fell back to', async () => {
    await popup({ period: async () => periodView({ asked: '2999-01-06', shown: '2999-01-04' }) });
    expect(document.querySelector('.notice')?.textContent).toBe(
      'No papers on Sunday, Jan 6, 2999 yet. This is Friday, Jan 4, 2999.',
    );
    expect(state()).toBe('ready');
  });

  it('offline it shows what is stored, its age, and a way to try again', async () => {
    const trouble = { kind: 'unreachable' } as const;
    const world = await popup({
      period: async () => periodView({ fetchedAt: Date.now() - 3 * 3_600_000, trouble }),
      refreshPeriod: async () => periodView(),
    });
    expect(state()).toBe('offline');
    expect(rows()).toHaveLength(2);
    expect(document.querySelector('.notice')?.textContent).toContain(
      'Hugging Face cannot be reached. This list was fetched 3 hours ago.',
    );
    await press('Try again');
    expect(world.library.refreshPeriod).toHaveBeenCalledWith({ kind: 'day' }, true);
    expect(state()).toBe('ready');
  });

  it('is offline, not empty, when nothing is stored and the service gives no answer', async () => {
    await popup({ period: async () => periodView({ papers: [], trouble: { kind: 'busy' } }) });
    expect(state()).toBe('offline');
  });

  it('says so when there are no papers at all', async () => {
    await popup({ period: async () => periodView({ papers: [] }) });
    expect(state()).toBe('empty');
    expect(document.querySelector('.notice')?.textContent).toContain(
      'There are no papers on Friday',
    );
  });

  it('says why it cannot show the list, and tries again', async () => {
    let broken = true;
    await popup({
      period: async () => {
        if (broken) throw new Error('The storage could not be opened.');
        return periodView();
      },
    });
    expect(state()).toBe('error');
    expect(document.querySelector('.notice')?.textContent).toContain(
      'The storage could not be opened.',
    );
    broken = false;
    await press('Try again');
    expect(state()).toBe('ready');
  });

  it('forgets a failure as soon as the list can be read again', async () => {
    let broken = true;
    const world = await popup({
      period: async () => {
        if (broken) throw new Error('The storage could not be opened.');
        return periodView();
      },
    });
    broken = false;
    await world.tell({ periods: ['2026-08-21'] });
    expect(state()).toBe('ready');
    expect(document.querySelector('main .notice')).toBeNull();
  });

  it('goes to the days on either side, and its buttons are off where there is none', async () => {
    const world = await popup({
      period: async ({ at = '2026-08-21' }) =>
        periodView({
          asked: at,
          shown: at,
          ...(at === '2026-08-21' ? { older: '2026-08-20' } : { newer: '2026-08-21' }),
        }),
    });
    expect(named('Next day').hasAttribute('disabled')).toBe(true);
    await press('Previous day');
    expect(world.library.period).toHaveBeenLastCalledWith({
      kind: 'day',
      at: '2026-08-20',
      toward: 'older',
    });
    expect(document.querySelector('h1')?.textContent).toBe('Thursday, Aug 20, 2026');
    expect(named('Previous day').hasAttribute('disabled')).toBe(true);
    await press('Next day');
    expect(document.querySelector('h1')?.textContent).toBe('Friday, Aug 21, 2026');
  });

  it('counts each of some fast clicks, and shows the day that was asked for last', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-08-21T12:00:00Z') });
    try {
      const answers = new Map<string, () => void>();
      await popup({
        period: ({ at = '2026-08-21' }) =>
          new Promise((answer) => {
            const view = periodView({ asked: at, shown: at, older: '2026-08-20' });
            if (at === '2026-08-21') answer(view);
            else answers.set(at, () => answer(view));
          }),
      });
      // Before the page can be drawn again, and after.
      await rest(() => {
        for (let click = 0; click < 3; click++) named('Previous day').click();
      });
      for (let click = 0; click < 7; click++) await press('Previous day');
      await press('Next day');
      await rest(() => {
        for (const answer of answers.values()) answer();
      });
      expect(document.querySelector('h1')?.textContent).toBe('Wednesday, Aug 12, 2026');
    } finally {
      vi.useRealTimers();
    }
  });

  it('drops a late answer to an earlier question', async () => {
    let late: (view: PeriodView) => void = () => {};
    const answers = [
      async () => periodView({ older: '2026-08-20', refreshDue: true }),
      async () => periodView({ asked: '2026-08-20', shown: '2026-08-20' }),
    ];
    await popup({
      period: () => (answers.shift() as () => Promise<PeriodView>)(),
      refreshPeriod: () => new Promise((resolve) => (late = resolve)),
    });
    await press('Previous day');
    await rest(() => late(periodView()));
    expect(document.querySelector('h1')?.textContent).toBe('Thursday, Aug 20, 2026');
  });

  it('drops a late answer about what is stored as well', async () => {
    const answers = new Map<string | undefined, (view: PeriodView) => void>();
    const states: PeriodState[] = [];
    const { library } = fakeLibrary({
      period: ({ at }) => new Promise((resolve) => answers.set(at, resolve)),
    });
    const followed = followPeriod(library, (state) => states.push(state));
    followed.ask({ kind: 'day', at: '2026-08-20' });
    followed.ask({ kind: 'day', at: '2026-08-19' });
    await rest(() => answers.get('2026-08-19')?.(periodView({ shown: '2026-08-19' })));
    await rest(() => answers.get('2026-08-20')?.(periodView({ shown: '2026-08-20' })));
    expect(states.at(-1)?.view?.shown).toBe('2026-08-19');
  });

  it('follows changes of what it shows', async () => {
    let upvotes = 1;
    const world = await popup({
      period: async () =>
        periodView({ papers: [listed('2608.00001', { trending: { keywords: [], upvotes } })] }),
    });
    upvotes = 2;
    await world.tell({ papers: ['2608.09999' as PaperId] });
    expect(rows()[0]?.textContent).toContain('1 upvote');
    await world.tell({ periods: ['2026-08-21'] });
    expect(rows()[0]?.textContent).toContain('2 upvotes');
  });

  it('opens and closes an abstract, by its button and by Escape', async () => {
    await popup();
    await press('Abstract');
    expect(rows()[0]?.textContent).toContain('Abstract of 2608.00001');
    expect(named('Abstract').getAttribute('aria-expanded')).toBe('true');
    const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    await rest(() => void rows()[0]?.querySelector('h2')?.dispatchEvent(key));
    expect(rows()[0]?.textContent).not.toContain('Abstract of 2608.00001');
    expect(key.defaultPrevented).toBe(true);
  });
});

describe('Save', () => {
  it('shows at once, before it is stored', async () => {
    const world = await popup({ save: () => pending });
    await press('Save');
    expect(named('Save').getAttribute('aria-pressed')).toBe('true');
    expect(world.library.save).toHaveBeenCalledWith(listed('2608.00001').paper);
  });

  it('goes back with a sentence where it could not be stored', async () => {
    await popup({ save: () => Promise.reject(new Error('The storage is full.')) });
    await press('Save');
    expect(named('Save').getAttribute('aria-pressed')).toBe('false');
    expect(document.querySelector('.toast')?.textContent).toContain('The storage is full.');
  });

  it('takes a paper off, and back on to its old place by a second click', async () => {
    const world = await popup({
      period: async () => periodView({ papers: [listed('2608.00001', { saved: true })] }),
    });
    await press('Save');
    await press('Save');
    expect(world.library.restore).toHaveBeenCalledWith('2608.00001');
    expect(world.library.save).not.toHaveBeenCalled();
    expect(document.querySelector('.toast')?.textContent).not.toContain('Undo');
  });

  it('takes a paper off, and back on by Undo', async () => {
    const world = await popup({
      period: async () => periodView({ papers: [listed('2608.00001', { saved: true })] }),
    });
    await press('Save');
    expect(named('Save').getAttribute('aria-pressed')).toBe('false');
    expect(document.querySelector('.toast')?.textContent).toContain('Removed from saved.');
    await press('Undo');
    expect(world.library.restore).toHaveBeenCalledWith('2608.00001');
    expect(named('Save').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the paper of the open tab', () => {
  it.each([
    'https://arxiv.org/abs/1810.04805v2',
    'https://arxiv.org/pdf/1810.04805',
    'https://huggingface.co/papers/1810.04805',
  ])('stands above the list for %s', async (url) => {
    tabs({ url });
    await popup();
    expect(current()?.dataset.paper).toBe('1810.04805');
    expect(current()?.querySelector('h2')?.textContent).toBe('Title of 1810.04805');
  });

  it('is not there on a page that is no paper', async () => {
    await popup();
    expect(current()).toBeNull();
  });

  it('is that of the tab seen last where the popup itself is open as a tab', async () => {
    tabs(
      { url: 'https://arxiv.org/abs/2401.00001', lastAccessed: 1 },
      { url: 'https://arxiv.org/abs/2401.00002', lastAccessed: 3 },
      { url: 'chrome-extension://ours/library.html', lastAccessed: 4 },
      { url: 'chrome-extension://ours/popup.html', lastAccessed: 5 },
    );
    await popup();
    expect(current()?.dataset.paper).toBe('2401.00002');
  });

  it('changes when another tab is activated', async () => {
    const fake = tabs({ url: 'https://arxiv.org/abs/2401.00001' });
    await popup();
    fake.tabs.query.mockResolvedValue([
      { id: 7, active: true, status: 'complete', url: 'https://arxiv.org/abs/2401.00002' },
    ]);
    await rest(() => {
      for (const listener of fake.tabs.onActivated.listeners) listener();
    });
    expect(current()?.dataset.paper).toBe('2401.00002');
  });

  it('is named by its tab, then by its id, while nothing is stored', async () => {
    const look = async (ids: PaperId[]) =>
      ids.map((id) => {
        const { paper: _, trending: __, ...bare } = listed(id, { known: 'unasked' });
        return bare;
      });
    tabs({ url: 'https://arxiv.org/abs/2401.00001', title: '[2401.00001] A Title' });
    await popup({ look });
    expect(current()?.querySelector('h2')?.textContent).toBe('A Title');
    tabs({ url: 'https://arxiv.org/pdf/2401.00001', title: '2401.00001' });
    const world = await popup({ look });
    expect(current()?.querySelector('h2')?.textContent).toBe('arXiv:2401.00001');
    await press('Save', 'button', current() as Element);
    expect(world.library.save).toHaveBeenCalledWith({
      id: '2401.00001',
      title: '',
      authors: [],
      abstract: '',
    });
  });

  it('is looked up by itself only for a PDF, where no page of ours does it, and only when that is due', async () => {
    const look = async (ids: PaperId[]) => ids.map((id) => listed(id, { refreshDue: true }));
    tabs({ url: 'https://arxiv.org/abs/2401.00001' });
    expect((await popup({ look })).library.refresh).not.toHaveBeenCalled();
    tabs({ url: 'https://arxiv.org/pdf/2401.00001' });
    expect((await popup({ look })).library.refresh).toHaveBeenCalledOnce();
    expect((await popup()).library.refresh).not.toHaveBeenCalled();
  });

  it('has a note, typed and stored right here', async () => {
    tabs({ url: 'https://arxiv.org/pdf/2401.00001' });
    const world = await popup();
    await press('Note', 'button', current() as Element);
    expect(world.library.beginNote).toHaveBeenCalledWith(listed('2401.00001').paper);
    const field = current()?.querySelector('textarea[aria-label=Note]') ?? null;
    expect(document.activeElement).toBe(field);
    await type(field, 'typed');
    expect(world.library.writeNote).toHaveBeenCalledWith(
      expect.objectContaining({ id: '2401.00001', text: 'typed' }),
    );
  });

  it('offers to run our script in a page that was open before, and does', async () => {
    const fake = tabs({ url: 'https://arxiv.org/abs/2401.00001' });
    fake.tabs.sendMessage.mockRejectedValueOnce(new Error('Receiving end does not exist.'));
    await popup();
    expect(current()?.textContent).toContain('was open before Paper Margin was installed');
    await press('Show it here');
    expect(fake.scripting.executeScript).toHaveBeenCalledWith({
      target: { tabId: 0 },
      files: ['/content-scripts/papers.js'],
    });
    expect(current()?.textContent).not.toContain('was open before');
  });

  it('says what to do where that is not allowed', async () => {
    const fake = tabs({ url: 'https://arxiv.org/abs/2401.00001' });
    fake.tabs.sendMessage.mockRejectedValue(new Error('Receiving end does not exist.'));
    fake.scripting.executeScript.mockRejectedValue(
      new Error('Missing host permission for the tab'),
    );
    await popup();
    await press('Show it here');
    expect(current()?.textContent).toContain('Reload the page');
  });

  it('does not ask a page that is still loading, nor a PDF', async () => {
    const loading = tabs({ url: 'https://arxiv.org/abs/2401.00001', status: 'loading' });
    await popup();
    expect(loading.tabs.sendMessage).not.toHaveBeenCalled();
    const pdf = tabs({ url: 'https://arxiv.org/pdf/2401.00001' });
    await popup();
    expect(pdf.tabs.sendMessage).not.toHaveBeenCalled();
  });
});

describe('what the browser allows', () => {
  it('is asked for in the click itself, and the sentence goes once it is given', async () => {
    const fake = tabs({ url: 'https://example.org/' });
    fake.permissions.contains.mockResolvedValue(false);
    await popup();
    expect(document.querySelector('main')?.textContent).toContain(
      'does not let Paper Margin read arXiv and Hugging Face',
    );
    named('Allow').click();
    expect(fake.permissions.request).toHaveBeenCalledOnce();
    fake.permissions.contains.mockResolvedValue(true);
    await rest(() => {
      for (const listener of fake.permissions.onAdded.listeners) listener();
    });
    expect(document.querySelector('main')?.textContent).not.toContain('does not let');
  });
});

describe('the privacy choice', () => {
  const radios = () => [...document.querySelectorAll<HTMLInputElement>('input[name=choice]')];

  it('stands on Only when I ask until it was answered', async () => {
    await popup();
    expect(radios().map(({ checked }) => checked)).toEqual([false, true]);
  });

  it('shows the answer, and changes it', async () => {
    const world = await popup({ settings: async () => settings({ choice: 'automatic' }) });
    expect(radios().map(({ checked }) => checked)).toEqual([true, false]);
    await rest(() => radios()[1]?.click());
    expect(world.library.choose).toHaveBeenCalledWith('ask');
    expect(radios().map(({ checked }) => checked)).toEqual([false, true]);
  });

  it('goes back where it could not be stored', async () => {
    await popup({ choose: () => Promise.reject(new Error('The storage is full.')) });
    await rest(() => radios()[0]?.click());
    expect(radios().map(({ checked }) => checked)).toEqual([false, true]);
    expect(document.querySelector('.toast')?.textContent).toContain('The storage is full.');
  });
});

it('a note typed elsewhere shows while it is open here', async () => {
  tabs({ url: 'https://arxiv.org/pdf/2401.00001' });
  let text = 'one';
  const world = await popup({ note: async (id) => ({ ...note(id, text), revision: text.length }) });
  await press('Note', 'button', current() as Element);
  const field = current()?.querySelector('textarea');
  expect(field?.value).toBe('one');
  text = 'zero one';
  await world.tell({ papers: ['2401.00001' as PaperId] });
  expect(field?.value).toBe('zero one');
});
