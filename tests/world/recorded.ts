// Adds recorded data of the real services to the replica world, where a folder of recordings is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readId } from './arxiv-id.ts';
import { searchPage } from './arxiv-list-pages.ts';
import {
  type ArxivPaper,
  addDay,
  type Catalogue,
  type DailyItem,
  type HubPaper,
  noneLinked,
} from './catalogue.ts';
import { addDays } from './clock.ts';
import { arxivPaper, fromHub, monthOf } from './papers.ts';

interface SeedPaper {
  arxivId: string;
  title: string;
  abstract: string;
}

/**
 * Adds all recordings. Day lists are served under their own days, and once more on days of the present: the newest on
 * `newestDay`, the others each a day earlier.
 */
export function addRecordings(catalogue: Catalogue, folder: string, newestDay: string): void {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const names = (path: string): string[] =>
    existsSync(join(folder, path)) ? readdirSync(join(folder, path)) : [];

  const days = new Map<string, DailyItem[]>();
  for (const name of names('hf/daily_papers')) {
    const day = /^date-(\d{4}-\d{2}-\d{2})\b.*\.json$/.exec(name)?.[1];
    if (day) days.set(day, JSON.parse(read(`hf/daily_papers/${name}`)));
  }
  if (names('hf/daily_papers').includes('seed-entries-2024.json')) {
    const entries: { dailyDate: string; item: DailyItem }[] = JSON.parse(
      read('hf/daily_papers/seed-entries-2024.json'),
    );
    for (const { dailyDate, item } of entries)
      days.set(dailyDate, [...(days.get(dailyDate) ?? []), item]);
  }
  let present = newestDay;
  for (const [day, items] of [...days].toSorted(([one], [other]) => (one < other ? 1 : -1))) {
    addDay(catalogue, day, items);
    addDay(
      catalogue,
      present,
      items.map((item) => movedTo(present, item)),
    );
    catalogue.shown.set(day, present);
    present = addDays(present, -1);
    for (const { paper } of items) catalogue.arxiv.set(paper.id, fromHub(paper));
  }

  for (const name of names('hf/paper')) {
    const id = /^(\d{4}\.\d{4,5})\.json$/.exec(name)?.[1];
    if (!id) continue;
    const paper: HubPaper = JSON.parse(read(`hf/paper/${name}`));
    catalogue.hub.set(id, paper);
    catalogue.arxiv.set(id, fromHub(paper));
  }

  if (names('.').includes('seed-papers.json')) {
    const seeds: SeedPaper[] = JSON.parse(read('seed-papers.json'));
    for (const { arxivId: id, title, abstract } of seeds) addSeed(catalogue, id, title, abstract);
  }

  for (const name of names('arxiv/rendered/abs')) {
    const [, file = '', variant] =
      /^([^-]+?(?:-[a-z]+_\d+)?)(?:-(with-.*))?\.html$/.exec(name) ?? [];
    const asked = readId(file.replace('_', '/'));
    const html = read(`arxiv/rendered/abs/${name}`);
    const status = html.includes('id="abs"') ? 200 : 404;
    const path = `/abs/${file.replace('_', '/')}`;
    catalogue.pages.set(variant ? `${path}?${variant}` : path, { status, html });
    if (asked && status === 200 && !variant)
      catalogue.arxiv.set(asked.id, fromPage(asked.id, html));
  }
  for (const name of names('arxiv/captured')) {
    const id = /^abs-(\d{4}\.\d{4,5})-.*\.html$/.exec(name)?.[1];
    if (!id) continue;
    const html = read(`arxiv/captured/${name}`);
    catalogue.pages.set(`/abs/${id}`, { status: 200, html });
    catalogue.arxiv.set(id, fromPage(id, html));
  }
  for (const [name, path] of otherPages) {
    if (names('arxiv/rendered/other').includes(name)) {
      const html = read(`arxiv/rendered/other/${name}`);
      catalogue.pages.set(path, { status: name.includes('404') ? 404 : 200, html });
    }
  }
  for (const name of names('arxiv/rendered/other')) {
    if (name !== 'search-results.fragment.html') continue;
    // Only the list of results is recorded; the page around it is ours.
    const results = read(`arxiv/rendered/other/${name}`);
    const count = results.split('class="arxiv-result"').length - 1;
    const { body } = searchPage({ query: 'recorded', total: count, start: 0, count, results });
    catalogue.pages.set('/search/?query=recorded', { status: 200, html: String(body) });
  }
  for (const name of names('hf/pages')) {
    const day = /^papers-(\d{4}-\d{2}-\d{2})\.captured\.html$/.exec(name)?.[1];
    if (!day) continue;
    for (const path of [`/papers?date=${day}`, `/papers/date/${day}`])
      catalogue.pages.set(path, { status: 200, html: read(`hf/pages/${name}`) });
  }
  for (const name of names('arxiv/rendered/list')) {
    catalogue.pages.set(listPath(name.replace(/\.html$/, '')), {
      status: 200,
      html: read(`arxiv/rendered/list/${name}`),
    });
  }
}

