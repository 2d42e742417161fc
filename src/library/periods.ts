// The calendar of Daily Papers: days, ISO weeks, months and Trending; which list to show, where the buttons lead, and what is due. All in UTC. Pure.
import type { PeriodKind, PeriodQuestion } from './api';
import type { Period } from './tables';

const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;

/** Nothing is older: Daily Papers began in May 2023. */
const first = { day: '2023-05-01', week: '2023-W18', month: '2023-05', trending: 'trending' };

/** How many empty lists are passed over. */
const reach = { day: 10, week: 4, month: 3, trending: 0 };

/** How far back days are fetched by themselves. */
export const backfill = 30;

/** The UTC day of a time in ms, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Midnight at the beginning of a day, ms. */
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

const later = (day: string, days: number) => dayOf(timeOf(day) + days * dayLength);

const mondayOf = (day: string) => later(day, -((new Date(timeOf(day)).getUTCDay() + 6) % 7));

/** The ISO week of a day, `YYYY-Www`: weeks begin on Monday, and week 1 has the year's first Thursday. Source: ISO 8601. */
export function weekOf(day: string): string {
  const thursday = later(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor((timeOf(thursday) - timeOf(`${year}-01-01`)) / (7 * dayLength));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of a week. The fourth of January is always in week 1. */
function monday(week: string): string {
  return later(mondayOf(`${week.slice(0, 4)}-01-04`), (Number(week.slice(6)) - 1) * 7);
}

/** The seven days of a week, Monday first. */
export function daysOf(week: string): string[] {
  return Array.from({ length: 7 }, (_, index) => later(monday(week), index));
}

/** Does a paper of this day belong to the week? The service's weeks may begin on the Friday before. */
export function near(week: string, day: string | undefined): boolean {
  return day !== undefined && day >= later(monday(week), -3) && day <= later(monday(week), 6);
}

/** The kind of a period's name; nothing is said of whether the calendar has it. */
export function kindOf(period: string): PeriodKind {
  if (period.includes('W')) return 'week';
  return period.length === 10 ? 'day' : period.length === 7 ? 'month' : 'trending';
}

/** The period that a time in ms belongs to. */
export function presentOf(kind: PeriodKind, now: number): string {
  if (kind === 'trending') return kind;
  const today = dayOf(now);
  return kind === 'week' ? weekOf(today) : kind === 'month' ? today.slice(0, 7) : today;
}

/** `count` periods later; earlier when negative. Before and after Trending comes Trending. */
export function shift(period: string, count: number): string {
  const kind = kindOf(period);
  if (kind === 'day') return later(period, count);
  if (kind === 'week') return weekOf(later(monday(period), 7 * count));
  if (kind === 'trending') return period;
  const months = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** When a period is over, ms. */
export function endOf(period: string): number {
  const kind = kindOf(period);
  if (kind === 'trending') return Number.POSITIVE_INFINITY;
  const next = shift(period, 1);
  return timeOf(kind === 'week' ? monday(next) : kind === 'month' ? `${next}-01` : next);
}

/** Saturday or Sunday. All recorded ones are empty, so they are not asked for without a question. */
export function weekend(day: string): boolean {
  return [0, 6].includes(new Date(timeOf(day)).getUTCDay());
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
  if (period > present || period < first[kind]) return false;
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

/** Has the calendar such a period, and is it not one before all lists? */
function real(period: string, kind: PeriodKind): boolean {
  if (kindOf(period) !== kind || period < first[kind]) return false;
  const begins = kind === 'week' ? (/^\d{4}-W\d\d$/.test(period) ? monday(period) : '') : period;
  const time = timeOf(kind === 'month' ? `${begins}-01` : begins);
  return !Number.isNaN(time) && presentOf(kind, time) === period;
}

/** The periods to try for a question, in order: the one asked for, then on in its direction; newer ends now, then older. */
export function path({ kind, at, toward = 'older' }: PeriodQuestion, now: number): string[] {
  const present = presentOf(kind, now);
  const start = at && real(at, kind) && at < present ? at : present;
  const steps = (sign: 1 | -1) =>
    Array.from({ length: reach[kind] }, (_, index) => shift(start, sign * (index + 1)));
  const newer = toward === 'newer' ? steps(1) : [];
  return [start, ...newer, ...steps(-1)].filter((one) => one >= first[kind] && one <= present);
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
    while (one >= first[kind] && one <= present && emptyNow(one)) one = shift(one, step);
    return one >= first[kind] && one <= present ? shift(from, step) : undefined;
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
