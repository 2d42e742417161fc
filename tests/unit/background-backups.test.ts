// What the background does for backups: it misses a library that is gone, backs up when it is asked to, and only for our pages.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, expect, it, vi } from 'vitest';
import { backUpBefore } from '../../src/background/backups';
import { opened, paper } from '../library/opened';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

type Listener = (message: unknown, sender: object, reply: (answer: unknown) => void) => unknown;

const stored: Record<string, unknown> = {};
const own = { id: 'ours', origin: 'https://ours.example' };
let listener: Listener;
const create = vi.fn(async (_: object) => ({}));
Object.assign(browser, {
  runtime: {
    id: 'ours',
    getURL: (path: string) => `https://ours.example${path}`,
    onMessage: {
      addListener: (one: Listener) => {
        listener = one;
      },
    },
  },
  tabs: { create },
  storage: {
    local: {
      get: async (name: string) => (name in stored ? { [name]: stored[name] } : {}),
      set: async (values: object) => void Object.assign(stored, values),
      remove: async (names: string[]) => {
        for (const name of names) delete stored[name];
      },
    },
  },
});

/** Sends a message, and gives the answer, or undefined where it is left to others. */
function ask(message: object, sender: object = own): Promise<unknown> {
  return new Promise((answered) => {
    if (listener({ to: 'paper-margin-background', ...message }, sender, answered) !== true) {
      answered(undefined);
    }
  });
}

/** A library whose background backs it up. */
function background(name: string) {
  const world = opened(undefined, { name });
  const refresh = vi.fn(async () => {});
  return { ...world, refresh, run: backUpBefore(world.db, refresh) };
}

afterEach(() => {
  for (const name of Object.keys(stored)) delete stored[name];
});

it('tells that the library is gone, and what the last backup of it has', async () => {
  const first = background('gone');
  await first.library.save(paper('2608.00001'));
  expect(await ask({ ask: 'backup', anew: true })).toEqual({ made: true });
  await vi.waitFor(() => expect(stored['backup-canary']).toEqual(expect.any(String)));
  expect(stored).not.toHaveProperty('backup-lost');
  const before = stored['backup-canary'];
  first.db.close();
  await Dexie.delete('gone');

  const anew = background('gone');
  await anew.library.kept('', 0, 1);
  await vi.waitFor(() =>
    expect(stored['backup-lost']).toMatchObject({ last: { papers: 1, at: expect.any(Number) } }),
  );
  await vi.waitFor(() => expect(stored['backup-canary']).not.toBe(before));
  anew.db.close();
});

it('tells that a newer version wrote the library, as long as that is so', async () => {
  const world = background('newer');
  await world.library.save(paper('2608.00001'));
  await world.db.meta.put({ key: 'schema', value: 99 });
  world.db.close({ disableAutoOpen: false });
  await world.db.open();
  await vi.waitFor(() => expect(stored['backup-newer']).toBe(true));
  expect(await ask({ ask: 'backup', anew: true })).toMatchObject({
    failed: expect.stringMatching(/newer Paper Margin/),
  });
  await world.db.meta.put({ key: 'schema', value: world.db.verno });
  world.db.close({ disableAutoOpen: false });
  await world.db.open();
  await vi.waitFor(() => expect(stored).not.toHaveProperty('backup-newer'));
  world.db.close();
});

it('backs up for our own pages alone, and opens recovery for any page with our scripts', async () => {
  const world = background('asked');
  const backup = { ask: 'backup', anew: true };
  expect(await ask(backup, { id: 'ours', origin: 'https://arxiv.org' })).toBeUndefined();
  expect(await ask(backup, { id: 'another', origin: own.origin })).toBeUndefined();
  expect(await ask({ ask: 'recovery' }, { id: 'another' })).toBeUndefined();
  expect(create).not.toHaveBeenCalled();
  expect(
    await ask({ ask: 'recovery' }, { id: 'ours', origin: 'https://arxiv.org' }),
  ).toBeUndefined();
  expect(create).toHaveBeenCalledWith({ url: 'https://ours.example/recovery.html' });
  world.db.close();
});

it('refreshes also where a backup fails', async () => {
  const world = background('failing');
  // One is due again.
  const later = Date.now() + 2 * 86_400_000;
  vi.spyOn(Date, 'now').mockReturnValue(later);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(world.db, 'transaction').mockImplementation(() =>
    Dexie.Promise.reject(new DOMException('gone', 'UnknownError')),
  );
  await world.run();
  expect(world.refresh).toHaveBeenCalledOnce();
});
