// The search of the library: its field, what can be written in it, and what is wrong with what was written.
import type { RefObject } from 'preact';
import type { KeptPage } from '../library/api';
import { Icon } from './icon';
import { counted, number } from './words';

/** What can be written, with what it finds. */
const fields: [string, string][] = [
  ['mixture of experts', 'all of these words, anywhere'],
  ['"mixture of experts"', 'the words next to one another'],
  ['quant*', 'words that begin so'],
  ['llama OR mamba', 'one of the two'],
  ['-survey', 'without this word'],
  ['title: author: org: keyword:', 'only there: author:hinton'],
  ['tag:"to read"', 'with this tag'],
  ['is:', 'saved, unread, reading, read, noted, highlighted'],
  ['has:', 'note, highlight, code, model, dataset, space, project'],
  ['cat:cs.CL', 'of this category; cat:cs of all of computer science'],
  ['after:2024 before:2024-07', 'first published in that time'],
  ['1810.04805', 'the paper with that id; a link to it does as well'],
];

interface Props {
  query: string;
  field: RefObject<HTMLInputElement | null>;
  answer: Pick<KeptPage, 'problem' | 'near' | 'indexing'> & { total: number };
  onInput: (query: string) => void;
  /** The person goes on to the list. */
  onDown: () => void;
}

/** A searchbox named `Search your library`. */
export function SearchBox({ query, field, answer, onInput, onDown }: Props) {
  const { problem, near, indexing, total } = answer;
  return (
    <>
      <div class="search">
        <label>
          <Icon name="search" />
          <span class="hidden">Search your library</span>
          <input
            ref={field}
            type="search"
            placeholder="Search titles, authors, abstracts, tags, notes, highlights"
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            autofocus
            aria-describedby="search-says"
            value={query}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === 'ArrowDown' || event.key === 'Enter') {
                event.preventDefault();
                onDown();
              } else if (event.key === 'Escape' && query) {
                event.preventDefault();
                onInput('');
              }
            }}
          />
        </label>
        {query && (
          <button
            type="button"
            class="square quiet"
            title="Clear the search"
            onClick={() => {
              onInput('');
              field.current?.focus();
            }}
          >
            <Icon name="close" />
            <span class="hidden">Clear the search</span>
          </button>
        )}
        <details
          class="help"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !event.currentTarget.open) return;
            event.preventDefault();
            event.currentTarget.open = false;
            event.currentTarget.querySelector('summary')?.focus();
          }}
          onFocusOut={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
          }}
        >
          <summary class="square quiet" title="How to search">
            <Icon name="question" />
            <span class="hidden">How to search</span>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that a click in it does not close it. */}
          <div tabIndex={0}>
            <dl>
              {fields.map(([term, what]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
            <p class="muted">
              Case and accents make no difference. Slips in longer words are forgiven where nothing
              has the word as it is.
            </p>
          </div>
        </details>
      </div>
      <div class="says" id="search-says" role="status">
        {problem && (
          <p class="problem">
            {query.slice(problem.at, problem.at + problem.length).trim() && (
              <mark>{query.slice(problem.at, problem.at + problem.length)}</mark>
            )}{' '}
            {problem.says}
          </p>
        )}
        {near && total > 0 && (
          <p>No paper has “{query.trim()}” exactly. These are spelled almost so.</p>
        )}
        {indexing && (
          <p>
            {`Your library is being made ready for search: ${number(indexing.done)} of ${counted(indexing.of, 'paper')}. Not all can be found yet.`}
            <progress value={indexing.done} max={indexing.of} aria-hidden="true" />
          </p>
        )}
      </div>
    </>
  );
}
