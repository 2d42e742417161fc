// What is new, what rises, what is searched for at Hugging Face and what is not wanted.
import 'fake-indexeddb/auto';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Settings } from '../../src/library/api';
import { freshness } from '../../src/library/fresh';
import { observing, overTime, thin } from '../../src/library/observed';
import type { Observed } from '../../src/library/tables';
import {
  dayLength,
  hour,
  id,
  item,
  json,
  lists,
  many,
  minute,
  opened,
  paper,
  type Served,
  start,
} from './opened';

const today = '2026-08-19';
const one = id('2608.00001');
const two = id('2608.00002');

/** A library that serves this list of today. */
function withToday(...rows: object[]) {
  const world = opened(lists({ [today]: rows }));
  const serve = (...more: object[]) => {
    world.state.serve = lists({ [today]: more });
  };
  return { ...world, serve };
}

const freshOf = (view: { papers: { id: string; fresh?: string }[] }) =>
  view.papers.map((listed) => listed.fresh);

/** A person who looked before, at a paper of no list. */
const lookedBefore = (library: { seen(ids: (typeof one)[]): Promise<void> }) =>
  library.seen([id('2607.00001')]);

test('on a first look nothing is new; what comes after it is', async () => {
  const { library, clock, serve } = withToday(item(one, 40), item(two, 8));
  expect(freshOf(await library.refreshPeriod({ kind: 'day' }))).toEqual([undefined, undefined]);
  expect(await library.unseen()).toBe(0);
  // Only one of them was in view.
  await library.seen([one]);
  expect(freshOf(await library.period({ kind: 'day' }))).toEqual([undefined, undefined]);
  clock.now += hour;
  serve(item(one, 40), item(two, 8), item('2608.00003', 1));
  const later = await library.refreshPeriod({ kind: 'day' });
  expect(freshOf(later)).toEqual([undefined, undefined, 'new']);
  expect(await library.unseen()).toBe(1);
  // Seeing a paper again does not move the first look.
  clock.now += 2 * dayLength;
  await library.seen([one, two]);
  expect(freshOf(await library.period({ kind: 'day', at: today }))[2]).toBe('new');
});

test('nothing is new of the days before the first look, whenever their lists come', async () => {
  const { library } = opened(lists({ [today]: [item(one, 40)], '2026-08-18': [item(two, 8)] }));
  await library.refreshPeriod({ kind: 'day' });
  await library.seen([one]);
  const before = await library.refreshPeriod({ kind: 'day', at: '2026-08-18' });
  expect(freshOf(before)).toEqual([undefined]);
});

test('papers are new until they were seen, and marked again when they rise much', async () => {
  const { library, clock, serve, changes } = withToday(item(one, 40), item(two, 8));
  await lookedBefore(library);
  expect(freshOf(await library.refreshPeriod({ kind: 'day' }))).toEqual(['new', 'new']);
  await library.seen([one]);
  expect(changes.at(-1)).toEqual({ seen: true });
  expect(freshOf(await library.period({ kind: 'day' }))).toEqual([undefined, 'new']);
  clock.now += hour;
  serve(item(one, 49), item(two, 8));
  expect(freshOf(await library.refreshPeriod({ kind: 'day' }))[0]).toBeUndefined();
  clock.now += hour;
  serve(item(one, 50), item(two, 8), item('2608.00003', 1));
  const view = await library.refreshPeriod({ kind: 'day' });
  expect(freshOf(view)).toEqual(['rose', 'new', 'new']);
  // A paper rises wherever that was noticed, and is seen wherever it stands.
  await library.seen([one, two]);
  expect(freshOf(await library.period({ kind: 'day' }))).toEqual([undefined, undefined, 'new']);
});

test.each([
  [0, 9, undefined],
  [0, 10, 'rose'],
  [40, 49, undefined],
  [40, 50, 'rose'],
  [100, 124, undefined],
  [100, 125, 'rose'],
  [100, 60, undefined],
])('from %i to %i upvotes: %s', (before, upvotes, fresh) => {
  const seen = { id: one, at: start - hour, upvotes: before };
  expect(freshness({ upvotes, day: today }, seen, seen.at, start)).toBe(fresh);
});

