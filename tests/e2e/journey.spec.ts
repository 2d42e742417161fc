// The whole way of a paper: seen, saved, noted, found again on the other site, in popup and library, taken elsewhere.
import { expect, test } from './fixtures.ts';

test('a saved and noted paper is there on the other site, in popup and library, and in another browser after import', async ({
  reader,
  newReader,
  world,
}) => {
  const thought = 'Read the second proof again.';
  const [today = ''] = world.days;
  const listed = world.list(today).map(({ id }) => id);
  const [id = ''] = listed;

  const abstractPage = await reader.open(`https://arxiv.org/abs/${id}`);
  await abstractPage.panel.untilState('ready');
  expect(await abstractPage.panel.id()).toBe(id);
  expect(await abstractPage.hosts()).toBe(1);
  expect(await abstractPage.panel.has('region', 'Paper Margin')).toBe(true);
  await abstractPage.panel.untilText('upvotes');

  expect(await abstractPage.panel.pressed('Save')).toBe(false);
  await abstractPage.panel.press('Save');
  await expect.poll(() => abstractPage.panel.pressed('Save')).toBe(true);

  await abstractPage.panel.press('Note');
  const note = await abstractPage.panel.note();
  await note.type('Note', thought);
  await note.untilState('saved');
  expect(await note.value('Note')).toBe(thought);

  await reader.stopBackground();

  const paperPage = await reader.open(`https://huggingface.co/papers/${id}`);
  await paperPage.panel.untilState('ready');
  expect(await paperPage.panel.id()).toBe(id);
  expect(await paperPage.panel.pressed('Save')).toBe(true);
  await (await paperPage.panel.note()).untilText(thought);

  const popup = await reader.openPopup(paperPage);
  await popup.untilState('ready');
  const papers = popup.part('list', 'Papers');
  expect(await papers.papers()).toEqual(listed);
  expect(await papers.paper(id).pressed('Save')).toBe(true);

  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  await library.type('Search your library', 'second proof');
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([id]);
  await library.part('list', 'Library').paper(id).untilText(thought);
  const file = await library.download('Export');
  expect(await reader.consoleErrors()).toEqual([]);

  const elsewhere = await newReader();
  const empty = await elsewhere.openOwn('library.html');
  await empty.untilState('ready');
  expect(await empty.papers()).toEqual([]);
  await empty.upload('Import', file);
  await empty.press('Import 1 paper');
  await empty.press('Done');
  const row = empty.part('list', 'Library').paper(id);
  await row.untilText(thought);
  expect(await empty.part('list', 'Library').papers()).toEqual([id]);
  expect(await row.pressed('Save')).toBe(true);
  expect(await elsewhere.consoleErrors()).toEqual([]);
});
