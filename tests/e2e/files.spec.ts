// Names of downloaded PDFs, by the person's template; what a page downloads itself keeps its name.
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';

test('a PDF gets its name from the template, wherever it is downloaded from, and what pages download keeps theirs', async ({
  newReader,
}) => {
  const reader = await newReader({ allowed: true });
  const title = 'Glass Bead 1 - a Made-up Method for Small Language Models';
  const today = await reader.openPopup();
  await today.untilState('ready');
  await today.close();
  const pdf = await reader.open(`https://arxiv.org/pdf/${papers.complete}v1`);

  // As it is at first, from the popup over a PDF.
  const popup = await reader.openPopup(pdf);
  await popup.untilText('163 upvotes');
  await popup.press('More');
  await popup.press('Download PDF');
  const first = `Author 2026 - ${title} (${papers.complete}v1).pdf`;
  await expect.poll(() => reader.files()).toEqual([first]);

  const options = await reader.openOwn('options.html');
  await options.untilState('ready');
  await options.retype('File name', '{id} {title}');
  await options.untilText('1706.03762v7 Attention Is All You Need.pdf');

  const its = `${papers.complete}v1.pdf`;
  // What a page downloads has the name that its server gives.
  const page = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await page.panel.untilState('ready');
  await page.evaluate((path) => {
    const link = document.createElement('a');
    link.href = path;
    link.download = '';
    link.click();
  }, `/pdf/${papers.complete}`);
  await expect.poll(() => reader.files()).toContain(its);

  // From the side panel, and from the library.
  await page.panel.press('Save');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);
  const over = await reader.openPopup(page);
  await over.press('More');
  await over.press('Side panel');
  const panel = await reader.sidePanel();
  await panel.untilText('163 upvotes');
  await panel.press('Download PDF');
  await expect.poll(() => reader.files()).toContain(`${papers.complete}v1 ${title}.pdf`);
  await options.activate();
  await options.retype('File name', '{year}/{title}');
  await options.untilText('2017-Attention Is All You Need.pdf');
  const library = await reader.openOwn('library.html');
  await library.paper(papers.complete).press('Download PDF');
  await expect
    .poll(async () => (await reader.files()).toSorted())
    .toEqual([first, its, `${papers.complete}v1 ${title}.pdf`, `2026-${title}.pdf`].toSorted());
  expect(await reader.consoleErrors()).toEqual([]);
});
