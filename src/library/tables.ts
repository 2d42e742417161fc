// The Dexie schema, and safe transactions over it. The only file that knows IndexedDB.
import Dexie, { type Collection, type DBCore, type Table } from 'dexie';
import type { Frequencies } from '../fit/frequencies';
import type { Bucket } from '../fit/record';
import type { Paper, PaperId } from '../paper';
import { fold } from '../query/fold';
import { foldTag } from '../query/language';
import type {
  NewHighlight,
  NoteVersion,
  Opened,
  Reading,
  Settings,
  Topic,
  Trending,
  Trouble,
} from './api';
import { failure } from './failure';
import type { Directory, Kind } from './search/segments';
import type { Column } from './search/terms';

/** The version of the tables; it grows with every change of them. */
export const schema = 5;

/** One paper that the person saved, noted or read, ever: a row stays as a tombstone. Times in ms. */
export interface Kept {
  id: PaperId;
  paper: Paper;
  saved: 0 | 1;
  /** When it was last saved; stays when it is taken off, for `restore`. */
  savedAt?: number;
  /** Stamp of `saved`. Absent: never saved, only noted. */
  savedChangedAt?: number;
  /** Empty: no note. */
  note: string;
  noteRevision: number;
  /** Stamp of `note`. */
  noteAt?: number;
  /** Who wrote it last, while that editor is the one to go on. */
  noteEditor?: string;
  /** The last write took text away, so the text before that is an earlier version already. */
  noteShrinking?: 0 | 1;
  /** Absent counts as unread. */
  reading?: Reading;
  /** Stamp of `reading`. Absent: never set. */
  readingChangedAt?: number;
  /** More like it is not wanted. Absent: never said. */
  dismissed?: 0 | 1;
  /** Stamp of `dismissed`. */
  dismissedChangedAt?: number;
  /** What the person filed it under, each once by `foldTag`. One that was taken off stays, as a tombstone. */
  tags?: TagMark[];
  /** 1: the person removed it, and it stands in the bin with all it has. 2: it is gone for good, and its texts with it. */
  removed?: 0 | 1 | 2;
  /** Stamp of `removed`. */
  removedChangedAt?: number;
  /** When an import brought it into the bin. Absent: the person put it there, at `removedChangedAt`. */
  binnedAt?: number;
  /** The highest version that the person read. */
  readVersion?: number;
  /** How often another program says that it was opened, and when last. It came with an import. */
  opens?: number;
  openedAt?: number;
  /** Of a listed paper, what its tags are compared by. Written only by `putKept`. */
  tagKeys?: string[];
  /** Of a listed paper, what it is sorted by. Written only by `putKept`. */
  titleKey?: string;
  /** How many highlights it has. Absent: none. Written only by `counting`. */
  highlights?: number;
  /** Its place in the library. */
  keptAt: number;
  /** It stands in the library: saved, noted, tagged, highlighted, or not unread, and not removed. Written only by `putKept`, which counts such rows. */
  listed: 0 | 1;
  /** The title is not known; not asked for again before this time. */
  wantedAt?: number;
  /** It is asked for with at most so many in one request, since a request of more failed. Written by `metadata`. */
  wantedIn?: number;
}

/** A tag of one paper, or that it was taken off. */
export interface TagMark {
  /** As the person wrote it. */
  name: string;
  /** Stamp, ms. */
  changedAt: number;
  off?: 1;
}

export interface Version extends NoteVersion {
  id: PaperId;
  editor?: string;
}

/**
 * One highlight that the person made, ever: a row stays as a tombstone, and a while after it was deleted its texts are
 * emptied. Times in ms.
 */
export interface Highlight extends NewHighlight {
  paper: PaperId;
  createdAt: number;
  /** Stamp of `colour`. */
  colourChangedAt: number;
  /** Empty: no comment. */
  comment: string;
  /** Stamp of `comment`. Absent: never commented. */
  commentChangedAt?: number;
  deleted: 0 | 1;
  /** Stamp of `deleted`. Absent: never deleted. */
  deletedChangedAt?: number;
}

/** An editor is open for this paper, or went away without closing. */
export interface Editing {
  id: PaperId;
  paper: Paper;
}

/** A topic that the person made, ever: a row stays as a tombstone. Times in ms. */
export interface TopicRow extends Topic {
  /** Stamp of name, query and notice. */
  changedAt: number;
  deleted: 0 | 1;
  /** Stamp of `deleted`. Absent: never deleted. */
  deletedChangedAt?: number;
  /**
   * Since it tells of papers: it tells of lists from that UTC day on, and of earlier days whose lists were stored then.
   * Absent: it never told.
   */
  from?: { day: string; lists: string[] };
}

