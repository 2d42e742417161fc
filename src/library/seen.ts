// Remembers what the person has seen in the digest.
import type { Library } from './api';
import { remembered } from './fresh';
import { fetchedOf } from './look';
import { present } from './merge';
import type { Seams } from './seams';
import { type Seen, write } from './tables';

/** Remembering what is seen. */
export function openSeen({ db, now, changed }: Seams): Pick<Library, 'seen'> & {
  /** Forgets what was seen too long ago. */
  dropOldSeen(): Promise<unknown>;
} {
  return {
    async seen(ids) {
      if (ids.length === 0) return;
      const at = now();
      await write(db, ['seen', 'lookups', 'entries'], async () => {
        const known = await fetchedOf(db, ids);
        await db.seen.bulkPut(
          ids.map((id) => present<Seen>({ id, at, upvotes: known.get(id)?.trending?.upvotes })),
        );
      });
      changed({ digest: true });
    },

    dropOldSeen: () =>
      write(db, ['seen'], () =>
        db.seen
          .where('at')
          .belowOrEqual(now() - remembered)
          .delete(),
      ),
  };
}
