// Topics: what the person follows, which papers of the stored lists match, and which of those are to be told.

import { dayOf, kindOf, shift } from '../calendar';
import type { PaperId } from '../paper';
import { type Doc, matcher } from '../query/matches';
import type { DueNotice, Library, Topic, TopicPreview } from './api';
import { mergeTopic } from './exchange/topic';
import { failure } from './failure';
import { restorable } from './highlights';
import { digestPapers } from './look';
import { blank, docOf, liveTopics, parseTopic, test } from './matching';
import { present } from './merge';
import { upvotesOf } from './observed';
import type { Seams } from './seams';
import { type Database, type Entry, read, type Told, type TopicRow, write } from './tables';

const dayLength = 24 * 3_600_000;

/** How many days of lists are looked through. */
const looked = 30;

/** A daily notification tells of lists of today and of so many days before. */
const recent = 3;

/** With a list of today that is younger than this, ms, a daily notification does not wait for a refresh. */
const timely = 3_600_000;

/** A preview shows so many papers. */
const previewed = 5;

/** So many titles stand in a notification. */
const titled = 3;

/** The longest name, in UTF-16 units. */
const longestName = 200;

/** What was told is remembered for this long: a paper does not come back to the lists later. */
const toldKept = 120 * dayLength;

/** A stored list of a day, with its papers as queries see them, in its order. */
interface DayList {
  day: string;
  /** Changes when the list does. */
  state: string;
  papers: { entry: Entry; doc: Doc }[];
}

/** What became of topics of a file. */
type Counts = Record<'added' | 'changed' | 'same', number>;

export interface Topics
  extends Pick<
    Library,
    | 'topics'
    | 'putTopic'
    | 'removeTopic'
    | 'restoreTopic'
    | 'previewTopic'
    | 'dueNotices'
    | 'notified'
  > {
  /** Merges topics of a file. Nothing newer is overwritten, and doing it again changes nothing. */
  mergeTopics(rows: TopicRow[]): Promise<Counts>;
  /** Empties what was removed long ago, and forgets what was told long ago. */
  dropOldTopics(): Promise<void>;
}

/** Its fields are named one by one, so that what only the storage needs stays there. */
function asTopic({ id, name, query, notice, createdAt }: TopicRow): Topic {
  return { id, name, query, notice, createdAt };
}

const telling = (row: TopicRow | undefined): row is TopicRow =>
  row !== undefined && !row.deleted && row.notice.when !== 'never';

/**
 * The papers in these lists that a topic tells of, told or not, each once and as the first of its lists has it. Other lists and look-ups may have newer counts than the list of a day, which is not fetched again after 30 days.
 * Needs the table `observed`.
 */
async function matching(
  db: Database,
  { notice, query, from }: TopicRow,
  lists: DayList[],
  now: number,
): Promise<Entry[]> {
  const matches = test(query);
  const all = lists
    .filter(({ day }) => !from || day >= from.day || from.lists.includes(day))
    .flatMap(({ papers }) => papers.filter(({ doc }) => matches(doc)).map(({ entry }) => entry));
  const byId = Map.groupBy(all, ({ id }) => id);
  if (notice.when !== 'upvotes') return [...byId.values()].flatMap(([first]) => first ?? []);
  const newest = await upvotesOf(db, [...byId.keys()], now);
  return [...byId].flatMap(([id, entries]): Entry[] => {
    const counts = entries.map(({ trending }) => trending.upvotes ?? 0);
    const upvotes = Math.max(...counts, newest.get(id) ?? 0);
    const [first] = entries;
    if (!first || upvotes < notice.upvotes) return [];
    return [{ ...first, trending: { ...first.trending, upvotes } }];
  });
}

/** Those that it may tell of now. A list of a day to come is one that the clock was set back behind. */
function tellable(db: Database, topic: TopicRow, lists: DayList[], now: number): Promise<Entry[]> {
  const today = dayOf(now);
  const oldest = shift(today, -(topic.notice.when === 'daily' ? recent : looked));
  const near = lists.filter(({ day }) => day >= oldest && day <= today);
  return matching(db, topic, near, now);
}

/** The words of a notification. `rows`: its papers, at least one. */
function printNotice({ id, name, notice }: TopicRow, rows: Told[]): DueNotice {
  const sorted = rows.toSorted(
    (a, b) => (b.upvotes ?? 0) - (a.upvotes ?? 0) || (a.id < b.id ? -1 : 1),
  );
  const count = rows.length === 1 ? '1 paper' : `${rows.length} papers`;
  const fresh = rows.length === 1 ? '1 new paper' : `${rows.length} new papers`;
  const passed = notice.when === 'upvotes' ? ` with ${notice.upvotes} upvotes or more` : '';
  const titles = sorted.slice(0, titled).map(({ title, id }) => title || `arXiv:${id}`);
  const rest = rows.length > titled ? [`and ${rows.length - titled} more`] : [];
  return {
    key: rows[0]?.key ?? '',
    topic: id,
    title: `${name}: ${rows[0]?.day ? fresh : `${count}${passed}`}`,
    message: [...titles, ...rest].join('\n'),
  };
}

