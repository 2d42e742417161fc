// Topics: what they find in stored lists, what they tell of and when, and how files carry them.
import 'fake-indexeddb/auto';
import { describe, expect, test, vi } from 'vitest';
import { topicsOf } from '../../src/library/matching';
import { type Row, storeDay, topic } from './followed';
import { dayLength, hour, id, item, json, lists, minute, opened, paper, start } from './opened';

const llama = (n: string, upvotes = 0): Row => ({ id: n, title: `A llama called ${n}`, upvotes });
const other = (n: string): Row => ({ id: n, title: `On kites of ${n}` });
const today = '2026-08-19';
const daily = { when: 'daily', hour: 9 } as const;
const popular = { when: 'upvotes', upvotes: 50 } as const;

/** Shows all that is due, as the background does. */
async function tell({ library }: ReturnType<typeof opened>) {
  const due = await library.dueNotices();
  await library.notified(due.map(({ key }) => key));
  return due.map(({ title, message }) => `${title} | ${message.replaceAll('\n', ' | ')}`);
}

describe('a topic', () => {
  test('is stored once, however often it is put, and changes keep its place', async () => {
    const { library, changes } = opened();
    const first = topic(1, 'llama');
    await library.putTopic(topic(2, 'kites'));
    await library.putTopic({ ...first, name: '  Llamas  ' });
    const stored = await library.putTopic({ ...first, name: 'Llamas' });
    expect(stored.map(({ name }) => name)).toEqual(['Llamas', 'kites']);
    expect(changes).toEqual([{ digest: true }, { digest: true }]);
    await library.putTopic({ ...first, query: 'llama OR alpaca', createdAt: start });
    expect(await library.topics()).toEqual([
      { ...first, query: 'llama OR alpaca' },
      topic(2, 'kites'),
    ]);
  });

  test.each([
    [{ name: ' ' }, /a name/],
    [{ name: 'x'.repeat(201) }, /too long/],
    [{ query: 'llama OR' }, /no word after this “OR”/],
    [{ query: '-survey -(kites OR rivers)' }, /only leaves papers out/],
    [{ query: '  ' }, /what the topic is to find/],
    [{ query: 'is:saved' }, /cannot be used here/],
  ])('is refused with a sentence: %o', async (wrong, says) => {
    const { library } = opened();
    await expect(library.putTopic({ ...topic(1, 'llama'), ...wrong })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(says),
    });
    expect(await library.topics()).toEqual([]);
  });

  test('that was removed can be restored for 30 days; then its texts are gone', async () => {
    const { library, db, clock } = opened();
    const one = topic(1, 'llama');
    await library.putTopic(one);
    expect(await library.removeTopic(one.id)).toEqual([]);
    clock.now += 30 * dayLength - minute;
    await library.refreshDue();
    expect(await library.restoreTopic(one.id)).toEqual([one]);
    await library.removeTopic(one.id);
    clock.now += 30 * dayLength;
    await library.refreshDue();
    expect(await library.restoreTopic(one.id)).toEqual([]);
    expect(await db.topics.toArray()).toMatchObject([{ name: '', query: '', deleted: 1 }]);
    expect(await library.putTopic(one)).toEqual([one]);
  });
});

