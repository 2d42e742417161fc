// From page to page in one tab: there is always exactly one panel, of the paper shown, and nothing stays behind.
import { papers } from '../world/papers.ts';
import type { OwnPage, Reader, Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

declare const chrome: typeof import('wxt/browser').browser;

/** What a page tells of itself while it is open. */
declare const window: {
  mostPanels: number;
  persisted?: boolean;
  firstPanel?: Element | null;
};

const abs = (id: string) => `https://arxiv.org/abs/${id}`;
const hub = (id: string) => `https://huggingface.co/papers/${id}`;

/** Makes every page remember the most panels that it ever had at once, and whether it came from the back/forward cache. */
async function watch(reader: Reader): Promise<void> {
  await reader.atStart(() => {
    window.mostPanels = 0;
    new MutationObserver(() => {
      const count = document.getElementsByTagName('paper-margin-panel').length;
      window.mostPanels = Math.max(window.mostPanels, count);
    }).observe(document, { childList: true, subtree: true });
    addEventListener('pageshow', ({ persisted }) => {
      window.persisted = persisted;
    });
  });
}

const mostPanels = (tab: Tab) => tab.evaluate(() => window.mostPanels);

/** Follows a link that the site's own script takes over. */
const follow = (tab: Tab, path: string) =>
  tab.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);

const hydrated = (tab: Tab) =>
  expect
    .poll(() => tab.evaluate(() => document.documentElement.dataset.hydrated ?? ''), {
      timeout: 15_000,
    })
    .toBe('yes');

/** Elements that look like ours, anywhere in the page, besides the badges of a list. */
const traces = (tab: Tab) =>
  tab.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter(
        ({ localName, attributes }) =>
          /paper-?margin-(?!badge)/.test(localName) ||
          [...attributes].some(({ name, value }) => /paper-?margin|extension:/.test(name + value)),
      )
      .map(({ localName }) => localName),
  );

