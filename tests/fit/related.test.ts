// Related papers of the person's own library.
import { describe, expect, it } from 'vitest';
import { findRelated } from '../../src/fit/related';
import { readTerms, type Writing } from '../../src/fit/terms';
import { birds, dismissed, forests, idfs, library, quantization, record, rounding } from './papers';

const related = (buckets: ReturnType<typeof library>, paper: Writing, self = 'self') =>
  findRelated(buckets, idfs, readTerms(paper), self);
const ids = (...of: Parameters<typeof related>) => related(...of).map(({ id }) => id);

describe('the related papers of a paper', () => {
  const all = library(
    record('quantization', quantization),
    record('rounding', rounding),
    record('birds', birds),
    record('forests', forests),
  );

  it('are of its subject, with the words that both share', () => {
    const [first, ...rest] = related(all, {
      title: 'Quantization error and outliers',
      abstract: '',
    });
    expect(first).toMatchObject({ id: 'quantization', why: ['Quantization error', 'outliers'] });
    expect(rest.map(({ id }) => id)).not.toContain('birds');
  });

  it('are the nearest first, three at most', () => {
    const many = library(
      ...Array.from({ length: 9 }, (_, at) =>
        record(`birds ${at}`, { ...birds, abstract: `${birds.abstract} ${'kites '.repeat(at)}` }),
      ),
    );
    const found = related(many, birds);
    expect(found).toHaveLength(3);
    expect(found[0]?.id).toBe('birds 0');
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('are never the paper itself, nor a dismissed one', () => {
    expect(ids(all, birds, 'birds')).not.toContain('birds');
    expect(ids(library(record('birds', birds, dismissed)), birds)).toEqual([]);
  });

  it('are none where nothing is near', () => {
    expect(related(all, { title: 'Lanterns at dusk', abstract: '' })).toEqual([]);
    expect(related(all, { title: '', abstract: '' })).toEqual([]);
    expect(related([], birds)).toEqual([]);
  });

  it('may be found by what the person wrote of them', () => {
    const noted = record('noted', { ...rounding, note: 'lanterns, lanterns' }, { noted: true });
    expect(ids(library(noted), { title: 'Lanterns', abstract: '' })).toEqual(['noted']);
  });
});
