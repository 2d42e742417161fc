// One highlight in a list of our own pages: its words, its comment to write upon, and where it was made.
import { useId } from 'preact/hooks';
import type { Annotation, HighlightColour } from '../library/api';
import { Icon } from './icon';
import { day } from './words';

/** What each site is called; those of arXiv by the kind of page. */
const places: Record<string, string> = {
  'arxiv abs': 'arXiv abstract page',
  'arxiv html': 'arXiv HTML',
  'arxiv pdf': 'arXiv PDF',
  arxiv: 'arXiv',
  huggingface: 'Hugging Face',
  alphaxiv: 'alphaXiv',
  ar5iv: 'ar5iv',
  'semantic-scholar': 'Semantic Scholar',
  openreview: 'OpenReview',
  github: 'GitHub',
};

/** `arXiv HTML`; a site without a name here is called as it calls itself. */
function place({ site, kind }: Pick<Annotation, 'site' | 'kind'>): string {
  return places[`${site} ${kind}`] ?? places[site] ?? site;
}

interface Props {
  highlight: Annotation;
  /** The comment as it is typed. */
  comment: string;
  /** Why the comment could not be stored: a sentence. */
  failure?: string | undefined;
  onTyped: (comment: string) => void;
  onRetry: () => void;
  onColour: (colour: HighlightColour) => void;
  onRemove: () => void;
  /** The page beside the list has it. Absent where no such page is open. */
  onPage?: boolean;
  onShow?: () => void;
}

/** A listitem with `data-highlight` and `data-colour`. */
export function HighlightItem(props: Props) {
  const { highlight, comment, failure } = props;
  const quote = useId();
  const facts = [
    highlight.version !== undefined && `Version ${highlight.version}`,
    place(highlight),
    highlight.createdAt > 0 && day(new Date(highlight.createdAt).toISOString().slice(0, 10)),
  ].filter((fact) => typeof fact === 'string');
  return (
    <li class="highlight" data-highlight={highlight.id} data-colour={highlight.colour}>
      <blockquote id={quote}>{highlight.quote.exact}</blockquote>
      <textarea
        aria-label="Comment"
        aria-describedby={quote}
        placeholder="Add a comment"
        rows={1}
        value={comment}
        onInput={({ currentTarget }) => props.onTyped(currentTarget.value)}
      />
      {failure && (
        <p class="trouble" role="alert">
          {failure}{' '}
          <button type="button" class="link" onClick={props.onRetry}>
            Try again
          </button>
        </p>
      )}
      <p class="facts">
        <select
          class="reading small"
          aria-label="Colour"
          aria-describedby={quote}
          value={highlight.colour}
          onChange={({ currentTarget }) => props.onColour(currentTarget.value as HighlightColour)}
        >
          <option value="yellow">Yellow</option>
          <option value="green">Green</option>
          <option value="blue">Blue</option>
          <option value="pink">Pink</option>
        </select>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {props.onPage === false && <span class="absent">Not found on this page</span>}
        {props.onPage && (
          <button type="button" class="link" aria-describedby={quote} onClick={props.onShow}>
            Show
          </button>
        )}
        <button
          type="button"
          class="square quiet"
          aria-describedby={quote}
          title="Delete highlight"
          onClick={props.onRemove}
        >
          <Icon name="close" />
          <span class="hidden">Delete highlight</span>
        </button>
      </p>
    </li>
  );
}
