// The calendar of Daily Papers: days, ISO weeks, months and Trending, by their names. All in UTC. Pure.
import type { PeriodKind } from './library/api';

export const dayLength = 24 * 3_600_000;

/** Nothing is older: Daily Papers began in May 2023. */
export const oldest: Readonly<Record<PeriodKind, string>> = {
  day: '2023-05-01',
  week: '2023-W18',
  month: '2023-05',
  trending: 'trending',
};

/** The UTC day of a time in ms, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Midnight at the beginning of a day, ms. */
export const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

const later = (day: string, days: number) => dayOf(timeOf(day) + days * dayLength);

const mondayOf = (day: string) => later(day, -((new Date(timeOf(day)).getUTCDay() + 6) % 7));

/** The ISO week of a day, `YYYY-Www`: weeks begin on Monday, and week 1 has the year's first Thursday. Source: ISO 8601. */
export function weekOf(day: string): string {
  const thursday = later(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor((timeOf(thursday) - timeOf(`${year}-01-01`)) / (7 * dayLength));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of an ISO week. The fourth of January is always in week 1. */
export function mondayOfWeek(week: string): string {
  return later(mondayOf(`${week.slice(0, 4)}-01-04`), (Number(week.slice(6)) - 1) * 7);
}

/** The seven days of a week, Monday first. */
export function daysOf(week: string): string[] {
  return Array.from({ length: 7 }, (_, index) => later(mondayOfWeek(week), index));
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
  if (kind === 'week') return weekOf(later(mondayOfWeek(period), 7 * count));
  if (kind === 'trending') return period;
  const months = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** When a period is over, ms. */
export function endOf(period: string): number {
  const kind = kindOf(period);
  if (kind === 'trending') return Number.POSITIVE_INFINITY;
  const next = shift(period, 1);
  return timeOf(kind === 'week' ? mondayOfWeek(next) : kind === 'month' ? `${next}-01` : next);
}

/** Saturday or Sunday. All recorded ones are empty, so they are not asked for without a question. */
export function weekend(day: string): boolean {
  return [0, 6].includes(new Date(timeOf(day)).getUTCDay());
}

/** Has the calendar such a period, and is it not one before all lists? */
export function isReal(period: string, kind: PeriodKind): boolean {
  if (kindOf(period) !== kind || period < oldest[kind]) return false;
  const begins =
    kind === 'week' ? (/^\d{4}-W\d\d$/.test(period) ? mondayOfWeek(period) : '') : period;
  const time = timeOf(kind === 'month' ? `${begins}-01` : begins);
  return !Number.isNaN(time) && presentOf(kind, time) === period;
}

/** The period that is so many steps from another, or undefined where Daily Papers has none there at `now` (ms). */
export function beside(period: string, count: number, now: number): string | undefined {
  const kind = kindOf(period);
  const there = shift(period, count);
  return there !== period && there >= oldest[kind] && there <= presentOf(kind, now)
    ? there
    : undefined;
}
