// Highlights: made by hand, painted wherever the paper's words appear, kept out of the page's document.
import { papers } from '../world/papers.ts';
import type { Tab, View } from './driver.ts';
import { expect, test } from './fixtures.ts';

const id = papers.complete;
const arxiv = `https://arxiv.org/abs/${id}`;
const html = `https://arxiv.org/html/${id}`;
const huggingFace = `https://huggingface.co/papers/${id}`;

/** The words that are painted in each colour, as the page's own scripts can read them. */
const painted = (tab: Pick<Tab, 'evaluate'>) =>
  tab.evaluate(() =>
    Object.fromEntries(
      [...CSS.highlights].map(([name, highlight]) => [
        name.replace('paper-margin-', ''),
        [...highlight].map((range) => `${range}`.replace(/\s+/g, ' ')).join('|'),
      ]),
    ),
  );

/** The page's own document, without elements of ours. */
const documentOf = (tab: Tab) =>
  tab.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as Element;
    for (const host of copy.querySelectorAll('*'))
      if (host.localName.startsWith('paper-margin-')) host.remove();
    return copy.outerHTML;
  });

/** Selects the first place of these words below an element, and lets go of a key as a person does. */
async function select(tab: Tab, within: string, words: string): Promise<void> {
  await tab.evaluate(
    ({ within, words }) => {
      const texts = document.createTreeWalker(
        document.querySelector(within) as Element,
        NodeFilter.SHOW_TEXT,
      );
      for (
        let text = texts.nextNode() as Text | null;
        text;
        text = texts.nextNode() as Text | null
      ) {
        const at = text.data.indexOf(words);
        if (at < 0) continue;
        getSelection()?.setBaseAndExtent(text, at, text, at + words.length);
        text.parentElement?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return;
      }
      throw new Error(`There is no "${words}" in ${within}`);
    },
    { within, words },
  );
  await tab.key('Shift');
}

/** A W3C annotation of the abstract page, as another program may have written it. */
const annotationOf = (exact: string) =>
  JSON.stringify({
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: 'https://annotations.example/1',
    type: 'Annotation',
    created: '2026-01-02T10:00:00Z',
    body: { type: 'TextualBody', value: 'A made-up *remark*' },
    target: {
      source: arxiv,
      styleClass: 'green',
      selector: { type: 'TextQuoteSelector', exact, prefix: 'Title:', suffix: '' },
    },
  });

/** An export of Hypothesis' client: a highlight of version 1, and one of a page that is no paper. */
const hypothesisOf = (exact: string) => {
  const one = (uri: string, at: number) => ({
    ...{ id: `made-up-${at}`, uri, text: '', tags: [], created: '2026-01-03T10:00:00+00:00' },
    target: [
      { source: uri, selector: [{ type: 'TextQuoteSelector', exact, prefix: '', suffix: '' }] },
    ],
  });
  return JSON.stringify({
    export_date: '2026-01-04T10:00:00Z',
    annotations: [one(`${arxiv}v1`, 1), one('https://example.org/', 2)],
  });
};

const toolbar = ({ marking }: Tab): View => marking.part('toolbar', 'Highlight the selected words');

/** Clicks into the words that are painted. */
async function clickPainted(tab: Tab, name: string): Promise<void> {
  const { x, y } = await tab.evaluate((which) => {
    const [range] = CSS.highlights.get(`paper-margin-${which}`) ?? [];
    const box = (range as Range).getClientRects()[0] as DOMRect;
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }, name);
  await tab.click(x, y);
}

