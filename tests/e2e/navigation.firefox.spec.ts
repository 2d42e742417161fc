// An update in Firefox runs the new content script in pages that still show what the old one left: there is one panel.
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

test('after an update the open page has one panel, which works', async ({ reader }) => {
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
  expect(await reader.consoleErrors()).toEqual([]);
});
