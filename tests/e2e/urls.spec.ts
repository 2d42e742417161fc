// The table of URLs in a real browser: which pages get a panel, a chip, badges or nothing, with which paper.
import { type Case, urls } from '../sites/urls.ts';
import { lists, papers } from '../world/papers.ts';
import type { Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';

/** Papers of the table, and those that this world has in their place. */
const inThisWorld = [
  ['1810.04805', papers.complete],
  ['hep-th/9901001', papers.oldStyle],
  ['HEP-TH/9901001', papers.oldStyle],
  ['hepth/9901001', papers.oldStyle],
  ['9901001', '9901999'],
  ['math.GT/0309136', 'math.GT/0309999'],
  ['math/0309136', papers.oldStyleMath],
  ['0704.0001', papers.fourDigits],
] as const;

const moved = (text: string) => {
  const found = inThisWorld.find(([from]) => text.includes(from));
  return found ? text.replace(found[0], found[1]) : text;
};

/** What of ours a page shows, once it had the time to: the panel's paper, or what the badges are about. */
interface Shown {
  status: number;
  type: string;
  hosts: string[];
  badges: string[];
  rows: number;
}

/** Content scripts of a loaded page have seen it whole after two frames. */
const shownIn = (tab: Tab): Promise<Shown> =>
  tab.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let frames = 0; frames < 4; frames++) await frame();
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const all = (name: string) =>
      [...document.querySelectorAll<HTMLElement>(name)].map(({ dataset }) => `${dataset.paper}`);
    return {
      status: load?.responseStatus ?? 0,
      type: document.contentType,
      hosts: all('paper-margin-panel'),
      badges: all('paper-margin-badge'),
      rows: document.querySelectorAll('dl#articles > dt, li.arxiv-result, article.card').length,
    };
  });

const served = (host: RegExp) => (one: Case) =>
  host.test(new URL(one[0]).hostname) && new URL(one[0]).protocol.startsWith('http');

/** Not in the table's sense: these only lead on to another page of it. */
const leadingOn = ['https://arxiv.org/search/?query=1810.04805', 'https://hf.co/papers'];

const table = [
  ...urls.arxiv.filter(served(/^((www|export)\.)?arxiv\.org$/)),
  ...urls.huggingface.filter(served(/^(huggingface|hf)\.co$/)),
].filter(([url]) => !leadingOn.includes(url));

/** Every third URL, others in each browser: what a URL is was proved for all of them already, without a browser. */
const sample = (all: Case[], browser: string) =>
  all.filter((_, at) => at % 3 === (browser === 'firefox' ? 1 : 0));

/** What a URL turned out to be, and what is wrong with what the page shows. */
interface Verdict {
  is: 'panel' | 'pdf' | 'badges' | 'nothing';
  fault?: string | false;
}

function judge(expected: Case[1], { status, type, hosts, badges, rows }: Shown): Verdict {
  const unasked = hosts.length > 0 && 'has a panel';
  if (!Array.isArray(expected)) {
    if (expected && status === 200 && rows > 0)
      return { is: 'badges', fault: unasked || (badges.length === 0 && 'lacks badges') };
    return { is: 'nothing', fault: unasked || (badges.length > 0 && 'has badges') };
  }
  const [id, kind] = expected;
  const paper = moved(id);
  if (badges.length > 0) return { is: 'panel', fault: 'has badges' };
  if (kind === 'pdf' && type === 'application/pdf') {
    // Not every browser lets a chip stand over a PDF.
    return { is: 'pdf', fault: hosts.some((host) => host !== paper) && 'has a wrong chip' };
  }
  if (status !== 200 || (kind !== 'abs' && kind !== 'html'))
    return { is: 'nothing', fault: unasked };
  return { is: 'panel', fault: hosts.join() !== paper && `lacks the one panel of ${paper}` };
}

test('each URL of the table gets what the table says of it, and nothing where its page is missing', async ({
  reader,
}) => {
  test.setTimeout(120_000);
  const tab = await reader.open('https://arxiv.org/');
  const wrong: string[] = [];
  const counts = { panel: 0, pdf: 0, badges: 0, nothing: 0 };
  for (const [url, expected] of sample(table, reader.browser)) {
    const address = moved(url);
    // Some answers are downloads or no page at all: there is nothing to see then.
    const reached = await tab.goto(address).then(
      () => true,
      () => false,
    );
    if (!reached) {
      await tab.goto('https://arxiv.org/');
      continue;
    }
    // What is missing may come; what is too much does not go.
    const end = Date.now() + 5_000;
    let shown = await shownIn(tab);
    while (judge(expected, shown).fault && Date.now() < end) shown = await shownIn(tab);
    const { is, fault } = judge(expected, shown);
    counts[is]++;
    if (fault) wrong.push(`${address}: ${fault} ${JSON.stringify(shown)}`);
  }
  expect(wrong).toEqual([]);
  // The world has pages enough of each kind that the table is put to the proof.
  expect(counts.panel).toBeGreaterThan(8);
  expect(counts.pdf).toBeGreaterThan(1);
  expect(counts.badges).toBeGreaterThan(4);
  expect(counts.nothing).toBeGreaterThan(20);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('addresses that lead on get what the page there gets', async ({ reader, world }) => {
  const tab = await reader.open(`https://arxiv.org/search/?query=${papers.complete}`);
  await expect.poll(() => tab.panel.id()).toBe(papers.complete);
  expect(await tab.badges.ids()).toEqual([]);
  await tab.goto('https://hf.co/papers');
  const today = world.list(world.today).map(({ id }) => id);
  await expect.poll(() => tab.badges.ids()).toEqual(today);
  expect(await tab.hosts()).toBe(0);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('a PDF gets no panel, and at most the chip of its paper', async ({ reader }) => {
  const tab = await reader.open(`https://arxiv.org/pdf/${papers.complete}v1`);
  const { hosts, badges } = await shownIn(tab);
  expect(badges).toEqual([]);
  expect(hosts.filter((id) => id !== papers.complete)).toEqual([]);
});

test('on a page of another site there is nothing of ours', async ({ reader }) => {
  const tab = await reader.open('https://blog.example/');
  expect(await shownIn(tab)).toMatchObject({ status: 200, hosts: [], badges: [] });
  await tab.goto(lists.odd);
  await expect.poll(() => tab.badges.count()).toBeGreaterThan(0);
  expect(await reader.consoleErrors()).toEqual([]);
});
