// Which keys on a list are ours, and which are not.
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followKeys, type KeyActions } from '../../src/page/keys';
import { trusted } from './page-world';

let leave: AbortController;
let did: string[];
let on: boolean;
let opening: boolean;
/** Where the rows stand, in px from the window's top; each is 50 high. */
let tops: number[];

const rows = () => [...document.querySelectorAll('li')];
const name = (element: Element) => element.textContent ?? '';
const say = (word: string) => (element: Element) => void did.push(`${word} ${name(element)}`);

function actions(): KeyActions {
  return {
    elements: rows,
    reach(element) {
      if (name(element) === 'none') return false;
      did.push(`at ${name(element)}`);
      return true;
    },
    leave: () => {},
    save: say('save'),
    note: say('note'),
    open: say('open'),
    close: () => false,
    opening: () => opening,
  };
}

interface Press {
  on?: Element;
  trust?: boolean;
  init?: KeyboardEventInit;
}
function press(key: string, { on: target = document.body, trust = true, init = {} }: Press = {}) {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  target.dispatchEvent(trust ? trusted(event) : event);
  return event;
}

beforeEach(() => {
  leave = new AbortController();
  did = [];
  on = true;
  opening = false;
  tops = [0, 50, 100];
  document.body.innerHTML =
    '<ul><li>a</li><li>none</li><li>b</li></ul><input><p contenteditable="true">x</p><other-box></other-box>';
  for (const [at, row] of rows().entries()) {
    row.getBoundingClientRect = () =>
      ({ top: tops[at] ?? 0, bottom: (tops[at] ?? 0) + 50 }) as DOMRect;
  }
  followKeys(() => on, actions(), leave.signal);
});
afterEach(() => leave.abort());

test('j and k pass over what is no paper, and stop at the ends', () => {
  for (const key of ['j', 'j', 'j', 'k', 'k']) press(key);
  expect(did).toEqual(['at a', 'at b', 'at a']);
});

test('while a note opens, what is typed for it does nothing to the list', () => {
  press('j');
  opening = true;
  for (const key of ['s', 'o', 'j', 'k']) expect(press(key).defaultPrevented).toBe(true);
  expect(did).toEqual(['at a']);
  opening = false;
  press('s');
  expect(did).toEqual(['at a', 'save a']);
});

test('the first j begins at what is seen, and so does one after scrolling away', () => {
  tops = [-500, -60, 10];
  press('j');
  expect(did).toEqual(['at b']);
  tops = [10, 60, 5000];
  press('j');
  expect(did).toEqual(['at b', 'at a']);
});

test('s, n and o act on the row, and on none before there is one', () => {
  for (const key of ['s', 'n', 'o', 'j', 's', 'n', 'o']) press(key);
  expect(did).toEqual(['at a', 'save a', 'note a', 'open a']);
});

test('a key that is used is used up; one that is not stays for the page', () => {
  expect(press('j').defaultPrevented).toBe(true);
  expect(press('x').defaultPrevented).toBe(false);
  leave.abort();
  expect(press('j').defaultPrevented).toBe(false);
});

test.each([
  ['in a field', () => ({ on: document.querySelector('input') as Element })],
  ['in an editable text', () => ({ on: document.querySelector('p') as Element })],
  ['in an unknown element', () => ({ on: document.querySelector('other-box') as Element })],
  ['with Control', () => ({ init: { ctrlKey: true } })],
  ['with Alt, as access keys are', () => ({ init: { altKey: true } })],
  ['with Alt and Shift', () => ({ init: { altKey: true, shiftKey: true } })],
  ['with Command', () => ({ init: { metaKey: true } })],
  ['while a word is composed', () => ({ init: { isComposing: true } })],
  ['by a script', () => ({ trust: false })],
] satisfies [string, () => Press][])('a key pressed %s is not ours', (_, how) => {
  press('j');
  did = [];
  for (const key of ['j', 'k', 's', 'n', 'o', 'f', 'p']) press(key, how());
  expect(did).toEqual([]);
});

test('a key that the page has used is not ours', () => {
  document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
  press('j');
  expect(did).toEqual([]);
});

test('a key that is held down moves on, but saves once', () => {
  press('j');
  press('s', { init: { repeat: true } });
  press('j', { init: { repeat: true } });
  expect(did).toEqual(['at a', 'at b']);
});

test('with keys turned off none is ours', () => {
  on = false;
  expect(press('j').defaultPrevented).toBe(false);
  expect(did).toEqual([]);
});
