// What our own pages do with backups: show them, hand them out as files, and say where else they are to be kept.
import { type Database, openDatabase, read } from '../library/tables';
import { fileName, granted, ownDay } from './folder';
import { backupFile } from './restore';
import {
  type Backup,
  backupsOf,
  type Folder,
  openStore,
  type Store,
  setState,
  stateOf,
  usualReminder,
} from './store';

/** A backup, as a page shows it. */
export type BackupRow = Pick<Backup, 'number' | 'at' | 'counts'> & {
  /** It is of a library before the one that is here now. */
  earlier: boolean;
};

/** How it stands with backups. Times in ms. */
export interface BackupsView {
  /** Newest first. */
  backups: BackupRow[];
  /** When it was last looked whether there is anything new to back up. */
  lookedAt?: number;
  /** Where each one is written to as well. */
  folder?: { name: string; granted: boolean; writtenAt?: number };
  downloadedAt?: number;
  /** Days between two reminders to download one; 0 for never. */
  remindEvery: number;
}

/** A backup as a file of the person's. */
export interface BackupFile {
  name: string;
  file: Blob;
}

export interface PageBackups {
  view(): Promise<BackupsView>;
  /** Makes one now, where anything changed. @throws Error with a plain sentence */
  make(): Promise<void>;
  /** One of them, or the last one, as an export of ours in gzip. @throws Error with a plain sentence */
  file(number?: number): Promise<BackupFile>;
  /** The same, to be downloaded: that it was is remembered. */
  take(number?: number): Promise<BackupFile>;
  /** Writes each one into this folder from now on, the last one at once; none where it is undefined. */
  keepIn(folder: Folder | undefined): Promise<void>;
  /** Asks the browser to be let into the folder again, so it must come from a click. False where it refuses, to ask or to let in. */
  renew(): Promise<boolean>;
  remindEvery(days: number): Promise<void>;
  /** No reminder for a week. */
  later(): Promise<void>;
}

interface Seams {
  store: Store;
  /** The library, to know which backups are of it. */
  db: Database;
  now: () => number;
  /** Has the background back up, and look again what is to be told. @throws Error with a plain sentence */
  ask: (anew: boolean) => Promise<void>;
}

const week = 7 * 24 * 60 * 60_000;

/** Over the databases of this browser. */
export function openBackupsForPages(ask: Seams['ask']): PageBackups {
  return backupsForPages({ store: openStore(), db: openDatabase(), now: () => Date.now(), ask });
}

/** Nothing is read before it is asked for. */
export function backupsForPages({ store, db, now, ask }: Seams): PageBackups {
  async function chosen(number: number | undefined): Promise<Backup> {
    const backup =
      number === undefined ? (await backupsOf(store))[0] : await store.backups.get(number);
    if (backup) return backup;
    throw new Error(
      number === undefined
        ? 'There is no backup yet, since nothing is in your library.'
        : 'This backup was replaced by a newer one. Reload the page.',
    );
  }

  async function written(backup: Backup): Promise<BackupFile> {
    const compressed = await backupFile(store, backup);
    return {
      name: fileName(ownDay(backup.at)),
      file: new Blob([compressed], { type: 'application/gzip' }),
    };
  }

  /** The canary of the library; undefined where it cannot be read, which is said elsewhere. */
  const library = () =>
    read(db, ['meta'], () => db.meta.get('canary')).then(
      (row) => (row?.key === 'canary' ? row.value : undefined),
      () => undefined,
    );

  return {
    async view() {
      const [all, own, lookedAt, folder, last, downloaded, every] = await Promise.all([
        backupsOf(store),
        library(),
        stateOf(store, 'lookedAt'),
        stateOf(store, 'folder'),
        stateOf(store, 'written'),
        stateOf(store, 'downloaded'),
        stateOf(store, 'remindEvery'),
      ]);
      return {
        backups: all.map(({ number, at, counts, library }) => ({
          ...{ number, at, counts },
          earlier: own !== undefined && library !== own,
        })),
        ...(lookedAt !== undefined && { lookedAt }),
        ...(folder && {
          folder: {
            name: folder.name,
            granted: await granted(folder),
            ...(last && { writtenAt: last.at }),
          },
        }),
        ...(downloaded && { downloadedAt: downloaded.at }),
        remindEvery: every ?? usualReminder,
      };
    },

    make: () => ask(true),

    file: async (number) => written(await chosen(number)),

    async take(number) {
      const backup = await chosen(number);
      const file = await written(backup);
      await setState(store, 'downloaded', { number: backup.number, at: now() });
      await ask(false);
      return file;
    },

    async keepIn(folder) {
      await store.transaction('rw', [store.state], async () => {
        // What was written elsewhere is not in this one.
        await store.state.bulkDelete(['folder', 'written']);
        if (folder) await setState(store, 'folder', folder);
      });
      await ask(false);
    },

    async renew() {
      const folder = await stateOf(store, 'folder');
      if (!folder) return false;
      let state: PermissionState | undefined;
      try {
        state = await folder.requestPermission?.({ mode: 'readwrite' });
      } catch {
        // Over a popup, or where the click is too long ago, it does not even ask.
        return false;
      }
      if (state !== undefined && state !== 'granted') return false;
      await ask(false);
      return true;
    },

    async remindEvery(days) {
      await setState(store, 'remindEvery', days);
      await store.state.delete('remindAfter');
      await ask(false);
    },

    async later() {
      await setState(store, 'remindAfter', now() + week);
      await ask(false);
    },
  };
}
