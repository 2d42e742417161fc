// When a visit of a paper begins and ends.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followVisits, keyOf } from '../../src/page/visits';
import type { PaperId } from '../../src/paper';
import type { Page } from '../../src/sites/site';

/** `/abs/1v2` -> paper 1 in version 2; anything else is no paper. */
function recognise(url: string): Page | null {
  const [, id, version] = /\/abs\/(\d+)(?:v(\d+))?/.exec(url) ?? [];
  if (!id) return null;
  return {
    site: 'arxiv',
    kind: 'abs',
    id: id as PaperId,
    ...(version && { version: Number(version) }),
  };
}

/** A window with only what visits need. */
class FakeWindow extends EventTarget {
  location = { href: 'https://site.test/' };
  setInterval = setInterval;
  clearInterval = clearInterval;
  navigation?: EventTarget;
}

let leave: AbortController;
let view: FakeWindow;
let visits: { page: Page; signal: AbortSignal }[];

function follow(href: string, navigation?: EventTarget) {
  view = new FakeWindow();
  view.location.href = href;
  if (navigation) view.navigation = navigation;
  const visit = (page: Page, signal: AbortSignal) => visits.push({ page, signal });
  followVisits(recognise, keyOf, visit, leave.signal, view as unknown as Window);
}

function goTo(href: string) {
  view.location.href = href;
  view.navigation?.dispatchEvent(new Event('currententrychange'));
}

beforeEach(() => {
  leave = new AbortController();
  visits = [];
});
afterEach(() => {
  leave.abort();
  vi.useRealTimers();
});

describe('with the Navigation API', () => {
  test('a paper that is open already is visited at once', () => {
    follow('https://site.test/abs/1v2', new EventTarget());
    expect(visits.map(({ page }) => page)).toEqual([
      { site: 'arxiv', kind: 'abs', id: '1', version: 2 },
    ]);
  });

  test('a page that is no paper is no visit', () => {
    follow('https://site.test/list', new EventTarget());
    expect(visits).toEqual([]);
  });

  test('another fragment or query is the same visit', () => {
    follow('https://site.test/abs/1', new EventTarget());
    goTo('https://site.test/abs/1?context=cs#comments');
    expect(visits).toHaveLength(1);
    expect(visits[0]?.signal.aborted).toBe(false);
  });

  test('another paper ends the visit before the next one begins', () => {
    follow('https://site.test/abs/1', new EventTarget());
    goTo('https://site.test/abs/2');
    expect(visits.map(({ page, signal }) => [page.id, signal.aborted])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });

  test('another version of the paper is another visit', () => {
    follow('https://site.test/abs/1v1', new EventTarget());
    goTo('https://site.test/abs/1v2');
    expect(visits.map(({ page }) => page.version)).toEqual([1, 2]);
  });

  test('leaving for a page that is no paper ends the visit, and coming back begins a new one', () => {
    follow('https://site.test/abs/1', new EventTarget());
    goTo('https://site.test/list');
    expect(visits[0]?.signal.aborted).toBe(true);
    goTo('https://site.test/abs/1');
    expect(visits).toHaveLength(2);
    expect(visits[1]?.signal.aborted).toBe(false);
  });

  test('when the script ends, so does the visit, and no other begins', () => {
    follow('https://site.test/abs/1', new EventTarget());
    leave.abort();
    expect(visits[0]?.signal.aborted).toBe(true);
    goTo('https://site.test/abs/2');
    expect(visits).toHaveLength(1);
  });
});

test('without the Navigation API a new paper is seen within a second', () => {
  vi.useFakeTimers();
  follow('https://site.test/abs/1');
  view.location.href = 'https://site.test/abs/2';
  vi.advanceTimersByTime(1000);
  expect(visits.map(({ page }) => page.id)).toEqual(['1', '2']);
  leave.abort();
  view.location.href = 'https://site.test/abs/3';
  vi.advanceTimersByTime(5000);
  expect(visits).toHaveLength(2);
});
