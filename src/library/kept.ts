// What the person keeps: saving, taking back, and the pages of the library.
import type { Paper, PaperId } from '../paper';
import type { Query } from '../query/language';
import type { KeptPage, KeptRow, PaperView, Reading, Trending } from './api';
import { liveHighlights } from './highlights';
import { fetchedOf, view } from './look';
import { bare, enrich, fill, present } from './merge';
import type { Seams } from './seams';
import { type Search, searchTables } from './search';
import { matchesOf } from './search/shown';
import {
  countListed,
  type Database,
  type Kept,
  listedPapers,
  putKept,
  read,
  type TagMark,
  write,
} from './tables';

/** The tables that `keep` needs beside its own. */
export const keepTables = ['kept', 'lookups', 'entries'] as const;

/** A row for a paper that was never kept. */
export function unkept(paper: Paper, keptAt: number): Kept {
  return { id: paper.id, paper, saved: 0, note: '', noteRevision: 0, keptAt, listed: 0 };
}

/** Does a paper in this state stand in the library? */
export function isListed(row: {
  saved: 0 | 1 | boolean;
  note: string;
  reading?: Reading;
  highlights?: number;
  tags?: TagMark[];
  removed?: 0 | 1;
}): 0 | 1 {
  if (row.removed) return 0;
  const read = row.reading && row.reading !== 'unread';
  const tagged = row.tags?.some(({ off }) => !off);
  return row.saved || row.note || read || row.highlights || tagged ? 1 : 0;
}

/** Does a paper lack what every paper has? A card or a badge of a list may name no authors. */
export function lacking({ title, authors }: Paper): boolean {
  return !title || authors.length === 0;
}

/**
 * A row as it is to be stored: `listed`, its place and the wish for metadata follow from the rest.
 * @param before the row as it was
 */
export function settled(row: Kept, before: Kept | undefined, now: number): Kept {
  const listed = isListed(row);
  const keptAt = listed && !before?.listed ? now : row.keptAt;
  const { wantedAt, ...rest } = row;
  const wanted = listed && lacking(row.paper) ? { wantedAt: wantedAt ?? now } : {};
  return { ...rest, ...wanted, listed, keptAt };
}

/** The row of a paper, with all metadata there is. Runs inside a transaction over `keepTables`. */
export async function keep(
  db: Database,
  seen: Paper | undefined,
  id: PaperId,
  now: number,
): Promise<Kept> {
  const before = await db.kept.get(id);
  const known = before?.paper ?? bare(id);
  const paper = seen ? enrich(known, seen) : known;
  const fetched = !lacking(paper) ? undefined : (await fetchedOf(db, [id])).get(id)?.paper;
  return { ...(before ?? unkept(paper, now)), paper: fill(paper, fetched) };
}

export interface Keeping {
  save(paper: Paper): Promise<PaperView>;
  unsave(id: PaperId): Promise<PaperView>;
  restore(id: PaperId): Promise<PaperView>;
  setReading(paper: Paper, reading: Reading): Promise<PaperView>;
  dismiss(paper: Paper, dismissed: boolean): Promise<PaperView>;
  kept(query: string, offset: number, limit: number): Promise<KeptPage>;
}

/** Saving and listing. `complete` is told when a paper that lacks title or authors was saved. */
export function openKeeping(seams: Seams, complete: () => void, search: Search): Keeping {
  const { db, now, changed } = seams;

  async function save(seen: Paper): Promise<PaperView> {
    const time = now();
    const wanted = await write(db, [...keepTables], async () => {
      const row = await keep(db, seen, seen.id, time);
      const saved: Kept = row.saved
        ? row
        : { ...row, saved: 1, savedAt: time, savedChangedAt: time };
      const stored = settled(saved, row, time);
      await putKept(db, [{ before: row, after: stored }]);
      return stored.wantedAt !== undefined;
    });
    changed({ papers: [seen.id] });
    if (wanted) complete();
    return view(seams, seen.id);
  }

  /** Turns `saved` of a row that has the other value. */
  async function turn(id: PaperId, saved: 0 | 1): Promise<PaperView> {
    const time = now();
    const turned = await write(db, ['kept'], async () => {
      const row = await db.kept.get(id);
      if (!row || row.saved === saved || (saved && row.savedAt === undefined)) return false;
      // `savedAt` and `keptAt` stay, so that taking it back leads to the old place.
      const turned = { ...row, saved, savedChangedAt: time };
      await putKept(db, [{ before: row, after: { ...turned, listed: isListed(turned) } }]);
      return true;
    });
    if (turned) changed({ papers: [id] });
    return view(seams, id);
  }

  async function setReading(seen: Paper, reading: Reading): Promise<PaperView> {
    const time = now();
    const set = await write(db, [...keepTables], async () => {
      const row = await keep(db, seen, seen.id, time);
      if ((row.reading ?? 'unread') === reading) return undefined;
      const stored = settled({ ...row, reading, readingChangedAt: time }, row, time);
      await putKept(db, [{ before: row, after: stored }]);
      return stored;
    });
    if (set) changed({ papers: [seen.id] });
    if (set?.wantedAt !== undefined) complete();
    return view(seams, seen.id);
  }

  async function dismiss(seen: Paper, dismissed: boolean): Promise<PaperView> {
    const time = now();
    const set = await write(db, [...keepTables], async () => {
      const row = await keep(db, seen, seen.id, time);
      if (Boolean(row.dismissed) === dismissed) return false;
      const after = { ...row, dismissed: dismissed ? 1 : 0, dismissedChangedAt: time } as const;
      await putKept(db, [{ before: row, after: settled(after, row, time) }]);
      return true;
    });
    if (set) changed({ papers: [seen.id], digest: true });
    return view(seams, seen.id);
  }

  async function kept(query: string, offset: number, limit: number): Promise<KeptPage> {
    const page = await search.mended(() => pageOf(query, offset, limit));
    if (page.indexing) void search.work().catch(() => {});
    return page;
  }

  function pageOf(query: string, offset: number, limit: number): Promise<KeptPage> {
    return read(db, [...searchTables], async () => {
      const count = await countListed(db);
      const answer = query.trim() ? await search.find(query, { offset, limit }) : undefined;
      const rows = answer
        ? (await db.kept.bulkGet(answer.ids)).filter((row) => row !== undefined)
        : await listedPapers(db).reverse().offset(offset).limit(limit).toArray();
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
            return present<KeptRow>({
              id,
              paper,
              saved: saved === 1,
              reading,
              note,
              keptAt,
              trending: known?.trending,
              highlights: highlights || undefined,
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
    paper: Paper,
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

  return {
    save,
    unsave: (id) => turn(id, 0),
    restore: (id) => turn(id, 1),
    setReading,
    dismiss,
    kept,
  };
}
