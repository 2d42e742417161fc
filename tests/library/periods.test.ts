// Which list is shown, where the buttons lead, what is asked for again, and in which order and pace it comes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, kindOf, presentOf, shift, weekOf } from '../../src/calendar';
import type { PeriodKind } from '../../src/library/api';
import { due, path } from '../../src/library/periods';
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
  type Served,
  start,
} from './opened';

const wednesday = '2026-08-19';
const week = {
  '2026-08-13': [item('2608.00013', 3)],
  '2026-08-14': [item('2608.00014', 4)],
  '2026-08-17': [item('2608.00017', 7)],
  '2026-08-18': [item('2608.00018', 8)],
  [wednesday]: [item('2608.00019', 9)],
};

test('the younger a list, the sooner it is old', () => {
  const fetched = (fetchedAt: number) => ({ period: '', fetchedAt, count: 1 });
  expect(due(wednesday, undefined, start)).toBe(true);
  expect(due(wednesday, fetched(start - 14 * minute), start)).toBe(false);
  expect(due(wednesday, fetched(start - 15 * minute), start)).toBe(true);
  expect(due('2026-08-17', fetched(start - 2 * hour), start)).toBe(false);
  expect(due('2026-08-17', fetched(start - 3 * hour), start)).toBe(true);
  // Fetched on its own day, it is asked for once more; after that it stays.
  expect(due('2026-08-12', fetched(Date.parse('2026-08-12T20:00:00Z')), start)).toBe(true);
  expect(due('2026-08-12', fetched(Date.parse('2026-08-13T00:00:00Z')), start)).toBe(false);
  expect(due('2026-06-01', fetched(Date.parse('2026-06-01T20:00:00Z')), start)).toBe(false);
  expect(due('2026-08-20', undefined, start)).toBe(false);
  // The clock was set back.
  expect(due(wednesday, fetched(start + hour), start)).toBe(true);
});

test('any string is a question: what is no day means today', () => {
  expect(path({ kind: 'day', at: 'nonsense' }, start)[0]).toBe(wednesday);
  expect(path({ kind: 'day', at: '2026-02-31' }, start)[0]).toBe(wednesday);
  expect(path({ kind: 'day', at: '2999-01-01' }, start)[0]).toBe(wednesday);
  expect(shift('2026-03-01', -1)).toBe('2026-02-28');
  const first = (kind: PeriodKind, at: string) => path({ kind, at }, start)[0];
  for (const nonsense of ['', '2026-W00', '2025-W53', '2026-W99', '2026-W3', 'W', '2026-08-19']) {
    expect(first('week', nonsense)).toBe('2026-W34');
  }
  for (const nonsense of ['', '2026-00', '2026-13', '2022-12', '2026-W34', '2026-8']) {
    expect(first('month', nonsense)).toBe('2026-08');
  }
  expect(path({ kind: 'trending', at: '2026-08-19' }, start)).toEqual(['trending']);
});

test('weeks are those of ISO 8601, also in years that have 53 of them', () => {
  for (const [day, week] of [
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-01-01', '2026-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
  ] as const) {
    expect(weekOf(day)).toBe(week);
    expect(daysOf(week)).toContain(day);
  }
  expect(shift('2026-W53', 1)).toBe('2027-W01');
  expect(shift('2027-W01', -1)).toBe('2026-W53');
  expect(shift('2026-W01', -1)).toBe('2025-W52');
  expect(shift('2026-01', -1)).toBe('2025-12');
  expect(shift('2026-12', 1)).toBe('2027-01');
});

