// Making backups: what is due of the library is read again, in short steps that can end anywhere and are gone on with.

import { type BackupDue, backupParts, type Database, partOf, read, write } from '../library/tables';
import type { PaperId } from '../paper';
import { granted, writeFile } from './folder';
import { digestOf, zipped } from './gzip';
import { countsOf, extraText, partText, total } from './records';
import { backupFile } from './restore';
import { staying } from './rolling';
import {
  type Backup,
  type Content,
  type Folder,
  type Part,
  type Store,
  setState,
  stateOf,
  usualReminder,
} from './store';

/** A little less than a day: who comes at the same hour each day has one each day. */
const often = 20 * 60 * 60_000;
/** Papers read in one step. */
const step = 500;
/** How many earlier libraries keep their last backup, whatever becomes of this one. */
const earlierLibraries = 3;
const dayLength = 24 * 60 * 60_000;

export interface BackupSeams {
  /** The library. */
  db: Database;
  store: Store;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** The person's own day, `YYYY-MM-DD`, at a time in ms. */
  dayOf: (ms: number) => string;
  /** The folder that the person picked. Absent: the one in `store`. */
  folder?: () => Promise<Folder | undefined>;
}

/** How it stands with backups, as far as a person has to know. */
export interface Standing {
  /** Why the last one is not in the folder: the browser wants to be asked again, or writing failed. */
  folder?: 'lapsed' | 'failed';
  /** None was downloaded for as many days as the person chose, and something changed since. */
  remind?: true;
}

export interface Backups {
  /**
   * Makes a backup where one is due, or `anew` in any case, and writes the last one to the folder. Where nothing
   * changed there is no new one. Calling it again goes on where it was stopped.
   * @throws Failure as `write` of `library/tables` does; DOMException where the backups cannot be stored
   */
  backUp(anew?: boolean): Promise<Standing>;
}

/** The canary of a library; one that has none yet gets it. */
async function canaryOf(db: Database): Promise<string> {
  const there = await read(db, ['meta'], () => db.meta.get('canary'));
  if (there?.key === 'canary') return there.value;
  const value = crypto.randomUUID();
  await write(db, [], () => db.meta.put({ key: 'canary', value }));
  return value;
}

