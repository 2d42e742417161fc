// How a paper's upvotes went: the line, and the words.
// @vitest-environment happy-dom
import fc from 'fast-check';
import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import { Rise, Trend } from '../../src/ui/trend';

type History = [number, number][];

function line(history: History | undefined): SVGElement | null {
  const root = document.createElement('div');
  render(<Trend history={history} />, root);
  return root.querySelector('svg');
}

const points = (history: History) =>
  (line(history)?.querySelector('polyline')?.getAttribute('points') ?? '')
    .split(' ')
    .map((point) => point.split(',').map(Number) as [number, number]);

describe('the line of upvotes', () => {
  it('goes from the lower left to the upper right where they rise', () => {
    const drawn = points([
      [0, 10],
      [50, 20],
      [100, 30],
    ]);
    expect(drawn).toEqual([
      [1, 15],
      [24, 8],
      [47, 1],
    ]);
  });

  it('is true to time: a long pause is a long way', () => {
    const drawn = points([
      [0, 1],
      [25, 2],
      [100, 3],
    ]);
    expect(drawn.map(([x]) => x)).toEqual([1, 12.5, 47]);
  });

  it('runs through the middle where nothing changed', () => {
    const drawn = points([
      [0, 7],
      [10, 7],
    ]);
    expect(drawn.map(([, y]) => y)).toEqual([8, 8]);
  });

  it.each<[string, History | undefined]>([
    ['there is no history', undefined],
    ['nothing was observed', []],
    ['there is one point', [[1, 1]]],
    [
      'all was seen at one moment',
      [
        [1, 1],
        [1, 2],
      ],
    ],
  ])('is not drawn where %s', (_, history) => {
    expect(line(history)).toBeNull();
  });

  it('stays within its 48 by 16 pixels, from left to right, whatever was observed', () => {
    const observed = fc
      .uniqueArray(fc.tuple(fc.nat(10 ** 13), fc.nat(10 ** 6)), {
        minLength: 2,
        maxLength: 60,
        selector: ([at]) => at,
      })
      .map((all) => all.sort(([one], [other]) => one - other));
    fc.assert(
      fc.property(observed, (history) => {
        const drawn = points(history);
        expect(drawn).toHaveLength(history.length);
        expect(drawn.map(([x]) => x)).toEqual(drawn.map(([x]) => x).sort((a, b) => a - b));
        for (const [x, y] of drawn) {
          expect(x).toBeGreaterThanOrEqual(1);
          expect(x).toBeLessThanOrEqual(47);
          expect(y).toBeGreaterThanOrEqual(1);
          expect(y).toBeLessThanOrEqual(15);
        }
      }),
    );
  });

  it('is nothing for a screen reader', () => {
    const drawn = line([
      [0, 1],
      [1, 2],
    ]);
    expect(drawn?.getAttribute('aria-hidden')).toBe('true');
  });
});

describe('the rise', () => {
  const shown = (rise: number | undefined) => {
    const root = document.createElement('div');
    render(<Rise rise={rise} />, root);
    return {
      element: root.firstElementChild,
      read: root.querySelector('.hidden')?.textContent,
      drawn: root.querySelector('[aria-hidden]')?.textContent,
    };
  };

  it('is drawn short and read in whole words', () => {
    expect(shown(1037)).toMatchObject({ drawn: '+1,037', read: '+1,037 since yesterday' });
  });

  it('may be a fall, which is quiet', () => {
    const fall = shown(-3);
    expect(fall).toMatchObject({ drawn: '−3', read: '−3 since yesterday' });
    expect(fall.element?.classList.contains('fell')).toBe(true);
    expect(shown(3).element?.classList.contains('fell')).toBe(false);
  });

  it.each([0, undefined])('is nothing where it is %s', (rise) => {
    expect(shown(rise).element).toBeNull();
  });
});
