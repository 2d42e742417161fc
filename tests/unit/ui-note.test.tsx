// The note's frame and its editor: reading, writing, and what is told to the outside.
// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { carry } from '../../src/ui/note-editor';
import { frameOf } from '../../src/views/frame';
import { NoteFrame } from '../../src/views/note-frame';
import { fakeLibrary, note, press, rest, show, type } from './ui-world';

const id = '2401.00001' as PaperId;
const state = () => document.documentElement.dataset.state;
const field = () => document.querySelector<HTMLTextAreaElement>('textarea[aria-label=Note]');
const status = () => document.querySelector('.status')?.textContent;

/** A frame at this address, over one stored note. */
async function frame(address: string, text = '', verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  localStorage.clear();
  const stored: Note = note(id, text);
  const world = fakeLibrary({
    note: async () => ({ ...stored }),
    writeNote: async (write) => {
      const savedNow = stored.text === '' && stored.revision === 0;
      Object.assign(stored, { text: write.text, revision: stored.revision + 1 });
      return { ...stored, ...(savedNow ? { savedNow } : {}) };
    },
    ...verbs,
  });
  const { search, hash } = new URL(`chrome-extension://ours/note.html${address}`);
  await show(
    <NoteFrame
      address={{ search, hash } as Location}
      library={world.library}
      notices={world.notices}
      drafts={localStorage}
    />,
  );
  return { ...world, stored };
}

describe('the address', () => {
  it.each([
    [`#${id}`, { id, writing: false }],
    [`?edit#${id}`, { id, writing: true }],
    ['#hep-th/9901001', { id: 'hep-th/9901001', writing: false }],
    ['#hep-th%2F9901001', { id: 'hep-th/9901001', writing: false }],
    ['#1810.04805v2', { id: '1810.04805', writing: false }],
    ['', { writing: false }],
    ['#%', { writing: false }],
    ['#<script>', { writing: false }],
  ])('%s', (address, expected) => {
    const { search, hash } = new URL(`chrome-extension://ours/note.html${address}`);
    expect(frameOf({ search, hash })).toEqual(expected);
  });

  it('that names no paper is said to', async () => {
    await frame('');
    expect(document.body.textContent).toContain('names no paper');
  });
});

describe('a frame for reading', () => {
  it('shows the note rendered, and is saved', async () => {
    await frame(`#${id}`, 'a **bold** note');
    expect(state()).toBe('saved');
    expect(document.querySelector('.rendered strong')?.textContent).toBe('bold');
    expect(field()).toBeNull();
  });

  it('is written by Edit, and by a click on the text', async () => {
    await frame(`#${id}`, 'a note');
    await press('Edit');
    expect(field()?.value).toBe('a note');
    expect(document.activeElement).toBe(field());
    await press('Done');
    await rest(() => document.querySelector<HTMLElement>('.rendered')?.click());
    expect(field()).not.toBeNull();
  });

  it('stays for reading when a link in it is followed', async () => {
    await frame(`#${id}`, 'see https://example.org/a');
    await rest(
      () =>
        void document
          .querySelector('.rendered a')
          ?.dispatchEvent(new Event('click', { bubbles: true })),
    );
    expect(field()).toBeNull();
  });

  it('takes no focus from the page where there is no note, and tells that no editor is open', async () => {
    const { library } = await frame(`#${id}`);
    expect(document.activeElement).toBe(document.body);
    expect(library.endNote).toHaveBeenCalledWith(id);
  });

  it('shows what was typed elsewhere', async () => {
    const { stored, tell } = await frame(`#${id}`, 'one');
    Object.assign(stored, { text: 'two', revision: 2 });
    await tell({ papers: ['2401.00002' as PaperId] });
    expect(document.querySelector('.rendered')?.textContent).toBe('one');
    await tell({ papers: [id] });
    expect(document.querySelector('.rendered')?.textContent).toBe('two');
  });
});

