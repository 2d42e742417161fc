// The Hugging Face API: asks for a paper, a list or a search, and reads whatever comes back.
import * as z from 'zod/mini';
import { kindOf } from '../calendar';
import { type Paper, type PaperId, parsePaperId } from '../paper';
import type { Linked, PeriodKind, Trending } from './api';
import { present } from './merge';
import { get, type Reply } from './service';

z.config({ jitless: true });

export const host = 'huggingface.co';

const pageSize = 100;

/** No month has had a thousand papers; this only bounds a service gone mad. */
const mostPages = 20;

/** A paper as the service describes it. */
export interface Item {
  paper: Paper;
  trending: Trending;
}

/** A field that falls back alone: whatever is not of its type is absent. */
function lenient<T extends z.core.SomeType>(type: T) {
  return z.catch(z.optional(type), undefined);
}

const text = lenient(z.string());
const count = lenient(z.int().check(z.nonnegative()));
const list = lenient(z.array(z.unknown()));
const person = lenient(z.object({ fullname: text, user: text, name: text }));

/** Of a paper's many fields those that are used. Unknown fields pass, and nothing is required. */
const paperShape = z.object({
  id: text,
  title: text,
  summary: text,
  authors: list,
  publishedAt: text,
  upvotes: count,
  numComments: count,
  submittedOnDailyAt: text,
  submittedOnDailyBy: person,
  submittedBy: person,
  projectPage: text,
  githubRepo: text,
  githubStars: count,
  ai_summary: text,
  ai_summary_model: text,
  ai_keywords: list,
  organization: person,
  comments: list,
  linkedModels: list,
  numTotalModels: count,
  linkedDatasets: list,
  numTotalDatasets: count,
  linkedSpaces: list,
  numTotalSpaces: count,
});
type PaperShape = z.infer<typeof paperShape>;

const itemShape = z.object({
  paper: paperShape,
  title: text,
  summary: text,
  numComments: count,
  submittedBy: person,
  organization: person,
});
const authorShape = z.object({ name: z.string(), hidden: lenient(z.boolean()) });
const commentShape = z.object({
  hiddenReason: z.optional(z.unknown()),
  hiddenBy: z.optional(z.unknown()),
});
const repoShape = z.object({ id: z.string(), likes: count });
const errorShape = z.object({ error: z.unknown() });

/** One line: the service wraps titles and abstracts. */
function line(value: string | undefined): string {
  return (value ?? '').replace(/\s+/g, ' ').trim();
}

/** A line that says something, or undefined. */
function said(value: string | undefined): string | undefined {
  return line(value) || undefined;
}

function day(value: string | undefined): string | undefined {
  const found = value?.slice(0, 10);
  return found && /^\d{4}-\d\d-\d\d$/.test(found) && !Number.isNaN(Date.parse(found))
    ? found
    : undefined;
}

/** A web address and its short text, or undefined for anything else than http and https. */
function link(value: string | undefined): { url: string; label: string } | undefined {
  const trimmed = value?.trim() ?? '';
  if (!URL.canParse(trimmed)) return undefined;
  const { protocol, host, pathname, href } = new URL(trimmed);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return { url: href, label: `${host.replace(/^www\./, '')}${pathname}`.replace(/\/+$/, '') };
}

/** A repository's label is owner and name, whatever page of it was given. */
function repository(value: string | undefined): { url: string; label: string } | undefined {
  const found = link(value);
  if (!found) return undefined;
  const { hostname, pathname } = new URL(found.url);
  const [owner, name] = pathname.split('/').filter(Boolean);
  if (!/^(www\.)?github\.com$/.test(hostname) || !owner) return found;
  return { url: found.url, label: name ? `${owner}/${name.replace(/\.git$/, '')}` : owner };
}

function linked(
  rows: unknown[] | undefined,
  total: number | undefined,
  folder: string,
): Linked | undefined {
  if (!rows && total === undefined) return undefined;
  const top = (rows ?? []).flatMap((row) => {
    const repo = repoShape.safeParse(row);
    if (!repo.success || !/^\w[\w.-]*(\/\w[\w.-]*)?$/.test(repo.data.id)) return [];
    const { id, likes } = repo.data;
    return [present<Linked['top'][number]>({ id, url: `https://${host}/${folder}${id}`, likes })];
  });
  return { total: Math.max(total ?? 0, top.length), top };
}

function commentsOf(rows: unknown[] | undefined): number | undefined {
  return rows?.filter((row) => {
    const comment = commentShape.safeParse(row);
    return comment.success && !comment.data.hiddenReason && !comment.data.hiddenBy;
  }).length;
}

/** The fields that a list's item and a looked-up paper have in common. Null without a valid id. */
function normalise(raw: PaperShape): Item | null {
  const id = parsePaperId(raw.id ?? '')?.id;
  if (!id) return null;
  const authors = (raw.authors ?? []).flatMap((row) => {
    const author = authorShape.safeParse(row);
    return author.success && !author.data.hidden && line(author.data.name)
      ? [line(author.data.name)]
      : [];
  });
  const by = raw.submittedOnDailyBy ?? raw.submittedBy;
  const code = repository(raw.githubRepo);
  const words = (raw.ai_keywords ?? []).filter((word) => typeof word === 'string');
  return {
    paper: present<Paper>({
      id,
      title: line(raw.title),
      authors,
      abstract: line(raw.summary),
      published: day(raw.publishedAt),
    }),
    trending: present<Trending>({
      upvotes: raw.upvotes,
      comments: commentsOf(raw.comments) ?? raw.numComments,
      day: day(raw.submittedOnDailyAt),
      code: code && present<NonNullable<Trending['code']>>({ ...code, stars: raw.githubStars }),
      projectPage: link(raw.projectPage),
      aiSummary: said(raw.ai_summary),
      aiSummaryModel: said(raw.ai_summary_model),
      keywords: [...new Set(words.map(line).filter(Boolean))],
      organization: said(raw.organization?.fullname) ?? said(raw.organization?.name),
      submitter: said(by?.fullname) ?? said(by?.user) ?? said(by?.name),
      models: linked(raw.linkedModels, raw.numTotalModels, ''),
      datasets: linked(raw.linkedDatasets, raw.numTotalDatasets, 'datasets/'),
      spaces: linked(raw.linkedSpaces, raw.numTotalSpaces, 'spaces/'),
    }),
  };
}

