// The 22 papers that the first reader of this extension had open: each is known on every page of it, saved and noted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordings } from '../recordings.ts';
import type { Tab } from './driver.ts';
import { expect, share, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

interface Seed {
  arxivId: string;
  title: string;
  linksInAbstract: string[];
}

const seeds: Seed[] = recordings
  ? JSON.parse(readFileSync(join(recordings, 'seed-papers.json'), 'utf8'))
  : [];

test.use({ worldOptions: { recordings } });
test.beforeEach(() => test.info().skip(!recordings, 'no recordings'));

/** Where the note of the paper at this place in the list is written. */
const noted = (at: number) => (at % 2 === 0 ? 'arXiv' : 'Hugging Face');

async function writeNote(tab: Tab, text: string): Promise<void> {
  await tab.panel.press('Note');
  const note = await tab.panel.note();
  await note.type('Note', text);
  await note.untilState('saved');
}

test('every seed paper has its one panel with its links on arXiv and Hugging Face, and can be saved and noted', async ({
  reader,
}) => {
  test.setTimeout(240_000);
  expect(seeds).toHaveLength(22);
  expect(seeds.flatMap(({ linksInAbstract }) => linksInAbstract)).toHaveLength(13);
  const tab = await reader.open('https://arxiv.org/');

  const walked = share(seeds, reader);
  for (const [at, { arxivId: id, linksInAbstract }] of walked.entries()) {
    await test.step(`${id} on arXiv`, async () => {
      await tab.goto(`https://arxiv.org/abs/${id}`);
      await onlyPanel(tab, id);
      expect(await tab.panel.has('region', 'Paper Margin')).toBe(true);
      expect(await tab.panel.links()).toEqual(expect.arrayContaining(linksInAbstract));
      expect(await tab.panel.pressed('Save')).toBe(false);
      await tab.panel.press('Save');
      await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
      if (noted(at) === 'arXiv') await writeNote(tab, 'Seen on arXiv');
      if (at % 4 > 0) return;
      await tab.goto(`https://arxiv.org/abs/${id}v1`);
      await onlyPanel(tab, id);
      expect(await tab.panel.pressed('Save')).toBe(true);
    });

    await test.step(`${id} on Hugging Face`, async () => {
      await tab.goto(`https://huggingface.co/papers/${id}`);
      await onlyPanel(tab, id);
      expect(await tab.panel.pressed('Save')).toBe(true);
      if (noted(at) === 'Hugging Face') await writeNote(tab, 'Seen on Hugging Face');
      else await (await tab.panel.note()).untilText('Seen on arXiv');
    });
  }

  const library = await reader.openOwn('library.html');
  const rows = library.part('list', 'Library');
  await expect
    .poll(async () => (await rows.papers()).toSorted())
    .toEqual(walked.map(({ arxivId }) => arxivId).toSorted());
  for (const [at, { arxivId: id, title }] of walked.entries()) {
    const text = await rows.paper(id).text();
    expect(text).toContain(title);
    expect(text).toContain(`Seen on ${noted(at)}`);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('the popup knows a seed paper over its PDF', async ({ reader }) => {
  test.setTimeout(120_000);
  const tab = await reader.open('https://arxiv.org/');
  const popup = await reader.openPopup(tab);
  await popup.untilState('ready');
  for (const { arxivId: id } of seeds.filter((_, at) => at % 4 === 0)) {
    await test.step(id, async () => {
      await tab.goto(`https://arxiv.org/pdf/${id}`);
      await expect.poll(async () => (await popup.papers())[0], 'The paper above the list').toBe(id);
    });
  }
  expect(await reader.consoleErrors()).toEqual([]);
});
