// Follows what the tab shows: one AbortSignal per visit, through navigations that never load a document.
import type { Page } from '../sites/site';

/** The Navigation API as far as it is needed. Firefox before 147 lacks it. */
type MaybeNavigation = { navigation?: EventTarget };

const POLL_MS = 1000;

/** Two pages with the same key are one visit. */
export function keyOf({ site, kind, id, version }: Page): string {
  return [site, kind, id, version].join(' ');
}

/**
 * Calls `visit` at once when the window shows a page of ours, and again whenever it comes to show another one.
 * What changes is the recognised page, not the URL: a fragment ends no visit.
 * @param recognise what page a URL is, or null
 * @param keyOf two pages with the same key are the same visit
 * @param visit is given the page and a signal that aborts when the person leaves it, or when `signal` aborts
 */
export function followVisits<Visited>(
  recognise: (url: string) => Visited | null,
  keyOf: (page: Visited) => string,
  visit: (page: Visited, signal: AbortSignal) => void,
  signal: AbortSignal,
  view: Window & MaybeNavigation = window,
): void {
  let current: string | undefined;
  let leaving = new AbortController();

  const check = () => {
    const page = recognise(view.location.href);
    const key = page ? keyOf(page) : undefined;
    if (key === current) return;
    current = key;
    leaving.abort();
    leaving = new AbortController();
    if (page) visit(page, AbortSignal.any([signal, leaving.signal]));
  };

  if (signal.aborted) return;
  // `currententrychange` comes after the URL has changed, and never for a navigation that is cancelled, becomes a
  // download or loads another document. `navigate`, on which WXT's own event rests, comes before all that is known.
  if (view.navigation) view.navigation.addEventListener('currententrychange', check, { signal });
  else {
    const timer = view.setInterval(check, POLL_MS);
    signal.addEventListener('abort', () => view.clearInterval(timer), { once: true });
  }
  check();
}
