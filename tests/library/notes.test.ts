// Merging texts: nothing that anyone typed is lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { both, mergeTexts, removes } from '../../src/library/notes';

const word = fc.string({ unit: 'grapheme', maxLength: 12 });

/** A text and one change of it: at `at`, `gone` characters are replaced by `run`. */
const change = fc.record({ at: fc.nat(40), gone: fc.nat(6), run: word });
function apply(base: string, { at, gone, run }: { at: number; gone: number; run: string }): string {
  const letters = Array.from(base);
  letters.splice(at, gone, run);
  return letters.join('');
}

test('a side that changed nothing gives way to the other', () => {
  fc.assert(
    fc.property(word, word, (base, next) => {
      expect(mergeTexts(base, next, base)).toBe(next);
      expect(mergeTexts(base, base, next)).toBe(next);
      expect(mergeTexts(base, next, next)).toBe(next);
    }),
  );
});

test('every run that either side typed survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), change, change, (base, a, b) => {
      const merged = mergeTexts(base, apply(base, a), apply(base, b));
      expect(merged).toContain(a.run);
      expect(merged).toContain(b.run);
    }),
  );
});

test('no character of two units is split', () => {
  // The first two begin alike, the first and the third end alike.
  const emoji = fc.string({ unit: fc.constantFrom('a', '😀', '😁', '🨀', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(emoji, emoji, emoji, (base, theirs, mine) => {
      expect(mergeTexts(base, theirs, mine).isWellFormed()).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('changes in different places are both applied', () => {
  expect(mergeTexts('one two three', 'ONE two three', 'one two THREE')).toBe('ONE two THREE');
  expect(mergeTexts('one two three', 'one two THREE', 'ONE two three')).toBe('ONE two THREE');
});

test('changes in one place are both kept, theirs first, mine in a new paragraph', () => {
  expect(mergeTexts('Idea: ', 'Idea: alpha', 'Idea: beta')).toBe('Idea: alpha\n\nbeta');
  expect(mergeTexts('old', 'theirs', 'mine')).toBe('theirs\n\nmine');
});

test('a text that goes on from the other one replaces it', () => {
  expect(mergeTexts('', 'he', 'hello')).toBe('hello');
});

test('taking text away is noticed, adding is not', () => {
  expect(removes('abc', 'abcd')).toBe(false);
  expect(removes('abc', 'ab')).toBe(true);
  expect(removes('abc', 'xyz and more')).toBe(true);
  expect(removes('', 'a')).toBe(false);
});

test('no word is cut in two by the other text', () => {
  expect(mergeTexts('w0.', 'w1. w0.', 'w2. w0.')).toBe('w1. w0.\n\nw2. w0.');
});

test('two texts are put together once, in whatever order they meet again', () => {
  const lines = fc
    .array(fc.constantFrom('one', 'two', '- three', '', 'four'), { maxLength: 6 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const together = both(a, b);
      for (const line of [...a.split('\n'), ...b.split('\n')]) expect(together).toContain(line);
      for (const part of [a, b, together, both(b, a)]) expect(both(together, part)).toBe(together);
    }),
    { numRuns: 500 },
  );
});

test('an earlier state of a text adds nothing to it, and other words of the same lines do', () => {
  expect(both('- one\n- two, new\n- three', '- one\n- three')).toBe('- one\n- two, new\n- three');
  expect(both('Old.\n\nNew.\n\nOlder.', 'Old.\n\nOlder.')).toBe('Old.\n\nNew.\n\nOlder.');
  expect(both('yes\nno', 'no\nyes')).toBe('yes\nno\n\nno\nyes');
});
