// An open note: everything typed is stored, whatever fails, closes or is typed elsewhere.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Note, NoteWrite } from '../../src/library/api';
import { mergeTexts } from '../../src/library/notes';
import type { PaperId } from '../../src/paper';
import { type NoteState, type OpenNote, openNote } from '../../src/views/note-editing';

const id = '2401.00001' as PaperId;

/** How one call of the library goes: answered, refused before it did anything, or done with its answer lost. */
type Fate = 'answered' | 'refused' | 'lost';

/** A library of one note, whose calls go as `fate` says. */
function world(text = '', when: <T>(work: () => T) => Promise<T> = async (work) => work()) {
  const stored: Note = { id, text, revision: text ? 1 : 0, versions: [], saved: text !== '' };
  const log: string[] = [];
  const faults: Fate[] = [];
  const listeners = new Set<() => void>();
  const go = <T,>(name: string, work: () => T): Promise<T> =>
    when(() => {
      const fate = faults.shift() ?? 'answered';
      log.push(name);
      if (fate === 'refused') throw new Error('The storage is busy.');
      const answer = work();
      if (fate === 'lost') throw new Error('Paper Margin did not answer.');
      return answer;
    });
  const library = {
    note: () => go('note', () => ({ ...stored })),
    writeNote: ({ text, base }: NoteWrite) =>
      go(`write ${text}`, () => {
        const first = stored.text === '' && !stored.saved;
        const merged =
          base.revision === stored.revision ? text : mergeTexts(base.text, stored.text, text);
        if (merged !== stored.text) {
          stored.text = merged;
          stored.revision++;
        }
        stored.saved = true;
        for (const listener of listeners) listener();
        return { ...stored, ...(first ? { savedNow: true } : {}) };
      }),
    endNote: () => go('end', () => undefined),
    unsave: () =>
      go('unsave', () => {
        stored.saved = false;
        return {} as never;
      }),
  };
  return { stored, log, faults, library, listeners };
}

function memory() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

let editors = 0;

/** An editor of the note, with what it shows, and a wait until it rests. */
function edit(
  { library }: ReturnType<typeof world>,
  drafts: Parameters<typeof openNote>[1]['drafts'] = memory(),
) {
  let state: NoteState | undefined;
  const waiting = new Set<{ for: (state: NoteState) => boolean; done: () => void }>();
  const note: OpenNote = openNote(id, {
    library,
    drafts,
    editor: `editor ${editors++}`,
    now: () => 0,
    changed: (next) => {
      state = next;
      for (const one of waiting) if (one.for(next)) one.done();
    },
  });
  const shown = () => state as NoteState;
  const until = (what: (state: NoteState) => boolean) =>
    new Promise<void>((done) => {
      if (state && what(state)) done();
      else waiting.add({ for: what, done });
    });
  return { ...note, shown, until, type: (text: string) => note.typed(text, shown().text) };
}

