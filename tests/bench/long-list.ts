// Measures a page of 2,000 papers: when its badges stand, and what they cost beside the same page without the extension.
import type { Reader, ReaderOptions, Tab } from '../e2e/driver.ts';
import { startWorld, type World } from '../world/index.ts';
import { lists } from '../world/papers.ts';

/** What a page tells of itself while it is open. */
declare const window: { firstBadge?: number; lastBadge?: number; longTasks: number[] };

/** Times in ms, from the start of the navigation. */
interface Visit {
  /** The page has loaded. */
  loaded: number;
  /** The first badge stands, and the last of those near the viewport. */
  first: number;
  last: number;
  near: number;
  /** Long tasks while loading and while scrolling through: how many, and what they last above 50 ms each, in all. */
  tasks: number;
  blocked: number;
  /** Frames of scrolling through that took more than 50 ms. */
  slowFrames: number;
  /** Badges after that. */
  all: number;
  /** Calls of the background, and requests to both services that are not for the page itself. */
  messages: number;
  requests: number;
  /** Requests that the background made before, from the install on, by itself. */
  fill: number;
}

/** Made ready in each page before its own scripts. Firefox tells of no long tasks: there a late timer stands for one. */
function watch(): void {
  window.longTasks = [];
  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  } else {
    const channel = new MessageChannel();
    let before = performance.now();
    channel.port1.onmessage = () => {
      const now = performance.now();
      if (now - before > 50) window.longTasks.push(now - before);
      before = now;
      setTimeout(() => {
        before = performance.now();
        channel.port2.postMessage(0);
      });
    };
    channel.port2.postMessage(0);
  }
  const badges = document.getElementsByTagName('paper-margin-badge');
  let count = 0;
  new MutationObserver(() => {
    if (badges.length <= count) return;
    count = badges.length;
    window.firstBadge ??= performance.now();
    window.lastBadge = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

/** A quiet second after load: everything that starts by itself has happened. */
const rest = (tab: Tab) => tab.evaluate(() => new Promise((done) => setTimeout(done, 1000)));

/** A screen at each frame, to the end of the page. Gives the frames that took more than 50 ms. */
const scroll = (tab: Tab): Promise<number> =>
  tab.evaluate(async () => {
    const top = document.scrollingElement;
    let slow = 0;
    let before = performance.now();
    for (let last = -1; top && top.scrollTop > last; ) {
      last = top.scrollTop;
      top.scrollBy({ top: innerHeight, behavior: 'instant' });
      await new Promise((done) => requestAnimationFrame(done));
      const now = performance.now();
      if (now - before > 50) slow++;
      before = now;
    }
    return slow;
  });

/** Requests of the background: what the page itself loads has other paths. */
const asked = (world: World, mark: number): number =>
  world.since(mark).filter(({ path }) => path.startsWith('/api/')).length;

/** The first fill of the stored days, which starts at install: over when nothing is asked for three seconds. */
async function filled(world: World): Promise<number> {
  for (let before = -1; before < asked(world, 0); ) {
    before = asked(world, 0);
    await new Promise((done) => setTimeout(done, 3000));
  }
  return asked(world, 0);
}

async function visit(
  open: (options: ReaderOptions) => Promise<Reader>,
  bare: boolean,
): Promise<Visit> {
  const world = await startWorld({ recordings: undefined, quota: 100_000 });
  const reader = await open({ proxy: world.proxy, bare });
  try {
    // An extension page hears the messages that the background hears.
    const own = bare ? undefined : await reader.openOwn('library.html');
    await own?.untilState('ready');
    await own?.evaluate(() => {
      const { browser, chrome } = globalThis as never as Record<
        string,
        { runtime: { onMessage: { addListener(l: (m: unknown) => void): void } } }
      >;
      const heard = { count: 0 };
      Object.assign(globalThis, { heard });
      (browser ?? chrome)?.runtime.onMessage.addListener((message) => {
        if ((message as { verb?: string }).verb) heard.count++;
      });
    });
    const fill = bare ? 0 : await filled(world);
    await reader.atStart(watch);
    const tab = await reader.open('https://arxiv.org/');
    const mark = world.mark();
    await tab.goto(lists.long);
    await rest(tab);
    const times = await tab.evaluate(() => {
      const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return {
        loaded: load?.loadEventEnd ?? 0,
        first: window.firstBadge ?? 0,
        last: window.lastBadge ?? 0,
      };
    });
    const near = await tab.badges.count();
    const slowFrames = await scroll(tab);
    await rest(tab);
    const tasks = await tab.evaluate(() => window.longTasks);
    return {
      ...times,
      near,
      tasks: tasks.length,
      blocked: tasks.reduce((sum, duration) => sum + duration - 50, 0),
      slowFrames,
      all: await tab.badges.count(),
      messages:
        (await own?.evaluate(
          () => (globalThis as never as { heard: { count: number } }).heard.count,
        )) ?? 0,
      requests: asked(world, mark),
      fill,
    };
  } finally {
    await reader.close();
    await world.stop();
  }
}

const kinds: [key: keyof Visit, what: string][] = [
  ['loaded', 'page loaded, ms'],
  ['first', 'first badge, ms'],
  ['last', 'last badge near the viewport, ms'],
  ['near', 'badges near the viewport'],
  ['tasks', 'long tasks, loading and scrolling through'],
  ['blocked', 'what they last above 50 ms, ms'],
  ['slowFrames', 'frames above 50 ms while scrolling through'],
  ['all', 'badges after scrolling through'],
  ['messages', 'messages to the background'],
  ['requests', 'requests of the background'],
  ['fill', 'requests before, from the install on'],
];

/**
 * The page of 2,000 rows without and with the extension, as rows of a table: medians of `runs` new browsers each.
 * @returns `[what, without, with]`
 */
export async function measureLongList(
  open: (options: ReaderOptions) => Promise<Reader>,
  runs = 3,
): Promise<[what: string, without: string, withIt: string][]> {
  const without: Visit[] = [];
  const withIt: Visit[] = [];
  for (let run = 0; run < runs; run++) {
    without.push(await visit(open, true));
    withIt.push(await visit(open, false));
  }
  const median = (visits: Visit[], key: keyof Visit) =>
    visits.map((one) => one[key]).toSorted((a, b) => a - b)[Math.floor(visits.length / 2)] ?? 0;
  return kinds.map(([key, what]) => [
    what,
    median(without, key).toFixed(0),
    median(withIt, key).toFixed(0),
  ]);
}
