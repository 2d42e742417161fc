// A site that a person turns on in the options page: nothing is there before, its panel while it is on, nothing after.
import { elsewhere } from '../world/other-sites.ts';
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

declare const chrome: typeof import('wxt/browser').browser;

test('a site that is turned on has panels on its papers until it is turned off', async ({
  newReader,
}) => {
  const reader = await newReader({ allowed: true });
  const options = await reader.openOwn('options.html');
  await options.untilState('ready');
  /** Where our script runs beside the usual sites. */
  const running = () =>
    options.evaluate(async () =>
      (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id),
    );
  const address = `https://www.alphaxiv.org/abs/${papers.complete}`;
  await expect.poll(running).toEqual([]);
  const tab = await reader.open(address);
  expect(await tab.hosts()).toBe(0);
  expect(
    await options.evaluate(() =>
      chrome.permissions.contains({ origins: ['https://www.alphaxiv.org/*'] }),
    ),
  ).toBe(false);

  await options.activate();
  await options.press('alphaXiv');
  await expect.poll(running).toEqual(['alphaxiv']);
  await tab.activate();
  await tab.reload();
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  const library = await reader.openOwn('library.html');
  await library.paper(papers.complete).untilText('Glass Bead 1');

  // A paper of alphaXiv's own, and back: it is no paper of arXiv's. The other sites stay off.
  await tab.goto(elsewhere.alphaxivOwn);
  expect(await tab.hosts()).toBe(0);
  await tab.goto(elsewhere.openreview);
  expect(await tab.hosts()).toBe(0);
  await tab.goto(`https://www.alphaxiv.org/pdf/${papers.plain}`);
  await expect.poll(() => tab.panel.id()).toBe(papers.plain);

  // It goes when the person says so.
  await options.activate();
  await options.press('alphaXiv');
  await expect.poll(running).toEqual([]);
  await tab.goto(address);
  expect(await tab.hosts()).toBe(0);
  expect(await reader.consoleErrors()).toEqual([]);
});
