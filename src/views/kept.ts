// The kept papers that the library page shows: found as the person types, more on demand, followed as they change.
import type { KeptRow, PaperView } from '../library/api';
import type { Library } from './reach';

/** How many more each time. */
const step = 50;

export interface KeptState {
  /** The words that `rows` answer. */
  query: string;
  rows: KeptRow[];
  /** All that match. */
  total: number;
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
}

/** Follows a search; an answer to an earlier question never replaces one to a later question. */
export function followKept(
  library: Pick<Library, 'kept'>,
  changed: (state: KeptState) => void,
): FollowedKept {
  let state: KeptState = { query: '', rows: [], total: 0, kept: 0, loaded: false, pending: true };
  let query = '';
  let wanted = step;
  let asking = false;
  let stale = false;

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
        const { rows, total, kept } = await library.kept(words, 0, wanted);
        publish({ query: words, rows, total, kept, loaded: true, pending: stale });
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
      void ask();
    },
    more: () => {
      if (state.pending || state.rows.length >= state.total) return;
      wanted = state.rows.length + step;
      void ask();
    },
    noticed: () => void ask(),
    update: ({ id, saved }) =>
      publish({ rows: state.rows.map((row) => (row.id === id ? { ...row, saved } : row)) }),
  };
}
