// The browser's own surfaces: icon, menu, keys, address bar. Chromium shows its menu, keys and address bar to no driver: the events are sent there, and what would be proposed is read from Chromium's own page about that.
import { elsewhere } from '../world/other-sites.ts';
import { papers } from '../world/papers.ts';
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

declare const chrome: typeof import('wxt/browser').browser;

/** What stands on the icon over the active tab, and what the pointer is told there. */
const icon = (own: OwnPage) =>
  own.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true });
    const tabId = tab?.id as number;
    return [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
  });

test('a paper is saved from a link anywhere and by keys, the icon says so, and the address bar finds it again', async ({
  reader,
  world,
}) => {
  const library = await reader.openOwn('library.html');
  const kept = () => library.part('list', 'Library').papers();
  const title = world.list(world.today)[0]?.title ?? 'no title';
  const today = await reader.openPopup();
  await today.untilState('ready');
  await today.close();

  // The icon: the rank of a trending paper; where there is no paper, what it says everywhere.
  const page = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await page.panel.untilState('ready');
  await expect
    .poll(() => icon(library))
    .toEqual(['#1', `Paper Margin: #1 on Daily Papers of ${world.today}`]);
  await page.goto('https://arxiv.org/');
  const everywhere = () =>
    library.evaluate(async () => [
      await chrome.action.getBadgeText({}),
      await chrome.action.getTitle({}),
    ]);
  await expect(async () => expect(await icon(library)).toEqual(await everywhere())).toPass();

  // A link on a page that we may not read.
  const blog = await reader.open(elsewhere.anyPage);
  await reader.chooseInMenu(blog, 'Save paper', 'An abstract page');
  // For a moment only.
  await expect
    .poll(() => icon(library), { intervals: [50] })
    .toEqual(['✓', `Paper Margin: saved ${title}`]);
  await expect.poll(kept).toEqual([papers.complete]);
  await reader.chooseInMenu(blog, 'Save paper', 'An old paper');
  await expect.poll(kept).toHaveLength(2);
  expect(await kept()).toContain(papers.oldStyleMath);
  if (reader.browser === 'firefox') {
    // Chromium's part of this, which entry is shown where, no driver sees.
    await expect(reader.chooseInMenu(blog, 'Save paper', 'No paper')).rejects.toThrow('no Save');
    await expect(reader.chooseInMenu(blog, 'Save paper')).rejects.toThrow('no Save');
  }

  // The page of a paper, and the keys over another one.
  await page.goto(`https://arxiv.org/abs/${papers.plain}`);
  await page.panel.untilState('ready');
  await reader.chooseInMenu(page, 'Save paper');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);
  await page.goto(`https://arxiv.org/abs/${papers.wrappedTitle}`);
  await page.panel.untilState('ready');
  await reader.pressShortcut('Alt+Shift+K');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);
  await expect
    .poll(() => icon(library))
    .toEqual(['✓', `Paper Margin: saved, #2 on Daily Papers of ${world.today}`]);
  await expect.poll(kept).toHaveLength(4);

  // The address bar finds it by a word, opens it, and takes an id that is not kept.
  const word = title.split(' ')[0]?.toLowerCase() ?? '';
  await page.goto('https://arxiv.org/');
  const rows = await reader.propose(word, ([, second]) => second?.includes(title) ?? false);
  expect(rows[0]).toContain('Search your library');
  expect(rows[1]).toContain(`arXiv:${papers.complete}`);
  await page.activate();
  await reader.takeProposal(word, 1);
  await expect.poll(() => page.url()).toBe(`https://arxiv.org/abs/${papers.complete}`);
  await reader.takeProposal(` arXiv:${papers.math}v2 `, 0);
  await expect.poll(() => page.url()).toBe(`https://arxiv.org/abs/${papers.math}v2`);
  await page.panel.untilState('ready');
  expect(await page.panel.id()).toBe(papers.math);
  expect(await reader.consoleErrors()).toEqual([]);
});
