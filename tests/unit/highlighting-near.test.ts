// Of very many highlights only those near the window are painted, and all of them on paper.
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followNear } from '../../src/highlighting/near';

let tell: (entries: { target: Element; isIntersecting: boolean }[]) => void;
const watched = new Set<Element>();
const changed = vi.fn();
let leave: AbortController;

beforeEach(() => {
  watched.clear();
  changed.mockClear();
  leave = new AbortController();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: typeof tell) {
        tell = callback;
      }
      observe = (element: Element) => watched.add(element);
      unobserve = (element: Element) => watched.delete(element);
      disconnect = () => watched.clear();
    },
  );
});
afterEach(() => leave.abort());

/** So many paragraphs, and a range in each. */
function paragraphs(count: number): Range[] {
  document.body.innerHTML = '<p>Some words</p>'.repeat(count);
  return [...document.querySelectorAll('p')].map((paragraph) => {
    const range = document.createRange();
    range.setStart(paragraph.firstChild as Text, 0);
    range.setEnd(paragraph.firstChild as Text, 4);
    return range;
  });
}

const elementOf = (range: Range | undefined) => range?.startContainer.parentElement as Element;

it('are all painted where they are not many', () => {
  const ranges = paragraphs(200);
  const isNear = followNear(changed, leave.signal)(ranges);
  expect(ranges.every(isNear)).toBe(true);
  expect(watched.size).toBe(0);
});

it('are painted where their element is near, and no longer once it is far', () => {
  const ranges = paragraphs(301);
  const near = followNear(changed, leave.signal);
  expect(ranges.filter(near(ranges))).toEqual([]);
  tell([
    { target: elementOf(ranges[3]), isIntersecting: true },
    { target: elementOf(ranges[4]), isIntersecting: true },
    { target: elementOf(ranges[300]), isIntersecting: false },
  ]);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(ranges.filter(near(ranges))).toEqual([ranges[3], ranges[4]]);
  tell([{ target: elementOf(ranges[3]), isIntersecting: false }]);
  expect(ranges.filter(near(ranges))).toEqual([ranges[4]]);
});

it('are followed no more when they are gone', () => {
  const ranges = paragraphs(301);
  const near = followNear(changed, leave.signal);
  near(ranges);
  near([...ranges.slice(0, 300), ranges[0] as Range]);
  expect(watched.size).toBe(300);
  near(ranges.slice(0, 10));
  expect(watched.size).toBe(0);
});

it('are known by the nearest element with a box', () => {
  const ranges = paragraphs(301);
  for (const paragraph of document.querySelectorAll('p')) paragraph.style.display = 'contents';
  followNear(changed, leave.signal)(ranges);
  expect([...watched]).toEqual([document.body]);
});

it('are all painted for printing', () => {
  const ranges = paragraphs(301);
  const near = followNear(changed, leave.signal);
  window.dispatchEvent(new Event('beforeprint'));
  expect(changed).toHaveBeenCalledTimes(1);
  expect(ranges.every(near(ranges))).toBe(true);
  window.dispatchEvent(new Event('afterprint'));
  expect(ranges.filter(near(ranges))).toEqual([]);
});
