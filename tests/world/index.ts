// The replica world: the real host names of arXiv, Hugging Face and the optional sites, on loopback, with faults on demand.
import { arxivSite } from './arxiv.ts';
import { type DailyItem, emptyCatalogue } from './catalogue.ts';
import { addDays, dayOf } from './clock.ts';
import type { Fault } from './faults.ts';
import { huggingFaceSite, shortNameSite } from './huggingface.ts';
import { type FaultMatch, openNetwork, type Seen } from './network.ts';
import { otherSites } from './other-sites.ts';
import { addOwnPapers, ownDays } from './papers.ts';
import { listOf, nameOf, type Period, trending } from './periods.ts';
import { addRecordings } from './recorded.ts';

/** A paper as the world's day lists show it. */
export interface Entry {
  id: string;
  title: string;
  upvotes: number;
}

export interface World {
  /** `http://127.0.0.1:PORT`, for the browser's proxy setting; certificate errors must be ignored. */
  proxy: string;
  /** Every request, and every host that was refused, in order. */
  requests: Seen[];
  /** A place in `requests`, for `since`. */
  mark(): number;
  /** What was asked after a mark. */
  since(mark?: number): Seen[];
  /** Switches a fault on; the newest that meets a request wins. Returns what takes it back. */
  fault(match: FaultMatch, fault: Fault): () => void;
  /** The UTC day of the present, `YYYY-MM-DD`. */
  today: string;
  /** Days of the present that have papers, newest first. The recorded days under their own dates are not among them. */
  days: string[];
  /** Recorded days, newest first. Empty without recordings. */
  recordedDays: string[];
  /** The papers of a day in order of upvotes; empty for a day without. */
  list(day: string): Entry[];
  /** The papers of the present week or month, or of Trending, in the service's own order. */
  period(period: Period): Entry[];
  /** The day of the present that shows a recorded day. */
  shown(recordedDay: string): string;
  /** The recorded day that a day of the present shows; undefined where it shows none. */
  recorded(day: string): string | undefined;
  /** Closes everything, hanging connections too. */
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** Folder of recordings to serve too. */
  recordings?: string | undefined;
  /** The present UTC day, where the clock of the test is not the real one. */
  today?: string;
  /** API requests that Hugging Face allows in 5 minutes. */
  quota?: number;
}

/** Starts a world of its own, on free ports. */
export async function startWorld({
  recordings,
  today,
  quota = 500,
}: WorldOptions = {}): Promise<World> {
  const start = today ?? dayOf(Date.now());
  const catalogue = emptyCatalogue();
  addOwnPapers(catalogue, start);
  const oldestOwn = Math.max(...ownDays.map(([daysAgo]) => daysAgo));
  if (recordings) addRecordings(catalogue, recordings, addDays(start, -oldestOwn - 1));

  // A run across midnight gets a new, empty day, as in reality before the first paper of a day.
  const present = () => today ?? [start, dayOf(Date.now())].toSorted().at(-1) ?? start;
  const shown = [...catalogue.shown.values()];
  const ownDates = ownDays.map(([daysAgo]) => addDays(start, -daysAgo));
  const days = [...ownDates, ...shown].filter((day) => catalogue.days.has(day));
  const ids = (day: string) => (catalogue.days.get(day) ?? []).map(({ paper }) => paper.id);

  const arxiv = arxivSite(catalogue, () => days.map((day) => [day, ids(day)]));
  const network = await openNetwork(
    new Map([
      ['arxiv.org', arxiv],
      ['www.arxiv.org', arxiv],
      ['export.arxiv.org', arxiv],
      ['huggingface.co', huggingFaceSite(catalogue, present, quota, Date.now)],
      ['hf.co', shortNameSite],
      ...otherSites(catalogue),
    ]),
  );

  return {
    ...network,
    mark: () => network.requests.length,
    since: (mark = 0) => network.requests.slice(mark),
    today: start,
    days,
    recordedDays: [...catalogue.shown.keys()],
    list: (day) => (catalogue.days.get(day) ?? []).map(shortly),
    period: (period) =>
      (period === 'trending'
        ? trending(catalogue, present())
        : listOf(catalogue, present(), period, nameOf(period, present()))
      ).map(shortly),
    shown(recordedDay) {
      const day = catalogue.shown.get(recordedDay);
      if (!day) throw new Error(`No recording of ${recordedDay}`);
      return day;
    },
    recorded: (day) => [...catalogue.shown].find(([, present]) => present === day)?.[0],
  };
}

const shortly = ({ paper }: DailyItem): Entry => ({
  id: paper.id,
  title: paper.title,
  upvotes: paper.upvotes ?? 0,
});

/**
 * Requests that a browser with the extension made and one without did not: beside the hosts that were refused in the
 * baseline too, and beside what was served in the baseline to the same kind of asker (`sec-fetch-dest` tells a page
 * from a script's own request). `expected`: text that `host/path` begins with, or a pattern for it.
 */
export function leaks(baseline: Seen[], seen: Seen[], expected: (string | RegExp)[]): Seen[] {
  const kind = ({ host, path, method, headers, refused }: Seen) =>
    refused ? host : [method, host, path, headers['sec-fetch-dest']].join(' ');
  const known = new Set(baseline.map(kind));
  return seen.filter((one) => {
    if (known.has(kind(one))) return false;
    const address = `${one.host}${one.path}`;
    return !expected.some((wanted) =>
      typeof wanted === 'string' ? address.startsWith(wanted) : wanted.test(address),
    );
  });
}
