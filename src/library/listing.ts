// The pages of the library: what a query finds, in which order, and the parts of it.
import type { PaperId } from '../paper';
import type { Query } from '../query/language';
import type { KeptPage, KeptRow, Library, LibraryOrder, LibrarySort, Trending } from './api';
import { liveHighlights } from './highlights';
import { fetchedOf } from './look';
import { fill, present } from './merge';
import { partsOf } from './parts';
import type { Seams } from './seams';
import { type Answer, type Question, type Search, searchTables } from './search';
import { matchesOf } from './search/shown';
import { countListed, type Database, type Kept, read } from './tables';
import { tagsIn } from './tags';

/** A search that takes a moment to see everything waits for at most so many papers. */
const fewQueued = 1000;

const many = async (db: Database) => (await db.indexQueue.limit(fewQueued + 1).count()) > fewQueued;

type Listing = Pick<Library, 'kept' | 'keptIds' | 'facets'>;

/** Listing. */
export function openListing(seams: Seams, search: Search): Listing {
  const { db } = seams;

  /** What a query finds, in an order, from `offset` on. Runs inside a transaction over `searchTables`. */
  async function foundIn(
    query: string,
    order: LibraryOrder | undefined,
    offset = 0,
    limit = Number.MAX_SAFE_INTEGER,
  ): Promise<{ ids: PaperId[]; answer?: Answer }> {
    const blank = query.trim() === '';
    const { by = (blank ? 'saved' : 'match') as LibrarySort, reverse = false } = order ?? {};
    if (blank && (by === 'saved' || by === 'match' || by === 'title')) {
      const sort = by === 'title' ? 'title' : 'kept';
      return { ids: await search.all(sort, offset, limit, reverse) };
    }
    const sort: Question['sort'] = by === 'saved' ? 'kept' : by === 'match' ? undefined : by;
    const question = { ...(sort && { sort }), reverse };
    const answer = await search.find(query, { ...question, offset, limit });
    if (!blank || !answer.indexing) return { ids: answer.ids, answer };
    // Papers that the index lacks belong to the library all the same. Where they stand is known later.
    const whole = { ...question, offset: 0, limit: Number.MAX_SAFE_INTEGER };
    const { ids } = await search.find(query, whole);
    const there = new Set(ids);
    const others = (await search.all('kept', 0, whole.limit, false)).filter((id) => !there.has(id));
    return { ids: [...ids, ...others].slice(offset, offset + limit), answer };
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
      const { answer, ids } = await foundIn(query, order, offset, limit);
      const rows = (await db.kept.bulkGet(ids)).filter((row) => row !== undefined);
      const fetched = await fetchedOf(
        db,
        rows.map(({ id }) => id),
      );
      const blank = query.trim() === '';
      const { total = count, problem, near, indexing } = answer ?? {};
      return present<KeptPage>({
        total: blank ? count : total,
        kept: count,
        rows: await Promise.all(
          rows.map(async (row) => {
            const { id, saved, reading = 'unread', note, keptAt, highlights, readVersion } = row;
            const known = fetched.get(id);
            const paper = fill(row.paper, known?.paper);
            const matches =
              answer && !blank ? await matchesIn(answer.query, row, paper, known) : [];
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
              readVersion,
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

  /**
   * Asks again what could not see everything after the index took in what was missing, where that is soon done: a few
   * hundred papers that were changed in one go, not a library that was just imported.
   */
  async function whole<T extends { indexing?: KeptPage['indexing'] | true }>(
    ask: () => Promise<T>,
  ): Promise<T> {
    const answer = await search.mended(ask);
    if (!answer.indexing || (await read(db, ['indexQueue'], () => many(db)))) return answer;
    await search.work();
    return search.mended(ask);
  }

  const keptIds: Listing['keptIds'] = async (query, order) => {
    const { ids } = await whole(() =>
      read(db, [...searchTables], async () => {
        const { ids, answer } = await foundIn(query, order);
        return present({ ids, indexing: answer?.indexing });
      }),
    );
    return ids;
  };

  const facets: Listing['facets'] = async (query) => {
    const parts = await whole(() =>
      read(db, [...searchTables], async () => partsOf(await search.count(query))),
    );
    if (parts.indexing) void search.work().catch(() => {});
    return parts;
  };

  return { kept, keptIds, facets };
}
