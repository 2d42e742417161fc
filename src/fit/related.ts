// The papers of a person's library that are nearest to one paper, by the measure of the ranking.

import { type IdfTable, idfOf, lengthOf } from './frequencies';
import { numbered, strongest } from './rank';
import { type Bucket, recordLength, weightIn } from './record';
import type { Term } from './terms';

/** A paper of the library that is near. */
export interface Related {
  id: string;
  /** From 0 to 1: the cosine of the two papers. */
  score: number;
  /** Words that both share, as the paper asked about has them: the strongest first, two at most. */
  why: string[];
}

/** Papers less alike than this have little to do with each other. */
const least = 0.1;

/**
 * Finds the nearest papers.
 * @param library all buckets; dismissed papers in them are passed over
 * @param idfs how much terms say
 * @param terms of the paper asked about
 * @param self its id, so that it is not found itself
 * @returns the nearest first, `most` at most; none where nothing is near
 */
export function findRelated(
  library: Bucket[],
  idfs: IdfTable,
  terms: Term[],
  self: string,
  most = 3,
): Related[] {
  const asking = lengthOf(terms, idfs);
  if (asking === 0) return [];
  const { count, numberOf } = numbered([terms]);
  const asked = new Float64Array(count);
  for (const { hash, weight } of terms) asked[numberOf(hash)] = weight * idfOf(idfs, hash) ** 2;
  const nearest: { id: string; score: number; own: Map<number, number> }[] = [];
  for (const bucket of library) {
    const { ids, strength, ends, hashes, weights } = bucket;
    let end = 0;
    for (let index = 0; index < ids.length; index++) {
      const start = end;
      end = ends[index] as number;
      const id = ids[index] as string;
      if ((strength[index] as number) <= 0 || id === self) continue;
      let sum = 0;
      for (let place = start; place < end; place++) {
        const number = numberOf(hashes[place] as number);
        if (number >= 0) sum += weightIn(weights[place] as number) * (asked[number] as number);
      }
      if (sum === 0) continue;
      const score = sum / (asking * recordLength(bucket, start, end, idfs));
      if (score <= (nearest[most - 1]?.score ?? least)) continue;
      const own = new Map<number, number>();
      for (let place = start; place < end; place++)
        own.set(hashes[place] as number, weightIn(weights[place] as number));
      nearest.push({ id, score, own });
      nearest.sort((a, b) => b.score - a.score);
      nearest.length = Math.min(nearest.length, most);
    }
  }
  return nearest.map(({ id, score, own }) => {
    const shared = terms
      .map((term) => ({
        term,
        by: (asked[numberOf(term.hash)] as number) * (own.get(term.hash) ?? 0),
      }))
      .filter(({ term, by }) => by > 0 && term.telling);
    return { id, score, why: strongest(shared).map(({ words }) => words) };
  });
}