describe('a preview', () => {
  test('shows the first five of the last 30 days, newest day first, each paper once', async () => {
    const { library, db } = opened();
    await storeDay(db, '2026-07-19', [llama('2607.00009')], start);
    await storeDay(db, '2026-07-20', [llama('2607.00001')], start);
    await storeDay(
      db,
      '2026-08-18',
      ['1', '2', '3'].map((n) => llama(`2608.0000${n}`)),
      start,
    );
    await storeDay(
      db,
      today,
      [other('2608.00007'), llama('2608.00004'), llama('2608.00003')],
      start,
    );
    await storeDay(db, '2026-08', [llama('2608.00008')], start);
    const { total, papers, problem } = await library.previewTopic('llama');
    expect(problem).toBeUndefined();
    expect(total).toBe(5);
    expect(papers.map((one) => one.id)).toEqual([
      '2608.00004',
      '2608.00003',
      '2608.00001',
      '2608.00002',
      '2607.00001',
    ]);
    expect(papers[0]).toMatchObject({ trending: { day: today, rank: 2 }, saved: false });
    expect((await library.previewTopic('paper')).papers).toHaveLength(0);
  });

  test('follows a list that was fetched again, and what the person saved', async () => {
    const { library, db } = opened();
    await storeDay(db, today, [llama('2608.00001')], start);
    expect((await library.previewTopic('llama')).total).toBe(1);
    await library.save(paper('2608.00002'));
    await storeDay(db, today, [llama('2608.00001'), llama('2608.00002')], start + minute);
    const { papers } = await library.previewTopic('llama');
    expect(papers.map(({ saved }) => saved)).toEqual([false, true]);
  });

  test('of a query that cannot be read says where; of nothing it is empty', async () => {
    const { library } = opened();
    const { problem } = await library.previewTopic('llama OR');
    expect(problem).toMatchObject({ at: 6, length: 2, says: expect.stringContaining('OR') });
    expect(await library.previewTopic(' ')).toEqual({ total: 0, papers: [] });
  });

  test('reads a list once, as long as it does not change', async () => {
    const { library, db } = opened();
    await storeDay(db, '2026-08-18', [llama('2608.00001')], start);
    await storeDay(db, today, [llama('2608.00002'), llama('2608.00003')], start);
    const where = vi.spyOn(db.entries, 'where');
    const lists = () =>
      where.mock.calls.filter(([asked]) => typeof asked === 'object' && 'period' in asked).length;
    for (const query of ['llama', 'kites', 'llama -kites']) await library.previewTopic(query);
    expect(lists()).toBe(2);
    await storeDay(db, today, [llama('2608.00003')], start + minute);
    where.mockClear();
    expect((await library.previewTopic('llama')).total).toBe(2);
    expect(lists()).toBe(1);
  });
});

describe('a daily notice', () => {
  test('tells once, at its hour or after it, of what came since the topic was made', async () => {
    const world = opened(undefined, { at: start - 3 * hour });
    const { library, db, clock } = world;
    await storeDay(db, today, [llama('2608.00001')], clock.now);
    await library.putTopic(topic(1, 'llama', daily));
    await storeDay(db, today, [llama('2608.00001'), llama('2608.00002', 7)], clock.now + 1);
    await storeDay(db, '2026-08-18', [llama('2608.00003')], clock.now + 1);
    expect(await tell(world)).toEqual([]);
    clock.now += 2 * hour;
    expect(await tell(world)).toEqual(['llama: 1 new paper | A llama called 2608.00002']);
    await storeDay(db, today, [llama('2608.00002'), llama('2608.00004')], clock.now);
    clock.now += hour;
    expect(await tell(world)).toEqual([]);
    clock.now += 22 * hour;
    expect(await tell(world)).toEqual([]);
    clock.now += hour;
    // One of them came back on another day: it is not told again.
    await storeDay(db, '2026-08-20', [llama('2608.00002'), llama('2608.00005', 9)], clock.now);
    expect(await tell(world)).toEqual([
      'llama: 2 new papers | A llama called 2608.00005 | A llama called 2608.00004',
    ]);
  });

  test('tells later in the day what comes later, when there was nothing before', async () => {
    const world = opened();
    const { library, db, clock } = world;
    await library.putTopic(topic(1, 'llama', daily));
    expect(await tell(world)).toEqual([]);
    await storeDay(db, today, [llama('2608.00001')], clock.now);
    expect(await tell(world)).toHaveLength(1);
  });

  test('is given again, the same, until it was shown; the next one waits for that', async () => {
    const world = opened();
    const { library, db, clock } = world;
    await library.putTopic(topic(1, 'llama', daily));
    await storeDay(db, today, [llama('2608.00001'), llama('2608.00002')], clock.now);
    const first = await library.dueNotices();
    await storeDay(db, today, [llama('2608.00001', 9), llama('2608.00003')], clock.now + 1);
    expect(await library.dueNotices()).toEqual(first);
    clock.now += dayLength;
    expect(await library.dueNotices()).toEqual(first);
    await library.notified(first.map(({ key }) => key));
    // That was the one of this day.
    expect(await library.dueNotices()).toEqual([]);
    clock.now += dayLength;
    expect(await tell(world)).toEqual(['llama: 1 new paper | A llama called 2608.00003']);
  });

  test('comes once a day of the person, wherever they travel', async () => {
    const world = opened(undefined, { at: Date.parse('2026-08-19T00:30:00Z') });
    const { library, db, clock, state } = world;
    state.zone = 9;
    await library.putTopic(topic(1, 'llama', daily));
    await storeDay(db, today, [llama('2608.00001')], clock.now);
    expect(await tell(world)).toHaveLength(1);
    await storeDay(db, today, [llama('2608.00002')], clock.now + 1);
    // Nine in the morning of the same day, in New York.
    state.zone = -4;
    clock.now += 13 * hour;
    expect(await tell(world)).toEqual([]);
    clock.now += 23 * hour;
    expect(await tell(world)).toEqual([]);
    clock.now += hour;
    expect(await tell(world)).toHaveLength(1);
  });

  test('is long where there are many papers, and names three of them', async () => {
    const world = opened();
    await world.library.putTopic(topic(1, 'llama', daily));
    const rows = [1, 2, 3, 4, 5].map((n) => llama(`2608.0000${n}`, n));
    await storeDay(world.db, today, rows, start);
    expect(await tell(world)).toEqual([
      'llama: 5 new papers | A llama called 2608.00005 | A llama called 2608.00004 | A llama called 2608.00003 | and 2 more',
    ]);
  });
});