/** Backups of a library. Nothing is read until it is called. */
export function openBackups(seams: BackupSeams): Backups {
  const { db, store, now, dayOf } = seams;
  const folder = seams.folder ?? (() => stateOf(store, 'folder'));

  /** What was read of another library, or of none, is no part of this one. */
  async function take(library: string): Promise<void> {
    if ((await stateOf(store, 'library')) === library) return;
    const all = Array.from({ length: backupParts }, (_, part): BackupDue => ({ part, stamp: 0 }));
    await write(db, ['backupDue'], () => db.backupDue.bulkPut(all));
    await store.transaction('rw', [store.parts, store.state], async () => {
      await store.parts.clear();
      await setState(store, 'library', library);
    });
  }

  /** The parts that are due, with the papers of each. */
  async function due(): Promise<{ mark: BackupDue; ids: PaperId[] }[]> {
    return read(db, ['kept', 'backupDue'], async () => {
      const marks = await db.backupDue.toArray();
      if (marks.length === 0) return [];
      const ids = Map.groupBy(await db.kept.toCollection().primaryKeys(), partOf);
      return marks.map((mark) => ({ mark, ids: ids.get(mark.part) ?? [] }));
    });
  }

  /** Reads some parts, stores them, and then takes away their marks, unless they changed meanwhile. */
  async function renew(parts: Awaited<ReturnType<typeof due>>): Promise<void> {
    const ids = parts.flatMap((part) => part.ids);
    const [kept, versions, highlights] = await read(
      db,
      ['kept', 'noteVersions', 'highlights'],
      () =>
        Promise.all([
          db.kept.bulkGet(ids),
          db.noteVersions.where('id').anyOf(ids).toArray(),
          db.highlights.where('paper').anyOf(ids).toArray(),
        ]),
    );
    const rows = Map.groupBy(
      kept.filter((row) => row !== undefined),
      ({ id }) => partOf(id),
    );
    const contents: Content[] = [];
    const renewed: Part[] = [];
    for (const { mark } of parts) {
      const mine = rows.get(mark.part) ?? [];
      const of = (id: PaperId) => partOf(id) === mark.part;
      const text = partText(
        mine,
        versions.filter(({ id }) => of(id)),
        highlights.filter(({ paper }) => of(paper)),
      );
      const name = text && (await digestOf(text));
      if (name) contents.push({ name, bytes: await zipped(text) });
      renewed.push({ part: mark.part, content: name, counts: countsOf(mine) });
    }
    await store.transaction('rw', [store.contents, store.parts], async () => {
      await store.contents.bulkPut(contents);
      await store.parts.bulkPut(renewed);
    });
    await write(db, ['backupDue'], async () => {
      const marks = await db.backupDue.bulkGet(parts.map(({ mark }) => mark.part));
      const settled = parts.filter(({ mark }, at) => marks[at]?.stamp === mark.stamp);
      await db.backupDue.bulkDelete(settled.map(({ mark }) => mark.part));
    });
  }

  async function renewAll(): Promise<void> {
    let batch: Awaited<ReturnType<typeof due>> = [];
    let papers = 0;
    for (const part of await due()) {
      if (batch.length > 0 && papers + part.ids.length > step) {
        await renew(batch);
        batch = [];
        papers = 0;
      }
      batch.push(part);
      papers += part.ids.length;
    }
    if (batch.length > 0) await renew(batch);
  }

  /** The topics: they are few, so they are read each time. */
  async function extra(): Promise<Content> {
    const text = extraText(await read(db, ['topics'], () => db.topics.toArray()));
    return { name: await digestOf(text), bytes: await zipped(text) };
  }

  /** Names what there is as a backup, unless the last one is the same, and drops what is named no more. */
  async function put(library: string, extra: Content): Promise<void> {
    const { contents, backups, parts, state } = store;
    await store.transaction('rw', [contents, backups, parts, state], async () => {
      const rows = await parts.toArray();
      const names: string[] = Array.from({ length: backupParts }, () => '');
      for (const { part, content } of rows) names[part] = content;
      const last = await backups.orderBy('number').last();
      const same =
        last?.library === library &&
        last.extra === extra.name &&
        last.parts.every((name, at) => name === names[at]);
      // A library in which nothing was ever kept is not worth one.
      if (!same && (last?.library === library || names.some(Boolean))) {
        const counts = total(rows.map((row) => row.counts));
        await contents.put(extra);
        await backups.add({ at: now(), library, parts: names, extra: extra.name, counts });
      }
      const all = await backups.orderBy('number').reverse().toArray();
      const stay = keeping(all, library, dayOf);
      const dropped = all.filter((one) => !stay.has(one));
      await backups.bulkDelete(dropped.map(({ number }) => number));
      const named = new Set([...names, ...[...stay].flatMap((one) => [...one.parts, one.extra])]);
      const stored = await contents.toCollection().primaryKeys();
      await contents.bulkDelete(stored.filter((name) => !named.has(name)));
      await setState(store, 'lookedAt', now());
      if ((await stateOf(store, 'since')) === undefined) await setState(store, 'since', now());
    });
  }

  /** Writes the last backup to the folder, where it is not there yet. */
  async function putFile(): Promise<Standing['folder']> {
    const picked = await folder();
    if (!picked) return undefined;
    try {
      if (!(await granted(picked))) return 'lapsed';
      const last = await store.backups.orderBy('number').last();
      const written = await stateOf(store, 'written');
      if (!last || written?.number === last.number) return undefined;
      const { number, at, library } = last;
      await writeFile(picked, library, dayOf(at), await backupFile(store, last));
      await setState(store, 'written', { number, at });
      return undefined;
    } catch (cause) {
      console.error(cause);
      return 'failed';
    }
  }

  async function remind(): Promise<boolean> {
    if (await folder()) return false;
    const last = await store.backups.orderBy('number').last();
    const since = await stateOf(store, 'since');
    const downloaded = await stateOf(store, 'downloaded');
    const every = (await stateOf(store, 'remindEvery')) ?? usualReminder;
    if (!last || since === undefined || downloaded?.number === last.number || !every) return false;
    if (now() < ((await stateOf(store, 'remindAfter')) ?? 0)) return false;
    return Math.abs(now() - (downloaded?.at ?? since)) >= every * dayLength;
  }

  async function run(anew: boolean): Promise<Standing> {
    const library = await canaryOf(db);
    const lookedAt = (await stateOf(store, 'lookedAt')) ?? 0;
    const last = await store.backups.orderBy('number').last();
    // The first backup does not wait for a day to go by.
    if (anew || last?.library !== library || Math.abs(now() - lookedAt) >= often) {
      await take(library);
      await renewAll();
      await put(library, await extra());
    }
    const trouble = await putFile();
    return { ...(trouble && { folder: trouble }), ...((await remind()) && { remind: true }) };
  }

  /** One after the other: two at once would do the same work twice. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    backUp(anew = false) {
      const mine = last.then(() => run(anew));
      last = mine.catch(() => {});
      return mine;
    },
  };
}

/** The backups that stay: of this library those that `staying` names, and the last one of each of a few before it. */
function keeping(newestFirst: Backup[], library: string, dayOf: BackupSeams['dayOf']): Set<Backup> {
  const ofThis = newestFirst.filter((one) => one.library === library);
  const stay = staying(ofThis, dayOf);
  const lasts = new Map<string, Backup>();
  for (const one of newestFirst) {
    if (one.library !== library && !lasts.has(one.library)) lasts.set(one.library, one);
  }
  return new Set([...stay, ...[...lasts.values()].slice(0, earlierLibraries)]);
}
