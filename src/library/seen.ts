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
        // A first look has nothing to compare with, so all that is there counts as seen by it.
        const first = (await db.seen.count()) === 0;
        const there = first ? await db.entries.toCollection().primaryKeys() : [];
        const all = [...new Set([...ids, ...there.map(([, id]) => id)])];
        const [known, before] = await Promise.all([fetchedOf(db, all), db.seen.bulkGet(all)]);
        await db.seen.bulkPut(
          all.map((id, index) =>
            present<Seen>({
              id,
              // When it was first: the oldest of them tells when the person began to look.
              at: Math.min(before[index]?.at ?? at, at),
              upvotes: known.get(id)?.trending?.upvotes,
            }),
          ),
        );
      });
      changed({ seen: true });
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
