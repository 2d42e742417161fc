// The frame in which text is typed on a paper page. Its address says which paper, and whether to write at once.
import { useCallback, useState } from 'preact/hooks';
import { frameOf, useEscape } from './frame';
import { NoteOf } from './note';
import type { NoteState } from './note-editing';
import type { Drafts, Library, Notices } from './reach';

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