test('a daily notice waits for a refresh that comes next, unless the list of today is young', async () => {
  const { library, db, clock } = opened();
  await library.putTopic(topic(1, 'llama', daily));
  await storeDay(db, today, [llama('2608.00001')], start);
  clock.now += hour;
  expect(await library.dueNotices(true)).toEqual([]);
  clock.now -= minute;
  expect(await library.dueNotices(true)).toHaveLength(1);
});

describe('a notice of upvotes', () => {
  test('goes by the newest count, which a list of a month may bring for an old paper', async () => {
    const world = opened();
    const { library, state, clock } = world;
    const day = '2026-08-05';
    const old = (upvotes: number) => item('2608.00001', upvotes, { title: 'A llama' });
    state.serve = lists({ [day]: [old(12)] });
    await library.refreshPeriod({ kind: 'day', at: day });
    await library.putTopic(topic(1, 'llama', popular));
    expect(await tell(world)).toEqual([]);
    clock.now += hour;
    state.serve = lists({ '2026-08': [old(60)] });
    await library.refreshPeriod({ kind: 'month' });
    expect((await world.db.entries.get([day, id('2608.00001')]))?.trending.upvotes).toBe(12);
    expect(await tell(world)).toEqual([
      expect.stringMatching(/^llama: 1 paper with 50 upvotes or more/),
    ]);
    expect(await tell(world)).toEqual([]);
  });

  test('does not tell of what had passed the number before the topic was made', async () => {
    const world = opened();
    const { library, state } = world;
    const old = (upvotes: number) => item('2608.00001', upvotes, { title: 'A llama' });
    state.serve = lists({ '2026-08-05': [old(12)], '2026-08': [old(60)] });
    await library.refreshPeriod({ kind: 'day', at: '2026-08-05' });
    await library.refreshPeriod({ kind: 'month' });
    await library.putTopic(topic(1, 'llama', popular));
    expect(await tell(world)).toEqual([]);
  });

  test('tells at once of what passes the number, together, and each once', async () => {
    const world = opened();
    const { library, db, clock } = world;
    await storeDay(db, '2026-08-18', [llama('2608.00001', 80), llama('2608.00002', 49)], start);
    await library.putTopic(topic(1, 'llama', popular));
    expect(await tell(world)).toEqual([]);
    clock.now += hour;
    await storeDay(db, '2026-08-18', [llama('2608.00001', 90), llama('2608.00002', 50)], clock.now);
    await storeDay(db, today, [llama('2608.00003', 70), other('2608.00004')], clock.now);
    expect(await tell(world)).toEqual([
      'llama: 2 papers with 50 upvotes or more | A llama called 2608.00003 | A llama called 2608.00002',
    ]);
    await storeDay(db, today, [llama('2608.00003', 71), llama('2608.00005', 51)], clock.now + 1);
    expect(await tell(world)).toEqual([
      'llama: 1 paper with 50 upvotes or more | A llama called 2608.00005',
    ]);
    expect(await tell(world)).toEqual([]);
  });
});

