// Daily Papers: lists as stored, and bringing them up to date.
import type { PaperId } from '../paper';
import type { DayQuestion, DayView, Trouble } from './api';
import { backfill, choose, dayOf, due, path, shift, weekend } from './days';
import { askDay, host, type Item } from './huggingface';
import { listed } from './look';
import { fill, present } from './merge';
import { resting, settle } from './rests';
import type { Seams } from './seams';
import { type Entry, read, write } from './tables';

/** Between two requests that nobody waits for, ms. */
const pace = 700;

export interface Digest {
  /** A day as stored. */
  day(question: DayQuestion): Promise<DayView>;
  /** The same after asking for what is missing or old. */
  refreshDay(question: DayQuestion, force?: boolean): Promise<DayView>;
  /** Fetches the list of a day, where it is missing or old and lacks this paper. */
  fetchFor(id: PaperId, day: string): Promise<void>;
  /** Fetches what is missing or old of the last 30 days, newest first, in its own time. Stops at the first trouble. */
  fetchDue(): Promise<void>;
}

/** The lists of Daily Papers. */
export function openDigest(seams: Seams): Digest {
  const { db, fetch, now, access, pause, changed } = seams;
  const underWay = new Map<string, Promise<Trouble | undefined>>();

  const stored = (day: string) => read(db, ['periods'], () => db.periods.get(day));

  /** Replaces the list of a day. A day that had papers keeps them when the service suddenly has none. */
  function store(day: string, items: Item[]): Promise<void> {
    const fetchedAt = now();
    return write(db, ['periods', 'entries'], async () => {
      const before = await db.entries.where({ period: day }).toArray();
      if (items.length === 0 && before.length > 0) {
        await db.periods.put({ period: day, fetchedAt, count: before.length });
        return;
      }
      const known = new Map(before.map((entry) => [entry.id, entry]));
      const entries = items.map(({ paper, trending }, index): Entry => {
        const rank = index + 1;
        const old = known.get(paper.id);
        return {
          period: day,
          id: paper.id,
          rank,
          fetchedAt,
          // A field that came broken this time keeps its last good value.
          paper: fill(paper, old?.paper),
          trending: { ...fill(trending, old?.trending), day, rank },
        };
      });
      await db.entries.where({ period: day }).delete();
      await db.entries.bulkPut(entries);
      await db.periods.put({ period: day, fetchedAt, count: entries.length });
    });
  }

  async function ask(day: string, click: boolean): Promise<Trouble | undefined> {
    const rest = await read(db, ['meta'], () => resting(db, 'daily_papers', now(), click));
    if (rest) return rest;
    const reply = (await access(host))
      ? await askDay(fetch, now(), day)
      : ({ trouble: 'access' } as const);
    const failed = await settle(db, 'daily_papers', reply, now());
    if ('trouble' in reply) {
      await write(db, ['periods'], async () => {
        await db.periods.put(
          present({ ...((await db.periods.get(day)) ?? { period: day }), trouble: failed }),
        );
      });
      changed({ days: [day] });
      return failed;
    }
    const items = reply.value ?? [];
    await store(day, items);
    changed({ days: [day], papers: items.map(({ paper }) => paper.id) });
    return undefined;
  }

  /** Concurrent calls for one day share one request. Gives the trouble, or undefined when the list is stored. */
  function fetchDay(day: string, click = false): Promise<Trouble | undefined> {
    const running = underWay.get(day);
    if (running) return running;
    const asked = ask(day, click).finally(() => underWay.delete(day));
    underWay.set(day, asked);
    return asked;
  }

  async function day(question: DayQuestion): Promise<DayView> {
    const time = now();
    const [rows, rest] = await read(db, ['periods', 'meta'], () =>
      Promise.all([db.periods.toArray(), resting(db, 'daily_papers', time)]),
    );
    const periods = new Map(rows.map((row) => [row.period, row]));
    const { tried, ...chosen } = choose(question, periods, time);
    const wanted = tried.some((one) => due(one, periods.get(one), time));
    const failed = tried.map((one) => periods.get(one)?.trouble).find((one) => one !== undefined);
    return present<DayView>({
      ...chosen,
      papers: await listed(seams, chosen.day),
      fetchedAt: periods.get(chosen.day)?.fetchedAt,
      refreshDue: wanted && !rest,
      trouble: failed ?? (wanted ? rest : undefined),
    });
  }

  async function refreshDay(question: DayQuestion, force = false): Promise<DayView> {
    const days = path(question, now());
    for (const one of days) {
      const before = await stored(one);
      const again = force && (one === days[0] || (before?.count ?? 0) > 0);
      if (again || due(one, before, now())) {
        const failed = await fetchDay(one, force);
        if (failed) break;
      }
      if (((await stored(one))?.count ?? 0) > 0) break;
    }
    return day(question);
  }

  async function fetchFor(id: PaperId, one: string): Promise<void> {
    const entry = await read(db, ['entries'], () => db.entries.get([one, id]));
    if (!entry && due(one, await stored(one), now())) await fetchDay(one);
  }

  async function fetchDue(): Promise<void> {
    const today = dayOf(now());
    let asked = false;
    for (let back = 0; back <= backfill; back++) {
      const one = shift(today, -back);
      if (weekend(one) || !due(one, await stored(one), now())) continue;
      if (asked) await pause(pace);
      asked = true;
      if (await fetchDay(one)) return;
    }
  }

  return { day, refreshDay, fetchFor, fetchDue };
}
