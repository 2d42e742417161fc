// Backups in the settings, the notices of them, and the recovery page: what they say, and what a click does.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Examined } from '../../src/backup/examine';
import type { BackupRow, BackupsView } from '../../src/backup/for-pages';
import type { Told } from '../../src/backup/messages';
import type { Raw } from '../../src/backup/raw';
import type { Preview } from '../../src/library/files';
import { BackupNotices } from '../../src/views/backup-notices';
import { Backups } from '../../src/views/backups';
import { FailureNotice } from '../../src/views/failure-notice';
import { Recovery } from '../../src/views/recovery';
import { failedBy } from '../../src/views/sentence';
import { fakeBackups, fakeFiles, fakeLibrary, named, press, rest, show } from './ui-world';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, never> }));
vi.mock('wxt/browser', () => ({ browser }));

/** The browser with this in its storage. */
function telling(told: Told) {
  const held: Record<string, unknown> = { ...told };
  const listeners = new Set<() => void>();
  const fake = {
    runtime: { getURL: (path: string) => `chrome-extension://ours${path}` },
    tabs: { create: vi.fn(async () => ({})) },
    storage: {
      local: {
        get: async (names: string[]) =>
          Object.fromEntries(Object.entries(held).filter(([name]) => names.includes(name))),
        remove: vi.fn(async (name: string) => {
          delete held[name];
          for (const listener of listeners) listener();
        }),
        onChanged: {
          addListener: (listener: () => void) => void listeners.add(listener),
          removeListener: (listener: () => void) => void listeners.delete(listener),
        },
      },
    },
  };
  Object.assign(browser, fake);
  return fake;
}

/** What is downloaded, by the names of the files. */
let downloaded: string[] = [];

beforeEach(() => {
  telling({});
  downloaded = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (this.download) downloaded.push(this.download);
  });
});

const text = () => document.body.textContent ?? '';
const has = (name: string | RegExp) =>
  [...document.querySelectorAll('button')].some((button) => button.textContent?.match(name));
const minute = 60_000;
const row = (number: number, more: Partial<BackupRow> = {}): BackupRow => ({
  ...{ number, at: Date.now() - 180 * minute, earlier: false },
  counts: { papers: 230, notes: 1, highlights: 0 },
  ...more,
});
const view = (more: Partial<BackupsView> = {}): BackupsView => ({
  ...{ backups: [row(2), row(1)], remindEvery: 30 },
  ...more,
});
const group = { total: 0, papers: [] };
const preview = (more: Partial<Preview> = {}): Preview => ({
  ...{ format: 'Paper Margin', unit: 'record', refused: [], remarks: [] },
  ...{ binned: 2, returning: true, topics: 0, elsewhere: 0, unquoted: 0, records: 3 },
  groups: {
    new: { total: 3, papers: [] },
    changed: group,
    conflict: group,
    removed: group,
    stays: group,
    same: group,
  },
  batches: () => [[[{}, {}, {}]]],
  ...more,
});

