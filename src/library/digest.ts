// The digest: lists of Daily Papers as stored, and bringing them up to date.
import { dayLength, dayOf, daysOf, kindOf, presentOf, shift, weekend } from '../calendar';
import { passes } from '../digest/filters';
import type { PaperId } from '../paper';
import type { Library, PeriodKind, PeriodQuestion, PeriodView, Trouble } from './api';
import type { Fits } from './fit';
import { askPeriod, byUpvotes, host, type Item } from './huggingface';
import { fetchedOf, listed } from './look';
import { fill, present } from './merge';
import { observe } from './observed';
import { backfill, choose, due, near, path } from './periods';
import { type Job, openProgress } from './progress';
import { resting, settle, spareTurn, type Urgency } from './rests';
import type { Seams } from './seams';
import { readSettings } from './settings';
import { type Entry, type Period, read, write } from './tables';

/** A kind of list comes by itself for so long after the person looked at one of it, ms. Days always do. */
const interest = 14 * dayLength;

/** What weeks, months and Trending say of papers stands in `entries` under this name, once for all of them. */
const shared = 'lists';

/** So many papers the service sends at once; this only guesses how many requests a list takes. */
const pageSize = 100;

export interface Digest extends Pick<Library, 'period' | 'refreshPeriod' | 'unseen'> {
  /** Fetches the list of a day, where it is missing or old and lacks this paper. */
  fetchFor(id: PaperId, day: string): Promise<void>;
  /**
   * Fetches what is missing or old of the last 30 days, newest first, and the present list of each kind that the person
   * looks at, in its own time. Stops at the first trouble.
   */
  fetchDue(): Promise<void>;
}

/** A list that is being asked for. Whoever comes later may be in a greater hurry. */
interface Run {
  urgency: Urgency;
  /** Somebody waits for it now. */
  hurried: PromiseWithResolvers<void>;
  done: Promise<Trouble | undefined>;
}

