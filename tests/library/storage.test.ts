// The storage fails as browsers let it fail: the connection is lost, the disk is full, a newer version wrote it.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test, vi } from 'vitest';
import { id, opened, paper } from './opened';

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
  vi.spyOn(db.kept, 'put').mockImplementation(() =>
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

test('the tables are what the schema says: Dexie has nothing to mend', async () => {
  const warned = vi.spyOn(console, 'warn');
  const { library, name, db } = opened();
  await library.save(paper(one));
  db.close();
  await opened(undefined, { name }).library.look([one]);
  expect(warned).not.toHaveBeenCalled();
});
