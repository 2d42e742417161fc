// The day that the popup shows: what is stored at once, then what the service has, then every change.
import type { Change, DayQuestion, DayView, PaperView } from '../library/api';
import type { Library } from './reach';

export interface DayState {
  /** Undefined until the first answer. */
  view?: DayView;
  /** A day was asked for and not even the stored one has come yet. */
  pending: boolean;
  /** The service is being asked. */
  busy: boolean;
  /** Our own side failed: a sentence. */
  failure?: string;
}

export interface FollowedDay {
  ask(question: DayQuestion): void;
  /** Asks the service for the same day, even if it was asked a moment ago. */
  retry(): void;
  noticed(change: Change): void;
  /** A newer view of one of the papers. */
  update(view: PaperView): void;
}

/** Follows a day; asks for nothing until `ask`. A late answer to an earlier question is dropped. */
export function followDay(
  library: Pick<Library, 'day' | 'refreshDay'>,
  changed: (state: DayState) => void,
): FollowedDay {
  let question: DayQuestion = {};
  let state: DayState = { pending: true, busy: false };
  let turn = 0;
  let rereading = false;
  let stale = false;

  function publish(next: DayState): void {
    state = next;
    changed(next);
  }

  const kept = () => (state.view ? { view: state.view } : {});

  async function ask(next: DayQuestion, force: boolean): Promise<void> {
    const mine = ++turn;
    question = next;
    publish({ ...kept(), pending: !force, busy: force });
    try {
      const stored = await library.day(next);
      if (mine !== turn) return;
      const busy = force || stored.refreshDue;
      publish({ view: stored, pending: false, busy });
      if (!busy) return;
      const fresh = await library.refreshDay(next, force);
      if (mine === turn) publish({ view: fresh, pending: false, busy: false });
    } catch (cause) {
      if (mine !== turn) return;
      const failure = cause instanceof Error ? cause.message : 'Something went wrong. Try again.';
      publish({ ...kept(), pending: false, busy: false, failure });
    }
  }

  /** Reads again what is stored; changes that come meanwhile are read once more afterwards. */
  async function reread(): Promise<void> {
    stale = true;
    if (rereading) return;
    rereading = true;
    try {
      while (stale) {
        stale = false;
        const mine = turn;
        const view = await library.day(question);
        if (mine === turn && !state.pending) publish({ ...state, view });
      }
    } catch {
      // What is shown stays; the next change or question tries again.
    } finally {
      rereading = false;
    }
  }

  return {
    ask: (next) => void ask(next, false),
    retry: () => void ask(question, true),
    noticed: ({ all, days, papers }) => {
      const view = state.view;
      const touched = all || days?.length || view?.papers.some(({ id }) => papers?.includes(id));
      if (touched && !state.pending) void reread();
    },
    update: (newer) => {
      if (!state.view) return;
      const papers = state.view.papers.map((listed) =>
        listed.id === newer.id
          ? { ...listed, saved: newer.saved, noted: newer.noted, reading: newer.reading }
          : listed,
      );
      publish({ ...state, view: { ...state.view, papers } });
    },
  };
}

/** The word for the whole page: what `data-state` says. */
export function stateOf({
  view,
  pending,
  busy,
  failure,
}: DayState): 'loading' | 'ready' | 'offline' | 'empty' | 'error' {
  if (failure) return 'error';
  if (!view || pending) return 'loading';
  if (view.papers.length === 0) return busy ? 'loading' : view.trouble ? 'offline' : 'empty';
  return view.trouble && !busy ? 'offline' : 'ready';
}
