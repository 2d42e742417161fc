// The digest that a person subscribes to: a topic and its group, files of it, longer periods, and Hugging Face's own search.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Lexer } from 'marked';
import { recordings } from '../recordings.ts';
import { papers } from '../world/papers.ts';
import { expect, test } from './fixtures.ts';

interface Seed {
  arxivId: string;
  title: string;
  abstract: string;
}

/** The word of the topic: that of the seed papers, or one of ours. */
const word = recordings ? 'llama' : 'lantern';
const about = new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu');
const seeds: Seed[] = recordings
  ? JSON.parse(readFileSync(join(recordings, 'seed-papers.json'), 'utf8'))
  : [];
const seeded = new Set(
  seeds
    .filter(({ title, abstract }) => about.test(`${title} ${abstract}`))
    .map((one) => one.arxivId),
);

const words = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'long',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});

/** Words of the head and the foot of a page that something else covers, or that stick out of their control. */
function coveredWords(): string[] {
  const covered: string[] = [];
  for (const control of document.querySelectorAll(
    ':is(header, footer) :is(button, summary, label, a)',
  )) {
    const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const words = new Range();
      words.selectNodeContents(text);
      const { left, right, top, height } = words.getBoundingClientRect();
      // What is folded away, or for the ear only, is not drawn.
      const parent = text.parentElement;
      if (!parent?.checkVisibility() || parent.getBoundingClientRect().width === 1) continue;
      const within = (x: number) =>
        control.contains(document.elementFromPoint(x, top + height / 2));
      if (!within(left + 1) || !within(right - 1)) covered.push(text.textContent ?? '');
    }
  }
  return covered;
}

