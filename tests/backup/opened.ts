// A library with backups, over fresh databases, with a clock that a test holds in its hand.
import { onTestFinished } from 'vitest';
import { openBackups } from '../../src/backup';
import { backupSlices } from '../../src/backup/restore';
import { type Backup, backupsOf, type Folder, openStore } from '../../src/backup/store';
import { dayLength, opened } from '../library/opened';

let count = 0;

/** Opens both. `next` lets a day pass and backs up. */
export function backedUp(
  { name, backups }: { name?: string; backups?: string } = {},
  folder?: Folder,
) {
  const world = opened(undefined, { name: name ?? `backed-up-${count}` });
  const of = backups ?? `backups-${count++}`;
  const store = openStore(of);
  onTestFinished(() => store.close());
  const made = openBackups({
    db: world.db,
    store,
    now: () => world.clock.now,
    dayOf: (ms) => new Date(ms).toISOString().slice(0, 10),
    ...(folder && { folder: async () => folder }),
  });
  const next = () => {
    world.clock.now += dayLength;
    return made.backUp();
  };
  return { ...world, ...made, store, of, next, list: () => backupsOf(store) };
}

/** Imports a backup, as a page does. */
export async function restore(
  library: ReturnType<typeof backedUp>['library'],
  store: ReturnType<typeof backedUp>['store'],
  backup: Backup | undefined,
) {
  if (!backup) throw new Error('There is no such backup');
  for await (const slice of backupSlices(store, backup))
    await library.importRecords(slice.papers, slice.topics);
}