describe('a frame for writing', () => {
  it('has the field and the focus at once, before anything is read', async () => {
    await frame(`?edit#${id}`, '', { note: () => new Promise<never>(() => {}) });
    expect(document.activeElement).toBe(field());
    expect(state()).toBe('loading');
  });

  it('is saving from the key on, and saved once it is stored', async () => {
    let answer: (note: Note) => void = () => {};
    await frame(`?edit#${id}`, '', {
      writeNote: () => new Promise((resolve) => (answer = resolve)),
    });
    expect(state()).toBe('saved');
    await type(field(), 'typed');
    expect(state()).toBe('saving');
    expect(JSON.parse(localStorage.getItem(`draft:${id}`) ?? '')).toMatchObject({ text: 'typed' });
    await rest(() => answer(note(id, 'typed')));
    expect(state()).toBe('saved');
    expect(localStorage.getItem(`draft:${id}`)).toBeNull();
  });

  it('says that the note saved its paper, with an undo', async () => {
    const { library } = await frame(`?edit#${id}`);
    await type(field(), 'typed');
    expect(status()).toContain('Saved to your library.');
    await press('Undo');
    expect(library.unsave).toHaveBeenCalledWith(id);
    expect(status()).toBe('Stored');
  });

  it('says that the note was emptied, with an undo', async () => {
    const { stored } = await frame(`?edit#${id}`, 'a note');
    await type(field(), '');
    expect(stored.text).toBe('');
    expect(status()).toContain('Note emptied.');
    await press('Undo');
    expect(stored.text).toBe('a note');
    expect(field()?.value).toBe('a note');
  });

  it('says that it could not store, keeps the text, and stores it on Try again', async () => {
    let full = true;
    const { library } = await frame(`?edit#${id}`, '', {
      writeNote: async ({ text }) => {
        if (full) throw new Error('The storage is full.');
        return note(id, text);
      },
    });
    await type(field(), 'typed');
    expect(state()).toBe('error');
    expect(status()).toContain('Not stored yet. The storage is full.');
    expect(field()?.value).toBe('typed');
    full = false;
    await press('Try again');
    expect(state()).toBe('saved');
    expect(library.writeNote).toHaveBeenLastCalledWith(expect.objectContaining({ text: 'typed' }));
  });

  it('brings an earlier text back', async () => {
    const versions = [{ key: 'a', text: 'an earlier text', replacedAt: 0 }];
    const { stored } = await frame(`?edit#${id}`, 'a note', {
      note: async () => ({ ...note(id, 'a note'), versions }),
    });
    await press('Earlier');
    await press('Use this');
    expect(stored.text).toBe('an earlier text');
    expect(field()?.value).toBe('an earlier text');
  });

  it('keeps the caret beside its letters when text comes from elsewhere', async () => {
    const { stored, tell } = await frame(`?edit#${id}`, 'one two');
    field()?.setSelectionRange(7, 7);
    Object.assign(stored, { text: 'zero one two', revision: 2 });
    await tell({ papers: [id] });
    expect(field()?.value).toBe('zero one two');
    expect(field()?.selectionStart).toBe(12);
  });

  it('leaves the field alone while an input method composes, and loses neither text', async () => {
    const { stored, tell } = await frame(`?edit#${id}`, 'one');
    await rest(() => void field()?.dispatchEvent(new Event('compositionstart')));
    Object.assign(stored, { text: 'zero one', revision: 2 });
    await tell({ papers: [id] });
    expect(field()?.value).toBe('one');
    await type(field(), 'one two');
    expect(field()?.value).toBe('one two');
    await rest(() => void field()?.dispatchEvent(new Event('compositionend')));
    expect(field()?.value).toBe('zero one two');
    expect(stored.text).toBe('zero one two');
  });

  it('goes back to reading by Escape, unless there is nothing to read', async () => {
    const pressEscape = () =>
      rest(
        () =>
          void field()?.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
          ),
      );
    await frame(`?edit#${id}`);
    await pressEscape();
    expect(field()).not.toBeNull();
    await type(field(), 'typed');
    await pressEscape();
    expect(document.querySelector('.rendered')?.textContent).toBe('typed');
    expect(document.activeElement?.getAttribute('title')).toBe('Edit');
  });
});

describe('a carried caret', () => {
  it.each([
    ['abc', 'abXc', 1, 1],
    ['abc', 'abXc', 3, 4],
    ['abc', 'Xabc', 2, 3],
    ['abcd', 'ad', 2, 1],
    ['', 'abc', 0, 3],
  ])('in %j, become %j, goes from %i to %i', (before, after, at, expected) => {
    expect(carry(before, after, at)).toBe(expected);
  });

  it('never leaves the text, and stays where it is when nothing changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (before, after, place) => {
        const at = place % (before.length + 1);
        const carried = carry(before, after, at);
        expect(carried).toBeGreaterThanOrEqual(0);
        expect(carried).toBeLessThanOrEqual(after.length);
        expect(carry(before, before, at)).toBe(at);
      }),
    );
  });
});
