// The paper of the open tab, above the day's list.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PaperView, Reading } from '../library/api';
import type { PaperId } from '../paper';
import { readable } from '../tex';
import { SaveButton } from './controls';
import { Icon } from './icon';
import { ReadingState } from './reading';
import { counted, rankAndDay } from './words';

interface Props {
  id: PaperId;
  /** Undefined until it was read. */
  view: PaperView | undefined;
  /** What the tab calls the paper, where nothing better is known. */
  title: string | undefined;
  noteOpen: boolean;
  /** The tab shows the text itself: then `Reading` is offered. */
  fullText: boolean;
  onSave: () => void;
  onNote: () => void;
  onLookUp: () => void;
  onReading: (reading: Reading) => void;
  onDownload: () => void;
  onSidePanel: () => void;
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

/** A region of one line: title, reading state, `Note` and `Save`; `More` opens what Hugging Face says, and the rest. */
export function CurrentPaper({
  id,
  view,
  title,
  noteOpen,
  fullText,
  onSave,
  onNote,
  onLookUp,
  onReading,
  onDownload,
  onSidePanel,
  children,
}: Props) {
  const [more, setMore] = useState(false);
  const reading = view?.reading ?? 'unread';
  const shown = readable(view?.paper?.title || title || '') || `arXiv:${id}`;
  return (
    <section class="current" aria-label="The paper of this tab" data-paper={id}>
      <div class="line">
        <h2 id="current-title" title={shown}>
          {shown}
        </h2>
        {view?.known === 'unasked' && (
          <button type="button" class="link" onClick={onLookUp}>
            Look up
          </button>
        )}
        <ReadingState small reading={reading} about="current-title" onChange={onReading} />
        <button type="button" class="plain" aria-expanded={noteOpen} onClick={onNote}>
          <Icon name="note" filled={false} />
          Note
        </button>
        <SaveButton small saved={view?.saved ?? false} about="current-title" onToggle={onSave} />
        <button
          type="button"
          class="square quiet"
          aria-expanded={more}
          aria-controls={more ? 'current-more' : undefined}
          aria-describedby="current-title"
          title={more ? 'Show less' : 'Show more of this paper'}
          onClick={() => setMore(!more)}
        >
          <Icon name={more ? 'fold' : 'unfold'} />
          <span class="hidden">More</span>
        </button>
      </div>
      {more && (
        <div class="doing" id="current-more">
          <p class="short">{view && trendingInShort(view)}</p>
          {fullText && view && reading === 'unread' && (
            <button type="button" class="link" onClick={() => onReading('reading')}>
              Mark as reading
            </button>
          )}
          <button type="button" class="link" onClick={onDownload}>
            Download PDF
          </button>
          <button type="button" class="link" onClick={onSidePanel}>
            Side panel
          </button>
        </div>
      )}
      {children}
    </section>
  );
}
