// How near papers are to what a person saved, noted and read, and why.
import { type IdfTable, idfOf, lengthOf } from './frequencies';
import { type Bucket, notedBit, recordLength, weightIn } from './record';
import type { Term } from './terms';

/** Why a paper is near: words of its own that papers of the library share. */
export interface Reason {
  words: string;
  /** They stand in a note of the person's. */
  noted: boolean;
}

export interface Fit {
  /**
   * From -1 to 1: the mean of the paper's cosines with the papers of the library, each by what it says of the person's
   * interest. For ordering papers, no more: it is small where a library is about many things.
   */
  score: number;
  /** The strongest first, two at most; none where the score is not above zero. */
  why: Reason[];
}

/** What the person did so long ago counts half, ms. */
const halfLife = 2 * 365 * 86_400_000;

/** A term and how much it brings two things together: above zero. */
interface Shared {
  term: Term;
  by: number;
}

/** The words to show for telling terms that are shared: pairs rather than single words, no word twice, two at most. */
function strongest(shared: Shared[]): Term[] {
  const order = shared
    .sort((a, b) => b.by - a.by)
    .slice(0, 12)
    .map(({ by, term }) => ({ by, term, words: term.words.toLowerCase().split(/[\s\p{Pd}]/u) }));
  const chosen: typeof order = [];
  for (const one of order) {
    const [word = ''] = one.words;
    const pair =
      one.words.length === 1 &&
      order.find(({ by, words }) => words.length > 1 && by > one.by / 3 && words.includes(word));
    const next = [pair || one, one].find(({ words }) =>
      chosen.every((other) => words.every((word) => !other.words.includes(word))),
    );
    if (next) chosen.push(next);
    if (chosen.length === 2) break;
  }
  return chosen.map(({ term }) => term);
}

/** Numbers from 0 for the hashes of terms. Asked for every term of the library, so it is a bare table. */
export function numbered(papers: Term[][]): { count: number; numberOf: (hash: number) => number } {
  const terms = papers.reduce((sum, paper) => sum + paper.length, 0);
  const last = 2 ** Math.ceil(Math.log2(1.5 * terms + 1)) - 1;
  /** Hashes, each with one more than its number; 0 there where a place is free. */
  const table = new Int32Array(2 * (last + 1));
  /** One bit for the first 17 of a hash refuses most others: it stays in the processor's nearest memory. */
  const bits = new Int32Array(2 ** 12);
  const placeOf = (hash: number) => {
    let place = hash & last;
    while (table[2 * place + 1] !== 0 && table[2 * place] !== hash) place = (place + 1) & last;
    return 2 * place;
  };
  let count = 0;
  for (const paper of papers)
    for (const { hash } of paper) {
      const place = placeOf(hash);
      if (table[place + 1] !== 0) continue;
      table[place] = hash;
      table[place + 1] = ++count;
      bits[hash >>> 20] = (bits[hash >>> 20] as number) | (1 << (hash >>> 15));
    }
  const numberOf = (hash: number) =>
    ((bits[hash >>> 20] as number) & (1 << (hash >>> 15))) === 0
      ? -1
      : (table[placeOf(hash) + 1] as number) - 1;
  return { count, numberOf };
}

/**
 * Tells how near papers are to what a person cares about.
 * @param library all buckets
 * @param idfs how much terms say
 * @param papers their terms, without the person's own notes
 * @param now ms
 * @returns one a paper, in their order: null where there is nothing to compare, an empty library or no words
 */
export function rankPapers(
  library: Bucket[],
  idfs: IdfTable,
  papers: Term[][],
  now: number,
): (Fit | null)[] {
  const { count, numberOf } = numbered(papers);
  /** How much the library has of each term, and whether a note has it. */
  const sums = new Float64Array(count);
  const noted = new Uint8Array(count);
  let total = 0;
  for (const bucket of library) {
    const { ids, at, strength, ends, hashes, weights } = bucket;
    let place = 0;
    for (let index = 0; index < ids.length; index++) {
      const end = ends[index] as number;
      // A clock that was ahead counts as now.
      const age = Math.max(0, now - (at[index] as number));
      const interest = (strength[index] as number) * 2 ** (-age / halfLife);
      const length = recordLength(bucket, place, end, idfs);
      const scale = length > 0 ? interest / length : 0;
      total += Math.abs(interest);
      for (; place < end; place++) {
        const number = numberOf(hashes[place] as number);
        if (number < 0) continue;
        const weight = weights[place] as number;
        sums[number] = (sums[number] as number) + scale * weightIn(weight);
        if (weight & notedBit) noted[number] = 1;
      }
    }
  }
  return papers.map((terms) => {
    const length = lengthOf(terms, idfs);
    if (length === 0 || total === 0) return null;
    let sum = 0;
    const shared: Shared[] = [];
    for (const term of terms) {
      const by = term.weight * idfOf(idfs, term.hash) ** 2 * (sums[numberOf(term.hash)] as number);
      sum += by;
      if (by > 0 && term.telling) shared.push({ term, by });
    }
    const why = sum > 0 ? strongest(shared) : [];
    return {
      score: sum / (length * total),
      why: why.map(({ hash, words }) => ({ words, noted: noted[numberOf(hash)] === 1 })),
    };
  });
}
