// A list of very many rows of one height, of which only those near the window are drawn.
import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows drawn above and below the window, so that none is missing while one scrolls. */
const beside = 8;

/** A list of so many rows is drawn whole, so that the browser's own search finds what is in it. */
const whole = 200;

/** Below this width of the list, px, a row has more lines. */
const narrow = 560;

/** Heights of a row, px: what the style sheet draws in it fits. */
const heights = { wide: 92, tall: 148 } as const;

interface Props {
  label: string;
  places: number;
  /** The key of what stands at a place; undefined while it is not known. */
  keyOf: (at: number) => string | undefined;
  /** Drawn wherever the window is, so that the focus in it is not lost. */
  active: number | undefined;
  /** A `<li>` for a place, which has to take `place`. */
  draw: (at: number, key: string, place: Placed) => VNode;
  /** Told which places are drawn, both included. */
  onView: (first: number, last: number) => void;
}

/** What a row needs to stand in its place and to be counted right. */
export interface Placed {
  style: { top: string };
  'aria-setsize': number;
  'aria-posinset': number;
  'data-at': number;
}

/** A list that scrolls with the page. Assistive technology hears how many rows there are, not how many are drawn. */
export function LibraryList({ label, places, keyOf, active, draw, onView }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [tall, setTall] = useState(false);
  const height = tall ? heights.tall : heights.wide;
  const [range, setRange] = useState<[number, number]>([0, 20]);
  const [first, last] = places <= whole ? [0, Math.max(0, places - 1)] : range;

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const { top, width } = element.getBoundingClientRect();
      setTall(width > 0 && width < narrow);
      const from = Math.max(0, Math.floor(-top / height) - beside);
      const to = Math.ceil((innerHeight - top) / height) + beside;
      setRange((now) => (now[0] === from && now[1] === to ? now : [from, to]));
    };
    const gone = new AbortController();
    const sized = new ResizeObserver(measure);
    sized.observe(element);
    addEventListener('scroll', measure, { signal: gone.signal, passive: true });
    addEventListener('resize', measure, { signal: gone.signal });
    measure();
    return () => {
      gone.abort();
      sized.disconnect();
    };
  }, [height]);

  useLayoutEffect(() => onView(first, last), [first, last, onView]);

  const drawn: number[] = [];
  for (let at = first; at <= Math.min(last, places - 1); at++) drawn.push(at);
  if (active !== undefined && active < places) {
    if (active < first) drawn.unshift(active);
    if (active > last) drawn.push(active);
  }
  const keys = new Set<string>();
  return (
    <ul
      class="list"
      aria-label={label}
      ref={list}
      data-tall={tall ? '' : undefined}
      style={{ height: `${places * height}px`, '--row': `${height}px` }}
    >
      {drawn.map((at) => {
        const known = keyOf(at);
        // What stands twice in answers of different times is drawn twice, rather than one of them not at all.
        const key = known === undefined || keys.has(known) ? `at ${at}` : known;
        keys.add(key);
        return draw(at, key, {
          style: { top: `${at * height}px` },
          'aria-setsize': places,
          'aria-posinset': at + 1,
          'data-at': at,
        });
      })}
    </ul>
  );
}
