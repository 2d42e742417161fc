// Which day is shown, where the buttons lead, and what is asked for again.
import { expect, test } from 'vitest';
import { due, path, shift } from '../../src/library/periods';
import { dayLength, hour, item, json, lists, minute, opened, start } from './opened';

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
});

test('today is fetched when it is missing, and shown from the storage afterwards', async () => {
  const { library, asked } = opened(lists(week));
  expect(await library.period({ kind: 'day' })).toMatchObject({ asked: wednesday, papers: [], refreshDue: true });
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
  expect(await library.refreshPeriod({ kind: 'day' })).toMatchObject({ asked: wednesday, shown: '2026-08-18' });
});

test('newer leads from Friday to Monday and ends at the newest day with papers', async () => {
  const { library } = opened(lists(week));
  await library.refreshPeriod({ kind: 'day' });
  const friday = await library.refreshPeriod({ kind: 'day', at: '2026-08-16' });
  expect(friday.shown).toBe('2026-08-14');
  const monday = await library.refreshPeriod({ kind: 'day', at: friday.newer ?? '', toward: 'newer' });
  expect(monday.shown).toBe('2026-08-17');
  // The Sunday between them, though it is known to be empty: whoever asks hears that it was passed over.
  expect(monday.older).toBe('2026-08-16');
  expect(monday.older && (await library.refreshPeriod({ kind: 'day', at: monday.older })).shown).toBe('2026-08-14');
  const tuesday = await library.refreshPeriod({ kind: 'day', at: monday.newer ?? '', toward: 'newer' });
  expect(tuesday.shown).toBe('2026-08-18');
  const last = await library.refreshPeriod({ kind: 'day', at: tuesday.newer ?? '', toward: 'newer' });
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
  expect((await library.refreshPeriod({ kind: 'day' })).papers.map((one) => one.id)).toEqual(['2608.00019']);
  clock.now += hour;
  state.serve = () => [{ paper: { id: '2608.00019', title: 7, upvotes: 'many', authors: 'x' } }];
  const [after] = (await library.refreshPeriod({ kind: 'day' })).papers;
  expect(after?.paper).toEqual(before.papers[0]?.paper);
  expect(after?.trending.upvotes).toBe(9);
});

test('concurrent questions share one request', async () => {
  const { library, asked } = opened(lists(week));
  await Promise.all([library.refreshPeriod({ kind: 'day' }), library.refreshPeriod({ kind: 'day' }), library.refreshPeriod({ kind: 'day' }, true)]);
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
  expect(changes[0]).toEqual({ periods: [wednesday], papers: ['2608.00019'] });
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
