// Which papers of a list a person really had before their eyes: they are told in batches, each once.
import type { PaperId } from '../paper';

/** So long a row has to be in view, ms: scrolling past is not seeing. */
const moment = 700;

export interface FollowedRows {
  /** Watches the rows under the list that it does not watch yet: elements with `data-paper`. */
  look(): void;
}

/**
 * Watches rows until `signal` aborts. A row was seen when at least half of it was in view for a moment, while the
 * page was visible.
 * @param list the element that holds the rows and scrolls
 * @param seen called with the papers that were not told before, as soon as they were seen: what a page says while it
 * closes does not arrive
 */
export function followRows(
  list: HTMLElement,
  seen: (ids: PaperId[]) => void,
  signal: AbortSignal,
): FollowedRows {
  const watched = new WeakSet<Element>();
  const inView = new Set<HTMLElement>();
  const waiting = new Map<Element, ReturnType<typeof setTimeout>>();
  const told = new Set<PaperId>();
  let batch: PaperId[] = [];

  const tell = () => {
    if (batch.length > 0) seen(batch);
    batch = [];
  };
  const stop = (row: Element) => {
    clearTimeout(waiting.get(row));
    waiting.delete(row);
  };
  const enough = (row: HTMLElement) => {
    waiting.delete(row);
    const id = row.dataset.paper as PaperId;
    told.add(id);
    batch.push(id);
    // Rows that came into view together are told together.
    if (batch.length === 1) setTimeout(tell);
  };
  const wait = (row: HTMLElement) => {
    if (!document.hidden && !told.has(row.dataset.paper as PaperId))
      waiting.set(row, setTimeout(enough, moment, row));
  };
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const row = target as HTMLElement;
        stop(row);
        if (isIntersecting) {
          inView.add(row);
          wait(row);
        } else inView.delete(row);
      }
    },
    { root: list, threshold: 0.5 },
  );
  document.addEventListener(
    'visibilitychange',
    () => {
      for (const row of inView) {
        stop(row);
        wait(row);
      }
    },
    { signal },
  );
  signal.addEventListener('abort', () => {
    watch.disconnect();
    for (const row of inView) stop(row);
  });

  return {
    look: () => {
      for (const row of list.querySelectorAll('[data-paper]')) {
        if (watched.has(row)) continue;
        watched.add(row);
        watch.observe(row);
      }
    },
  };
}
