// What is wrong with a database is seen, and what it still has can be read: nothing is ever deleted.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test, vi } from 'vitest';
import { isLost, lookAtCanary } from '../../src/backup/canary';
import { openRaw, type Raw, rawFile, recoveredFile } from '../../src/backup/raw';
import { highlight, id, opened, paper } from '../library/opened';
import { topic } from '../unit/ui-world';

const one = id('2608.00001');

async function filled() {
  const world = opened();
  await world.library.save(paper(one));
  const base = { revision: 0, text: '' };
  const editor = '00000000-0000-4000-8000-000000000001';
  await world.library.writeNote({ id: one, text: 'A thought of mine', base, editor });
  await world.library.addHighlight(paper(one), highlight('Marked lanterns'));
  await world.library.putTopic(topic('Lanterns'));
  return world;
}

/** Opens a database that is there. */
async function raw(name: string): Promise<Raw> {
  const opened = await openRaw(name);
  if (!opened) throw new Error('There is no such database');
  return opened;
}

test('what raw rows hold comes into a library by an import', async () => {
  const world = await filled();
  world.db.close();
  const { file, papers, strange } = await recoveredFile(await raw(world.name), 1);
  expect([papers, strange]).toEqual([1, 0]);
  const { library } = opened();
  expect(await library.importJson(await file.text())).toMatchObject({
    added: 1,
    highlights: { added: 1 },
    topics: { added: 1 },
    refused: [],
  });
  expect((await library.note(one)).text).toBe('A thought of mine');
  expect((await library.kept('', 0, 9)).rows[0]?.paper).toEqual(paper(one));
});

test('all rows of all tables come as they are, bytes too', async () => {
  const world = await filled();
  await world.db.indexBlocks.put({
    ...{ segment: 1, kind: 'directory', block: 0, bytes: new Uint8Array([1, 2]) },
  });
  const { stores } = JSON.parse(await (await rawFile(await raw(world.name))).text());
  for (const table of world.db.tables) {
    expect(stores[table.name]).toHaveLength(await table.count());
  }
  expect(stores.kept[0]).toMatchObject({ key: one, value: { note: 'A thought of mine' } });
  expect(stores.indexBlocks[0].value.bytes).toEqual({ base64: 'AQI=' });
});

test('rows are read in slices, however many there are', async () => {
  const name = 'many';
  const db = new Dexie(name);
  db.version(1).stores({ kept: 'id' });
  await db.table('kept').bulkAdd(Array.from({ length: 1_203 }, (_, at) => ({ id: `${at}` })));
  db.close();
  const rows = (await raw(name)).rows('kept');
  const sizes: number[] = [];
  for await (const slice of rows) sizes.push(slice.length);
  expect(sizes).toEqual([500, 500, 203]);
});

test('where a slice does not come its rows are read one by one, and a broken one is passed over', async () => {
  const { name, db, library } = await filled();
  await library.save(paper('2608.00002'));
  await library.save(paper('2608.00003'));
  db.close();
  const broken = () => {
    throw new DOMException('broken', 'DataError');
  };
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(broken);
  const { get } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
    this: IDBObjectStore,
    key,
  ) {
    return key === '2608.00002' ? broken() : get.call(this, key);
  });
  const found = await raw(name);
  expect(await recoveredFile(found, 1)).toMatchObject({ papers: 2 });
  expect(found.unread()).toBe(1);
});

test('rows that are no papers are left out of the file for import, and are in the other one', async () => {
  const { name, db } = await filled();
  await db.table('kept').put({ id: 'strange', paper: null, highlights: 'none' });
  await db.table('topics').put({ id: 'no topic' });
  const { file, papers } = await recoveredFile(await raw(name), 1);
  expect(papers).toBeGreaterThanOrEqual(1);
  const { library } = opened();
  expect(await library.importJson(await file.text())).toMatchObject({ added: 1 });
  expect(await (await rawFile(await raw(name))).text()).toContain('no topic');
});

test('a database that a newer version wrote can be read', async () => {
  const world = await filled();
  world.db.close();
  const newer = new Dexie(world.name);
  newer.version(9).stores({ kept: 'id', more: 'id' });
  await newer.table('more').add({ id: 'of later' });
  newer.close();
  const found = await raw(world.name);
  expect(found.version).toBe(90);
  expect(await recoveredFile(found, 1)).toMatchObject({ papers: 1 });
  expect(await (await rawFile(found)).text()).toContain('of later');
});

test('a half-written database, without some of its tables, gives what it has', async () => {
  const name = 'half';
  const half = new Dexie(name);
  half.version(5).stores({ kept: 'id' });
  await half.table('kept').add({
    ...{ id: one, paper: paper(one), saved: 1, note: '', noteRevision: 0, keptAt: 1, listed: 1 },
  });
  half.close();
  expect(await recoveredFile(await raw(name), 1)).toMatchObject({ papers: 1, strange: 0 });
  const bare = new Dexie('bare');
  bare.version(5).stores({ meta: 'key' });
  await bare.open();
  bare.close();
  expect(await recoveredFile(await raw('bare'), 1)).toMatchObject({ papers: 0 });
});

test('looking for a database that is not there makes none', async () => {
  expect(await openRaw('nowhere')).toBeNull();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('nowhere');
});

test('a library that was thrown away is missed, and no other is', async () => {
  const first = await filled();
  // After an install or an update nothing was seen yet.
  const seen = await lookAtCanary(first.db);
  expect(isLost(seen, undefined)).toBe(false);
  first.db.close();
  const again = opened(undefined, { name: first.name });
  expect(isLost(await lookAtCanary(again.db), seen.name)).toBe(false);
  again.db.close();
  await Dexie.delete(first.name);
  const anew = opened(undefined, { name: first.name });
  const after = await lookAtCanary(anew.db);
  expect(isLost(after, seen.name)).toBe(true);
  // Told once: now this one is known.
  expect(isLost(after, after.name)).toBe(false);
});

test('a table that lost its papers is missed', async () => {
  const { db } = await filled();
  const { name } = await lookAtCanary(db);
  await db.kept.clear();
  expect(isLost(await lookAtCanary(db), name)).toBe(true);
});

test('that a newer version wrote the library is seen', async () => {
  const { db } = await filled();
  expect(await lookAtCanary(db)).toMatchObject({ newer: false });
  await db.meta.put({ key: 'schema', value: 99 });
  expect(await lookAtCanary(db)).toMatchObject({ newer: true });
});