test.describe('on the days of the seed papers', () => {
  test.use({ worldOptions: { recordings } });

  test('a topic has its group first in the digest, and leaves it as HTML, as Markdown and as a mail', async ({
    reader,
    world,
  }) => {
    const matching = (day: string) =>
      world.list(day).filter(({ id, title }) => about.test(title) || seeded.has(id));
    const day = world.days.find((one) => matching(one).length > 0) ?? '';
    const [first] = matching(day);
    const popup = await reader.openPopup();
    await popup.activate();
    await popup.untilState('ready');
    await popup.setViewport(320, 600);
    expect(await popup.evaluate(coveredWords)).toEqual([]);
    await popup.setViewport(1280, 720);

    await popup.press('Topics');
    await popup.press('Add a topic');
    await popup.type('Papers about', `"${word}`);
    await popup.untilText(/quotation mark/);
    await popup.retype('Papers about', word);
    await expect
      .poll(() => popup.text())
      .toMatch(/[1-9]\d* papers? of the last 30 days|No paper of/);
    expect(await popup.axe()).toEqual([]);
    await popup.press('Add topic');
    await popup.part('list', 'Topics').untilText(word);
    await popup.press('Close topics');
    await popup.untilState('ready');

    const list = popup.part('list', 'Papers');
    while (!(await popup.text()).includes(words.format(new Date(day)))) {
      await popup.press('Previous day');
      await popup.untilState('ready');
    }
    await expect.poll(() => list.papers()).toHaveLength(world.list(day).length);
    const [heading = '', others = ''] = (await popup.tree())
      .filter(({ role, name }) => role === 'heading' && /^(.+ \d+)$/.test(name))
      .map(({ name }) => name)
      .filter((name) => name.startsWith(word) || name.startsWith('Other papers'));
    const size = Number(heading.replace(word, ''));
    expect(size).toBeGreaterThanOrEqual(matching(day).length);
    const rest = world.list(day).length - size;
    expect(others).toBe(rest > 0 ? `Other papers ${rest}` : '');
    const group = (await list.papers()).slice(0, size);
    expect(group).toEqual(expect.arrayContaining(matching(day).map(({ id }) => id)));
    expect(await popup.axe()).toEqual([]);

    const folder = mkdtempSync(join(tmpdir(), 'paper-margin-'));
    try {
      await popup.press('Share');
      const html = await popup.download('Download HTML');
      expect(html).not.toMatch(/<script|src=|@import/i);
      const file = join(folder, 'digest.html');
      writeFileSync(file, html);
      const opened = await reader.open(pathToFileURL(file).href);
      const inFile = await opened.evaluate(() => ({
        headings: [...document.querySelectorAll('h1, h2')].map((one) => one.textContent),
        links: [...document.links].map(({ href }) => href),
      }));
      expect(inFile.headings.join('\n')).toContain(word);
      for (const { id } of world.list(day))
        expect(inFile.links.some((href) => href.endsWith(`/${id}`))).toBe(true);
      await opened.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
    await popup.activate();
    await popup.press('Share');
    const markdown = await popup.download('Download Markdown');
    const tokens = Lexer.lex(markdown);
    expect(tokens.some((token) => token.type === 'heading' && token.text.includes(word))).toBe(
      true,
    );
    for (const { id } of world.list(day)) expect(markdown).toContain(`/${id})`);
    await popup.press('Share');
    const mails = async () => (await popup.links()).filter((url) => url.startsWith('mailto:'));
    await expect.poll(mails).toHaveLength(1);
    const [mail = ''] = await mails();
    expect(mail.length).toBeLessThanOrEqual(1_800);
    expect(decodeURIComponent(mail)).toContain(first?.title.slice(0, 20));
    expect(await reader.consoleErrors()).toEqual([]);
  });
});

test('weeks, months and Trending are shown whole in the order of the service, filters hold, and a search asks only when pressed', async ({
  reader,
  world,
}) => {
  const popup = await reader.openPopup();
  // Browsers let pages that nobody sees go on slowly, and rows come bit by bit.
  await popup.activate();
  await popup.untilState('ready');
  const list = popup.part('list', 'Papers');
  const ids = (entries: { id: string }[]) => entries.map(({ id }) => id);
  const periods = [
    ['Month', 'month'],
    ['Trending', 'trending'],
    ['Week', 'week'],
  ] as const;
  for (const [name, period] of reader.browser === 'chromium' ? periods : periods.slice(-1)) {
    await popup.press(name);
    await expect.poll(() => list.papers(), name).toEqual(ids(world.period(period)));
  }
  await popup.untilState('ready');
  // Once fetched it is there without the service, and what was chosen last is chosen.
  const down = world.fault({ host: 'huggingface.co' }, 'reset');
  await popup.reload();
  await expect.poll(() => list.papers()).toEqual(ids(world.period('week')));
  down();

  const week = world.period('week').length;
  await popup.press('Filters');
  await popup.press('Has code');
  await popup.untilText(new RegExp(`\\d+ of ${week} papers`));
  const left = Number(/(\d+) of \d+ papers/.exec(await popup.text())?.[1]);
  expect(left).toBeLessThan(week);
  await expect.poll(async () => (await list.papers()).length).toBe(left);
  const coded = await list.papers();
  await popup.reload();
  await expect.poll(() => list.papers()).toEqual(coded);
  await popup.type('Filter this list', 'zzqqzz');
  await popup.untilState('empty');
  await popup.press('Clear filters');
  await expect.poll(async () => (await list.papers()).length).toBe(week);

  const found = world.list(world.today).find(({ id }) => id === papers.complete);
  await list.paper(papers.complete).press('Save');
  const mark = world.mark();
  await popup.type('Filter this list', found?.title ?? '');
  await expect.poll(async () => (await list.papers()).length).toBeLessThan(week);
  const searches = () => world.since(mark).filter(({ path }) => path.includes('/papers/search'));
  expect(searches()).toEqual([]);
  await popup.press('Search Hugging Face');
  await expect.poll(() => searches().length).toBe(1);
  await expect.poll(() => popup.papers()).toContain(papers.complete);
  await expect.poll(() => popup.paper(papers.complete).pressed('Save')).toBe(true);
  expect(await popup.axe()).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});