/** That a paper was told of for a topic; it never is again. `key` names the notification. */
export interface Told {
  /** Topic and paper. */
  topic: string;
  id: PaperId;
  /** Empty where the paper was there already when the topic began to tell. */
  key: string;
  at: number;
  /** 0 until the notification was shown. */
  shown: 0 | 1;
  /** The person's own day that a daily notification belongs to, `YYYY-MM-DD`. Absent for others. */
  day?: string;
  /** The two below are what the notification says, until it was shown. */
  title?: string;
  upvotes?: number;
}

/** When the person last saw a paper in the digest, ms, and what its upvotes were then. */
export interface Seen {
  id: PaperId;
  at: number;
  upvotes?: number;
}

/** What was observed of a paper over time: rows thinned with age. Times in ms, oldest first. */
export interface Observed {
  id: PaperId;
  /** The last of `points`. */
  at: number;
  points: [at: number, upvotes: number, comments: number, stars: number][];
}

/**
 * One paper of the list of a day (`period`: see `PeriodView`), or, under the name `lists`, what weeks, months and
 * Trending said of it last: all these lists share it, and the row of each says its order.
 */
export interface Entry {
  period: string;
  id: PaperId;
  rank: number;
  fetchedAt: number;
  paper: Paper;
  trending: Trending;
}

/** One list: when it was fetched, how many papers it has, and how the last try failed. Times in ms. */
export interface Period {
  period: string;
  fetchedAt?: number;
  count?: number;
  /** The papers of a week, a month or Trending, in order; those of a day stand in `entries`. */
  ids?: PaperId[];
  /** A week that was put together from its days. */
  fromDays?: true;
  /** The service says that it is still to come, so its being empty means little. */
  refused?: true;
  /** When the person last looked at it, to the day; not kept for days. */
  lookedAt?: number;
  trouble?: Trouble;
}

/** What Hugging Face said of one paper. `found` is absent while no try had an answer. */
export interface Lookup {
  id: PaperId;
  fetchedAt?: number;
  found?: boolean;
  paper?: Paper;
  trending?: Trending;
  trouble?: Trouble;
}

/** Not to be asked before `until`, and why. */
export interface Rest {
  until: number;
  kind: Trouble['kind'];
  /** How often in a row it was too much. */
  failures: number;
}

/** A paper whose record for the ranking by fit is to be made anew. */
export interface FitDue {
  id: PaperId;
}

/** Single values by name. */
export type Meta =
  | { key: 'schema'; value: number }
  /** What the person set; the rest has its defaults. */
  | { key: 'settings'; value: Partial<Settings> }
  /** How many rows of `kept` are listed: browsers need as long for counting as for reading. */
  | { key: 'listed'; value: number }
  /** When the last requests that nobody waits for were made, or are to be made. */
  | { key: 'paced'; value: number[] }
  /** When observations were last thinned. */
  | { key: 'thinned'; value: number }
  /** How rare terms are, counted over the papers of those days, each day once. */
  | { key: 'fitFrequencies'; value: Frequencies & { days: string[] } }
  /**
   * The search index was begun over a library: papers with ids above `after` were never put into it; about `left` of
   * them. Absent: all were.
   */
  | { key: 'unindexed'; value: { after: string; left: number } }
  /** The name of this very database: another one where the browser threw it away and it began anew. */
  | { key: 'canary'; value: string }
  | { key: `rest:${string}`; value: Rest };

/** A paper that is to be put into the search index anew. Written by `queueing` alone. */
export interface Queued {
  id: PaperId;
  /** Another one at each change. */
  stamp: number;
}

/** A part of what is kept that is to be backed up anew. Written by `queueing`. */
export interface BackupDue {
  /** See `partOf`. */
  part: number;
  /** Another one at each change. */
  stamp: number;
}

/** So many parts: with 10,000 papers, one has about 40. */
export const backupParts = 256;

/**
 * The part of a backup that a paper is in, 0 to 255. It never changes.
 * Source: FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function partOf(id: PaperId): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & (backupParts - 1);
}

/** A segment of the search index: see `search/`. */
export interface IndexSegment {
  /** Newer ones are higher, and what they tell of a paper is true. */
  segment: number;
  /** How many papers it tells of. */
  docs: number;
  /** It is being merged from these and cannot be read yet: terms from `from` on are missing. */
  merging?: { of: number[]; from: string; first: Directory['first'] };
}

