// An update in Firefox runs the new content script in lists that still show the badges of the old one.
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';
import { allRight } from './rows.ts';

test('after an update an open list has one badge on each row, and they work', async ({
  reader,
}) => {
  const tab = await reader.open('https://arxiv.org/list/cs.LG/new');
  await tab.badges.scrollThrough();
  const rows = await allRight(tab);
  await tab.evaluate(() => {
    for (const host of document.querySelectorAll('paper-margin-badge')) host.id = 'old';
  });
  await reader.update();
  await expect.poll(() => tab.evaluate(() => document.querySelectorAll('#old').length)).toBe(0);
  await tab.badges.scrollThrough();
  expect(await allRight(tab)).toEqual(rows);
  await tab.badges.badge(papers.complete).press('Save');
  await expect.poll(() => tab.badges.badge(papers.complete).pressed('Save')).toBe(true);
  expect(await reader.consoleErrors()).toEqual([]);
});
