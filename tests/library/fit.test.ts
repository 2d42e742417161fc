// The ranking by fit over what is stored, across the background's lives.
import 'fake-indexeddb/auto';
import { describe, expect, test, vi } from 'vitest';
import { openFitting } from '../../src/library/fit';
import type { Seams } from '../../src/library/seams';
import { storeDay } from './followed';
import { dayLength, hour, id, item, json, lists, opened, paper, start } from './opened';

const birds = paper('2601.00001', {
  title: 'Counting Birds in Pictures',
  abstract: 'A detector of birds in pictures of forests, trained on recordings of birds.',
});
const kites = paper('2601.00002', { title: 'Kites', abstract: 'Kites in steady wind.' });
const newBirds = { paper: paper('2608.00001', { title: 'Birds at Night', abstract: '' }) };
const newKites = { paper: paper('2608.00002', { title: 'Kites at Night', abstract: '' }) };

function fitting() {
  const world = opened();
  const told = Promise.withResolvers<void>();
  // Only what it reads: it asks no service.
  const open = () => {
    const { fits, ...others } = openFitting({
      db: world.db,
      now: () => world.clock.now,
      consent: async () => false,
      changed: () => told.resolve(),
    } as Partial<Seams> as Seams);
    return { ...others, fits: (papers: Parameters<ReturnType<typeof fits>>[0]) => fits()(papers) };
  };
  return { ...world, open, told: told.promise, ...open() };
}

