// The note of a paper as any of our pages shows it: the editor joined to the library.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PaperId } from '../paper';
import { NoteEditor } from '../ui/note-editor';
import { type NoteState, type OpenNote, openNote } from './note-editing';
import type { Drafts, Library, Notices } from './reach';

const unread: NoteState = { loaded: false, text: '', stored: false, versions: [], savedNow: false };

interface Props {
  id: PaperId;
  /** Open for writing, with the focus in the field. */
  writing: boolean;
  library: Library;
  notices: Notices;
  drafts: Drafts;
  onState?: (state: NoteState) => void;
}

/** The note of a paper: reads it, stores what is typed, and follows what is typed elsewhere. */
export function NoteOf({ id, writing: opened, library, notices, drafts, onState }: Props) {
  const [state, setState] = useState(unread);
  const [writing, setWriting] = useState(opened);
  const open = useRef<OpenNote>(undefined);
  const latest = useRef(unread);
  // Callers draw again at each key; the note must stay open meanwhile.
  const told = useRef(onState);
  told.current = onState;

  useEffect(() => {
    const gone = new AbortController();
    const note = openNote(id, {
      library,
      drafts,
      editor: crypto.randomUUID(),
      now: Date.now,
      changed: (next) => {
        if (gone.signal.aborted) return;
        latest.current = next;
        setState(next);
        told.current?.(next);
        // A frame shown only to take up a draft, where there was none and nobody writes: its work is done.
        if (!opened && next.loaded && next.stored && next.text === '' && next.versions.length === 0)
          ended();
      },
    });
    let over = false;
    function ended() {
      if (over) return;
      over = true;
      void library.endNote(id).catch(() => {});
    }
    open.current = note;
    notices((change) => {
      if (change.all || change.papers?.includes(id)) note.noticed();
    }, gone.signal);
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.hidden && latest.current.stored && latest.current.text !== '') ended();
      },
      { signal: gone.signal },
    );
    return () => {
      gone.abort();
      void note.close();
    };
  }, [id, library, notices, drafts, opened]);

  return (
    <NoteEditor
      note={state}
      writing={writing}
      now={Date.now()}
      onWriting={setWriting}
      onTyped={(text, upon) => open.current?.typed(text, upon)}
      onRetry={() => open.current?.retry()}
      onUse={(text) => open.current?.use(text)}
      onUndoSave={() => open.current?.undoSave()}
    />
  );
}