/** Recorded pages of arXiv that are neither abstract pages nor lists. */
const otherPages = [
  ['format-1810.04805.html', '/format/1810.04805'],
  ['trackbacks-0704.0001.html', '/tb/0704.0001'],
  ['archive-astro-ph.html', '/archive/astro-ph'],
  ['html-404-no-html.html', '/html/1810.04805'],
] as const;

/** The entry as if it had been submitted on another day, at the same time of day. */
function movedTo(day: string, item: DailyItem): DailyItem {
  const on = (time: string) => `${day}${time.slice(10)}`;
  const { submittedOnDailyAt } = item.paper;
  if (submittedOnDailyAt)
    return { ...item, paper: { ...item.paper, submittedOnDailyAt: on(submittedOnDailyAt) } };
  // Before March 2025 this was the time of submission.
  return item.publishedAt ? { ...item, publishedAt: on(item.publishedAt) } : item;
}

/** A paper of which only id, title and abstract are recorded. The rest is made up; it has two versions. */
function addSeed(catalogue: Catalogue, id: string, title: string, abstract: string): void {
  const published = monthOf(id);
  const known = catalogue.arxiv.get(id);
  catalogue.arxiv.set(
    id,
    arxivPaper({
      ...known,
      id,
      title,
      abstract,
      versions: [
        { date: published, size: '227 KB' },
        { date: published.replace('-15T', '-25T'), size: '230 KB' },
      ],
    }),
  );
  if (!catalogue.hub.has(id)) {
    const authors = [{ _id: '0'.repeat(24), name: 'First Author', hidden: false }];
    catalogue.hub.set(id, {
      ...noneLinked,
      id,
      title,
      summary: abstract,
      authors,
      publishedAt: published,
      upvotes: 3,
    });
  }
}

/** What a recorded abstract page says of its paper, for its other versions and the API. */
function fromPage(id: string, html: string): ArxivPaper {
  const metas = (name: string) =>
    [...html.matchAll(new RegExp(`<meta name="${name}" content="([^"]*)"`, 'g'))].map(
      ([, text = '']) => plain(text),
    );
  const authors = metas('citation_author').map((name) => name.split(', ').toReversed().join(' '));
  const versions = [
    ...html.matchAll(
      /\[v\d+\](?:<\/a>)?<\/strong>\s*\w+, (\d+ \w+ \d{4} [\d:]+) UTC \(([^)]*)\)( <em>\(withdrawn)?/g,
    ),
  ];
  const subjects = [...html.matchAll(/([A-Z][^<>;()]*) \(([a-z-]+(?:\.[A-Za-z-]+)?)\)/g)].map(
    ([, name = '', code = '']): [string, string] => [name, code],
  );
  const doi = metas('citation_doi')[0];
  return arxivPaper({
    id,
    title: metas('citation_title')[0] ?? '',
    authors,
    abstract: metas('citation_abstract')[0]?.trim() ?? '',
    ...(versions.length > 0
      ? {
          versions: versions.map(([, date = '', size = '', withdrawn]) => ({
            date: new Date(`${date} UTC`).toISOString(),
            size,
            ...(withdrawn ? { withdrawn: true as const } : {}),
          })),
        }
      : {}),
    ...(subjects.length > 0 ? { subjects: subjects.slice(0, 3) } : {}),
    ...(doi ? { doi } : {}),
  });
}

function plain(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, number, name) =>
    number ? String.fromCodePoint(Number(number)) : (named[name] ?? whole),
  );
}

/** `astro-ph.EP-recent-skip25-show25` -> `/list/astro-ph.EP/recent?skip=25&show=25` */
export function listPath(name: string): string {
  const catchup = /^catchup-([\w.-]+?)-(\d{4}-\d{2}-\d{2})(-abs)?$/.exec(name);
  if (catchup) return `/catchup/${catchup[1]}/${catchup[2]}${catchup[3] ? '?abs=True' : ''}`;
  const [, category, what, rest] = /^(.*?)-(new|recent|\d{4}-\d{2})(?:-(.*))?$/.exec(name) ?? [];
  const query = rest?.replace(/(skip|show)(\d+)/g, '$1=$2').replace('-show', '&show');
  return `/list/${category}/${what}${query ? `?${query}` : ''}`;
}
