// The export file of Paper Margin: its records, written and read with all their possible faults. See README.md. Pure.
import * as z from 'zod/mini';
import { type Paper, parseKey } from '../../paper';
import { foldTag } from '../../query/language';
import type { ImportReport, Reading } from '../api';
import { failure } from '../failure';
import { byAge } from '../highlights';
import { present } from '../merge';
import type { Highlight, Kept, TagMark, TopicRow, Version } from '../tables';
import { tagName } from '../tags';
import { fault, lenient, mayBeTooLarge, time, tooLarge } from './fields';
import { type ExportedHighlight, printHighlight, readHighlight } from './highlight';
import { jsonRecords } from './json-records';
import type { Slices } from './reference';
import { printTopic, readTopic } from './topic';

export const format = 'paper-margin';
const version = 4;

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
  /** The version that the person read last. */
  readVersion?: number;
  /** Absent when it was never said. */
  dismissed?: boolean;
  dismissedChangedAt?: number;
  /** In the order of the alphabet; those too that were taken off (`off`). */
  tags?: { name: string; changedAt: number; off?: boolean }[];
  /** It stands in the bin, or went from there for good. Absent when it was never removed. */
  removed?: boolean;
  removedChangedAt?: number;
  /** It was removed for good: nothing of it is left but that. */
  gone?: boolean;
  /** How often another program says that it was opened, and when last. */
  opens?: number;
  openedAt?: number;
  keptAt: number;
  note?: { text: string; updatedAt: number };
  /** Newest first. */
  earlier?: Earlier[];
  /** Oldest first. */
  highlights?: ExportedHighlight[];
}

/** A record as it was read: the paper, and what the person did with it. */
export type Incoming = Omit<Exported, keyof Paper | 'highlights' | 'tags'> & {
  /** Its place in the file, from 1. */
  at: number;
  paper: Paper;
  tags?: TagMark[];
  highlights?: Highlight[];
  /**
   * It is from another program, which knows no stamps, so it only adds: the paper with its tags and note, or
   * `highlights` alone, where all else holds only if the paper was never kept.
   */
  adds?: 'paper' | 'highlights';
  /** The person wants it back, also where they removed it later than the file says. */
  returns?: boolean;
};

/** Does the calendar have this `YYYY-MM-DD`? `Date.parse` alone may take 30 February for a day in March. */
function isReal(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const texts = z.array(z.string());
const day = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/), z.refine(isReal));
/** Of a paper from elsewhere perhaps only the year or the month is known. */
const date = z.string().check(z.regex(/^\d{4}(-\d\d(-\d\d)?)?$/), z.refine(isReal));
const address = z.string().check(
  z.maxLength(2_000),
  z.refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text)),
);
const tagShape = z.object({
  name: z.string().check(z.refine((name) => tagName(name.replaceAll('\t', ' ')) !== null)),
  changedAt: lenient(time),
  off: z.optional(z.boolean()),
});
/** What the person wrote is read strictly: better refused with a word than lost in silence. */
const recordShape = z.object({
  id: z.string(),
  title: lenient(z.string()),
  authors: lenient(texts),
  abstract: lenient(z.string()),
  published: lenient(date),
  updated: lenient(day),
  doi: lenient(z.string()),
  categories: lenient(texts),
  version: lenient(z.int().check(z.positive())),
  venue: lenient(z.string()),
  code: lenient(address),
  saved: z.optional(z.boolean()),
  savedAt: lenient(time),
  savedChangedAt: lenient(time),
  reading: z.optional(z.enum(['unread', 'reading', 'read'])),
  readingChangedAt: lenient(time),
  dismissed: z.optional(z.boolean()),
  dismissedChangedAt: lenient(time),
  readVersion: lenient(z.int().check(z.positive())),
  tags: z.optional(z.array(z.unknown())),
  removed: z.optional(z.boolean()),
  removedChangedAt: lenient(time),
  gone: z.optional(z.boolean()),
  opens: lenient(z.int().check(z.positive())),
  openedAt: lenient(time),
  keptAt: lenient(time),
  note: z.optional(z.object({ text: z.string(), updatedAt: lenient(time) })),
  earlier: z.optional(z.array(z.object({ text: z.string(), replacedAt: time }))),
  highlights: z.optional(z.array(z.unknown())),
  adds: z.optional(z.enum(['paper', 'highlights'])),
  returns: z.optional(z.boolean()),
});

