// One paper of the library: what it is, what the person noted, and what can be done with it.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { KeptRow as Kept, Reading } from '../library/api';
import { absUrl } from '../paper';
import { readable } from '../tex';
import { SaveButton } from './controls';
import { Icon } from './icon';
import { ReadingState } from './reading';
import { authors, counted, day } from './words';

interface Props {
  kept: Kept;
  noteOpen: boolean;
  highlightsOpen: boolean;
  onSave: () => void;
  onNote: () => void;
  onHighlights: () => void;
  onReading: (reading: Reading) => void;
  onDownload: () => void;
  /** The open note and the open highlights. */
  children?: ComponentChildren;
}

/** A listitem with `data-paper`. */
export function KeptRow({
  kept,
  noteOpen,
  highlightsOpen,
  onSave,
  onNote,
  onHighlights,
  onReading,
  onDownload,
  children,
}: Props) {
  const title = useId();
  const { id, paper, saved, note, trending, highlights = 0 } = kept;
  const facts = [
    // Where no title is known the id stands in its place.
    paper.title !== '' && `arXiv:${id}`,
    paper.published && day(paper.published),
    trending?.upvotes !== undefined && counted(trending.upvotes, 'upvote'),
    // A paper without note and highlights stands here unsaved only right after it was taken off.
    !saved && (note ? 'Noted, not saved' : highlights > 0 ? 'Highlighted, not saved' : 'Not saved'),
  ].filter((fact) => typeof fact === 'string');
  return (
    <li class="kept" data-paper={id}>
      <div class="body">
        <h2 id={title}>
          <a href={absUrl({ id })} target="_blank" rel="noopener noreferrer">
            {readable(paper.title) || `arXiv:${id}`}
          </a>
        </h2>
        {paper.authors.length > 0 && (
          <p class="authors" title={paper.authors.slice(0, 50).join(', ')}>
            {authors(paper.authors, 5)}
          </p>
        )}
        <p class="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {(highlights > 0 || highlightsOpen) && (
            <button
              type="button"
              class="link"
              aria-expanded={highlightsOpen}
              aria-describedby={title}
              onClick={onHighlights}
            >
              {highlights > 0 ? counted(highlights, 'highlight') : 'No highlights'}
            </button>
          )}
        </p>
        {note && !noteOpen && <p class="excerpt">{note.replace(/\n\s*\n/g, '\n')}</p>}
      </div>
      <div class="side">
        <ReadingState small reading={kept.reading} about={title} onChange={onReading} />
        <button
          type="button"
          class="square quiet"
          aria-describedby={title}
          title="Download PDF"
          onClick={onDownload}
        >
          <Icon name="download" />
          <span class="hidden">Download PDF</span>
        </button>
        <button
          type="button"
          class={note ? 'plain noted' : 'plain'}
          aria-expanded={noteOpen}
          aria-describedby={title}
          onClick={onNote}
        >
          <Icon name="note" />
          Note
        </button>
        <SaveButton small saved={saved} about={title} onToggle={onSave} />
      </div>
      {children}
    </li>
  );
}
