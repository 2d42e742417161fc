// Pages of many papers: each row has the one badge of its paper, whatever the site does with its rows.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recordings } from '../recordings.ts';
import type { Seen } from '../world/network.ts';
import { lists, oddRows, papers, repositories } from '../world/papers.ts';
import { listPath } from '../world/recorded.ts';
import type { Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { allRight } from './rows.ts';

declare const chrome: typeof import('wxt/browser').browser;

/** What a page tells of itself while it is open. */
declare const window: { persisted?: boolean; heard?: string[] };

const arxiv = 'https://arxiv.org';
const hub = 'https://huggingface.co';

const hydrated = (tab: Tab) =>
  expect
    .poll(() => tab.evaluate(() => document.documentElement.dataset.hydrated ?? ''))
    .toBe('yes');

/** Presses one of the site's own buttons or links. */
const pressOfSite = (tab: Tab, text: string) =>
  tab.evaluate((wanted) => {
    const all = [...document.querySelectorAll<HTMLElement>('main button, main a')];
    all.find(({ textContent }) => textContent === wanted)?.click();
  }, text);

/** Requests about one paper, to either service. */
const aboutOne = (seen: Seen[]) =>
  seen
    .filter(
      ({ path }) =>
        path.startsWith('/api/papers/') || path.startsWith('/api/query') || /\/abs\//.test(path),
    )
    .map(({ host, path }) => host + path);

const cards = (tab: Tab) => tab.evaluate(() => document.querySelectorAll('article').length);

test.describe('recorded pages', () => {
  test.use({ worldOptions: { recordings } });
  test.beforeEach(() => test.info().skip(!recordings, 'no recordings'));

  test('every row of every recorded list has the one badge of its paper', async ({
    reader,
    world,
  }) => {
    test.setTimeout(120_000);
    const files = recordings ? readdirSync(join(recordings, 'arxiv/rendered/list')) : [];
    expect(files.length).toBeGreaterThanOrEqual(11);
    const all = [
      `${arxiv}/search/?query=recorded`,
      `${arxiv}/list/astro-ph.EP/recent`,
      `${arxiv}/list/q-fin/new`,
      ...files.map((file) => arxiv + listPath(file.replace('.html', ''))),
      // Firefox draws this one, whose style sheets are not recorded, millions of pixels high by itself.
      `${hub}/papers?date=2024-08-01`,
    ];
    const addresses = [...new Set(all)].slice(0, reader.browser === 'firefox' ? 3 : undefined);
    const tab = await reader.open(`${arxiv}/`);
    const mark = world.mark();
    for (const address of addresses) {
      await test.step(address, async () => {
        await tab.goto(address);
        await tab.badges.scrollThrough();
        expect((await allRight(tab)).length).toBeGreaterThan(0);
        expect(await tab.hosts(), 'Panels').toBe(0);
      });
    }
    expect(aboutOne(world.since(mark))).toEqual([]);
    expect(await reader.consoleErrors()).toEqual([]);
  });
});

test('every row of every kind of list has the one badge of its paper', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  test.setTimeout(120_000);
  const kinds = [
    [`${arxiv}/list/cs.CL/recent`, 50],
    [`${arxiv}/list/cs.LG/new`, 15],
    [`${arxiv}/list/cs/recent?skip=25&show=25`, 25],
    [`${arxiv}/list/math/pastweek`, 1],
    [`${arxiv}/catchup/cs.LG/${world.today}?abs=True`, 15],
    [`${arxiv}/a/author_f_1`, 1],
    [`${arxiv}/search/?query=made-up`, 50],
    [`${arxiv}/search/?query=made-up&start=50&include_older_versions=1`, 5],
    [`${hub}/papers`, 12],
    [`${hub}/papers/date/${world.days[1]}`, 25],
    [`${hub}/papers/week/2020-W01`, 105],
    [`${hub}/papers/trending`, 105],
    [`${hub}/papers/trending?q=lantern`, 5],
  ] as const;
  const tab = await reader.open(`${arxiv}/`);
  const mark = world.mark();
  for (const [address, least] of kinds) {
    await test.step(address, async () => {
      await tab.goto(address);
      if (address.startsWith(hub)) await hydrated(tab);
      await tab.badges.scrollThrough();
      expect((await allRight(tab)).length).toBeGreaterThanOrEqual(least);
      expect(await tab.hosts(), 'Panels').toBe(0);
    });
  }
  // A list tells nobody which papers it shows, and reads none of their pages.
  expect(aboutOne(world.since(mark))).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('repositories at Hugging Face have one badge for each paper that they name', {
  tag: '@chromium',
}, async ({ reader }) => {
  const tab = await reader.open(`${hub}/`);
  for (const [path, ids] of Object.entries(repositories)) {
    await tab.goto(hub + path);
    await hydrated(tab);
    await expect
      .poll(async () => [...new Set(await tab.badges.ids())].toSorted(), path)
      .toEqual([...ids].toSorted());
    const doubled = await tab.evaluate(() => {
      const beside = [...document.querySelectorAll('paper-margin-badge')].map(
        ({ parentElement, nextElementSibling, previousElementSibling }) =>
          parentElement?.localName === 'paper-margin-badge' ||
          nextElementSibling?.localName === 'paper-margin-badge' ||
          previousElementSibling?.localName === 'paper-margin-badge',
      );
      return beside.filter(Boolean).length;
    });
    expect(doubled, `Badges side by side on ${path}`).toBe(0);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a badge saves in one click, every other place shows it, and it stays', async ({ reader }) => {
  const library = await reader.openOwn('library.html');
  const paper = await reader.open(`${arxiv}/abs/${papers.complete}`);
  await paper.panel.untilState('ready');
  const daily = await reader.open(`${hub}/papers`);
  await hydrated(daily);
  // The paper is there twice.
  const odd = await reader.open(lists.odd);
  await expect.poll(() => odd.badges.count()).toBe(6);
  const tab = await reader.open(`${arxiv}/list/cs.LG/new`);
  await expect.poll(() => tab.badges.badge(papers.complete).pressed('Save')).toBe(false);

  await tab.badges.badge(papers.complete).press('Save');
  await expect.poll(() => tab.badges.badge(papers.complete).pressed('Save')).toBe(true);
  const savedIn = () =>
    Promise.all([
      paper.panel.pressed('Save'),
      daily.badges.badge(papers.complete).pressed('Save'),
      odd.badges.badge(papers.complete).pressed('Save'),
      odd.badges.badge(papers.complete, 1).pressed('Save'),
    ]);
  await expect.poll(savedIn).toEqual([true, true, true, true]);
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([papers.complete]);
  await expect.poll(() => odd.badges.badge(papers.plain).pressed('Save')).toBe(false);
  // One click changed neither page nor address.
  expect(await tab.url()).toBe(`${arxiv}/list/cs.LG/new`);

  // Out of the library again, on the card of Hugging Face, which is one large link.
  await daily.activate();
  await daily.badges.badge(papers.complete).press('Save');
  await expect.poll(savedIn).toEqual([false, false, false, false]);
  await expect.poll(() => tab.badges.badge(papers.complete).pressed('Save')).toBe(false);
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([]);
  expect(await daily.url()).toContain(`${hub}/papers`);

  // A row that only arXiv knows carries its title into the library; its state is there after a reload.
  await tab.activate();
  const badge = tab.badges.badge(papers.plain);
  await badge.press(/^Reading state: unread/);
  await expect.poll(() => badge.has('button', 'Reading state: reading')).toBe(true);
  await badge.press('Save');
  await expect.poll(() => badge.pressed('Save')).toBe(true);
  await library.paper(papers.plain).untilText('A Plain Paper that only arXiv Knows');
  await tab.reload();
  await expect.poll(() => badge.has('button', 'Reading state: reading')).toBe(true);
  await expect.poll(() => badge.pressed('Save')).toBe(true);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('broken, doubled and very many rows each get the badge of their paper or none, and no error reaches the page', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  await reader.atStart(() => {
    window.heard = [];
    const hear = (what: unknown) => window.heard?.push(String(what));
    addEventListener('error', ({ message }) => hear(message));
    addEventListener('unhandledrejection', ({ reason }) => hear(reason));
    console.error = (...all) => hear(all.join(' '));
  });
  /** What the page's own console heard. */
  const heard = (tab: Tab) => tab.evaluate(() => window.heard);

  // Rows without a link or with an impossible one, a withdrawn paper, a paper in two rows, a row without its words.
  const tab = await reader.open(lists.odd);
  await tab.badges.scrollThrough();
  const ids = oddRows.filter((id) => id !== null);
  await expect.poll(() => tab.badges.ids()).toEqual(ids);
  expect(await allRight(tab)).toEqual(ids);
  const badge = tab.badges.badge(papers.oldStyleMath);
  await badge.press('Save');
  await expect.poll(() => badge.pressed('Save')).toBe(true);
  const library = await reader.openOwn('library.html');
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([papers.oldStyleMath]);
  await tab.activate();
  expect(await heard(tab)).toEqual([]);

  // The page ends in the middle of a row.
  const whole = world.fault({ host: 'arxiv.org', path: '/list/cs.CL/recent' }, 'truncate');
  await tab.goto(`${arxiv}/list/cs.CL/recent`);
  await tab.badges.scrollThrough();
  const there = await allRight(tab);
  expect(there.length).toBeGreaterThan(10);
  expect(there.length).toBeLessThan(50);
  expect(await heard(tab)).toEqual([]);
  whole();

  // Our own pages hear what the background is asked.
  await library.evaluate(() => {
    const looked = new Set<string>();
    Object.assign(globalThis, { looked });
    chrome.runtime.onMessage.addListener(({ verb, args }) => {
      if (verb === 'look') for (const id of args[0]) looked.add(id);
    });
  });
  await tab.goto(lists.longest);
  for (const end of ['start', 'end'] as const) {
    await tab.evaluate((block) => {
      [...document.querySelectorAll('#articles > dt')]
        .at(block === 'end' ? -1 : 0)
        ?.scrollIntoView({ block, behavior: 'instant' });
    }, end);
    const inView = () =>
      tab.evaluate(() =>
        [...document.querySelectorAll('#articles > dt')]
          .filter((row) => Math.abs(row.getBoundingClientRect().top) < 2000)
          .map((row) => [
            row.querySelector('a[title="Abstract"]')?.getAttribute('href'),
            [...row.querySelectorAll('paper-margin-badge')]
              .map((host) => `/abs/${(host as HTMLElement).dataset.paper}`)
              .join(),
          ]),
      );
    await expect
      .poll(async () => (await inView()).filter(([link, badges]) => link !== badges), end)
      .toEqual([]);
    expect((await inView()).length).toBeGreaterThan(10);
  }
  // What is far away was not looked at.
  const looked = await library.evaluate(
    () => (globalThis as unknown as { looked: Set<string> }).looked.size,
  );
  expect(looked).toBeGreaterThan(20);
  expect(looked).toBeLessThan(500);
  expect(await heard(tab)).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});

test.describe('Daily Papers', () => {
  test('cards keep the badges of their papers through hydration, other periods in place, a paper and back', async ({
    reader,
    world,
  }) => {
    // What stands there before the page takes over leaves no badge behind.
    const tab = await reader.open(`${hub}/papers/date/${world.today}?hydrate=1500`);
    await expect.poll(() => tab.badges.count()).toBeGreaterThan(0);
    await hydrated(tab);
    await tab.badges.scrollThrough();
    expect(await allRight(tab)).toHaveLength(12);

    await tab.goto(`${hub}/papers/date/${world.days[1]}`);
    await hydrated(tab);
    await tab.badges.scrollThrough();
    const yesterday = await allRight(tab);
    expect(yesterday).toEqual(world.list(world.days[1] ?? '').map(({ id }) => id));
    const [first = '', second = ''] = yesterday;
    await tab.badges.badge(first).press('Save');
    await expect.poll(() => tab.badges.badge(first).pressed('Save')).toBe(true);
    await tab.evaluate(() => {
      Object.assign(window, { sameDocument: true });
    });

    await pressOfSite(tab, 'Weekly');
    await expect.poll(() => tab.url()).toContain('/papers/week/');
    await expect.poll(() => cards(tab)).toBeGreaterThan(25);
    await tab.badges.scrollThrough();
    const week = await allRight(tab);
    expect(week).toEqual(
      world
        .period('week')
        .slice(0, 105)
        .map(({ id }) => id),
    );
    expect(await tab.evaluate(() => 'sameDocument' in window)).toBe(true);

    await pressOfSite(tab, 'Daily');
    await expect.poll(() => tab.url()).toContain(`/papers/date/${world.today}`);
    await expect.poll(() => cards(tab)).toBe(12);
    expect(await allRight(tab)).toEqual(world.list(world.today).map(({ id }) => id));

    // The state of a card belongs to its paper, not to the card.
    await tab.back();
    await tab.back();
    await expect.poll(async () => (await tab.badges.ids()).slice(0, 2)).toEqual([first, second]);
    expect(await allRight(tab)).toEqual(yesterday);
    await expect.poll(() => tab.badges.badge(first).pressed('Save')).toBe(true);
    await expect.poll(() => tab.badges.badge(second).pressed('Save')).toBe(false);

    // To a paper and back: no badge of the list beside the panel.
    await tab.goto(`${hub}/papers/date/${world.today}`);
    await hydrated(tab);
    const today = await allRight(tab);
    const { title } = world.list(world.today)[2] ?? { title: '' };
    await pressOfSite(tab, title);
    await expect.poll(() => tab.panel.id()).toBe(today[2]);
    await tab.panel.untilState('ready');
    expect(await tab.badges.ids()).toEqual([]);
    await tab.back();
    await expect.poll(() => tab.hosts()).toBe(0);
    expect(await allRight(tab)).toEqual(today);
    expect(await reader.consoleErrors()).toEqual([]);
  });
});

test('a list that comes back from the history shows what was saved meanwhile; rows it copies, moves or drops keep one badge each', async ({
  reader,
}) => {
  await reader.atStart(() =>
    addEventListener('pageshow', ({ persisted }) => {
      window.persisted = persisted;
    }),
  );
  const tab = await reader.open(`${arxiv}/list/cs.LG/new`);
  await tab.badges.scrollThrough();
  const rows = await allRight(tab);
  await tab.goto(`${arxiv}/abs/${papers.complete}`);
  await tab.panel.untilState('ready');
  await tab.panel.press('Save');
  await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
  await tab.back();
  expect(await tab.evaluate(() => window.persisted), 'From the back/forward cache').toBe(true);
  await expect.poll(() => tab.badges.badge(papers.complete).pressed('Save')).toBe(true);
  expect(await allRight(tab)).toEqual(rows);

  await tab.evaluate(() => {
    const [list] = document.querySelectorAll('#articles');
    const [first, second, third] = list?.querySelectorAll('dt') ?? [];
    // A copy comes with a badge that is nobody's.
    if (first) list?.append(first.cloneNode(true));
    if (second) list?.append(second);
    third?.remove();
    for (const host of document.querySelectorAll('dt:nth-of-type(4) paper-margin-badge'))
      host.remove();
  });
  await tab.badges.scrollThrough();
  const after = await allRight(tab);
  expect(after.toSorted()).toEqual([...rows.filter((_, at) => at !== 2), rows[0] ?? ''].toSorted());
  expect(await reader.consoleErrors()).toEqual([]);
});
