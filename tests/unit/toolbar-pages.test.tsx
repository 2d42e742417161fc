// The side panel and the options page: what they show of the tab, and what they ask of library and browser.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Options } from '../../src/views/options';
import { downloadPdf } from '../../src/views/pdf';
import { SidePanel } from '../../src/views/side-panel';
import {
  fakeBackups,
  fakeFiles,
  fakeLibrary,
  listed,
  named,
  press,
  rest,
  settings,
  show,
  type,
} from './ui-world';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, never> }));
vi.mock('wxt/browser', () => ({ browser }));

function event() {
  const listeners = new Set<() => void>();
  return {
    tell: () => rest(() => listeners.forEach((listener) => void listener())),
    addListener: (listener: () => void) => void listeners.add(listener),
    removeListener: (listener: () => void) => void listeners.delete(listener),
  };
}

/** The browser with one tab, and these hosts allowed beside the required ones. */
function open(url: string, allowed: string[] = []) {
  const tab = { id: 1, active: true, status: 'complete', url };
  const fake = {
    tab,
    runtime: {
      getURL: (path: string) => `chrome-extension://ours${path}`,
      sendMessage: vi.fn(async (): Promise<unknown> => ({ taken: true })),
    },
    tabs: {
      query: vi.fn(async () => [tab]),
      sendMessage: vi.fn(async () => true),
      create: vi.fn(async () => ({})),
      onActivated: event(),
      onUpdated: event(),
    },
    commands: {
      getAll: vi.fn(async () => [
        { name: '_execute_action', description: '', shortcut: 'Alt+Shift+M' },
        { name: 'save-paper', description: 'Save the paper of this tab', shortcut: '' },
      ]),
    },
    permissions: {
      contains: vi.fn(async ({ origins }: { origins: string[] }) =>
        origins.every((origin) => allowed.includes(origin)),
      ),
      request: vi.fn(async ({ origins = [] }: { origins?: string[] }) => {
        allowed.push(...origins);
        return true;
      }),
      remove: vi.fn(async ({ origins }: { origins: string[] }) => {
        for (const origin of origins) allowed.splice(allowed.indexOf(origin), 1);
        return true;
      }),
      onAdded: event(),
      onRemoved: event(),
    },
  };
  Object.assign(browser, fake);
  return fake;
}

beforeEach(() => void open('https://example.org/'));

const state = () => document.documentElement.dataset.state;
const text = () => document.body.textContent ?? '';
const region = () => document.querySelector('[aria-label="Paper Margin"]');
const reading = () => document.querySelector<HTMLSelectElement>('select');
const note = () => document.querySelector<HTMLTextAreaElement>('[aria-label="Note"]');

describe('the side panel', () => {
  async function panel(verbs: Parameters<typeof fakeLibrary>[0] = {}) {
    const world = fakeLibrary(verbs);
    localStorage.clear();
    await show(<SidePanel library={world.library} notices={world.notices} drafts={localStorage} />);
    return world;
  }

  it('shows the paper of a PDF with what is known, and an open note', async () => {
    open('https://arxiv.org/pdf/2608.00001v2');
    const trending = {
      keywords: [],
      upvotes: 163,
      day: '2026-08-21',
      rank: 3,
      code: { url: 'https://github.com/first/code', label: 'first/code', stars: 1234 },
      models: { total: 2, top: [{ id: 'first/model', url: 'https://huggingface.co/first/model' }] },
    };
    await panel({ look: async () => [listed('2608.00001', { trending })] });
    expect(state()).toBe('ready');
    expect(region()?.getAttribute('data-paper')).toBe('2608.00001');
    expect(document.querySelector('h1')?.textContent).toBe('Title of 2608.00001');
    for (const words of [
      '163 upvotes',
      '#3 on Aug 21, 2026',
      '1,234 stars',
      'first/model',
      '2 models',
    ])
      expect(text()).toContain(words);
    expect(named('PDF', 'a').getAttribute('href')).toBe('https://arxiv.org/pdf/2608.00001v2');
    expect(note()).not.toBe(null);
  });

  it('follows the tab, and says where there is no paper', async () => {
    const { tab, tabs } = open('https://example.org/');
    await panel();
    expect(state()).toBe('empty');
    expect(region()?.textContent).toContain('No paper in this tab');
    tab.url = 'https://arxiv.org/abs/2608.00002';
    await tabs.onUpdated.tell();
    await rest();
    expect(state()).toBe('ready');
    expect(region()?.getAttribute('data-paper')).toBe('2608.00002');
  });

  it('offers to mark a full text as reading, and sets nothing by itself', async () => {
    open('https://arxiv.org/pdf/2608.00001');
    const { library } = await panel();
    expect(reading()?.value).toBe('unread');
    expect(library.setReading).not.toHaveBeenCalled();
    await press('Mark as reading');
    expect(library.setReading).toHaveBeenCalledWith(listed('2608.00001').paper, 'reading');
    expect(reading()?.value).toBe('reading');
    expect(text()).not.toContain('Mark as reading');
  });

  it('hands over what is known of the paper with the first key of a note, once', async () => {
    open('https://arxiv.org/abs/2608.00001');
    const { library } = await panel();
    expect(library.beginNote).not.toHaveBeenCalled();
    await type(note(), 'a');
    await type(note(), 'ab');
    expect(library.beginNote).toHaveBeenCalledOnce();
    expect(library.beginNote).toHaveBeenCalledWith(listed('2608.00001').paper);
    expect(library.writeNote).toHaveBeenLastCalledWith(expect.objectContaining({ text: 'ab' }));
  });

  it('puts the reading state back and says why where it could not be stored', async () => {
    open('https://arxiv.org/pdf/2608.00001');
    await panel({ setReading: () => Promise.reject(new Error('The storage is full.')) });
    await press('Mark as reading');
    expect(text()).toContain('The storage is full.');
    expect(reading()?.value).toBe('unread');
  });
});