test('a step there and a step back lead to the same period, over any number of years', () => {
  const kinds = fc.constantFrom<PeriodKind>('day', 'week', 'month', 'trending');
  const time = fc.integer({ min: Date.UTC(2023, 5), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(kinds, time, fc.integer({ min: -600, max: 600 }), (kind, now, count) => {
      const here = presentOf(kind, now);
      const there = shift(here, count);
      expect(kindOf(there)).toBe(kind);
      expect(shift(there, -count)).toBe(here);
      if (kind !== 'trending') expect(there > here).toBe(count > 0);
      expect(path({ kind, at: here }, now + 400 * dayLength)[0]).toBe(here);
      if (kind === 'week') expect(daysOf(here)).toContain(new Date(now).toISOString().slice(0, 10));
    }),
  );
});

test('a question that means the present says so', async () => {
  const { library } = opened(lists(week));
  for (const at of ['2026-W99', '2999-01-01', 'nonsense', wednesday]) {
    expect(await library.period({ kind: 'day', at })).toMatchObject({ asked: wednesday });
  }
});

test('today is fetched when it is missing, and shown from the storage afterwards', async () => {
  const { library, asked } = opened(lists(week));
  expect(await library.period({ kind: 'day' })).toMatchObject({
    asked: wednesday,
    papers: [],
    refreshDue: true,
  });
  const view = await library.refreshPeriod({ kind: 'day' });
  expect(view).toMatchObject({
    asked: wednesday,
    shown: wednesday,
    refreshDue: false,
    fetchedAt: start,
  });
  expect(view.papers.map((one) => one.id)).toEqual(['2608.00019']);
  await library.refreshPeriod({ kind: 'day' });
  expect(asked).toEqual([`/api/daily_papers?date=${wednesday}&limit=100`]);
  await library.refreshPeriod({ kind: 'day' }, true);
  expect(asked).toHaveLength(2);
});

test('empty days are passed over, and never asked for twice', async () => {
  const sunday = Date.parse('2026-08-16T12:00:00Z');
  const { library, asked } = opened(lists(week), { at: sunday });
  const view = await library.refreshPeriod({ kind: 'day' });
  expect(view).toMatchObject({ asked: '2026-08-16', shown: '2026-08-14', older: '2026-08-13' });
  expect(view.newer).toBeUndefined();
  expect(asked).toHaveLength(3);
  await library.refreshPeriod({ kind: 'day' });
  expect(asked).toHaveLength(3);
});

test('a day that is not published yet is passed over like an empty one', async () => {
  const { library } = opened((url) =>
    url.searchParams.get('date') === wednesday ? json({ error: 'date' }, 400) : lists(week)(url),
  );
  expect(await library.refreshPeriod({ kind: 'day' })).toMatchObject({
    asked: wednesday,
    shown: '2026-08-18',
  });
});

test('newer leads from Friday to Monday and ends at the newest day with papers', async () => {
  const { library } = opened(lists(week));
  await library.refreshPeriod({ kind: 'day' });
  const friday = await library.refreshPeriod({ kind: 'day', at: '2026-08-16' });
  expect(friday.shown).toBe('2026-08-14');
  const monday = await library.refreshPeriod({
    kind: 'day',
    at: friday.newer ?? '',
    toward: 'newer',
  });
  expect(monday.shown).toBe('2026-08-17');
  // The Sunday between them, though it is known to be empty: whoever asks hears that it was passed over.
  expect(monday.older).toBe('2026-08-16');
  expect(
    monday.older && (await library.refreshPeriod({ kind: 'day', at: monday.older })).shown,
  ).toBe('2026-08-14');
  const tuesday = await library.refreshPeriod({
    kind: 'day',
    at: monday.newer ?? '',
    toward: 'newer',
  });
  expect(tuesday.shown).toBe('2026-08-18');
  const last = await library.refreshPeriod({
    kind: 'day',
    at: tuesday.newer ?? '',
    toward: 'newer',
  });
  expect(last.shown).toBe(wednesday);
  expect(last.newer).toBeUndefined();
});

test('the way to newer days ends on the last one with papers when nothing newer has any', async () => {
  const sunday = Date.parse('2026-08-16T12:00:00Z');
  const { library } = opened(lists(week), { at: sunday });
  const friday = await library.refreshPeriod({ kind: 'day', at: '2026-08-14' });
  expect(friday.newer).toBe('2026-08-15');
  const still = await library.refreshPeriod({ kind: 'day', at: '2026-08-15', toward: 'newer' });
  expect(still.shown).toBe('2026-08-14');
  expect(still.newer).toBeUndefined();
});

test('without a network the newest stored day is shown, with its age and the trouble', async () => {
  const { library, clock, state } = opened(lists(week));
  await library.refreshPeriod({ kind: 'day' });
  clock.now += 20 * dayLength;
  state.serve = () => () => Promise.reject(new TypeError('no network'));
  const view = await library.refreshPeriod({ kind: 'day' });
  expect(view).toMatchObject({ asked: '2026-09-08', shown: wednesday, fetchedAt: start });
  expect(view.trouble?.kind).toBe('unreachable');
  expect(view.refreshDue).toBe(false);
  state.serve = lists({ '2026-09-08': [item('2609.00001', 1)] });
  const mended = await library.refreshPeriod({ kind: 'day' }, true);
  expect(mended).toMatchObject({ shown: '2026-09-08' });
  expect(mended.trouble).toBeUndefined();
});

test('a day of more than a hundred papers is fetched in pages, each paper once, by upvotes', async () => {
  const many = Array.from({ length: 130 }, (_, index) =>
    item(`2608.${String(10_000 + Math.min(index, 128)).padStart(5, '0')}`, index),
  );
  const { library, asked } = opened(lists({ [wednesday]: many }));
  const { papers } = await library.refreshPeriod({ kind: 'day' });
  expect(papers).toHaveLength(129);
  expect(papers.map(({ trending }) => trending.rank)).toEqual(papers.map((_, index) => index + 1));
  const votes = papers.map(({ trending }) => trending.upvotes ?? -1);
  expect(votes).toEqual([...votes].sort((a, b) => b - a));
  expect(asked[1]).toBe(`/api/daily_papers?date=${wednesday}&limit=100&p=1`);
});

test('a list that broke off in its second page leaves the stored one as it was', async () => {
  const { library, clock, state } = opened(lists(week));
  await library.refreshPeriod({ kind: 'day' });
  clock.now += hour;
  const page = Array.from({ length: 100 }, (_, index) =>
    item(`2608.2${String(index).padStart(4, '0')}`, 1),
  );
  state.serve = (url) => (url.searchParams.has('p') ? new Response('[{"paper":') : page);
  const view = await library.refreshPeriod({ kind: 'day' });
  expect(view.papers.map((one) => one.id)).toEqual(['2608.00019']);
  expect(view.trouble?.kind).toBe('unreadable');
});

test('a day that had papers keeps them when the service suddenly has none, or only ruins of them', async () => {
  const { library, clock, state } = opened(lists(week));
  const before = await library.refreshPeriod({ kind: 'day' });
  clock.now += hour;
  state.serve = () => [];
  expect((await library.refreshPeriod({ kind: 'day' })).papers.map((one) => one.id)).toEqual([
    '2608.00019',
  ]);
  clock.now += hour;
  state.serve = () => [{ paper: { id: '2608.00019', title: 7, upvotes: 'many', authors: 'x' } }];
  const [after] = (await library.refreshPeriod({ kind: 'day' })).papers;
  expect(after?.paper).toEqual(before.papers[0]?.paper);
  expect(after?.trending.upvotes).toBe(9);
});

test('concurrent questions share one request', async () => {
  const { library, asked } = opened(lists(week));
  await Promise.all([
    library.refreshPeriod({ kind: 'day' }),
    library.refreshPeriod({ kind: 'day' }),
    library.refreshPeriod({ kind: 'day' }, true),
  ]);
  expect(asked).toHaveLength(1);
});

test('the last 30 days come by themselves, newest first, without weekends, with pauses', async () => {
  const { library, asked, paused, changes } = opened(lists(week));
  await Promise.all([library.refreshDue(), library.refreshDue()]);
  const days = asked.map((one) => one.slice(23, 33));
  expect(days).toEqual([...new Set(days)].sort().reverse());
  expect(days[0]).toBe(wednesday);
  expect(days.at(-1)).toBe('2026-07-20');
  expect(days).toHaveLength(23);
  expect(paused).toHaveLength(22);
  expect(changes).toContainEqual({ periods: [wednesday], papers: ['2608.00019'] });
  await library.refreshDue();
  expect(asked).toHaveLength(23);
});

test('what stopped half way goes on where it was', async () => {
  const { library, state, clock, asked } = opened(lists(week));
  let left = 5;
  state.serve = (url) => (left-- > 0 ? lists(week)(url) : json({}, 500));
  await library.refreshDue();
  expect(asked).toHaveLength(6);
  await library.refreshDue();
  expect(asked).toHaveLength(6);
  clock.now += minute;
  state.serve = lists(week);
  await library.refreshDue();
  expect(asked).toHaveLength(6 + 18);
});

test('a withheld host is named, and nothing is asked of it', async () => {
  const { library, asked } = opened(lists(week), { access: false });
  expect((await library.refreshPeriod({ kind: 'day' })).trouble?.kind).toBe('access');
  expect(asked).toEqual([]);
});

const idsOf = (rows: object[]) =>
  (rows as { paper: { id: string } }[]).map(({ paper }) => paper.id);
const ids = (view: { papers: { id: string }[] }) => view.papers.map((one) => one.id);
const noNetwork = () => () => Promise.reject(new TypeError('no network'));

test.each([
  ['week', '2026-W34', 105, 2],
  ['month', '2026-08', 430, 5],
  ['trending', 'trending', 230, 3],
] as const)(
  'a %s comes whole, in the order of the service, in pages, and is read offline',
  async (kind, name, count, pages) => {
    const rows = many(count);
    const { library, asked, changes, state, clock } = opened(lists({ [name]: rows }));
    expect(await library.period({ kind })).toMatchObject({
      shown: name,
      papers: [],
      refreshDue: true,
    });
    const view = await library.refreshPeriod({ kind });
    expect(view).toMatchObject({
      kind,
      asked: name,
      shown: name,
      fetchedAt: start,
      refreshDue: false,
    });
    expect(ids(view)).toEqual(idsOf(rows));
    expect(asked).toHaveLength(pages);
    expect(asked[1]).toBe(
      `/api/daily_papers?${kind === 'trending' ? 'sort' : kind}=${name}&limit=100&p=1`,
    );
    const progress = changes.flatMap((change) => change.progress ?? []);
    expect(progress.at(-1)).toEqual({ done: pages, of: pages });
    expect(progress.slice(0, -1).every(({ done, of }) => done < of)).toBe(true);

    // What is known of how many there are is said from the beginning.
    changes.length = 0;
    await library.refreshPeriod({ kind }, true);
    expect(changes.find((change) => change.progress)?.progress).toEqual({ done: 0, of: pages });

    clock.now += 5 * hour;
    state.serve = noNetwork;
    const offline = await library.refreshPeriod({ kind });
    expect(ids(offline)).toEqual(idsOf(rows));
    expect(offline).toMatchObject({ fetchedAt: start, trouble: { kind: 'unreachable' } });
  },
);

test('a paper twice in one list, and one that comes again in the next page, stand there once', async () => {
  const rows = many(150);
  const twice = [...rows.slice(0, 99), rows[3] as object, rows[98] as object, ...rows.slice(99)];
  const { library } = opened(lists({ '2026-W34': twice }));
  expect(ids(await library.refreshPeriod({ kind: 'week' }))).toEqual(idsOf(rows));
});

test('weeks and months without papers are passed over, and the buttons lead on', async () => {
  const { library, asked } = opened(
    lists({ '2026-W32': many(3), '2026-W30': many(2), '2026-06': many(4) }),
  );
  const week = await library.refreshPeriod({ kind: 'week' });
  expect(week).toMatchObject({ asked: '2026-W34', shown: '2026-W32', older: '2026-W31' });
  expect(week.newer).toBeUndefined();
  expect(await library.refreshPeriod({ kind: 'week', at: '2026-W31' })).toMatchObject({
    shown: '2026-W30',
  });
  expect((await library.refreshPeriod({ kind: 'month' })).shown).toBe('2026-06');
  const before = asked.length;
  await library.refreshPeriod({ kind: 'month' });
  await library.refreshPeriod({ kind: 'week' });
  expect(asked).toHaveLength(before);
  const trending = await library.refreshPeriod({ kind: 'trending' });
  expect(trending).toMatchObject({ shown: 'trending', papers: [] });
  expect([trending.older, trending.newer, trending.trouble]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a week ends and begins across the year, and a month too', async () => {
  const { library } = opened(
    lists({ '2025-W52': many(2), '2026-W01': many(3), '2025-12': many(4), '2026-01': many(5) }),
    { at: Date.parse('2026-01-02T10:00:00Z') },
  );
  const week = await library.refreshPeriod({ kind: 'week' });
  expect(week).toMatchObject({ shown: '2026-W01', older: '2025-W52' });
  const last = await library.refreshPeriod({ kind: 'week', at: '2025-W52' });
  expect(last).toMatchObject({ shown: '2025-W52', newer: '2026-W01' });
  const month = await library.refreshPeriod({ kind: 'month' });
  expect(month).toMatchObject({ shown: '2026-01', older: '2025-12' });
});

test('a 53rd week is put together from its days, by upvotes, and says so', async () => {
  const days = {
    '2026-12-28': [item('2612.00001', 5), item('2612.00002', 3)],
    '2026-12-31': [item('2612.00003', 40)],
    // The same paper again, with more votes; the newest word counts.
    '2027-01-01': [item('2612.00002', 30), item('2612.00004', 1)],
  };
  const world = lists(days, '2027-01-02');
  const { library, asked, clock, state, changes } = opened(world, {
    at: Date.parse('2027-01-02T10:00:00Z'),
  });
  const view = await library.refreshPeriod({ kind: 'week' });
  expect(view).toMatchObject({
    asked: '2026-W53',
    shown: '2026-W53',
    fromDays: true,
    refreshDue: false,
    older: '2026-W52',
  });
  expect(view.trouble).toBeUndefined();
  expect(ids(view)).toEqual(['2612.00003', '2612.00002', '2612.00001', '2612.00004']);
  expect(view.papers[1]?.trending).toMatchObject({ upvotes: 30, day: '2027-01-01', rank: 1 });
  // The week itself, and six days: the seventh is still to come.
  expect(asked).toHaveLength(7);
  expect(changes.findLast((change) => change.progress)?.progress).toEqual({ done: 7, of: 7 });

  // A fault in one of its days leaves the week whole, and it comes back by itself.
  clock.now += 26 * hour;
  state.serve = (url) =>
    url.searchParams.get('date') === '2027-01-03' ? json({}, 500) : world(url);
  const faulty = await library.refreshPeriod({ kind: 'week' });
  expect(ids(faulty)).toHaveLength(4);
  expect(faulty).toMatchObject({ fromDays: true, trouble: { kind: 'failing' } });
  clock.now += minute;
  state.serve = lists({ ...days, '2027-01-03': [item('2612.00009', 99)] });
  const mended = await library.refreshPeriod({ kind: 'week' });
  expect(ids(mended)[0]).toBe('2612.00009');
  expect(mended.trouble).toBeUndefined();
});

test.each([
  ['another week', [item('2601.00001', 9, { submittedOnDailyAt: '2026-01-02T00:00:00.000Z' })]],
  ['nothing', []],
])('where the service answers with %s for a 53rd week, its days count', async (_, answer) => {
  const days = lists({ '2026-12-29': [item('2612.00001', 5)] });
  const { library } = opened((url) => (url.searchParams.has('week') ? answer : days(url)), {
    at: Date.parse('2027-01-02T10:00:00Z'),
  });
  const view = await library.refreshPeriod({ kind: 'week' });
  expect(view).toMatchObject({ shown: '2026-W53', fromDays: true });
  expect(ids(view)).toEqual(['2612.00001']);
});

test('the word of the service counts for a 53rd week that it knows, from the Friday before on', async () => {
  const rows = [item('2612.00001', 5, { submittedOnDailyAt: '2026-12-25T00:00:00.000Z' })];
  const { library, asked } = opened(() => rows, { at: Date.parse('2027-01-02T10:00:00Z') });
  const view = await library.refreshPeriod({ kind: 'week' });
  expect(ids(view)).toEqual(['2612.00001']);
  expect(view.fromDays).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('other lists leave the day and the rank of a paper alone, and bring its newest votes', async () => {
  const rows = [item('2608.00001', 50), item('2608.00002', 9)];
  const newer = [
    item('2608.00002', 90, { submittedOnDailyAt: '2026-08-18T23:00:00.000Z' }),
    item('2608.00001', 60),
    item('2608.00003', 4, { submittedOnDailyAt: '2026-08-17T00:00:00.000Z' }),
  ];
  const { library, clock, db } = opened(lists({ [wednesday]: rows, '2026-W34': newer }));
  await library.refreshPeriod({ kind: 'day' });
  clock.now += 5 * minute;
  const week = await library.refreshPeriod({ kind: 'week' });
  expect(ids(week)).toEqual(['2608.00002', '2608.00001', '2608.00003']);
  expect(week.papers[0]?.trending).toMatchObject({ day: wednesday, rank: 2, upvotes: 90 });
  const [second, third] = await library.look(['2608.00002', '2608.00003'].map(id));
  expect(second?.trending).toMatchObject({ day: wednesday, rank: 2, upvotes: 90 });
  // No list of a day has it yet: the day is what the week says, and there is no rank.
  expect(third?.trending).toMatchObject({ day: '2026-08-17', upvotes: 4 });
  expect(third?.trending?.rank).toBeUndefined();
  // In the list of the day stands what that list said.
  const day = await library.period({ kind: 'day' });
  expect(day.papers.map(({ trending }) => trending.upvotes)).toEqual([50, 9]);
  // Weeks, months and Trending share what they say of a paper.
  const before = await db.entries.count();
  await library.refreshPeriod({ kind: 'trending' }, true);
  expect(await db.entries.count()).toBe(before);
});

test('while the list of today is short, the last full day is one click away', async () => {
  const past = {
    '2026-08-13': many(30, '2607'),
    '2026-08-14': many(27, '2606'),
    '2026-08-17': many(3, '2605'),
    '2026-08-18': many(24, '2604'),
  };
  const shown = async (count: number) => {
    const { library } = opened(lists({ ...past, [wednesday]: many(count) }));
    await library.refreshDue();
    return library.period({ kind: 'day' });
  };
  expect(await shown(8)).toMatchObject({ shown: wednesday, fuller: '2026-08-18' });
  expect((await shown(9)).fuller).toBeUndefined();
  // It is a thing of today alone, and of days that are stored.
  const { library } = opened(lists({ ...past, [wednesday]: many(2) }));
  expect((await library.refreshPeriod({ kind: 'day' })).fuller).toBeUndefined();
  const monday = await library.refreshPeriod({ kind: 'day', at: '2026-08-17' });
  expect([monday.shown, monday.fuller]).toEqual(['2026-08-17', undefined]);
  expect((await library.period({ kind: 'day' })).fuller).toBe('2026-08-17');
});

test.each([
  ['a failure', () => json({}, 500), 'failing'],
  ['half an answer', () => new Response('[{"paper":'), 'unreadable'],
  ['too many requests', () => json({}, 429), 'busy'],
  ['a broken connection', noNetwork(), 'unreachable'],
  ['a refusal', () => json({ error: 'p' }, 400), 'failing'],
  ['silence about the papers', () => json([{ nonsense: true }]), 'unreadable'],
] as const)('%s in the third page of a month leaves the last good one', async (_, fault, kind) => {
  const world = lists({ '2026-08': many(430) });
  const { library, clock, state, changes } = opened(world);
  const before = await library.refreshPeriod({ kind: 'month' });
  clock.now += 4 * hour;
  state.serve = (url) => (url.searchParams.get('p') === '2' ? fault : world(url));
  changes.length = 0;
  const after = await library.refreshPeriod({ kind: 'month' });
  expect(ids(after)).toEqual(ids(before));
  expect(after).toMatchObject({ fetchedAt: start, trouble: { kind } });
  // Whoever shows progress hears of its end.
  const { done, of } = changes.findLast((change) => change.progress)?.progress ?? {};
  expect(done).toBe(of);
  state.serve = world;
  clock.now = Math.max(clock.now + minute, (after.trouble?.retryAt ?? 0) + 1);
  const mended = await library.refreshPeriod({ kind: 'month' });
  expect(mended).toMatchObject({ fetchedAt: clock.now });
  expect(mended.trouble).toBeUndefined();
});

test('when the quota ends between two pages, no more are asked for', async () => {
  const world = lists({ '2026-08': many(430) });
  const spent = { ratelimit: '"api";r=0;t=60' };
  const { library, asked, clock } = opened((url) =>
    url.searchParams.has('p') && clock.now === start
      ? json(many(100, '2607'), 200, spent)
      : world(url),
  );
  const view = await library.refreshPeriod({ kind: 'month' });
  expect(view.trouble).toEqual({ kind: 'busy', retryAt: start + 61_000 });
  expect(asked).toHaveLength(2);
  clock.now += 62_000;
  expect((await library.refreshPeriod({ kind: 'month' })).papers).toHaveLength(430);
});

/** A library that remembers when each request was made. */
function timed(serve: (url: URL) => Served | undefined, more: Parameters<typeof opened>[1] = {}) {
  const times: number[] = [];
  const world = opened(undefined, more);
  const serving = (next: typeof serve) => {
    world.state.serve = (url) => {
      times.push(world.clock.now);
      return next(url);
    };
  };
  serving(serve);
  return { ...world, times, serving };
}

/** The most requests in any minute. */
const mostInAMinute = (times: number[]) =>
  Math.max(...times.map((one) => times.filter((at) => at >= one && at < one + minute).length));

/** A name of a list as asked for. */
const nameOf = (asked: string) => new URL(`https://x${asked}`).search.split(/[=&]/)[1];

test('after a week away what is missing comes at 30 requests a minute, however often the background dies', async () => {
  const { library, name, clock, times, asked } = timed(lists(week));
  await library.refreshDue();
  expect(asked).toHaveLength(23);
  expect(mostInAMinute(times)).toBeLessThanOrEqual(30);

  clock.now += 7 * dayLength;
  // Backgrounds that die in the middle of their third request, and are woken again at once.
  const all: number[] = [];
  const fetched: string[] = [];
  for (let life = 0, over = false; life < 20 && !over; life++) {
    const death = Promise.withResolvers<void>();
    let left = 2;
    const next = timed(
      (url) => {
        if (left-- > 0) return lists(week)(url);
        death.resolve();
        return () => new Promise(() => {});
      },
      { name, at: clock.now },
    );
    const done = next.library.refreshDue().then(() => true);
    over = (await Promise.race([done, death.promise])) ?? false;
    all.push(...next.times);
    fetched.push(...next.asked.map((one) => nameOf(one) ?? ''));
    clock.now = next.clock.now;
  }
  for (const day of ['2026-08-20', '2026-08-21', '2026-08-24', '2026-08-25', '2026-08-26']) {
    expect(fetched).toContain(day);
  }
  expect(all.length).toBeGreaterThan(6);
  expect(mostInAMinute(all)).toBeLessThanOrEqual(30);
});

test('what a person asks for does not wait for the pace', async () => {
  const world = timed(lists({ ...week, '2026-08': many(430) }));
  const { library, paused, clock } = world;
  await library.refreshDue();
  const before = paused.length;
  const now = clock.now;
  await library.refreshPeriod({ kind: 'month' });
  await library.refreshPeriod({ kind: 'day' }, true);
  expect(paused).toHaveLength(before);
  expect(clock.now).toBe(now);
});

test('who waits for a list that comes by itself makes it hurry', async () => {
  const world = lists({ trending: many(430) });
  const { library, clock, state } = opened();
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const times: number[] = [];
  state.serve = (url) => {
    if (!url.search.includes('trending')) return world(url);
    times.push(clock.now);
    begun.resolve();
    return async () => {
      await gate.promise;
      return world(url) as Response;
    };
  };
  await library.period({ kind: 'trending' });
  const background = library.refreshDue();
  await begun.promise;
  const view = library.refreshPeriod({ kind: 'trending' });
  // The question joins the requests that run.
  await library.period({ kind: 'trending' });
  gate.resolve();
  expect((await view).papers).toHaveLength(430);
  expect(times).toHaveLength(5);
  expect(new Set(times).size).toBe(1);
  await background;
});

test('so do the days of which a week is put together', async () => {
  const days = lists({ '2026-12-29': [item('2612.00001', 5)] });
  const { library, state, paused } = opened(days, { at: Date.parse('2027-01-02T10:00:00Z') });
  await library.period({ kind: 'week' });
  state.serve = (url) => {
    if (!url.searchParams.has('week')) return days(url);
    // The service refuses the week. From here on, the turn of whatever comes by itself never comes.
    state.asleep = true;
    return json({}, 400);
  };
  void library.refreshDue();
  await expect.poll(() => state.asleep && paused.length).toBe(1);
  const view = await library.refreshPeriod({ kind: 'week' });
  expect(view).toMatchObject({ shown: '2026-W53', fromDays: true });
  expect(ids(view)).toEqual(['2612.00001']);
});

test('and does not wait for a turn that was far away', async () => {
  const { library, state, paused, asked } = opened(lists(week));
  await library.period({ kind: 'trending' });
  // Pauses last for ever from here on.
  state.asleep = true;
  const background = library.refreshDue();
  await expect.poll(() => paused).toHaveLength(1);
  expect(asked).toEqual([`/api/daily_papers?date=${wednesday}&limit=100`]);
  const view = await library.refreshPeriod({ kind: 'trending' });
  expect(view).toMatchObject({ shown: 'trending', refreshDue: false });
  expect(asked).toContain('/api/daily_papers?sort=trending&limit=100');
  await Promise.race([background, expect.poll(() => paused).toHaveLength(2)]);
});

test('weeks, months and Trending come by themselves for 14 days after the person looked at them', async () => {
  const { library, clock, asked } = opened(lists(week));
  const kinds = async () => {
    const before = asked.length;
    await library.refreshDue();
    return [...new Set(asked.slice(before).map((one) => kindOf(nameOf(one) ?? '')))].sort();
  };
  expect(await kinds()).toEqual(['day']);
  await library.period({ kind: 'week' });
  await library.period({ kind: 'trending' });
  expect(await kinds()).toEqual(['trending', 'week']);
  // The next week is of the same kind.
  clock.now += 7 * dayLength;
  expect(await kinds()).toEqual(['day', 'trending', 'week']);
  expect(asked).toContain('/api/daily_papers?week=2026-W35&limit=100');
  await library.period({ kind: 'week' });
  clock.now += 8 * dayLength;
  expect(await kinds()).toEqual(['day', 'week']);
});

test('when little is left of the quota, lists that nobody waits for leave it to opened papers', async () => {
  const left = (r: number) => ({
    ratelimit: `"api";r=${r};t=100`,
    'ratelimit-policy': '"fixed window";"api";q=500;w=300',
  });
  let r = 101;
  const { library, asked, clock } = opened((url) =>
    url.pathname.startsWith('/api/papers/')
      ? json({ id: '2608.00001', upvotes: 1 }, 200, left(--r))
      : json([], 200, left(--r)),
  );
  await library.refreshDue();
  expect(asked).toHaveLength(2);
  await library.refreshDue();
  expect(asked).toHaveLength(2);
  await library.lookUp(id('2608.00001'));
  await library.refreshPeriod({ kind: 'day', at: '2026-08-11' });
  expect(asked.length).toBeGreaterThan(3);
  const before = asked.length;
  clock.now += 101_000;
  r = 500;
  await library.refreshDue();
  expect(asked.length).toBeGreaterThan(before + 10);
});

test('a small quota of another service is not taken for little', async () => {
  let r = 40;
  const { library, asked } = opened(() =>
    json([], 200, {
      ratelimit: `"api";r=${--r};t=100`,
      'ratelimit-policy': '"fixed window";"api";q=50;w=300',
    }),
  );
  await library.refreshDue();
  expect(asked).toHaveLength(23);
});

test('two windows that ask for the same lists at once make each request once', async () => {
  const { library, asked } = opened(lists({ ...week, '2026-W34': many(105) }));
  const views = await Promise.all([
    library.refreshPeriod({ kind: 'week' }),
    library.refreshPeriod({ kind: 'week' }, true),
    library.refreshDue(),
    library.refreshPeriod({ kind: 'week' }),
    library.refreshDue(),
  ]);
  expect(views.map((view) => view && ids(view).length)).toEqual([
    105,
    105,
    undefined,
    105,
    undefined,
  ]);
  expect(asked.filter((one) => one.includes('week='))).toHaveLength(2);
  expect(asked).toHaveLength(new Set(asked).size);
});

test('a clock that is set forward and back again misses no day', async () => {
  // The service knows what day it is.
  const named: Record<string, object[]> = { ...week };
  const { library, clock, state } = opened(lists(named, wednesday));
  await library.refreshDue();
  clock.now += 40 * dayLength;
  await library.refreshDue();
  expect((await library.refreshPeriod({ kind: 'day' })).shown).toBe(wednesday);
  clock.now = start + hour;
  expect((await library.refreshPeriod({ kind: 'day' })).shown).toBe(wednesday);
  // The days come, and are asked for though they were said to be empty once.
  for (const day of ['2026-08-20', '2026-08-21', '2026-08-24']) {
    named[day] = [item(`2608.1${day.slice(8)}00`, 5)];
    state.serve = lists(named, day);
    clock.now = Date.parse(`${day}T09:00:00Z`);
    await library.refreshDue();
    expect(await library.period({ kind: 'day' })).toMatchObject({ shown: day, refreshDue: false });
  }
  // Also those that come while the machine is off.
  clock.now = Date.parse('2026-08-25T09:00:00Z');
  state.serve = lists({ ...named, '2026-08-25': [item('2608.12500', 1)] }, '2026-08-25');
  await library.refreshDue();
  expect((await library.period({ kind: 'day' })).shown).toBe('2026-08-25');
});

test('days that were refused under a wrong clock are asked for after that time has truly passed', async () => {
  const { library, clock, state } = opened(lists(week, wednesday), {
    at: start + 10 * dayLength,
  });
  await library.refreshDue();
  clock.now = start;
  await library.refreshDue();
  // The machine is off until that day.
  clock.now = start + 10 * dayLength + hour;
  const later = { ...week, '2026-08-25': [item('2608.12500', 1)] };
  state.serve = lists(later, '2026-08-29');
  await library.refreshDue();
  expect((await library.period({ kind: 'day', at: '2026-08-25' })).shown).toBe('2026-08-25');
});

test('a rest that was stored under a clock of tomorrow holds nobody back', async () => {
  const { library, clock, asked, state } = opened(() => json({}, 429), { at: start + dayLength });
  await library.refreshPeriod({ kind: 'day' });
  expect(asked).toHaveLength(1);
  clock.now = start;
  state.serve = lists(week);
  expect(await library.refreshPeriod({ kind: 'day' })).toMatchObject({ shown: wednesday });
  expect(asked).toHaveLength(2);
});

test('a refresh that sleeps over midnight goes on with the new day', async () => {
  const { library, clock, state, asked } = opened();
  const named = { ...week, '2026-08-20': [item('2608.00020', 1)] };
  state.serve = (url) => {
    if (asked.length === 5) clock.now += dayLength;
    return lists(named)(url);
  };
  await library.refreshDue();
  expect(asked.map(nameOf).slice(5, 6)).toEqual(['2026-08-20']);
  expect((await library.period({ kind: 'day' })).shown).toBe('2026-08-20');
});

test('30 days of alarms with deaths, sleeps and faults: every day is there in the end, each list whole', async () => {
  const chance = (seed: number) => {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
  };
  const random = chance(7);
  const named: Record<string, object[]> = {};
  for (let day = 1; day <= 30; day++) {
    const date = shift('2026-08-01', day);
    const weekday = new Date(date).getUTCDay();
    if (weekday > 0 && weekday < 6)
      named[date] = many(
        3 + (day % 5),
        `${15 + Math.floor(day / 12)}${String((day % 12) + 1).padStart(2, '0')}`,
      );
  }
  const name = 'thirty-days';
  const end = Date.parse('2026-09-01T00:00:00Z');
  let now = Date.parse('2026-08-02T08:00:00Z');
  const times: number[] = [];
  while (now < end) {
    const today = new Date(now).toISOString().slice(0, 10);
    const faulty = random() < 0.3;
    const { library, clock, state, db } = opened(undefined, { name, at: now });
    let left = Math.floor(random() * 6);
    state.serve = (url) => {
      times.push(clock.now);
      if (faulty && left-- <= 0) return random() < 0.5 ? json({}, 503) : noNetwork();
      return lists(named, today)(url);
    };
    await library.refreshDue();
    db.close();
    // An alarm each quarter of an hour; sometimes the machine sleeps, up to three days.
    now = clock.now + 15 * minute + (random() < 0.1 ? random() * 3 * dayLength : 0);
  }
  expect(mostInAMinute(times)).toBeLessThanOrEqual(30);
  const { library } = opened(lists(named), { name, at: end });
  await library.refreshDue();
  for (const [day, rows] of Object.entries(named)) {
    const view = await library.period({ kind: 'day', at: day });
    expect([view.shown, ids(view).toSorted()]).toEqual([day, idsOf(rows).toSorted()]);
  }
});
