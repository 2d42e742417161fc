// The frame in which text is typed on a paper page. Its address says which paper, and whether to write at once.
import { useCallback, useState } from 'preact/hooks';
import { type PaperId, parsePaperId } from '../paper';
import { useEscape } from './escape';
import { NoteOf } from './note';
import type { NoteState } from './note-editing';
import type { Drafts, Library, Notices } from './reach';

/** `?edit#1810.04805` -> that id, for writing; `#hep-th/9901001` -> for reading what is there. */
export function frameOf({ search, hash }: { search: string; hash: string }): {
  id?: PaperId;
  writing: boolean;
} {
  const writing = new URLSearchParams(search).has('edit');
  let text = hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    // Left as it is: no paper's id has such a sign.
  }
  const id = parsePaperId(text)?.id;
  return { writing, ...(id && { id }) };
}

function wordFor({ loaded, stored, trouble }: NoteState): string {
  if (trouble) return 'error';
  return loaded ? (stored ? 'saved' : 'saving') : 'loading';
}

/** The whole frame. `data-state` on `<html>`: `loading`, `saving`, `saved` once all that was typed is stored, `error`. */
export function NoteFrame(props: {
  address: Location;
  library: Library;
  notices: Notices;
  drafts: Drafts;
}) {
  const [{ id, writing }] = useState(() => frameOf(props.address));
  useEscape();
  const tell = useCallback((state: NoteState) => {
    document.documentElement.dataset.state = wordFor(state);
  }, []);
  return (
    <main>
      <h1 class="hidden">Your note</h1>
      {id ? (
        <NoteOf
          id={id}
          writing={writing}
          library={props.library}
          notices={props.notices}
          drafts={props.drafts}
          onState={tell}
        />
      ) : (
        <p class="notice">This address names no paper.</p>
      )}
    </main>
  );
}
