// One paper of the library: what it is, what the person made of it, and what can be done with it.
import { useId } from 'preact/hooks';
import type { KeptRow as Kept, Match, Reading } from '../library/api';
import { isArxiv, publishedOf } from '../paper';
import { readable } from '../tex';
import { SaveButton } from './controls';
import { Icon } from './icon';
import type { Placed } from './library-list';
import { Marked } from './marked';
import { ReadingState } from './reading';
import { titleOf } from './title';
import { authors, counted, day, number } from './words';

/** Authors and tags that are drawn; what they have more is a number. */
const [names, chips] = [3, 4];

/** What a text is called in which words were found. */
const places: Partial<Record<Match['in'], string>> = {
  abstract: 'Abstract',
  keyword: 'Keyword',
  org: 'Organization',
  note: 'Note',
  highlight: 'Highlight',
  comment: 'Comment',
};

/** What can be done with a row. */
export interface RowActs {
  /** The box was pressed; with Shift all from the last one to here. */
  select(at: number, range: boolean): void;
  open(kept: Kept, at: number): void;
  save(kept: Kept): void;
  note(kept: Kept, at: number): void;
  highlights(kept: Kept, at: number): void;
  read(kept: Kept, reading: Reading): void;
  download(kept: Kept): void;
  tag(tag: string): void;
}

interface Props {
  kept: Kept;
  at: number;
  placed: Placed;
  selected: boolean;
  /** Its detail is shown. */
  open: boolean;
  /** Where a link to its detail leads. */
  href: string;
  on: RowActs;
}

/** The authors that are drawn: the first ones, and those in whose names the words were found. */
function Authors({ kept: { paper, matches = [] } }: { kept: Kept }) {
  const found = matches.filter((match) => match.in === 'author');
  if (found.length === 0) return <>{authors(paper.authors, names)}</>;
  const shown = paper.authors.filter(
    (name, index) => index < names || found.some(({ text }) => text === name),
  );
  return (
    <>
      {shown.slice(0, 2 * names).map((name, index) => {
        const match = found.find(({ text }) => text === name);
        return (
          <span key={name}>
            {index > 0 && ', '}
            {match ? <Marked match={match} /> : name}
          </span>
        );
      })}
      {paper.authors.length > shown.length && ` +${number(paper.authors.length - shown.length)}`}
    </>
  );
}

/** The words around what was found in a longer text, or else how the note begins, or else the abstract. */
function Excerpt({ kept: { paper, note, matches = [] } }: { kept: Kept }) {
  const found = matches.find((match) => places[match.in]);
  if (found) {
    return (
      <span class="excerpt" data-in={found.in}>
        <b>{places[found.in]}</b> <Marked match={found} />
      </span>
    );
  }
  if (!note) return <span class="excerpt">{paper.abstract.slice(0, 300)}</span>;
  return (
    <span class="excerpt" data-in="note" title={note.slice(0, 600)}>
      {note.slice(0, 300).replace(/\s+/g, ' ')}
    </span>
  );
}

/** A listitem with `data-paper`. */
export function KeptRow({ kept, at, placed, selected, open, href, on }: Props) {
  const title = useId();
  const { id, paper, saved, note, trending, tags = [], highlights = 0, matches = [] } = kept;
  const inTitle = matches.find((match) => match.in === 'title');
  const published = publishedOf(paper);
  const facts = [
    published && day(published),
    trending?.upvotes !== undefined && counted(trending.upvotes, 'upvote'),
    // A paper without note and highlights stands here unsaved only right after it was taken off.
    !saved && (note ? 'Noted, not saved' : highlights > 0 ? 'Highlighted, not saved' : 'Not saved'),
  ].filter((fact) => typeof fact === 'string');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole list do the same.
    <li
      class="kept"
      data-paper={id}
      data-selected={selected ? '' : undefined}
      aria-current={open ? 'true' : undefined}
      {...placed}
      onClick={(event) => {
        const control = 'a, button, input, select, label';
        if (event.defaultPrevented || (event.target as Element).closest(control)) return;
        if (getSelection()?.toString()) return;
        if (event.shiftKey) on.select(at, true);
        else if (event.ctrlKey || event.metaKey) on.select(at, false);
        else on.open(kept, at);
      }}
    >
      <label class="pick">
        <input
          type="checkbox"
          aria-label="Select"
          aria-describedby={title}
          checked={selected}
          onClick={(event) => on.select(at, event.shiftKey)}
        />
      </label>
      <h2 class="title" id={title}>
        <a
          href={href}
          title={paper.title}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            on.open(kept, at);
          }}
        >
          {inTitle && readable(paper.title) === paper.title ? (
            <Marked match={inTitle} />
          ) : (
            titleOf(paper)
          )}
        </a>
      </h2>
      <p class="facts">
        {paper.authors.length > 0 && (
          <span class="authors" title={paper.authors.slice(0, 50).join(', ')}>
            <Authors kept={kept} />
          </span>
        )}
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {highlights > 0 && (
          <button
            type="button"
            class="link"
            aria-describedby={title}
            onClick={() => on.highlights(kept, at)}
          >
            {counted(highlights, 'highlight')}
          </button>
        )}
      </p>
      <p class="own">
        {tags.slice(0, chips).map((tag) => (
          <button
            key={tag}
            type="button"
            class="tag"
            title={`Papers with the tag “${tag}”`}
            onClick={() => on.tag(tag)}
          >
            {tag}
          </button>
        ))}
        {tags.length > chips && (
          <span class="muted" title={tags.slice(chips).join(', ')}>
            +{number(tags.length - chips)}
          </span>
        )}
        <Excerpt kept={kept} />
      </p>
      <div class="side">
        <ReadingState
          small
          reading={kept.reading}
          about={title}
          onChange={(reading) => on.read(kept, reading)}
        />
        {isArxiv(id) && (
          <button
            type="button"
            class="square quiet"
            aria-describedby={title}
            title="Download PDF"
            onClick={() => on.download(kept)}
          >
            <Icon name="download" />
            <span class="hidden">Download PDF</span>
          </button>
        )}
        <button
          type="button"
          class={note ? 'square noted' : 'square quiet'}
          aria-describedby={title}
          title={note ? 'Note' : 'Write a note'}
          onClick={() => on.note(kept, at)}
        >
          <Icon name="note" />
          <span class="hidden">Note</span>
        </button>
        <SaveButton small saved={saved} about={title} onToggle={() => on.save(kept)} />
      </div>
    </li>
  );
}

/** The place of a row that is still to come. */
export function BlankRow({ placed }: { placed: Placed }) {
  return (
    <li class="kept blank" tabIndex={-1} {...placed}>
      <span class="hidden">Loading</span>
      <i class="bone" style={{ width: '62%' }} />
      <i class="bone thin" style={{ width: '40%' }} />
      <i class="bone thin" style={{ width: '52%' }} />
    </li>
  );
}
