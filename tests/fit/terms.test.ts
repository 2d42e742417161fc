// The terms of a text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTerms } from '../../src/fit/terms';

const words = (title: string) => readTerms({ title, abstract: '' }).map((term) => term.words);
const hashes = (title: string) => readTerms({ title, abstract: '' }).map(({ hash }) => hash);

describe('the terms of a text', () => {
  it.each([
    ['Low-rank adapters', ['Low', 'rank', 'Low-rank', 'adapters', 'rank adapters']],
    ['The state of the art', []],
    ['adapters, kites', ['adapters', 'kites']],
    ['kites of adapters', ['kites', 'adapters']],
    ['12 kites in 2026', ['kites']],
    ['用quantization做', ['quantization']],
    ['', []],
  ])('of %j are %j', (title, expected) => {
    expect(words(title)).toEqual(expected);
  });

  it.each([
    'kites https://github.com/first-author/kites lanterns',
    'kites (see www.first-author.example/kites) lanterns',
    'kites first-author.github.io/kites lanterns',
  ])('leave out addresses, which name owners: %s', (title) => {
    expect(words(title).filter((word) => /author|github/.test(word))).toEqual([]);
    expect(words(title)).toContain('lanterns');
  });

  it.each([
    ['models', 'model'],
    ['Naïve', 'naive'],
    ['TRANSFORMERS', 'transformer'],
    ['low-rank', 'low rank'],
  ])('are the same for %j and %j', (one, other) => {
    expect(hashes(one)).toEqual(hashes(other));
  });

  it.each([
    ['analysis', 'analysi'],
    ['loss', 'los'],
    ['corpus', 'corpu'],
  ])('differ for %j and %j', (one, other) => {
    expect(hashes(one)).not.toEqual(hashes(other));
  });

  it('count more in the title than in the abstract', () => {
    const [abstract] = readTerms({ title: '', abstract: 'kites' });
    const [title] = readTerms({ title: 'kites', abstract: '' });
    expect(title?.weight).toBeGreaterThan(abstract?.weight as number);
  });

  it('are written as in the middle of a sentence where they stand there', () => {
    const [term] = readTerms({ title: 'Kites', abstract: 'About kites.' });
    expect(term?.words).toBe('kites');
  });

  it('know which of them the person wrote', () => {
    const terms = readTerms({ title: 'Kites', abstract: '', note: 'Like lanterns' });
    const noted = terms.filter((term) => term.noted).map((term) => term.words);
    expect(noted).toEqual(['lanterns']);
  });

  it('have plain spaces, whatever stands between them', () => {
    expect(words('Lantern\u00a0kites')).toContain('Lantern kites');
  });

  it('stand in the text as they are shown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
        for (const word of words(title)) expect(title.replace(/\s/g, ' ')).toContain(word);
      }),
    );
  });

  it('are few in a long text that only repeats itself, however hostile', () => {
    for (const part of ['a-', 'a.', 'www.', '\u0301', 'ａ', '://'])
      expect(readTerms({ title: part.repeat(1e6), abstract: '' }).length).toBeLessThan(10);
  });
});
