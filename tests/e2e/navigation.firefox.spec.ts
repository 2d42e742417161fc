// An update in Firefox runs the new content script in pages that still show what the old one left: there is one panel, and one
// badge on each row of a list.
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';
import { allRight } from './rows.ts';

test('after an update an open page has one panel and an open list one badge on each row, and they work', async ({
  reader,
}) => {
  const list = await reader.open('https://arxiv.org/list/cs.LG/new');
  await list.badges.scrollThrough();
  const rows = await allRight(list);
  await list.evaluate(() => {
    for (const host of document.querySelectorAll('paper-margin-badge')) host.id = 'old';
  });
  const tab = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await onlyPanel(tab, papers.complete);
  await tab.evaluate(() =>
    document.querySelector('paper-margin-panel')?.setAttribute('data-old', ''),
  );
  await reader.update();
  await expect
    .poll(() => tab.evaluate(() => document.querySelectorAll('[data-old]').length))
    .toBe(0);
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  const library = await reader.openOwn('library.html');
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([papers.complete]);

  await list.activate();
  await expect.poll(() => list.evaluate(() => document.querySelectorAll('#old').length)).toBe(0);
  await list.badges.scrollThrough();
  expect(await allRight(list)).toEqual(rows);
  await expect.poll(() => list.badges.badge(papers.complete).pressed('Save')).toBe(true);
  await list.badges.badge(papers.complete).press('Save');
  await expect.poll(() => list.badges.badge(papers.complete).pressed('Save')).toBe(false);
  expect(await reader.consoleErrors()).toEqual([]);
});
