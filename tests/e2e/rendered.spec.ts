// Every recorded page of arXiv: an abstract page has exactly one panel, every other page never has any.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordings } from '../recordings.ts';
import type { Reader, Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

test.use({ worldOptions: { recordings } });

/** Counts every panel that is ever put into a page, from its first moment on. */
async function countPanels(reader: Reader): Promise<void> {
  await reader.atStart(() => {
    const page = globalThis as unknown as { panelsPutIn: number };
    page.panelsPutIn = 0;
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const { nodeName } of addedNodes)
          if (nodeName.toLowerCase() === 'paper-margin-panel') page.panelsPutIn++;
    }).observe(document, { childList: true, subtree: true });
  });
}

const panelsPutIn = (tab: Tab) =>
  tab.evaluate(() => (globalThis as unknown as { panelsPutIn?: number }).panelsPutIn);

const folder = join(recordings ?? '', 'arxiv/rendered/abs');

/** Recorded abstract pages: their address, the paper's id, and whether the page is a 404. */
const pages = (recordings && existsSync(folder) ? readdirSync(folder) : []).map((file) => {
  const [, name = '', variant] = /^(.+?)(?:-(with-.+))?\.html$/.exec(file) ?? [];
  const text = name.replace('_', '/');
  return {
    url: `https://arxiv.org/abs/${text}${variant ? `?${variant}` : ''}`,
    id: text.replace(/v\d+$/, ''),
    missing: !readFileSync(join(folder, file), 'utf8').includes('id="abs"'),
  };
});

test('every recorded abstract page has one panel with the right id, and its 404 pages never have any', {
  tag: '@chromium',
}, async ({ reader }) => {
  test.info().skip(!recordings, 'no recordings');
  test.setTimeout(120_000);
  expect(pages.filter(({ missing }) => missing)).toHaveLength(2);
  expect(pages.length).toBeGreaterThanOrEqual(25);
  await countPanels(reader);
  const tab = await reader.open('https://arxiv.org/');
  for (const { url, id, missing } of pages) {
    await test.step(url, async () => {
      await tab.goto(url);
      if (missing) {
        // After its load nothing more is to come: a panel never waits for longer than that.
        expect(await panelsPutIn(tab), url).toBe(0);
      } else {
        await onlyPanel(tab, id);
        expect(await panelsPutIn(tab), url).toBe(1);
      }
    });
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

/** Recorded listings, and pages of both sites that are no papers or not there. */
const others = [
  ...(recordings
    ? [
        'https://arxiv.org/list/astro-ph.EP/recent',
        'https://arxiv.org/list/astro-ph.EP/recent?skip=25&show=25',
        'https://arxiv.org/list/astro-ph/2009-01',
        'https://arxiv.org/list/cs/new',
        'https://arxiv.org/list/math.AG/new',
        'https://arxiv.org/list/math/2021-03',
        'https://arxiv.org/list/q-fin/new',
        'https://arxiv.org/catchup/math/2011-02-03',
        'https://arxiv.org/catchup/math/2011-02-03?abs=True',
      ]
    : []),
  'https://arxiv.org/',
  'https://arxiv.org/list/cs.LG/recent',
  'https://arxiv.org/abs/2601.99999',
  'https://arxiv.org/abs/2601.80002v9',
  'https://arxiv.org/abs/not-an-id',
  'https://arxiv.org/html/2601.80002v1',
  'https://huggingface.co/',
  'https://huggingface.co/papers',
  'https://huggingface.co/papers/trending',
  'https://huggingface.co/models',
  'https://huggingface.co/papers/2601.1',
];

test('a page that is no paper never has a panel', { tag: '@chromium' }, async ({ reader }) => {
  await countPanels(reader);
  const tab = await reader.open('https://arxiv.org/');
  for (const url of others) {
    await test.step(url, async () => {
      await tab.goto(url);
      expect(await panelsPutIn(tab), url).toBe(0);
    });
  }
  expect(await reader.consoleErrors()).toEqual([]);
});
