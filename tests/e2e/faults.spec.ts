// Whatever a service answers, or does not: what is stored stays in sight, a sentence says what is wrong, a retry works.
import { busyAtTheEdge, type Fault, quotaUsedUp } from '../world/faults.ts';
import type { World } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import type { OwnPage, Reader, Tab, View } from './driver.ts';
import { expect, share, test } from './fixtures.ts';
import { letPass } from './stored-times.ts';

declare const chrome: typeof import('wxt/browser').browser;

/** Faults that leave no usable answer, one of a kind, and the beginning of what panel and popup then say. */
const failures: [name: string, fault: Fault, panel: string, popup: string][] = [
  ...[500, 451].map((status): [string, Fault, string, string] => [
    `status ${status}`,
    { status, body: 'No.' },
    'Hugging Face has a problem.',
    'Hugging Face has a problem of its own.',
  ]),
  [
    'a redirect',
    { status: 302, headers: { location: 'https://huggingface.co/login' } },
    ...silent(),
  ],
  ['an empty answer', { status: 200 }, ...unreadable()],
  ['a reset', 'reset', ...silent()],
  ['no content', { status: 204 }, ...unreadable()],
  ['an answer that breaks off', 'cut', ...silent()],
  ['half of the JSON', 'truncate', ...unreadable()],
  ['a web page', 'html', ...unreadable()],
];

function silent(): [string, string] {
  return ['Hugging Face cannot be reached.', 'Hugging Face cannot be reached.'];
}

function unreadable(): [string, string] {
  return ['Hugging Face sent no readable answer.', 'The answer of Hugging Face could not be read.'];
}

const upvotes = '163 upvotes';

/** Presses the view's retry, once that can be pressed, and waits for the request. */
async function retry(view: View, world: World, path: string): Promise<void> {
  const mark = world.mark();
  await view.press('Try again');
  await expect.poll(() => world.since(mark).some((seen) => seen.path.startsWith(path))).toBe(true);
}

/** What the background answers to a person's click, once it is done with it. */
async function told(own: OwnPage, verb: string, args: unknown[]): Promise<unknown> {
  const call = { to: 'paper-margin', verb, args };
  const answer = await own.evaluate((sent) => chrome.runtime.sendMessage(sent), call);
  return (answer as { done: unknown }).done;
}

/** Nothing from outside ran or became a link that runs. */
async function unharmed(page: Tab | OwnPage, view: View): Promise<void> {
  const harm = await page.evaluate(() => ({
    attacked: document.documentElement.dataset.attacked ?? null,
    polluted: ({} as { polluted?: unknown }).polluted ?? null,
  }));
  expect(harm).toEqual({ attacked: null, polluted: null });
  expect(
    (await view.links()).filter((url) => !/^(https?|chrome-extension|moz-extension):/.test(url)),
  ).toEqual([]);
  // Markup in a string would have become an element.
  expect((await view.tree()).filter(({ role }) => role === 'img')).toEqual([]);
}

/** Saves and notes a paper, so that there is something to lose. */
async function keepSomething(reader: Reader): Promise<void> {
  const tab = await reader.open(`https://arxiv.org/abs/${papers.math}`);
  await tab.panel.untilState('ready');
  await tab.panel.press('Note');
  const note = await tab.panel.note();
  await note.type('Note', 'Keep me.');
  await note.untilState('saved');
  await tab.close();
}

async function isKept(reader: Reader): Promise<void> {
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  await library.part('list', 'Library').paper(papers.math).untilText('Keep me.');
  await library.close();
}

