// axe-core finds nothing in any surface, inside the closed root too; and it does find what is really wrong there.
import type { View } from './driver.ts';
import { expect, test } from './fixtures.ts';

/** Nothing is wrong in a view; and a button without a name, put into it, is found. */
async function findsOnlyWhatIsSeeded(view: View) {
  expect(await view.axe()).toEqual([]);
  await view.seed('<button></button>');
  expect((await view.axe()).map(({ id }) => id)).toEqual(['button-name']);
}

for (const colours of ['light', 'dark'] as const) {
  test(`panel and note frame on arXiv, ${colours}`, async ({ reader, world }) => {
    await reader.dark(colours === 'dark');
    const [paper] = world.list(world.days[0] ?? '');
    const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
    await page.panel.untilState('ready');
    await page.panel.press('Note');
    const note = await page.panel.note();
    await note.type('Note', 'A **thought** with [a link](https://example.org).');
    await note.untilState('saved');
    await findsOnlyWhatIsSeeded(page.panel);
    await findsOnlyWhatIsSeeded(note);
  });

  test(`panel and a read note on Hugging Face, ${colours}`, async ({ reader, world }) => {
    await reader.dark(colours === 'dark');
    const [paper] = world.list(world.days[0] ?? '');
    const first = await reader.open(`https://huggingface.co/papers/${paper?.id}`);
    await first.panel.untilState('ready');
    await first.panel.press('Note');
    const written = await first.panel.note();
    await written.type('Note', 'A **thought** with [a link](https://example.org).');
    await written.untilState('saved');
    await first.close();
    const page = await reader.open(`https://huggingface.co/papers/${paper?.id}`);
    await page.panel.untilState('ready');
    const note = await page.panel.note();
    await note.untilText('thought');
    await findsOnlyWhatIsSeeded(page.panel);
    await findsOnlyWhatIsSeeded(note);
  });

  test(`popup, library and welcome, ${colours}`, async ({ newReader, world }) => {
    const reader = await newReader({ keepWelcome: true });
    await reader.dark(colours === 'dark');
    const welcome = await reader.welcome();
    await welcome.untilText('Only when I ask');
    await findsOnlyWhatIsSeeded(welcome);

    const [paper] = world.list(world.days[0] ?? '');
    const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
    await page.panel.untilState('ready');
    await page.panel.press('Save');
    await expect.poll(() => page.panel.pressed('Save')).toBe(true);

    const popup = await reader.openPopup(page);
    await popup.untilState('ready');
    await findsOnlyWhatIsSeeded(popup);

    const library = await reader.openOwn('library.html');
    await library.untilState('ready');
    expect(await library.papers()).toEqual([paper?.id]);
    await findsOnlyWhatIsSeeded(library);
  });
}

test('words that are too pale to read are found inside the closed root', async ({
  reader,
  world,
}) => {
  const [paper] = world.list(world.days[0] ?? '');
  const page = await reader.open(`https://arxiv.org/abs/${paper?.id}`);
  await page.panel.untilState('ready');
  await page.panel.seed('<p style="color: #ddd; background: #fff">Pale words</p>');
  expect((await page.panel.axe()).map(({ id }) => id)).toEqual(['color-contrast']);
});

test('the panel is worked by the keyboard alone', async ({ reader, world }) => {
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
});
