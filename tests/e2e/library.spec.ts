// The library as a person lives in it: moving in, finding, tidying many at once, leaving with everything, losing nothing.
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

const bibtex = `@article{first2024glass,
  title = {Glass Lanterns for Made-up Models},
  author = {First Author and Second Author},
  year = {2024},
  eprint = {2402.00001},
  archivePrefix = {arXiv},
  keywords = {reading group, lanterns},
  annote = {Bring this to the group.},
}
@article{third2023river,
  title = {Paper Rivers Revisited},
  author = {Third Author},
  year = {2023},
  doi = {10.1234/rivers},
}
@article{nobody,
  title = {This record has no id
}
`;
const [lanterns, rivers, kites] = ['2402.00001', 'doi:10.1234/rivers', '2403.00002'];
const ours = JSON.stringify({
  format: 'paper-margin',
  version: 4,
  papers: [
    { id: lanterns, title: 'Glass Lanterns', note: { text: 'Elsewhere: a quince of a proof.' } },
    { id: kites, title: 'Tin Kites', authors: ['First Author'], saved: true, reading: 'read' },
    { id: 'no id at all', title: 'Nobody' },
  ],
});

const rows = (library: OwnPage) => library.part('list', 'Library');

/** Finds papers by a query, in the one order of the list. */
async function finds(library: OwnPage, query: string, ...ids: string[]) {
  await library.retype('Search your library', query);
  await expect.poll(() => rows(library).papers(), query).toEqual(ids);
}

const memoryId = (number: number) => `2301.${String(10_000 + number)}`;

/** What PaperMemory exports of so many papers. */
const memoryOf = (count: number) => ({
  __dataVersion: 60_000,
  ...Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      `Arxiv-${memoryId(number)}`,
      {
        id: `Arxiv-${memoryId(number)}`,
        title: `Lantern${String(number).padStart(4, '0')} and Other Made-up Lights`,
        author: 'First Author and Second Author',
        year: '2023',
        addDate: new Date(Date.UTC(2023, 0, 1) + number * 60_000).toISOString(),
        tags: ['moved'],
        note: `A thought about ${number}.`,
        pdfLink: `https://arxiv.org/pdf/${memoryId(number)}.pdf`,
        venue: 'arXiv 2023',
        source: 'arxiv',
      },
    ]),
  ),
});

