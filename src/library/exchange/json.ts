// The export file: its format, reading it with all its possible faults, and merging one record into a row. Pure.
import * as z from 'zod/mini';
import { type Paper, parsePaperId } from '../../paper';
import type { ImportReport, Reading } from '../api';
import { failure } from '../failure';
import { byAge } from '../highlights';
import { isListed, unkept } from '../kept';
import { fill, present } from '../merge';
import { both } from '../notes';
import type { Highlight, Kept, TopicRow, Version } from '../tables';
import { fault, lenient, time } from './fields';
import { type ExportedHighlight, printHighlight, readHighlight } from './highlight';
import { printTopic, readTopic } from './topic';

const format = 'paper-margin';
const version = 3;

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
  /** Absent when it was never said. */
  dismissed?: boolean;
  dismissedChangedAt?: number;
  keptAt: number;
  note?: { text: string; updatedAt: number };
  /** Newest first. */
  earlier?: Earlier[];
  /** Oldest first. */
  highlights?: ExportedHighlight[];
}

/** A record as it was read: the paper, and what the person did with it. */
export type Incoming = Omit<Exported, keyof Paper | 'highlights'> & {
  /** Its place in the file, from 1. */
  at: number;
  paper: Paper;
  highlights?: Highlight[];
  /** It brings highlights alone: all else holds only where the paper was never kept. */
  onlyHighlights?: true;
};

/** Does the calendar have this `YYYY-MM-DD`? `Date.parse` alone may take 30 February for a day in March. */
function isReal(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const texts = z.array(z.string());
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isReal));
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
  dismissed: z.optional(z.boolean()),
  dismissedChangedAt: lenient(time),
  keptAt: lenient(time),
  note: z.optional(z.object({ text: z.string(), updatedAt: lenient(time) })),
  earlier: z.optional(z.array(z.object({ text: z.string(), replacedAt: time }))),
  highlights: z.optional(z.array(z.unknown())),
});

const fileShape = z.object({
  format: z.literal(format),
  version: z.number(),
  papers: z.array(z.unknown()),
  topics: z.optional(z.array(z.unknown())),
});