/** An item of a list. Null when it names no paper. */
function readItem(raw: unknown): Item | null {
  const item = itemShape.safeParse(raw);
  if (!item.success) return null;
  const { paper, title, summary, numComments, submittedBy, organization } = item.data;
  return normalise({
    ...paper,
    title: said(paper.title) ?? title,
    summary: said(paper.summary) ?? summary,
    numComments: numComments ?? paper.numComments,
    submittedBy: submittedBy ?? paper.submittedBy,
    organization: paper.organization ?? organization,
  });
}

function json(sent: string): unknown {
  try {
    return JSON.parse(sent);
  } catch {
    return undefined;
  }
}

/** What the service says of one paper. A value of null: it does not know the paper, which is normal. */
export async function askPaper(
  fetch: typeof globalThis.fetch,
  now: number,
  id: PaperId,
): Promise<Reply<Item | null>> {
  const url = new URL(`https://${host}/api/papers/${encodeURIComponent(id)}?field=comments`);
  const reply = await get(fetch, now, url, 'application/json', [404]);
  if ('trouble' in reply) return reply;
  const { value: sent, ...rest } = reply;
  if (sent.status === 404) return { ...rest, value: null };
  const body = json(sent.text);
  if (errorShape.safeParse(body).data?.error) return { ...rest, value: null };
  const shape = paperShape.safeParse(body);
  const item = shape.success ? normalise(shape.data) : null;
  return item?.paper.id === id ? { ...rest, value: item } : { ...rest, trouble: 'unreadable' };
}

/** What a response that lists papers holds, or null when it cannot be read as one. */
function itemsOf(sent: string): { items: Item[]; rows: number } | null {
  const rows = json(sent);
  if (!Array.isArray(rows)) return null;
  const items = rows.map(readItem).filter((item) => item !== null);
  return rows.length > 0 && items.length === 0 ? null : { items, rows: rows.length };
}

/** The items, each paper once, where it came first. */
function once(items: Item[]): Item[] {
  const ids = new Set<PaperId>();
  return items.filter(({ paper: { id } }) => !ids.has(id) && ids.add(id));
}

/** How the list of a period is asked for. Trending has no name of its own. */
const asking: Record<PeriodKind, (period: string) => string> = {
  day: (period) => `date=${period}`,
  week: (period) => `week=${period}`,
  month: (period) => `month=${period}`,
  trending: () => 'sort=trending',
};

/** Upvotes, highest first. */
export function byUpvotes(
  a: { trending?: { upvotes?: number } },
  b: { trending?: { upvotes?: number } },
): number {
  return (b.trending?.upvotes ?? -1) - (a.trending?.upvotes ?? -1);
}

/**
 * The list of a period, each paper once: a day by upvotes, highest first, the others in the service's own order. A value
 * of null: the service does not have it, as it is still to come or, a 53rd week, unknown to it.
 * @param before called and waited for before each request, with the number of the page, from 0
 */
export async function askPeriod(
  fetch: typeof globalThis.fetch,
  now: () => number,
  period: string,
  before: (page: number) => Promise<void>,
): Promise<Reply<Item[] | null>> {
  const kind = kindOf(period);
  let papers: Item[] = [];
  for (let page = 0; ; page++) {
    await before(page);
    const url = new URL(
      `https://${host}/api/daily_papers?${asking[kind](period)}&limit=${pageSize}`,
    );
    if (page > 0) url.searchParams.set('p', String(page));
    const reply = await get(
      fetch,
      now(),
      url,
      'application/json',
      kind === 'trending' ? [] : [400],
    );
    if ('trouble' in reply) return reply;
    const { value: sent, ...rest } = reply;
    if (sent.status === 400) {
      return page === 0 ? { ...rest, value: null } : { ...rest, trouble: 'failing' };
    }
    const read = itemsOf(sent.text);
    if (!read) return { ...rest, trouble: 'unreadable' };
    const known = papers.length;
    papers = once([...papers, ...read.items]);
    const more = read.rows >= pageSize || (sent.next && read.rows > 0);
    if (!more || papers.length === known || page + 1 >= mostPages) {
      return { ...rest, value: kind === 'day' ? papers.sort(byUpvotes) : papers };
    }
    // The quota is spent: half a list is none.
    if (rest.wait !== undefined) return { ...rest, trouble: 'busy' };
  }
}

/** So many papers of a search are shown. */
const searchSize = 50;

/** The service takes no longer texts. */
const longestSearch = 250;

/** What the service's own search finds, best first; each paper once. */
export async function askSearch(
  fetch: typeof globalThis.fetch,
  now: number,
  words: string,
): Promise<Reply<Item[]>> {
  const url = new URL(`https://${host}/api/papers/search`);
  url.searchParams.set('q', words.slice(0, longestSearch));
  url.searchParams.set('limit', String(searchSize));
  const reply = await get(fetch, now, url, 'application/json');
  if ('trouble' in reply) return reply;
  const { value: sent, ...rest } = reply;
  const read = itemsOf(sent.text);
  if (!read) return { ...rest, trouble: 'unreadable' };
  return { ...rest, value: once(read.items) };
}
