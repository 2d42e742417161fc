// What tests of lists share: a made-up list, a viewport that tests move themselves, and trusted events.
import { vi } from 'vitest';
import type { PaperView } from '../../src/library/api';
import { barePaper, type PaperId } from '../../src/paper';
import type { List, Row } from '../../src/sites/site';

/** `idOf(7)` -> `2401.00007` */
export const idOf = (number: number) => `2401.${String(number).padStart(5, '0')}` as PaperId;

/** A row for each number; the link's text is its title. */
export const rowsOf = (...numbers: number[]) =>
  numbers.map((number) => `<li><a href="/abs/${idOf(number)}">Title ${number}</a></li>`).join('');

/** Rows are `li` with a link to a paper; a badge stands at the end of each. */
export const list: List = {
  site: 'arxiv',
  key: '/list',
  selector: 'li',
  keys: true,
  row(element): Row | null {
    const link = element.querySelector('a');
    const id = /(\d{4}\.\d{5})$/.exec(link?.getAttribute('href') ?? '')?.[1] as PaperId | undefined;
    if (!id) return null;
    return {
      ref: { id },
      row: element,
      place: { element, position: 'append' },
      href: `https://site.test/abs/${id}`,
      read: () => ({ ...barePaper({ id }), title: link?.textContent ?? '' }),
    };
  },
};

export const plainView = (id: PaperId): PaperView => ({
  id,
  saved: false,
  noted: false,
  reading: 'unread',
  editing: false,
  known: 'unasked',
  refreshDue: false,
  folded: false,
});

/** The work of an animation frame, and what follows from it, is done. */
export const frames = () => vi.advanceTimersByTimeAsync(200);

/** Stands for the browser's own: near is what the test says is near, everything unless it says otherwise. */
export class FakeViewport {
  static near: (element: Element) => boolean = () => true;
  static #all = new Set<FakeViewport>();
  /** Tells all observers what is near now. */
  static moved() {
    for (const one of FakeViewport.#all) one.#tell([...one.#observed]);
  }
  #observed = new Set<Element>();
  #told: IntersectionObserverCallback;
  constructor(told: IntersectionObserverCallback) {
    this.#told = told;
    FakeViewport.#all.add(this);
  }
  #tell(elements: Element[]) {
    const entries = elements.map((target) => ({
      target,
      isIntersecting: FakeViewport.near(target),
    }));
    this.#told(entries as IntersectionObserverEntry[], this as unknown as IntersectionObserver);
  }
  observe(element: Element) {
    this.#observed.add(element);
    queueMicrotask(() => this.#observed.has(element) && this.#tell([element]));
  }
  unobserve(element: Element) {
    this.#observed.delete(element);
  }
  disconnect() {
    this.#observed.clear();
    FakeViewport.#all.delete(this);
  }
}

/** An event as a person causes it. */
export function trusted<Kind extends Event>(event: Kind): Kind {
  Object.defineProperty(event, 'isTrusted', { value: true });
  return event;
}
