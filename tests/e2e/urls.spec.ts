// The table of URLs in a real browser: which pages get a panel, a chip, badges or nothing, with which paper.
import { type Case, urls } from '../sites/urls.ts';
import { papers } from '../world/papers.ts';
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

/** What kind of case this is: the host, the first part of its path, what is expected there, old or new ids, odd writing. */
const kindOf = ([address, expected]: Case) => {
  const { hostname, pathname } = new URL(address);
  const [area = '', ...rest] = pathname.split('/').filter(Boolean);
  const is = Array.isArray(expected) ? `${expected[1]} ${/\D\//.test(expected[0])}` : !!expected;
  const odd = /%|\/\/|[A-Z]|\.pdf$/.test(rest.join('/'));
  return [hostname.replace(/^(www|export)\./, ''), area, is, odd].join(' ');
};

/** One URL of each kind: what a URL is was proved for all of them already, without a browser. */
const sample = (all: Case[]) =>
  [...Map.groupBy(all, kindOf).values()].flatMap((cases) => cases.slice(0, 1));

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

test('each kind of URL of the table gets what the table says of it, and nothing where its page is missing', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  test.setTimeout(120_000);
  const tab = await reader.open('https://arxiv.org/');
  const wrong: string[] = [];
  const counts = { panel: 0, pdf: 0, badges: 0, nothing: 0 };
  for (const [url, expected] of sample(table)) {
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
  expect(counts.panel).toBeGreaterThan(4);
  expect(counts.pdf).toBeGreaterThan(0);
  expect(counts.badges).toBeGreaterThan(4);
  expect(counts.nothing).toBeGreaterThan(10);

  // Addresses that lead on get what the page there gets.
  await tab.goto(`https://arxiv.org/search/?query=${papers.complete}`);
  await expect.poll(() => tab.panel.id()).toBe(papers.complete);
  expect(await tab.badges.ids()).toEqual([]);
  await tab.goto('https://hf.co/papers');
  const today = world.list(world.today).map(({ id }) => id);
  await expect.poll(() => tab.badges.ids()).toEqual(today);
  expect(await tab.hosts()).toBe(0);
  // On a page of another site there is nothing of ours.
  await tab.goto('https://blog.example/');
  expect(await shownIn(tab)).toMatchObject({ status: 200, hosts: [], badges: [] });
  expect(await reader.consoleErrors()).toEqual([]);
});