/** A part of a segment. It never changes. */
export interface IndexBlock {
  segment: number;
  kind: Kind | Column | 'directory';
  block: number;
  bytes?: Uint8Array;
  /** Of the one block of kind `directory`. */
  directory?: Directory;
}

interface Tables {
  kept: Table<Kept, PaperId>;
  noteVersions: Table<Version, string>;
  editing: Table<Editing, PaperId>;
  highlights: Table<Highlight, string>;
  topics: Table<TopicRow, string>;
  told: Table<Told, [string, PaperId]>;
  seen: Table<Seen, PaperId>;
  observed: Table<Observed, PaperId>;
  opened: Table<Opened, PaperId>;
  entries: Table<Entry, [string, PaperId]>;
  periods: Table<Period, string>;
  lookups: Table<Lookup, PaperId>;
  fitBuckets: Table<Bucket, number>;
  fitDue: Table<FitDue, PaperId>;
  meta: Table<Meta, Meta['key']>;
  /** Papers that changed since they were put into the search index. */
  indexQueue: Table<Queued, PaperId>;
  /** The numbers of papers in the search index. A number stays with its paper. */
  indexDocs: Table<{ doc: number; id: PaperId }, number, { id: PaperId }>;
  indexSegments: Table<IndexSegment, number>;
  indexBlocks: Table<IndexBlock, readonly [number, IndexBlock['kind'], number]>;
  /** Parts of what is kept that changed since they were backed up: see `backup/`. */
  backupDue: Table<BackupDue, number>;
}

export type Database = Dexie & Tables;

/** The index by which listed papers stand in their order, and the range of it that holds them all. */
const place = '[listed+keptAt]';
const everywhere = [
  [1, Number.NEGATIVE_INFINITY],
  [1, Number.POSITIVE_INFINITY],
] as const;

/** The name of the library's database. */
export const libraryName = 'paper-margin';

/** The database of that name, opened at its first use. */
export function openDatabase(name = libraryName): Database {
  const db = new Dexie(name) as Database;
  db.version(1).stores({
    kept: 'id, [listed+keptAt], wantedAt',
    noteVersions: 'key, id, replacedAt',
    editing: 'id',
    entries: '[period+id], id',
    periods: 'period',
    lookups: 'id',
    meta: 'key',
  });
  db.version(2)
    .stores({ opened: 'id, openedAt' })
    .upgrade(async (transaction) => {
      const listed = await transaction
        .table('kept')
        .where(place)
        .between(...everywhere)
        .count();
      const meta: Meta[] = [
        { key: 'schema', value: 2 },
        { key: 'listed', value: listed },
      ];
      await transaction.table('meta').bulkPut(meta);
    });
  db.version(3)
    .stores({ highlights: 'id, paper, deletedChangedAt' })
    .upgrade((transaction) => transaction.table<Meta>('meta').put({ key: 'schema', value: 3 }));
  db.version(4)
    .stores({
      topics: 'id',
      told: '[topic+id], at, shown, [topic+day]',
      seen: 'id, at',
      observed: 'id, at',
      fitBuckets: 'bucket',
      fitDue: 'id',
    })
    .upgrade(async (transaction) => {
      const ids = await transaction.table('kept').toCollection().primaryKeys();
      await transaction.table('fitDue').bulkPut(ids.map((id) => ({ id })));
      await transaction.table<Meta>('meta').put({ key: 'schema', value: 4 });
    });
  db.version(5)
    .stores({
      kept: 'id, [listed+keptAt], wantedAt, [listed+titleKey], *tagKeys, [removed+removedChangedAt]',
      backupDue: 'part',
      indexQueue: 'id',
      indexDocs: '++doc, &id',
      indexSegments: 'segment',
      indexBlocks: '[segment+kind+block]',
    })
    .upgrade(async (transaction) => {
      await transaction
        .table<Kept>('kept')
        .where(place)
        .between(...everywhere)
        .modify((row) => void Object.assign(row, keysOf(row)));
      const listed = (await transaction.table<Meta>('meta').get('listed')) as Meta | undefined;
      const left = listed?.key === 'listed' ? listed.value : 0;
      const meta: Meta[] = [
        { key: 'schema', value: 5 },
        { key: 'unindexed', value: { after: '', left } },
        { key: 'canary', value: crypto.randomUUID() },
      ];
      await transaction.table('meta').bulkPut(meta);
    });
  db.use({ stack: 'dbcore', name: 'queueing', create: queueing });
  db.on('populate', (transaction) => {
    const meta: Meta[] = [
      { key: 'schema', value: schema },
      { key: 'listed', value: 0 },
      { key: 'canary', value: crypto.randomUUID() },
    ];
    return transaction.table('meta').bulkAdd(meta);
  });
  return db;
}

