// Notes: no letter is lost, nobody else reads them, and what was there before can be had again.
import type { Reader, Tab, View } from './driver.ts';
import { expect, test } from './fixtures.ts';

const arxiv = (id: string) => `https://arxiv.org/abs/${id}`;
const huggingFace = (id: string) => `https://huggingface.co/papers/${id}`;

/** Opens the editor of a page's paper. */
async function write(tab: Tab): Promise<View> {
  await tab.panel.untilState('ready');
  await tab.panel.press('Note');
  return tab.panel.note();
}

/** Opens a paper anew, and waits for what its note frame shows. */
async function reads(reader: Reader, url: string, text: string): Promise<void> {
  const tab = await reader.open(url);
  await tab.panel.untilState('ready');
  const note = await tab.panel.note();
  await note.untilText(text);
  await note.untilState('saved');
  await tab.close();
}

test('a tab closed as soon as the last key shows loses nothing', async ({ reader }) => {
  // Firefox keeps the drafts of each site apart: there it is the next view on the same site that has all.
  const onTheOther = (url: string) =>
    reader.browser === 'firefox' ? url : url.replace('arxiv.org/abs', 'huggingface.co/papers');
  // The first input of all may be one that comes whole.
  const library = await reader.openOwn('library.html');
  await library.type('Search your library', 'pasted at once');
  await library.key('Control+a');
  await library.key('Control+c');
  await library.close();
  const tab = await reader.open(arxiv('2601.80001'));
  const note = await write(tab);
  await expect.poll(() => note.focused()).toMatchObject({ role: 'textbox', name: 'Note' });
  await tab.key('Control+v');
  await expect.poll(() => note.value('Note')).toBe('pasted at once');
  await tab.close();
  await reads(reader, onTheOther(arxiv('2601.80001')), 'pasted at once');

  const typeAndClose = async (url: string, text: string) => {
    const page = await reader.open(url);
    const field = await write(page);
    await field.type('Note', text);
    await expect.poll(() => field.value('Note')).toBe(text);
    await page.close();
  };
  const thought = (id: string) => `All of ${id}, also the end!`;
  for (const [id, url] of [
    ['2601.80002', arxiv('2601.80002')],
    ['2601.90001', huggingFace('2601.90001')],
    ['hep-th/9901999', arxiv('hep-th/9901999')],
  ] as const) {
    await typeAndClose(url, thought(id));
    await reads(reader, id.startsWith('hep') ? url : onTheOther(url), thought(id));
  }

  // And once more upon what is stored, with the background gone.
  const again = await reader.open(arxiv('2601.80002'));
  const more = await write(again);
  await more.untilState('saved');
  await reader.stopBackground();
  await more.type('Note', ' And more.');
  await expect.poll(() => more.value('Note')).toBe(`${thought('2601.80002')} And more.`);
  await again.close();
  await reads(reader, arxiv('2601.80002'), `${thought('2601.80002')} And more.`);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a note is one note, wherever it is open: it follows what is typed elsewhere and loses neither text', async ({
  reader,
}) => {
  const id = '2601.90001';
  const one = await reader.open(arxiv(id));
  const here = await write(one);
  await here.type('Note', 'Middle.');
  await here.untilState('saved');
  const other = await reader.open(huggingFace(id));
  const there = await write(other);
  await expect.poll(() => there.value('Note')).toBe('Middle.');

  await there.type('Note', '\nBelow.');
  await expect.poll(() => here.value('Note')).toBe('Middle.\nBelow.');

  // Keys in both, one after the other, faster than they are stored.
  for (const letter of 'abc') {
    await one.activate();
    await here.type('Note', letter);
    await other.activate();
    await there.type('Note', letter.toUpperCase());
  }
  await here.untilState('saved');
  await there.untilState('saved');
  await expect
    .poll(async () => (await here.value('Note')) === (await there.value('Note')))
    .toBe(true);
  const both = await here.value('Note');
  expect(
    [...both.replace('Middle.\nBelow.', '')].filter((it) => /[a-c]/i.test(it)).toSorted(),
  ).toEqual([...'ABCabc']);

  // Each replaces all, at nearly the same time: what is not in the text is among the earlier versions.
  await one.activate();
  await here.retype('Note', 'Typed on arXiv.');
  await other.activate();
  await there.retype('Note', 'Typed on Hugging Face.');
  await here.untilState('saved');
  await there.untilState('saved');
  await one.close();
  await other.close();
  const versions = await reader.open(arxiv(id));
  const final = await write(versions);
  await final.untilState('saved');
  const text = await final.value('Note');
  await final.press('Earlier');
  const earlier = await final.part('list', 'Earlier versions').text();
  expect(text + earlier).toContain('Typed on arXiv.');
  expect(text + earlier).toContain('Typed on Hugging Face.');
  expect(await reader.consoleErrors()).toEqual([]);
});