describe('a download', () => {
  it('asks for the permission in the click itself, and leaves the rest to the background', async () => {
    const { permissions, runtime, tabs } = open('https://arxiv.org/');
    const done = downloadPdf({ id: listed('2608.00001').id, version: 2 });
    expect(permissions.request).toHaveBeenCalledWith({ permissions: ['downloads'] });
    await done;
    expect(runtime.sendMessage).toHaveBeenCalledWith({
      to: 'paper-margin-background',
      ask: 'download',
      ref: '2608.00001v2',
    });
    expect(tabs.create).not.toHaveBeenCalled();
  });

  it('opens the PDF instead where the person refuses', async () => {
    const { permissions, tabs } = open('https://arxiv.org/');
    permissions.request.mockResolvedValue(false);
    await downloadPdf({ id: listed('2608.00001').id });
    expect(tabs.create).toHaveBeenCalledWith({ url: 'https://arxiv.org/pdf/2608.00001' });
  });
});

describe('the options page', () => {
  async function options(verbs: Parameters<typeof fakeLibrary>[0] = {}) {
    const world = fakeLibrary(verbs);
    const { library, notices } = world;
    const { files } = fakeFiles();
    await show(<Options {...{ library, notices, files }} backups={fakeBackups()} />);
    return world;
  }
  const on = (name: string) => named(name).getAttribute('aria-checked');

  it('asks for exactly the host of the site, in the click itself, and gives it back', async () => {
    const { permissions } = open('https://arxiv.org/');
    await options();
    expect(on('GitHub')).toBe('false');
    named('GitHub').click();
    expect(permissions.request).toHaveBeenCalledWith({ origins: ['https://github.com/*'] });
    await rest();
    expect(on('GitHub')).toBe('true');
    await press('GitHub');
    expect(permissions.remove).toHaveBeenCalledWith({ origins: ['https://github.com/*'] });
    expect(on('GitHub')).toBe('false');
  });

  it('leaves a site off where the person refuses, and says so', async () => {
    const { permissions } = open('https://arxiv.org/');
    permissions.request.mockResolvedValue(false);
    await options();
    await press('alphaXiv');
    expect(on('alphaXiv')).toBe('false');
    expect(text()).toContain('The browser was not allowed to show Paper Margin on alphaXiv.');
  });

  it('follows a permission that was taken away elsewhere', async () => {
    const allowed = ['https://github.com/*'];
    const { permissions } = open('https://arxiv.org/', allowed);
    await options();
    expect(on('GitHub')).toBe('true');
    allowed.length = 0;
    await permissions.onRemoved.tell();
    await rest();
    expect(on('GitHub')).toBe('false');
  });

  it('shows how a file will be called while the template is typed, and stores it', async () => {
    const { library } = await options();
    expect(document.querySelector('output')?.textContent).toBe(
      'Attention Is All You Need (1706.03762v7).pdf',
    );
    await type(document.querySelector('[aria-label="File name"]'), '{id}');
    expect(document.querySelector('output')?.textContent).toBe('1706.03762v7.pdf');
    expect(library.adjust).toHaveBeenCalledWith({ fileName: '{id}' });
    await press('Reset', 'button', document.querySelector('.template') ?? document);
    expect(library.adjust).toHaveBeenLastCalledWith({ fileName: '' });
  });

  it('lists opened papers only where they are remembered, and forgets them', async () => {
    const off = await options();
    expect(on('Remember opened papers')).toBe('false');
    expect(off.library.recentlyOpened).not.toHaveBeenCalled();
    let opened = [{ id: listed('2608.00001').id, title: 'A Title', openedAt: Date.now() }];
    const { library } = await options({
      settings: async () => settings({ remember: true }),
      recentlyOpened: async () => opened,
      forgetOpened: async () => {
        opened = [];
      },
    });
    expect(named('A Title', 'a').getAttribute('href')).toBe('https://arxiv.org/abs/2608.00001');
    await press('Forget');
    expect(library.forgetOpened).toHaveBeenCalled();
    expect(text()).toContain('No paper was opened yet.');
  });

  it('shows the keys of the commands, and opens the page of the browser that changes them', async () => {
    const { tabs } = open('https://arxiv.org/');
    await options();
    const keys = [...document.querySelectorAll('[aria-label="Shortcuts"] > li')];
    expect(keys.map(({ textContent }) => textContent)).toEqual([
      'Open the popupAlt+Shift+M',
      'Save the paper of this tabNo key',
    ]);
    await press('Change shortcuts');
    expect(tabs.create).toHaveBeenCalledWith({ url: 'chrome://extensions/shortcuts' });
  });

  it('turns the keys on lists off', async () => {
    const { library } = await options();
    await press('Move through lists by single keys');
    expect(library.adjust).toHaveBeenCalledWith({ keys: false });
  });
});