describe('what is there already', () => {
  test('is not told when a topic is made before the first list came, but for today', async () => {
    const world = opened();
    const { library, db } = world;
    await library.putTopic(topic(1, 'llama', popular));
    await storeDay(db, '2026-08-17', [llama('2608.00001', 99)], start);
    await storeDay(db, today, [llama('2608.00002', 99)], start);
    expect(await tell(world)).toEqual([
      'llama: 1 paper with 50 upvotes or more | A llama called 2608.00002',
    ]);
  });

  test('is not told when a topic is turned to tell, or its query takes in more', async () => {
    const world = opened();
    const { library, db, clock } = world;
    await library.putTopic(topic(1, 'llama'));
    await storeDay(db, today, [llama('2608.00001'), other('2608.00002')], start);
    await library.putTopic(topic(1, 'llama', daily));
    expect(await tell(world)).toEqual([]);
    await storeDay(db, today, [llama('2608.00003'), other('2608.00002')], start + 1);
    // This one waits, whatever else the query takes in.
    await library.putTopic(topic(1, 'llama OR kites', { when: 'daily', hour: 8 }));
    expect(await tell(world)).toEqual(['llama OR kites: 1 new paper | A llama called 2608.00003']);
    clock.now += dayLength;
    expect(await tell(world)).toEqual([]);
  });

  test('stays told when the clock is set back behind it', async () => {
    const world = opened();
    const { library, db, clock } = world;
    for (const day of ['2026-08-12', '2026-08-13', today])
      await storeDay(db, day, [llama(`2608.000${day.slice(-2)}`)], start);
    await library.putTopic(topic(1, 'llama', daily));
    clock.now -= 6 * dayLength;
    expect(await tell(world)).toEqual([]);
  });

  test('waits for its day when the clock is set back before it', async () => {
    const world = opened();
    await world.library.putTopic(topic(1, 'llama', daily));
    await storeDay(world.db, today, [llama('2608.00001')], start);
    world.clock.now -= 20 * dayLength;
    expect(await tell(world)).toEqual([]);
    world.clock.now += 21 * dayLength;
    expect(await tell(world)).toHaveLength(1);
  });

  test('is told neither by a topic that was removed nor by one that tells nothing', async () => {
    const world = opened();
    const { library, db } = world;
    await library.putTopic(topic(1, 'llama', daily));
    await library.putTopic(topic(2, 'llama', daily));
    await storeDay(db, today, [llama('2608.00001')], start);
    expect(await library.dueNotices()).toHaveLength(2);
    await library.removeTopic(topic(1, '').id);
    await library.putTopic(topic(2, 'llama'));
    expect(await library.dueNotices()).toEqual([]);
    await library.putTopic(topic(2, 'llama', daily));
    expect(await library.dueNotices()).toEqual([]);
    await library.restoreTopic(topic(1, '').id);
    expect(await library.dueNotices()).toHaveLength(1);
  });

  test('is forgotten after 120 days, when no list brings it back', async () => {
    const world = opened();
    await world.library.putTopic(topic(1, 'llama', daily));
    await storeDay(world.db, today, [llama('2608.00001')], start);
    await tell(world);
    world.clock.now += 119 * dayLength;
    await world.library.refreshDue();
    expect(await world.db.told.count()).toBe(1);
    world.clock.now += dayLength;
    // Nothing came in all that time: the clock may be wrong.
    await world.library.refreshDue();
    expect(await world.db.told.count()).toBe(1);
    await storeDay(world.db, '2026-12-16', [other('2612.00001')], world.clock.now);
    await world.library.refreshDue();
    expect(await world.db.told.count()).toBe(0);
  });
});

