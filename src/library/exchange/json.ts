// The export file: its format, reading it with all its possible faults, and merging one record into a row. Pure.
import * as z from 'zod/mini';
import { type Paper, parsePaperId } from '../../paper';
import type { ImportReport, Reading } from '../api';
import { failure } from '../failure';
import { isListed, unkept } from '../kept';
import { fill, present } from '../merge';
import { both } from '../notes';
import type { Kept, Version } from '../tables';

z.config({ jitless: true });

const format = 'paper-margin';
const version = 1;

/** An earlier text of a note. Times in ms. */
export interface Earlier {
  text: string;
  replacedAt: number;
}

/**
 * One paper of the file. Times in ms; stamps say when the person changed the field. What later versions add is
 * optional: a file without it says nothing of it, and what is here stays.
 */
export interface Exported extends Paper {
  saved: boolean;
  savedAt?: number;
  savedChangedAt?: number;
  /** Absent when it was never set. */
  reading?: Reading;
  readingChangedAt?: number;
  keptAt: number;
  note?: { text: string; updatedAt: number };
  /** Newest first. */
  earlier?: Earlier[];
}

/** A record as it was read: the paper, and what the person did with it. */
export type Incoming = Omit<Exported, keyof Paper> & { paper: Paper };

/** Does the calendar have this `YYYY-MM-DD`? `Date.parse` alone may take 30 February for a day in March. */
function isReal(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** A metadata field that falls back alone. */
function lenient<T extends z.core.SomeType>(type: T) {
  return z.catch(z.optional(type), undefined);
}

const texts = z.array(z.string());
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isReal));
/** Up to the year 9999: a larger number is no time in ms, and past the range of dates it breaks what prints it. */
const time = z.number().check(z.nonnegative(), z.lt(Date.UTC(10_000, 0)));

/** What the person wrote is read strictly: better refused with a word than lost in silence. */
const recordShape = z.object({
  id: z.string(),
  title: lenient(z.string()),
  authors: lenient(texts),
  abstract: lenient(z.string()),
  published: lenient(day),
  updated: lenient(day),
  doi: lenient(z.string()),
  categories: lenient(texts),
  version: lenient(z.int().check(z.positive())),
  saved: z.optional(z.boolean()),
  savedAt: lenient(time),
  savedChangedAt: lenient(time),
  reading: z.optional(z.enum(['unread', 'reading', 'read'])),
  readingChangedAt: lenient(time),
  keptAt: lenient(time),
  note: z.optional(z.object({ text: z.string(), updatedAt: lenient(time) })),
  earlier: z.optional(z.array(z.object({ text: z.string(), replacedAt: time }))),
});

const fileShape = z.object({
  format: z.literal(format),
  version: z.number(),
  papers: z.array(z.unknown()),
});

/** The text of the file. `versions`: earlier texts of all notes, in any order. */
export function printExport(rows: Kept[], versions: Version[], now: number): string {
  const earlier = Map.groupBy(versions, ({ id }) => id);
  const papers = rows.map((row) =>
    present<Exported>({
      ...row.paper,
      id: row.id,
      saved: row.saved === 1,
      savedAt: row.savedAt,
      savedChangedAt: row.savedChangedAt,
      reading: row.reading,
      readingChangedAt: row.readingChangedAt,
      keptAt: row.keptAt,
      note: row.noteAt === undefined ? undefined : { text: row.note, updatedAt: row.noteAt },
      earlier: earlier
        .get(row.id)
        ?.map(({ text, replacedAt }) => ({ text, replacedAt }))
        .sort((a, b) => b.replacedAt - a.replacedAt || (a.text < b.text ? -1 : 1)),
    }),
  );
  return JSON.stringify(
    { format, version, exportedAt: new Date(now).toISOString(), papers },
    null,
    1,
  );
}

/**
 * ` near line 12`, as far as the browser's message tells: Firefox names the line; Chrome the position, or ten characters
 * on either side of it.
 */
function place(cause: unknown, text: string): string {
  const message = String(cause);
  const line = /\bline (\d+)/.exec(message)?.[1];
  if (line) return ` near line ${line}`;
  if (/end of JSON|end of data/.test(message)) return ' at its end: a part of it may be missing';
  const [, cut, excerpt] = /(\.\.\.)"(.*)"(?:\.\.\.)? is not valid JSON/s.exec(message) ?? [];
  if (!cut || !excerpt) return '';
  const position = text.indexOf(excerpt) + 10;
  return ` near line ${text.slice(0, position).split('\n').length}`;
}

