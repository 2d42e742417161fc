// Topics, and stored lists for them, as tests make them.
import type { Topic, TopicNotice } from '../../src/library/api';
import type { Database } from '../../src/library/tables';
import { hour, paper, start } from './opened';

/** A topic whose id ends in `n`. */
export function topic(n: number, query: string, notice: TopicNotice = { when: 'never' }): Topic {
  const own = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return { id: own, name: query || 'Name', query, notice, createdAt: start - hour + n };
}

/** A paper of a list. */
export interface Row {
  id: string;
  title?: string;
  upvotes?: number;
  organization?: string;
}

/** Stores a day's list as a refresh does. */
export async function storeDay(db: Database, day: string, rows: Row[], fetchedAt: number) {
  await db.transaction('rw', ['entries', 'periods'], async () => {
    await db.entries.where({ period: day }).delete();
    await db.entries.bulkPut(
      rows.map((row, index) => {
        const one = paper(row.id, row.title === undefined ? {} : { title: row.title });
        const { upvotes = 0, organization } = row;
        const trending = {
          day,
          rank: index + 1,
          upvotes,
          keywords: [],
          ...(organization && { organization }),
        };
        return { period: day, id: one.id, rank: index + 1, fetchedAt, paper: one, trending };
      }),
    );
    await db.periods.put({ period: day, fetchedAt, count: rows.length });
  });
}
