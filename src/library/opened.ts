// Papers that were opened lately, where the person wants them remembered. They stay on this machine: never exported.
import type { Library } from './api';
import { views } from './look';
import type { Seams } from './seams';
import { readSettings } from './settings';
import { read, write } from './tables';

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
    opened: ({ id, title }) =>
      write(db, ['opened'], async () => {
        if (!(await readSettings(db)).remember) return;
        const before = await db.opened.get(id);
        await db.opened.put({ id, title: title || before?.title || '', openedAt: now() });
      }),

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
