// Backups: what they hold, that only what changed is made anew, that they can be stopped anywhere, and how many stay.
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { unzipped } from '../../src/backup/gzip';
import { backupFile } from '../../src/backup/restore';
import { staying } from '../../src/backup/rolling';
import { dayLength, highlight, id, opened, paper } from '../library/opened';
import { topic } from '../unit/ui-world';
import { backedUp, restore } from './opened';

const one = id('2608.00001');
const two = id('2608.00002');
const binned = id('2608.00003');

/** Puts something of every kind into a library. */
async function fill({ library, clock }: ReturnType<typeof backedUp>): Promise<void> {
  await library.save(paper(one));
  const base = { revision: 0, text: '' };
  const editor = '00000000-0000-4000-8000-000000000001';
  await library.writeNote({ id: two, text: 'A thought of mine', base, editor });
  // Its first text stays as an earlier version.
  const { revision, text } = await library.note(two);
  clock.now += dayLength;
  const again = { id: two, text: 'A later thought', base: { revision, text } };
  await library.writeNote({ ...again, editor: '00000000-0000-4000-8000-000000000002' });
  await library.setReading(paper(two), 'reading');
  const { highlight: made } = await library.addHighlight(paper(two), highlight('Marked lanterns'));
  await library.comment({ id: made.id, text: 'A remark', base: '' });
  await library.tagPapers([one, two], { add: ['Reading group', 'to: sort'] });
  await library.tagPapers([two], { remove: ['to: sort'] });
  await library.save(paper(binned));
  await library.tagPapers([binned], { add: ['given up'] });
  await library.removePapers([binned]);
  await library.putTopic(topic('Lanterns'));
}

/** What a library says of all that the person wrote; fetched metadata is not theirs. */
async function written({ library }: Pick<ReturnType<typeof backedUp>, 'library'>) {
  const { rows } = await library.kept('', 0, 99);
  return {
    rows: rows.map(({ id, saved, reading, note, keptAt, highlights, tags }) => ({
      ...{ id, saved, reading, note, keptAt, highlights, tags },
    })),
    bin: (await library.bin(0, 9)).rows.map(({ id, removedAt, goesAt }) => ({
      id,
      removedAt,
      goesAt,
    })),
    annotations: await library.annotations(two),
    versions: (await library.note(two)).versions.map(({ text }) => text),
    topics: await library.topics(),
  };
}

test('a backup has what the person wrote, and nothing that was fetched', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  const [backup] = await world.list();
  expect(backup).toMatchObject({ counts: { papers: 2, notes: 1, highlights: 1 } });
  const file = await backupFile(world.store, backup as never);
  const text = await unzipped(new Uint8Array(await file.arrayBuffer()));
  for (const own of ['A thought of mine', 'Marked lanterns', 'A remark', 'Lanterns']) {
    expect(text).toContain(own);
  }
  for (const fetched of ['Title of', 'Abstract of', 'First Author']) {
    expect(text).not.toContain(fetched);
  }
  // The file is an export of ours.
  expect(await opened().library.importJson(text)).toMatchObject({ added: 3, refused: [] });
});

test('a restored library has all metadata that no service of ours tells again', async () => {
  const world = backedUp();
  const venue = { venue: 'Journal of Kites', code: 'https://github.com/first/kites' };
  const elsewhere = paper('doi:10.1000/xyz', { ...venue, published: '2020', doi: '10.1000/xyz' });
  await world.library.save(elsewhere);
  await world.library.setReading(paper(one, { ...venue, version: 1 }), 'read');
  await world.library.save(paper(one, { version: 3 }));
  await world.backUp();
  const anew = opened();
  const [backup] = await world.list();
  await restore(anew, world.store, backup);
  expect((await anew.db.kept.get(elsewhere.id))?.paper).toEqual(elsewhere);
  expect(await anew.db.kept.get(one)).toMatchObject({
    paper: { ...venue, title: '', abstract: '', version: 3 },
    readVersion: 1,
  });
});