test('what was seen is forgotten after 90 days, and is not new again then', async () => {
  const { library, clock, db } = withToday(item(one, 40));
  await library.refreshPeriod({ kind: 'day' });
  await library.seen([one]);
  clock.now += 90 * dayLength;
  await library.refreshDue();
  expect(await db.seen.count()).toBe(0);
  clock.now += dayLength;
  expect(freshOf(await library.period({ kind: 'day', at: today }))).toEqual([undefined]);
});

test('unseen papers of the list of today are counted: by the filters, neither saved nor read nor dismissed', async () => {
  const { library, asked } = withToday(
    ...[50, 40, 30, 20, 10, 5].map((upvotes, index) => item(`2608.0000${index + 1}`, upvotes)),
  );
  expect(await library.unseen()).toBe(0);
  expect(asked).toEqual([]);
  await lookedBefore(library);
  await library.refreshPeriod({ kind: 'day' });
  expect(await library.unseen()).toBe(6);
  await library.save(paper(one));
  await library.setReading(paper(two), 'read');
  expect(await library.unseen()).toBe(4);
  const { digest } = await library.settings();
  await library.adjust({ digest: { ...digest, filters: { ...digest.filters, upvotes: 10 } } });
  expect(await library.unseen()).toBe(3);
  await library.seen([id('2608.00003')]);
  expect(await library.unseen()).toBe(2);
  await library.dismiss(paper('2608.00004'), true);
  expect(await library.unseen()).toBe(1);
  expect(asked).toHaveLength(1);
});

test('counting unseen papers ranks nothing, though the person wants the order by fit', async () => {
  const { library, db } = withToday(item(one, 40), item(two, 8));
  await lookedBefore(library);
  await library.refreshPeriod({ kind: 'day' });
  const { digest } = await library.settings();
  await library.adjust({ digest: { ...digest, sort: 'fit' } });
  await library.save(paper(one));
  expect(await library.unseen()).toBe(1);
  // The ranking would make the saved paper's record first.
  expect(await db.fitDue.count()).toBe(1);
  await library.period({ kind: 'day' });
  expect(await db.fitDue.count()).toBe(0);
});

test('a setting of the digest that is missing or bad falls back alone', async () => {
  const { library, db } = opened();
  const { digest } = await library.settings();
  const filters = { upvotes: 10, unread: 'yes', code: null };
  const value = { digest: { sort: 'rise', kind: 7, filters } } as unknown as Partial<Settings>;
  await db.meta.put({ key: 'settings', value });
  expect((await library.settings()).digest).toEqual({
    ...digest,
    sort: 'rise',
    filters: { ...digest.filters, upvotes: 10 },
  });
  await db.meta.put({ key: 'settings', value: { ...value, digest: { sort: 'rise' } } as never });
  expect((await library.settings()).digest).toEqual({ ...digest, sort: 'rise' });
});

test('a filter that is typed is told to what shows the digest, not to every page', async () => {
  const { library, changes } = withToday();
  const { digest } = await library.settings();
  await library.adjust({ digest: { ...digest, filters: { ...digest.filters, text: 'word' } } });
  expect(changes).toEqual([{ digest: true }]);
  await library.adjust({ keys: false });
  expect(changes.at(-1)).toEqual({ all: true });
});

test('the rise since yesterday, and the history, come with every list and look-up', async () => {
  const { library, clock, serve, state } = withToday(item(one, 10));
  const [first] = (await library.refreshPeriod({ kind: 'day' })).papers;
  expect([first?.rise, first?.history]).toEqual([undefined, undefined]);
  clock.now += 20 * hour;
  serve(item(one, 31));
  await library.refreshPeriod({ kind: 'day', at: today }, true);
  expect((await library.look([one]))[0]).toMatchObject({
    rise: 21,
    history: [
      [start, 10],
      [start + 20 * hour, 31],
    ],
  });
  clock.now += 10 * hour;
  state.serve = () => json({ id: one, upvotes: 47, githubStars: 3 });
  expect(await library.lookUp(one)).toMatchObject({ rise: 37, trending: { upvotes: 47 } });
  // A day later nobody knows how many they are now.
  clock.now += dayLength;
  expect((await library.look([one]))[0]?.rise).toBeUndefined();
  expect((await library.look([one]))[0]?.history).toHaveLength(3);
});

