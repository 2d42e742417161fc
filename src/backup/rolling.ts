// Which of many backups stay: the last one of each of seven days, and of each of five weeks. Pure.

const dayLength = 86_400_000;
const daily = 7;
const weekly = 5;

/** The week of a time in ms, from Monday on, UTC. */
function weekOf(at: number): number {
  return Math.floor((Math.floor(at / dayLength) + 3) / 7);
}

/** The first one of each group, in order. */
function firsts<T>(all: T[], groupOf: (one: T) => unknown): T[] {
  const found = new Map<unknown, T>();
  for (const one of all) {
    const group = groupOf(one);
    if (!found.has(group)) found.set(group, one);
  }
  return [...found.values()];
}

/**
 * Those that stay. Of those made on one day it is the last, so that many of one day do not push out those of earlier
 * days. Days and weeks that have one are counted, not measured by the clock, so that a clock that was set wrong drops
 * none of another day.
 * @param newestFirst in the order in which they were made
 * @param dayOf the person's own day at a time in ms
 */
export function staying<T extends { at: number }>(
  newestFirst: T[],
  dayOf: (at: number) => string,
): Set<T> {
  const days = firsts(newestFirst, ({ at }) => dayOf(at));
  const weeks = firsts(days, ({ at }) => weekOf(at));
  return new Set([...days.slice(0, daily), ...weeks.slice(0, weekly)]);
}
