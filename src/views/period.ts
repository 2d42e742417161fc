// The list that the popup shows: what is stored at once, then what the service has, then every change.
import type { Change, DigestPaper, PaperView, PeriodQuestion, PeriodView } from '../library/api';
import type { PaperId } from '../paper';
import type { Library } from './reach';
import { type Failed, failedBy } from './sentence';

export interface PeriodState {
  /** Undefined until the first answer. */
  view?: PeriodView;
  /** A period was asked for and not even the stored one has come yet. */
  pending: boolean;
  /** The service is being asked. */
  busy: boolean;
  /** How many of how many lists are there, while several are fetched. */
  progress?: { done: number; of: number };
  /** Our own side failed: a sentence. */
  failure?: Failed;
}

export interface FollowedPeriod {
  ask(question: PeriodQuestion): void;
  /** Asks the service for the same period, even if it was asked a moment ago. */
  retry(): void;
  /** The question to which not even what is stored has come yet. */
  waiting(): PeriodQuestion | undefined;
  noticed(change: Change): void;
  /** A newer view of one of the papers. */
  update(view: PaperView): void;
}

/** What a person does with a paper, over what its list says of it. */
export function joined(listed: DigestPaper, newer: PaperView): DigestPaper {
  const { dismissed: _, ...rest } = listed;
  return {
    ...rest,
    saved: newer.saved,
    noted: newer.noted,
    reading: newer.reading,
    ...(newer.dismissed && { dismissed: newer.dismissed }),
  };
}

/**
 * Follows a period; asks for nothing until `ask`. A late answer to an earlier question is dropped. What was marked as
 * fresh stays so as long as this lasts, and a paper that did not change stays the same object: nothing of it has to be
 * drawn again.
 */
export function followPeriod(
  library: Pick<Library, 'period' | 'refreshPeriod'>,
  changed: (state: PeriodState) => void,
): FollowedPeriod {
  let question: PeriodQuestion = { kind: 'day' };
  let state: PeriodState = { pending: true, busy: false };
  let turn = 0;
  let rereading = false;
  let stale = false;
  const marks = new Map<PaperId, DigestPaper['fresh']>();

  function publish(next: PeriodState): void {
    state = next;
    changed(next);
  }

  const kept = () => (state.view ? { view: state.view } : {});

  function steady(view: PeriodView): PeriodView {
    const before = new Map(state.view?.papers.map((listed) => [listed.id, listed]));
    const papers = view.papers.map((listed) => {
      const fresh = marks.get(listed.id) ?? listed.fresh;
      if (fresh) marks.set(listed.id, fresh);
      const marked = fresh ? { ...listed, fresh } : listed;
      const old = before.get(listed.id);
      return old && same(old, marked) ? old : marked;
    });
    return { ...view, papers };
  }

  async function ask(next: PeriodQuestion, force: boolean): Promise<void> {
    const mine = ++turn;
    question = next;
    publish({ ...kept(), pending: !force, busy: force });
    try {
      const stored = await library.period(next);
      if (mine !== turn) return;
      const busy = force || stored.refreshDue;
      publish({ view: steady(stored), pending: false, busy });
      if (!busy) return;
      const fresh = await library.refreshPeriod(next, force);
      if (mine === turn) publish({ view: steady(fresh), pending: false, busy: false });
    } catch (cause) {
      if (mine !== turn) return;
      publish({ ...kept(), pending: false, busy: false, failure: failedBy(cause) });
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
        const view = await library.period(question);
        if (mine !== turn || state.pending) continue;
        // What can be read again has not failed.
        const { failure: _, ...rest } = state;
        publish({ ...rest, view: steady(view) });
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
    waiting: () => (turn > 0 && state.pending ? question : undefined),
    noticed: ({ all, digest, periods, papers, progress }) => {
      const { view, busy, progress: _, ...rest } = state;
      if (progress && busy) {
        const lasting = progress.done < progress.of ? { progress } : {};
        publish({ ...rest, ...kept(), busy, ...lasting });
      }
      const shown = () => view?.papers.some(({ id }) => papers?.includes(id));
      if ((all || digest || periods?.length || shown()) && !state.pending) void reread();
    },
    update: (newer) => {
      if (!state.view) return;
      const papers = state.view.papers.map((listed) =>
        listed.id === newer.id ? joined(listed, newer) : listed,
      );
      publish({ ...state, view: { ...state.view, papers } });
    },
  };
}

/** Views come as messages: plain values, their fields in the same order each time. */
function same(one: DigestPaper, other: DigestPaper): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The word for the whole list, before any filter: what `data-state` says. */
export function stateOf({
  view,
  pending,
  busy,
  failure,
}: PeriodState): 'loading' | 'ready' | 'offline' | 'empty' | 'error' {
  if (failure) return 'error';
  if (!view || pending) return 'loading';
  if (view.papers.length === 0) return busy ? 'loading' : view.trouble ? 'offline' : 'empty';
  return view.trouble && !busy ? 'offline' : 'ready';
}
