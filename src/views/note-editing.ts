// One open note: what is typed, what is stored, and how the two are kept together so that no letter is lost.
import type { Note, NoteVersion, OwnVerbs, PageVerbs } from '../library/api';
import { mergeTexts } from '../library/notes';
import type { PaperId } from '../paper';
import type { Drafts } from './reach';

/** What an editor shows. */
export interface NoteState {
  /** The stored note was read. Before that one may type already. */
  loaded: boolean;
  text: string;
  /** All that was typed is stored. */
  stored: boolean;
  /** Earlier texts, newest first. */
  versions: NoteVersion[];
  /** Why the last try to read or store failed: a sentence. */
  trouble?: string;
  /** The first text of this note saved its paper. */
  savedNow: boolean;
  /** The text that was there before the person emptied the note. */
  emptied?: string;
}

export interface OpenNote {
  /** The text after a key, and the text that the field showed before that key. */
  typed(text: string, upon: string): void;
  /** Tries again what failed. */
  retry(): void;
  /** Something changed this note, or its paper, elsewhere. */
  noticed(): void;
  /** Puts an earlier text in place of the present one, which becomes an earlier text itself. */
  use(text: string): void;
  /** Takes back that the first text saved the paper. */
  undoSave(): void;
  /** Stores the rest and tells the library that the editor is gone. */
  close(): Promise<void>;
}

/** The synchronous memory of what may not be stored yet; it survives a tab that closes right after a key. */
interface Draft {
  text: string;
  base: Base;
  /** A text on its way to the library when this was written: it may have arrived. */
  sent?: string;
  editor: string;
  at: number;
}

interface Base {
  revision: number;
  text: string;
}

export interface NoteSeams {
  library: Pick<OwnVerbs & PageVerbs, 'note' | 'writeNote' | 'endNote' | 'unsave'>;
  drafts: Drafts;
  /** Called with every new state. */
  changed(state: NoteState): void;
  /** One editor from opening to closing. */
  editor: string;
  now(): number;
}

/** After a failure it is tried again by itself after this long, then after twice as long, and so on; ms. */
const firstWait = 1_000;
const longestWait = 60_000;

/** Failures that stay until the page is reloaded, or the extension updated. */
const lasting = ['updated', 'refused'];

/**
 * Opens the note of a paper. Every key is stored at once; keys that come while a write is under way go with the next.
 * A draft that an editor left behind is taken up. What fails is tried again until it succeeds or the editor is closed:
 * a background that is stopped time after time is there again a moment later, and nobody may type then. Nothing here
 * throws: failures are in the state.
 */
export function openNote(
  id: PaperId,
  { library, drafts, changed, editor, now }: NoteSeams,
): OpenNote {
  const key = `draft:${id}`;
  const left = readDraft();
  /** Drafts that are ours to remove: our own, and the one that was taken up. */
  const owned = new Set([editor, left?.editor]);
  let base: Base = left?.base ?? { revision: 0, text: '' };
  let sent = left?.sent;
  let text = left?.text ?? '';
  /** The fullest text of late: what an emptied note goes back to, also when it was emptied letter by letter. */
  let peak = text;
  let loaded = false;
  let stale = true;
  let savedNow = false;
  let versions: NoteVersion[] = [];
  let trouble: string | undefined;
  let busy = false;
  let closed = false;
  let wait = firstWait;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<void> = Promise.resolve();

  function publish(): void {
    const emptied = loaded && text.trim() === '' && peak.trim() !== '' ? { emptied: peak } : {};
    changed({
      loaded,
      text,
      stored: loaded && text === base.text,
      versions,
      savedNow,
      ...emptied,
      ...(trouble === undefined ? {} : { trouble }),
    });
  }

  function readDraft(): Draft | undefined {
    try {
      const draft = JSON.parse(drafts.getItem(key) ?? 'null') as Draft | null;
      const sound = typeof draft?.text === 'string' && typeof draft.base?.text === 'string';
      return draft && sound && Number.isInteger(draft.base.revision) ? draft : undefined;
    } catch {
      return undefined;
    }
  }

  function keepDraft(): void {
    const draft: Draft = { text, base, editor, at: now(), ...(sent === undefined ? {} : { sent }) };
    drafts.setItem(key, JSON.stringify(draft));
  }

  function dropDraft(): void {
    const draft = readDraft();
    if (draft && (owned.has(draft.editor) || draft.text === base.text)) drafts.removeItem(key);
  }

  /** Takes over what the library has; `from` is the text that the present one was typed upon. */
  function absorb(
    note: { revision: number; text: string; versions: NoteVersion[] },
    from: string,
  ): void {
    const merged = mergeTexts(from, note.text, text);
    if (merged !== text) peak = merged;
    text = merged;
    base = { revision: note.revision, text: note.text };
    versions = note.versions;
    sent = undefined;
  }

  async function read(): Promise<void> {
    stale = false;
    let note: Note;
    try {
      note = await library.note(id);
    } catch (cause) {
      stale = true;
      throw cause;
    }
    // A write whose answer was lost may have arrived all the same: then the present text was typed upon it.
    absorb(note, note.text === sent ? note.text : base.text);
    loaded = true;
    // The person took it off since: then there is nothing left to undo.
    if (!note.saved) savedNow = false;
  }

  async function store(): Promise<void> {
    sent = text;
    const going = sent;
    // What was typed later in another editor is the one that nothing else remembers.
    const held = readDraft();
    if (!held || owned.has(held.editor)) keepDraft();
    const note = await library.writeNote({ id, text: going, base, editor });
    absorb(note, going);
    if (note.savedNow) savedNow = true;
  }

  /** `again`: nobody asked for it, so what is told of the failure stays until it succeeds. */
  async function settle(again: boolean): Promise<void> {
    busy = true;
    clearTimeout(timer);
    if (!again) {
      trouble = undefined;
      publish();
    }
    try {
      // A stale note is read once all is stored: an answer to a write brings the other texts anyway.
      if (!loaded || sent !== undefined) await read();
      while (stale || text !== base.text) {
        await (text === base.text ? read() : store());
        publish();
      }
      dropDraft();
      trouble = undefined;
      wait = firstWait;
    } catch (failure) {
      const why = failure instanceof Error ? failure.message : 'Something went wrong. Try again.';
      const unstored = loaded && text !== base.text;
      trouble = `${unstored ? 'Not stored yet' : 'The note could not be read'}. ${why}`;
      if (!closed && !lasting.includes((failure as { code?: string }).code ?? '')) {
        timer = setTimeout(() => void run(true), wait);
        wait = Math.min(2 * wait, longestWait);
      }
    }
    // In the same step as the last look at `text`: a key after it starts anew.
    busy = false;
    publish();
  }

  function run(again = false): Promise<void> {
    if (!busy) work = settle(again);
    return work;
  }

  function replace(next: string): void {
    if (next.length >= text.length) peak = next;
    text = next;
    keepDraft();
    publish();
    void run();
  }

  void run();
  return {
    typed: (next, upon) => replace(upon === text ? next : mergeTexts(upon, text, next)),
    retry: () => void run(),
    noticed: () => {
      stale = true;
      void run();
    },
    use: (earlier) => {
      peak = earlier;
      replace(earlier);
    },
    undoSave: () => {
      savedNow = false;
      publish();
      library.unsave(id).catch((failure: Error) => {
        trouble = failure.message;
        publish();
      });
    },
    close: async () => {
      closed = true;
      await run();
      if (loaded && text === base.text) await library.endNote(id).catch(() => {});
    },
  };
}
