// Paints highlights by the CSS Custom Highlight API: nothing in the page's document changes.
import { type PageText, rangesOf, type Span } from '../anchoring/text';
import type { HighlightColour } from '../library/api';

const colours: HighlightColour[] = ['yellow', 'green', 'blue', 'pink'];

/** The names in the page's registry; the styles of `paint.css` go by them. */
type Name = HighlightColour | 'overlap' | 'flash';

/** The part of a computed colour that tells how light it is, and what that part is at most. */
const lightness: [RegExp, number][] = [
  [/^rgba?\(\s*([\d.]+)[,\s]+([\d.]+)[,\s]+([\d.]+)/, 255],
  [/^color\(srgb\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)/, 1],
  [/^okl(?:ch|ab)\(\s*([\d.]+)/, 1],
  [/^l(?:ch|ab)\(\s*([\d.]+)/, 100],
];

/** Is text of this computed colour light, so that its page is dark? What cannot be read counts as dark text. */
export function isLight(colour: string): boolean {
  for (const [form, most] of lightness) {
    const parts = form.exec(colour)?.slice(1).map(Number);
    if (parts) return parts.reduce((sum, part) => sum + part, 0) / parts.length > most * 0.55;
  }
  return false;
}

/** The stretches that two or more of the spans share, in order, none touching another. */
export function overlaps(spans: Span[]): Span[] {
  const shared: Span[] = [];
  let reach = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const both = Math.min(reach, end);
    const last = shared.at(-1);
    if (start < both) {
      if (last && start <= last.end) last.end = Math.max(last.end, both);
      else shared.push({ start, end: both });
    }
    reach = Math.max(reach, end);
  }
  return shared;
}

function fill(name: string, ranges: Range[], priority: number): void {
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    return;
  }
  const highlight = new Highlight();
  highlight.priority = priority;
  for (const range of ranges) highlight.add(range);
  CSS.highlights.set(name, highlight);
}

/** A highlight where it stands in a text of the page. */
export interface Painted {
  colour: HighlightColour;
  text: PageText;
  span: Span;
  ranges: Range[];
}

interface Shown {
  /** Takes all ranges that there are, gives whether one is to be painted: see `followNear`. */
  near?: (ranges: Range[]) => (range: Range) => boolean;
  /** What the person was led to. */
  flash?: Range[];
  /** The page is dark. */
  dark?: boolean;
}

/** Paints these and nothing else. What two of them share is shown. */
export function paint(
  painted: Painted[],
  { near = () => () => true, flash = [], dark = false }: Shown = {},
): void {
  const overlap = [...Map.groupBy(painted, ({ text }) => text)].flatMap(([text, its]) =>
    overlaps(its.map(({ span }) => span)).flatMap((span) => rangesOf(text, span)),
  );
  const isNear = near([...painted.flatMap(({ ranges }) => ranges), ...overlap]);
  const put = (name: Name, ranges: Range[], priority: number) => {
    fill(`paper-margin-${name}`, dark ? [] : ranges, priority);
    fill(`paper-margin-dark-${name}`, dark ? ranges : [], priority);
  };
  for (const colour of colours) {
    const ranges = painted.flatMap((one) =>
      one.colour === colour ? one.ranges.filter(isNear) : [],
    );
    put(colour, ranges, 0);
  }
  put('overlap', overlap.filter(isNear), 1);
  put('flash', flash, 2);
}
