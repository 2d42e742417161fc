// How a paper's upvotes went: a small line of what was observed, and the rise since yesterday.
import { Short } from './short';
import { signed, sinceYesterday } from './words';

/** The drawn area, px; half the line's width stays free around it. */
const width = 46;
const height = 14;

/** Upvotes over time as a line, of `[when in ms, how many]`, oldest first. Decoration: nothing below two points. */
export function Trend({ history = [] }: { history?: [at: number, upvotes: number][] | undefined }) {
  const [from = 0] = history[0] ?? [];
  const span = (history.at(-1)?.[0] ?? 0) - from;
  if (history.length < 2 || !(span > 0)) return null;
  const counts = history.map(([, upvotes]) => upvotes);
  const least = Math.min(...counts);
  const range = Math.max(...counts) - least;
  const points = history.map(([at, upvotes]) => {
    const x = ((at - from) / span) * width + 1;
    // What did not change runs through the middle.
    const y = (range ? 1 - (upvotes - least) / range : 0.5) * height + 1;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="trend" viewBox="0 0 48 16" width="48" height="16" aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" stroke-width="1.4" />
    </svg>
  );
}

/** `+37` drawn, `+37 since yesterday` read. Nothing where it is 0 or not known. */
export function Rise({ rise }: { rise?: number | undefined }) {
  if (!rise) return null;
  return (
    <span class={rise < 0 ? 'rise fell' : 'rise'}>
      <Short drawn={signed(rise)} words={sinceYesterday(rise)} />
    </span>
  );
}
