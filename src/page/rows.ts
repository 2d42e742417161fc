// Follows the rows of a page of many papers: which are near the viewport, which changed, which are gone.
import type { List, Row } from '../sites/site';

/** Rows this far outside the viewport are near: they are ready before they are seen, however fast a person scrolls. */
const MARGIN = '6000px 0px';

/**
 * What comes near is worked on together: each change of a long page costs a walk through all of it. Fewer rows than
 * `BATCH` wait for more, `WAIT_MS` at most.
 */
const BATCH = 48;
const WAIT_MS = 150;

/** The most that one frame's work on rows takes, in ms; the rest waits for the next frame. */
const SLICE_MS = 8;

/** How often at most the page is searched for rows, in ms: while it is parsed it changes with every frame. */
const SEARCH_MS = 80;

export interface Follower {
  /** The row is there, near or not: told once, before anything else of it. */
  seen(element: Element, row: Row): void;
  /** The row is near the viewport; told again whenever the page around it changed. */
  near(element: Element, row: Row): void;
  /** It left the page, or is no paper, or is none any more. */
  gone(element: Element): void;
  /** The work of one animation frame is done. `changed`: the page's elements did change before it. */
  settled(changed: boolean): void;
}

export interface Rows {
  /** Everything that may be a row, in the page's order. */
  elements(): Element[];
  /** Tells every near row once more, in the next frame. */
  again(): void;
}

/**
 * The same few observers for the whole page, however many rows it has. All work is done in animation frames, a slice in
 * each: a page in the background costs nothing, and no page waits for us.
 * @param own element names of ours, whose coming and going is no change of the page
 */
export function followRows(
  list: List,
  follower: Follower,
  own: RegExp,
  signal: AbortSignal,
  document = globalThis.document,
): Rows {
  /** What may be a row, and whether it is near; undefined until that is told. */
  const found = new Map<Element, boolean | undefined>();
  const queue = new Set<Element>();
  const unseen = new Set<Element>();
  /** Since when rows wait for more; absent: what is in the queue is for the next frame. */
  let waiting: number | undefined;
  let changed = true;
  let searchedAt = Number.NEGATIVE_INFINITY;
  let frame = 0;

  const schedule = () => {
    if (!signal.aborted) frame ||= requestAnimationFrame(work);
  };

  const again = () => {
    for (const [element, near] of found) if (near) queue.add(element);
    waiting = undefined;
    schedule();
  };

  const search = () => {
    const present = new Set(document.querySelectorAll(list.selector));
    for (const element of present) {
      if (found.has(element)) continue;
      found.set(element, undefined);
      unseen.add(element);
      nearness.observe(element);
    }
    for (const element of found.keys()) {
      if (present.has(element)) continue;
      found.delete(element);
      queue.delete(element);
      unseen.delete(element);
      nearness.unobserve(element);
      follower.gone(element);
    }
    again();
  };

  const work = () => {
    const start = performance.now();
    const due = changed && start - searchedAt >= SEARCH_MS;
    if (due) {
      changed = false;
      searchedAt = start;
      search();
    }
    // Nobody tells of the rows that are still to come.
    changed ||= document.readyState === 'loading';
    frame = 0;
    const inTime = () => performance.now() <= start + SLICE_MS;
    const more = waiting !== undefined && queue.size < BATCH && start - waiting < WAIT_MS;
    for (const element of more ? [] : queue) {
      if (!inTime()) break;
      queue.delete(element);
      unseen.delete(element);
      const row = list.row(element);
      if (row) follower.near(element, row);
      else follower.gone(element);
    }
    for (const element of unseen) {
      if (!inTime()) break;
      unseen.delete(element);
      const row = list.row(element);
      if (row) follower.seen(element, row);
    }
    if (queue.size === 0) waiting = undefined;
    if (changed || queue.size > 0 || unseen.size > 0) schedule();
    follower.settled(due);
  };

  const foreign = (nodes: NodeList) => [...nodes].some(({ nodeName }) => !own.test(nodeName));
  // A page of thousands of rows comes with tens of thousands of records: one that counts is enough.
  const changes = new MutationObserver((records) => {
    // What is ours comes by our own doing; where the site drops it, it comes back.
    changed ||= records.some(
      ({ addedNodes, removedNodes }) => removedNodes.length > 0 || foreign(addedNodes),
    );
    if (changed) schedule();
  });

  // A link that names another paper now. Its row may be far away, but its badge must not lie.
  const links = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = (target as Element).closest(list.selector);
      if (!element || !found.has(element)) continue;
      queue.add(element);
      waiting = undefined;
    }
    schedule();
  });

  const nearness = new IntersectionObserver(
    (entries) => {
      if (queue.size === 0) waiting = performance.now();
      for (const { target, isIntersecting } of entries) {
        if (!found.has(target)) continue;
        // What is near from the start may be in view.
        if (isIntersecting && found.get(target) === undefined) waiting = undefined;
        found.set(target, isIntersecting);
        if (isIntersecting) queue.add(target);
      }
      schedule();
    },
    { rootMargin: MARGIN },
  );

  /** Only once the page is parsed: until then it is searched anyway, and a record of each node would slow it down. */
  const watch = () => {
    if (document.readyState !== 'loading')
      changes.observe(document, { childList: true, subtree: true });
  };

  if (!signal.aborted) {
    watch();
    links.observe(document, { attributeFilter: ['href'], subtree: true });
    // The end of parsing, for which rows may wait, changes no node.
    document.addEventListener(
      'readystatechange',
      () => {
        watch();
        changed = true;
        schedule();
      },
      { signal },
    );
    signal.addEventListener(
      'abort',
      () => {
        changes.disconnect();
        links.disconnect();
        nearness.disconnect();
        cancelAnimationFrame(frame);
      },
      { once: true },
    );
    schedule();
  }
  return { elements: () => [...document.querySelectorAll(list.selector)], again };
}
