// The rows of the library around the window: found as the person types, fetched where they are looked at, followed as they change.
import type { KeptPage, KeptRow, LibraryOrder } from '../library/api';
import type { PaperId } from '../paper';
import type { Library } from './reach';
import { type Failed, failedBy } from './sentence';

/** How many rows are asked for at once: more than are in most windows, and each takes the background half a millisecond. */
const step = 50;

/** So many rows before and behind those in the window are there before they are looked at. */
const ahead = 20;

/** Of the rows that were looked at, those of so many answers stay in memory. */
const keptPages = 24;

/** What the rows answer. No `order`: the library's own, the newest or the best first. */
export interface Question {
  query: string;
  order?: LibraryOrder | undefined;
}

export interface ShelfState extends Pick<KeptPage, 'problem' | 'near' | 'indexing'> {
  /** What the rows answer. */
  question: Question;
  /** By place in the list, from 0: those that are known by now. */
  rows: ReadonlyMap<number, KeptRow>;
  /** How many places the list has. */
  places: number;
  /** All that match. */
  total: number;
  /** All that are kept. */
  kept: number;
  /** The first answer has come. */
  loaded: boolean;
  /** An answer for the rows in the window is still to come. */
  pending: boolean;
  /** Our own side failed. */
  failure?: Failed;
}

export interface Shelf {
  /** Asks this; an answer to an earlier question never replaces one to a later one. */
  find(question: Question): void;
  /** The window shows these places, both included. */
  around(first: number, last: number): void;
  /** Something changed: what is in the window is asked once more, and all else before it is shown again. */
  noticed(): void;
  /** What is known of a row before the library says it. */
  patch(id: PaperId, more: Partial<KeptRow>): void;
  /** The person takes this paper off: its row keeps its place until the next `find`, or until it is saved again. */
  hold(id: PaperId): void;
}

/** Follows a list that may be very long, in few small answers. */
export function followShelf(
  library: Pick<Library, 'kept'>,
  changed: (state: ShelfState) => void,
): Shelf {
  let question: Question = { query: '' };
  /** No answer to `question` came yet. */
  let open = true;
  /** Grows with each notice: an answer of an earlier time is to be asked again. */
  let time = 0;
  let asking = false;
  let failed = false;
  let [first, last] = [0, 0];
  const pages = new Map<number, { rows: KeptRow[]; time: number }>();
  /** Rows that the person took off, at their places; `gone`: the library no longer has them. */
  const held = new Map<PaperId, { at: number; row: KeptRow; gone: boolean }>();
  let state: ShelfState = {
    question,
    rows: new Map(),
    ...{ places: 0, total: 0, kept: 0 },
    ...{ loaded: false, pending: true },
  };

  /** The places of rows that only this list still has, in order. */
  const gone = () =>
    [...held.values()]
      .filter((one) => one.gone)
      .map(({ at }) => at)
      .sort((a, b) => a - b);

  /** The place in the library's own list. */
  const inLibrary = (at: number) => at - gone().filter((place) => place < at).length;

  function rowsNow(): Map<number, KeptRow> {
    const rows = new Map<number, KeptRow>();
    const places = gone();
    for (const [page, known] of pages) {
      for (const [index, row] of known.rows.entries()) {
        let at = page * step + index;
        for (const place of places) if (at >= place) at++;
        rows.set(at, row);
      }
    }
    for (const { at, row, gone } of held.values()) {
      if (gone) rows.set(at, row);
    }
    return rows;
  }

  /** The answer to ask for next, if one is needed. */
  function wanted(): number | undefined {
    if (open) return 0;
    const end = Math.min(inLibrary(last) + ahead, state.total - 1);
    const begin = Math.max(0, Math.min(inLibrary(first) - ahead, end));
    for (let page = Math.floor(begin / step); page * step <= end; page++) {
      if (pages.get(page)?.time !== time) return page;
    }
    // An empty list is asked for as well when something changed.
    return state.total === 0 && pages.get(0)?.time !== time ? 0 : undefined;
  }

  function publish(next: Partial<ShelfState> = {}): void {
    const { failure: _, ...rest } = state;
    state = { ...rest, pending: wanted() !== undefined, rows: rowsNow(), ...next };
    state.places = state.total + gone().length;
    changed(state);
  }

  function take(page: number, asked: Question, at: number, found: KeptPage): void {
    if (open) pages.clear();
    open = false;
    pages.set(page, { rows: found.rows, time: at });
    const middle = inLibrary((first + last) / 2) / step;
    const byDistance = [...pages.keys()].sort(
      (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
    );
    for (const far of byDistance.slice(keptPages)) pages.delete(far);
    for (const [id, one] of held) {
      if (Math.floor(inLibrary(one.at) / step) !== page) continue;
      const before = one.gone;
      one.gone = !found.rows.some((row) => row.id === id);
      if (one.gone && !before) one.row = { ...one.row, saved: false, note: '', highlights: 0 };
      // Saved again, and back in its place.
      if (before && !one.gone) held.delete(id);
    }
    const { problem: _p, near: _n, indexing: _i, ...rest } = state;
    const { problem, near, indexing } = found;
    state = {
      ...rest,
      ...(problem && { problem }),
      ...(near && { near }),
      ...(indexing && { indexing }),
      ...{ question: asked, total: found.total, kept: found.kept, loaded: true },
    };
    publish();
  }

  /** One question at a time, and always one more after the last key. */
  async function work(): Promise<void> {
    if (asking || failed) return;
    asking = true;
    try {
      for (let page = wanted(); page !== undefined; page = wanted()) {
        const asked = question;
        const at = time;
        const { query, order } = asked;
        const found = await library.kept(query, page * step, step, ...(order ? [order] : []));
        if (asked === question) take(page, asked, at, found);
      }
    } catch (cause) {
      failed = true;
      publish({ pending: false, failure: failedBy(cause) });
    } finally {
      asking = false;
    }
  }

  function again(): void {
    failed = false;
    publish();
    void work();
  }

  return {
    find: (asked) => {
      question = asked;
      open = true;
      [first, last] = [0, 0];
      held.clear();
      again();
    },
    around: (from, to) => {
      [first, last] = [from, to];
      if (open || failed) return;
      const more = wanted() !== undefined;
      if (more !== state.pending) publish();
      if (more) void work();
    },
    noticed: () => {
      time++;
      again();
    },
    patch: (id, more) => {
      const one = held.get(id);
      if (one) one.row = { ...one.row, ...more };
      // What is gone keeps its place until the library has it again.
      if (more.saved && !one?.gone) held.delete(id);
      for (const page of pages.values()) {
        page.rows = page.rows.map((row) => (row.id === id ? { ...row, ...more } : row));
      }
      publish(state.failure ? { failure: state.failure, pending: false } : {});
    },
    hold: (id) => {
      for (const [at, row] of state.rows) {
        if (row.id === id && !held.has(id)) held.set(id, { at, row, gone: false });
      }
    },
  };
}