test('whatever is answered about a paper, its panel settles, keeps what is stored, and can try again', async ({
  reader,
  world,
}) => {
  await keepSomething(reader);
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  const [, , , hanging] = world.list(world.today).map(({ id }) => id);
  const path = (id: string) => `/api/papers/${id}`;
  const ask = async (id: string) => {
    const tab = await reader.open(`https://arxiv.org/abs/${id}`);
    await tab.panel.untilState('ready');
    await tab.panel.press('Look up');
    await expect
      .poll(() => world.requests.some((seen) => seen.path.startsWith(path(id))))
      .toBe(true);
    return tab;
  };

  // A service that never answers is given up; the rest goes on meanwhile.
  const endHang = world.fault({ host: 'huggingface.co', path: path(hanging ?? '') }, 'hang');
  const waiting = await ask(hanging ?? '');

  // One paper that is on a stored list, one of which nothing is stored.
  const [listed, unlisted] = [papers.complete, papers.plain];
  const first = world.fault({ host: 'huggingface.co' }, { status: 500 });
  const tab = await ask(listed);
  await tab.panel.untilState('offline');
  const other = await ask(unlisted);
  await other.panel.untilState('offline');
  await other.panel.untilText('Nothing is stored yet.');
  first();
  await tab.activate();
  for (const [name, fault, sentence] of share(failures, reader)) {
    const over = world.fault({ host: 'huggingface.co', path: path(listed) }, fault);
    await retry(tab.panel, world, path(listed));
    await tab.panel.untilText(sentence);
    expect(await tab.panel.state(), name).toBe('offline');
    expect(await tab.panel.text(), name).toContain(upvotes);
    over();
  }
  // A wrong shape is not readable; too many requests leave it alone as long as the service says.
  for (const [fault, sentence, wait] of [
    ['wrong-shape', 'Hugging Face sent no readable answer.', 0],
    [busyAtTheEdge, 'Hugging Face is busy now.', 5 * 60_000],
    [quotaUsedUp(60), 'Hugging Face is busy now.', 62_000],
    [{ status: 429, headers: { 'retry-after': '600' } }, 'Hugging Face is busy now.', 601_000],
  ] as const) {
    const over = world.fault({ host: 'huggingface.co', path: path(listed) }, fault);
    await retry(tab.panel, world, path(listed));
    await tab.panel.untilText(sentence);
    over();
    if (wait > 0) {
      const mark = world.mark();
      expect(await told(popup, 'lookUp', [listed])).toMatchObject({ trouble: { kind: 'busy' } });
      expect(world.since(mark).filter((seen) => seen.path.startsWith(path(listed)))).toEqual([]);
      await letPass(popup, wait);
    }
  }
  await retry(tab.panel, world, path(listed));
  await tab.panel.untilState('ready');
  await tab.panel.untilText('2 models');
  await other.activate();
  await retry(other.panel, world, path(unlisted));
  await other.panel.untilText('Not on Hugging Face');
  expect(await other.panel.state()).toBe('ready');

  // Answers that can be used in part: what is known stays, nothing is made up.
  const [, , wrong, , unknown] = world.list(world.today).map(({ id }) => id);
  world.fault({ host: 'huggingface.co', path: path(wrong ?? '') }, 'wrong-types');
  world.fault(
    { host: 'huggingface.co', path: path(unknown ?? '') },
    { status: 200, body: '{"error":"Paper not found"}' },
  );
  for (const id of [wrong, unknown]) {
    const page = await ask(id ?? '');
    await expect
      .poll(() => world.requests.some((seen) => seen.path.startsWith(path(id ?? ''))))
      .toBe(true);
    await page.panel.untilState('ready');
    await page.panel.untilText(/[1-9]\d* upvotes/);
    expect(await page.panel.text()).not.toMatch(/undefined|NaN|null|many|perhaps|\[object/);
    await page.close();
  }

  await expect.poll(() => waiting.panel.state()).toBe('offline');
  await waiting.panel.untilText('Hugging Face cannot be reached.');
  expect(await waiting.panel.text()).toMatch(/\d+ upvotes/);
  endHang();
  await waiting.activate();
  await waiting.panel.press('Try again');
  await waiting.panel.untilState('ready');
  await isKept(reader);
});

test('whatever is answered about a day, the popup settles, keeps what is stored, and can try again', {
  tag: '@chromium',
}, async ({ newReader, world }) => {
  const listOf = (day: string) => `/api/daily_papers?date=${day}&`;
  const days = (day: string) => ({ host: 'huggingface.co', path: new RegExp(`date=${day}&`) });

  // From the first start on, with nothing stored.
  const down = world.fault({ host: 'huggingface.co', path: '/api/daily_papers' }, 'reset');
  const reader = await newReader();
  const popup = await reader.openPopup();
  await popup.untilState('offline');
  await popup.untilText('Hugging Face cannot be reached. No list is stored yet.');
  expect(await popup.part('list', 'Papers').papers()).toEqual([]);
  down();
  await popup.press('Try again');
  await popup.untilState('ready');
  const today = world.list(world.today).map(({ id }) => id);
  const shown = popup.part('list', 'Papers');
  expect(await shown.papers()).toEqual(today);
  await keepSomething(reader);

  // Another day, whose list never comes.
  const endHang = world.fault(days(world.days[1] ?? ''), 'hang');
  const waiting = await reader.openPopup();
  await waiting.untilState('ready');
  await waiting.press('Previous day');
  await expect
    .poll(() => world.requests.some(({ path }) => path.startsWith(listOf(world.days[1] ?? ''))))
    .toBe(true);

  const [[, , , said] = ['', '', '', ''], ...more] = failures;
  await letPass(popup, 16 * 60_000);
  const begin = world.fault(days(world.today), { status: 500 });
  await popup.reload();
  await popup.untilState('offline');
  await popup.untilText(said);
  begin();
  for (const [name, fault, , sentence] of [
    ...more,
    ['a wrong shape', 'wrong-shape', '', 'The answer of Hugging Face could not be read.'] as const,
  ]) {
    const over = world.fault(days(world.today), fault);
    await retry(popup, world, listOf(world.today));
    await popup.untilText(sentence);
    await popup.untilState('offline');
    expect(await shown.papers(), name).toEqual(today);
    expect(await popup.text(), name).toContain(upvotes);
    over();
  }
  for (const [fault, wait] of [
    [busyAtTheEdge, 5 * 60_000],
    [quotaUsedUp(60), 62_000],
  ] as const) {
    const over = world.fault(days(world.today), fault);
    await retry(popup, world, listOf(world.today));
    await popup.untilText('Hugging Face asks us to wait.');
    over();
    const mark = world.mark();
    expect(await told(popup, 'refreshPeriod', [{ kind: 'day' }, true])).toMatchObject({
      trouble: { kind: 'busy' },
    });
    expect(world.since(mark).filter(({ path }) => path.startsWith(listOf(world.today)))).toEqual(
      [],
    );
    expect(await shown.papers()).toEqual(today);
    await letPass(popup, wait);
  }
  // Other types: the ids are there, and what was known of each paper stays.
  const wrong = world.fault(days(world.today), 'wrong-types');
  await retry(popup, world, listOf(world.today));
  await popup.untilState('ready');
  expect((await shown.papers()).toSorted()).toEqual(today.toSorted());
  expect(await popup.text()).toContain(upvotes);
  wrong();

  await expect.poll(() => waiting.state()).toBe('offline');
  await waiting.untilText('Hugging Face cannot be reached.');
  endHang();
  await waiting.activate();
  await waiting.press('Try again');
  await waiting.untilState('ready');
  expect(await waiting.part('list', 'Papers').papers()).toEqual(
    world.list(world.days[1] ?? '').map(({ id }) => id),
  );
  await isKept(reader);
});

test('hostile strings of a service are text, wherever they appear', { tag: '@chromium' }, async ({
  newReader,
  world,
}) => {
  world.fault({ host: 'huggingface.co', path: '/api/daily_papers' }, 'hostile');
  world.fault({ host: 'huggingface.co', path: /^\/api\/papers\// }, 'hostile');
  world.fault({ host: 'export.arxiv.org' }, 'hostile');
  const reader = await newReader();
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  await expect
    .poll(() => popup.part('list', 'Papers').papers())
    .toHaveLength(world.list(world.today).length);
  await popup.untilText('<img src=x onerror=');
  await unharmed(popup, popup);

  const first = papers.complete;
  for (const url of [
    `https://arxiv.org/abs/${first}`,
    `https://huggingface.co/papers/${papers.neverDaily}`,
  ]) {
    const tab = await reader.open(url);
    await tab.panel.untilState('ready');
    await tab.panel.press('Look up');
    await expect.poll(() => tab.panel.has('button', 'Look up')).toBe(false);
    if (url.includes(first)) {
      await tab.panel.press(/^More/);
      await tab.panel.untilText(/onerror=|<script>/);
    }
    await tab.panel.press('Save');
    await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
    await unharmed(tab, tab.panel);
    expect(await tab.hosts()).toBe(1);
  }
  // And one whose title comes from arXiv's own service.
  const pdf = await reader.open(`https://arxiv.org/pdf/${papers.oldStyle}`);
  const over = await reader.openPopup(pdf);
  await over.part('region', 'The paper of this tab').press('Save');

  const library = await reader.openOwn('library.html');
  const rows = library.part('list', 'Library');
  await expect.poll(() => rows.papers()).toHaveLength(3);
  await expect
    .poll(() => rows.paper(papers.oldStyle).text())
    .toMatch(/onerror|script|javascript|left/);
  await rows.paper(papers.neverDaily).untilText(/onerror|script|javascript|left/);
  await unharmed(library, library);
  await unharmed(over, over);
  const file = await library.download('Export');
  expect(file).not.toContain('polluted');
  await library.upload(
    'Import',
    file.replaceAll('"saved"', '"__proto__":{"polluted":true},"saved"'),
  );
  await library.untilText(/already here|with changes/);
  await unharmed(library, library);
  expect(await reader.consoleErrors()).toEqual([]);
});
