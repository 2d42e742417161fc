// TeX as a person reads it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readable } from '../../src/tex';

describe('TeX in a title', () => {
  it.each([
    ['$\\alpha$-Net: on $\\beta$', 'α-Net: on β'],
    ['From $\\textit{Slow}$ to $\\mathcal{O}(n \\log n)$', 'From Slow to O(n log n)'],
    ['$O(n^2)$ and $x_{12}$', 'O(n²) and x₁₂'],
    ['$\\pi_0$, $\\pi_{\\theta}$', 'π₀, π_θ'],
    ['$\\mathbb{R}^d$', 'ℝ^d'],
    ['\\textbf{Bold} and \\emph{more}', 'Bold and more'],
    ['$\\text{DiT}^{\\star}$ $10\\times$ faster', 'DiT^⋆ 10× faster'],
    ['Schr\\"odinger, Erd\\H{o}s, Mart{\\\'\\i}n', 'Schrödinger, Erdős, Martín'],
    ['50\\% less R\\&D', '50% less R&D'],
    ['$\\sqrt{2}$ and $\\frac{1}{2}$', '√2 and 1/2'],
  ])('%s is read as %s', (tex, read) => {
    expect(readable(tex)).toBe(read);
  });

  it.each([
    'from $5 and 10 apples to $20',
    'What costs $3',
    '$\\unknown{x}$',
    'C:\\folder\\file',
    'a_b and c^d',
  ])('what is none, or is not known, stays: %s', (text) => {
    expect(readable(text)).toBe(text);
  });

  it('never throws, ends soon, and leaves other texts alone', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof readable(text) === 'string'));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('$', '\\', '{', '}', '^', '_', '\\alpha', '\\text{', 'a', ' ')),
        (parts) => typeof readable(parts.join('')) === 'string',
      ),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replace(/[\\$]/g, '');
        return readable(plain) === plain;
      }),
    );
    const before = performance.now();
    readable('{$\\text'.repeat(5_000));
    readable('\\a{'.repeat(5_000));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
