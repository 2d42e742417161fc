// The frame of a comment: Escape closes it in the page around, and never takes what was typed along.
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import type { Annotation, CommentWrite } from '../../src/library/api';
import { CLOSE } from '../../src/ui/note-box';
import { HighlightFrame } from '../../src/views/highlight-frame';
import { annotation, fakeLibrary, named, press, rest, show, type } from './ui-world';

const made = annotation('2608.00001', 1, { comment: 'A thought' });
const told = vi.fn();

beforeEach(() => {
  told.mockClear();
  Object.defineProperty(window, 'parent', { value: { postMessage: told }, configurable: true });
});

/** The frame, with a storage that answers as told. */
async function frame(comment: (write: CommentWrite) => Promise<Annotation | null>) {
  const { library, notices } = fakeLibrary({ annotation: async () => made, comment });
  const address = { hash: `#${made.id}`, search: '' } as Location;
  await show(<HighlightFrame {...{ address, library, notices }} />);
}

const pressEscape = () =>
  rest(() => {
    const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
    document.querySelector('textarea')?.dispatchEvent(key);
  });

it('asks the page around to close it, and says nothing else', async () => {
  await frame(async () => made);
  await pressEscape();
  expect(told.mock.calls).toEqual([[CLOSE, '*']]);
});

it('stays until what was typed is stored', async () => {
  const stored = Promise.withResolvers<Annotation>();
  await frame(() => stored.promise);
  await type(document.querySelector('textarea'), 'Another thought');
  await pressEscape();
  expect(told).not.toHaveBeenCalled();
  await rest(() => stored.resolve({ ...made, comment: 'Another thought' }));
  expect(told).toHaveBeenCalledTimes(1);
});

it('stays where it could not be stored, and says why', async () => {
  let works = false;
  await frame(async ({ text }) => {
    if (works) return { ...made, comment: text };
    throw new Error('The storage is full.');
  });
  await type(document.querySelector('textarea'), 'Another thought');
  await pressEscape();
  expect(told).not.toHaveBeenCalled();
  expect(document.body.textContent).toContain('The storage is full.');
  works = true;
  await press('Try again');
  expect(named('Stored', '[role="status"]')).toBeTruthy();
});
