// The menu that copies a citation: what is on the clipboard after each choice.
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { cite } from '../../src/library/exchange/citation';
import type { Paper, PaperId } from '../../src/paper';
import { CopyCitation } from '../../src/views/copy-citation';
import { fakeFiles, press, show } from './ui-world';

const paper: Paper = {
  id: '2501.00001' as PaperId,
  title: 'On <b>Kites</b> & Strings',
  authors: ['First Author', 'Second Author'],
  abstract: '',
  published: '2025-01-31',
};
const address = 'https://arxiv.org/abs/2501.00001';

/** What each write put on the clipboard, by type. */
let clipboard: Record<string, string>[] = [];
let refused = false;

beforeEach(() => {
  clipboard = [];
  refused = false;
  vi.stubGlobal(
    'ClipboardItem',
    class {
      constructor(readonly parts: Record<string, Blob>) {}
    },
  );
  const write = async (items: { parts: Record<string, Blob> }[]) => {
    if (refused) throw new DOMException('no click', 'NotAllowedError');
    for (const { parts } of items) {
      const texts = Object.entries(parts).map(async ([type, blob]) => {
        expect(blob.type).toBe(type);
        return [type, await blob.text()] as const;
      });
      clipboard.push(Object.fromEntries(await Promise.all(texts)));
    }
  };
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ write } as unknown as Clipboard);
});

/** The menu of that paper, whose citations are real ones. */
async function menu() {
  const made = vi.fn(async (paper: Paper) => cite({ paper, tags: [] }));
  const say = vi.fn();
  const { files } = fakeFiles({ cite: made });
  await show(<CopyCitation {...{ files, paper, say }} />);
  await press('Copy citation');
  expect(made).toHaveBeenCalledExactlyOnceWith(paper);
  return { made, say };
}

const plainText = `First Author, Second Author: On <b>Kites</b> & Strings. arXiv:2501.00001, 2025. ${address}`;

it.each([
  [
    'BibTeX',
    {
      'text/plain': expect.stringMatching(
        /^@misc\{\w+,\n[\s\S]*\beprint = \{2501\.00001\},\n[\s\S]*\n\}\n?$/,
      ),
    },
  ],
  ['RIS', { 'text/plain': expect.stringMatching(/^TY {2}- [\s\S]*AU {2}- Author, First\r\n/) }],
  ['Markdown', { 'text/plain': `[On &lt;b>Kites&lt;/b> &amp; Strings](${address})` }],
  [
    'Rich link',
    {
      'text/html': `<a href="${address}">On &lt;b&gt;Kites&lt;/b&gt; &amp; Strings</a>`,
      'text/plain': plainText,
    },
  ],
  ['Plain text', { 'text/plain': plainText }],
])('%s is on the clipboard, and it is said', async (form, expected) => {
  const { made, say } = await menu();
  await press(form);
  await vi.waitFor(() => expect(say).toHaveBeenCalledWith({ text: `Copied as ${form}.` }));
  expect(clipboard).toEqual([expected]);
  // It was made before the click, after which browsers soon let nothing be written.
  expect(made).toHaveBeenCalledOnce();
});

it('says what to do where the browser lets nothing be copied', async () => {
  const { say } = await menu();
  refused = true;
  await press('BibTeX');
  await vi.waitFor(() =>
    expect(say).toHaveBeenCalledWith({ text: expect.stringContaining('export the paper') }),
  );
  expect(clipboard).toEqual([]);
});