test('an observation is stored with its list or not at all, and only where something is new', async () => {
  const { library, clock, serve, db, state } = withToday(item(one, 10));
  const points = async () => (await db.observed.get(one))?.points.length;
  await library.refreshPeriod({ kind: 'day' });
  clock.now += 30 * minute;
  await library.refreshPeriod({ kind: 'day' });
  expect(await db.observed.get(one)).toMatchObject({ at: start, points: [[start, 10, 2, -1]] });
  serve(item(one, 11));
  await library.refreshPeriod({ kind: 'day' }, true);
  clock.now += hour;
  await library.refreshPeriod({ kind: 'day' });
  expect(await points()).toBe(2);
  clock.now += hour;
  state.serve = () => new Response('[{"paper":');
  await library.refreshPeriod({ kind: 'day' });
  serve({ paper: { id: one, upvotes: 'many' } });
  await library.refreshPeriod({ kind: 'day' }, true);
  expect(await points()).toBe(2);
});

test.each([
  ['nearest to 24 hours ago', [-40, -26, -20, 0], [1, 2, 4, 10], 8],
  ['of twelve hours ago', [-12, 0], [3, 10], 7],
  ['not of less', [-11.9, 0], [3, 10], undefined],
  ['of two days ago', [-48, 0], [3, 10], 7],
  ['not of more', [-48.1, 0], [3, 10], undefined],
  ['nothing when the newest is old', [-30, -12], [3, 10], undefined],
  ['less than nothing too', [-24, -1], [10, 8], -2],
  ['without what a wrong clock observed', [-24, 0, 5], [3, 10, 99], 7],
])('the rise counts from the observation %s', (_, hours, votes, rise) => {
  const points = hours.map((at, index): Observed['points'][number] => [
    start + at * hour,
    votes[index] ?? 0,
    0,
    0,
  ]);
  expect(overTime({ id: one, at: start, points }, start).rise).toBe(rise);
});

const observations = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 * dayLength }), fc.nat(500)), { maxLength: 300 })
  .map((steps) => {
    let at = start;
    return steps.map(([step, upvotes]): Observed['points'][number] => {
      at += step;
      return [at, upvotes, 1, -1];
    });
  });

test('thinning keeps the order and the last point, is done once and for all, and later thinning takes only more', () => {
  fc.assert(
    fc.property(observations, fc.nat(800), (points, days) => {
      const now = (points.at(-1)?.[0] ?? start) + days * dayLength;
      const thinned = thin(points, now);
      expect(points).toEqual(expect.arrayContaining(thinned));
      expect(thinned.at(-1)).toEqual(points.at(-1));
      expect(thinned.map(([at]) => at)).toEqual(thinned.map(([at]) => at).sort((a, b) => a - b));
      expect(thin(thinned, now)).toEqual(thinned);
      const { history = [] } = overTime({ id: one, at: now, points: thinned }, now);
      expect(history.length).toBeLessThanOrEqual(30);
      if (thinned.length > 1) {
        expect(history[0]?.[0]).toBe(thinned[0]?.[0]);
        expect(history.at(-1)?.[0]).toBe(thinned.at(-1)?.[0]);
      }
    }),
  );
});

test('points are an hour, a day, a week or a month apart, the older the farther', () => {
  const every = 10 * minute;
  const points = Array.from(
    { length: (500 * dayLength) / every },
    (_, index): Observed['points'][number] => [start + index * every, index, 0, 0],
  );
  const now = start + 500 * dayLength;
  const ages = thin(points, now).map(([at]) => now - at);
  const between = (least: number, most: number) =>
    ages.filter((age) => age >= least * dayLength && age < most * dayLength).length;
  expect(between(0, 2)).toBeLessThanOrEqual(50);
  expect(between(2, 30)).toBeLessThanOrEqual(30);
  expect(between(30, 365)).toBeLessThanOrEqual(49);
  expect(between(365, 500)).toBeLessThanOrEqual(6);
  expect(between(0, 2)).toBeGreaterThanOrEqual(48);
});

