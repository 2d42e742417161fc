// Days of the replica world: plain UTC day arithmetic on `YYYY-MM-DD` strings.

const dayLength = 86_400_000;

/** The UTC day of a time, `YYYY-MM-DD`. `time` in ms since the epoch. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return dayOf(Date.parse(day) + count * dayLength);
}

/** True for a real calendar day written as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    dayOf(Date.parse(text)) === text
  );
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** The ISO week of a day, `YYYY-Www`: weeks start on Monday, week 1 holds the year's first Thursday. */
export function weekOf(day: string): string {
  const thursday = addDays(mondayOf(day), 3);
  const year = thursday.slice(0, 4);
  const week =
    1 + Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * dayLength));
  return `${year}-W${String(week).padStart(2, '0')}`;
}
