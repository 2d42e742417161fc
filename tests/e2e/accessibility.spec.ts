// axe-core finds nothing in any surface, inside the closed root too; and it does find what is really wrong there.
import type { Reader, View } from './driver.ts';
import { expect, test } from './fixtures.ts';

/** Nothing is wrong in the views, in both colour schemes; and a button without a name, put into one, is found. */
async function findsOnlyWhatIsSeeded(reader: Reader, ...views: View[]) {
  for (const dark of [false, true]) {
    await reader.dark(dark);
    for (const view of views) expect(await view.axe(), dark ? 'dark' : 'light').toEqual([]);
  }
  for (const view of views) {
    await view.seed('<button></button>');
    expect((await view.axe()).map(({ id }) => id)).toEqual(['button-name']);
  }
}

test('panel and note frame are for everybody, while a note is written and when it is read', async ({
  reader,
  world,
}) => {
  const [paper] = world.list(world.days[0] ?? '');
  const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
  await page.panel.untilState('ready');
  await page.panel.press('Note');
  const note = await page.panel.note();
  await note.type('Note', 'A **thought** with [a link](https://example.org).');
  await note.untilState('saved');
  await findsOnlyWhatIsSeeded(reader, page.panel, note);

  await page.goto(`https://huggingface.co/papers/${paper?.id}`);
  await page.panel.untilState('ready');
  const read = await page.panel.note();
  await read.untilText('thought');
  await findsOnlyWhatIsSeeded(reader, page.panel, read);
});

test('popup, library and welcome are for everybody', async ({ newReader, world }) => {
  const reader = await newReader({ keepWelcome: true });
  const welcome = await reader.welcome();
  await welcome.untilText('Only when I ask');
  await findsOnlyWhatIsSeeded(reader, welcome);

  const [paper] = world.list(world.days[0] ?? '');
  const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
  await page.panel.untilState('ready');
  await page.panel.press('Save');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);

  const popup = await reader.openPopup(page);
  await popup.untilState('ready');
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  expect(await library.papers()).toEqual([paper?.id]);
  await library.paper(paper?.id ?? '').press('Note');
  await library.part('region', 'Paper details').untilText('Abstract');
  await findsOnlyWhatIsSeeded(reader, popup, library);

  // A dialog covers all that is put into the page, so nothing can be seeded here.
  await library.reload();
  await library.untilState('ready');
  await library.upload(
    'Import',
    '@article{none, title = {No id}}\n@article{one, eprint = {2402.00001}}',
  );
  await library.untilText('was not read');
  for (const dark of [false, true]) {
    await reader.dark(dark);
    expect(await library.axe(), dark ? 'dark' : 'light').toEqual([]);
  }
});

test('the panel is worked by the keyboard alone, and words in it that are too pale to read are found', async ({
  reader,
  world,
}) => {
  const [paper] = world.list(world.days[0] ?? '');
  const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
  await page.panel.untilState('ready');
  let focused: string | undefined;
  // The page's own links come before; there are fewer than this.
  for (let step = 0; step < 150 && focused !== 'Save'; step++) {
    await page.key('Tab');
    focused = (await page.panel.focused())?.name;
  }
  expect(focused).toBe('Save');
  await page.key('Enter');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);

  await page.panel.seed('<p style="color: #ddd; background: #fff">Pale words</p>');
  expect((await page.panel.axe()).map(({ id }) => id)).toEqual(['color-contrast']);
});
