// The PDF of a paper: no panel over it, but the popup knows the paper, saves it and takes a note.
import { papers } from '../world/papers.ts';
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

const current = (popup: OwnPage) => popup.part('region', 'The paper of this tab');

test('a note that is written over the PDF stands on the abstract page', async ({
  reader,
  world,
}) => {
  const thought = 'The appendix has the better proof.';
  const pdf = await reader.open(`https://arxiv.org/pdf/${papers.complete}v1`);
  const popup = await reader.openPopup(pdf);
  await popup.untilState('ready');
  await current(popup).untilText(world.list(world.today)[0]?.title ?? 'no title');
  await current(popup).untilText('163 upvotes');
  expect((await popup.papers())[0]).toBe(papers.complete);
  expect(await pdf.hosts()).toBe(0);

  await current(popup).press('Save');
  await expect.poll(() => current(popup).pressed('Save')).toBe(true);
  await current(popup).press('Note');
  await current(popup).type('Note', thought);
  await current(popup).untilText('Stored');

  const page = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await page.panel.untilState('ready');
  expect(await page.panel.pressed('Save')).toBe(true);
  await (await page.panel.note()).untilText(thought);
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