/**
 * Topics, and what they tell.
 *
 * Notifications are an outbox: `dueNotices` reserves papers in the table `told` in one transaction, and gives what is
 * reserved until `notified`. A paper stands there once a topic, so it is told once, whatever list it moves to. A topic
 * tells only of what comes after it was made, or turned to tell: papers that are there already are put down as told,
 * and so is what a changed query or rule adds of them.
 */
export function openTopics(seams: Seams): Topics {
  const { db, now, localTime, changed } = seams;
  let known = new Map<string, DayList>();

  /** The stored lists of the last days, newest first. Lists that did not change since are not read again. */
  async function dayLists(): Promise<DayList[]> {
    const oldest = shift(dayOf(now()), -looked);
    const lists = await read(db, ['periods', 'entries'], async () => {
      const rows = await db.periods.where('period').aboveOrEqual(oldest).reverse().toArray();
      const days = rows.filter(({ period, count }) => kindOf(period) === 'day' && count);
      return Promise.all(
        days.map(async ({ period, fetchedAt, count }): Promise<DayList> => {
          const state = `${fetchedAt} ${count}`;
          const same = known.get(period);
          if (same?.state === state) return same;
          const entries = await db.entries.where({ period }).toArray();
          entries.sort((a, b) => a.rank - b.rank);
          const papers = entries.map((entry) => ({ entry, doc: docOf(entry) }));
          return { day: period, state, papers };
        }),
      );
    });
    known = new Map(lists.map((list) => [list.day, list]));
    return lists;
  }

  const topics = async () => (await read(db, ['topics'], () => liveTopics(db))).map(asTopic);

  /**
   * Stores rows, and puts down as told what they begin to tell of and is there already. Runs inside a `write` over
   * `topics`, `told` and `observed`.
   */
  async function store(
    changes: { before: TopicRow | undefined; after: TopicRow }[],
    lists: DayList[],
    time: number,
  ): Promise<void> {
    const today = dayOf(time);
    for (const { before, after } of changes) {
      if (!telling(after)) {
        await db.topics.put(after);
        continue;
      }
      const began = !telling(before);
      const stored = lists.map(({ day }) => day).filter((day) => day < today);
      const row = began ? { ...after, from: { day: today, lists: stored } } : after;
      await db.topics.put(row);
      const waiting = telling(before) ? await tellable(db, before, lists, time) : [];
      const pending = new Set(waiting.map(({ id }) => id));
      const there = (await matching(db, row, lists, time)).filter(({ id }) => !pending.has(id));
      const rows = await db.told.bulkGet(there.map(({ id }) => [row.id, id]));
      const told = { topic: row.id, key: '', at: time, shown: 1 as const };
      await db.told.bulkPut(
        there.flatMap(({ id }, index): Told[] => (rows[index] ? [] : [{ ...told, id }])),
      );
      if (!began) continue;
      // What waited when it was turned off is no news any more.
      await db.told
        .where({ shown: 0 })
        .and(({ topic }) => topic === row.id)
        .modify({ shown: 1 });
    }
  }

  async function putTopic({ id, name: given, query, notice, createdAt }: Topic): Promise<Topic[]> {
    const name = given.trim();
    if (!name) throw failure('invalid', 'Give the topic a name.');
    if (name.length > longestName) {
      throw failure('invalid', `This name is too long: it may have ${longestName} characters.`);
    }
    const parsed = parseTopic(query);
    if ('problem' in parsed) throw failure('invalid', parsed.problem.says);
    if (blank(parsed.query)) throw failure('invalid', 'Write what the topic is to find.');
    const time = now();
    const lists = await dayLists();
    const differs = await write(db, ['topics', 'told', 'observed'], async () => {
      const before = await db.topics.get(id);
      const said = { name, query: query.trim(), notice };
      const held = before && { name: before.name, query: before.query, notice: before.notice };
      const texts = JSON.stringify(said) !== JSON.stringify(held) && { ...said, changedAt: time };
      const back = before?.deleted && { deleted: 0 as const, deletedChangedAt: time };
      if (before && !texts && !back) return false;
      const row: TopicRow = before ?? { id, ...said, createdAt, changedAt: time, deleted: 0 };
      await store([{ before, after: { ...row, ...texts, ...back } }], lists, time);
      return true;
    });
    if (differs) changed({ digest: true });
    return topics();
  }

  /** Removes or restores. One whose texts were emptied stays as it is. */
  async function turn(id: string, deleted: 0 | 1): Promise<Topic[]> {
    const turned = await write(db, ['topics'], async () => {
      const row = await db.topics.get(id);
      if (!row?.query || row.deleted === deleted) return false;
      await db.topics.put({ ...row, deleted, deletedChangedAt: now() });
      return true;
    });
    if (turned) changed({ digest: true });
    return topics();
  }

  async function previewTopic(query: string): Promise<TopicPreview> {
    const parsed = parseTopic(query);
    if ('problem' in parsed) return { problem: parsed.problem, total: 0, papers: [] };
    if (blank(parsed.query)) return { total: 0, papers: [] };
    const matches = matcher(parsed.query);
    const found = new Map<PaperId, Entry>();
    for (const { papers } of await dayLists()) {
      for (const { entry, doc } of papers) {
        if (!found.has(entry.id) && matches(doc)) found.set(entry.id, entry);
      }
    }
    const first = [...found.values()].slice(0, previewed);
    return { total: found.size, papers: await digestPapers(seams, first) };
  }

  async function dueNotices(refreshing = false): Promise<DueNotice[]> {
    const time = now();
    const today = dayOf(time);
    const local = localTime(time);
    const lists = await dayLists();
    const age = time - ((await read(db, ['periods'], () => db.periods.get(today)))?.fetchedAt ?? 0);
    const better = refreshing && !(age >= 0 && age < timely);
    return write(db, ['topics', 'told', 'observed'], async () => {
      const waiting = await db.told.where({ shown: 0 }).toArray();
      const given: DueNotice[] = [];
      for (const topic of await liveTopics(db)) {
        const { id, notice } = topic;
        if (notice.when === 'never') continue;
        const own = waiting.filter((row) => row.topic === id);
        const daily = notice.when === 'daily';
        const early = daily && (better || local.hour < notice.hour);
        // One a day, and not the next before the last one was shown: that may yet become today's.
        const taken =
          daily &&
          (own.some(({ day }) => day !== undefined) ||
            (await db.told.where({ topic: id, day: local.day }).count()) > 0);
        if (!early && !taken) {
          const there = await tellable(db, topic, lists, time);
          const told = await db.told.bulkGet(there.map((entry) => [id, entry.id]));
          const fresh = there.filter((_, index) => !told[index]);
          // A paper is told once, so the first of them names the notification for ever.
          const key = `${id}/${fresh.map((entry) => entry.id).sort()[0]}`;
          const rows = fresh.map(({ id: paper, paper: { title }, trending: { upvotes } }) =>
            present<Told>({
              topic: id,
              id: paper,
              key,
              at: time,
              shown: 0,
              day: daily ? local.day : undefined,
              title,
              upvotes,
            }),
          );
          await db.told.bulkAdd(rows);
          own.push(...rows);
        }
        const notices = Map.groupBy(own, ({ key }) => key);
        given.push(...[...notices.values()].map((rows) => printNotice(topic, rows)));
      }
      return given;
    });
  }

  function notified(keys: string[]): Promise<void> {
    const { day: today } = localTime(now());
    const shown = new Set(keys);
    return write(db, ['told'], async () => {
      const waiting = await db.told.where({ shown: 0 }).toArray();
      await db.told.bulkPut(
        waiting
          .filter(({ key }) => shown.has(key))
          .map(({ title: _title, upvotes: _upvotes, day, ...row }) =>
            // One that comes late is the one of the day on which it came.
            present<Told>({ ...row, shown: 1, day: day && today }),
          ),
      );
    });
  }

  async function mergeTopics(incoming: TopicRow[]): Promise<Counts> {
    const counts: Counts = { added: 0, changed: 0, same: 0 };
    if (incoming.length === 0) return counts;
    const time = now();
    const lists = await dayLists();
    const merged = await write(db, ['topics', 'told', 'observed'], async () => {
      const ids = [...new Set(incoming.map(({ id }) => id))];
      const rows = await db.topics.bulkGet(ids);
      const before = new Map(ids.map((id, index) => [id, rows[index]]));
      const after = new Map(before);
      for (const row of incoming) after.set(row.id, mergeTopic(after.get(row.id), row));
      const changes = ids.flatMap((id) => {
        const row = after.get(id);
        return row && row !== before.get(id) ? [{ before: before.get(id), after: row }] : [];
      });
      await store(changes, lists, time);
      return { ids, before, changes };
    });
    const differs = new Set(merged.changes.map(({ after }) => after.id));
    for (const { before, after } of merged.changes) {
      // One that was removed over there and never was here is nothing to tell.
      if (before || !after.deleted) counts[before ? 'changed' : 'added']++;
    }
    counts.same = merged.ids.filter((id) => !differs.has(id)).length;
    if (differs.size > 0) changed({ digest: true });
    return counts;
  }

  async function dropOldTopics(): Promise<void> {
    // Without a list of these days the clock may be far ahead, and what was told is not as old as it seems.
    const astray = (await dayLists()).length === 0;
    await write(db, ['topics', 'told'], async () => {
      const time = now();
      const rows = await db.topics.toArray();
      const old = rows.filter(
        ({ deleted, deletedChangedAt = 0, query }) =>
          deleted === 1 && query !== '' && deletedChangedAt <= time - restorable,
      );
      await db.topics.bulkPut(old.map((row) => ({ ...row, name: '', query: '' })));
      if (astray) return;
      await db.told
        .where('at')
        .belowOrEqual(time - toldKept)
        .delete();
    });
  }

  return {
    topics,
    putTopic,
    removeTopic: (id) => turn(id, 1),
    restoreTopic: (id) => turn(id, 0),
    previewTopic,
    dueNotices,
    notified,
    mergeTopics,
    dropOldTopics,
  };
}
