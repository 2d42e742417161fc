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
const [lanterns, rivers] = ['2402.00001', 'doi:10.1234/rivers'];

const rows = (library: OwnPage) => library.part('list', 'Library');
const lists = (library: OwnPage, ...ids: string[]) =>
  expect.poll(() => rows(library).papers()).toEqual(ids);

/** Finds papers by a query, in the one order of the list. */
async function finds(library: OwnPage, query: string, ...ids: string[]) {
  await library.retype('Search your library', query);
  await expect.poll(() => rows(library).papers(), query).toEqual(ids);
}

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

  await test.step('a paper is found by the beginning of a word, with a slip of the pen, and by what is known of it', async () => {
    await finds(library, 'lant', lanterns);
    await finds(library, 'lanetrns', lanterns);
    await finds(library, 'third author', rivers);
    await finds(library, 'tag:"reading group"', lanterns);
    await finds(library, 'before:2024', rivers);
    await finds(library, 'is:read');
    await library.untilText('Nothing found');
    await library.press('Show all papers');
  });

  await test.step('several get a tag at once, and lose it by Undo', async () => {
    await expect.poll(() => rows(library).papers()).toHaveLength(2);
    await library.paper(lanterns).press('Select');
    await library.paper(rivers).press('Select');
    await library.untilText('2 selected');
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
    expect(whole.papers.map(({ id }: { id: string }) => id).toSorted()).toEqual([lanterns, rivers]);
    await library.paper(rivers).press('Select');
    await library.press('Export selected');
    const written = await library.download('BibTeX');
    expect(written).toContain('doi = {10.1234/rivers}');
    expect(written).not.toContain(lanterns);
  });

  await test.step('what is removed returns by Undo or from the bin, with all it had', async () => {
    await library.press('Remove');
    await lists(library, lanterns);
    await library.press('Undo');
    await expect.poll(() => rows(library).papers()).toHaveLength(2);
    await library.paper(lanterns).press('Select');
    await library.press('Remove');
    await lists(library, rivers);
    await library.reload();
    await library.untilState('ready');
    await library.press('Bin');
    await library.press('Restore Glass Lanterns for Made-up Models');
    await library.untilText('The bin is empty.');
    await library.key('Escape');
    await finds(library, 'tag:"reading group" lanterns', lanterns);
  });
  expect(await reader.consoleErrors()).toEqual([]);
});
