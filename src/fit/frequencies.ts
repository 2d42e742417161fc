// How rare terms are: in how many of the newest papers of lists each of them stands.
import type { Term } from './terms';

/** How many counts there are. Terms share them by the low bits of their hashes, which makes some seem less rare. */
const places = 2 ** 16;

/** With so many papers all counts are halved: they follow the times, and few terms share a count. */
const full = 4000;

/** Counts over the papers of lists. A typed array, to be stored as it is (128 KB). */
export interface Frequencies {
  papers: number;
  /** In how many of those papers the terms of a place stand. */
  counts: Uint16Array;
}

/** Counts of nothing yet: all terms are equally rare. */
export function emptyFrequencies(): Frequencies {
  return { papers: 0, counts: new Uint16Array(places) };
}

/** Counts a paper that is new to the lists. Changes `frequencies`. */
export function countPaper(frequencies: Frequencies, terms: Term[]): void {
  if (frequencies.papers >= full) {
    frequencies.papers >>= 1;
    for (let at = 0; at < places; at++)
      frequencies.counts[at] = (frequencies.counts[at] as number) >> 1;
  }
  frequencies.papers += 1;
  for (const { hash } of terms) {
    const at = hash & (places - 1);
    frequencies.counts[at] = Math.min((frequencies.counts[at] as number) + 1, frequencies.papers);
  }
}

/** How much terms say, by place: their inverse document frequency, 0 for what stands in nearly every paper. */
export type IdfTable = Float32Array;

/** How much terms say, by what was counted. */
export function idfTable({ papers, counts }: Frequencies): IdfTable {
  // Most places share their count with others: one logarithm a count is enough.
  const byCount = Float32Array.from({ length: papers + 1 }, (_, count) =>
    Math.max(0, Math.log((papers + 1) / (count + 0.5))),
  );
  const idfs = new Float32Array(places);
  for (let at = 0; at < places; at++) idfs[at] = byCount[counts[at] as number] as number;
  return idfs;
}

/** The inverse document frequency of a term. */
export function idfOf(idfs: IdfTable, hash: number): number {
  return idfs[hash & (places - 1)] as number;
}

/** The length of a paper's terms as a vector, each by its weight and its inverse document frequency. */
export function lengthOf(terms: Term[], idfs: IdfTable): number {
  let square = 0;
  for (const { hash, weight } of terms) square += (weight * idfOf(idfs, hash)) ** 2;
  return Math.sqrt(square);
}
