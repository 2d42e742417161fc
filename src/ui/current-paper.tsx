// The paper of the open tab, above the day's list.
import type { ComponentChildren } from 'preact';
import type { PaperView } from '../library/api';
import type { PaperId } from '../paper';
import { SaveButton } from './controls';
import { Icon } from './icon';
import { counted, rankAndDay } from './words';

interface Props {
  id: PaperId;
  /** Undefined until it was read. */
  view: PaperView | undefined;
  /** What the tab calls the paper, where nothing better is known. */
  title: string | undefined;
  noteOpen: boolean;
  onSave: () => void;
  onNote: () => void;
  onLookUp: () => void;
  /** A notice about the tab, and the note. */
  children?: ComponentChildren;
}

function trendingInShort(view: PaperView): string {
  const { upvotes, rank, day, code, comments } = view.trending ?? {};
  const parts = [
    upvotes !== undefined && counted(upvotes, 'upvote'),
    rank !== undefined && day !== undefined && rankAndDay(rank, day),
    code?.stars !== undefined && counted(code.stars, 'star'),
    comments !== undefined && counted(comments, 'comment'),
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  if (view.known === 'yes') return 'On Hugging Face';
  return view.known === 'no' ? 'Not on Hugging Face' : 'Not on the stored lists';
}

/** A region with title, trending in short, `Save` and `Note`. */
export function CurrentPaper({
  id,
  view,
  title,
  noteOpen,
  onSave,
  onNote,
  onLookUp,
  children,
}: Props) {
  const shown = view?.paper?.title || title || `arXiv:${id}`;
  return (
    <section class="current" aria-label="The paper of this tab" data-paper={id}>
      <div class="line">
        <div class="what">
          <h2 id="current-title" title={shown}>
            {shown}
          </h2>
          <p class="short">
            <span>{view && trendingInShort(view)}</span>
            {view?.known === 'unasked' && (
              <button type="button" class="link" onClick={onLookUp}>
                Look up
              </button>
            )}
          </p>
        </div>
        <button type="button" class="plain" aria-expanded={noteOpen} onClick={onNote}>
          <Icon name="note" filled={false} />
          Note
        </button>
        <SaveButton small saved={view?.saved ?? false} about="current-title" onToggle={onSave} />
      </div>
      {children}
    </section>
  );
}