test('papers move in, are found, tidied, taken along, deleted, taken back and restored', async ({
  reader,
}) => {
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');

  await test.step('a file of another program is shown before anything comes in', async () => {
    await library.upload('Import', bibtex);
    await library.untilText('2 new');
    await library.untilText('was not read');
    expect(await rows(library).papers()).toEqual([]);
    await library.press('Import 2 papers');
    await library.untilText('2 papers added');
    await library.press('Done');
    await expect
      .poll(async () => (await rows(library).papers()).toSorted())
      .toEqual([lanterns, rivers]);
    // The same file once more has nothing new.
    await library.upload('Import', bibtex);
    await library.untilText('all of it is here already');
    await library.press('Close');
  });

  await test.step('a file of ours tells what is in conflict, and overwrites nothing', async () => {
    await library.upload('Import', ours);
    await library.untilText('2 papers: 1 new, 1 with two notes.');
    await library.untilText('Record 3 was not read');
    await library.press('Import 2 papers');
    await library.untilText('1 paper added, 1 changed.');
    await library.press('Done');
    await library.paper(lanterns).untilText('Bring this to the group.');
    await finds(library, 'quince proof', lanterns);
  });

  await test.step('a paper is found by the beginning of a word, with a slip of the pen, and by what is known of it', async () => {
    await finds(library, 'lant', lanterns);
    await finds(library, 'lanetrns', lanterns);
    await finds(library, 'third author', rivers);
    await finds(library, 'tag:"reading group"', lanterns);
    await finds(library, 'before:2024', rivers);
    await finds(library, 'is:read', kites);
    await finds(library, 'has:note', lanterns);
    await finds(library, 'has:highlight');
    await library.untilText('Nothing found');
    await library.press('Show all papers');
  });

  await test.step('several get a state and a tag at once, and lose the tag by Undo', async () => {
    await expect.poll(() => rows(library).papers()).toHaveLength(3);
    await library.paper(lanterns).press('Select');
    await library.paper(rivers).press('Select');
    await library.untilText('2 selected');
    await library.evaluate(() =>
      document.querySelector<HTMLElement>('[aria-label="Set the state"]')?.focus(),
    );
    await library.key('End');
    await expect.poll(() => library.paper(rivers).value('Reading state')).toBe('read');
    await expect.poll(() => library.paper(lanterns).value('Reading state')).toBe('read');
    await library.press('Tag');
    await library.type('Tag to add', 'to: sort');
    await library.key('Enter');
    await finds(library, 'tag:"to: sort" lanterns', lanterns);
    await finds(library, 'tag:"to: sort" rivers', rivers);
    await library.press('Undo');
    await finds(library, 'tag:"to: sort"');
    await library.retype('Search your library', '');
  });

  await test.step('all leaves as JSON, what is selected in other formats', async () => {
    const whole = JSON.parse(await library.download('Export'));
    expect(whole).toMatchObject({ format: 'paper-margin', version: 4 });
    expect(whole.papers.map(({ id }: { id: string }) => id).toSorted()).toEqual([
      lanterns,
      kites,
      rivers,
    ]);
    await library.paper(rivers).press('Select');
    await library.press('Export selected');
    const written = await library.download('BibTeX');
    expect(written).toContain('doi = {10.1234/rivers}');
    expect(written).not.toContain(lanterns);
  });

  await test.step('what is removed returns by Undo or from the bin, with all it had', async () => {
    const without = (gone: string) =>
      expect.poll(() =>
        rows(library)
          .papers()
          .then((ids) => [ids.length, ids.includes(gone)]),
      );
    await library.press('Remove');
    await without(rivers).toEqual([2, false]);
    await library.press('Undo');
    await without(rivers).toEqual([3, true]);
    await library.paper(lanterns).press('Select');
    await library.press('Remove');
    await without(lanterns).toEqual([2, false]);
    await library.reload();
    await library.untilState('ready');
    await library.press('Bin');
    await library.press('Restore Glass Lanterns for Made-up Models');
    await library.untilText('The bin is empty.');
    await library.key('Escape');
    await finds(library, 'tag:"reading group" is:read quince', lanterns);
    await finds(library, 'is:read rivers', rivers);
  });
  expect(await reader.consoleErrors()).toEqual([]);
});

test('thousands of papers move in while others are searched, and a list of ids gets its titles in batches, also with no page open', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  const other = await reader.openOwn('library.html');
  await other.untilState('ready');
  await library.activate();

  await test.step('an export of PaperMemory', async () => {
    await library.upload('Import', JSON.stringify(memoryOf(5_000)));
    await library.untilText('Read as PaperMemory');
    await library.untilText('5,000 papers: 5,000 new.');
    await library.press('Import 5,000 papers');
    await library.untilText(/Importing .*of 5,000/);
    // The first ones are found while the last ones are still to come, or just came.
    await finds(other, 'lantern0004', memoryId(4));
    await library.untilText('5,000 papers added.');
    await library.press('Done');
    await library.untilText('5,000 papers');
    // Until the index has them all, the page says that it does not see everything yet.
    await expect
      .poll(() => other.evaluate(() => document.documentElement.dataset.index ?? 'whole'), {
        timeout: 90_000,
      })
      .toBe('whole');
    await finds(other, 'lantern4999 tag:moved', memoryId(4999));
    expect(await other.paper(memoryId(4999)).text()).toContain('A thought about 4999.');
  });

  await test.step('a list of ids', async () => {
    await other.close();
    const ids = Array.from({ length: 150 }, (_, at) => `2512.9${String(at + 1).padStart(4, '0')}`);
    const mark = world.mark();
    const batches = () =>
      world
        .since(mark)
        .filter(({ host }) => host === 'export.arxiv.org')
        .map(({ path }) => path.split(/,|%2C/i).length);
    await library.upload('Import', ids.map((id) => `https://arxiv.org/abs/${id}`).join('\n'));
    await library.press('Import 150 papers');
    await library.untilText(/still lack their title or authors/);
    await library.close();
    // In each of them is one that tells whether arXiv answers at all.
    await expect.poll(batches).toEqual([100, 52]);
    const again = await reader.openOwn('library.html');
    for (const number of [7, 149]) {
      await finds(again, `title:"many made-up papers" "${number}"`, ids[number - 1] ?? '');
    }
  });
  expect(await reader.consoleErrors()).toEqual([]);
});
