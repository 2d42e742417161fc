// Papers of the library as queries see them, put together from what is kept and fetched.

import { publishedOf } from '../../paper';
import type { Doc } from '../../query/matches';
import type { Trending } from '../api';
import { liveHighlights } from '../highlights';
import { fetchedOf } from '../look';
import { fill } from '../merge';
import type { Database, Kept } from '../tables';
import { tagsIn } from '../tags';
import type { Entry } from './segments';
import { titleNumber } from './terms';

/** What Hugging Face names for a paper, and the code that an import named. */
function partsOf(
  { code, models, datasets, spaces, projectPage }: Partial<Trending>,
  named: string | undefined,
): NonNullable<Doc['has']> {
  return [
    ...(code || named ? (['code'] as const) : []),
    ...(models?.total ? (['model'] as const) : []),
    ...(datasets?.total ? (['dataset'] as const) : []),
    ...(spaces?.total ? (['space'] as const) : []),
    ...(projectPage ? (['project'] as const) : []),
  ];
}

/** A paper as queries see it, and what it was made of. */
export interface ToSearch {
  doc: Doc;
  row: Kept;
  trending: Trending | undefined;
}

/** Papers as queries see them; undefined for those that are not in the library. Needs the tables of `fetchedOf` too. */
export async function docsToSearch(
  db: Database,
  rows: readonly (Kept | undefined)[],
): Promise<(ToSearch | undefined)[]> {
  const ids = rows.flatMap((row) => (row?.listed ? [row.id] : []));
  const known = await fetchedOf(db, ids);
  return Promise.all(
    rows.map(async (row) => {
      if (!row?.listed) return;
      const { paper: fetched, trending } = known.get(row.id) ?? {};
      const marks = row.highlights ? await liveHighlights(db, row.id) : [];
      const texts = marks.flatMap(({ quote, comment }) => [quote.exact, comment]).filter(Boolean);
      const { organization, submitter } = trending ?? {};
      const tags = tagsIn(row.tags);
      const paper = fill(row.paper, fetched);
      const published = publishedOf(paper);
      const doc: Doc = {
        ...paper,
        ...(published && { published }),
        id: row.id,
        saved: row.saved === 1,
        ...(row.reading && { reading: row.reading }),
        ...(tags.length > 0 && { tags }),
        ...(row.note && { note: row.note }),
        ...(texts.length > 0 && { highlights: texts }),
        ...(trending && { keywords: trending.keywords }),
        ...((trending || paper.code) && { has: partsOf(trending ?? {}, paper.code) }),
        ...(organization && { organization }),
        ...(submitter && { submitter }),
      };
      return { doc, row, trending };
    }),
  );
}

/** The numbers to sort a paper by. */
export function columnsOf({ doc, row, trending }: ToSearch): NonNullable<Entry['columns']> {
  const published = Date.parse(doc.published ?? '');
  return {
    kept: row.keptAt,
    ...(!Number.isNaN(published) && { published }),
    ...(row.reading === 'read' && { read: row.readingChangedAt ?? 0 }),
    ...(trending?.upvotes !== undefined && { upvotes: trending.upvotes }),
    ...(row.titleKey && { title: titleNumber(row.titleKey) }),
  };
}