test('what was there before can be had again: emptied, replaced, saved by itself, taken off', {
  tag: '@chromium',
}, async ({ reader }) => {
  const id = '2601.80002';
  const tab = await reader.open(arxiv(id));
  const note = await write(tab);
  await note.type('Note', 'First thought.');
  await note.untilState('saved');

  // The first words saved the paper, which can be undone without the note.
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  await note.untilText('Saved to your library.');
  await note.press('Undo');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(false);
  expect(await note.value('Note')).toBe('First thought.');
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);

  // Emptied by one key, and undone.
  await note.retype('Note', '');
  await note.untilState('saved');
  await note.untilText('Note emptied.');
  await note.press('Undo');
  await expect.poll(() => note.value('Note')).toBe('First thought.');
  await note.untilState('saved');

  // Replaced by another text, also after the page was left.
  await note.retype('Note', 'Second thought.');
  await note.untilState('saved');
  await tab.close();
  const later = await reader.open(arxiv(id));
  const editor = await write(later);
  await editor.untilState('saved');
  await editor.press('Earlier');
  await editor.part('list', 'Earlier versions').untilText('First thought.');
  await editor.part('list', 'Earlier versions').press('Use this');
  await expect.poll(() => editor.value('Note')).toBe('First thought.');
  await editor.untilState('saved');
  await editor.press('Earlier');
  await editor.part('list', 'Earlier versions').untilText('Second thought.');

  // Taken off, the paper stays in the library by its note, and comes back by undo.
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  const row = library.part('list', 'Library').paper(id);
  await row.press('Save');
  await row.untilText('Noted, not saved');
  await row.untilText('First thought.');
  expect(await row.pressed('Save')).toBe(false);
  await expect.poll(() => later.panel.pressed('Save')).toBe(false);
  await library.press('Undo');
  await expect.poll(() => row.pressed('Save')).toBe(true);
  await expect.poll(() => later.panel.pressed('Save')).toBe(true);
  expect(await row.text()).not.toContain('Noted, not saved');
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a note is rendered as text and safe links: nothing in it runs, and nothing is loaded', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  const id = '2601.80002';
  const hostile = [
    '**bold** and `code`',
    '<img src="https://huggingface.co/seen.png" onerror="document.documentElement.dataset.attacked=1">',
    '<script>document.documentElement.dataset.attacked=1</script>',
    '![picture](https://huggingface.co/picture.png) ![x](javascript:alert(1))',
    '[run](javascript:document.documentElement.dataset.attacked=1) [data](data:text/html,x) [good](https://example.org/a)',
    '<javascript:document.documentElement.dataset.attacked=1> [ref]',
    '',
    '[ref]: javascript:document.documentElement.dataset.attacked=1',
  ].join('\n');
  const own = await reader.openOwn(`note.html?edit#${id}`);
  await own.type('Note', hostile);
  await own.untilState('saved');
  const mark = world.mark();
  await own.press('Done');
  await own.untilText('bold and code');
  expect(await own.text()).toContain(
    '<script>document.documentElement.dataset.attacked=1</script>',
  );
  expect((await own.links()).toSorted()).toEqual([
    'https://example.org/a',
    'https://huggingface.co/picture.png',
  ]);
  expect(
    await own.evaluate(
      () => document.querySelectorAll('img, script:not([src]), iframe, svg[onload]').length,
    ),
  ).toBe(0);
  expect(await own.evaluate(() => document.documentElement.dataset.attacked)).toBeUndefined();

  const page = await reader.open(arxiv(id));
  await page.panel.untilState('ready');
  const frame = await page.panel.note();
  await frame.untilText('bold and code');
  expect((await frame.links()).every((url) => /^https:/.test(url))).toBe(true);
  const library = await reader.openOwn('library.html');
  await library.part('list', 'Library').paper(id).untilText('<script>');
  expect(await library.evaluate(() => document.documentElement.dataset.attacked)).toBeUndefined();
  expect(
    world
      .since(mark)
      .filter(({ host, path }) => host === 'huggingface.co' && path.endsWith('.png')),
  ).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('the page around a note sees nothing of what is typed', async ({ reader }) => {
  const secret = 'quince';
  for (const url of [arxiv('2601.90001'), huggingFace('2601.90002')]) {
    const tab = await reader.open(url);
    await tab.panel.untilState('ready');
    await tab.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      const types = [
        'keydown',
        'keypress',
        'keyup',
        'beforeinput',
        'input',
        'change',
        'paste',
        'compositionend',
        'message',
      ];
      for (const type of [...types, 'selectionchange']) {
        for (const target of [window, document, document.querySelector('paper-margin-panel')]) {
          target?.addEventListener(
            type,
            (event) => {
              if (type !== 'selectionchange')
                heard.push(`${event.type} ${(event as KeyboardEvent).key ?? ''}`);
            },
            true,
          );
        }
      }
    });
    const note = await write(tab);
    await note.type('Note', secret);
    await note.untilState('saved');
    await tab.key('x');
    await tab.key('Backspace');
    await note.untilState('saved');
    const seen = await tab.evaluate(() => {
      const roots: (Document | ShadowRoot)[] = [document];
      for (const root of roots) {
        for (const element of root.querySelectorAll('*'))
          if (element.shadowRoot) roots.push(element.shadowRoot);
      }
      const host = document.querySelector('paper-margin-panel');
      return {
        heard: (globalThis as unknown as { heard: string[] }).heard,
        markup: roots
          .map((root) =>
            root === document ? document.documentElement.outerHTML : root.textContent,
          )
          .join(),
        root: host?.shadowRoot ?? null,
        frames: roots.flatMap((root) => [...root.querySelectorAll('iframe')]).map(({ src }) => src),
        windows: window.length,
        active: document.activeElement?.localName,
      };
    });
    expect(seen.heard).toEqual([]);
    expect(seen.markup).not.toContain(secret);
    expect(seen.root).toBeNull();
    expect(seen.frames).toEqual([]);
    expect(seen.windows).toBe(0);

    // The same listeners do hear what is typed into the page itself.
    await tab.evaluate(() => {
      document.body.append(Object.assign(document.createElement('input'), { id: 'own' }));
      document.querySelector<HTMLInputElement>('#own')?.focus();
    });
    await tab.key('y');
    expect(
      await tab.evaluate(() => (globalThis as unknown as { heard: string[] }).heard),
    ).toContain('keydown y');
  }
  expect(await reader.consoleErrors()).toEqual([]);
});
