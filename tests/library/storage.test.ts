// The storage fails as browsers let it fail: the connection is lost, the disk is full, a newer version wrote it.
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Dexie from 'dexie';
import { expect, test, vi } from 'vitest';
import { openSearch } from '../../src/library/search';
import type { Kept } from '../../src/library/tables';
import { highlight, id, opened, paper } from './opened';

const one = id('2608.00001');

test('everything outlives the background', async () => {
  const first = opened();
  await first.library.save(paper(one));
  await first.library.fold(true);
  first.db.close();
  const second = opened(undefined, { name: first.name });
  expect((await second.library.look([one]))[0]).toMatchObject({ saved: true, folded: true });
});

test.each(['DatabaseClosedError', 'InvalidStateError', 'UnknownError'])(
  'after %s the storage is opened again and the work done',
  async (name) => {
    const { library, db } = opened();
    await library.save(paper(one));
    const open = vi.spyOn(db, 'open');
    vi.spyOn(db, 'transaction').mockImplementationOnce(() =>
      Dexie.Promise.reject(new DOMException('connection lost', name)),
    );
    expect((await library.unsave(one)).saved).toBe(false);
    expect(open).toHaveBeenCalled();
  },
);

test('a connection that the browser closed under us is opened again', async () => {
  const { library, db } = opened();
  await library.save(paper(one));
  db.backendDB().close();
  expect(await library.unsave(one)).toMatchObject({ saved: false });
});

test('a full storage is said in a plain sentence, and nothing stored is lost', async () => {
  const { library, db } = opened();
  await library.save(paper(one));
  vi.spyOn(db.kept, 'bulkPut').mockImplementation(() =>
    Dexie.Promise.reject(new DOMException('full', 'QuotaExceededError')),
  );
  await expect(library.unsave(one)).rejects.toMatchObject({
    code: 'storage-full',
    message: expect.stringMatching(/full.*Free some space/),
  });
  expect((await library.look([one]))[0]?.saved).toBe(true);
});

test('a storage that stays away is said in a plain sentence', async () => {
  const { library, db } = opened();
  vi.spyOn(db, 'transaction').mockImplementation(() =>
    Dexie.Promise.reject(new DOMException('gone', 'UnknownError')),
  );
  await expect(library.look([one])).rejects.toMatchObject({ code: 'storage' });
});

test('what a newer Paper Margin wrote is shown and not changed', async () => {
  const { library, db } = opened();
  await library.save(paper(one));
  await db.meta.put({ key: 'schema', value: 99 });
  await expect(library.unsave(one)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/newer Paper Margin/),
  });
  expect((await library.look([one]))[0]?.saved).toBe(true);
});

/** An example library of each version of the tables, as that version stored it. */
interface Stored {
  version: number;
  stores: Record<string, string>;
  rows: Record<string, object[]>;
}
const libraries: Stored[] = readdirSync(join(import.meta.dirname, 'libraries'))
  .map((name) => readFileSync(join(import.meta.dirname, 'libraries', name), 'utf8'))
  .map((text): Stored => JSON.parse(text))
  .sort((a, b) => a.version - b.version);

/** What the tables hold for finding rows, and is made of the rest. */
function written(row: object): object {
  const { titleKey: _, tagKeys: __, ...rest } = row as Kept;
  return rest;
}

/** Stores an example library, and opens it as it is opened now. */
async function brought({ version, stores, rows }: Stored) {
  const name = `version-${version}`;
  await Dexie.delete(name);
  const old = new Dexie(name);
  old.version(version).stores(stores);
  for (const [table, those] of Object.entries(rows)) await old.table(table).bulkAdd(those);
  old.close();
  return opened(undefined, { name });
}

test('there is an example library of each version up to the newest', async () => {
  const { library, db } = opened();
  await library.save(paper(one));
  expect(libraries.map(({ version }) => version)).toEqual(
    Array.from({ length: db.verno }, (_, at) => at + 1),
  );
  // So that an upgrade which forgets a table or a field is seen, each has rows wherever a person's own can be.
  expect(Object.keys(libraries.at(-1)?.stores ?? {}).toSorted()).toEqual(
    db.tables.map((table) => table.name).toSorted(),
  );
});

