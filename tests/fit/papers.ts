// A small library for tests of the fit ranking: made-up papers about two subjects.
import { countPaper, emptyFrequencies, idfTable } from '../../src/fit/frequencies';
import {
  type Bucket,
  bucketOf,
  type Interest,
  makeRecord,
  type PaperRecord,
  pack,
} from '../../src/fit/record';
import { readTerms, type Writing } from '../../src/fit/terms';

export const now = Date.parse('2026-08-19T10:00:00Z');
export const year = 365 * 86_400_000;

export const quantization: Writing = {
  title: 'Four-Bit Quantization of Small Language Models',
  abstract: 'We quantize weights to four bits. Quantization error grows with outliers.',
};
export const rounding: Writing = {
  title: 'Rounding Weights Well',
  abstract: 'Post-training quantization with learned rounding of weights, without outliers.',
  keywords: ['post-training quantization'],
};
export const birds: Writing = {
  title: 'Counting Birds in Pictures',
  abstract: 'A detector of birds in pictures of forests, trained on recordings of birds.',
};
export const forests: Writing = {
  title: 'Forests from Above',
  abstract: 'Segmentation of trees in satellite pictures of forests.',
};

/** What terms say, where lists have brought these four papers and some others. */
export const idfs = (() => {
  const frequencies = emptyFrequencies();
  for (const paper of [quantization, rounding, birds, forests])
    countPaper(frequencies, readTerms(paper));
  for (let at = 0; at < 40; at++)
    countPaper(frequencies, readTerms({ title: `Subject${at} pictures weights`, abstract: '' }));
  return idfTable(frequencies);
})();

export const saved: Interest = {
  saved: true,
  noted: false,
  highlighted: false,
  reading: 'unread',
  dismissed: false,
  at: now,
};
export const dismissed: Interest = { ...saved, saved: false, dismissed: true };

/** The record of a paper, which must have one. */
export function record(id: string, paper: Writing, interest: Partial<Interest> = {}): PaperRecord {
  const made = makeRecord(id, readTerms(paper), { ...saved, ...interest }, idfs);
  if (!made) throw new Error(`There is nothing to remember of ${id}.`);
  return made;
}

/** The buckets of a library. */
export function library(...records: PaperRecord[]): Bucket[] {
  const byBucket = Map.groupBy(records, ({ id }) => bucketOf(id));
  return [...byBucket].map(([bucket, own]) => pack(bucket, own));
}