test('a highlight is made on one page of a paper and painted on the others, and its comment stays in our frame', async ({
  reader,
}) => {
  const tab = await reader.open(arxiv);
  await tab.panel.untilState('ready');
  const before = await documentOf(tab);
  const words = await tab.evaluate(() => {
    const text = [...(document.querySelector('blockquote.abstract')?.childNodes ?? [])]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.nodeValue ?? '')
      .join(' ');
    return text.trim().split(/\s+/).slice(0, 12).join(' ');
  });

  await select(tab, 'blockquote.abstract', words);
  await tab.marking.untilText('Comment');
  // From the selected words the toolbar is one key away.
  await tab.key('Tab');
  await expect.poll(() => tab.marking.focused()).toMatchObject({ name: 'Highlight yellow' });
  await toolbar(tab).press('Highlight green');
  await expect.poll(() => painted(tab)).toEqual({ green: words });
  await tab.marking.untilText('Highlighted, and saved to your library.');
  expect(await tab.panel.pressed('Save')).toBe(true);
  expect(await documentOf(tab)).toBe(before);

  // The page makes its text anew, as scripts of sites do.
  await tab.evaluate(() => {
    const text = document.querySelector('blockquote.abstract') as Element;
    text.replaceWith(text.cloneNode(true));
  });
  await expect.poll(() => painted(tab)).toEqual({ green: words });
  await clickPainted(tab, 'green');
  await tab.marking.press('Comment');
  const comment = await tab.marking.frame();
  await comment.type('Comment', 'A made-up thought');
  await comment.untilState('saved');
  expect(await comment.axe()).toEqual([]);
  expect(await tab.marking.part('region', 'Highlight').axe()).toEqual([]);
  // From within the frame, and the keys are the page's again.
  await tab.key('Escape');
  await expect.poll(() => tab.marking.part('region', 'Highlight').text()).toBe('');
  expect(await tab.evaluate(() => document.activeElement === document.body)).toBe(true);

  const there = await reader.open(huggingFace);
  await expect.poll(() => painted(there)).toEqual({ green: words });
  const full = await reader.open(html);
  await expect.poll(() => painted(full)).toEqual({ green: words });

  // What only the full text has is not on the other pages.
  await select(full, 'article', 'made-up sentence about method');
  await full.marking.untilText('Comment');
  expect(await toolbar(full).axe()).toEqual([]);
  await full.marking.press('Highlight pink');
  await expect
    .poll(() => painted(full))
    .toEqual({ green: words, pink: 'made-up sentence about method' });
  // The list lies over the panel, which stands at the same edge of the window.
  await full.panel.press('2 highlights');
  await (await full.marking.frame()).untilText('made-up sentence about method');
  expect(
    await full.evaluate(
      () => document.elementFromPoint(innerWidth - 60, innerHeight - 120)?.localName,
    ),
  ).toBe('paper-margin-selection');
  await full.marking.press('Close');

  await there.activate();
  await there.panel.press('2 highlights');
  const list = await there.marking.frame();
  await list.untilText('Not found on this page');
  expect(await list.axe()).toEqual([]);
  await list.press('Show');
  await expect.poll(async () => (await painted(there)).flash).toBe(words);
  await there.marking.press('Close');
  const side = await reader.openOwn('sidepanel.html');
  const beside = side.part('region', 'Highlights');
  await beside.untilText('Not found on this page');
  expect(await beside.axe()).toEqual([]);
  await beside.press('Show');
  await expect.poll(async () => (await painted(there)).flash).toBe(words);
  await side.close();
  await there.activate();

  // The abstract in the popup is the same passage once more.
  const popup = await reader.openPopup();
  await popup.part('list', 'Papers').paper(id).press('Abstract');
  await expect.poll(() => painted(popup)).toEqual({ green: words });
  await popup.close();
  await there.activate();

  await clickPainted(there, 'green');
  const edited = await there.marking.frame();
  await edited.retype('Comment', 'Another made-up thought');
  await edited.untilState('saved');
  expect(await there.evaluate(() => document.documentElement.outerHTML)).not.toContain('thought');

  await there.marking.press('Delete');
  await expect.poll(() => painted(there)).toEqual({});
  await expect.poll(() => painted(full)).toEqual({ pink: 'made-up sentence about method' });
  await there.marking.press('Undo');
  await expect.poll(() => painted(there)).toEqual({ green: words });

  const library = await reader.openOwn('library.html');
  const file = await library.download('Export');
  expect(file).toContain('Another made-up thought');
  expect(file).toContain(words);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('words are copied, and highlighted by keys and from files too, and what is no text of the paper never is', async ({
  reader,
}) => {
  const tab = await reader.open(arxiv);
  await tab.panel.untilState('ready');
  const title = await tab.evaluate(
    () => document.querySelector('h1.title')?.lastChild?.nodeValue?.trim() ?? '',
  );
  const none = async () => expect(await toolbar(tab).text()).toBe('');

  // A key of the browser's takes the colour used last; what is copied says where it is from.
  await select(tab, 'h1.title', title);
  await tab.marking.press('Copy with citation');
  await tab.marking.untilText('Copied with its citation.');
  await select(tab, 'h1.title', title);
  await reader.pressShortcut('Alt+Shift+Y');
  await expect.poll(() => painted(tab)).toEqual({ yellow: title });
  // The same words once more are the same highlight, in another colour.
  await select(tab, 'h1.title', title);
  await toolbar(tab).press('Highlight blue');
  await expect.poll(() => painted(tab)).toEqual({ blue: title });
  await tab.marking.press('Undo');
  await expect.poll(() => painted(tab)).toEqual({});
  const library = await reader.openOwn('library.html');
  await library.type('Search your library', ' ');
  await library.key('Control+v');
  await expect.poll(() => library.value('Search your library')).toContain(`arXiv:${id}`);
  await library.close();

  await tab.activate();
  await select(tab, 'h1.title', title);
  await tab.marking.untilText('Comment');
  // In a field.
  await tab.evaluate(() => {
    const field = document.createElement('input');
    document.querySelector('h1.title')?.append(field);
    field.value = 'Some words';
    field.focus();
    field.select();
  });
  await tab.key('Shift');
  await expect.poll(() => toolbar(tab).text()).toBe('');
  // Beside the text.
  await tab.evaluate(() => {
    (document.activeElement as HTMLElement).blur();
    getSelection()?.selectAllChildren(document.querySelector('.extra-services') as Element);
  });
  await tab.key('Shift');
  await none();
  // It begins before the text and ends in it.
  await tab.evaluate(() => {
    document.querySelector('h1.title input')?.remove();
    const text = document.querySelector('h1.title')?.lastChild as Text;
    getSelection()?.setBaseAndExtent(document.body, 0, text, text.data.length);
  });
  await tab.key('Shift');
  await tab.marking.press('Highlight blue');
  await expect.poll(async () => (await painted(tab)).blue).toMatch(new RegExp(`${title}$`));
  expect((await painted(tab)).blue).not.toContain('Search');
  await tab.marking.press('Undo');
  await expect.poll(() => painted(tab)).toEqual({});
  expect(await tab.panel.pressed('Save')).toBe(false);
  // Too much.
  await tab.evaluate(() => {
    const long = document.createElement('p');
    long.textContent = 'too many words '.repeat(700);
    document.querySelector('#abs')?.append(long);
    getSelection()?.selectAllChildren(long);
  });
  await tab.key('Shift');
  await tab.marking.untilText('This is too long for one highlight.');
  expect(await toolbar(tab).has('button', 'Highlight blue')).toBe(false);
  await tab.key('Escape');
  await expect.poll(() => toolbar(tab).text()).toBe('');
  // A page's own script presses nothing.
  await tab.evaluate(() =>
    document
      .querySelector('paper-margin-selection')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true })),
  );
  expect(await painted(tab)).toEqual({});

  // What others exported becomes highlights, in the library, in the page and in files.
  const own = await reader.openOwn('library.html');
  await own.untilState('ready');
  await own.upload('Import', annotationOf(title));
  await own.press('Import 1 paper');
  await own.untilText('1 highlight added');
  await own.press('Done');
  await own.part('list', 'Library').paper(id).press('1 highlight');
  const details = own.part('region', 'Paper details');
  await expect.poll(() => details.value('Comment').catch(String)).toBe('A made-up *remark*');
  await own.upload('Import', hypothesisOf('A sentence that this page never had.'));
  await own.press('Import 1 paper');
  await own.press('Done');
  await details.untilText('A sentence that this page never had.');
  await own.type('Search your library', 'never had remark');
  await expect.poll(() => own.part('list', 'Library').papers()).toEqual([id]);
  await own.retype('Search your library', 'nobody wrote this');
  await expect.poll(() => own.part('list', 'Library').papers()).toEqual([]);
  await own.press('More formats');
  const { first } = JSON.parse(await own.download('W3C annotations'));
  expect(first.items.map(({ target }: { target: { source: string } }) => target.source)).toEqual([
    arxiv,
    `${arxiv}v1`,
  ]);
  expect(JSON.stringify(first)).toContain('A made-up *remark*');
  await own.press('More formats');
  const markdown = await own.download('Markdown');
  expect(markdown).toContain(`> ${title}\n\nA made-up *remark*`);
  expect(markdown).toContain('> A sentence that this page never had.');
  await tab.activate();
  await expect.poll(() => painted(tab)).toEqual({ green: title });
  expect(await reader.consoleErrors()).toEqual([]);
});
