// What was observed of papers over time: how it is thinned with age, and what it says of a rise.
import type { PaperId } from '../paper';
import type { PaperView, Trending } from './api';
import type { Seams } from './seams';
import { type Database, type Observed, read, write } from './tables';

const hour = 3_600_000;
const day = 24 * hour;

type Point = Observed['points'][number];

/** What the service did not say. */
const unsaid = -1;

/** A view has at most so many points of the history. */
const mostPoints = 30;

/** Rows a transaction when all are gone through. */
const chunk = 1_000;

/** The stretch of time of which one point is kept: an hour, a day, a week or a month, the older the longer. */
function stretch(at: number, now: number): string {
  const age = now - at;
  if (age < 2 * day) return `h${Math.floor(at / hour)}`;
  if (age < 30 * day) return `d${Math.floor(at / day)}`;
  return age < 365 * day
    ? `w${Math.floor(at / (7 * day))}`
    : `m${new Date(at).toISOString().slice(0, 7)}`;
}

/** Of each stretch the last point. Oldest first in and out; twice is once. */
export function thin(points: Point[], now: number): Point[] {
  return points.filter((point, index) => {
    const next = points[index + 1];
    return !next || stretch(next[0], now) !== stretch(point[0], now);
  });
}

/**
 * The row after one more look: unchanged, when nothing differs and no hour has passed, or when the upvotes are not said.
 * Points that are still to come were made under a wrong clock, and are dropped.
 */
export function observing(
  row: Observed | undefined,
  id: PaperId,
  { upvotes, comments = unsaid, code }: Trending,
  now: number,
): Observed | undefined {
  if (upvotes === undefined) return row;
  const known = (row?.points ?? []).filter(([at]) => at <= now);
  const point: Point = [now, upvotes, comments, code?.stars ?? unsaid];
  const last = known.at(-1);
  const same = last?.slice(1).every((value, index) => value === point[index + 1]);
  if (same && now - (last?.[0] ?? 0) < hour) return row;
  return { id, at: now, points: thin([...known, point], now) };
}

/** Stores what lists and look-ups say now. Runs inside a `write` over `observed`. */
export async function observe(
  db: Database,
  items: { paper: { id: PaperId }; trending: Trending }[],
  now: number,
): Promise<void> {
  const rows = await db.observed.bulkGet(items.map(({ paper }) => paper.id));
  const changes = items.flatMap(({ paper, trending }, index): Observed[] => {
    const before = rows[index];
    const after = observing(before, paper.id, trending, now);
    return after && after !== before ? [after] : [];
  });
  await db.observed.bulkPut(changes);
}

/**
 * The part of a view that speaks of time. `rise`: upvotes now, which were observed in the last 12 hours, less those of
 * the observation nearest to 24 hours ago, from 12 to 48 hours ago.
 */
export function overTime(
  row: Observed | undefined,
  now: number,
): Pick<PaperView, 'history' | 'rise'> {
  const points = (row?.points ?? []).filter(([at]) => at <= now);
  const last = points.at(-1);
  if (!last || points.length < 2) return {};
  const every = (points.length - 1) / (Math.min(points.length, mostPoints) - 1);
  const history = Array.from({ length: Math.min(points.length, mostPoints) }, (_, index) => {
    const [at, upvotes] = points[Math.round(index * every)] as Point;
    return [at, upvotes] as [number, number];
  });
  const away = ([at]: Point) => Math.abs(now - at - day);
  const then = points
    .filter(([at]) => now - at >= 12 * hour && now - at <= 48 * hour)
    .reduce<Point | undefined>((a, b) => (a && away(a) <= away(b) ? a : b), undefined);
  return {
    history,
    ...(then && now - last[0] < 12 * hour ? { rise: last[1] - then[1] } : {}),
  };
}

/** The newest count of upvotes of each of these papers that was observed. Needs the table `observed`. */
export async function upvotesOf(
  db: Database,
  ids: PaperId[],
  now: number,
): Promise<Map<PaperId, number>> {
  const rows = await db.observed.bulkGet(ids);
  return new Map(
    rows.flatMap((row): [PaperId, number][] => {
      const last = row?.points.findLast(([at]) => at <= now);
      return row && last ? [[row.id, last[1]]] : [];
    }),
  );
}

/** Thins what nobody looked at since, once a day. Gives whether that was due. */
export async function thinObserved({ db, now }: Seams): Promise<boolean> {
  const time = now();
  const last = await read(db, ['meta'], () => db.meta.get('thinned'));
  if (last?.key === 'thinned' && last.value <= time && time - last.value < day) return false;
  let from: PaperId | undefined;
  do {
    from = await write(db, ['observed'], async () => {
      const rows = await (from === undefined
        ? db.observed.orderBy('id')
        : db.observed.where('id').above(from)
      )
        .limit(chunk)
        .toArray();
      const changes = rows.flatMap((row): Observed[] => {
        const points = thin(row.points, time);
        return points.length < row.points.length ? [{ ...row, points }] : [];
      });
      await db.observed.bulkPut(changes);
      return rows.length < chunk ? undefined : rows.at(-1)?.id;
    });
  } while (from !== undefined);
  await write(db, ['meta'], () => db.meta.put({ key: 'thinned', value: time }));
  return true;
}
