// What leaves the machine: nothing but period lists, until the person asks for a paper or lets papers be asked for.
import { leaks, type World } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import type { OwnPage, Reader, Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { letPass } from './stored-times.ts';

declare const chrome: typeof import('wxt/browser').browser;

const lists = 'huggingface.co/api/daily_papers?';
/** Hosts that browsers call at times of their own. All are refused. */
const byItself = /^[\w.-]+\.(google|googleapis|gvt1|mozilla|firefox)\.(com|org|net)$/;
/** The icon of a site: a browser asks for it when it finds the time, so not on every visit. */
const siteIcon = /^(arxiv\.org|huggingface\.co)\/[\w./-]*favicon[\w.-]*$/;
const arxiv = (id: string) => `https://arxiv.org/abs/${id}`;
const huggingFace = (id: string) => `https://huggingface.co/papers/${id}`;

/** The extension's own requests about single papers, in order: `huggingface.co 2601.80002`. */
function askedPapers(world: World, mark = 0): string[] {
  return world.since(mark).flatMap(({ host, path }) => {
    const hub = /^\/api\/papers\/([^?]+)/.exec(path)?.[1];
    if (hub) return [`${host} ${decodeURIComponent(hub)}`];
    const feed =
      host === 'export.arxiv.org' &&
      path.startsWith('/api/') &&
      new URLSearchParams(path.split('?')[1]);
    // The second is the same for everybody.
    return feed ? [`${host} ${feed.get('id_list')?.replace(/,0704\.0001$/, '')}`] : [];
  });
}

/** A panel that has nothing more to ask: what it asks by itself it asks before it is ready. */
async function opened(reader: Reader, url: string): Promise<Tab> {
  const tab = await reader.open(url);
  await tab.panel.untilState('ready');
  return tab;
}

/** Opens the fold and answers the question there. */
async function choose(
  popup: OwnPage,
  choice: 'Look up automatically' | 'Only when I ask',
): Promise<void> {
  await popup.press('Privacy');
  await popup.press(new RegExp(`^${choice}`));
}

test('nothing but whole lists is asked for until the person says so, whatever they open', async ({
  newReader,
  world,
}) => {
  const noPapers = [
    'https://arxiv.org/',
    'https://arxiv.org/list/cs.CL/recent',
    'https://huggingface.co/papers',
    'https://huggingface.co/models',
  ];
  const pages = [
    arxiv(papers.plain),
    arxiv(papers.complete),
    arxiv(papers.oldStyle),
    arxiv(papers.unknown),
    huggingFace(papers.neverDaily),
    huggingFace(papers.complete),
    huggingFace(papers.unknown),
    `https://arxiv.org/pdf/${papers.linksOnly}`,
    ...noPapers,
  ];
  const visit = async (reader: Reader) => {
    for (const url of pages) {
      const tab = await reader.open(url);
      if (noPapers.includes(url)) expect(await tab.hosts()).toBe(0);
      // A cookie and an address that a careless request would carry along.
      if (url.startsWith('https://huggingface.co/papers/')) {
        await tab.evaluate(() =>
          cookieStore.set({ name: 'token', value: 'a-secret', sameSite: 'none' }),
        );
      }
      await tab.close();
    }
  };
  const bare = await newReader({ bare: true });
  await visit(bare);
  await bare.close();
  const baseline = world.since();
  expect(baseline.some(({ path }) => path.startsWith('/api/'))).toBe(false);

  const mark = world.mark();
  const reader = await newReader();
  await visit(reader);
  for (const url of [arxiv(papers.plain), arxiv(papers.oldStyle), huggingFace(papers.neverDaily)]) {
    const tab = await opened(reader, url);
    await tab.panel.press('Save');
    await expect.poll(() => tab.panel.pressed('Save')).toBe(true);
    await tab.panel.press('Note');
    const note = await tab.panel.note();
    await note.type('Note', 'Mine alone');
    await note.untilState('saved');
    await tab.close();
  }
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  await choose(popup, 'Only when I ask');
  await (await opened(reader, huggingFace(papers.complete))).close();
  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  await library.type('Search your library', 'made-up words');

  const seen = world.since(mark);
  // Saving a paper of Hugging Face's page counts as asking: its page says nothing of its title.
  expect(askedPapers(world, mark)).toEqual([`huggingface.co ${papers.neverDaily}`]);
  const asked = `huggingface.co/api/papers/${papers.neverDaily}?`;
  expect(
    leaks(baseline, seen, [lists, asked, byItself, siteIcon]).map(({ host, path }) => host + path),
  ).toEqual([]);

  // The cookie is there: pages send it. Our requests do not, and do not say where the person was.
  const ours = seen.filter(({ path }) => path.startsWith('/api/'));
  const theirs = seen.filter(
    ({ host, path }) => host === 'huggingface.co' && !path.startsWith('/api/'),
  );
  expect(theirs.some(({ headers }) => headers.cookie?.includes('a-secret'))).toBe(true);
  for (const { headers, path } of ours) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.authorization).toBeUndefined();
    expect(headers.referer).toBeUndefined();
    expect(JSON.stringify(headers), path).not.toMatch(/\d{4}\.\d{5}|Mine alone/);
  }
  expect(
    seen.filter(({ headers }) => headers.purpose ?? headers['sec-purpose'] ?? headers['x-moz']),
  ).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('"Look up" asks once for that paper, and not again while the answer is fresh', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  for (const [id, url] of [
    [papers.neverDaily, arxiv(papers.neverDaily)],
    [papers.plain, arxiv(papers.plain)],
    [papers.complete, huggingFace(papers.complete)],
  ] as const) {
    const mark = world.mark();
    const tab = await opened(reader, url);
    await tab.panel.press('Look up');
    await expect.poll(() => tab.panel.has('button', 'Look up')).toBe(false);
    await tab.panel.untilState('ready');
    expect(askedPapers(world, mark)).toEqual([`huggingface.co ${id}`]);
    await tab.reload();
    await tab.panel.untilState('ready');
    expect(await tab.panel.has('button', 'Look up')).toBe(false);
    await (await opened(reader, arxiv(id))).close();
    expect(askedPapers(world, mark)).toHaveLength(1);
    await tab.close();
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

test('"Look up automatically" asks once for each opened paper, until the answer is changed', async ({
  newReader,
  world,
}) => {
  const reader = await newReader({ keepWelcome: true });
  const welcome = await reader.welcome();
  const before = await opened(reader, arxiv(papers.linksOnly));
  expect(askedPapers(world)).toEqual([]);
  await welcome.activate();
  await welcome.press('Look up automatically');
  await welcome.untilText('Papers are looked up automatically.');

  // At once, also for the paper that is open.
  await expect.poll(() => askedPapers(world)).toEqual([`huggingface.co ${papers.linksOnly}`]);
  await before.panel.untilText('Not on Hugging Face');

  const mark = world.mark();
  const expected: string[] = [];
  for (const [id, url] of [
    [papers.neverDaily, arxiv(papers.neverDaily)],
    [papers.plain, arxiv(papers.plain)],
    [papers.complete, huggingFace(papers.complete)],
    [papers.yesterday, `https://arxiv.org/pdf/${papers.yesterday}`],
  ] as const) {
    expected.push(`huggingface.co ${id}`);
    const tab = await reader.open(url);
    if (url.includes('/pdf/')) await (await reader.openPopup(tab)).untilText(/163 upvotes/);
    else await tab.panel.untilState('ready');
    await expect.poll(() => askedPapers(world, mark)).toEqual(expected);
    await tab.close();
  }
  // Known by now, and old ids, which Hugging Face never has; 404s too.
  for (const url of [
    arxiv(papers.neverDaily),
    huggingFace(papers.neverDaily),
    `${arxiv(papers.plain)}v1`,
    huggingFace(papers.complete),
    arxiv(papers.oldStyle),
    arxiv(papers.oldStyleMath),
  ]) {
    await (await opened(reader, url)).close();
  }
  await (await reader.open(arxiv(papers.unknown))).close();
  expect(askedPapers(world, mark)).toEqual(expected);

  // After an hour what is known is asked for again; that a paper is unknown holds longer.
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  await letPass(popup, 61 * 60_000);
  for (const id of [papers.neverDaily, papers.plain]) {
    const tab = await opened(reader, arxiv(id));
    if (id === papers.neverDaily) {
      await expect
        .poll(() => askedPapers(world, mark))
        .toEqual([...expected, `huggingface.co ${id}`]);
    }
    await tab.close();
  }
  expect(askedPapers(world, mark)).toHaveLength(expected.length + 1);

  await popup.activate();
  await choose(popup, 'Only when I ask');
  await expect.poll(() => choiceOf(popup)).toBe('ask');
  const quiet = world.mark();
  const tab = await opened(reader, arxiv(papers.math));
  expect(await tab.panel.has('button', 'Look up')).toBe(true);
  expect(askedPapers(world, quiet)).toEqual([]);

  await popup.activate();
  await popup.press(/^Look up automatically/);
  await expect.poll(() => askedPapers(world, quiet)).toEqual([`huggingface.co ${papers.math}`]);
  await tab.panel.untilText('Not on Hugging Face');

  // In Firefox the add-ons manager can take it back.
  if (reader.browser === 'firefox') {
    const activity = { data_collection: ['browsingActivity'] };
    expect(await granted(popup)).toEqual(['browsingActivity']);
    await popup.evaluate((what) => chrome.permissions.remove(what as object), activity);
    await expect.poll(() => choiceOf(popup)).toBe('ask');
    await (await opened(reader, arxiv(papers.withdrawn))).close();
    expect(askedPapers(world, quiet)).toHaveLength(1);
    await reader.stopBackground();
    await popup.press(/^Look up automatically/);
    await expect.poll(() => choiceOf(popup)).toBe('automatic');
    expect(await granted(popup)).toEqual(['browsingActivity']);
    await popup.press(/^Only when I ask/);
    await expect.poll(() => granted(popup)).toEqual([]);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});

const choiceOf = (own: OwnPage) =>
  own.evaluate(async () => {
    const answer = await chrome.runtime.sendMessage({
      to: 'paper-margin',
      verb: 'settings',
      args: [],
    });
    return answer.done.choice as unknown;
  });

const granted = (own: OwnPage) =>
  own.evaluate(
    async () =>
      ((await chrome.permissions.getAll()) as { data_collection?: string[] }).data_collection,
  );

test('saving a PDF asks Hugging Face for its title, and arXiv only when that does not know it', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  for (const [id, title, asked] of [
    [papers.neverDaily, 'A Paper that never was on Daily Papers', ['huggingface.co']],
    [papers.plain, '', ['huggingface.co', 'export.arxiv.org']],
    [papers.oldStyle, '', ['export.arxiv.org']],
  ] as const) {
    const mark = world.mark();
    const tab = await reader.open(`https://arxiv.org/pdf/${id}`);
    const popup = await reader.openPopup(tab);
    const current = popup.part('region', 'The paper of this tab');
    await expect.poll(() => current.pressed('Save')).toBe(false);
    expect(askedPapers(world, mark)).toEqual([]);
    await current.press('Save');
    await expect.poll(() => askedPapers(world, mark)).toEqual(asked.map((host) => `${host} ${id}`));
    const library = await reader.openOwn('library.html');
    const row = library.part('list', 'Library').paper(id);
    await expect.poll(() => row.text()).not.toMatch(/^arXiv:/);
    if (title) await row.untilText(title);
    await library.close();

    // Saved again, it asks for nothing.
    await popup.activate();
    await current.press('Save');
    await expect.poll(() => current.pressed('Save')).toBe(false);
    await current.press('Save');
    await expect.poll(() => current.pressed('Save')).toBe(true);
    await popup.close();
    await tab.close();
    expect(askedPapers(world, mark)).toHaveLength(asked.length);
  }
  expect(await reader.consoleErrors()).toEqual([]);
});