describe('an open note', () => {
  it('shows what is stored', async () => {
    const editor = edit(world('a note'));
    await editor.until(({ stored }) => stored);
    expect(editor.shown()).toMatchObject({ loaded: true, text: 'a note' });
  });

  it('stores at once, and puts keys that come meanwhile into the next write', async () => {
    const here = world();
    const editor = edit(here);
    await editor.until(({ loaded }) => loaded);
    for (const text of ['a', 'ab', 'abc']) editor.type(text);
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('abc');
    expect(here.log.filter((call) => call.startsWith('write'))).toEqual(['write a', 'write abc']);
  });

  it('keeps a draft from the key on until it is stored', async () => {
    const here = world();
    const drafts = memory();
    const editor = edit(here, drafts);
    await editor.until(({ loaded }) => loaded);
    editor.type('a');
    expect(JSON.parse(drafts.items.get(`draft:${id}`) ?? '')).toMatchObject({
      text: 'a',
      base: { revision: 0, text: '' },
    });
    await editor.until(({ stored }) => stored);
    await editor.close();
    expect(drafts.items.size).toBe(0);
  });

  it('takes up a draft that a closed tab left behind', async () => {
    const here = world('stored');
    const drafts = memory();
    drafts.setItem(
      `draft:${id}`,
      JSON.stringify({
        text: 'stored and typed',
        base: { revision: 1, text: 'stored' },
        editor: 'gone',
        at: 0,
      }),
    );
    const editor = edit(here, drafts);
    await editor.until(({ stored }) => stored);
    await editor.close();
    expect(here.stored.text).toBe('stored and typed');
    expect(drafts.items.size).toBe(0);
  });

  it('knows a text again that arrived although its tab closed before the answer', async () => {
    const here = world('one two');
    const drafts = memory();
    drafts.setItem(
      `draft:${id}`,
      JSON.stringify({
        text: 'one three',
        sent: 'one two',
        base: { revision: 0, text: '' },
        editor: 'gone',
        at: 0,
      }),
    );
    const editor = edit(here, drafts);
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('one three');
  });

  it.each([
    'not JSON',
    '{}',
    '{"text":1}',
    '{"text":"a","base":{"text":"","revision":"x"}}',
    'null',
  ])('is not disturbed by a draft that says %s', async (draft) => {
    const drafts = memory();
    drafts.setItem(`draft:${id}`, draft);
    const editor = edit(world('a note'), drafts);
    await editor.until(({ stored }) => stored);
    expect(editor.shown().text).toBe('a note');
  });

  it('keeps the text when a write fails, says so, and stores it with the next key', async () => {
    const here = world();
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    here.faults.push('refused');
    editor.type('a');
    await editor.until(({ trouble }) => trouble !== undefined);
    expect(editor.shown()).toMatchObject({
      text: 'a',
      stored: false,
      trouble: 'Not stored yet. The storage is busy.',
    });
    editor.type('ab');
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('ab');
    expect(editor.shown().trouble).toBeUndefined();
  });

  describe('by itself', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('reads and stores what failed, without a key, and tells of the failure until it succeeds', async () => {
      const here = world('a note');
      here.faults.push('refused');
      const editor = edit(here);
      await editor.until(({ trouble }) => trouble !== undefined);
      await vi.advanceTimersByTimeAsync(1000);
      expect(editor.shown()).toMatchObject({ stored: true, text: 'a note' });
      here.faults.push('lost', 'refused', 'refused');
      editor.type('a note and');
      await editor.until(({ trouble }) => trouble !== undefined);
      await vi.advanceTimersByTimeAsync(1000);
      expect(editor.shown()).toMatchObject({ stored: false, trouble: expect.any(String) });
      await vi.advanceTimersByTimeAsync(6000);
      expect(editor.shown()).toMatchObject({ stored: true, text: 'a note and' });
      expect(editor.shown().trouble).toBeUndefined();
      expect(here.stored.text).toBe('a note and');
    });

    it('reads what changed elsewhere where the first try to read it failed', async () => {
      const here = world('a note');
      const editor = edit(here);
      await editor.until(({ stored }) => stored);
      here.stored.text = 'a note of another tab';
      here.stored.revision++;
      here.faults.push('refused');
      editor.noticed();
      await editor.until(({ trouble }) => trouble !== undefined);
      expect(editor.shown().trouble).toBe('The note could not be read. The storage is busy.');
      await vi.advanceTimersByTimeAsync(1000);
      expect(editor.shown()).toMatchObject({ stored: true, text: 'a note of another tab' });
    });

    it('asks less and less often, and never again once it is closed', async () => {
      const here = world('a note');
      const editor = edit(here);
      await editor.until(({ stored }) => stored);
      here.faults.push(...Array.from({ length: 100 }, (): Fate => 'refused'));
      editor.type('more');
      await vi.advanceTimersByTimeAsync(10 * 60_000);
      const calls = here.log.length;
      expect(calls).toBeGreaterThan(10);
      expect(calls).toBeLessThan(40);
      await editor.close();
      const last = here.log.length;
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      expect(here.log.length).toBe(last);
    });

    it.each(['updated', 'refused'])(
      'does not try again what only a reload or an update mends: %s',
      async (code) => {
        const { library } = world('a note');
        const note = vi.fn(async () => {
          throw Object.assign(new Error('Reload this page.'), { code });
        });
        const editor = edit({ library: { ...library, note } } as unknown as ReturnType<
          typeof world
        >);
        await editor.until(({ trouble }) => trouble !== undefined);
        await vi.advanceTimersByTimeAsync(10 * 60_000);
        expect(note).toHaveBeenCalledOnce();
      },
    );
  });

  it('does not double a text whose answer was lost', async () => {
    const here = world();
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    here.faults.push('lost');
    editor.type('one two');
    await editor.until(({ trouble }) => trouble !== undefined);
    editor.type('one three');
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('one three');
  });

  it('reads again on Try again when it could not be read', async () => {
    const here = world('a note');
    here.faults.push('refused');
    const editor = edit(here);
    await editor.until(({ trouble }) => trouble !== undefined);
    expect(editor.shown().loaded).toBe(false);
    editor.retry();
    await editor.until(({ stored }) => stored);
    expect(editor.shown().text).toBe('a note');
  });

  it('follows what is typed elsewhere', async () => {
    const here = world('a note');
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    Object.assign(here.stored, { text: 'another note', revision: 2 });
    editor.noticed();
    await editor.until(({ text }) => text === 'another note');
    expect(editor.shown().stored).toBe(true);
  });

  it('adds a key to the text that the field showed, though another text came meanwhile', async () => {
    const here = world('one');
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    Object.assign(here.stored, { text: 'zero one', revision: 2 });
    editor.noticed();
    await editor.until(({ text }) => text === 'zero one');
    editor.typed('one two', 'one');
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('zero one two');
  });

  it('says that the first text saved the paper, and takes that back', async () => {
    const here = world();
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    editor.type('a');
    await editor.until(({ savedNow, stored }) => savedNow && stored);
    editor.undoSave();
    await editor.until(({ savedNow }) => !savedNow);
    expect(here.log).toContain('unsave');
    expect(here.stored.text).toBe('a');
  });

  it('brings an emptied note back whole, also when it was emptied letter by letter', async () => {
    const here = world('abc');
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    for (const text of ['ab', 'a', '']) editor.type(text);
    await editor.until(({ stored }) => stored);
    expect(here.stored.text).toBe('');
    expect(editor.shown().emptied).toBe('abc');
    editor.use(editor.shown().emptied ?? '');
    await editor.until(({ stored, text }) => stored && text !== '');
    expect(here.stored.text).toBe('abc');
    expect(editor.shown().emptied).toBeUndefined();
  });

  it('tells that its editor is gone only when all is stored', async () => {
    const here = world();
    const editor = edit(here);
    await editor.until(({ stored }) => stored);
    here.faults.push('refused', 'refused', 'refused', 'refused');
    editor.type('a');
    await editor.until(({ trouble }) => trouble !== undefined);
    await editor.close();
    expect(here.log).not.toContain('end');
    here.faults.length = 0;
    await editor.close();
    expect(here.log.at(-1)).toBe('end');
  });

  it('leaves the draft that was typed later in another editor to that editor', async () => {
    const waiting: (() => void)[] = [];
    const here = world('', async (work) => {
      await new Promise<void>((done) => waiting.push(done));
      return work();
    });
    const drafts = memory();
    const older = edit(here, drafts);
    older.type('A');
    const newer = edit(here, drafts);
    newer.type('A B');
    // The older one has read the note now, and stores what was typed in it.
    waiting.shift()?.();
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect([...drafts.items.values()].join()).toContain('"A B"');
  });

  it('loses no word of two editors, whatever fails, in whatever order, with one of them closing at any time', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ type: fc.constantFrom(0, 1), front: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ fault: fc.constantFrom<Fate>('refused', 'lost') }) },
      { weight: 1, arbitrary: fc.constant({ reopen: true as const }) },
      { weight: 4, arbitrary: fc.constant({ wait: true as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 25 }), async (s, steps) => {
        const here = world('', (work) => s.schedule(Promise.resolve()).then(work));
        const drafts = [memory(), memory()];
        const editors = drafts.map((own) => edit(here, own));
        const notify = () => {
          for (const editor of editors) editor.noticed();
        };
        here.listeners.add(notify);
        const words: string[] = [];
        for (const one of steps) {
          if ('type' in one) {
            const editor = editors[one.type] ?? editors[0];
            const word = String.fromCharCode(0x41 + words.length);
            words.push(word);
            const text = editor?.shown().text ?? '';
            editor?.type(one.front ? `${word} ${text}` : `${text} ${word}`);
          } else if ('fault' in one) here.faults.push(one.fault);
          else if ('reopen' in one) editors[0] = edit(here, drafts[0]);
          else if (s.count() > 0) await s.waitOne();
        }
        here.faults.length = 0;
        notify();
        for (const editor of editors) editor.retry();
        await s.waitIdle();
        for (const editor of editors) {
          editor.noticed();
        }
        await s.waitIdle();
        for (const word of words) expect(here.stored.text).toContain(word);
        for (const editor of editors)
          expect(editor.shown()).toMatchObject({ text: here.stored.text, stored: true });
      }),
      { numRuns: 300 },
    );
  });
});
