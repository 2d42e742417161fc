// Which papers of the list are selected: one by one, from one to another, or all that were found.
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { KeptRow } from '../library/api';
import type { PaperId } from '../paper';

export interface Selection {
  ids: ReadonlySet<PaperId>;
  /** All ids are being asked for. */
  busy: boolean;
  /** Turns one round, and begins a range there. */
  toggle(at: number): void;
  /** Selects from where the range began to here, instead of the range before. */
  extend(at: number): void;
  /** All that are found, also those that are not drawn. */
  all(): void;
  only(ids: Iterable<PaperId>): void;
  clear(): void;
}

/**
 * @param rows those that are known, by place
 * @param idsOfAll asks for the ids of all that are found, in their order
 * @param failed called with what was thrown when they cannot be had
 */
export function useSelection(
  rows: ReadonlyMap<number, KeptRow>,
  idsOfAll: () => Promise<PaperId[]>,
  failed: (cause: unknown) => void,
): Selection {
  const [ids, setIds] = useState<ReadonlySet<PaperId>>(new Set());
  const [busy, setBusy] = useState(false);
  const latest = useRef({ rows, idsOfAll, failed });
  latest.current = { rows, idsOfAll, failed };
  /** Where a range begins, and what is selected besides it. */
  const anchor = useRef<{ at: number; besides: ReadonlySet<PaperId> }>(undefined);
  /** Grows with each wish: an answer to an earlier one changes nothing. */
  const wish = useRef(0);

  const set = useCallback((next: Iterable<PaperId>) => {
    wish.current++;
    setBusy(false);
    setIds(new Set(next));
  }, []);

  /** Sets what `choose` makes of all ids, once they are there. */
  const ofAll = useCallback(async (choose: (all: PaperId[]) => Iterable<PaperId>) => {
    const mine = ++wish.current;
    setBusy(true);
    try {
      const all = await latest.current.idsOfAll();
      if (mine === wish.current) setIds(new Set(choose(all)));
    } catch (cause) {
      latest.current.failed(cause);
    }
    if (mine === wish.current) setBusy(false);
  }, []);

  const extend = useCallback(
    (at: number) => {
      anchor.current ??= { at, besides: new Set() };
      const { at: start, besides } = anchor.current;
      const [from, to] = [Math.min(start, at), Math.max(start, at)];
      const range: PaperId[] = [];
      for (let place = from; place <= to; place++) {
        const id = latest.current.rows.get(place)?.id;
        if (!id) return void ofAll((all) => [...besides, ...all.slice(from, to + 1)]);
        range.push(id);
      }
      set([...besides, ...range]);
    },
    [set, ofAll],
  );

  const toggle = useCallback(
    (at: number) => {
      const id = latest.current.rows.get(at)?.id;
      if (!id) return;
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      anchor.current = { at, besides: new Set(next) };
      set(next);
    },
    [ids, set],
  );

  return useMemo(
    () => ({
      ids,
      busy,
      toggle,
      extend,
      all: () => void ofAll((all) => all),
      only: set,
      clear: () => {
        anchor.current = undefined;
        set([]);
      },
    }),
    [ids, busy, toggle, extend, ofAll, set],
  );
}
