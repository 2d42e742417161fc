// What is said above the list, in one sentence: of a period, and of a search.
import { activeFilters, noFilters } from '../digest/filters';
import type { DigestSettings } from '../library/api';
import type { PaperId } from '../paper';
import { Notice } from '../ui/controls';
import { Icon } from '../ui/icon';
import { age, counted, passedOver, period, trouble, weekday } from '../ui/words';
import { FailureNotice } from './failure-notice';
import type { Search } from './hub-search';
import { type PeriodState, stateOf } from './period';
import type { ShownPapers } from './shown';

interface Todo {
  now: number;
  retry: () => void;
  go: (at: string) => void;
  change: (part: Partial<DigestSettings>) => void;
  /** The paper that is to be in view. */
  wanted: PaperId | undefined;
}

/** One sentence about the list and at most one action. */
export function PeriodNotice({
  state,
  shown,
  digest,
  now,
  retry,
  go,
  change,
  wanted,
}: Todo & { state: PeriodState; shown: ShownPapers; digest: DigestSettings }) {
  const { view, failure } = state;
  const word = stateOf(state);
  if (failure) return <FailureNotice failure={failure} onRetry={retry} />;
  if (!view) return null;
  if (word === 'offline' && view.trouble) {
    const stored =
      view.papers.length === 0
        ? 'No list is stored yet.'
        : view.fetchedAt === undefined
          ? 'This is the stored list.'
          : `This list was fetched ${age(view.fetchedAt, now)}.`;
    return (
      <Notice tone="warn" action="Try again" onAction={retry}>
        {trouble(view.trouble.kind)} {stored}
      </Notice>
    );
  }
  if (word === 'empty') {
    return (
      <Notice action="Look again" onAction={retry}>
        {view.kind === 'trending'
          ? 'Nothing is trending now.'
          : `There are no papers ${view.kind === 'day' ? 'on' : 'in'} ${period(view.asked)}.`}
      </Notice>
    );
  }
  if (wanted && !isShown(shown, wanted) && view.papers.some(({ id }) => id === wanted)) {
    return (
      <Notice action="Clear filters" onAction={() => change(cleared(digest))}>
        Your filters hide the paper that you were notified of.
      </Notice>
    );
  }
  if (view.papers.length > 0 && shown.count === 0) {
    const hidden = activeFilters(digest.filters) === 0;
    return (
      <Notice
        action={hidden ? 'Show them' : 'Clear filters'}
        onAction={() => change(hidden ? { known: 'dim' } : cleared(digest))}
      >
        {hidden
          ? 'You have read or saved all papers of this list.'
          : 'No paper passes your filters.'}
      </Notice>
    );
  }
  if (view.papers.length > 0 && view.shown !== view.asked)
    return <Notice>{passedOver(view.asked, view.shown, now)}</Notice>;
  const { fuller } = view;
  if (fuller) {
    return (
      <Notice action={`See ${weekday(fuller)}’s`} onAction={() => go(fuller)}>
        Today’s list is still short.
      </Notice>
    );
  }
  if (digest.sort === 'fit' && view.papers.length > 0 && !view.papers.some(({ fit }) => fit))
    return <Notice>There is nothing to compare with yet. Save papers, or write notes.</Notice>;
  if (view.fromDays && view.papers.length > 0)
    return <Notice>Hugging Face has no list of this week, so its days are put together.</Notice>;
  return null;
}

/** Is the paper among those shown? */
export const isShown = ({ groups }: ShownPapers, wanted: PaperId) =>
  groups.some(({ papers }) => papers.some(({ id }) => id === wanted));

/** All papers pass, and those that are read or saved are not hidden. */
export function cleared({ known }: DigestSettings): Partial<DigestSettings> {
  return { filters: noFilters, known: known === 'hide' ? 'show' : known };
}

/** What stands above the answers of Hugging Face's search. */
export function SearchNotice({
  search: { words, busy, found, failure },
  onSend,
  onBack,
}: {
  search: Search;
  onSend: () => void;
  onBack: () => void;
}) {
  const again = found ? found.trouble && 'Try again' : failure && 'Try again';
  const tone = failure || found?.trouble ? 'warn' : 'calm';
  return (
    <>
      <div class="results">
        <button type="button" class="square" title="Back to the list" onClick={onBack}>
          <Icon name="older" />
          <span class="hidden">Back to the list</span>
        </button>
        <h2>Hugging Face: {words}</h2>
        <span class="count">
          {found && !found.trouble && counted(found.papers.length, 'paper')}
        </span>
      </div>
      <div role="status">
        {busy && <Notice>Searching Hugging Face. These words were sent to huggingface.co.</Notice>}
        {found?.trouble && (
          <Notice tone={tone} {...(again && { action: again })} onAction={onSend}>
            {trouble(found.trouble.kind)}
          </Notice>
        )}
        {failure && (
          <Notice tone={tone} action="Try again" onAction={onSend}>
            {failure}
          </Notice>
        )}
        {found && !found.trouble && found.papers.length === 0 && (
          <Notice>Hugging Face finds no papers for these words.</Notice>
        )}
        {!busy && !found && !failure && (
          <Notice action="Search Hugging Face" onAction={onSend}>
            These words are sent to huggingface.co.
          </Notice>
        )}
      </div>
    </>
  );
}