test('on Hugging Face the panel follows from paper to paper without a load, and goes with the last one', async ({
  reader,
  world,
}) => {
  const [first = '', second = ''] = world.list(world.today).map(({ id }) => id);
  await watch(reader);
  const tab = await reader.open(`https://huggingface.co/papers/date/${world.today}`);
  await hydrated(tab);
  expect(await tab.hosts()).toBe(0);

  await follow(tab, `/papers/${first}`);
  await onlyPanel(tab, first);
  await tab.panel.untilText('163 upvotes');
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);

  await follow(tab, `/papers/${second}`);
  await onlyPanel(tab, second);
  expect(await tab.panel.pressed('Save')).toBe(false);

  await tab.back();
  await onlyPanel(tab, first);
  expect(await tab.panel.pressed('Save')).toBe(true);
  await tab.forward();
  await onlyPanel(tab, second);

  await follow(tab, '/papers/trending');
  await expect.poll(() => tab.hosts()).toBe(0);
  expect(await traces(tab)).toEqual([]);
  expect(await mostPanels(tab)).toBe(1);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a site that takes its page over and drops what is not its own keeps the panel', async ({
  reader,
}) => {
  await watch(reader);
  // Left alone, the page would take itself over long after the test; the test does it at the right moment.
  const tab = await reader.open(`${hub(papers.complete)}?hydrate=3600000`);
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Note');
  const note = await tab.panel.note();
  await note.type('Note', 'Typed before the site took over.');
  await note.untilState('saved');
  const dropped = await tab.evaluate(() => {
    const panel = document.querySelector('paper-margin-panel');
    for (const template of document.querySelectorAll<HTMLTemplateElement>('template[data-renders]'))
      document
        .querySelector(`main [data-target="${template.dataset.renders}"]`)
        ?.replaceChildren(template.content.cloneNode(true));
    return panel?.isConnected === false;
  });
  expect(dropped).toBe(true);
  await onlyPanel(tab, papers.complete);
  await expect
    .poll(async () => (await tab.panel.note()).value('Note'))
    .toBe('Typed before the site took over.');
  expect(await mostPanels(tab)).toBe(1);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('the panel is there once after reload, back and forward and by an old address, and up to date when the page was only asleep', async ({
  reader,
}) => {
  await watch(reader);
  const [first, second] = [papers.complete, papers.wrappedTitle];
  const tab = await reader.open(abs(first));
  await onlyPanel(tab, first);
  await tab.reload();
  await onlyPanel(tab, first);

  await tab.goto(abs(second));
  await onlyPanel(tab, second);
  const other = await reader.open(hub(first));
  await other.panel.press('Save');
  await expect.poll(() => other.panel.pressed('Save')).toBe(true);
  await other.close();

  await tab.back();
  expect(await tab.evaluate(() => window.persisted), 'The page was asleep').toBe(true);
  await onlyPanel(tab, first);
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  // It is not only shown, it works.
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(false);

  await tab.forward();
  await onlyPanel(tab, second);
  await tab.goto('https://arxiv.org/');
  expect(await tab.hosts()).toBe(0);
  await tab.back();
  await onlyPanel(tab, second);
  expect(await mostPanels(tab)).toBe(1);

  // An address that names the paper in its query, as links of the nineties do, is known.
  for (const query of [`id=${papers.oldStyle}`, papers.oldStyle]) {
    await tab.goto(`https://arxiv.org/abs?${query}`);
    await onlyPanel(tab, papers.oldStyle);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a fragment or a query is no other paper: the panel stays as it is', {
  tag: '@chromium',
}, async ({ reader }) => {
  await watch(reader);
  for (const [url, id] of [
    [abs(papers.complete), papers.complete],
    [hub(papers.complete), papers.complete],
  ] as const) {
    const tab = await reader.open(url);
    await onlyPanel(tab, id);
    await tab.evaluate(() => {
      window.firstPanel = document.querySelector('paper-margin-panel');
      location.hash = 'community';
      history.pushState(null, '', '?context=cs');
      history.replaceState(null, '', '?context=cs.LG#community');
    });
    await onlyPanel(tab, id);
    expect(
      await tab.evaluate(() => window.firstPanel === document.querySelector('paper-margin-panel')),
    ).toBe(true);
    expect(await mostPanels(tab)).toBe(1);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

/** Runs the content script once more in the open pages of arXiv, as an update of the extension does. */
const runAgain = (own: OwnPage) =>
  own.evaluate(async () => {
    const tabs = await chrome.tabs.query({ url: 'https://arxiv.org/*' });
    for (const { id } of tabs)
      await chrome.scripting.executeScript({
        target: { tabId: id ?? 0 },
        files: ['/content-scripts/papers.js'],
      });
  });

test('a second copy of the content script takes the page over', async ({ reader }) => {
  const own = await reader.openOwn('library.html');
  const tab = await reader.open(abs(papers.complete));
  await onlyPanel(tab, papers.complete);
  await tab.evaluate(() =>
    document.querySelector('paper-margin-panel')?.setAttribute('data-old', ''),
  );
  await runAgain(own);
  await expect
    .poll(() => tab.evaluate(() => document.querySelectorAll('[data-old]').length))
    .toBe(0);
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  await tab.panel.press('Note');
  const note = await tab.panel.note();
  await note.type('Note', 'Written to the second copy.');
  await note.untilState('saved');
  expect(await tab.hosts()).toBe(1);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a page that was open before the install gets its panel', async ({ newReader }) => {
  const reader = await newReader({ bare: true });
  const tab = await reader.open(abs(papers.complete));
  expect(await tab.hosts()).toBe(0);
  await reader.install();
  // Firefox runs us in open pages by itself.
  if (reader.browser === 'chromium') {
    expect(await tab.hosts()).toBe(0);
    const popup = await reader.openPopup(tab);
    await popup.untilText('This page was open before Paper Margin was installed');
    await popup.press('Show it here');
    await expect.poll(() => popup.has('button', 'Show it here')).toBe(false);
    await tab.activate();
  }
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  expect(await reader.consoleErrors()).toEqual([]);
});