/** The lists of Daily Papers. */
export function openDigest(seams: Seams, fits: Fits): Digest {
  const { db, fetch, now, access, pause, changed } = seams;
  const underWay = new Map<string, Run>();
  const begin = openProgress(changed);

  const stored = (period: string) => read(db, ['periods'], () => db.periods.get(period));

  /**
   * The row of a list after an answer, which ends all trouble. A list that had papers keeps them when the service
   * suddenly has none.
   */
  function answered(row: Period | undefined, news: Period): { row: Period; kept: boolean } {
    const { fetchedAt, refused, count } = news;
    const kept = count === 0 && (row?.count ?? 0) > 0;
    return {
      row: present<Period>(
        kept && row
          ? { ...row, fetchedAt, refused, trouble: undefined }
          : { ...news, lookedAt: row?.lookedAt },
      ),
      kept,
    };
  }

  /** Replaces a list by what the service sent; null is what it does not have. */
  function store(period: string, sent: Item[] | null): Promise<void> {
    const fetchedAt = now();
    const items = sent ?? [];
    const ids = items.map(({ paper }) => paper.id);
    const isDay = kindOf(period) === 'day';
    return write(db, ['periods', 'entries', 'observed'], async () => {
      await observe(db, items, fetchedAt);
      const { row, kept } = answered(
        await db.periods.get(period),
        present<Period>({
          period,
          fetchedAt,
          count: items.length,
          ids: isDay ? undefined : ids,
          refused: sent ? undefined : true,
        }),
      );
      await db.periods.put(row);
      if (kept) return;
      const under = isDay ? period : shared;
      const before = isDay
        ? await db.entries.where({ period }).toArray()
        : await db.entries.bulkGet(ids.map((id) => [under, id] as [string, PaperId]));
      const known = new Map(before.map((entry) => [entry?.id, entry]));
      if (isDay) await db.entries.where({ period }).delete();
      await db.entries.bulkPut(
        items.map(({ paper, trending }, index): Entry => {
          const rank = isDay ? index + 1 : 0;
          const old = known.get(paper.id);
          // A field that came broken this time keeps its last good value.
          const said = fill(trending, old?.trending);
          return {
            period: under,
            id: paper.id,
            rank,
            fetchedAt,
            paper: fill(paper, old?.paper),
            trending: isDay ? { ...said, day: period, rank } : said,
          };
        }),
      );
    });
  }

  /** Puts a week together from the stored lists of its days. */
  function storeFromDays(week: string): Promise<PaperId[]> {
    const fetchedAt = now();
    return write(db, ['periods', 'entries', 'lookups'], async () => {
      const entries = await db.entries.where('period').anyOf(daysOf(week)).toArray();
      const known = await fetchedOf(db, [...new Set(entries.map(({ id }) => id))]);
      const ids = [...known].sort(([, a], [, b]) => byUpvotes(a, b)).map(([id]) => id);
      const news = { period: week, fetchedAt, count: ids.length, ids, fromDays: true as const };
      await db.periods.put(answered(await db.periods.get(week), news).row);
      return ids;
    });
  }

  async function failed(period: string, trouble: Trouble | undefined) {
    await write(db, ['periods'], async () => {
      await db.periods.put(
        present<Period>({ ...((await db.periods.get(period)) ?? { period }), trouble }),
      );
    });
    changed({ periods: [period] });
    return trouble;
  }

  /** From now on somebody waits for it, if that is so. */
  function hurry(run: Run | undefined, urgency: Urgency): void {
    if (run?.urgency !== 'spare' || urgency === 'spare') return;
    run.urgency = urgency;
    run.hurried.resolve();
  }

  /** The service does not know this week, so its days are asked for, where they are missing or old. */
  async function askDays(week: string, run: Run, job: Job): Promise<Trouble | undefined> {
    const days: string[] = [];
    for (const day of daysOf(week)) if (due(day, await stored(day), now())) days.push(day);
    job.more(days.length);
    for (const day of days) {
      const asking = fetchPeriod(day, run.urgency, job);
      // A hurry that begins meanwhile is one for the day that is being asked for, too.
      void run.hurried.promise.then(() => hurry(underWay.get(day), run.urgency));
      const trouble = await asking;
      if (trouble) return failed(week, trouble);
    }
    changed({ periods: [week], papers: await storeFromDays(week) });
    return undefined;
  }

  async function ask(period: string, run: Run, job: Job): Promise<Trouble | undefined> {
    const rest = await read(db, ['meta'], () => resting(db, 'daily_papers', now(), run.urgency));
    if (rest) return rest;
    const guess = Math.max(1, Math.ceil(((await stored(period))?.count ?? 0) / pageSize));
    job.more(guess - 1);
    let pages = 0;
    const before = async (page: number) => {
      if (page > 0) job.step();
      if (page >= guess) job.more(1);
      pages = page + 1;
      if (run.urgency !== 'spare') return;
      const wait = await spareTurn(db, now());
      if (wait > 0) await Promise.race([pause(wait), run.hurried.promise]);
    };
    const reply = (await access(host))
      ? await askPeriod(fetch, now, period, before)
      : ({ trouble: 'access' } as const);
    job.step();
    if (pages < guess) job.more(Math.max(1, pages) - guess);
    const trouble = await settle(db, 'daily_papers', reply, now());
    if ('trouble' in reply) return failed(period, trouble);
    const items = reply.value;
    if (kindOf(period) === 'week') {
      // Services that count 52 weeks in every year answer for the 53rd as they like.
      const longYear = period.endsWith('W53');
      const past = period < presentOf('week', now());
      const none =
        !items || (longYear && !items.some(({ trending }) => near(period, trending.day)));
      if (none && (longYear || past)) return askDays(period, run, job);
    }
    await store(period, items);
    changed({ periods: [period], papers: (items ?? []).map(({ paper }) => paper.id) });
    return undefined;
  }

  /**
   * Concurrent calls for one list share its requests. Gives the trouble, or undefined when the list is stored.
   * @param among requests of which this is one, already counted
   */
  function fetchPeriod(
    period: string,
    urgency: Urgency,
    among?: Job,
  ): Promise<Trouble | undefined> {
    const running = underWay.get(period);
    if (running) {
      hurry(running, urgency);
      return running.done.finally(() => among?.step());
    }
    const job = among ?? begin();
    if (!among) job.more(1);
    const run: Run = {
      urgency,
      hurried: Promise.withResolvers(),
      done: Promise.resolve(undefined),
    };
    underWay.set(period, run);
    run.done = ask(period, run, job).finally(() => {
      underWay.delete(period);
      if (!among) job.end();
    });
    return run.done;
  }

  /** Remembers that the person looks at this kind of list, to the day. */
  async function look(kind: PeriodKind, time: number): Promise<void> {
    const period = presentOf(kind, time);
    const row = await stored(period);
    const age = time - (row?.lookedAt ?? Number.NEGATIVE_INFINITY);
    if (kind === 'day' || (age >= 0 && age < dayLength)) return;
    await write(db, ['periods'], async () => {
      await db.periods.put({ ...((await db.periods.get(period)) ?? { period }), lookedAt: time });
    });
  }

  async function period(question: PeriodQuestion): Promise<PeriodView> {
    const time = now();
    // Reading goes on where nothing can be written.
    await look(question.kind, time).catch(() => {});
    const [rows, rest, { digest }] = await read(db, ['periods', 'meta'], () =>
      Promise.all([db.periods.toArray(), resting(db, 'daily_papers', time), readSettings(db)]),
    );
    const periods = new Map(rows.map((row) => [row.period, row]));
    const { tried, ...chosen } = choose(question, periods, time);
    const wanted = tried.some((one) => due(one, periods.get(one), time));
    const trouble = tried.map((one) => periods.get(one)?.trouble).find((one) => one !== undefined);
    const shown = periods.get(chosen.shown);
    return present<PeriodView>({
      ...chosen,
      papers: await listed(seams, chosen.shown, digest.sort === 'fit' ? fits : undefined),
      fetchedAt: shown?.fetchedAt,
      fromDays: shown?.fromDays,
      refreshDue: wanted && !rest,
      trouble: trouble ?? (wanted ? rest : undefined),
    });
  }

  async function refreshPeriod(question: PeriodQuestion, force = false): Promise<PeriodView> {
    const periods = path(question, now());
    for (const one of periods) {
      const before = await stored(one);
      const again = force && (one === periods[0] || (before?.count ?? 0) > 0);
      if (again || due(one, before, now())) {
        if (await fetchPeriod(one, force ? 'click' : 'usual')) break;
      }
      if (((await stored(one))?.count ?? 0) > 0) break;
    }
    return period(question);
  }

  async function fetchFor(id: PaperId, day: string): Promise<void> {
    const entry = await read(db, ['entries'], () => db.entries.get([day, id]));
    if (!entry && due(day, await stored(day), now())) await fetchPeriod(day, 'usual');
  }

  /** What is missing or old now, in the order in which it is wanted. */
  async function dueNow(): Promise<string[]> {
    const time = now();
    const rows = await read(db, ['periods'], () => db.periods.toArray());
    const periods = new Map(rows.map((row) => [row.period, row]));
    const looked = rows.filter(({ lookedAt }) => Math.abs(time - (lookedAt ?? 0)) < interest);
    const kinds = new Set(looked.map((row) => kindOf(row.period)));
    const today = dayOf(time);
    const days = Array.from({ length: backfill }, (_, back) => shift(today, -back - 1));
    return [today, ...[...kinds].map((kind) => presentOf(kind, time)), ...days].filter(
      (one) => !(kindOf(one) === 'day' && weekend(one)) && due(one, periods.get(one), time),
    );
  }

  async function fetchDue(): Promise<void> {
    const rest = await read(db, ['meta'], () => resting(db, 'daily_papers', now(), 'spare'));
    if (rest) return;
    const job = begin();
    const tried = new Set<string>();
    let counted = 0;
    try {
      for (;;) {
        // Asked anew each time: the machine may have slept over midnight.
        const left = (await dueNow()).filter((one) => !tried.has(one));
        const [next] = left;
        if (next === undefined) return;
        job.more(left.length - counted);
        counted = left.length - 1;
        tried.add(next);
        if (await fetchPeriod(next, 'spare', job)) return;
      }
    } finally {
      job.end();
    }
  }

  async function unseen(): Promise<number> {
    const [rows, { digest }] = await read(db, ['periods', 'meta'], () =>
      Promise.all([db.periods.toArray(), readSettings(db)]),
    );
    const periods = new Map(rows.map((row) => [row.period, row]));
    const { shown } = choose({ kind: 'day' }, periods, now());
    const wanted = passes(digest.filters);
    // Which papers count is no matter of their order, so nothing is ranked.
    return (await listed(seams, shown)).filter(
      (paper) =>
        paper.fresh === 'new' &&
        !paper.saved &&
        !paper.dismissed &&
        paper.reading !== 'read' &&
        wanted(paper),
    ).length;
  }

  return { period, refreshPeriod, unseen, fetchFor, fetchDue };
}