test('after the database of the library was deleted, a backup gives the same library', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  const before = await written(world);
  world.db.close();
  await Dexie.delete(world.name);

  const anew = backedUp({ name: world.name, backups: world.of });
  anew.clock.now = world.clock.now + dayLength;
  expect((await written(anew)).rows).toEqual([]);
  const [backup] = await anew.list();
  await restore(anew, anew.store, backup);
  expect(await written(anew)).toEqual(before);
  // Nothing of it is equal because it is on neither side.
  expect(before).toMatchObject({
    rows: expect.arrayContaining([
      expect.objectContaining({
        ...{ id: two, note: 'A later thought', reading: 'reading' },
        ...{ tags: ['Reading group'], highlights: 1 },
      }),
    ]),
    annotations: [{ comment: 'A remark' }],
    versions: ['A thought of mine'],
    topics: [{ name: 'Lanterns' }],
  });
  // Out of the bin it comes with all it had.
  expect(before.bin.map(({ id }) => id)).toEqual([binned]);
  await anew.library.restorePapers([binned]);
  const { rows } = await anew.library.kept('tag:"given up"', 0, 9);
  expect(rows.map(({ id }) => id)).toEqual([binned]);
  await anew.library.removePapers([binned]);
  // Again changes nothing.
  const after = await written(anew);
  await restore(anew, anew.store, backup);
  expect(await written(anew)).toEqual(after);
});

test.each(['in the bin', 'gone for good'])(
  'what was removed since is brought back from being %s, and what is new stays',
  async (where) => {
    const world = backedUp();
    await fill(world);
    await world.backUp();
    const before = await written(world);
    world.clock.now += dayLength;
    await world.library.save(paper('2608.00009'));
    await world.library.removePapers([one, two]);
    if (where === 'gone for good') await world.library.emptyBin([one, two]);
    const [backup] = await world.list();
    expect(await restore(world, world.store, backup)).toMatchObject({ binned: 2, returning: true });
    const after = await written(world);
    const own = ({ rows }: typeof before) =>
      rows.filter(({ id }) => id !== '2608.00009').map(({ keptAt: _, ...row }) => row);
    expect(own(after)).toEqual(expect.arrayContaining(own(before)));
    expect(after.rows).toHaveLength(before.rows.length + 1);
    expect(after.annotations).toMatchObject([{ comment: 'A remark' }]);
    expect(after.versions).toEqual(before.versions);
    expect(after.bin).toEqual(before.bin);
  },
);

test('what a restored library lacks of fetched metadata is asked for again', async () => {
  const world = backedUp();
  await world.library.save(paper(one));
  await world.backUp();
  const anew = opened();
  const [backup] = await world.list();
  await restore(anew, world.store, backup);
  expect(await anew.db.kept.get(one)).toMatchObject({ wantedAt: expect.any(Number) });
});

test('only parts that changed are made anew', async () => {
  const world = backedUp();
  for (let at = 0; at < 40; at++) await world.library.save(paper(`2608.${10_000 + at}`));
  await world.backUp();
  const [first] = await world.list();
  const put = vi.spyOn(world.store.contents, 'bulkPut');
  const read = vi.spyOn(world.db.kept, 'bulkGet');
  await world.library.setReading(paper('2608.10007'), 'read');
  read.mockClear();
  await world.next();
  const [second] = await world.list();
  expect(put.mock.calls.flatMap(([contents]) => contents)).toHaveLength(1);
  expect(read.mock.calls.flatMap(([ids]) => ids).length).toBeLessThan(5);
  const differing = second?.parts.filter((name, at) => name !== first?.parts[at]);
  expect(differing).toHaveLength(1);
  expect(await world.db.backupDue.count()).toBe(0);
});

test('every way to write makes its part due', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  const ways: (() => Promise<unknown>)[] = [
    () => world.library.unsave(one),
    () => world.library.tagPapers([two], { add: ['later'] }),
    () => world.library.removePapers([two]),
    () => world.library.emptyBin(),
    () => world.library.restore(one),
    () => world.library.dismiss(paper(one), true),
    () => world.library.addHighlight(paper(one), highlight('More words')),
    () => world.library.setReading(paper(one), 'read'),
  ];
  for (const way of ways) {
    const [before] = await world.list();
    await way();
    await world.next();
    const [after] = await world.list();
    expect(after?.number).not.toBe(before?.number);
  }
});

test('where nothing changed there is no new backup, so that old ones stay', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  for (let day = 0; day < 40; day++) await world.next();
  expect(await world.list()).toHaveLength(1);
  // A library in which nothing was ever kept has none.
  const empty = backedUp();
  await empty.backUp();
  expect(await empty.list()).toEqual([]);
});

test('the first one does not wait for a day after an empty library was looked at', async () => {
  const world = backedUp();
  await world.backUp();
  expect(await world.list()).toEqual([]);
  world.clock.now += dayLength / 96;
  await world.library.save(paper(one));
  await world.backUp();
  expect(await world.list()).toHaveLength(1);
});