/** The text of the file. `versions` and `highlights`: earlier texts of all notes, and all highlights, in any order. */
export function printExport(
  rows: Kept[],
  versions: Version[],
  highlights: Highlight[],
  topics: TopicRow[],
  now: number,
): string {
  const earlier = Map.groupBy(versions, ({ id }) => id);
  const marked = Map.groupBy(highlights, ({ paper }) => paper);
  const papers = rows.map((row) =>
    present<Exported>({
      ...row.paper,
      id: row.id,
      saved: row.saved === 1,
      savedAt: row.savedAt,
      savedChangedAt: row.savedChangedAt,
      reading: row.reading,
      readingChangedAt: row.readingChangedAt,
      dismissed: row.dismissed === undefined ? undefined : row.dismissed === 1,
      dismissedChangedAt: row.dismissedChangedAt,
      keptAt: row.keptAt,
      note: row.noteAt === undefined ? undefined : { text: row.note, updatedAt: row.noteAt },
      earlier: earlier
        .get(row.id)
        ?.map(({ text, replacedAt }) => ({ text, replacedAt }))
        .sort((a, b) => b.replacedAt - a.replacedAt || (a.text < b.text ? -1 : 1)),
      highlights: marked.get(row.id)?.sort(byAge).map(printHighlight),
    }),
  );
  return JSON.stringify(
    {
      format,
      version,
      exportedAt: new Date(now).toISOString(),
      papers,
      topics: topics.map(printTopic),
    },
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

/** The record, and why some highlights in it cannot be read; or why none of it can. */
function readRecord(
  raw: unknown,
  at: number,
): { record: Incoming; faults: string[] } | { why: string } {
  const { data, error } = recordShape.safeParse(raw);
  if (!data) return { why: fault(error) };
  const ref = parsePaperId(data.id);
  if (!ref) return { why: 'its field "id" is not an arXiv identifier' };
  const {
    keptAt,
    savedAt,
    savedChangedAt,
    saved = false,
    reading,
    dismissed,
    note,
    earlier,
  } = data;
  const updatedAt = note?.updatedAt ?? keptAt ?? 0;
  const highlights = data.highlights?.map((one) => readHighlight(one, ref.id));
  return {
    faults: (highlights ?? []).flatMap((read, index) =>
      'why' in read ? [`highlight ${index + 1} in it: ${read.why}`] : [],
    ),
    record: present<Incoming>({
      at,
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
      dismissed,
      dismissedChangedAt:
        dismissed === undefined ? undefined : (data.dismissedChangedAt ?? keptAt ?? 0),
      keptAt: keptAt ?? savedAt ?? updatedAt,
      note: note && { text: note.text.trim() ? note.text : '', updatedAt },
      earlier,
      highlights: highlights?.flatMap((read) => ('why' in read ? [] : [read.highlight])),
    }),
  };
}

/**
 * The JSON of a file.
 * @throws Failure `invalid`, when it is none
 */
export function parseJson(text: string): unknown {
  if (!text.trim()) throw failure('invalid', 'This file is empty. Choose an exported file.');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw failure(
      'invalid',
      `This file is not JSON: it cannot be read${place(cause, text)}. Choose an exported file.`,
    );
  }
}

/** What was read of a file. Records that cannot be read are named with their place; the others are given. */
export interface FileContent {
  records: Incoming[];
  refused: ImportReport['refused'];
  topics?: TopicRow[];
  elsewhere?: number;
  unquoted?: number;
}

/**
 * Reads an export of ours.
 * @throws Failure `invalid`, when the file as a whole cannot be read
 */
export function readExport(raw: unknown): FileContent {
  const file = fileShape.safeParse(raw);
  if (!file.success) {
    throw failure(
      'invalid',
      'This file is not an export of Paper Margin, no W3C annotations and no export of Hypothesis. Choose a file that one of their exports has written.',
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
    const at = index + 1;
    const read = readRecord(one, at);
    if ('why' in read) refused.push({ at, why: read.why });
    else {
      records.push(read.record);
      refused.push(...read.faults.map((why) => ({ at, why })));
    }
  });
  const topics = (file.data.topics ?? []).flatMap((one, index) => {
    const read = readTopic(one);
    if ('topic' in read) return [read.topic];
    refused.push({ at: index + 1, why: `in the list of topics: ${read.why}` });
    return [];
  });
  return { records, refused, topics };
}

/**
 * One record merged into the row of its paper. Nothing in the row is overwritten: a text stays beside the other one,
 * `saved`, `reading` and `dismissed` follow the newer stamp, metadata only fills gaps. Doing it again changes nothing.
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
    ...dismissedOf(before, record),
    ...present<Partial<Kept>>({ savedAt: stamps.savedAt, savedChangedAt: stamps.savedChangedAt }),
    paper: { ...fill(before.paper, paper), ...(highest > 0 ? { version: highest } : {}) },
    saved,
  };
  const theirs = record.highlights?.filter(({ deleted }) => !deleted).length ?? 0;
  // Whether all of them are taken is not known yet: whoever stores them counts again.
  const listed = isListed({ ...merged, highlights: (merged.highlights ?? 0) + theirs });
  // Kept on both sides it stands where it was first.
  const places = [
    before.listed ? before.keptAt : [],
    isListed({ ...record, note: record.note?.text ?? '', highlights: theirs }) ? record.keptAt : [],
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

/** Whether more like it is unwanted, where the record's word is newer. */
function dismissedOf(row: Kept, { dismissed, dismissedChangedAt = 0 }: Incoming): Partial<Kept> {
  return dismissed !== undefined && dismissedChangedAt > (row.dismissedChangedAt ?? -1)
    ? { dismissed: dismissed ? 1 : 0, dismissedChangedAt }
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
