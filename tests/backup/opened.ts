// A library with backups, over fresh databases, with a clock that a test holds in its hand.
import { onTestFinished } from 'vitest';
import { openBackups } from '../../src/backup';
import { backupsForPages } from '../../src/backup/for-pages';
import { type Backup, backupsOf, type Folder, openStore } from '../../src/backup/store';
import { importAll } from '../../src/views/importing';
import { dayLength, opened, unwatched } from '../library/opened';

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

/** Restores a backup, as a page does. */
export async function restore(
  { library, files, db, clock }: ReturnType<typeof opened>,
  store: ReturnType<typeof backedUp>['store'],
  backup: Backup | undefined,
) {
  if (!backup) throw new Error('There is no such backup');
  const pages = backupsForPages({ store, db, now: () => clock.now, ask: async () => {} });
  const { file } = await pages.file(backup.number);
  const { failure } = await importAll(
    library,
    await files.preview(file, unwatched(), true),
    unwatched(),
  );
  if (failure) throw new Error(failure);
}
