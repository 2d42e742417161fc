// The active row of the list: where keys act, and where the focus returns to, also when other rows come before it or it goes.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { KeptRow } from '../library/api';
import type { PaperId } from '../paper';

export interface Cursor {
  /** Its place in the list. */
  at: number | undefined;
  /** Undefined while it is not known. */
  row: KeptRow | undefined;
  put(at: number): void;
  clear(): void;
  /** Goes to the nearest place that there is, and takes the focus along. @returns that place */
  move(to: number): number;
  /** The focus comes back to it. */
  focus(): void;
}

/**
 * @param rows those that are known, by place
 * @param places how many places there are
 * @param list what the rows are in, each with its place as `data-at`
 */
export function useCursor(
  rows: ReadonlyMap<number, KeptRow>,
  places: number,
  list: RefObject<HTMLElement | null>,
): Cursor {
  const [active, setActive] = useState<{ at: number; id: PaperId | undefined }>();
  const put = (at: number) => setActive({ at, id: rows.get(at)?.id });

  // A paper keeps the focus where others come before it; where it went, its place has it.
  let at = active?.at;
  if (active?.id !== undefined && rows.get(active.at)?.id !== active.id) {
    for (const [place, row] of rows) if (row.id === active.id) at = place;
  }
  if (at !== undefined && places > 0) at = Math.min(at, places - 1);

  /** Focus is wanted in the active row as soon as it is there; it was in the list when it was drawn last. */
  const focus = useRef({ wanted: false, was: false });
  useLayoutEffect(() => {
    const element = list.current;
    const row = element?.querySelector<HTMLElement>(`[data-at="${at}"]`);
    const lost = focus.current.was && document.activeElement === document.body;
    if (row && (focus.current.wanted || lost)) {
      const link = row.querySelector<HTMLElement>('.title a');
      (link ?? row).focus({ preventScroll: true });
      if (focus.current.wanted) row.scrollIntoView?.({ block: 'nearest' });
      if (link) focus.current.wanted = false;
    }
    focus.current.was = Boolean(element?.contains(document.activeElement));
  });

  return {
    at,
    row: at === undefined ? undefined : rows.get(at),
    put,
    clear: () => setActive(undefined),
    move: (to) => {
      const next = Math.max(0, Math.min(to, places - 1));
      focus.current.wanted = true;
      put(next);
      return next;
    },
    focus: () => {
      focus.current.wanted = at !== undefined;
    },
  };
}
