// The 22 papers that the first reader of this extension had open: each is known on every page of it, saved and noted.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordings } from '../recordings.ts';
import { expect, test } from './fixtures.ts';
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

test('every seed paper has its one panel on arXiv and on Hugging Face, and can be saved and noted', async ({
  reader,
}) => {
  test.skip(!recordings, 'no recordings');
  test.setTimeout(240_000);
  expect(seeds).toHaveLength(22);
  const tab = await reader.open('https://arxiv.org/');

  for (const [at, { arxivId: id }] of seeds.entries()) {
    await test.step(`${id} on arXiv`, async () => {
      await tab.goto(`https://arxiv.org/abs/${id}`);
      await onlyPanel(tab, id);
      expect(await tab.panel.has('region', 'Paper Margin')).toBe(true);
      expect(await tab.panel.pressed('Save')).toBe(false);
      await tab.panel.press('Save');
      await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
      // A note is the slowest step; here and there is enough for every second paper, the other site has the rest.
      if (at % 2 === 0) {
        await tab.panel.press('Note');
        const note = await tab.panel.note();
        await note.type('Note', `Seen on arXiv: ${id}`);
        await note.untilState('saved');
      }
      await tab.goto(`https://arxiv.org/abs/${id}v1`);
      await onlyPanel(tab, id);
      expect(await tab.panel.pressed('Save')).toBe(true);
    });

    await test.step(`${id} on Hugging Face`, async () => {
      await tab.goto(`https://huggingface.co/papers/${id}`);
      await onlyPanel(tab, id);
      expect(await tab.panel.pressed('Save')).toBe(true);
      if (at % 2 === 0) {
        await (await tab.panel.note()).untilText(`Seen on arXiv: ${id}`);
      } else {
        await tab.panel.press('Note');
        const note = await tab.panel.note();
        await note.type('Note', `Seen on Hugging Face: ${id}`);
        await note.untilState('saved');
      }
    });
  }

  const library = await reader.openOwn('library.html');
  const rows = library.part('list', 'Library');
  await expect
    .poll(async () => (await rows.papers()).toSorted())
    .toEqual(seeds.map(({ arxivId }) => arxivId).toSorted());
  for (const [at, { arxivId: id, title }] of seeds.entries()) {
    const text = await rows.paper(id).text();
    expect(text).toContain(title);
    expect(text).toContain(`Seen on ${at % 2 === 0 ? 'arXiv' : 'Hugging Face'}: ${id}`);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('the links in the abstracts of the seed papers stand in their panels on arXiv', async ({
  reader,
}) => {
  test.skip(!recordings, 'no recordings');
  const linked = seeds.filter(({ linksInAbstract }) => linksInAbstract.length > 0);
  expect(linked.flatMap(({ linksInAbstract }) => linksInAbstract)).toHaveLength(13);
  const tab = await reader.open('https://arxiv.org/');
  for (const { arxivId: id, linksInAbstract } of linked) {
    await test.step(id, async () => {
      await tab.goto(`https://arxiv.org/abs/${id}`);
      await onlyPanel(tab, id);
      expect(await tab.panel.links()).toEqual(expect.arrayContaining(linksInAbstract));
    });
  }
});

test('the popup knows every seed paper over its PDF', async ({ reader }) => {
  test.skip(!recordings, 'no recordings');
  test.setTimeout(120_000);
  const tab = await reader.open('https://arxiv.org/');
  const popup = await reader.openPopup(tab);
  await popup.untilState('ready');
  for (const { arxivId: id } of seeds) {
    await test.step(id, async () => {
      await tab.goto(`https://arxiv.org/pdf/${id}`);
      const paper = popup.part('region', 'The paper of this tab');
      await expect.poll(async () => (await popup.papers())[0], 'The paper above the list').toBe(id);
      expect(await paper.pressed('Save')).toBe(false);
      await paper.press('Save');
      await expect.poll(() => paper.pressed('Save')).toBe(true);
    });
  }
  const library = await reader.openOwn('library.html');
  await expect
    .poll(async () => (await library.part('list', 'Library').papers()).length)
    .toBe(seeds.length);
  expect(await reader.consoleErrors()).toEqual([]);
});
