// The kept papers that the library page shows: found as the person types, more on demand, followed as they change.
import type { KeptPage, KeptRow, PaperView } from '../library/api';
import type { PaperId } from '../paper';
import type { Library } from './reach';

/** How many more each time. */
const step = 50;

export interface KeptState extends Pick<KeptPage, 'problem' | 'near' | 'indexing'> {
  /** The words that `rows` answer. */
  query: string;
  rows: KeptRow[];
  /** All that match. */
  total: number;
  /** Some of them are not in `rows` yet. */
  more: boolean;
  /** All that are kept. */
  kept: number;
  /** The first answer has come. */
  loaded: boolean;
  /** An answer to a newer question is still to come. */
  pending: boolean;
  /** Our own side failed: a sentence. */
  failure?: string;
}

export interface FollowedKept {
  find(query: string): void;
  more(): void;
  /** Something changed: the same question once more. */
  noticed(): void;
  update(view: PaperView): void;
  /** So many highlights its open list has now. */
  counted(id: PaperId, highlights: number): void;
  /** The person takes this paper off: its row stays in its place until the next `find`, or until it is saved again. */
  hold(id: PaperId): void;
}

/** The new rows, and among them, each behind the row it stood behind, the held ones that are no longer kept. */
function withHeld(now: KeptRow[], before: KeptRow[], held: ReadonlySet<PaperId>): KeptRow[] {
  const rows = [...now];
  const there = new Set(rows.map(({ id }) => id));
  let place = 0;
  for (const row of before) {
    if (there.has(row.id)) place = rows.findIndex(({ id }) => id === row.id) + 1;
    else if (held.has(row.id))
      rows.splice(place++, 0, { ...row, saved: false, note: '', highlights: 0 });
  }
  return rows;
}

/** Follows a search; an answer to an earlier question never replaces one to a later question. */
export function followKept(
  library: Pick<Library, 'kept'>,
  changed: (state: KeptState) => void,
): FollowedKept {
  let state: KeptState = {
    query: '',
    rows: [],
    total: 0,
    more: false,
    kept: 0,
    loaded: false,
    pending: true,
  };
  const held = new Set<PaperId>();
  let query = '';
  let wanted = step;
  let asking = false;
  let stale = false;

  /** What an answer may leave out goes with the answer before. */
  function answered(next: Partial<KeptState>): void {
    const { problem: _problem, near: _near, indexing: _indexing, ...rest } = state;
    state = rest;
    publish(next);
  }

  function publish(next: Partial<KeptState>): void {
    const { failure: _, ...rest } = state;
    state = { ...rest, ...next };
    changed(state);
  }

  /** One question at a time, and always one more after the last key. */
  async function ask(): Promise<void> {
    stale = true;
    publish({ pending: true });
    if (asking) return;
    asking = true;
    try {
      while (stale) {
        stale = false;
        const words = query;
        const found = await library.kept(words, 0, wanted);
        const { problem, near, indexing } = found;
        answered({
          ...(problem && { problem }),
          ...(near && { near }),
          ...(indexing && { indexing }),
          query: words,
          rows: withHeld(found.rows, state.rows, held),
          total: found.total,
          more: found.rows.length < found.total,
          kept: found.kept,
          loaded: true,
          pending: stale,
        });
      }
    } catch (cause) {
      stale = false;
      publish({
        pending: false,
        failure: cause instanceof Error ? cause.message : 'Something went wrong. Try again.',
      });
    } finally {
      asking = false;
    }
  }

  return {
    find: (words) => {
      query = words;
      wanted = step;
      held.clear();
      void ask();
    },
    more: () => {
      if (state.pending || !state.more) return;
      wanted += step;
      void ask();
    },
    noticed: () => void ask(),
    update: ({ id, saved, reading }) => {
      if (saved) held.delete(id);
      publish({
        rows: state.rows.map((row) => (row.id === id ? { ...row, saved, reading } : row)),
      });
    },
    counted: (id, highlights) =>
      publish({ rows: state.rows.map((row) => (row.id === id ? { ...row, highlights } : row)) }),
    hold: (id) => void held.add(id),
  };
}
