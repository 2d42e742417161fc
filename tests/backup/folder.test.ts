// Files in a folder of the person's, for which a map of names stands in: a browser gives a real one to a person only.
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import type { Folder } from '../../src/backup/store';
import { opened, paper, unwatched } from '../library/opened';
import { backedUp } from './opened';

/** A folder in memory, with the files that it has, and what the browser says of its grant. */
function folderInMemory(names: string[] = []) {
  const files = new Map<string, Blob>(names.map((name) => [name, new Blob(['not ours'])]));
  const grant = { state: 'granted' as PermissionState, full: false };
  const folder = {
    queryPermission: async () => grant.state,
    keys: async function* () {
      yield* [...files.keys()];
    },
    removeEntry: async (name: string) => void files.delete(name),
    getFileHandle: async (name: string) => ({
      createWritable: async () => {
        let held: Blob;
        return {
          write: async (file: Blob) => {
            if (grant.full) throw new DOMException('full', 'QuotaExceededError');
            held = file;
          },
          abort: async () => {},
          close: async () => void files.set(name, held),
        };
      },
    }),
  };
  return { folder: folder as unknown as Folder, files, grant };
}

test('each new backup is a file in the folder, which an import takes', async () => {
  const { folder, files } = folderInMemory();
  const world = backedUp({}, folder);
  await world.library.save(paper('2608.00001'));
  expect(await world.backUp()).toEqual({});
  expect([...files.keys()]).toEqual([
    expect.stringMatching(/^paper-margin-2026-08-19-[\da-f]{8}\.json\.gz$/),
  ]);
  const preview = await opened().files.preview([...files.values()][0] as Blob, unwatched());
  expect(preview).toMatchObject({ groups: { new: { total: 1 } }, refused: [] });
});

test('old files of ours go, and files of other names never', async () => {
  const others = [
    'thesis.json.gz',
    'paper-margin-2020-01-01.json',
    'paper-margin-notes.json.gz',
    // As earlier versions named them, without the library: it may be another one.
    'paper-margin-2020-01-02.json.gz',
    'paper-margin-2026-08-20.json.gz',
  ];
  const { folder, files } = folderInMemory(others);
  const world = backedUp({}, folder);
  for (let day = 0; day < 60; day++) {
    await world.library.save(paper(`2608.${10_000 + day}`));
    await world.next();
  }
  const names = [...files.keys()];
  expect(names).toEqual(expect.arrayContaining(others));
  const ours = names.filter((name) => !others.includes(name));
  expect(ours.length).toBeGreaterThan(7);
  expect(ours.length).toBeLessThanOrEqual(12);
  expect(ours.toSorted().at(-1)).toMatch(/^paper-margin-2026-10-18-/);
  for (const name of others) expect(await files.get(name)?.text()).toBe('not ours');
});

test('where the library is lost and the folder is not, its files stay as they are beside those of the new one', async () => {
  const { folder, files } = folderInMemory();
  const backups = 'backups-that-outlive';
  const lost = backedUp({ name: 'lost', backups }, folder);
  for (let day = 0; day < 12; day++) {
    await lost.library.save(paper(`2608.${10_000 + day}`));
    await lost.next();
  }
  const before = new Map(files);
  expect(before.size).toBeGreaterThanOrEqual(7);
  // From the very same day on, over another database.
  const anew = backedUp({ name: 'anew', backups }, folder);
  anew.clock.now = lost.clock.now;
  for (let day = 0; day < 12; day++) {
    await anew.library.save(paper(`2609.${10_000 + day}`));
    await (day === 0 ? anew.backUp(true) : anew.next());
  }
  for (const [name, file] of before) expect(files.get(name)).toBe(file);
  expect(files.size - before.size).toBeGreaterThanOrEqual(7);
  expect(files.size - before.size).toBeLessThan(12);
});

test('a grant that lapsed is said, and when it is back the file follows', async () => {
  const { folder, files, grant } = folderInMemory();
  const world = backedUp({}, folder);
  await world.library.save(paper('2608.00001'));
  grant.state = 'prompt';
  expect(await world.backUp()).toEqual({ folder: 'lapsed' });
  expect(files.size).toBe(0);
  // The backup itself was made.
  expect(await world.list()).toHaveLength(1);
  grant.state = 'granted';
  expect(await world.backUp()).toEqual({});
  expect(files.size).toBe(1);
});

test('a folder that takes no file is said, and tried again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { folder, files, grant } = folderInMemory();
  const world = backedUp({}, folder);
  await world.library.save(paper('2608.00001'));
  grant.full = true;
  expect(await world.backUp()).toEqual({ folder: 'failed' });
  grant.full = false;
  expect(await world.backUp()).toEqual({});
  expect(files.size).toBe(1);
});
