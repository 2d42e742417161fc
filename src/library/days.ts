// The calendar of Daily Papers: which day to show, where the buttons lead, and what is due. Days are UTC. Pure.
import type { DayQuestion } from './api';
import type { Period } from './tables';

const minute = 60_000;
const hour = 60 * minute;
const dayLength = 24 * hour;

/** Nothing is older: Daily Papers began in May 2023. */
const firstDay = '2023-05-01';

/** How many empty days are passed over. */
const reach = 10;

/** How far back lists are fetched by themselves, in days. */
export const backfill = 30;

/** The UTC day of a time in ms, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `count` days later; earlier when negative. */
export function shift(day: string, count: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + count * dayLength);
}

/** Saturday or Sunday. All recorded ones are empty, so they are not asked for without a question. */
export function weekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** Is the list of `day` missing or old? Votes settle with time, so the older the day the less often. */
export function due(day: string, stored: Period | undefined, now: number): boolean {
  const today = dayOf(now);
  if (day > today || day < firstDay) return false;
  if (stored?.fetchedAt === undefined) return true;
  const age = now - stored.fetchedAt;
  // The clock was set back.
  if (age < 0) return true;
  if (day === today) return age >= 15 * minute;
  if (day >= shift(today, -2)) return age >= 3 * hour;
  return day >= shift(today, -backfill) && age >= 24 * hour && dayOf(stored.fetchedAt) === day;
}

/** Is it a day of the calendar, and not one before all lists? */
function real(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(time) === day && day >= firstDay;
}

/** The days to try for a question, in order: the one asked for, then on in its direction; newer ends today, then older. */
export function path({ day, toward = 'older' }: DayQuestion, now: number): string[] {
  const today = dayOf(now);
  const start = day && real(day) && day < today ? day : today;
  const steps = (sign: 1 | -1) =>
    Array.from({ length: reach }, (_, index) => shift(start, sign * (index + 1)));
  const newer = toward === 'newer' ? steps(1) : [];
  return [start, ...newer, ...steps(-1)].filter((one) => one >= firstDay && one <= today);
}

/** A question answered from what is stored. */
export interface Chosen {
  asked: string;
  day: string;
  older?: string;
  newer?: string;
  /** The days looked at, up to the one shown. */
  tried: string[];
}

/** Which stored day answers the question. */
export function choose(question: DayQuestion, stored: Map<string, Period>, now: number): Chosen {
  const today = dayOf(now);
  const asked = question.day ?? today;
  const days = path(question, now);
  const start = days[0] ?? today;
  const full = (day: string) => (stored.get(day)?.count ?? 0) > 0;
  const near = days.findIndex(full);
  // Who just wants the news gets what there is, however old: better than nothing without a network.
  const far = question.day ? undefined : [...stored.keys()].filter(full).sort().at(-1);
  const day = days[near] ?? far ?? start;

  const emptyNow = (one: string) => stored.get(one)?.count === 0 && !due(one, stored.get(one), now);
  /** The calendar day beside, so that an empty one is passed over with a word; none when all that way is empty. */
  const next = (from: string, step: 1 | -1) => {
    let one = shift(from, step);
    while (one >= firstDay && one <= today && emptyNow(one)) one = shift(one, step);
    return one >= firstDay && one <= today ? shift(from, step) : undefined;
  };
  const [low, high] = day < start ? [day, start] : [start, day];
  const older = next(low, -1);
  const newer = next(high, 1);
  return {
    asked,
    day,
    ...(older ? { older } : {}),
    ...(newer ? { newer } : {}),
    tried: near < 0 ? days : days.slice(0, near + 1),
  };
}