test('a year of 20,000 papers takes less than 10 MB of observations', () => {
  // 55 papers a day. Each is seen hourly on its day, every third hour for two more, and daily for a month in the lists
  // of the month and Trending; then one in ten again each week, looked up or listed. What is not seen again is thinned once a day.
  const year = start + 365 * dayLength;
  const perDay = 55;
  const sizes = { bytes: 0, points: 0, rows: 0 };
  for (let day = 0; day < 365; day++) {
    const born = start + day * dayLength;
    const times: number[] = [];
    for (let at = 0; at < 24; at++) times.push(born + at * hour);
    for (let at = 24; at < 72; at += 3) times.push(born + at * hour);
    for (let at = 3; at < 30; at++) times.push(born + at * dayLength);
    const weekly = [...times];
    for (let at = 30; at < 365; at += 7) weekly.push(born + at * dayLength);
    const rowOf = (moments: number[]) => {
      let row: Observed | undefined;
      for (const at of moments.filter((moment) => moment <= year)) {
        const upvotes = Math.round(60 * (1 - Math.exp((born - at) / (3 * dayLength))));
        const code = { url: 'https://github.com/a/b', label: 'a/b', stars: 40 * upvotes };
        row = observing(row, one, { upvotes, comments: 3, code, keywords: [] }, at);
      }
      return row && { ...row, points: thin(row.points, year) };
    };
    // The same day is the same for each of its papers.
    for (const [row, papers] of [
      [rowOf(times), perDay * 0.9],
      [rowOf(weekly), perDay * 0.1],
    ] as const) {
      sizes.bytes += papers * (row ? serialize(row).length : 0);
      sizes.points += papers * (row?.points.length ?? 0);
      sizes.rows += papers;
    }
  }
  // V8 writes what it stores in a database as it writes this; keys and their index come to it.
  const keys = 2 * 40 * sizes.rows;
  expect(sizes.rows).toBeGreaterThan(20_000);
  expect(sizes.bytes + keys).toBeLessThan(10_000_000);
});

test('what nobody looks at any more is thinned too, once a day', async () => {
  const { library, clock, serve, db } = withToday(item(one, 1));
  for (let votes = 1; votes < 40; votes++) {
    serve(item(one, votes));
    await library.refreshPeriod({ kind: 'day', at: today }, true);
    clock.now += hour;
  }
  const count = async () => (await db.observed.get(one))?.points.length;
  expect(await count()).toBe(39);
  clock.now += 10 * dayLength;
  await library.refreshDue();
  expect(await count()).toBeLessThanOrEqual(3);
  expect((await library.look([one]))[0]?.history?.at(-1)?.[1]).toBe(39);
});

test('a month of 430 papers is stored once for all lists that are not days', async () => {
  const rows = (many(430) as { paper: object }[]).map((row) => ({
    ...row,
    paper: {
      ...row.paper,
      summary: 'a made-up abstract '.repeat(72),
      ai_summary: 'a made-up summary '.repeat(12),
      ai_keywords: Array.from({ length: 10 }, (_, index) => `keyword number ${index}`),
      authors: Array.from({ length: 8 }, (_, index) => ({ name: `Author Number${index}` })),
    },
  }));
  const { library, db } = opened(
    lists({ '2026-08': rows, '2026-W34': rows.slice(0, 105), trending: rows.slice(50, 250) }),
  );
  const bytes = async () =>
    [...(await db.entries.toArray()), ...(await db.periods.toArray())].reduce(
      (sum, row) => sum + serialize(row).length,
      0,
    );
  await library.refreshPeriod({ kind: 'month' });
  const month = await bytes();
  await library.refreshPeriod({ kind: 'week' });
  await library.refreshPeriod({ kind: 'trending' });
  const all = await bytes();
  expect(month).toBeLessThan(1_000_000);
  expect(all - month).toBeLessThan(10_000);
});

/** A library whose service finds these papers for any words. */
function searching(answer: Served) {
  return opened((url) => (url.pathname === '/api/papers/search' ? answer : undefined));
}