test('there is one a day, however often it is called', async () => {
  const world = backedUp();
  for (let at = 0; at < 24; at++) {
    await world.library.save(paper(`2608.${10_000 + at}`));
    await world.backUp();
    world.clock.now += dayLength / 24;
  }
  expect((await world.list()).length).toBeLessThanOrEqual(2);
  await world.backUp(true);
  expect((await world.list())[0]).toMatchObject({ counts: { papers: 24 } });
});

test.each([-1, 1])('a clock that was set wrong by %i years loses nothing', async (years) => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  const right = world.clock.now;
  const [first] = await world.list();
  world.clock.now += years * 365 * dayLength;
  await world.library.save(paper('2608.00003'));
  await world.backUp();
  world.clock.now = right + dayLength;
  await world.library.save(paper('2608.00004'));
  await world.backUp();
  const all = await world.list();
  expect(all.map(({ counts }) => counts.papers)).toEqual([4, 3, 2]);
  expect(all.at(-1)).toEqual(first);
  // And it goes on once a day, not at every call.
  await world.library.save(paper('2608.00005'));
  world.clock.now += dayLength / 24;
  await world.backUp();
  expect(await world.list()).toHaveLength(3);
  await world.next();
  expect(await world.list()).toHaveLength(4);
});

test('seven of days and five of weeks stay, and what no backup names is dropped', async () => {
  const world = backedUp();
  for (let day = 0; day < 60; day++) {
    await world.library.save(paper(`2608.${10_000 + day}`));
    await world.next();
  }
  const all = await world.list();
  const papers = all.map(({ counts }) => counts.papers);
  expect(papers.slice(0, 7)).toEqual([60, 59, 58, 57, 56, 55, 54]);
  // The others are 7 days apart.
  const weeks = papers.slice(7);
  expect(weeks.length).toBeGreaterThanOrEqual(3);
  expect(weeks.every((number, at) => at === 0 || weeks[at - 1] === number + 7)).toBe(true);
  const named = new Set(all.flatMap(({ parts, extra }) => [...parts, extra]).filter(Boolean));
  expect(await world.store.contents.count()).toBe(named.size);
  for (const backup of all) await backupFile(world.store, backup);
});

test('many of one day leave those of other days in their place, and restore what was there last', async () => {
  const world = backedUp();
  for (let day = 0; day < 30; day++) {
    await world.library.save(paper(`2607.${10_000 + day}`));
    await world.next();
  }
  const before = await world.list();
  for (let time = 0; time < 12; time++) {
    world.clock.now += 60_000;
    await world.library.save(paper(`2608.${10_000 + time}`));
    await world.backUp(true);
  }
  const all = await world.list();
  expect(all.map(({ number }) => number).slice(1)).toEqual(
    before.map(({ number }) => number).slice(1),
  );
  expect(all[0]).toMatchObject({ counts: { papers: 42 } });
  const named = new Set(all.flatMap(({ parts, extra }) => [...parts, extra]).filter(Boolean));
  expect(await world.store.contents.count()).toBe(named.size);
  for (const backup of all) await backupFile(world.store, backup);
  const anew = opened();
  await restore(anew, world.store, all[0]);
  expect((await written({ library: anew.library })).rows).toHaveLength(42);
});

test('days are counted and weeks too: never less than seven days, never more than twelve backups', () => {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  fc.assert(
    fc.property(fc.array(fc.nat(400 * dayLength), { maxLength: 60 }), (times) => {
      const all = times.map((at) => ({ at }));
      const stay = staying(all, dayOf);
      expect(stay.size).toBeLessThanOrEqual(12);
      const days = [...Map.groupBy(all, ({ at }) => dayOf(at)).values()];
      expect(days.slice(0, 7).every(([last]) => last && stay.has(last))).toBe(true);
      expect(days.every(([, ...earlier]) => !earlier.some((one) => stay.has(one)))).toBe(true);
      // Taking away what does not stay changes nothing the next time.
      expect(staying([...stay], dayOf)).toEqual(stay);
    }),
  );
});

test('a library that begins anew pushes the last backup of the one before out never', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  world.db.close();
  await Dexie.delete(world.name);
  const anew = backedUp({ name: world.name, backups: world.of });
  anew.clock.now = world.clock.now;
  for (let day = 0; day < 60; day++) {
    await anew.library.save(paper(`2607.${10_000 + day}`));
    await anew.next();
    // What was there before is in its own backup and in no later one, though its parts were made already.
    expect((await anew.list())[0]).toMatchObject({ counts: { papers: day + 1, notes: 0 } });
  }
  const all = await anew.list();
  expect(all.at(-1)).toMatchObject({ counts: { papers: 2, notes: 1 } });
  await restore(anew, anew.store, all.at(-1));
  expect((await anew.library.note(two)).text).toBe('A later thought');
});

