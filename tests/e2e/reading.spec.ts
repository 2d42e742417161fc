// How far a person is with a paper, set from every surface and seen on all of them; and which papers they opened.
import { papers } from '../world/papers.ts';
import type { OwnPage, View } from './driver.ts';
import { expect, test } from './fixtures.ts';

/** What a choice of an own page says. */
const says = (view: View, reading: string) =>
  expect.poll(() => view.value('Reading state').catch(() => 'nothing yet')).toBe(reading);

const current = (popup: OwnPage) => popup.part('region', 'The paper of this tab');

test('the reading state is what the person said last, on every surface, and a PDF only offers it', async ({
  reader,
}) => {
  const id = papers.complete;
  const page = await reader.open(`https://arxiv.org/abs/${id}`);
  await page.panel.untilState('ready');
  await page.panel.press('Save');
  const library = await reader.openOwn('library.html');
  const row = library.part('list', 'Library').paper(id);
  await says(row, 'unread');

  // From the panel.
  await page.activate();
  await page.panel.press('Reading state: unread');
  await says(row, 'reading');

  // From the badge of a list.
  const list = await reader.open('https://huggingface.co/papers');
  const badge = list.badges.badge(id);
  await badge.press('Reading state: reading');
  await expect.poll(() => badge.has('button', 'Reading state: read')).toBe(true);
  await says(row, 'read');
  await expect.poll(() => page.panel.has('button', 'Reading state: read')).toBe(true);

  // A PDF sets nothing by itself, over a paper that was never marked: it offers, in popup and side panel.
  const other = papers.wrappedTitle;
  const pdf = await reader.open(`https://arxiv.org/pdf/${other}`);
  const first = await reader.openPopup(pdf);
  await first.press('More');
  await first.press('Side panel');
  const side = await reader.sidePanel();
  await says(side, 'unread');
  await expect.poll(() => side.has('button', 'Mark as reading')).toBe(true);
  const popup = await reader.openPopup(pdf);
  await says(current(popup), 'unread');
  await says(popup.part('list', 'Papers').paper(id), 'read');
  await current(popup).press('More');
  await current(popup).press('Mark as reading');
  await says(current(popup), 'reading');
  await says(side, 'reading');
  expect(await side.has('button', 'Mark as reading')).toBe(false);
  await expect
    .poll(() => list.badges.badge(other).has('button', 'Reading state: reading'))
    .toBe(true);

  // The row of the library takes it back.
  await library.activate();
  for (const reading of ['reading', 'unread']) {
    await library.evaluate((id) => {
      document.querySelector<HTMLElement>(`[data-paper="${id}"] select`)?.focus();
    }, id);
    await library.key('ArrowUp');
    // Stored, and told to the others.
    await expect.poll(() => badge.has('button', `Reading state: ${reading}`)).toBe(true);
    await says(row, reading);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('opened papers are remembered from the moment that the person wants it, and forgotten when they say so', async ({
  reader,
}) => {
  const before = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await before.panel.untilState('ready');
  // Stored after whatever that page told: it is over and done with before the switch is turned.
  await before.panel.press('Save');
  await expect.poll(() => before.panel.pressed('Save')).toBe(true);
  const options = await reader.openOwn('options.html');
  await options.untilState('ready');
  const opened = options.part('list', 'Recently opened');
  expect(await options.text()).not.toContain('No paper was opened yet.');
  await options.press('Remember opened papers');
  await options.untilText('No paper was opened yet.');

  const tab = await reader.open(`https://arxiv.org/abs/${papers.plain}`);
  await tab.panel.untilState('ready');
  await tab.goto(`https://arxiv.org/pdf/${papers.complete}v1`);
  await options.activate();
  await expect
    .poll(async () => {
      await options.reload();
      await options.untilState('ready');
      return opened.papers();
    })
    .toEqual([papers.complete, papers.plain]);
  await opened.untilText('A Plain Paper that only arXiv Knows');
  expect(await opened.links()).toContain(`https://arxiv.org/abs/${papers.complete}`);

  await options.press('Forget');
  await options.untilText('Forgot 2 opened papers.');
  await options.untilText('No paper was opened yet.');
  await options.reload();
  await options.untilState('ready');
  await options.untilText('No paper was opened yet.');
  expect(await reader.consoleErrors()).toEqual([]);
});
