// Which of many backups stay: the last seven, and the last one of each of five weeks. Pure.

const dayLength = 86_400_000;
const daily = 7;
const weekly = 5;

/** The week of a time in ms, from Monday on, UTC. */
function weekOf(at: number): number {
  return Math.floor((Math.floor(at / dayLength) + 3) / 7);
}

/**
 * Those that stay. They are counted and not measured by the clock, so that one that was set wrong drops none.
 * @param newestFirst in the order in which they were made
 */
export function staying<T extends { at: number }>(newestFirst: T[]): Set<T> {
  const lastOfWeek = new Map<number, T>();
  for (const one of newestFirst) {
    const week = weekOf(one.at);
    if (!lastOfWeek.has(week)) lastOfWeek.set(week, one);
  }
  return new Set([...newestFirst.slice(0, daily), ...[...lastOfWeek.values()].slice(0, weekly)]);
}