function readRecord(raw: unknown): { record: Incoming } | { why: string } {
  const { data, error } = recordShape.safeParse(raw);
  if (!data) {
    const field = error.issues[0]?.path[0];
    return {
      why:
        field === undefined
          ? 'it is not a record'
          : `its field "${String(field)}" is missing or wrong`,
    };
  }
  const ref = parsePaperId(data.id);
  if (!ref) return { why: 'its field "id" is not an arXiv identifier' };
  const { keptAt, savedAt, savedChangedAt, saved = false, reading, note, earlier } = data;
  const updatedAt = note?.updatedAt ?? keptAt ?? 0;
  return {
    record: present<Incoming>({
      paper: present<Paper>({
        id: ref.id,
        title: data.title ?? '',
        authors: data.authors ?? [],
        abstract: data.abstract ?? '',
        published: data.published,
        updated: data.updated,
        doi: data.doi,
        categories: data.categories,
        version: data.version,
      }),
      saved,
      savedAt: savedAt ?? (saved ? (keptAt ?? 0) : undefined),
      savedChangedAt: savedChangedAt ?? savedAt ?? (saved ? (keptAt ?? 0) : undefined),
      reading,
      readingChangedAt: reading && (data.readingChangedAt ?? keptAt ?? 0),
      keptAt: keptAt ?? savedAt ?? updatedAt,
      note: note && { text: note.text.trim() ? note.text : '', updatedAt },
      earlier,
    }),
  };
}

/**
 * Reads a file. Records that cannot be read are named with their place; the others are given.
 * @throws Failure `invalid`, when the file as a whole cannot be read
 */
export function parseExport(text: string): {
  records: Incoming[];
  refused: ImportReport['refused'];
} {
  if (!text.trim()) throw failure('invalid', 'This file is empty. Choose an exported file.');
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw failure(
      'invalid',
      `This file is not JSON: it cannot be read${place(cause, text)}. Choose an exported file.`,
    );
  }
  const file = fileShape.safeParse(raw);
  if (!file.success) {
    throw failure(
      'invalid',
      'This file is not an export of Paper Margin. Choose a file that its Export has written.',
    );
  }
  if (file.data.version > version) {
    throw failure(
      'invalid',
      'A newer Paper Margin has written this file. Update the extension, then import it again.',
    );
  }
  const records: Incoming[] = [];
  const refused: ImportReport['refused'] = [];
  file.data.papers.forEach((one, index) => {
    const read = readRecord(one);
    if ('record' in read) records.push(read.record);
    else refused.push({ at: index + 1, why: read.why });
  });
  return { records, refused };
}

/**
 * One record merged into the row of its paper. Nothing in the row is overwritten: a text stays beside the other one,
 * `saved` and `reading` follow the newer stamp, metadata only fills gaps. Doing it again changes nothing.
 */
export function mergeRecord(row: Kept | undefined, record: Incoming): Kept {
  const { paper } = record;
  const { savedAt, savedChangedAt, ...before } = row ?? unkept(paper, record.keptAt);
  const newer = (record.savedChangedAt ?? -1) > (savedChangedAt ?? -1);
  const saved = newer ? (record.saved ? 1 : 0) : before.saved;
  const stamps = newer ? record : { savedAt, savedChangedAt };
  const highest = Math.max(before.paper.version ?? 0, paper.version ?? 0);
  const merged: Kept = {
    ...before,
    ...noteOf(before, record),
    ...readingOf(before, record),
    ...present<Partial<Kept>>({ savedAt: stamps.savedAt, savedChangedAt: stamps.savedChangedAt }),
    paper: { ...fill(before.paper, paper), ...(highest > 0 ? { version: highest } : {}) },
    saved,
  };
  const listed = isListed(merged);
  // Kept on both sides it stands where it was first.
  const places = [
    before.listed ? before.keptAt : [],
    isListed({ ...record, note: record.note?.text ?? '' }) ? record.keptAt : [],
  ].flat();
  return {
    ...merged,
    listed,
    keptAt: listed && places.length > 0 ? Math.min(...places) : before.keptAt,
  };
}

/** The fields of the reading state, where the record's are newer. */
function readingOf(row: Kept, { reading, readingChangedAt = 0 }: Incoming): Partial<Kept> {
  return reading && readingChangedAt > (row.readingChangedAt ?? -1)
    ? { reading, readingChangedAt }
    : {};
}

/** The fields of the note, where the record adds to it. */
function noteOf(row: Kept, { note: theirs }: Incoming): Partial<Kept> {
  if (!theirs) return {};
  const note = both(row.note, theirs.text);
  // An emptied note that comes to an empty library keeps its stamp.
  if (note === row.note) return row.noteAt === undefined ? { noteAt: theirs.updatedAt } : {};
  return {
    note,
    noteRevision: row.noteRevision + 1,
    noteAt: note === theirs.text ? theirs.updatedAt : Math.max(row.noteAt ?? 0, theirs.updatedAt),
    // Whoever has it open goes on as a new writer, so that this text is kept when it is replaced.
    noteEditor: '',
  };
}
