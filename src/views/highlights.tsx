// The highlights of a paper as any of our pages shows them: read, commented, recoloured, deleted with an undo.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Annotation } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { HighlightItem } from '../ui/highlight-item';
import { number } from '../ui/words';
import { useComment } from './comment';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/** So many are drawn at first. */
const drawn = 50;

interface Props {
  id: PaperId;
  /** What the list is called. */
  label: string;
  library: Library;
  notices: Notices;
  /** Shows a sentence, with an undo where there is one. */
  say: (said: Said) => void;
  /** Told how many there are whenever they were read. */
  onCount: (count: number) => void;
  /** Writes the paper with its note and highlights to a file. */
  onExport?: () => void;
  /** Which of them the page beside the list has, and how to lead there. Absent where no such page is open. */
  where?: { found: ReadonlySet<string>; show: (id: string) => void } | undefined;
}

/** One of them. */
function OneHighlight({
  highlight,
  library,
  say,
  onRemove,
  where,
}: Pick<Props, 'library' | 'say' | 'where'> & { highlight: Annotation; onRemove: () => void }) {
  const { id } = highlight;
  const { text, failure, type, retry } = useComment(highlight, library);
  return (
    <HighlightItem
      highlight={highlight}
      comment={text}
      failure={failure}
      onTyped={type}
      onRetry={retry}
      onColour={(colour) =>
        void library
          .recolourHighlight(id, colour)
          .catch((cause: unknown) => say({ text: sentence(cause) }))
      }
      onRemove={onRemove}
      {...(where && {
        onPage: where.found.has(id),
        onShow: () => where.show(id),
      })}
    />
  );
}

/** The highlights of a paper, oldest first. */
export function HighlightsOf({
  id,
  label,
  library,
  notices,
  say,
  onCount,
  onExport,
  where,
}: Props) {
  const [all, setAll] = useState<Annotation[]>();
  const [failure, setFailure] = useState<string>();
  const [every, setEvery] = useState(false);
  const [removed, setRemoved] = useState<Annotation[]>([]);
  const section = useRef<HTMLElement>(null);
  const told = useRef(onCount);
  told.current = onCount;

  const asked = useRef(0);
  const read = useCallback(async () => {
    const question = ++asked.current;
    try {
      const [found, gone] = await Promise.all([
        library.annotations(id),
        library.removedHighlights(id),
      ]);
      // An answer to an earlier question never replaces one to a later question.
      if (question !== asked.current) return;
      setAll(found);
      setRemoved(gone);
      setFailure(undefined);
      told.current(found.length);
    } catch (cause) {
      setFailure(sentence(cause));
    }
  }, [id, library]);

  useEffect(() => {
    const gone = new AbortController();
    notices((change) => {
      if (change.all || change.highlights?.includes(id)) void read();
    }, gone.signal);
    void read();
    return () => gone.abort();
  }, [id, notices, read]);

  const restore = async (which: string) => {
    try {
      await library.restoreHighlight(which);
      say({ text: 'Highlight restored.' });
      await read();
    } catch (cause) {
      say({ text: sentence(cause) });
    }
  };

  const remove = async (which: string) => {
    try {
      await library.removeHighlight(which);
      // The button that had the focus is gone.
      section.current?.focus();
      say({ text: 'Highlight deleted.', undo: () => void restore(which) });
      await read();
    } catch (cause) {
      say({ text: sentence(cause) });
    }
  };

  const shown = every ? all : all?.slice(0, drawn);
  return (
    <section class="highlights" aria-label={label} aria-busy={!all} tabIndex={-1} ref={section}>
      {failure && (
        <p class="trouble" role="alert">
          {failure}{' '}
          <button type="button" class="link" onClick={() => void read()}>
            Try again
          </button>
        </p>
      )}
      {all?.length === 0 && <p class="muted">This paper has no highlights any more.</p>}
      {shown && shown.length > 0 && (
        <ul>
          {shown.map((highlight) => (
            <OneHighlight
              key={highlight.id}
              highlight={highlight}
              library={library}
              say={say}
              onRemove={() => void remove(highlight.id)}
              where={where}
            />
          ))}
        </ul>
      )}
      {removed.length > 0 && (
        <details class="removed">
          <summary>
            {removed.length === 1
              ? '1 highlight deleted lately'
              : `${number(removed.length)} highlights deleted lately`}
          </summary>
          <ul>
            {removed.map((one) => (
              <li key={one.id}>
                <span class="cut" id={`removed-${one.id}`}>
                  {one.quote.exact}
                </span>
                <button
                  type="button"
                  class="link"
                  aria-describedby={`removed-${one.id}`}
                  onClick={() => {
                    section.current?.focus();
                    void restore(one.id);
                  }}
                >
                  Restore
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="foot">
        {all && shown && shown.length < all.length && (
          <button type="button" class="plain" onClick={() => setEvery(true)}>
            Show all {number(all.length)}
          </button>
        )}
        {onExport && all && all.length > 0 && (
          <button type="button" class="link quiet" onClick={onExport}>
            Export as Markdown
          </button>
        )}
      </p>
    </section>
  );
}
