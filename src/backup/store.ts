// Where backups are: a database of its own, so that what breaks the library does not take them along.
import Dexie, { type Table } from 'dexie';

/** What a backup holds, for a person to choose by. */
export interface Counts {
  /** Papers of the library. */
  papers: number;
  notes: number;
  highlights: number;
}

/** One backup. Its content is in `contents`, under the names that stand here. */
export interface Backup {
  /** Grows with each one: the clock may be set back. */
  number: number;
  /** When it was made, ms. */
  at: number;
  /** The canary of the database that it was made of: see `Meta` of `library/tables`. */
  library: string;
  /** The content of each part, by its number; empty where the part has no papers. */
  parts: string[];
  /** The content that has the topics. */
  extra: string;
  counts: Counts;
}

/** A part as it was last read, for the backup to come. */
export interface Part {
  part: number;
  /** Empty: it has no papers. */
  content: string;
  counts: Counts;
}

/** A text, compressed by gzip, under the SHA-256 of it. */
export interface Content {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A folder of the person's. Its grant can lapse; browsers without such grants have neither method. */
export type Folder = FileSystemDirectoryHandle & {
  queryPermission?(what: { mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission?(what: { mode: 'readwrite' }): Promise<PermissionState>;
};

/** Single values by name. Times in ms. */
export interface Values {
  /** The database that `parts` are of. */
  library: string;
  /** When it was last looked whether there is anything new to back up. */
  lookedAt: number;
  /** When the first backup was made. */
  since: number;
  /** Where each backup is written to as well. */
  folder: Folder;
  /** The last backup that was written there. */
  written: { number: number; at: number };
  /** The last backup that the person downloaded, and when. */
  downloaded: { number: number; at: number };
  /** The person is reminded to download one after so many days; 0 for never. Absent: `usualReminder`. */
  remindEvery: number;
  /** Not before: the person put a reminder off. */
  remindAfter: number;
}

export type Store = Dexie & {
  contents: Table<Content, string>;
  backups: Table<Backup, number, Omit<Backup, 'number'>>;
  parts: Table<Part, number>;
  state: Table<{ key: keyof Values; value: unknown }, keyof Values>;
};

/** Days between two reminders, where the person chose no others. */
export const usualReminder = 30;

/** The database of backups, opened at its first use. */
export function openStore(name = 'paper-margin-backups'): Store {
  const store = new Dexie(name) as Store;
  store.version(1).stores({
    contents: 'name',
    backups: '++number',
    parts: 'part',
    state: 'key',
  });
  return store;
}

/** One value, or undefined where there is none. */
export async function stateOf<Key extends keyof Values>(
  store: Store,
  key: Key,
): Promise<Values[Key] | undefined> {
  return (await store.state.get(key))?.value as Values[Key] | undefined;
}

/** Stores one value. */
export async function setState<Key extends keyof Values>(
  store: Store,
  key: Key,
  value: Values[Key],
): Promise<void> {
  await store.state.put({ key, value });
}

/** All backups, newest first. */
export function backupsOf(store: Store): Promise<Backup[]> {
  return store.backups.orderBy('number').reverse().toArray();
}