test('stopped at any step, it goes on the next time', async () => {
  for (let steps = 0; ; steps++) {
    const world = backedUp();
    await fill(world);
    // Each transaction is a step; after so many of them everything dies.
    let left = steps;
    const dying = [world.db, world.store].map((database) => {
      const { transaction } = database;
      return vi.spyOn(database, 'transaction').mockImplementation(function (
        this: Dexie,
        ...all: unknown[]
      ) {
        if (left-- > 0) return (transaction as (...all: unknown[]) => never).apply(this, all);
        return Dexie.Promise.reject(new Error('the background was stopped')) as never;
      } as never);
    });
    const whole = await world.backUp().then(
      () => true,
      () => false,
    );
    for (const spy of dying) spy.mockRestore();
    if (whole) {
      expect(steps).toBeGreaterThan(4);
      break;
    }
    // What was made so far is never half a backup.
    for (const backup of await world.list()) await backupFile(world.store, backup);
    await world.backUp();
    const all = await world.list();
    expect(all).toHaveLength(1);
    const anew = opened(undefined, { at: world.clock.now });
    await restore(anew, world.store, all[0]);
    expect(await written(anew)).toEqual(await written(world));
  }
});

test('what is written while a backup is made is in that one or in the next', async () => {
  const world = backedUp();
  await fill(world);
  const read = world.db.kept.bulkGet.bind(world.db.kept);
  const put = world.store.contents.bulkPut.bind(world.store.contents);
  let wrote = false;
  vi.spyOn(world.db.kept, 'bulkGet').mockImplementation(((keys: never) => read(keys)) as never);
  const backUp = world.backUp();
  vi.spyOn(world.store.contents, 'bulkPut').mockImplementation(((rows: never) => {
    if (!wrote) {
      wrote = true;
      void world.library.setReading(paper(one), 'read');
    }
    return put(rows);
  }) as never);
  await backUp;
  await vi.waitFor(async () =>
    expect((await world.library.look([one]))[0]).toMatchObject({ reading: 'read' }),
  );
  await world.next();
  const anew = opened();
  await restore(anew, world.store, (await world.list())[0]);
  expect((await anew.library.look([one]))[0]).toMatchObject({ reading: 'read' });
});

test('a library that a newer version wrote is left alone', async () => {
  const world = backedUp();
  await fill(world);
  await world.backUp();
  await world.db.meta.put({ key: 'schema', value: 99 });
  world.clock.now += dayLength;
  await world.db.backupDue.put({ part: 1, stamp: 1 });
  await expect(world.backUp()).rejects.toMatchObject({ code: 'refused' });
  expect(await world.list()).toHaveLength(1);
});

test('who never downloaded one is reminded after 30 days with changes', async () => {
  const world = backedUp();
  await fill(world);
  expect(await world.backUp()).toEqual({});
  for (let day = 0; day < 29; day++) expect(await world.next()).toEqual({});
  expect(await world.next()).toEqual({ remind: true });
  const [last] = await world.list();
  await world.store.state.put({
    key: 'downloaded',
    value: { number: last?.number, at: world.clock.now },
  });
  // Nothing changed since: there is nothing to say.
  for (let day = 0; day < 40; day++) expect(await world.next()).toEqual({});
  await world.library.save(paper('2608.00009'));
  expect(await world.next()).toEqual({ remind: true });
});

test('the person chooses how often they are reminded, or never', async () => {
  const world = backedUp();
  await fill(world);
  const { state } = world.store;
  await state.put({ key: 'remindEvery', value: 7 });
  await world.backUp();
  for (let day = 0; day < 6; day++) expect(await world.next()).toEqual({});
  expect(await world.next()).toEqual({ remind: true });
  await state.put({ key: 'remindAfter', value: world.clock.now + 2 * dayLength });
  expect(await world.next()).toEqual({});
  expect(await world.next()).toEqual({ remind: true });
  await state.put({ key: 'remindEvery', value: 0 });
  expect(await world.next()).toEqual({});
});

test('what was removed for good is no paper of a backup, and does not come back from one', async () => {
  const world = backedUp();
  await fill(world);
  await world.library.emptyBin();
  await world.backUp();
  const anew = opened();
  const [backup] = await world.list();
  await restore(anew, world.store, backup);
  expect(await anew.db.kept.get(binned)).toMatchObject({ removed: 2, listed: 0 });
  expect((await anew.library.bin(0, 9)).total).toBe(0);
});
