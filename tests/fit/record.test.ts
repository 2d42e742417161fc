// What is remembered of the papers of a library.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankPapers } from '../../src/fit/rank';
import {
  bucketOf,
  buckets,
  makeRecord,
  type PaperRecord,
  pack,
  unpack,
} from '../../src/fit/record';
import { readTerms } from '../../src/fit/terms';
import {
  birds,
  dismissed,
  forests,
  idfs,
  library,
  now,
  quantization,
  record,
  saved,
} from './papers';

const records: fc.Arbitrary<PaperRecord[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.string(),
      at: fc.integer({ min: 0 }),
      strength: fc.constantFrom(-0.5, 1, 1.5, 2),
      terms: fc.array(fc.tuple(fc.integer(), fc.integer({ min: 0, max: 255 })), { maxLength: 9 }),
    })
    .map(({ terms, ...rest }) => ({
      ...rest,
      hashes: Int32Array.from(terms, ([hash]) => hash),
      weights: Uint8Array.from(terms, ([, weight]) => weight),
    })),
  { selector: ({ id }) => id, maxLength: 6 },
);

describe('a bucket', () => {
  it('gives back the records that were packed', () => {
    fc.assert(
      fc.property(records, (all) => {
        expect(unpack(pack(3, all))).toEqual(all);
      }),
    );
  });

  it('is the same after a paper was added and removed', () => {
    fc.assert(
      fc.property(records, records, (all, [other]) => {
        fc.pre(Boolean(other) && all.every(({ id }) => id !== other?.id));
        const before = pack(3, all);
        const more = pack(3, [...unpack(before), other as PaperRecord]);
        const after = unpack(more).filter(({ id }) => id !== other?.id);
        expect(pack(3, after)).toEqual(before);
      }),
    );
  });

  it('survives being stored', () => {
    const bucket = pack(3, [record('a', birds), record('b', forests)]);
    const papers = [readTerms(forests)];
    expect(rankPapers([structuredClone(bucket)], idfs, papers, now)).toEqual(
      rankPapers([bucket], idfs, papers, now),
    );
  });

  it('is always the same one for a paper, and none has too many', () => {
    const counts = new Array<number>(buckets).fill(0);
    for (let at = 0; at < 10_000; at++) {
      const id = `${2400 + Math.floor(at / 1000)}.${String(at * 7).padStart(5, '0')}`;
      const bucket = bucketOf(id);
      expect(bucketOf(id)).toBe(bucket);
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    expect(Math.max(...counts)).toBeLessThan(200);
  });
});

describe('the record of a paper', () => {
  it('is as small when its note is long', () => {
    const note = Array.from({ length: 2000 }, (_, at) => `word${at}x`).join(' ');
    const { hashes, weights } = record('a', { ...birds, note }, { noted: true });
    expect(hashes.byteLength + weights.byteLength).toBeLessThanOrEqual(64 * 5);
  });

  it('keeps the words of a short note', () => {
    const note = 'lanterns at dusk';
    const buckets = library(record('a', { ...birds, note }, { noted: true }));
    const [fit] = rankPapers(buckets, idfs, [readTerms({ title: 'Lanterns', abstract: '' })], now);
    expect(fit?.why).toEqual([{ words: 'Lanterns', noted: true }]);
  });

  it.each([
    ['saved', saved, 1],
    ['only being read', { ...saved, saved: false, reading: 'reading' as const }, 1],
    ['saved and read', { ...saved, reading: 'read' as const }, 1.5],
    [
      'saved, noted, highlighted and read',
      { ...saved, noted: true, highlighted: true, reading: 'read' as const },
      2.5,
    ],
    ['dismissed', dismissed, -0.5],
    ['saved, though dismissed once', { ...saved, dismissed: true }, 1],
  ])('of a paper that is %s says so much', (_, interest, strength) => {
    expect(makeRecord('a', readTerms(quantization), interest, idfs)?.strength).toBe(strength);
  });

  it('is none where the person did nothing, and where there are no words', () => {
    const nothing = { ...saved, saved: false };
    expect(makeRecord('a', readTerms(birds), nothing, idfs)).toBeNull();
    expect(makeRecord('a', readTerms({ title: '', abstract: '' }), saved, idfs)).toBeNull();
  });
});
