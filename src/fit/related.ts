// The papers of a person's library that are nearest to one paper, by the measure of the ranking.

import { type IdfTable, idfOf, lengthOf } from './frequencies';
import { numbered } from './rank';
import { type Bucket, recordLength, weightIn } from './record';
import type { Term } from './terms';

/** Papers whose cosine is less than this have little to do with each other. */
const least = 0.1;

/**
 * Finds the nearest papers.
 * @param library all buckets; dismissed papers in them are passed over
 * @param idfs how much terms say
 * @param terms of the paper asked about
 * @param self its id, so that it is not found itself
 * @returns their ids, the nearest first, `most` at most; none where nothing is near
 */
export function findRelated(
  library: Bucket[],
  idfs: IdfTable,
  terms: Term[],
  self: string,
  most = 3,
): string[] {
  const asking = lengthOf(terms, idfs);
  if (asking === 0) return [];
  const { count, numberOf } = numbered([terms]);
  const asked = new Float64Array(count);
  for (const { hash, weight } of terms) asked[numberOf(hash)] = weight * idfOf(idfs, hash) ** 2;
  const nearest: { id: string; score: number }[] = [];
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
      nearest.push({ id, score });
      nearest.sort((a, b) => b.score - a.score);
      nearest.length = Math.min(nearest.length, most);
    }
  }
  return nearest.map(({ id }) => id);
}
