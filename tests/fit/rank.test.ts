// The order of new papers, and the reasons for it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPaper, emptyFrequencies, idfTable } from '../../src/fit/frequencies';
import { rankPapers } from '../../src/fit/rank';
import type { Bucket } from '../../src/fit/record';
import { readTerms, type Writing } from '../../src/fit/terms';
import {
  birds,
  dismissed,
  forests,
  idfs,
  library,
  now,
  quantization,
  record,
  rounding,
  year,
} from './papers';

const rank = (buckets: Bucket[], ...papers: Writing[]) =>
  rankPapers(buckets, idfs, papers.map(readTerms), now);
const score = (buckets: Bucket[], paper: Writing) => rank(buckets, paper)[0]?.score ?? Number.NaN;

describe('a new paper', () => {
  it('is nearer when the library has papers of its subject', () => {
    const [near, far] = rank(library(record('a', quantization)), rounding, forests);
    expect(near?.score).toBeGreaterThan(far?.score as number);
    expect(far).toEqual({ score: 0, why: [] });
  });

  it('tells what it shares, as it writes it itself', () => {
    const [fit] = rank(library(record('a', quantization)), rounding);
    expect(fit?.why.map(({ words }) => words)).toEqual(['quantization', 'weights']);
    expect(fit?.why.some(({ noted }) => noted)).toBe(false);
  });

  it('tells that words stand in a note', () => {
    const noted = record('a', { ...birds, note: 'Compare with quantization' }, { noted: true });
    const [fit] = rank(library(noted), rounding);
    expect(fit?.why).toEqual([{ words: 'quantization', noted: true }]);
    const [other] = rank(library(noted), { title: 'A Detector', abstract: '' });
    expect(other?.why).toEqual([{ words: 'Detector', noted: false }]);
  });

  it('tells pairs of words rather than single ones', () => {
    const [fit] = rank(library(record('a', rounding)), {
      title: 'Post-Training Quantization of Detectors',
      abstract: '',
    });
    expect(fit?.why.map(({ words }) => words)).toEqual(['Post-Training', 'Quantization']);
  });

  it('is the same as one of the library at most', () => {
    expect(score(library(record('a', birds)), birds)).toBeCloseTo(1, 1);
  });

  it('has no score and no reason in an empty library', () => {
    expect(rank([], birds, forests)).toEqual([null, null]);
  });

  it('has no score when it has no words', () => {
    expect(rank(library(record('a', birds)), { title: '', abstract: '…' })).toEqual([null]);
  });

  it('has a score before any list has come', () => {
    const none = idfTable(emptyFrequencies());
    const [fit] = rankPapers(library(record('a', birds)), none, [readTerms(forests)], now);
    expect(fit?.score).toBeGreaterThan(0);
  });

  it('is lowered by a dismissed paper like it, and gives no reason below zero', () => {
    const liked = record('a', birds);
    const before = score(library(liked), forests);
    const after = rank(library(liked, record('b', rounding, dismissed)), rounding, forests);
    expect(after[0]?.score).toBeLessThan(0);
    expect(after[0]?.why).toEqual([]);
    expect(after[1]?.score).toBeGreaterThan(0);
    const [mixed] = rank(library(liked, record('b', rounding, dismissed)), {
      title: 'Quantization of Weights, Outliers, Birds',
      abstract: rounding.abstract,
    });
    expect(mixed?.score).toBeLessThan(0);
    expect(mixed?.why).toEqual([]);
    const forestsToo = library(liked, record('b', forests, dismissed));
    expect(score(forestsToo, forests)).toBeLessThan(before);
  });

  it('is nearer to what the person did lately', () => {
    const old = { at: now - 4 * year };
    const lately = library(record('a', quantization, old), record('b', forests));
    const [quantized, woods] = rank(lately, rounding, birds);
    const turned = library(record('a', quantization), record('b', forests, old));
    const [quantizedThen, woodsThen] = rank(turned, rounding, birds);
    expect(quantized?.score).toBeLessThan(quantizedThen?.score as number);
    expect(woods?.score).toBeGreaterThan(woodsThen?.score as number);
  });

  it('is not moved by a clock that was ahead', () => {
    const ahead = library(record('a', quantization, { at: now + 100 * year }));
    expect(score(ahead, rounding)).toBe(score(library(record('a', quantization)), rounding));
  });

  it('is nearer to a paper that was saved, noted and read than to one that was only saved', () => {
    const more = { noted: true, reading: 'read' as const };
    const buckets = library(record('a', quantization, more), record('b', forests));
    const even = library(record('a', quantization), record('b', forests));
    expect(score(buckets, rounding)).toBeGreaterThan(score(even, rounding));
  });

  it('scores the same in whatever order papers came into the library', () => {
    const records = [quantization, rounding, birds, forests].map((paper, at) =>
      record(`paper ${at}`, paper, { at: now - at * year }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: 4 }), (shuffled) => {
        expect(score(library(...shuffled), rounding)).toBeCloseTo(
          score(library(...records), rounding),
          12,
        );
      }),
    );
  });
});

describe('any text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const paper = fc.record({
    title: text,
    abstract: text,
    keywords: fc.array(text, { maxLength: 3 }),
    note: text,
  });

  it('has a score from -1 to 1, or none', () => {
    const all = library(record('a', birds), record('b', rounding, dismissed));
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 5 }), (papers) => {
        const fits = rank(all, ...papers);
        expect(fits).toHaveLength(papers.length);
        for (const fit of fits) {
          if (fit === null) continue;
          expect(Math.abs(fit.score)).toBeLessThanOrEqual(1.05);
        }
      }),
    );
  });

  it.each([
    '__proto__ constructor toString',
    '<img src=x onerror=alert(1)>',
    '%00kites \u0000lanterns \ud800',
  ])('is words, no more: %j', (hostile) => {
    const writing = { title: hostile, abstract: hostile };
    const [fit] = rank(library(record('a', writing)), writing);
    expect(fit?.score).toBeCloseTo(1, 1);
    for (const { words } of fit?.why ?? []) expect(hostile).toContain(words);
  });
});

describe('frequencies', () => {
  it('say more of rare terms than of common ones', () => {
    const [rare, common] = rank(
      library(record('a', { title: 'Birds pictures', abstract: '' })),
      { title: 'Birds', abstract: '' },
      { title: 'Pictures', abstract: '' },
    );
    expect(rare?.score).toBeGreaterThan(common?.score as number);
  });

  it('follow the times, however many papers come', () => {
    const frequencies = emptyFrequencies();
    const old = readTerms({ title: 'Lanterns', abstract: '' });
    const fresh = readTerms({ title: 'Kites', abstract: '' });
    for (let at = 0; at < 5000; at++) countPaper(frequencies, old);
    for (let at = 0; at < 70_000; at++) countPaper(frequencies, fresh);
    const idfsThen = idfTable(frequencies);
    const says = (title: string) =>
      rankPapers(
        library(record('a', { title: 'Lanterns, Kites', abstract: '' })),
        idfsThen,
        [readTerms({ title, abstract: '' })],
        now,
      )[0]?.score;
    expect(says('Lanterns')).toBeGreaterThan(says('Kites') ?? 0);
  });
});