test.each(libraries)(
  'a library of version $version loses nothing on its way up',
  async (stored) => {
    const { db } = await brought(stored);
    for (const [table, rows] of Object.entries(stored.rows)) {
      const now: object[] = await db.table(table).toArray();
      if (table === 'meta') {
        expect(now).toEqual(
          expect.arrayContaining(rows.filter((row) => (row as { key: string }).key !== 'schema')),
        );
      } else expect(now.map(written)).toEqual(rows.map(written));
    }
    // A background of that version that comes back must not write here: it reads this number.
    expect(await db.meta.get('schema')).toEqual({ key: 'schema', value: db.verno });
  },
);

test.each(libraries)('in a library of version $version all that is new works', async (stored) => {
  const { version } = stored;
  const { library, db } = await brought(stored);
  // The ranking by fit has to take up all papers.
  expect(await db.fitDue.count()).toBe(3);
  expect(await library.settings()).toMatchObject({ choice: 'ask', folded: true, remember: false });
  expect(await library.kept('', 0, 9)).toMatchObject({
    kept: 2,
    total: 2,
    rows: [
      { id: '2608.00002', note: 'a thought', reading: 'unread' },
      { id: one, saved: true, reading: version > 3 ? 'read' : 'unread' },
    ],
  });
  // What was there before the search index says that it is not in it yet, then is found.
  const search = (query: string) => library.kept(query, 0, 9);
  expect(await search('thought')).toMatchObject({ rows: [], indexing: { done: 0, of: 2 } });
  await openSearch({ db }).work();
  const all = await search('title');
  expect([all.total, all.indexing]).toEqual([2, undefined]);
  expect(await search('thought is:noted')).toMatchObject({ rows: [{ id: '2608.00002' }] });
  if (version > 2) expect(await search('lanterns remark')).toMatchObject({ total: 1 });
  expect(await library.setReading(paper('2608.00006'), 'read')).toMatchObject({ reading: 'read' });
  expect((await library.kept('', 0, 9)).kept).toBe(3);
  await library.adjust({ remember: true });
  await library.opened(paper(one));
  expect(await library.recentlyOpened(9)).toHaveLength(Math.min(version, 2));
  await library.addHighlight(paper('2608.00002'), highlight());
  const highlights = version > 2 ? 2 : 1;
  expect(await library.look([id('2608.00002')])).toMatchObject([{ highlights, noted: true }]);
  await library.seen([one]);
  expect(await library.period({ kind: 'day', at: '2026-08-19' })).toMatchObject({
    papers: [{ id: one, trending: { upvotes: 3, rank: 1 } }],
  });
});

test('the count of kept papers is true whatever happens, and mends itself when it is not', async () => {
  const { library, db, clock } = opened();
  await library.save(paper(one));
  await library.save(paper(one));
  await library.setReading(paper(one), 'reading');
  await library.unsave(one);
  await library.setReading(paper('2608.00002'), 'read');
  await library.importJson(await library.exportJson());
  const full = vi
    .spyOn(db.kept, 'bulkPut')
    .mockImplementationOnce(() =>
      Dexie.Promise.reject(new DOMException('full', 'QuotaExceededError')),
    );
  await expect(library.save(paper('2608.00003'))).rejects.toMatchObject({ code: 'storage-full' });
  full.mockRestore();
  expect(await library.kept('', 0, 9)).toMatchObject({ kept: 2, rows: [{}, {}] });

  await db.meta.put({ key: 'listed', value: 77 });
  await library.refreshDue();
  expect((await library.kept('', 0, 9)).kept).toBe(2);
  await db.meta.delete('listed');
  clock.now += 1;
  await library.setReading(paper(one), 'unread');
  expect((await library.kept('', 0, 9)).kept).toBe(1);
});

test('the tables are what the schema says: Dexie has nothing to mend', async () => {
  const warned = vi.spyOn(console, 'warn');
  const { library, name, db } = opened();
  await library.save(paper(one));
  db.close();
  await opened(undefined, { name }).library.look([one]);
  expect(warned).not.toHaveBeenCalled();
});
