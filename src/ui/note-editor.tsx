// The note of one paper: rendered for reading, a plain text field for writing, and what can be taken back.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { NoteVersion } from '../library/api';
import { Icon } from './icon';
import { Markdown } from './markdown';
import { age } from './words';

/** What the editor shows: see `views/note-editing.ts`. */
interface Shown {
  loaded: boolean;
  text: string;
  stored: boolean;
  versions: NoteVersion[];
  trouble?: string;
  savedNow: boolean;
  emptied?: string;
}

interface Props {
  note: Shown;
  /** Opened for writing: the field is there at once and has the focus. */
  writing: boolean;
  /** ms since the epoch */
  now: number;
  onWriting: (writing: boolean) => void;
  /** The text after a key, and the text that the field showed before. */
  onTyped: (text: string, upon: string) => void;
  onRetry: () => void;
  onUse: (text: string) => void;
  onUndoSave: () => void;
}

/** Where a caret at `at` in `before` stands once the text is `after`: it stays beside the letters it was beside. */
export function carry(before: string, after: string, at: number): number {
  // Nothing was there yet: one goes on writing where the text that comes ends.
  if (before === '') return after.length;
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  if (at <= same) return at;
  let tail = 0;
  while (
    tail < shorter - same &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++;
  return at >= before.length - tail ? at + after.length - before.length : after.length - tail;
}

/** The text field. It keeps its own text while an input method composes, and the caret when the text changes elsewhere. */
function Field(props: {
  text: string;
  focus: boolean;
  onTyped: Props['onTyped'];
  onDone: () => void;
}) {
  const { text, onTyped, onDone } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const seen = useRef('');
  const composing = useRef(false);

  const follow = () => {
    const area = field.current;
    if (!area || composing.current || area.value === text) return;
    const { value, selectionStart, selectionEnd, scrollTop } = area;
    area.value = text;
    seen.current = text;
    area.setSelectionRange(carry(value, text, selectionStart), carry(value, text, selectionEnd));
    area.scrollTop = scrollTop;
  };
  useLayoutEffect(follow);

  useEffect(() => {
    const area = field.current;
    if (!area || !props.focus) return;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
  }, [props.focus]);

  return (
    <textarea
      ref={field}
      aria-label="Note"
      placeholder="Write a note. Markdown works. It is stored as you type."
      spellcheck
      onInput={(event) => {
        const upon = seen.current;
        seen.current = event.currentTarget.value;
        onTyped(event.currentTarget.value, upon);
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        follow();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing || text.trim() === '') return;
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    />
  );
}

function Versions({
  versions,
  now,
  onUse,
}: {
  versions: NoteVersion[];
  now: number;
  onUse: (text: string) => void;
}) {
  return (
    <ul class="versions" aria-label="Earlier versions">
      {versions.map((version) => (
        <li key={version.key}>
          <span class="when">{age(version.replacedAt, now)}</span>
          <span class="excerpt">{version.text}</span>
          <button type="button" class="link" onClick={() => onUse(version.text)}>
            Use this
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What is worth saying about the note right now, the most pressing first. */
function Status({
  note,
  onRetry,
  onUse,
  onUndoSave,
}: Pick<Props, 'note' | 'onRetry' | 'onUse' | 'onUndoSave'>) {
  const emptied = note.emptied;
  if (note.trouble) {
    return (
      <>
        <span class="trouble">{note.trouble}</span>
        <button type="button" class="link" onClick={onRetry}>
          Try again
        </button>
      </>
    );
  }
  if (emptied !== undefined) {
    return (
      <>
        <span>Note emptied.</span>
        <button type="button" class="link" onClick={() => onUse(emptied)}>
          Undo
        </button>
      </>
    );
  }
  if (note.savedNow) {
    return (
      <>
        <span>Saved to your library.</span>
        <button type="button" class="link" onClick={onUndoSave}>
          Undo
        </button>
      </>
    );
  }
  return <span>{note.loaded && note.text !== '' && (note.stored ? 'Stored' : 'Storing…')}</span>;
}

/** The note of a paper, for reading or for writing. */
export function NoteEditor(props: Props) {
  const { note, onWriting } = props;
  const [earlier, setEarlier] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  /** By a key: the focus must not be lost with the field. */
  const done = useRef(false);
  useLayoutEffect(() => {
    if (!props.writing && done.current) edit.current?.focus();
    done.current = false;
  }, [props.writing]);
  const filled = note.text.trim() !== '';
  const status = <Status {...props} />;

  if (!note.loaded && !props.writing && !note.trouble)
    return <div class="note" data-mode="loading" aria-busy="true" />;

  if (!props.writing && filled) {
    return (
      <div class="note" data-mode="reading">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button Edit is the way for keys. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only a larger target for the mouse. */}
        <div
          class="rendered"
          onClick={(event) => {
            const onLink = (event.target as Element).closest('a');
            if (!onLink && getSelection()?.isCollapsed !== false) onWriting(true);
          }}
        >
          <Markdown text={note.text} />
        </div>
        <button
          type="button"
          class="square edit"
          title="Edit"
          ref={edit}
          onClick={() => onWriting(true)}
        >
          <Icon name="edit" />
          <span class="hidden">Edit</span>
        </button>
        <div class="status" role="status">
          {(note.trouble || note.savedNow) && status}
        </div>
      </div>
    );
  }

  return (
    <div class="note" data-mode="writing">
      {earlier && note.versions.length > 0 && (
        <Versions
          versions={note.versions}
          now={props.now}
          onUse={(text) => {
            setEarlier(false);
            props.onUse(text);
          }}
        />
      )}
      <Field
        text={note.text}
        focus={props.writing}
        onTyped={props.onTyped}
        onDone={() => {
          done.current = true;
          onWriting(false);
        }}
      />
      <div class="foot">
        <div class="status" role="status">
          {status}
        </div>
        {note.versions.length > 0 && (
          <button
            type="button"
            class="link quiet"
            aria-expanded={earlier}
            onClick={() => setEarlier(!earlier)}
          >
            Earlier
          </button>
        )}
        {filled && (
          <button type="button" class="link" onClick={() => onWriting(false)}>
            Done
          </button>
        )}
      </div>
    </div>
  );
}
