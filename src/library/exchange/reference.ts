// A paper as the formats of other programs know it, and collecting such papers out of a file. Pure.
import {
  keyOf,
  type Paper,
  type PaperId,
  type PaperRef,
  parseDoi,
  parsePaperId,
  publishedOf,
} from '../../paper';
import type { HighlightColour, Quote, Reading, RecognisedPage } from '../api';
import { fill, present } from '../merge';
import { both } from '../notes';
import type { Highlight, Kept } from '../tables';

/** A highlight as exports show it. */
export interface ReferenceHighlight {
  quote: Quote;
  colour: HighlightColour;
  /** Empty: no comment. */
  comment: string;
  /** ms */
  createdAt: number;
}

/** One paper on its way in or out, whatever the format. What a format or a file does not say is absent. */
export interface Reference {
  /** Its place in the file it was read from: a line, or a record from 1, as `ReferenceFile.unit` says. */
  at?: number;
  /** `id` in any of the three forms. `published` only where the whole day is known. */
  paper: Paper;
  /** When it was published, as exactly as is known: `2025`, `2025-01` or `2025-01-31`. Absent: `paper.published` says it. */
  date?: string;
  /** The journal, book or conference. */
  venue?: string;
  /** Its code, http or https. */
  code?: string;
  tags: string[];
  reading?: Reading;
  /** What the person wrote, Markdown. */
  note?: string;
  /** Oldest first. */
  highlights?: ReferenceHighlight[];
  /** When it was saved, ms. */
  savedAt?: number;
  /** How often it was opened, and when last, ms. */
  opens?: number;
  openedAt?: number;
}

/**
 * A paper of the library as a reference.
 * @param highlights those of this paper that were not removed, oldest first
 */
export function referenceOf(row: Kept, highlights: Highlight[], tags: string[]): Reference {
  return present<Reference>({
    paper: row.paper,
    venue: row.paper.venue,
    code: row.paper.code,
    tags,
    reading: row.reading,
    note: row.note || undefined,
    highlights: highlights.length
      ? highlights.map(({ quote, colour, comment, createdAt }) => ({
          quote,
          colour,
          comment,
          createdAt,
        }))
      : undefined,
    savedAt: row.saved ? row.savedAt : undefined,
  });
}

/** What a page is, for addresses found in a file. */
export type Recognise = (url: string) => RecognisedPage | null;

/** What was read of a file. */
export interface ReferenceFile {
  /** What `at` counts, here and in the references. */
  unit: 'line' | 'record';
  /** In the order of the file, each paper once. */
  references: Reference[];
  /** What could not be read, and why; `why` goes on from "was not read: ". */
  refused: { at: number; why: string }[];
  /** What was read, but may not be as the person expects. Absent `at`: the file as a whole. */
  remarks: { at?: number; what: string }[];
}

/** How far a reader is, in whatever unit `of` has. */
export interface Progress {
  done: number;
  of: number;
}

/**
 * Reads or writes a file slice by slice, so that a page can show how far it is, breathe and stop in between. Each slice
 * takes a few milliseconds.
 */
export type Slices<T> = Generator<Progress, T>;

/** Runs all slices at once: for texts that are known to be short. */
export function whole<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}

/**
 * Runs slices, and waits between them whenever about `most` ms have gone by.
 * @param seams.now ms; `pause` lets everything else run, `progress` hears how far it is
 * @throws the reason of `signal`, when that is aborted
 */
export async function inSlices<T>(
  slices: Slices<T>,
  seams: {
    now: () => number;
    pause: () => Promise<void>;
    signal: AbortSignal;
    progress: (at: Progress) => void;
  },
  most = 12,
): Promise<T> {
  let since = seams.now();
  for (;;) {
    seams.signal.throwIfAborted();
    const { done, value } = slices.next();
    if (done) return value;
    if (seams.now() - since < most) continue;
    seams.progress(value);
    await seams.pause();
    since = seams.now();
  }
}

