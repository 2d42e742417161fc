// Related papers of the person's own library.
import { describe, expect, it } from 'vitest';
import { findRelated } from '../../src/fit/related';
import { readTerms, type Writing } from '../../src/fit/terms';
import { birds, dismissed, forests, idfs, library, quantization, record, rounding } from './papers';

const related = (buckets: ReturnType<typeof library>, paper: Writing, self = 'self') =>
  findRelated(buckets, idfs, readTerms(paper), self);

describe('the related papers of a paper', () => {
  const all = library(
    record('quantization', quantization),
    record('rounding', rounding),
    record('birds', birds),
    record('forests', forests),
  );

  it('are of its subject', () => {
    const [first, ...rest] = related(all, {
      title: 'Quantization error and outliers',
      abstract: '',
    });
    expect(first).toBe('quantization');
    expect(rest).not.toContain('birds');
  });

  it('are the nearest first, three at most', () => {
    const many = library(
      ...Array.from({ length: 9 }, (_, at) =>
        record(`birds ${at}`, { ...birds, abstract: `${birds.abstract} ${'kites '.repeat(at)}` }),
      ),
    );
    expect(related(many, birds)).toEqual(['birds 0', 'birds 1', 'birds 2']);
  });

  it('are never the paper itself, nor a dismissed one', () => {
    expect(related(all, birds, 'birds')).not.toContain('birds');
    expect(related(library(record('birds', birds, dismissed)), birds)).toEqual([]);
  });

  it('are none where nothing is near', () => {
    expect(related(all, { title: 'Lanterns at dusk', abstract: '' })).toEqual([]);
    expect(related(all, { title: '', abstract: '' })).toEqual([]);
    expect(related([], birds)).toEqual([]);
  });

  it('may be found by what the person wrote of them', () => {
    const noted = record('noted', { ...rounding, note: 'lanterns, lanterns' }, { noted: true });
    expect(related(library(noted), { title: 'Lanterns', abstract: '' })).toEqual(['noted']);
  });
});
