// The PDF of a paper: icon and popup know the paper, and the side panel, the real one of the browser, takes a note. Over it stands a chip in Chromium, nothing in Firefox.
import { papers } from '../world/papers.ts';
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

declare const chrome: typeof import('wxt/browser').browser;

const current = (popup: OwnPage) => popup.part('region', 'The paper of this tab');

test('a note that is written beside the PDF stands on the abstract page', async ({
  reader,
  world,
}) => {
  const thought = 'The appendix has the better proof.';
  const title = world.list(world.today)[0]?.title ?? 'no title';
  const pdf = await reader.open(`https://arxiv.org/pdf/${papers.complete}v1`);
  const popup = await reader.openPopup(pdf);
  await popup.untilState('ready');
  await current(popup).untilText(title);
  await current(popup).press('More');
  await current(popup).untilText('163 upvotes');
  expect((await popup.papers())[0]).toBe(papers.complete);
  const onIcon = () =>
    popup.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true });
      return chrome.action.getBadgeText({ tabId: tab?.id as number });
    });
  await expect.poll(onIcon).toBe('#1');
  await current(popup).press('Save');
  await expect.poll(() => current(popup).pressed('Save')).toBe(true);

  // The side panel, from the chip or by keys: browsers open it only for a person.
  await pdf.activate();
  await expect.poll(onIcon).toBe('✓');
  if (reader.browser === 'chromium') {
    await pdf.panel.untilText('163 upvotes');
    expect(await pdf.panel.pressed('Save')).toBe(true);
    await pdf.panel.press('Note');
  } else {
    expect(await pdf.hosts()).toBe(0);
    await reader.pressShortcut('Alt+Shift+J');
  }
  const side = await reader.sidePanel();
  await side.untilText(title);
  expect(await side.pressed('Save')).toBe(true);
  await side.type('Note', thought);
  await side.untilText('Stored');

  // It follows the tab in view.
  const page = await reader.open(`https://arxiv.org/abs/${papers.plain}`);
  await side.untilText('A Plain Paper that only arXiv Knows');
  expect(await side.value('Note')).toBe('');
  await page.goto(`https://arxiv.org/abs/${papers.complete}`);
  await page.panel.untilState('ready');
  expect(await page.panel.pressed('Save')).toBe(true);
  await (await page.panel.note()).untilText(thought);
  await side.untilText(title);
  expect(await side.value('Note')).toBe(thought);

  if (reader.browser === 'chromium') {
    // A browser that does not open it: the chip says how a person does.
    await popup.evaluate(() => chrome.sidePanel.setOptions({ enabled: false }));
    await pdf.activate();
    await pdf.panel.press('Note');
    await pdf.panel.untilText('The browser did not open the side panel. Right-click');
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a paper that is saved over its PDF gets its title from Hugging Face, else from arXiv', async ({
  reader,
  world,
}) => {
  const asked = (host: string, id: string) =>
    world.requests.filter((request) => request.host === host && request.path.includes(id)).length;
  const tab = await reader.open('https://arxiv.org/');
  const popup = await reader.openPopup(tab);
  await popup.untilState('ready');

  const known = papers.neverDaily;
  await tab.goto(`https://arxiv.org/pdf/${known}`);
  await current(popup).untilText(known);
  await current(popup).press('Save');
  await current(popup).untilText('A Paper that never was on Daily Papers');
  expect(asked('huggingface.co', known)).toBeGreaterThan(0);
  expect(asked('export.arxiv.org', known)).toBe(0);

  const unknown = papers.plain;
  await tab.goto(`https://arxiv.org/pdf/${unknown}`);
  await current(popup).untilText(unknown);
  expect(asked('huggingface.co', unknown)).toBe(0);
  await current(popup).press('Save');
  await current(popup).untilText('A Plain Paper that only arXiv Knows');
  expect(asked('huggingface.co', unknown)).toBe(1);
  expect(asked('export.arxiv.org', unknown)).toBe(1);

  const library = await reader.openOwn('library.html');
  await library.part('list', 'Library').paper(unknown).untilText('First Author');
  expect(await reader.consoleErrors()).toEqual([]);
});