test('a search finds papers with what the person did with them, and keeps nothing', async () => {
  const found = [
    item('2401.00007', 9),
    item(one, 5, { summary: 'About the thing.' }),
    item(one, 4),
  ];
  const { library, asked, db, changes } = searching(found);
  await library.save(paper('2401.00007'));
  changes.length = 0;
  const { papers, trouble } = await library.searchHub('  made-up  words & more ');
  expect(trouble).toBeUndefined();
  expect(asked).toEqual(['/api/papers/search?q=made-up+words+%26+more&limit=50']);
  expect(papers).toMatchObject([
    { id: '2401.00007', saved: true, known: 'yes' },
    { id: one, saved: false, known: 'yes', paper: { abstract: 'About the thing.' } },
  ]);
  expect(papers.some((each) => 'fresh' in each)).toBe(false);
  expect(changes).toEqual([]);
  expect(await db.entries.count()).toBe(0);
  // A paper that is saved from there keeps its metadata.
  const [, second] = papers;
  await library.save(second?.paper ?? paper(one));
  expect((await library.kept('thing', 0, 9)).rows[0]?.paper.abstract).toBe('About the thing.');
});

test('any words may be typed: none are not sent, and long ones are cut', async () => {
  const { library, asked } = searching([]);
  expect(await library.searchHub('  \n ')).toEqual({ papers: [] });
  expect(asked).toEqual([]);
  await library.searchHub('w'.repeat(999));
  await library.searchHub('\ud800 half a sign');
  expect(asked.map((each) => new URL(`https://x${each}`).searchParams.get('q')?.length)).toEqual([
    250, 13,
  ]);
  await Promise.all([library.searchHub('twice'), library.searchHub(' twice ')]);
  expect(asked).toHaveLength(3);
});

test('a search that fails says why, is tried again at once by a click, and holds up nothing else', async () => {
  const { library, state, asked } = searching(() => Promise.reject(new TypeError('no network')));
  expect(await library.searchHub('words')).toMatchObject({
    papers: [],
    trouble: { kind: 'unreachable' },
  });
  state.serve = () => json({}, 429, { ratelimit: '"search";r=0;t=60' });
  const busy = await library.searchHub('words');
  expect(busy.trouble).toEqual({ kind: 'busy', retryAt: start + 61_000 });
  expect((await library.searchHub('other words')).trouble?.kind).toBe('busy');
  expect(asked).toHaveLength(2);
  // Its quota is its own.
  state.serve = lists({ [today]: [item(one, 1)] });
  expect((await library.refreshPeriod({ kind: 'day' })).papers).toHaveLength(1);
});

test('an answer that is no list, and a withheld host, are named', async () => {
  const { library, state } = searching({ papers: [] });
  expect((await library.searchHub('words')).trouble?.kind).toBe('unreadable');
  state.access = false;
  expect((await library.searchHub('words')).trouble?.kind).toBe('access');
});

test('a paper that is not wanted is marked, not kept, and that can be taken back', async () => {
  const { library, db } = opened();
  expect(await library.dismiss(paper(one), true)).toMatchObject({ dismissed: true, saved: false });
  expect((await library.look([one]))[0]?.dismissed).toBe(true);
  expect((await library.kept('', 0, 9)).kept).toBe(0);
  expect(await db.kept.get(one)).toMatchObject({ dismissed: 1, dismissedChangedAt: start });
  expect((await library.dismiss(paper(one), false)).dismissed).toBeUndefined();
  // Saving says nothing of it, and it says nothing of saving.
  await library.save(paper(two));
  expect(await library.dismiss(paper(two), true)).toMatchObject({ dismissed: true, saved: true });
});

test('what is not wanted goes with the export; the newer word counts, and twice is once', async () => {
  const there = opened();
  await there.library.dismiss(paper(one), true);
  await there.library.save(paper(two));
  const file = await there.library.exportJson();
  const here = opened(undefined, { at: start - hour });
  await here.library.dismiss(paper(one), true);
  await here.library.dismiss(paper(one), false);
  expect(await here.library.importJson(file)).toMatchObject({ added: 1, changed: 1, refused: [] });
  expect(await here.library.importJson(file)).toMatchObject({ added: 0, changed: 0 });
  expect((await here.library.look([one]))[0]?.dismissed).toBe(true);
  here.clock.now = start + hour;
  await here.library.dismiss(paper(one), false);
  await here.library.importJson(file);
  expect((await here.library.look([one]))[0]?.dismissed).toBeUndefined();
  const wrong = JSON.parse(file) as { papers: object[] };
  wrong.papers = wrong.papers.map((record) => ({ ...record, dismissed: 'perhaps' }));
  const { refused } = await here.library.importJson(JSON.stringify(wrong));
  expect(refused[0]?.why).toMatch(/"dismissed"/);
});