/** The fields of one record of a file, as that file has them. */
export interface RawReference {
  title?: string | undefined;
  /** Given name first. */
  authors?: string[];
  /** There are more, whom the file does not name. */
  others?: boolean;
  abstract?: string | undefined;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is ignored. */
  date?: string | undefined;
  /** Of the latest version, `YYYY-MM-DD`; anything else is ignored. */
  updated?: string | undefined;
  doi?: string | undefined;
  /** Of the arXiv paper, where the file has it beside the id. */
  version?: number | undefined;
  /** An arXiv id, if it is one. */
  eprint?: string | undefined;
  urls?: (string | undefined)[];
  /** Texts that may mention the paper as `arXiv:1234.5678`. */
  mentions?: (string | undefined)[];
  categories?: string[];
  venue?: string | undefined;
  code?: string | undefined;
  tags?: string[];
  reading?: Reading | undefined;
  note?: string | undefined;
  savedAt?: number | undefined;
  opens?: number | undefined;
  openedAt?: number | undefined;
}

/** Text of one line: white space is one blank, control characters and halves of characters are gone. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}

/** Text of several lines, ended by `\n`, without control characters. */
export function manyLines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
}

/** A date of a file as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or undefined where its year is none. */
export function isoDate(
  year: string | number | undefined,
  month?: string | number,
  day?: string | number,
): string | undefined {
  const [y, m, d] = [year, month, day].map((part) =>
    /^\s*\d{1,4}\s*$/.test(`${part}`) ? Number(part) : Number.NaN,
  ) as [number, number, number];
  if (!(y >= 1000)) return undefined;
  if (!(m >= 1 && m <= 12)) return `${y}`;
  const both = `${y}-${`${m}`.padStart(2, '0')}`;
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return d >= 1 && d <= last ? `${both}-${`${d}`.padStart(2, '0')}` : both;
}

/** When a paper was published, as exactly as is known. */
export const dateOf = ({ paper, date }: Reference): string | undefined =>
  date ?? publishedOf(paper);

/** A note that programs add, which only names the paper at arXiv. */
export const onlyArxiv = /^(?:arxiv\s*preprint\s*)?arxiv:?\s*[\w./-]*(?:\s*\[[\w.-]+\])?$/i;

const mention =
  /\barxiv(?:\.org\/(?:abs|pdf)\/|\s*:\s*|\s+)((?:[a-z-]+(?:\.[a-z]{2,})?\/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)(?!\d)/i;

/** The arXiv paper that a record is of. */
function arxivRef(raw: RawReference, recognise: Recognise): PaperRef | null {
  const { eprint = '', doi = '', urls = [], mentions = [] } = raw;
  const old = /^\d{7}(?:v\d+)?$/.test(eprint.trim()) && raw.categories?.[0]?.split('.')[0];
  const named =
    parsePaperId(old ? `${old}/${eprint.trim()}` : eprint.trim()) ??
    parsePaperId(parseDoi(doi) ?? '');
  if (named) return named;
  for (const url of urls) {
    const page = url ? recognise(url.trim()) : null;
    if (page) return { id: page.id, ...(page.version && { version: page.version }) };
    const ref = parsePaperId(parseDoi(url ?? '') ?? '');
    if (ref) return ref;
  }
  return mentioned(mentions.filter((text) => onlyArxiv.test(text?.trim() ?? '')));
}

function mentioned(texts: (string | undefined)[]): PaperRef | null {
  for (const text of texts) {
    const ref = parsePaperId(mention.exec(text ?? '')?.[1] ?? '');
    if (ref) return ref;
  }
  return null;
}

/** What names the paper of a record. A note may speak of other papers, so it does only where nothing else does. */
function refOf(raw: RawReference, recognise: Recognise): PaperRef | null {
  const ref = arxivRef(raw, recognise);
  if (ref) return ref;
  const named = [{ doi: raw.doi ?? '' }, ...(raw.urls ?? []).map((url) => ({ url: url ?? '' }))];
  const id = named.map(keyOf).find((key) => key !== null);
  return id ? { id } : mentioned(raw.mentions ?? []);
}

const isUrl = (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text);

/** Drops texts that are empty or stand there already. */
function unique(texts: string[]): string[] {
  return [...new Set(texts.map(oneLine).filter(Boolean))];
}

/** A date that the calendar has, as far as it does. */
function checkedDate(text = ''): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text) ?? [];
  return isoDate(year, month, day);
}

