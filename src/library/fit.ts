// The ranking by fit over what is stored: records of the library kept up to date, papers ranked, related ones found.

import { endOf, kindOf } from '../calendar';
import { countPaper, emptyFrequencies, type IdfTable, idfTable } from '../fit/frequencies';
import { type Fit, rankPapers } from '../fit/rank';
import {
  type Bucket,
  bucketOf,
  emptyBucket,
  makeRecord,
  notedBit,
  type PaperRecord,
  pack,
  unpack,
} from '../fit/record';
import { findRelated } from '../fit/related';
import { readTerms } from '../fit/terms';
import type { Paper, PaperId } from '../paper';
import type { DigestPaper, Library, Related, Trending } from './api';
import { unkept } from './kept';
import { fetchedOf, views } from './look';
import { fill, present } from './merge';
import type { Seams } from './seams';
import { type Database, type Highlight, type Kept, type Period, read, write } from './tables';

/** Papers made anew in one transaction, and days counted in one: some 50 ms of work. */
const batch = { papers: 200, days: 5 };

/** Papers made anew before a question is answered, a few ms of work: more than change from one question to the next. */
const before = 16;

/** A paper to be ranked, as lists and views have it. */
interface Ranked {
  paper: Paper;
  trending?: Pick<Trending, 'keywords'>;
}

/** How near papers are to what the person cares about, in their order. Undefined: nothing to compare. No network. */
type Rank = (papers: Ranked[]) => Promise<DigestPaper['fit'][]>;

/** Begins to read what papers are compared with, so that it is there when it is known which papers. */
export type Fits = () => Rank;

interface Fitting extends Pick<Library, 'related' | 'nearby'> {
  fits: Fits;
  /** Counts the days of lists that are over, and makes records of all papers that changed. Can be stopped anywhere. */
  bringUpToDate(): Promise<void>;
  /** The same, not waited for. Tells when it is done: what was ranked before may be ranked otherwise now. */
  bringUpToDateSoon(): void;
}

/** What a person wrote about a paper, and the newest time at which they did something with it. */
function interestOf(row: Kept, highlights: Highlight[]) {
  const own = highlights.filter(({ deleted }) => !deleted);
  const times = [
    ...[row.savedAt, row.noteAt, row.readingChangedAt, row.dismissedChangedAt],
    ...own.map((one) => one.createdAt),
  ];
  return {
    note: [row.note, ...own.map(({ comment }) => comment)].join('\n'),
    interest: {
      saved: row.saved === 1,
      noted: row.note !== '',
      highlighted: own.length > 0,
      reading: row.reading ?? 'unread',
      dismissed: row.dismissed === 1,
      at: Math.max(...times.map((time) => time ?? 0)) || row.keptAt,
    } as const,
  };
}

/** Was this the list of a day that came after the day's end? One that came before it may lack papers. */
function whole({ period, fetchedAt = 0, refused }: Period): boolean {
  return kindOf(period) === 'day' && !refused && fetchedAt >= endOf(period);
}

/** Why a paper fits, in a few words. */
function inWords({ why }: Fit): string {
  const noted = why.some((reason) => reason.noted);
  const words = why.map((reason) => reason.words).join(' and ');
  return words && `near ${noted ? 'your notes' : 'your papers'} on ${words}`;
}

/** What is stored. */
interface Loaded {
  library: Bucket[];
  idfs: IdfTable;
  /** The library without what the person wrote, once it was asked for. */
  unwritten?: Bucket[];
}

