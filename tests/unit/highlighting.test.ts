// What of highlights is pure: where painted stretches overlap, how they look, and the citation of copied words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cite } from '../../src/highlighting/citation';
import { isLight, overlaps } from '../../src/highlighting/paint';
import type { PaperId } from '../../src/paper';

describe('overlaps', () => {
  it('are none where stretches only touch', () => {
    expect(
      overlaps([
        { start: 0, end: 5 },
        { start: 5, end: 9 },
      ]),
    ).toEqual([]);
  });

  it('are what two of them share, the order they come in aside', () => {
    const spans = [
      { start: 4, end: 9 },
      { start: 20, end: 30 },
      { start: 0, end: 6 },
    ];
    expect(overlaps(spans)).toEqual([{ start: 4, end: 6 }]);
  });

  it('hold each letter that two or more stretches hold, and no other', () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
        const letters = Array.from({ length: 90 }, (_, at) => at);
        const holds = (at: number) => (one: { start: number; end: number }) =>
          one.start <= at && at < one.end;
        const shared = overlaps(spans);
        expect(letters.filter((at) => shared.some(holds(at)))).toEqual(
          letters.filter((at) => spans.filter(holds(at)).length > 1),
        );
        // Each once: what is painted twice is twice as dark.
        expect(letters.filter((at) => shared.filter(holds(at)).length > 1)).toEqual([]);
      }),
    );
  });
});

describe('a citation', () => {
  const paper = {
    id: '2401.00001' as PaperId,
    version: 2,
    title: 'Is a <b> Title',
    authors: ['First Author', 'Second & Author'],
    abstract: '',
  };

  it('names the title, the authors and the version that was read', () => {
    expect(cite('Some words', paper).text).toBe(
      '“Some words”\n\nIs a <b> Title. First Author, Second & Author. arXiv:2401.00001v2, https://arxiv.org/abs/2401.00001v2',
    );
  });

  it('is text inside the rich text too, with one link', () => {
    expect(cite('a < b', paper).html).toBe(
      '<blockquote>a &lt; b</blockquote><p>Is a &lt;b&gt; Title. First Author, Second &amp; Author. ' +
        '<a href="https://arxiv.org/abs/2401.00001v2">arXiv:2401.00001v2</a></p>',
    );
  });

  it('is the id alone where nothing else is known', () => {
    const bare = { id: paper.id, title: '', authors: [], abstract: '' };
    expect(cite('Words', bare).text).toBe(
      '“Words”\n\narXiv:2401.00001, https://arxiv.org/abs/2401.00001',
    );
  });
});

describe('painted words can be read', () => {
  const css = readFileSync(join(import.meta.dirname, '../../src/highlighting/paint.css'), 'utf8');
  type Colour = [number, number, number];

  /** What a name paints: its colour, and how much of the ground it covers. */
  function layer(name: string): { colour: Colour; cover: number } {
    const rule = new RegExp(`\\(paper-margin-${name}\\)[^}]*rgb\\((\\d+) (\\d+) (\\d+) / (\\d+)%`);
    const [, red, green, blue, cover] = rule.exec(css)?.map(Number) ?? [];
    if (cover === undefined) throw new Error(`${name} is not painted`);
    return { colour: [red, green, blue] as Colour, cover: cover / 100 };
  }

  /** Source: WCAG 2.2, relative luminance and contrast ratio. */
  function contrast(one: Colour, other: Colour): number {
    const light = (colour: Colour) => {
      const [red, green, blue] = colour.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      ) as Colour;
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
    return (high + 0.05) / (low + 0.05);
  }

  const over = (ground: Colour, names: string[]) =>
    names.reduce((below, name) => {
      const { colour, cover } = layer(name);
      return colour.map((part, at) => part * cover + (below[at] ?? 0) * (1 - cover)) as Colour;
    }, ground);

  const one = ['yellow', 'green', 'blue', 'pink'];
  const pairs = one.flatMap((a, at) => one.slice(at + 1).map((b) => [a, b, 'overlap']));
  const all = [...one.map((name) => [name]), ...pairs, [...one, 'overlap']];
  const flashing = all.map((names) => [...names, 'flash']);
  it.each([
    { page: 'white', ground: [255, 255, 255], text: [0, 0, 0], kind: '' },
    { page: 'black', ground: [0, 0, 0], text: [255, 255, 255], kind: 'dark-' },
    { page: 'dark grey', ground: [51, 51, 51], text: [255, 255, 255], kind: 'dark-' },
  ] as const)('on a $page page, where several overlap too', ({ ground, text, kind }) => {
    for (const names of [...all, ...flashing]) {
      const painted = over(
        [...ground],
        names.map((name) => kind + name),
      );
      expect(contrast(painted, [...text]), names.join()).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('text is light', () => {
  it.each([
    'rgb(255, 255, 255)',
    'rgba(209, 213, 219, 0.9)',
    'color(srgb 0.9 0.9 0.9)',
    'oklch(0.87 0.01 258)',
    'lab(90 0 0)',
  ])('in %s', (colour) => expect(isLight(colour)).toBe(true));
  it.each([
    'rgb(0, 0, 0)',
    'rgb(75, 85, 99)',
    'color(srgb 0.1 0.1 0.1)',
    'oklch(0.4 0.03 257)',
    'lab(20 0 0)',
    'odd',
  ])('not in %s', (colour) => expect(isLight(colour)).toBe(false));
});
