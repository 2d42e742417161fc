// Merging texts, and which earlier texts of a note are worth keeping. Pure.

/** Where `next` differs from `base`, as one replaced run: `base[start, end)` became `text`. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

const high = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const low = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Lengths of the common beginning and end, which do not overlap and split no surrogate pair. */
function common(a: string, b: string): { head: number; tail: number } {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a.charCodeAt(head) === b.charCodeAt(head)) head++;
  if (head > 0 && high(a.charCodeAt(head - 1))) head--;
  let tail = 0;
  while (
    tail < most - head &&
    a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)
  )
    tail++;
  if (tail > 0 && low(a.charCodeAt(a.length - tail))) tail--;
  return { head, tail };
}

function edit(base: string, next: string): Edit {
  const { head, tail } = common(base, next);
  return { start: head, end: base.length - tail, text: next.slice(head, next.length - tail) };
}

/**
 * Does a text have all that the other one says: each paragraph of it, in whatever order, with its lines in theirs? Then
 * it is a later state of it, or the two were put together already.
 */
function holds(text: string, other: string): boolean {
  if (text.includes(other)) return true;
  const linesOf = (part: string) => part.split('\n').map((line) => line.trimEnd());
  const lines = linesOf(text);
  return other.split(/\n\s*\n/).every((paragraph) => {
    let at = 0;
    return linesOf(paragraph).every((line) => {
      if (!line) return true;
      const found = lines.indexOf(line, at);
      at = found + 1;
      return found >= 0;
    });
  });
}

/** Both texts, `first` on top, as paragraphs of their own; just the one where it holds the other. */
export function both(first: string, second: string): string {
  if (holds(first, second)) return first;
  if (holds(second, first)) return second;
  return `${first}${first.endsWith('\n') ? '\n' : '\n\n'}${second}`;
}

/**
 * Merges two texts that were both typed upon `base`. Changes in different places are both applied. Where they meet,
 * both are kept, theirs first, mine in a new paragraph, so that nothing typed is lost.
 */
export function mergeTexts(base: string, theirs: string, mine: string): string {
  if (theirs === mine || base === mine) return theirs;
  if (base === theirs) return mine;
  const a = edit(base, theirs);
  const b = edit(base, mine);
  const samePlace = a.start === b.start && a.end === a.start && b.end === b.start;
  const [first, second] = a.end <= b.start ? [a, b] : [b, a];
  if (first.end <= second.start && !samePlace) {
    const between = base.slice(first.end, second.start);
    return base.slice(0, first.start) + first.text + between + second.text + base.slice(second.end);
  }
  let start = Math.min(a.start, b.start);
  let end = Math.max(a.end, b.end);
  // Out to whole words, so that no word is cut in two by the other text.
  while (start > 0 && /\S/.test(base[start - 1] ?? '')) start--;
  while (end < base.length && /\S/.test(base[end] ?? '')) end++;
  /** What a side made of the stretch of `base` that either side changed. */
  const stretch = (side: Edit) =>
    base.slice(start, side.start) + side.text + base.slice(side.end, end);
  return base.slice(0, start) + both(stretch(a), stretch(b)) + base.slice(end);
}

/** Does going from `before` to `after` take any text away? */
export function removes(before: string, after: string): boolean {
  const { head, tail } = common(before, after);
  return head + tail < before.length;
}

/** Are the two texts states of one draft: is at least half of the shorter one also in the longer one, in its place? */
export function sameDraft(a: string, b: string): boolean {
  const { head, tail } = common(a, b);
  return (head + tail) * 2 >= Math.min(a.length, b.length);
}