/** The ranking by fit. */
export function openFitting(seams: Seams): Fitting {
  const { db, now, changed } = seams;

  /** What is stored, while the background lives: nobody else writes it. */
  let known: Loaded | undefined;
  /** Grows with what was stored: what was read before is old then. */
  let stored = 0;

  async function load(): Promise<Loaded> {
    if (known) return known;
    const turn = stored;
    const loaded = await read(db, ['fitBuckets', 'meta'], async () => ({
      library: await db.fitBuckets.toArray(),
      idfs: idfTable(await counted(db)),
    }));
    if (turn === stored) known = loaded;
    return loaded;
  }

  /** Counts some days whose whole list is there and was not counted yet. */
  async function countSome(): Promise<boolean> {
    const more = await write(db, ['periods', 'entries'], async () => {
      const frequencies = await counted(db);
      const before = new Set(frequencies.days);
      const periods = db.periods.filter((row) => whole(row) && !before.has(row.period));
      const days = await periods.limit(batch.days).primaryKeys();
      if (days.length === 0) return false;
      const entries = await db.entries.where('period').anyOf(days).toArray();
      for (const { paper, trending } of entries)
        countPaper(frequencies, termsOf({ paper, trending }));
      // All of them, as lists are kept for ever: a day that is forgotten here would be counted again.
      frequencies.days = [...frequencies.days, ...days].sort();
      await db.meta.put({ key: 'fitFrequencies', value: frequencies });
      return true;
    });
    if (more) {
      stored++;
      known = undefined;
    }
    return more;
  }

  /** Papers whose records are to be made anew, at most so many. */
  const due = (limit: number) => read(db, ['fitDue'], () => db.fitDue.limit(limit).primaryKeys());

  /** Makes the records of these papers anew. */
  async function record(ids: PaperId[]): Promise<void> {
    const done = await write(db, ['fitDue', 'fitBuckets', ...recordTables], async () => {
      const idfs = idfTable(await counted(db));
      const made = await recordsOf(db, ids, idfs);
      const byBucket = Map.groupBy(ids, bucketOf);
      const places = [...byBucket.keys()];
      const old = await db.fitBuckets.bulkGet(places);
      const buckets = places.map((place, index) => {
        const rest = unpack(old[index] ?? emptyBucket(place)).filter(
          ({ id }) => !made.has(id as PaperId),
        );
        const own = (byBucket.get(place) ?? []).flatMap((id) => made.get(id) ?? []);
        return pack(place, [...rest, ...own]);
      });
      await db.fitBuckets.bulkPut(buckets);
      await db.fitDue.bulkDelete(ids);
      return { buckets, places: new Set(places) };
    });
    stored++;
    if (known) {
      const others = known.library.filter(({ bucket }) => !done.places.has(bucket));
      known = { library: [...others, ...done.buckets], idfs: known.idfs };
    }
  }

  /** Makes the records of some papers anew that changed, `limit` at most. Gives whether there may be more. */
  async function recordSome(limit: number): Promise<boolean> {
    const ids = await due(limit);
    if (ids.length > 0) await record(ids);
    return ids.length === limit;
  }

  /** The library as it is without what the person wrote: only the papers that they wrote about are read again. */
  async function withoutNotes({ library, idfs }: Loaded): Promise<Bucket[]> {
    const noted = library
      .flatMap(unpack)
      .filter(({ weights }) => weights.some((weight) => weight & notedBit));
    const ids = noted.map(({ id }) => id as PaperId);
    const plain = await read(db, [...recordTables], () => recordsOf(db, ids, idfs, false));
    const changed = new Set(ids.map(bucketOf));
    return library.map((bucket) => {
      if (!changed.has(bucket.bucket)) return bucket;
      const records = unpack(bucket).flatMap((one) => {
        const own = plain.get(one.id as PaperId);
        return own === undefined ? one : (own ?? []);
      });
      return pack(bucket.bucket, records);
    });
  }

  async function near(id: PaperId, notes: boolean) {
    if (await recordSome(before)) bringUpToDateSoon();
    const [[view], loaded] = await Promise.all([views(seams, [id]), load()]);
    const { idfs } = loaded;
    if (!notes) loaded.unwritten ??= await withoutNotes(loaded);
    const library = (notes ? loaded.library : loaded.unwritten) ?? [];
    const { paper, trending } = view ?? {};
    const terms = paper && termsOf(present<Ranked>({ paper, trending }));
    return terms ? findRelated(library, idfs, terms, id) : [];
  }

  async function bringUpToDate(): Promise<void> {
    while (await countSome());
    for (let ids = await due(Infinity); ids.length > 0; ids = await due(Infinity)) {
      // A bucket is written whole, whatever of it changed: with very many papers, rather once than for each of them.
      ids.sort((a, b) => bucketOf(a) - bucketOf(b));
      for (let at = 0; at < ids.length; at += batch.papers) {
        await record(ids.slice(at, at + batch.papers));
      }
    }
  }

  let catchingUp = false;
  async function catchUp(): Promise<void> {
    if (catchingUp) return;
    catchingUp = true;
    try {
      const turn = stored;
      await bringUpToDate();
      if (stored !== turn) changed({ digest: true });
    } catch {
      // The next question or alarm goes on.
    } finally {
      catchingUp = false;
    }
  }
  const bringUpToDateSoon = () => void catchUp();

  return {
    fits() {
      const reading = recordSome(before).then(async (more) => {
        if (more) bringUpToDateSoon();
        return load();
      });
      // Who ranks hears of a failure.
      reading.catch(() => {});
      return async (papers) => {
        const { library, idfs } = await reading;
        const terms = papers.map((paper) => termsOf(paper));
        return rankPapers(library, idfs, terms, now()).map((fit) =>
          fit ? { score: fit.score, why: inWords(fit) } : undefined,
        );
      };
    },

    // Pages may ask this, and could ask for words: it is to be the same whatever the person wrote.
    nearby: async (id) => (await near(id, false)).length,

    async related(id) {
      const ids = (await near(id, true)) as PaperId[];
      const rows = await read(db, ['kept'], () => db.kept.bulkGet(ids));
      return rows.flatMap((row): Related[] =>
        row ? [{ id: row.id, title: row.paper.title, note: firstLine(row.note) }] : [],
      );
    },

    bringUpToDate,
    bringUpToDateSoon,
  };
}