describe('the export', () => {
  const file = (...topics: object[]) =>
    JSON.stringify({ format: 'paper-margin', version: 3, papers: [], topics });

  test('carries topics, the removed ones without their texts, and twice is once', async () => {
    const here = opened();
    await here.library.putTopic(topic(1, 'llama', daily));
    await here.library.putTopic(topic(2, 'kites'));
    await here.library.removeTopic(topic(2, '').id);
    const text = await here.library.exportJson();
    expect(text).not.toContain('kites');
    const there = opened();
    const counts = { added: 1, changed: 0, same: 0 };
    expect((await there.library.importJson(text)).topics).toEqual(counts);
    expect(await there.library.topics()).toEqual([topic(1, 'llama', daily)]);
    expect(there.changes).toContainEqual({ digest: true });
    const report = await there.library.importJson(text);
    expect(report.topics).toBeUndefined();
    const { exportedAt: _, ...again } = JSON.parse(await there.library.exportJson());
    expect(JSON.parse(text)).toMatchObject(again);
  });

  test('overwrites nothing newer, and brings what is newer', async () => {
    const here = opened();
    const one = topic(1, 'llama');
    await here.library.putTopic(one);
    const old = await here.library.exportJson();
    here.clock.now += minute;
    await here.library.putTopic({ ...one, name: 'Llamas' });
    const renamed = await here.library.exportJson();
    here.clock.now += minute;
    await here.library.removeTopic(one.id);
    const removed = await here.library.exportJson();
    expect((await here.library.importJson(old)).topics).toBeUndefined();
    expect(await here.library.topics()).toEqual([]);
    await here.library.restoreTopic(one.id);
    expect(await here.library.topics()).toMatchObject([{ name: 'Llamas' }]);
    const there = opened();
    for (const text of [old, renamed]) await there.library.importJson(text);
    expect(await there.library.topics()).toMatchObject([{ name: 'Llamas' }]);
    expect((await there.library.importJson(removed)).topics).toMatchObject({ changed: 1 });
    expect(await there.library.topics()).toEqual([]);
    there.clock.now += dayLength;
    expect(await there.library.restoreTopic(one.id)).toMatchObject([{ name: 'Llamas' }]);
  });

  test('tells of nothing that was here before it came', async () => {
    const world = opened();
    await storeDay(world.db, today, [llama('2608.00001')], start);
    const { createdAt, ...one } = topic(1, 'llama', daily);
    await world.library.importJson(file({ ...one, createdAt, changedAt: createdAt }));
    expect(await tell(world)).toEqual([]);
    await storeDay(world.db, today, [llama('2608.00002')], start + 1);
    expect(await tell(world)).toHaveLength(1);
  });

  test('reads each topic alone: a wrong one is named, and an older file has none', async () => {
    const { library } = opened();
    const good = topic(1, 'llama');
    const report = await library.importJson(
      file(
        { ...topic(2, 'llama OR'), name: 'Broken' },
        { ...good, notice: { when: 'monthly' }, more: 1 },
        { ...topic(3, 'kites'), id: 'x' },
      ),
    );
    expect(report).toMatchObject({
      topics: { added: 1 },
      refused: [
        { at: 1, why: 'in the list of topics: its field "query" is missing or wrong' },
        { at: 3, why: 'in the list of topics: its field "id" is missing or wrong' },
      ],
    });
    expect(await library.topics()).toEqual([good]);
    const older = await library.importJson('{"format":"paper-margin","version":2,"papers":[]}');
    expect(older.topics).toBeUndefined();
  });
});

test('a list of papers is told which topics they match, in the order of the topics', async () => {
  const { library, db } = opened();
  await library.putTopic(topic(2, 'org:kitelab'));
  await library.putTopic(topic(1, 'llama'));
  await library.putTopic(topic(3, 'kites'));
  await library.removeTopic(topic(3, '').id);
  const one = (text: string, title: string, organization: string) => ({
    paper: paper(text, { title }),
    trending: { keywords: [], organization },
  });
  const found = await topicsOf(db, [
    one('2608.00001', 'A llama', 'Kitelab'),
    one('2608.00002', 'On kites', 'Others'),
    one('2608.00003', 'On kites', 'Kitelab'),
  ]);
  expect([...found]).toEqual([
    [id('2608.00001'), [topic(1, '').id, topic(2, '').id]],
    [id('2608.00003'), [topic(2, '').id]],
  ]);
});

test('the digest and the preview say which topics a paper matches', async () => {
  const { library, db } = opened();
  await storeDay(db, today, [llama('2608.00001'), other('2608.00002')], start);
  await library.putTopic(topic(1, 'llama'));
  const { papers } = await library.period({ kind: 'day', at: today });
  expect(papers.map(({ topics }) => topics)).toEqual([[topic(1, '').id], undefined]);
  expect((await library.previewTopic('llama')).papers).toMatchObject([
    { topics: [topic(1, '').id] },
  ]);
});

test('what a refresh brings is told, after faults of the service too, and once when it moves', async () => {
  const days: Record<string, object[]> = { [today]: [item('2608.00001', 60)] };
  const world = opened(lists(days));
  const { library, clock, state } = world;
  await library.putTopic(topic(1, 'title', popular));
  await library.putTopic(topic(2, 'title', daily));
  const { serve } = state;
  state.serve = () => json({}, 503);
  await library.refreshDue();
  expect(await tell(world)).toEqual([]);
  state.serve = serve;
  clock.now += hour;
  await library.refreshDue();
  expect(await tell(world)).toEqual([
    'title: 1 paper with 50 upvotes or more | Title of 2608.00001',
    'title: 1 new paper | Title of 2608.00001',
  ]);
  clock.now += dayLength;
  days['2026-08-20'] = [item('2608.00001', 90), item('2608.00002', 1)];
  await library.refreshDue();
  expect(await tell(world)).toEqual(['title: 1 new paper | Title of 2608.00002']);
});