describe('backups in the settings', () => {
  async function settings(
    verbs: Parameters<typeof fakeBackups>[0] = {},
    inAndOut: Parameters<typeof fakeFiles>[0] = {},
  ) {
    const backups = fakeBackups({ view: async () => view(), ...verbs });
    const { library } = fakeLibrary({
      importRecords: async () => ({ added: 3, changed: 0, same: 0, refused: [] }),
    });
    const { files } = fakeFiles(inAndOut);
    const say = vi.fn();
    await show(<Backups {...{ backups, files, library, say }} />);
    return { backups, library, say };
  }

  it('say when the last one was made and of how many papers, and that there is none yet', async () => {
    await settings();
    expect(text()).toContain('Last backup: 3 hours ago, 230 papers.');
    await settings({ view: async () => view({ backups: [] }) });
    expect(text()).toContain('There is no backup yet.');
  });

  it('tell a backup of an earlier library apart, and do not take it for the last one', async () => {
    await settings({ view: async () => view({ backups: [row(3, { earlier: true })] }) });
    expect(text()).toContain('of an earlier library');
    expect(text()).toContain('There is no backup yet.');
  });

  it('are made on a click, which says what came of it', async () => {
    let made = view({ backups: [row(1)] });
    const { backups, say } = await settings({
      view: async () => made,
      make: async () => {
        made = view();
      },
    });
    await press('Back up now');
    expect(backups.make).toHaveBeenCalledOnce();
    expect(say).toHaveBeenLastCalledWith({ text: 'Backed up 230 papers, 1 note.' });
    await press('Back up now');
    expect(say).toHaveBeenLastCalledWith({ text: 'Nothing changed since the last backup.' });
  });

  it('are downloaded one by one', async () => {
    const { backups } = await settings();
    document.querySelectorAll<HTMLElement>('[aria-label^="Download"]')[1]?.click();
    await rest();
    expect(backups.take).toHaveBeenCalledWith(1);
    expect(downloaded).toEqual(['paper-margin-2026-08-19.json.gz']);
  });

  it('come back only after the person has seen what comes, removed papers too', async () => {
    const read = vi.fn(async () => preview());
    const { backups, library } = await settings({}, { preview: read });
    document.querySelector<HTMLElement>('[aria-label^="Restore"]')?.click();
    await rest();
    await rest();
    expect(backups.file).toHaveBeenCalledWith(2);
    expect(read).toHaveBeenCalledWith(expect.any(Blob), expect.anything(), true);
    expect(text()).toContain('Bring back 2 papers');
    expect(library.importRecords).not.toHaveBeenCalled();
    await press('Restore 3 papers');
    expect(library.importRecords).toHaveBeenCalledOnce();
    expect(text()).toContain('3 papers added');
    expect(has('Import more')).toBe(false);
  });

  it('say where a part of one cannot be read', async () => {
    await settings({
      file: async () => {
        throw new Error('A part of this backup cannot be read. Choose another backup.');
      },
    });
    document.querySelector<HTMLElement>('[aria-label^="Restore"]')?.click();
    await rest();
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Choose another backup.');
  });

  it('go into a folder that is picked, where the browser has folders', async () => {
    const plain = await settings();
    expect(has('Choose a folder…')).toBe(false);
    expect(plain.backups.keepIn).not.toHaveBeenCalled();
    const folder = { name: 'Papers' };
    vi.stubGlobal('showDirectoryPicker', async () => folder);
    const { backups, say } = await settings();
    await press('Choose a folder…');
    expect(backups.keepIn).toHaveBeenCalledWith(folder);
    expect(say).toHaveBeenCalledWith({ text: 'Backups are written into Papers from now on.' });
  });

  it('say that the grant of a folder lapsed, and renew it', async () => {
    const { backups, say } = await settings({
      view: async () => view({ folder: { name: 'Papers', granted: false } }),
    });
    expect(text()).toContain('no longer lets Paper Margin write into your folder “Papers”');
    await press('Allow again');
    expect(backups.renew).toHaveBeenCalledOnce();
    expect(say).toHaveBeenCalledWith({ text: 'Backups go into your folder again.' });
    // Who has a folder needs no reminder.
    expect(document.querySelector('select')).toBe(null);
  });

  it('are reminded of as often as the person wants', async () => {
    const { backups } = await settings();
    const choice = document.querySelector('select') as HTMLSelectElement;
    expect(choice.value).toBe('30');
    choice.value = '0';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await rest();
    expect(backups.remindEvery).toHaveBeenCalledWith(0);
  });

  it('tell how much is stored, and the answer of the browser in plain words', async () => {
    const persist = vi.fn(async () => false);
    const storage = { estimate: async () => ({ usage: 12_345_678 }), persisted: async () => false };
    vi.stubGlobal(
      'navigator',
      Object.assign(Object.create(navigator), { storage: { ...storage, persist } }),
    );
    await settings();
    expect(text()).toContain('Paper Margin uses 12.3 MB on this machine.');
    await press('Ask the browser to keep it');
    expect(text()).toContain('The browser said no');
    persist.mockResolvedValue(true);
    await settings();
    await press('Ask the browser to keep it');
    expect(text()).toContain('The browser keeps it until you remove it yourself.');
  });

  it('say that they cannot be read', async () => {
    await settings({
      view: async () => {
        throw new Error('DatabaseClosedError');
      },
    });
    expect(text()).toContain('The backups could not be read.');
  });
});

