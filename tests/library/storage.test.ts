// The storage fails as browsers let it fail: the connection is lost, the disk is full, a newer version wrote it.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test, vi } from 'vitest';
import { openSearch } from '../../src/library/search';
import { highlight, id, opened, paper, start } from './opened';

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

test.each([1, 2, 3])(
  'a library of version %i comes up with nothing lost, and all that is new works',
  async (version) => {
    const name = `version-${version}`;
    const old = new Dexie(name);
    old.version(version).stores({
      ...(version > 1 && { opened: 'id, openedAt' }),
      ...(version > 2 && { highlights: 'id, paper, deletedChangedAt' }),
      kept: 'id, [listed+keptAt], wantedAt',
      noteVersions: 'key, id, replacedAt',
      editing: 'id',
      entries: '[period+id], id',
      periods: 'period',
      lookups: 'id',
      meta: 'key',
    });
    const kept = (which: string, more: object) => ({
      id: which,
      paper: paper(which),
      saved: 0,
      note: '',
      noteRevision: 0,
      keptAt: 1,
      listed: 0,
      ...more,
    });
    const trending = { upvotes: 3, keywords: [] };
    const stored: Record<string, object[]> = {
      kept: [
        kept('2608.00001', { saved: 1, savedAt: 5, savedChangedAt: 5, keptAt: 5, listed: 1 }),
        kept('2608.00002', { note: 'a thought', noteRevision: 2, noteAt: 6, keptAt: 6, listed: 1 }),
        kept('2608.00003', { savedAt: 2, savedChangedAt: 3 }),
      ],
      noteVersions: [{ key: 'k', id: '2608.00002', text: 'a', replacedAt: start, editor: 'e' }],
      editing: [{ id: '2608.00004', paper: paper('2608.00004') }],
      entries: [
        { period: '2026-08-19', id: one, rank: 1, fetchedAt: start, paper: paper(one), trending },
      ],
      periods: [{ period: '2026-08-19', fetchedAt: start, count: 1 }],
      lookups: [{ id: '2608.00002', fetchedAt: start, found: true, trending }],
      meta: [
        { key: 'schema', value: version },
        { key: 'settings', value: { choice: 'ask', folded: true } },
        ...(version > 1 ? [{ key: 'listed', value: 2 }] : []),
      ],
      ...(version > 1 && { opened: [{ id: '2608.00005', title: 'Opened', openedAt: start }] }),
    };
    if (version > 2) {
      const { id: mark, ...rest } = highlight('Marked lanterns');
      const row = { ...rest, id: mark, paper: '2608.00002', createdAt: 1, colourChangedAt: 1 };
      stored.highlights = [{ ...row, comment: 'A remark', deleted: 0 }];
      Object.assign(stored.kept?.[1] as object, { highlights: 1 });
    }
    for (const [table, rows] of Object.entries(stored)) await old.table(table).bulkAdd(rows);
    old.close();

    const { library, db } = opened(undefined, { name });
    for (const [table, rows] of Object.entries(stored)) {
      if (table !== 'meta') expect(await db.table(table).toArray()).toEqual(rows);
    }
    // A background of that version that comes back must not write here: it reads this number.
    expect(await db.meta.get('schema')).toEqual({ key: 'schema', value: 5 });
    // The ranking by fit has to take up all papers.
    expect(await db.fitDue.count()).toBe(3);
    expect(await library.settings()).toMatchObject({
      choice: 'ask',
      folded: true,
      remember: false,
    });
    expect(await library.kept('', 0, 9)).toMatchObject({
      kept: 2,
      total: 2,
      rows: [
        { id: '2608.00002', note: 'a thought', reading: 'unread' },
        { id: one, saved: true, reading: 'unread' },
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
    expect(await library.setReading(paper('2608.00003'), 'read')).toMatchObject({
      reading: 'read',
    });
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
  },
);

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
