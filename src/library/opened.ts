// Papers that were opened lately, where the person wants them remembered. They stay on this machine: never exported.
import type { Library } from './api';
import { afterReading, isFullText } from './kept';
import { views } from './look';
import { enrich } from './merge';
import type { Seams } from './seams';
import { readSettings } from './settings';
import { type Kept, putKept, read, write } from './tables';

/** Opened papers are remembered this long, ms. */
const remembered = 90 * 24 * 3_600_000;

interface Recent extends Pick<Library, 'opened' | 'recentlyOpened' | 'forgetOpened'> {
  /** Drops what is too old. */
  dropOldOpened(): Promise<unknown>;
}

/** Remembering opened papers. That one more was opened is told to nobody: every page would ask again. */
export function openRecent(seams: Seams): Recent {
  const { db, now, changed } = seams;

  return {
    async opened(seen, page) {
      const { id, title } = seen;
      const differs = await write(db, ['opened', 'kept'], async () => {
        if ((await readSettings(db)).remember) {
          const before = await db.opened.get(id);
          await db.opened.put({ id, title: title || before?.title || '', openedAt: now() });
        }
        const row = await db.kept.get(id);
        if (!row?.listed) return false;
        const newer = (seen.version ?? 0) > (row.paper.version ?? 0);
        const known: Kept = newer ? { ...row, paper: enrich(row.paper, seen) } : row;
        const read = page?.version ?? seen.version ?? row.paper.version;
        const after = afterReading(known, isFullText(page?.kind) ? read : undefined);
        if (after === row) return false;
        await putKept(db, [{ before: row, after }]);
        return true;
      });
      if (differs) changed({ papers: [id] });
    },

    async recentlyOpened(limit) {
      const rows = await read(db, ['opened'], () =>
        db.opened
          .where('openedAt')
          .above(now() - remembered)
          .reverse()
          .limit(limit)
          .toArray(),
      );
      // A PDF says no title; what is stored of its paper may.
      const known = await views(
        seams,
        rows.map(({ id }) => id),
      );
      return rows.map((row, index) => ({
        ...row,
        title: row.title || known[index]?.paper?.title || '',
      }));
    },

    async forgetOpened() {
      await write(db, ['opened'], () => db.opened.clear());
      changed({ all: true });
    },

    dropOldOpened: () =>
      write(db, ['opened'], () =>
        db.opened
          .where('openedAt')
          .belowOrEqual(now() - remembered)
          .delete(),
      ),
  };
}
