// The frame for what must not stand in a page: the comment of one highlight, or the list of all of a paper.
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Annotation } from '../library/api';
import { type PaperId, parsePaperId } from '../paper';
import { type Said, Toast } from '../ui/controls';
import { useHighlightsBeside } from './beside';
import { useComment } from './comment';
import { useEscape } from './frame';
import { HighlightsOf } from './highlights';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

interface Props {
  library: Library;
  notices: Notices;
}

/** `loading`, `ready`; for a comment `saving`, `saved` once all that was typed is stored, `error`. */
function useWord(state: string): void {
  useLayoutEffect(() => {
    document.documentElement.dataset.state = state;
  }, [state]);
}

interface CommentProps {
  library: Library;
  /** Told whether all that was typed is stored. */
  onStored: (stored: boolean) => void;
}

function Comment({ highlight, library, onStored }: CommentProps & { highlight: Annotation }) {
  const { text, stored, failure, type, retry } = useComment(highlight, library);
  useWord(failure ? 'error' : stored ? 'saved' : 'saving');
  useLayoutEffect(() => onStored(stored), [stored, onStored]);
  return (
    <>
      <textarea
        class="comment"
        aria-label="Comment"
        placeholder="Add a comment"
        value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        ref={(field) => {
          // Where the frame was opened to write, it has the focus already.
          if (document.hasFocus()) field?.focus();
        }}
      />
      <p class="status" role="status">
        {failure ? (
          <>
            <span class="trouble">{failure}</span>{' '}
            <button type="button" class="link" onClick={retry}>
              Try again
            </button>
          </>
        ) : (
          text && (stored ? 'Stored' : 'Storing…')
        )}
      </p>
    </>
  );
}

function CommentOf({ id, library, notices, onStored }: Props & CommentProps & { id: string }) {
  const [highlight, setHighlight] = useState<Annotation | null>();
  const [failure, setFailure] = useState<string>();
  const read = useCallback(async () => {
    try {
      setHighlight(await library.annotation(id));
      setFailure(undefined);
    } catch (cause) {
      setFailure(sentence(cause));
    }
  }, [id, library]);
  useEffect(() => {
    const gone = new AbortController();
    notices((change) => {
      if (change.all || change.highlights) void read();
    }, gone.signal);
    void read();
    return () => gone.abort();
  }, [notices, read]);
  if (failure) {
    return (
      <p class="status" role="alert">
        {failure}{' '}
        <button type="button" class="link" onClick={() => void read()}>
          Try again
        </button>
      </p>
    );
  }
  if (highlight === null) return <p class="status">This highlight was deleted.</p>;
  return highlight ? <Comment {...{ highlight, library, onStored }} /> : null;
}

function List({ id, library, notices }: Props & { id: PaperId }) {
  const [said, setSaid] = useState<Said>();
  useWord('ready');
  const where = useHighlightsBeside(id, 'around', '', notices);
  return (
    <>
      <HighlightsOf
        {...{ id, library, notices, where }}
        label="Highlights"
        say={setSaid}
        onCount={() => {}}
      />
      <Toast said={said} onClose={() => setSaid(undefined)} />
    </>
  );
}

/** `#` and a highlight's id: its comment. `?list#` and a paper's id: all of that paper. */
export function HighlightFrame({ address, ...rest }: Props & { address: Location }) {
  const [{ hash, search }] = useState(() => ({
    hash: address.hash.slice(1),
    search: address.search,
  }));
  const listed = new URLSearchParams(search).has('list');
  const [stored, setStored] = useState(true);
  useEscape(stored);
  const paper = listed ? parsePaperId(hash)?.id : undefined;
  return (
    <main class={listed ? 'list' : undefined}>
      <h1 class="hidden">{listed ? 'Your highlights' : 'Your comment'}</h1>
      {listed ? (
        paper && <List id={paper} {...rest} />
      ) : (
        <CommentOf id={hash} onStored={setStored} {...rest} />
      )}
    </main>
  );
}