function asReference(raw: RawReference, { id, version }: PaperRef, at: number): Reference {
  const doi = parseDoi(raw.doi ?? '');
  const note = manyLines(raw.note ?? '');
  const date = checkedDate(raw.date);
  const updated = checkedDate(raw.updated);
  return present<Reference>({
    at,
    paper: present<Paper>({
      id,
      title: oneLine(raw.title ?? ''),
      authors: (raw.authors ?? []).map(oneLine).filter(Boolean),
      abstract: manyLines(raw.abstract ?? ''),
      published: date?.length === 10 ? date : undefined,
      updated: updated?.length === 10 ? updated : undefined,
      doi: doi && !parsePaperId(doi) ? doi : undefined,
      categories: raw.categories?.length ? unique(raw.categories) : undefined,
      version: version ?? raw.version,
    }),
    date,
    venue: oneLine(raw.venue ?? '') || undefined,
    code: raw.code && isUrl(raw.code) ? raw.code : undefined,
    tags: unique(raw.tags ?? []),
    reading: raw.reading,
    note: note || undefined,
    savedAt: raw.savedAt,
    opens: raw.opens,
    openedAt: raw.openedAt,
  });
}

const order: Reading[] = ['unread', 'reading', 'read'];

/** Two records of one paper as one: the first one wins field by field, tags and notes of both are kept. */
function joined(first: Reference, second: Reference): Reference {
  const further = [first, second].flatMap(({ reading }) => reading ?? []);
  const saved = [first, second].flatMap(({ savedAt }) => savedAt ?? []);
  const reading = order.findLast((state) => further.includes(state));
  return {
    ...fill(first, second),
    paper: fill(first.paper, second.paper),
    tags: unique([...first.tags, ...second.tags]),
    ...((first.note || second.note) && { note: both(first.note ?? '', second.note ?? '') }),
    ...(reading && { reading }),
    ...(saved.length > 0 && { savedAt: Math.min(...saved) }),
  };
}

/** Says of a record or file that characters of it were lost before it came here. */
export const lostCharacters =
  'some characters were lost before this file was saved (they show as \uFFFD): it was written in another encoding. Export it again as UTF-8 if you can';

/** More than this in one record is no reference but something else. */
const longestRecord = 2_000_000;

/** Takes the records of one file, one after the other. */
export interface Collector {
  /** `at`: the record's place, see `ReferenceFile.unit`. */
  add(at: number, raw: RawReference): void;
  refuse(at: number, why: string): void;
  /** Says something of one record, or of the file as a whole. */
  remark(what: string, at?: number): void;
  file(): ReferenceFile;
}

/** Collects what is read of a file: names each paper, joins those that come twice, says what cannot be taken. */
export function collector(unit: ReferenceFile['unit'], recognise: Recognise): Collector {
  const found = new Map<PaperId, Reference>();
  const refused: ReferenceFile['refused'] = [];
  const remarks: ReferenceFile['remarks'] = [];
  const refuse = (at: number, why: string) => void refused.push({ at, why });
  return {
    add(at, raw) {
      const texts = [raw.title, raw.abstract, raw.note, ...(raw.authors ?? [])].join('\n');
      if (texts.length > longestRecord) return refuse(at, 'it is longer than 2,000,000 characters');
      const ref = refOf(raw, recognise);
      if (!ref) {
        const name = oneLine(raw.title ?? '').slice(0, 80);
        return refuse(
          at,
          `it has no arXiv id, no DOI and no web address${name ? `: “${name}”` : ''}`,
        );
      }
      const reference = asReference(raw, ref, at);
      const there = found.get(ref.id);
      found.set(ref.id, there ? joined(there, reference) : reference);
      if (there)
        remarks.push({ at, what: `the same paper as at ${unit} ${there.at}; both are one` });
      if (raw.others) {
        const what = 'its list of authors ends with “and others”: only those named there are taken';
        remarks.push({ at, what });
      }
      if (texts.includes('\uFFFD')) remarks.push({ at, what: lostCharacters });
    },
    refuse,
    remark: (what, at) => void remarks.push({ what, ...(at && { at }) }),
    file: () => ({
      unit,
      references: [...found.values()].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
      refused: refused.sort((a, b) => a.at - b.at),
      remarks,
    }),
  };
}
