// What a week, a month and Trending list at Hugging Face, each in the service's own order.
import type { Catalogue, DailyItem } from './catalogue.ts';
import { addDays, weekOf } from './clock.ts';

export type Period = 'week' | 'month' | 'trending';

/** The present week and month list at least so many papers, on whatever day of it the world is started. */
export const periodSizes = { week: 105, month: 430 } as const;

/** A day's week or month, as addresses name it: `2026-W42`, `2026-10`. */
export function nameOf(period: 'week' | 'month', day: string): string {
  return period === 'week' ? weekOf(day) : day.slice(0, 7);
}

/** The list of a week or month, by upvotes. Empty where no day of it has papers. */
export function listOf(
  catalogue: Catalogue,
  today: string,
  period: 'week' | 'month',
  name: string,
): DailyItem[] {
  const items = entriesOf(catalogue, (day) => nameOf(period, day) === name);
  if (name === nameOf(period, today)) {
    const missing = periodSizes[period] - items.length;
    items.push(...catalogue.periodOnly.slice(0, Math.max(0, missing)));
  }
  return items.toSorted((one, other) => upvotes(other) - upvotes(one));
}

/** Trending: the papers of two weeks. The newer come first unless many like the older ones. */
export function trending(catalogue: Catalogue, today: string): DailyItem[] {
  const score = (item: DailyItem) => {
    const day = item.paper.submittedOnDailyAt?.slice(0, 10) ?? today;
    return upvotes(item) / (2 + (Date.parse(today) - Date.parse(day)) / 86_400_000);
  };
  return entriesOf(catalogue, (day) => day > addDays(today, -14)).toSorted(
    (one, other) => score(other) - score(one),
  );
}

/** Entries of all matching days, newest day first; a paper that came twice only once. */
export function entriesOf(catalogue: Catalogue, wanted: (day: string) => boolean): DailyItem[] {
  const days = [...catalogue.days.keys()].filter(wanted).toSorted().toReversed();
  const items = days.flatMap((day) => catalogue.days.get(day) ?? []);
  return [
    ...new Map(items.toReversed().map((item) => [item.paper.id, item])).values(),
  ].toReversed();
}

const upvotes = ({ paper }: DailyItem): number => paper.upvotes ?? 0;
