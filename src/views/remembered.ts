// The list that the popup showed last, kept beside it: drawn at once by the next popup, until the background has answered.
import { browser } from 'wxt/browser';
import { presentOf } from '../calendar';
import type { DigestSettings, PeriodView, Topic } from '../library/api';

/** How a list is filtered, ordered and grouped. */
export interface Arranged {
  digest: DigestSettings;
  topics: Topic[];
}

interface Remembered extends Arranged {
  view: PeriodView;
}

/** What another version wrote may have another shape. */
const written = (what: 'view' | 'arranged') => `${what} ${browser.runtime.getManifest().version}`;

function put(what: 'view' | 'arranged', value: object | undefined): void {
  try {
    if (value) localStorage.setItem(what, JSON.stringify({ as: written(what), value }));
    else localStorage.removeItem(what);
  } catch {
    // The next popup waits for its list, no more.
  }
}

function get<Value>(what: 'view' | 'arranged'): Value | undefined {
  const { as, value } = JSON.parse(localStorage.getItem(what) ?? '{}');
  return as === written(what) ? value : undefined;
}

/** Whether a list is what a popup begins with now. */
const isPresent = ({ kind, asked }: PeriodView, now: number) => asked === presentOf(kind, now);

/** Remembers a list that was read, unless it is one of the past: popups begin with the present one. */
export function rememberView(view: PeriodView, now: number): void {
  if (!isPresent(view, now)) return;
  // What was new is seen by then.
  const papers = view.papers.map(({ fresh: _, ...listed }) => listed);
  put('view', papers.length > 0 ? { ...view, papers } : undefined);
}

/** Remembers how lists are shown. By fit they are ranked anew each time, so that such a one is not drawn ahead. */
export function rememberArranged(arranged: Arranged): void {
  put('arranged', arranged.digest.sort === 'fit' ? undefined : arranged);
}

/** What the popup showed last, where it would ask for the same list now. */
export function remembered(now: number): Remembered | undefined {
  try {
    const [view, arranged] = [get<PeriodView>('view'), get<Arranged>('arranged')];
    const same = view && arranged && view.kind === arranged.digest.kind && isPresent(view, now);
    return same ? { ...arranged, view } : undefined;
  } catch {
    return undefined;
  }
}