describe('a notice', () => {
  async function notice(told: Told, verbs: Parameters<typeof fakeBackups>[0] = {}, popup = false) {
    const fake = telling(told);
    const backups = fakeBackups(verbs);
    await show(<BackupNotices backups={backups} popup={popup} />);
    await rest();
    return { ...fake, backups };
  }

  it('is not there where there is nothing to tell', async () => {
    await notice({});
    expect(text()).toBe('');
  });

  it('of a lapsed grant renews it in one click', async () => {
    const { backups, tabs } = await notice({ 'backup-folder': 'lapsed' });
    await press('Allow again');
    expect(backups.renew).toHaveBeenCalledOnce();
    expect(tabs.create).not.toHaveBeenCalled();
  });

  it('of a lapsed grant goes on in the settings, where the browser asks nothing over the popup', async () => {
    const { tabs } = await notice(
      { 'backup-folder': 'lapsed' },
      { renew: async () => false },
      true,
    );
    await press('Allow again');
    expect(tabs.create).toHaveBeenCalledWith({
      url: 'chrome-extension://ours/options.html#backups',
    });
  });

  it('of a reminder downloads what there is now in one click, or is put off', async () => {
    const { backups } = await notice({ 'backup-remind': true });
    await press('Download');
    expect(backups.make).toHaveBeenCalledOnce();
    expect(downloaded).toEqual(['paper-margin-2026-08-19.json.gz']);
    await press('Close');
    expect(backups.later).toHaveBeenCalledOnce();
  });

  it('of a lost library leads to recovery, stands before all others, and goes when it is closed', async () => {
    const last = { at: 0, papers: 230, notes: 0, highlights: 0 };
    const { tabs } = await notice({ 'backup-lost': { last }, 'backup-remind': true });
    expect(text()).toContain('with 230 papers');
    await press('Restore');
    expect(tabs.create).toHaveBeenCalledWith({ url: 'chrome-extension://ours/recovery.html' });
    await press('Close');
    await rest();
    expect(text()).toContain('Keep a backup outside the browser.');
  });

  it('of a failure has a way to recovery where the storage failed, and nowhere else', async () => {
    const failing = async (code: string) => {
      const failure = failedBy(Object.assign(new Error('It failed.'), { code }));
      await show(<FailureNotice failure={failure} onRetry={() => {}} />);
      return document.querySelector('a')?.getAttribute('href');
    };
    expect(await failing('storage')).toBe('recovery.html');
    expect(await failing('unexpected')).toBeUndefined();
  });
});

describe('the recovery page', () => {
  const raw = { close: () => {}, unread: () => 1 } as unknown as Raw;
  async function recovery(examined: Examined, told: Told = {}) {
    telling(told);
    const backups = fakeBackups({ view: async () => view() });
    const { files } = fakeFiles({ preview: async () => preview() });
    const { library } = fakeLibrary();
    const database = {
      examine: async () => examined,
      recover: vi.fn(async () => ({ file: new Blob(['{}']), papers: 2, strange: 1 })),
      dump: vi.fn(async () => new Blob(['{}'])),
    };
    await show(<Recovery {...{ backups, files, library }} load={async () => database} />);
    await rest();
    return { backups, database };
  }
  const restores = () => document.querySelector('[aria-label^="Restore"]') !== null;

  it.each([
    ['whole', 'Your library is in order', true],
    ['newer', 'A newer version of Paper Margin', false],
    ['partial', 'missing or broken', true],
    ['closed', 'cannot be opened', false],
    ['none', 'There is no library here', true],
  ] as const)('says of a library that is %s: %s', async (condition, says, restorable) => {
    await recovery({ condition });
    expect(document.documentElement.dataset.state).toBe('ready');
    expect(text()).toContain(says);
    expect(text()).toContain('This page deletes nothing.');
    // Only where the database can be written.
    expect(restores()).toBe(restorable);
    expect(document.querySelector('[aria-label^="Download"]')).not.toBe(null);
    expect(has('Download what can be read')).toBe(false);
  });

  it('says that the browser removed papers, whatever is there by now', async () => {
    await recovery({ condition: 'whole', raw }, { 'backup-lost': {} });
    expect(text()).toContain('The browser has removed papers of your library');
    expect(restores()).toBe(true);
  });

  it('downloads what can be read, and says what cannot', async () => {
    const { database } = await recovery({ condition: 'closed', raw });
    await press('Download what can be read');
    expect(database.recover).toHaveBeenCalledWith(raw);
    expect(text()).toContain('2 papers written to');
    expect(text()).toContain('2 records could not be read as papers');
    await press('Download all rows');
    expect(database.dump).toHaveBeenCalledWith(raw);
    expect(downloaded.map((name) => name.replace(/\d{4}-\d\d-\d\d/, 'DAY'))).toEqual([
      'paper-margin-recovered-DAY.json',
      'paper-margin-rows-DAY.json',
    ]);
  });

  it('looks again on a click', async () => {
    const examined: Examined = { condition: 'closed' };
    await recovery(examined);
    examined.condition = 'whole';
    await press('Look again');
    await rest();
    expect(text()).toContain('Your library is in order');
    expect(named('Library', 'a').getAttribute('href')).toBe('library.html');
  });
});
