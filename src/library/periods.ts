// Which list of Daily Papers answers a question, where the buttons lead, and what is due. Pure.
import {
  dayLength,
  dayOf,
  endOf,
  isReal,
  kindOf,
  mondayOfWeek,
  oldest,
  presentOf,
  shift,
} from '../calendar';
import type { PeriodKind, PeriodQuestion } from './api';
import type { Period } from './tables';

const minute = 60_000;
const hour = 60 * minute;

/** How many empty lists are passed over. */
const reach = { day: 10, week: 4, month: 3, trending: 0 };

/** How far back days are fetched by themselves. */
export const backfill = 30;

/** Does a paper of this day belong to the week? The service's weeks may begin on the Friday before. */
export function near(week: string, day: string | undefined): boolean {
  return (
    day !== undefined && day >= shift(mondayOfWeek(week), -3) && day <= shift(mondayOfWeek(week), 6)
  );
}

/** How old the list of a period that is not over may become. */
const holds = { day: 15 * minute, week: hour, month: 3 * hour, trending: hour };

/**
 * Is the list of a period missing or old? Votes settle with time, so the longer it is over the less often; a list that
 * was fetched after its end, or a day older than 30 days, stays as it is.
 */
export function due(period: string, stored: Period | undefined, now: number): boolean {
  const kind = kindOf(period);
  const present = presentOf(kind, now);
  if (period > present || period < oldest[kind]) return false;
  if (stored?.fetchedAt === undefined) return true;
  const age = now - stored.fetchedAt;
  // The clock was set back.
  if (age < 0) return true;
  if (period === present) return age >= holds[kind];
  // The service did not have it: one of the two clocks was wrong.
  if (stored.refused) return age >= hour;
  if (kind === 'day') {
    const today = dayOf(now);
    if (period >= shift(today, -2)) return age >= 3 * hour;
    return (
      period >= shift(today, -backfill) && age >= dayLength && stored.fetchedAt < endOf(period)
    );
  }
  return age >= dayLength && stored.fetchedAt < endOf(period) + 7 * dayLength;
}

/** The periods to try for a question, in order: the one asked for, then on in its direction; newer ends now, then older. */
export function path({ kind, at, toward = 'older' }: PeriodQuestion, now: number): string[] {
  const present = presentOf(kind, now);
  const start = at && isReal(at, kind) && at < present ? at : present;
  const steps = (sign: 1 | -1) =>
    Array.from({ length: reach[kind] }, (_, index) => shift(start, sign * (index + 1)));
  const newer = toward === 'newer' ? steps(1) : [];
  return [start, ...newer, ...steps(-1)].filter((one) => one >= oldest[kind] && one <= present);
}

/** A question answered from what is stored. */
export interface Chosen {
  kind: PeriodKind;
  asked: string;
  shown: string;
  older?: string;
  newer?: string;
  fuller?: string;
  /** The periods looked at, up to the one shown. */
  tried: string[];
}

/** Fewer papers than this are few for any day. */
const few = 5;

/**
 * The last full day, where the list of today is still short: fewer than five papers, or than a third of what the last
 * five days with papers had in their middle.
 */
function fullerThan(today: string, stored: Map<string, Period>): string | undefined {
  const count = stored.get(today)?.count ?? 0;
  const before = [...stored.values()]
    .filter((row) => kindOf(row.period) === 'day' && row.period < today && (row.count ?? 0) > 0)
    .sort((a, b) => (a.period < b.period ? 1 : -1))
    .slice(0, 5);
  const counts = before.map((row) => row.count ?? 0).sort((a, b) => a - b);
  const middle = counts[Math.floor(counts.length / 2)] ?? 0;
  return count < Math.max(few, middle / 3) ? before[0]?.period : undefined;
}

/** Which stored list answers the question. */
export function choose(question: PeriodQuestion, stored: Map<string, Period>, now: number): Chosen {
  const { kind, at } = question;
  const present = presentOf(kind, now);
  const periods = path(question, now);
  const start = periods[0] ?? present;
  const full = (period: string) => (stored.get(period)?.count ?? 0) > 0;
  const near = periods.findIndex(full);
  // Who just wants the news gets what there is, however old: better than nothing without a network.
  const far = at
    ? undefined
    : [...stored.keys()]
        .filter((one) => kindOf(one) === kind && full(one))
        .sort()
        .at(-1);
  const shown = periods[near] ?? far ?? start;

  const emptyNow = (one: string) => stored.get(one)?.count === 0 && !due(one, stored.get(one), now);
  /** The one beside, so that an empty one is passed over with a word; none when all that way is empty. */
  const next = (from: string, step: 1 | -1) => {
    if (kind === 'trending') return undefined;
    let one = shift(from, step);
    while (one >= oldest[kind] && one <= present && emptyNow(one)) one = shift(one, step);
    return one >= oldest[kind] && one <= present ? shift(from, step) : undefined;
  };
  const [low, high] = shown < start ? [shown, start] : [start, shown];
  const older = next(low, -1);
  const newer = next(high, 1);
  const fuller = kind === 'day' && shown === present ? fullerThan(present, stored) : undefined;
  return {
    kind,
    asked: start,
    shown,
    ...(older ? { older } : {}),
    ...(newer ? { newer } : {}),
    ...(fuller ? { fuller } : {}),
    tried: near < 0 ? periods : periods.slice(0, near + 1),
  };
}
