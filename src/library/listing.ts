// The pages of the library: what a query finds, in which order, and the parts of it.
import type { PaperId } from '../paper';
import type { Query } from '../query/language';
import type {
  Facet,
  Facets,
  KeptPage,
  KeptRow,
  Library,
  LibraryOrder,
  LibrarySort,
  Trending,
} from './api';
import { liveHighlights } from './highlights';
import { fetchedOf } from './look';
import { fill, present } from './merge';
import type { Seams } from './seams';
import { type Search, searchTables } from './search';
import { docsToSearch } from './search/papers';
import { matchesOf } from './search/shown';
import { countListed, type Kept, listedPapers, read } from './tables';
import { tagsIn } from './tags';

type Listing = Pick<Library, 'kept' | 'keptIds' | 'facets'>;

/** Listing. */
export function openListing(seams: Seams, search: Search): Listing {
  const { db } = seams;

  /** What a query finds, in an order. Runs inside a transaction over `searchTables`. */
  async function foundIn(query: string, order: LibraryOrder | undefined) {
    const blank = query.trim() === '';
    const by: LibrarySort = order?.by ?? (blank ? 'saved' : 'match');
    const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
    const answer = blank ? undefined : await search.find(query, all);
    const ids = answer?.ids ?? (await listedPapers(db).reverse().primaryKeys());
    if (by === 'match' || (blank && by === 'saved')) {
      return { answer, ids: order?.reverse ? ids.toReversed() : ids };
    }
    const papers = (await docsToSearch(db, await db.kept.bulkGet(ids))).filter((one) => !!one);
    const value = ({ doc, row, trending }: (typeof papers)[number]) => {
      switch (by) {
        case 'published':
          return Date.parse(doc.published ?? '') || undefined;
        case 'read':
          return row.reading === 'read' ? row.readingChangedAt : undefined;
        case 'upvotes':
          return trending?.upvotes;
        case 'title':
          return row.titleKey || undefined;
        default:
          return row.keptAt;
      }
    };
    const turn = (by === 'title') === !order?.reverse ? 1 : -1;
    papers.sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      if (one === undefined || other === undefined) {
        return Number(one === undefined) - Number(other === undefined);
      }
      return one === other ? 0 : one < other ? -turn : turn;
    });
    return { answer, ids: papers.map(({ row }) => row.id) };
  }

  async function kept(
    query: string,
    offset: number,
    limit: number,
    order?: LibraryOrder,
  ): Promise<KeptPage> {
    const page = await search.mended(() => pageOf(query, offset, limit, order));
    if (page.indexing) void search.work().catch(() => {});
    return page;
  }

  function pageOf(
    query: string,
    offset: number,
    limit: number,
    order: LibraryOrder | undefined,
  ): Promise<KeptPage> {
    return read(db, [...searchTables], async () => {
      const count = await countListed(db);
      const { answer, ids } = await foundIn(query, order);
      const rows = (await db.kept.bulkGet(ids.slice(offset, offset + limit))).filter(
        (row) => row !== undefined,
      );
      const fetched = await fetchedOf(
        db,
        rows.map(({ id }) => id),
      );
      const { total = count, problem, near, indexing } = answer ?? {};
      return present<KeptPage>({
        total,
        kept: count,
        rows: await Promise.all(
          rows.map(async (row) => {
            const { id, saved, reading = 'unread', note, keptAt, highlights } = row;
            const known = fetched.get(id);
            const paper = fill(row.paper, known?.paper);
            const matches = answer ? await matchesIn(answer.query, row, paper, known) : [];
            const tags = tagsIn(row.tags);
            return present<KeptRow>({
              id,
              paper,
              saved: saved === 1,
              reading,
              note,
              keptAt,
              trending: known?.trending,
              highlights: highlights || undefined,
              tags: tags.length > 0 ? tags : undefined,
              matches: matches.length > 0 ? matches : undefined,
            });
          }),
        ),
        problem,
        near,
        indexing,
      });
    });
  }

  /** Where a row has the words of a query. */
  async function matchesIn(
    query: Query,
    { id, note, highlights }: Kept,
    paper: KeptRow['paper'],
    known: { trending?: Trending } | undefined,
  ) {
    const marks = highlights ? await liveHighlights(db, id) : [];
    const { keywords = [], organization = '' } = known?.trending ?? {};
    return matchesOf(query, [
      { in: 'title', text: paper.title },
      ...paper.authors.map((text) => ({ in: 'author' as const, text })),
      { in: 'note', text: note },
      ...marks.flatMap(({ quote, comment }) => [
        { in: 'highlight' as const, text: quote.exact },
        { in: 'comment' as const, text: comment },
      ]),
      { in: 'abstract', text: paper.abstract },
      ...keywords.map((text) => ({ in: 'keyword' as const, text })),
      { in: 'org', text: organization },
    ]);
  }

  const keptIds = (query: string, order?: LibraryOrder): Promise<PaperId[]> =>
    search.mended(() => read(db, [...searchTables], async () => (await foundIn(query, order)).ids));

  const facets = (query: string): Promise<Facets> =>
    search.mended(() =>
      read(db, [...searchTables], async () => {
        const { ids } = await foundIn(query, undefined);
        const papers = (await docsToSearch(db, await db.kept.bulkGet(ids))).filter((one) => !!one);
        const groups: Record<keyof Facets, Map<string, Facet>> = {
          tags: new Map(),
          states: new Map(),
          years: new Map(),
          categories: new Map(),
          organizations: new Map(),
          has: new Map(),
        };
        const count = (group: keyof Facets, term: string, label: string) => {
          const facet = groups[group].get(term) ?? { term, label, papers: 0 };
          facet.papers++;
          groups[group].set(term, facet);
        };
        for (const { doc } of papers) {
          for (const tag of doc.tags ?? []) {
            count('tags', `tag:"${tag}"`, tag);
          }
          const reading = doc.reading ?? 'unread';
          count('states', `is:${reading}`, reading);
          if (doc.saved) count('states', 'is:saved', 'saved');
          const year = doc.published?.slice(0, 4);
          if (year) count('years', `after:${year} before:${Number(year) + 1}`, year);
          for (const one of doc.categories ?? []) count('categories', `cat:${one}`, one);
          if (doc.organization) {
            count('organizations', `org:"${doc.organization}"`, doc.organization);
          }
          const has = new Set<string>(doc.has);
          if (doc.note?.trim()) has.add('note');
          if (doc.highlights?.length) has.add('highlight');
          for (const part of has) count('has', `has:${part}`, part);
        }
        const most = (group: keyof Facets) =>
          [...groups[group].values()].sort((a, b) => b.papers - a.papers);
        return {
          tags: most('tags'),
          states: most('states'),
          years: most('years').sort((a, b) => (a.label < b.label ? 1 : -1)),
          categories: most('categories'),
          organizations: most('organizations').slice(0, 20),
          has: most('has'),
        };
      }),
    );

  return { kept, keptIds, facets };
}
