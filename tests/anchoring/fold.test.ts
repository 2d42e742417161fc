// The two forms of a text: for reading, and for comparing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf, normalise } from '../../src/anchoring/fold';

describe('a normalised text', () => {
  it.each([
    ['a  b\n\t c', 'a b c'],
    ['soft\u00adhyphen, zero\u200bwidth', 'softhyphen, zerowidth'],
    ['eﬃcient ﬂow', 'efficient flow'],
    ['“it’s” – so—', '"it\'s" - so-'],
    ['Naïve Éclair', 'Naïve Éclair'],
  ])('of %j is %j', (raw, text) => {
    expect(normalise(raw)).toBe(text);
  });

  it('is normalised already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(normalise(normalise(raw))).toBe(normalise(raw));
      }),
    );
  });

  it('knows where each of its characters comes from', () => {
    const raw = fc.array(fc.constantFrom('a', 'ﬃ', ' ', '\n', '\u00ad', '“', 'Z', '𝛼'));
    fc.assert(
      fc.property(raw, (signs) => {
        const text = signs.join('');
        const at: number[] = [];
        const folded = normalise(text, at);
        expect(at).toHaveLength(folded.length);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        const plain = at
          .keys()
          .filter((index) => /[aZ]/.test(folded[index] ?? ''))
          .toArray();
        expect(plain.map((index) => text[at[index] ?? -1])).toEqual(plain.map((i) => folded[i]));
      }),
    );
  });
});

describe('the letters and digits of a formula', () => {
  it.each([
    ['$O(n^2)$', 'O(n²)'],
    [String.raw`$\alpha$-divergence`, 'α-divergence'],
    [String.raw`$\mathcal{L}(\theta)$`, 'ℒ(𝜃)'],
    [String.raw`$\varepsilon \leq \frac{1}{2}$`, 'ϵ ≤ 12'],
    [String.raw`$\log\left(\Gamma\right)$`, 'log(Γ)'],
    [String.raw`\begin{aligned} x \end{aligned}`, 'x'],
    [String.raw`Erd\H{o}s and Gau\ss`, 'Erdős and Gauß'],
    [String.raw`\emph{never} 5\%`, 'never 5%'],
    [String.raw`a \bmod b`, 'a mod b'],
  ])('are the same in %s and %s', (tex, shown) => {
    expect(keyOf(tex)).toBe(keyOf(shown));
    expect(keyOf(tex)).not.toBe('');
  });

  it('are none where there are only signs', () => {
    expect(keyOf(String.raw`≤ \leq {} — …`)).toBe('');
  });
});
