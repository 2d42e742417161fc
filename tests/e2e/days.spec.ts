// Walks through all days of Daily Papers in the popup: each is complete, in order, and under its own date.
import { recordings } from '../recordings.ts';
import type { World } from '../world/index.ts';
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';

declare const chrome: typeof import('wxt/browser').browser;

test.use({ worldOptions: { recordings } });

const words = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'long',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});

/** `2026-08-21` -> `Friday, Aug 21, 2026` */
const heading = (day: string) => words.format(new Date(day));

function shift(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

async function showsWhole(popup: OwnPage, world: World, day: string): Promise<void> {
  const listed = world.list(day);
  await expect
    .poll(() => popup.papers(), `The papers of ${day}`)
    .toEqual(listed.map(({ id }) => id));
  await popup.untilState('ready');
  expect(await popup.text(), `The heading of ${day}`).toContain(heading(day));
  const votes = listed.map(({ upvotes }) => upvotes);
  expect(votes, `Upvotes of ${day}`).toEqual(votes.toSorted((one, other) => other - one));
}

test('every day is shown whole and in order of upvotes, there and back again', {
  tag: '@chromium',
}, async ({ newReader, world }) => {
  // One of the recorded days has no papers.
  const missed = world.recordedDays.filter((day) => !world.days.includes(world.shown(day)));
  expect(missed).toEqual(recordings ? ['2024-06-01'] : []);
  const reader = await newReader();
  const popup = await reader.openPopup();

  const [today = '', ...earlier] = world.days;
  await showsWhole(popup, world, today);
  expect(await popup.text()).not.toContain('No papers on');
  expect(await popup.text()).toContain(`${world.list(today).length} papers`);
  expect(await popup.part('list', 'Papers').papers()).toHaveLength(world.list(today).length);

  let newer = today;
  for (const day of earlier) {
    await test.step(`back to ${day}`, async () => {
      await popup.press('Previous day');
      await showsWhole(popup, world, day);
      const asked = shift(newer, -1);
      const sentence = `No papers on ${heading(asked)}. This is ${heading(day)}.`;
      if (asked === day) expect(await popup.text()).not.toContain('No papers on');
      else await popup.untilText(sentence);
      newer = day;
    });
  }
  for (const day of world.days.toReversed().slice(1, 6)) {
    await test.step(`forth to ${day}`, async () => {
      await popup.press('Next day');
      await showsWhole(popup, world, day);
    });
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test.describe('before the first paper of a day', () => {
  test.use({ worldOptions: { today: shift(new Date().toISOString().slice(0, 10), -1) } });

  test('the popup shows the last day that has papers, and says so', { tag: '@chromium' }, async ({
    reader,
    world,
  }) => {
    const popup = await reader.openPopup();
    await popup.untilState('ready');
    await showsWhole(popup, world, world.today);
    await popup.untilText(
      `No papers on ${heading(shift(world.today, 1))} yet. This is ${heading(world.today)}.`,
    );
    expect(await reader.consoleErrors()).toEqual([]);
  });
});