/** The tables of which papers in the search index are made, and whose paper a row of them is. */
const searched: Record<string, (row: never) => PaperId> = {
  kept: (row: Kept) => row.id,
  highlights: (row: Highlight) => row.paper,
  lookups: (row: Lookup) => row.id,
  entries: (row: Entry) => row.id,
};

/** The tables of which backups are made, and whose paper a row of them is. */
const backedUp: Record<string, (row: never) => PaperId> = {
  kept: (row: Kept) => row.id,
  highlights: (row: Highlight) => row.paper,
  noteVersions: (row: Version) => row.id,
};

/**
 * Puts the papers of every row that is written into `indexQueue`, and their parts into `backupDue`, in the same
 * transaction, so that no write can leave the search index or the next backup behind. Of what was fetched only papers
 * that were kept.
 */
function queueing(down: DBCore): DBCore {
  return {
    ...down,
    transaction(tables, mode, options) {
      const more = [
        ...(tables.some((name) => name in searched) ? ['kept', 'indexQueue'] : []),
        ...(tables.some((name) => name in backedUp) ? ['backupDue'] : []),
      ];
      const all = mode === 'readonly' ? tables : [...new Set([...tables, ...more])];
      return down.transaction(all, mode, options);
    },
    table(name) {
      const table = down.table(name);
      const paperOf = searched[name] ?? backedUp[name];
      if (!paperOf) return table;
      return {
        ...table,
        async mutate(request) {
          const { trans, type } = request;
          // The tables are being brought up to this version; `unindexed` tells what the index lacks then.
          if ((trans as IDBTransaction).mode === 'versionchange') return table.mutate(request);
          let rows: readonly unknown[];
          if (type === 'add' || type === 'put') rows = request.values;
          else if (type === 'delete') {
            rows = await table.getMany({ trans, keys: request.keys as unknown[] });
          } else {
            const query = { index: table.schema.primaryKey, range: request.range };
            rows = (await table.query({ trans, values: true, query })).result;
          }
          const ids = new Set(rows.filter(Boolean).map((row) => paperOf(row as never)));
          if (name in backedUp && ids.size > 0) {
            const parts = new Set([...ids].map(partOf));
            const values = [...parts].map((part): BackupDue => ({ part, stamp: Math.random() }));
            await down.table('backupDue').mutate({ trans, type: 'put', values });
          }
          if (!(name in searched)) return table.mutate(request);
          let keys = [...ids];
          if (name === 'lookups' || name === 'entries') {
            const there = await down.table('kept').getMany({ trans, keys });
            keys = keys.filter((_, at) => there[at]);
          }
          if (keys.length > 0) {
            const values = keys.map((id): Queued => ({ id, stamp: Math.random() }));
            await down.table('indexQueue').mutate({ trans, type: 'put', values });
          }
          return table.mutate(request);
        },
      };
    },
  };
}

/** The names of an error and of what it wraps: Dexie hides the browser's error in `inner` or `failures`. */
function names(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  const { inner, failures } = cause as { inner?: unknown; failures?: unknown };
  return [cause.name, ...[inner, ...(Array.isArray(failures) ? failures : [])].flatMap(names)];
}

/** The connection to the storage went away; opening it again may help. */
function connectionLost(cause: unknown): boolean {
  const lost = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'];
  return names(cause).some((name) => lost.includes(name));
}

/** An error of the storage as a Failure. Any other error stays what it is. */
function asFailure(cause: unknown): unknown {
  if (names(cause).includes('QuotaExceededError')) {
    return failure(
      'storage-full',
      'The disk or the storage of this browser is full. Free some space, then try again.',
    );
  }
  const ofStorage = cause instanceof Dexie.DexieError || cause instanceof DOMException;
  if (!ofStorage) return cause;
  return failure(
    'storage',
    'Paper Margin could not use its storage. Try again, and restart the browser if that fails.',
  );
}

async function transact<T>(
  db: Database,
  mode: 'r' | 'rw',
  tables: (keyof Tables)[],
  work: () => Promise<T>,
) {
  const once = () => db.transaction(mode, tables, work);
  try {
    return await once().catch(async (cause: unknown) => {
      if (!connectionLost(cause)) throw cause;
      // Browsers drop connections after sleep and under pressure. The transaction was undone, so it may run again.
      db.close({ disableAutoOpen: false });
      await db.open();
      return once();
    });
  } catch (cause) {
    throw asFailure(cause);
  }
}