/** The tables that `recordsOf` needs. */
const recordTables = ['kept', 'highlights', 'lookups', 'entries'] as const;

/** The records of papers as they are stored now; null where there is none. `notes`: with what the person wrote. */
async function recordsOf(
  db: Database,
  ids: PaperId[],
  idfs: IdfTable,
  notes = true,
): Promise<Map<PaperId, PaperRecord | null>> {
  const rows = await db.kept.bulkGet(ids);
  const fetched = await fetchedOf(db, ids);
  const highlights = Map.groupBy(
    await db.highlights.where('paper').anyOf(ids).toArray(),
    ({ paper }) => paper,
  );
  return new Map(
    ids.map((id, index): [PaperId, PaperRecord | null] => {
      const row = rows[index];
      if (!row) return [id, null];
      // One in the bin is as if it was never kept.
      const { dismissed = 0, dismissedChangedAt = 0 } = row;
      const unwanted = { ...unkept(row.paper, row.keptAt), dismissed, dismissedChangedAt };
      const { interest, note } = row.removed
        ? interestOf(unwanted, [])
        : interestOf(row, highlights.get(id) ?? []);
      const { paper, trending } = fetched.get(id) ?? {};
      const known = { paper: fill(row.paper, paper), ...(trending && { trending }) };
      return [id, makeRecord(id, termsOf(known, notes ? note : ''), interest, idfs)];
    }),
  );
}

function firstLine(note: string): string {
  return note.trim().split('\n', 1)[0] ?? '';
}

async function counted(db: Database) {
  const row = await db.meta.get('fitFrequencies');
  return row?.key === 'fitFrequencies' ? row.value : { ...emptyFrequencies(), days: [] };
}

function termsOf({ paper, trending }: Ranked, note = '') {
  const { title, abstract } = paper;
  return readTerms({ title, abstract, keywords: trending?.keywords ?? [], note });
}
