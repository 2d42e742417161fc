// What our own pages do with backups: they show them, hand them out, and say where else they are to be kept.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test, vi } from 'vitest';
import { backupsForPages } from '../../src/backup/for-pages';
import type { Folder } from '../../src/backup/store';
import { id, opened, paper, unwatched } from '../library/opened';
import { backedUp } from './opened';

const one = id('2608.00001');

/** A library with one paper, and its backups as a page has them; the background answers at once. */
function pages(at: Parameters<typeof backedUp>[0] = {}) {
  const world = backedUp(at);
  const { store, db, clock, backUp } = world;
  const ask = vi.fn(async (anew: boolean) => void (await backUp(anew)));
  const backups = backupsForPages({ store, db, now: () => clock.now, ask });
  return { ...world, backups, ask };
}

/** What the person picked, which a database of the tests cannot hold. */
function picked(world: ReturnType<typeof pages>, folder: Partial<Folder>) {
  const { state } = world.store;
  const get = state.get.bind(state);
  vi.spyOn(state, 'get').mockImplementation((key: unknown) =>
    key === 'folder' ? (Dexie.Promise.resolve({ key, value: folder }) as never) : get(key as never),
  );
}

test('there is nothing to show, then a backup with what it has and when', async () => {
  const world = pages();
  const { backups, clock, library } = world;
  expect(await backups.view()).toEqual({ backups: [], remindEvery: 30 });
  await expect(backups.file()).rejects.toThrow('There is no backup yet');
  await library.save(paper(one));
  await backups.make();
  expect(await backups.view()).toEqual({
    backups: [
      {
        ...{ number: 1, at: clock.now, earlier: false },
        counts: { papers: 1, notes: 0, highlights: 0 },
      },
    ],
    lookedAt: clock.now,
    remindEvery: 30,
  });
});

test('a backup of a library that was thrown away is told apart', async () => {
  const world = pages();
  await world.library.save(paper(one));
  await world.backups.make();
  world.db.close();
  await Dexie.delete(world.name);
  const anew = pages({ name: world.name, backups: world.of });
  await anew.library.save(paper('2608.00002'));
  await anew.backups.make();
  const { backups } = await anew.backups.view();
  expect(backups.map(({ earlier }) => earlier)).toEqual([false, true]);
});

test('a download is the last backup as a file that an import takes, and is remembered', async () => {
  const { backups, library, clock, ask } = pages();
  await library.save(paper(one));
  await backups.make();
  await backups.file();
  expect((await backups.view()).downloadedAt).toBeUndefined();
  const { name, file } = await backups.take();
  expect(name).toMatch(/^paper-margin-\d{4}-\d\d-\d\d\.json\.gz$/);
  const preview = await opened().files.preview(file, unwatched());
  expect(preview.groups.new.papers.map(({ id }) => id)).toEqual([one]);
  expect((await backups.view()).downloadedAt).toBe(clock.now);
  // The background then tells no more of a reminder.
  expect(ask).toHaveBeenLastCalledWith(false);
});

test('one that is gone meanwhile is said in a plain sentence', async () => {
  await expect(pages().backups.take(7)).rejects.toThrow('replaced by a newer one');
});

test('a folder is shown with its grant, and asked for again only where it lapsed', async () => {
  const world = pages();
  const { backups, ask } = world;
  expect(await backups.renew()).toBe(false);
  let state: PermissionState = 'prompt';
  const requestPermission = vi.fn(async () => state);
  picked(world, { name: 'Backups', queryPermission: async () => state, requestPermission });
  expect((await backups.view()).folder).toEqual({ name: 'Backups', granted: false });
  expect(await backups.renew()).toBe(false);
  expect(ask).not.toHaveBeenCalled();
  state = 'granted';
  expect(await backups.renew()).toBe(true);
  expect(requestPermission).toHaveBeenLastCalledWith({ mode: 'readwrite' });
  expect(ask).toHaveBeenCalledWith(false);
  expect((await backups.view()).folder).toEqual({ name: 'Backups', granted: true });
});

test('where the browser refuses even to ask, the grant is not renewed, and what else fails is said', async () => {
  const world = pages();
  const { backups, ask } = world;
  const requestPermission = vi.fn(async (): Promise<PermissionState> => {
    throw new DOMException('User activation is required.', 'SecurityError');
  });
  picked(world, { name: 'Backups', requestPermission });
  expect(await backups.renew()).toBe(false);
  expect(ask).not.toHaveBeenCalled();
  requestPermission.mockImplementation(async () => 'granted');
  ask.mockRejectedValueOnce(new Error('Paper Margin did not answer. Try again.'));
  await expect(backups.renew()).rejects.toThrow('did not answer');
});

test('in another folder nothing is written yet, and none is used where the person stops it', async () => {
  const { backups, store } = pages();
  await store.state.put({ key: 'written', value: { number: 1, at: 1 } });
  await backups.keepIn({ name: 'Other' } as Folder);
  expect((await backups.view()).folder).toEqual({ name: 'Other', granted: true });
  await backups.keepIn(undefined);
  expect((await backups.view()).folder).toBeUndefined();
});

test('a reminder is put off for a week, until another rhythm is chosen', async () => {
  const { backups, store, clock } = pages();
  await backups.later();
  expect((await store.state.get('remindAfter'))?.value).toBe(clock.now + 7 * 86_400_000);
  await backups.remindEvery(7);
  expect(await store.state.get('remindAfter')).toBeUndefined();
  expect((await backups.view()).remindEvery).toBe(7);
});
