// Likely places of a pattern in a long text, and how the pattern lies on one of them. Strings of letters only.

/** Characters that count as one sign of a place. Shorter ones stand everywhere, longer ones die of each edit. */
const gram = 8;
/** A sign that stands in more places than this says little. */
const common = 48;
const buckets = 1 << 17;

/** Where each gram of a text stands: the last place by its hash, and from each place the one before. */
export interface Grams {
  text: string;
  last: Int32Array;
  before: Int32Array;
}

function hash(text: string, at: number): number {
  let sum = 0;
  for (let index = at; index < at + gram; index++)
    sum = (Math.imul(sum, 0x01000193) ^ text.charCodeAt(index)) >>> 0;
  return (sum ^ (sum >>> 15)) & (buckets - 1);
}

/**
 * Indexes a text once, for any number of patterns. Time and room grow with its length.
 * @param pace is awaited where it gives a promise
 */
export async function indexGrams(
  text: string,
  pace: () => Promise<void> | undefined,
): Promise<Grams> {
  const last = new Int32Array(buckets).fill(-1);
  const before = new Int32Array(text.length);
  for (let at = 0; at + gram <= text.length; at++) {
    const slot = hash(text, at);
    before[at] = last[slot] as number;
    last[slot] = at;
    if (at % 4096 > 0) continue;
    const waiting = pace();
    if (waiting) await waiting;
  }
  return { text, last, before };
}

/**
 * The places at which a pattern may begin, by the grams that it shares with the text in nearly the same order.
 * @returns at most `most` offsets into the text, best first; offsets before its beginning are possible
 */
export function likelyStarts(
  { text, last, before }: Grams,
  pattern: string,
  most: number,
): number[] {
  // Edits shift what follows them, so starts within a bucket count together, and with those of the next one.
  const width = 64;
  const votes = new Map<number, number>();
  for (let index = 0; index + gram <= pattern.length; index++) {
    const places: number[] = [];
    for (
      let at = last[hash(pattern, index)] as number, seen = 0;
      at >= 0 && seen < common * 4;
      at = before[at] as number, seen++
    )
      if (text.startsWith(pattern.slice(index, index + gram), at)) places.push(at);
    if (places.length > common) continue;
    for (const at of places) {
      const bucket = Math.floor((at - index) / width);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1 / places.length ** 0.5);
    }
  }
  const sums = [...votes].map(
    ([bucket, count]) => [bucket, count + (votes.get(bucket + 1) ?? 0)] as const,
  );
  return sums
    .sort(([, a], [, b]) => b - a)
    .slice(0, most * 2)
    .filter(
      ([bucket], index, all) => !all.slice(0, index).some(([seen]) => Math.abs(seen - bucket) < 2),
    )
    .slice(0, most)
    .map(([bucket]) => bucket * width);
}

/** How a pattern of three pieces lies on a text. */
export interface Alignment {
  /** Where the second piece lies in the text. */
  start: number;
  end: number;
  /** Edits (insertions, deletions, substitutions) within each piece. */
  errors: [number, number, number];
}

let steps = new Uint8Array(0);

/**
 * Lays a pattern on the place between `low` and `high` of a text where it takes the fewest edits; what stands before
 * and after it costs nothing. Time and room are the product of the two lengths.
 *
 * Source: P. Sellers, The theory and computation of evolutionary distances: pattern recognition, 1980.
 * @param pieces the pattern in three pieces, of which the second is the one looked for
 */
export function align(
  pieces: readonly [string, string, string],
  text: string,
  low: number,
  high: number,
): Alignment {
  const pattern = pieces.join('');
  const first = pieces[0].length;
  const second = first + pieces[1].length;
  const rows = pattern.length;
  const columns = high - low;
  const width = columns + 1;
  // One step a cell: 0 both go on, 1 the pattern alone, 2 the text alone.
  if (steps.length < (rows + 1) * width) steps = new Uint8Array((rows + 1) * width);
  const letters = new Uint16Array(columns);
  for (let column = 0; column < columns; column++) letters[column] = text.charCodeAt(low + column);
  const costs = new Int32Array(width);
  for (let row = 1; row <= rows; row++) {
    const letter = pattern.charCodeAt(row - 1);
    let diagonal = costs[0] as number;
    let left = row;
    costs[0] = row;
    for (let column = 1, cell = row * width + 1; column <= columns; column++, cell++) {
      const up = costs[column] as number;
      let cost = diagonal + (letters[column - 1] === letter ? 0 : 1);
      let step = 0;
      if (up + 1 < cost) {
        cost = up + 1;
        step = 1;
      }
      if (left + 1 < cost) {
        cost = left + 1;
        step = 2;
      }
      steps[cell] = step;
      costs[column] = left = cost;
      diagonal = up;
    }
  }
  let column = 0;
  for (let index = 1; index <= columns; index++)
    if ((costs[index] as number) < (costs[column] as number)) column = index;
  const errors: [number, number, number] = [0, 0, 0];
  let start = column;
  let end = column;
  for (let row = rows; row > 0; ) {
    const step = column === 0 ? 1 : (steps[row * width + column] as number);
    // What was inserted between two pieces is none of the second one's business.
    const piece =
      step === 2
        ? row <= first
          ? 0
          : row < second
            ? 1
            : 2
        : row <= first
          ? 0
          : row <= second
            ? 1
            : 2;
    if (step > 0 || letters[column - 1] !== pattern.charCodeAt(row - 1)) errors[piece]++;
    if (step !== 2) row--;
    if (step !== 1) column--;
    if (row >= second) end = column;
    if (row >= first && (row > first || step !== 2)) start = column;
  }
  return { start: low + start, end: low + end, errors };
}