/** By what tags are the same, and stand in order. */
export function byTag(a: { name: string }, b: { name: string }): number {
  const [x, y] = [foldTag(a.name), foldTag(b.name)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * One paper as it stands in the file.
 * @param versions earlier texts of its note, and `highlights` all of it, in any order
 */
export function printPaper(row: Kept, versions: Version[], highlights: Highlight[]): Exported {
  return present<Exported>({
    ...row.paper,
    id: row.id,
    saved: row.saved === 1,
    savedAt: row.savedAt,
    savedChangedAt: row.savedChangedAt,
    reading: row.reading,
    readingChangedAt: row.readingChangedAt,
    readVersion: row.readVersion,
    dismissed: row.dismissed === undefined ? undefined : row.dismissed === 1,
    dismissedChangedAt: row.dismissedChangedAt,
    tags: row.tags?.length
      ? [...row.tags]
          .sort(byTag)
          .map(({ name, changedAt, off }) => ({ name, changedAt, ...(off && { off: true }) }))
      : undefined,
    removed: row.removed === undefined ? undefined : row.removed !== 0,
    removedChangedAt: row.removedChangedAt,
    gone: row.removed === 2 ? true : undefined,
    opens: row.opens,
    openedAt: row.openedAt,
    keptAt: row.keptAt,
    note: row.noteAt === undefined ? undefined : { text: row.note, updatedAt: row.noteAt },
    earlier:
      versions.length > 0
        ? versions
            .map(({ text, replacedAt }) => ({ text, replacedAt }))
            .sort((a, b) => b.replacedAt - a.replacedAt || (a.text < b.text ? -1 : 1))
        : undefined,
    highlights: highlights.length > 0 ? [...highlights].sort(byAge).map(printHighlight) : undefined,
  });
}

/** A record as the background takes it: as it would stand in the file, and what only adds says so. */
export function printIncoming({ paper, highlights, tags, ...rest }: Incoming): object {
  return {
    ...paper,
    ...rest,
    ...(tags && { tags: tags.map(({ off, ...tag }) => ({ ...tag, ...(off && { off: true }) })) }),
    ...(highlights && { highlights: highlights.map(printHighlight) }),
  };
}

/** What stands before, between and behind the records of a file, each on a line of its own. */
export const frame = {
  head: (now: number) =>
    `{\n"format": "${format}",\n"version": ${version},\n"exportedAt": "${new Date(now).toISOString()}",\n"papers": [\n`,
  between: ',\n',
  tail: (topics: TopicRow[]) =>
    `\n],\n"topics": [\n${topics.map((row) => JSON.stringify(printTopic(row))).join(',\n')}\n]\n}\n`,
};

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

/** The tags of a record, each once, and why some cannot be read. */
function readTags(raws: unknown[], stamp: number): { tags: TagMark[]; faults: string[] } {
  const read = raws.map((raw) => tagShape.safeParse(raw).data);
  const tags = new Map<string, TagMark>();
  for (const tag of read) {
    if (!tag) continue;
    const { name, changedAt = stamp, off } = tag;
    const mark: TagMark = {
      name: name.replace(/\s+/g, ' ').trim(),
      changedAt,
      ...(off && { off: 1 }),
    };
    const there = tags.get(foldTag(name));
    tags.set(foldTag(name), there ? newerTag(there, mark) : mark);
  }
  const faults = read.flatMap((tag, index) =>
    tag ? [] : [`tag ${index + 1} in it is no line of 1 to 5,000 characters`],
  );
  return { tags: [...tags.values()].sort(byTag), faults };
}

/** The newer word on one tag. Of the same time: that it is there, then the first of the alphabet. */
export function newerTag(a: TagMark, b: TagMark): TagMark {
  if (a.changedAt !== b.changedAt) return a.changedAt > b.changedAt ? a : b;
  if (a.off !== b.off) return a.off ? b : a;
  return a.name <= b.name ? a : b;
}

/**
 * One record, and why some tags or highlights in it cannot be read; or why none of it can.
 * @param raw as `printPaper` or `printIncoming` gives it
 */
export function readRecord(
  raw: unknown,
  at: number,
): { record: Incoming; faults: string[] } | { why: string } {
  const { data, error } = recordShape.safeParse(raw);
  if (!data) return { why: fault(error) };
  const id = parseKey(data.id);
  if (!id) return { why: 'its field "id" is no arXiv id, no DOI and no web address' };
  const { keptAt, savedAt, savedChangedAt, saved = false, reading, dismissed, removed } = data;
  const { note, earlier, adds, returns, opens, openedAt } = data;
  const updatedAt = note?.updatedAt ?? keptAt ?? 0;
  const highlights = data.highlights?.map((one) => readHighlight(one, id));
  const { tags, faults } = readTags(data.tags ?? [], keptAt ?? 0);
  return {
    faults: [
      ...faults,
      ...(highlights ?? []).flatMap((read, index) =>
        'why' in read ? [`highlight ${index + 1} in it: ${read.why}`] : [],
      ),
    ],
    record: present<Incoming>({
      at,
      adds,
      returns: returns || undefined,
      paper: present<Paper>({
        id,
        title: data.title ?? '',
        authors: data.authors ?? [],
        abstract: data.abstract ?? '',
        published: data.published,
        updated: data.updated,
        doi: data.doi,
        categories: data.categories,
        version: data.version,
        venue: data.venue,
        code: data.code,
      }),
      saved,
      savedAt: savedAt ?? (saved ? (keptAt ?? 0) : undefined),
      savedChangedAt: savedChangedAt ?? savedAt ?? (saved ? (keptAt ?? 0) : undefined),
      reading,
      readingChangedAt: reading && (data.readingChangedAt ?? keptAt ?? 0),
      readVersion: data.readVersion,
      dismissed,
      dismissedChangedAt:
        dismissed === undefined ? undefined : (data.dismissedChangedAt ?? keptAt ?? 0),
      tags: tags.length > 0 ? tags : undefined,
      removed,
      removedChangedAt: removed === undefined ? undefined : (data.removedChangedAt ?? keptAt ?? 0),
      gone: (removed && data.gone) || undefined,
      opens,
      openedAt,
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
 * Reads an export of ours, record by record, so that a file that is cut off still gives what it has.
 * @throws Failure `invalid`, when the file as a whole cannot be read
 */
export function* readExport(text: string): Slices<FileContent> {
  const records: Incoming[] = [];
  const refused: FileContent['refused'] = [];
  const topics: TopicRow[] = [];
  const head: Record<string, unknown> = {};
  let papers = false;
  let from = 0;
  for (const { at, key = '', list, value, ...one } of jsonRecords(text, ['papers', 'topics'])) {
    const { done } = one;
    const why = one.why ?? (list && mayBeTooLarge(done - from) ? tooLarge(value) : undefined);
    from = done;
    if (at % 50 === 1) yield { done, of: text.length };
    papers ||= list === 'papers';
    if (!list) {
      if (key === 'version' && Number(value) > version) {
        throw failure(
          'invalid',
          'A newer Paper Margin has written this file. Update the extension, then import it again.',
        );
      }
      if (why) refused.push({ at, why });
      else head[key] = value;
    } else if (list === 'papers') {
      if (at === 0) continue;
      const read = why === undefined ? readRecord(value, at) : { why };
      if ('why' in read) refused.push({ at, why: read.why });
      else {
        const { adds: _, returns: __, ...record } = read.record;
        records.push(record);
        refused.push(...read.faults.map((fault) => ({ at, why: fault })));
      }
    } else if (at > 0) {
      const read = why === undefined ? readTopic(value) : { why };
      if ('topic' in read) topics.push(read.topic);
      else refused.push({ at, why: `in the list of topics: ${read.why}` });
    }
  }
  if (head.format !== format || typeof head.version !== 'number' || !papers) {
    // Says where it breaks, if it does.
    parseJson(text);
    throw unknownFile();
  }
  return { records, refused, topics };
}

/** The failure for a file of which no part is of a format that is known. */
export function unknownFile(): Error {
  return failure(
    'invalid',
    'This file is not an export of Paper Margin, and of no other format that can be read: PaperMemory, BibTeX, RIS, CSL-JSON, CSV, W3C annotations, Hypothesis, or a list of ids and addresses. Choose another file.',
  );
}