describe('fit', () => {
  test('a saved paper counts at once, and in the next life of the background', async () => {
    const { library, fits, open } = fitting();
    expect(await fits([newBirds, newKites])).toEqual([undefined, undefined]);
    await library.save(birds);
    for (const life of [fits, open().fits]) {
      const [near, far] = await life([newBirds, newKites]);
      expect(near?.score).toBeGreaterThan(far?.score as number);
      expect(near?.why).toBe('near your papers on Birds');
    }
  });

  test('a paper that is taken off counts no more', async () => {
    const { library, fits } = fitting();
    await library.save(birds);
    await library.save(kites);
    const both = await fits([newBirds]);
    await library.unsave(kites.id);
    await library.unsave(birds.id);
    expect(await fits([newBirds])).toEqual([undefined]);
    await library.restore(birds.id);
    await library.restore(kites.id);
    expect((await fits([newBirds]))[0]?.score).toBeCloseTo(both[0]?.score as number, 6);
  });

  test('what the person wrote counts, in its newest form', async () => {
    const { library, fits } = fitting();
    const editor = '00000000-0000-4000-8000-00000000000e';
    const first = await library.writeNote({
      id: birds.id,
      text: 'Like lanterns',
      base: { revision: 0, text: '' },
      editor,
    });
    const lanterns = { paper: paper('2608.00003', { title: 'Lanterns', abstract: '' }) };
    expect((await fits([lanterns]))[0]?.why).toBe('near your notes on Lanterns');
    await library.writeNote({
      id: birds.id,
      text: 'Like rivers',
      base: { revision: first.revision, text: first.text },
      editor,
    });
    expect((await fits([lanterns]))[0]?.score).toBe(0);
  });

  test('related papers are those of the library, with the first line of their note, not the paper itself', async () => {
    const { library, state } = fitting();
    await library.save(birds);
    await library.save(kites);
    expect(await library.related(kites.id)).toEqual([]);
    expect(await library.nearby(newKites.paper.id)).toBe(0);
    const editor = '00000000-0000-4000-8000-00000000000e';
    const base = { revision: 0, text: '' };
    await library.writeNote({ id: kites.id, text: 'Steady\nwind', base, editor });
    state.serve = lists({ '2026-08-19': [item('2608.00002', 5, { title: 'Kites at Night' })] });
    await library.refreshPeriod({ kind: 'day' });
    expect(await library.related(newKites.paper.id)).toEqual([
      { id: kites.id, title: 'Kites', note: 'Steady' },
    ]);
    expect(await library.nearby(newKites.paper.id)).toBe(1);
  });

  test('what a page can ask for is the same whatever the person wrote', async () => {
    const { library, state } = fitting();
    const editor = '00000000-0000-4000-8000-00000000000e';
    const [wordy, lantern] = [newKites.paper.id, id('2608.00003')];
    state.serve = lists({
      '2026-08-19': [
        item(wordy, 5, { title: 'Kites at Night' }),
        item(lantern, 4, { title: 'Lanterns', summary: '' }),
      ],
    });
    await library.refreshPeriod({ kind: 'day' });
    await library.save(kites);
    const answers = async () => [await library.nearby(wordy), await library.nearby(lantern)];
    expect(await answers()).toEqual([1, 0]);
    let base = { revision: 0, text: '' };
    // Words of another subject, so many that they take the place of the paper's own, and the paper's own.
    const many = Array.from({ length: 90 }, (_, at) => `lanterns subject${at}`).join(' ');
    for (const text of ['Lanterns', many, 'Kites, kites, steady wind', '']) {
      base = await library.writeNote({ id: kites.id, text, base, editor });
      expect(await answers()).toEqual([1, 0]);
      if (text === 'Lanterns') expect(await library.related(lantern)).toHaveLength(1);
    }
  });

  test('the digest is ranked by it where the person wants that order, and a dismissed paper counts against', async () => {
    const { library, state } = fitting();
    state.serve = lists({
      '2026-08-19': [
        item('2608.00002', 5, { title: 'Kites at Night' }),
        item('2608.00001', 4, { title: 'Birds at Night' }),
      ],
    });
    await library.save(birds);
    const scores = async () =>
      (await library.refreshPeriod({ kind: 'day' })).papers.map((one) => one.fit?.score);
    expect(await scores()).toEqual([undefined, undefined]);
    const { digest } = await library.settings();
    await library.adjust({ digest: { ...digest, sort: 'fit' } });
    const [far, near] = (await scores()) as [number, number];
    expect(near).toBeGreaterThan(far);
    await library.dismiss({ ...birds, id: id('2601.00003') }, true);
    expect((await scores())[1]).toBeLessThan(near);
  });

  /** How many papers were counted after all is up to date. */
  async function countedPapers(world: ReturnType<typeof fitting>) {
    await world.bringUpToDate();
    const row = await world.db.meta.get('fitFrequencies');
    return row?.key === 'fitFrequencies' ? row.value.papers : 0;
  }

  test('each day is counted once, when its list was fetched after its end', async () => {
    const world = fitting();
    world.state.serve = lists({
      '2026-08-18': [item('2608.00011', 5), item('2608.00012', 4)],
      '2026-08-19': [item('2608.00013', 3)],
    });
    await world.library.refreshPeriod({ kind: 'day', at: '2026-08-18' });
    await world.library.refreshPeriod({ kind: 'day', at: '2026-08-19' });
    expect(await countedPapers(world)).toBe(2);
    expect(await countedPapers(world)).toBe(2);
    world.clock.now += dayLength;
    expect(await countedPapers(world)).toBe(2);
    await world.library.refreshPeriod({ kind: 'day', at: '2026-08-19' });
    expect(await countedPapers(world)).toBe(3);
  });

  test('a day whose list could not be fetched is counted when it came', async () => {
    const world = fitting();
    const day = '2026-08-18';
    world.state.serve = () => json({}, 500);
    await world.library.refreshPeriod({ kind: 'day', at: day });
    expect(await world.db.periods.get(day)).toMatchObject({ trouble: {} });
    expect(await countedPapers(world)).toBe(0);
    world.clock.now += hour;
    world.state.serve = lists({ [day]: [item('2608.00011', 5)] });
    await world.library.refreshPeriod({ kind: 'day', at: day }, true);
    expect(await countedPapers(world)).toBe(1);
  });

  test('more than a year of days is counted, and comes to an end', async () => {
    const world = fitting();
    const days = Array.from({ length: 401 }, (_, back) =>
      new Date(start - (back + 1) * dayLength).toISOString().slice(0, 10),
    );
    const [oldest] = days.slice(-1) as [string];
    await storeDay(world.db, oldest, [{ id: '2507.00001' }], start);
    await world.db.periods.bulkPut(
      days.slice(0, -1).map((period) => ({ period, fetchedAt: start, count: 0 })),
    );
    expect(await countedPapers(world)).toBe(1);
    expect(await countedPapers(world)).toBe(1);
  });

  test('keywords of a list count for a saved paper', async () => {
    const world = fitting();
    world.state.serve = lists({
      '2026-08-19': [item('2601.00001', 5, { ai_keywords: ['lanterns'] })],
    });
    await world.library.refreshPeriod({ kind: 'day', at: '2026-08-19' });
    await world.library.save(paper('2601.00001'));
    const lanterns = { paper: paper('2608.00003', { title: 'Lanterns', abstract: '' }) };
    expect((await world.fits([lanterns]))[0]?.why).toBe('near your papers on Lanterns');
  });

  test('what changes is ranked in a living background as in a new one', async () => {
    const { library, fits, open } = fitting();
    const ranked = [newBirds, newKites];
    const steps = [
      () => library.save(birds),
      () => library.save(kites),
      () => library.dismiss(birds, true),
      () => library.unsave(kites.id),
      () => library.restore(kites.id),
      () => library.setReading(birds, 'read'),
    ];
    for (const step of steps) {
      await step();
      const [living, fresh] = [await fits(ranked), await open().fits(ranked)];
      expect(living.map((fit) => fit?.why)).toEqual(fresh.map((fit) => fit?.why));
      for (const [at, fit] of living.entries())
        expect(fit?.score).toBeCloseTo(fresh[at]?.score as number, 9);
    }
  });

  test('an import is taken up by itself', async () => {
    const { library, db, fits } = fitting();
    await library.save(birds);
    const file = await library.exportJson();
    const other = fitting();
    await other.library.importJson(file);
    await vi.waitFor(async () => {
      expect(await other.db.fitBuckets.count()).toBe(1);
      expect(await other.db.fitDue.count()).toBe(0);
    });
    const [[there], [here]] = [await other.fits([newBirds]), await fits([newBirds])];
    expect(there).toEqual({ ...here, score: expect.closeTo(here?.score as number, 9) });
    expect(await db.fitDue.count()).toBe(0);
  });

  test('a library from before is taken up by itself, whenever the background dies', async () => {
    const { db, open, told } = fitting();
    for (let at = 0; at < 450; at++)
      await db.kept.put({
        id: id(`2601.${String(at).padStart(5, '0')}`),
        paper: { ...birds, id: id(`2601.${String(at).padStart(5, '0')}`) },
        saved: 1,
        savedAt: 1,
        note: '',
        noteRevision: 0,
        keptAt: 1,
        listed: 1,
      });
    await db.fitDue.bulkPut((await db.kept.toCollection().primaryKeys()).map((id) => ({ id })));
    // A question waits for few of them, goes on by itself, and tells when what it answered is old.
    await open().fits([newBirds]);
    expect(await db.fitDue.count()).toBeGreaterThan(200);
    // Another life that begins meanwhile does nothing twice.
    await Promise.all([open().bringUpToDate(), told]);
    expect(await db.fitDue.count()).toBe(0);
    const stored = await db.fitBuckets.toArray();
    expect(stored.flatMap(({ ids }) => ids)).toHaveLength(450);
    expect(new Set(stored.flatMap(({ ids }) => ids)).size).toBe(450);
  });
});