/**
 * Runs `work`, which must await nothing but these tables, on one consistent state.
 * @throws Failure `storage`
 */
export function read<T>(
  db: Database,
  tables: (keyof Tables)[],
  work: () => Promise<T>,
): Promise<T> {
  return transact(db, 'r', tables, work);
}

/**
 * Runs `work`, which must await nothing but these tables, as one change: all of it is stored, or nothing.
 * It may run twice, so it must not touch anything outside.
 * @throws Failure `storage-full`, `storage`; `refused` when a newer Paper Margin has written this database
 */
export function write<T>(
  db: Database,
  tables: (keyof Tables)[],
  work: () => Promise<T>,
): Promise<T> {
  // Who changes what is kept makes it due for the ranking.
  const due = tables.includes('kept') ? (['fitDue'] as const) : [];
  return transact(db, 'rw', [...new Set([...tables, ...due, 'meta' as const])], async () => {
    await checkSchema(db);
    return work();
  });
}

async function checkSchema(db: Database): Promise<void> {
  const written = await db.meta.get('schema');
  if (written?.key === 'schema' && written.value > schema) {
    throw failure(
      'refused',
      'A newer Paper Margin has written your library. Update the extension; until then nothing is changed.',
    );
  }
}

/**
 * The same for what follows from other tables and can be made again, such as the search index. It holds up no `write`
 * to other tables.
 * @throws Failure as `write` does
 */
export async function derive<T>(
  db: Database,
  tables: (keyof Tables)[],
  work: () => Promise<T>,
): Promise<T> {
  await read(db, ['meta'], () => checkSchema(db));
  return transact(db, 'rw', tables, work);
}

/** The listed papers, in the order in which they were kept. Needs the table `kept`. */
export function listedPapers(
  db: Database,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Collection<Kept, PaperId> {
  return db.kept.where(place).between([1, from], [1, to], true, true);
}

/**
 * The listed papers whose title is known, in the order of their titles. Needs the table `kept`.
 * @param from how the first of them begin
 * @param to how the last of them begin
 */
export function titledPapers(db: Database, from = '', to = ''): Collection<Kept, PaperId> {
  const index = db.kept.where('[listed+titleKey]');
  return index.between([1, from], [1, `${to}\uffff`], from !== '', false);
}

/** The listed papers whose title is not known. Needs the table `kept`. */
export function untitledPapers(db: Database): Collection<Kept, PaperId> {
  return db.kept.where('[listed+titleKey]').equals([1, '']);
}

/** Papers that have a row and are not listed: those of the bin, and what is left of others. Needs the table `kept`. */
export function unlistedPapers(db: Database): Collection<Kept, PaperId> {
  return db.kept
    .where(place)
    .between([0, Number.NEGATIVE_INFINITY], [0, Number.POSITIVE_INFINITY], true, true);
}

/** How many papers are listed. Needs the tables `kept` and `meta`. */
export async function countListed(db: Database): Promise<number> {
  const row = await db.meta.get('listed');
  return row?.key === 'listed' ? row.value : listedPapers(db).count();
}

/**
 * Stores rows of `kept`, and how many are listed now. Runs inside a `write` over `kept`.
 * @param changes each row once, with what is stored of it so far
 */
export async function putKept(
  db: Database,
  changes: { before: Kept | undefined; after: Kept }[],
): Promise<void> {
  const more = changes.reduce(
    (sum, { before, after }) => sum + after.listed - (before?.listed ?? 0),
    0,
  );
  if (more !== 0) await db.meta.put({ key: 'listed', value: (await countListed(db)) + more });
  await db.kept.bulkPut(changes.map(({ after }) => keyed(after)));
  await db.fitDue.bulkPut(changes.map(({ after }) => ({ id: after.id })));
}

/** What a listed row is found by, besides what it holds. */
function keysOf({ listed, paper, tags = [] }: Kept): Pick<Kept, 'tagKeys' | 'titleKey'> {
  if (!listed) return {};
  const tagKeys = tags.filter(({ off }) => !off).map(({ name }) => foldTag(name));
  const titleKey = fold(paper.title)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80);
  return { titleKey, ...(tagKeys.length > 0 && { tagKeys }) };
}

function keyed({ tagKeys: _, titleKey: __, ...row }: Kept): Kept {
  return { ...row, ...keysOf(row) };
}

/** Counts the listed papers anew, so that a count that ever went wrong does not stay wrong. */
export function recountListed(db: Database): Promise<unknown> {
  return write(db, ['kept'], async () =>
    db.meta.put({ key: 'listed', value: await listedPapers(db).count() }),
  );
}
