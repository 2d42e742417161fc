// How the rows of a page are followed: near, changed, gone.
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OWN } from '../../src/page/mount';
import { followRows, type Rows } from '../../src/page/rows';
import { FakeViewport, frames, list, rowsOf } from './page-world';

let leave: AbortController;
let rows: Rows;
let seen: string[];
let near: string[];
let gone: Element[];
let rounds: boolean[];

async function follow(html: string) {
  document.body.innerHTML = html;
  rows = followRows(
    list,
    {
      seen: (_, { ref }) => seen.push(ref.id.slice(-1)),
      near: (_, { ref }) => near.push(ref.id.slice(-1)),
      gone: (element) => gone.push(element),
      settled: (changed) => rounds.push(changed),
    },
    OWN,
    leave.signal,
  );
  await frames();
}

const row = (at: number) => document.querySelectorAll('li')[at] as Element;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
  vi.stubGlobal('IntersectionObserver', FakeViewport);
  FakeViewport.near = () => true;
  leave = new AbortController();
  seen = [];
  near = [];
  gone = [];
  rounds = [];
});
afterEach(() => {
  leave.abort();
  vi.useRealTimers();
});

test('what is no paper is no row', async () => {
  await follow(`<ul>${rowsOf(1)}<li>an advertisement</li>${rowsOf(2)}</ul>`);
  expect(near).toEqual(['1', '2']);
});

test('every row is told once, near or far away, as soon as it is there', async () => {
  FakeViewport.near = (element) => element === row(0);
  await follow(`<ul>${rowsOf(1, 2)}<li>an advertisement</li>${rowsOf(3)}</ul>`);
  expect(near).toEqual(['1']);
  expect(seen).toEqual(['1', '2', '3']);
  rows.again();
  await frames();
  expect(seen).toEqual(['1', '2', '3']);
});

test('only what comes near is told', async () => {
  FakeViewport.near = (element) => element !== row(1);
  await follow(`<ul>${rowsOf(1, 2)}</ul>`);
  expect(near).toEqual(['1']);
  FakeViewport.near = () => true;
  FakeViewport.moved();
  await frames();
  expect(near).toContain('2');
});

test('rows that come near one by one are told together, after a short while at most', async () => {
  FakeViewport.near = (element) => element === row(0);
  await follow(`<ul>${rowsOf(1, 2, 3)}</ul>`);
  near = [];
  for (const at of [1, 2]) {
    FakeViewport.near = (element) => element === row(at) || element === row(0);
    FakeViewport.moved();
    await vi.advanceTimersByTimeAsync(50);
    expect(near).toEqual([]);
  }
  await frames();
  expect(near.toSorted()).toEqual(['1', '2', '3']);
});

test('while the page is parsed it is searched without a change being told', async () => {
  const loading = vi.spyOn(document, 'readyState', 'get').mockReturnValue('loading');
  await follow(`<ul>${rowsOf(1)}</ul>`);
  document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(2));
  await frames();
  expect(near).toContain('2');
  // From its end on its changes are told again.
  loading.mockRestore();
  document.dispatchEvent(new Event('readystatechange'));
  await frames();
  document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(3));
  await frames();
  expect(near).toContain('3');
});

test('rows that come later are found, rows that leave are told', async () => {
  await follow(`<ul>${rowsOf(1)}</ul>`);
  const first = row(0);
  document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(2));
  await frames();
  expect(near).toContain('2');
  first.remove();
  await frames();
  expect(gone).toEqual([first]);
});

test('a row whose link comes to name another paper is told again, far away too', async () => {
  await follow(`<ul>${rowsOf(1)}</ul>`);
  FakeViewport.near = () => false;
  FakeViewport.moved();
  await frames();
  near = [];
  row(0).querySelector('a')?.setAttribute('href', '/abs/2401.00009');
  await frames();
  expect(near).toEqual(['9']);
});

test('a row that waits for the rest of the page is told once it has come', async () => {
  await follow('<ul><li></li></ul>');
  expect(near).toEqual([]);
  row(0).innerHTML = '<a href="/abs/2401.00003">Title</a>';
  await frames();
  expect(near).toEqual(['3']);
});

test('the end of parsing, which changes no node, is one more look', async () => {
  await follow(`<ul>${rowsOf(1)}</ul>`);
  near = [];
  document.dispatchEvent(new Event('readystatechange'));
  await frames();
  expect(near).toEqual(['1']);
});

test('what we put into the page ourselves is no change of it', async () => {
  await follow(`<ul>${rowsOf(1)}</ul>`);
  rounds = [];
  row(0).append(document.createElement('paper-margin-badge'));
  await frames();
  expect(rounds).toEqual([]);
  row(0).querySelector('paper-margin-badge')?.remove();
  await frames();
  expect(rounds).toEqual([true]);
});

test('many rows at once are worked on in slices', async () => {
  // Each row takes 3 ms: in 8 ms there is time for three.
  const slow = {
    ...list,
    row: vi.fn((element: Element) => {
      vi.advanceTimersByTime(3);
      return list.row(element);
    }),
  };
  document.body.innerHTML = `<ul>${rowsOf(1, 2, 3, 4, 5, 6, 7)}</ul>`;
  const perRound: number[] = [];
  followRows(
    slow,
    {
      seen: () => {},
      near: (_, { ref }) => near.push(ref.id.slice(-1)),
      gone: () => {},
      settled: () => {
        perRound.push(slow.row.mock.calls.length);
        slow.row.mockClear();
      },
    },
    OWN,
    leave.signal,
  );
  await frames();
  expect(near).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(Math.max(...perRound)).toBe(3);
});

test('after leaving nothing is told', async () => {
  await follow(`<ul>${rowsOf(1)}</ul>`);
  near = [];
  leave.abort();
  document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(2));
  await frames();
  rows.again();
  await frames();
  expect(near).toEqual([]);
});
