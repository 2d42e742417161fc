// CSV for spreadsheets: writing references so that no cell is run as a formula, and reading the same back. Pure.
// Source: RFC 4180; OWASP, "CSV Injection"
import { paperUrl, parsePaperId } from '../../paper';
import {
  collector,
  dateOf,
  lostCharacters,
  oneLine,
  type RawReference,
  type Recognise,
  type Reference,
  type ReferenceFile,
  type Slices,
} from './reference';

const columns = [
  'id',
  'title',
  'authors',
  'published',
  'updated',
  'version',
  'venue',
  'doi',
  'url',
  'categories',
  'tags',
  'reading',
  'saved',
  'note',
  'highlights',
  'abstract',
] as const;

type Row = Record<(typeof columns)[number], string>;

/** What makes a spreadsheet take a cell for a formula, also behind apostrophes that stand there already. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * The same inside a cell: a program that parts cells by semicolons or tabs knows no quotation marks of cells parted by
 * commas, so what stands behind a semicolon, a tab or a line end begins a cell there.
 */
const before = '[;\\t\\r\\n][\\s"]*';
const innerFormula = new RegExp(`(${before})(?='*[=+\\-@＝＋－＠])`, 'g');
const innerDefused = new RegExp(`(${before})'(?='*[=+\\-@＝＋－＠])`, 'g');

/** An apostrophe before it makes it text. Reading takes away exactly one where the rest would be a formula. */
function defused(cell: string): string {
  const inside = cell.replace(innerFormula, "$1'");
  return formula.test(inside) ? `'${inside}` : inside;
}

function undefused(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

function printCell(text: string): string {
  const cell = defused(text);
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Several values in one cell, parted by `; `. A semicolon of a value has a backslash before it. */
function printList(values: string[]): string {
  return values.map((value) => value.replace(/[\\;]/g, '\\$&')).join('; ');
}

function readList(cell: string): string[] {
  const values = cell.match(/(?:\\[\s\S]|[^\\;]+)+/g) ?? [];
  return values.map((value) => value.replace(/\\([\\;])/g, '$1').trim()).filter(Boolean);
}

function rowOf(reference: Reference): Row {
  const { paper, venue = '', tags, reading = '', savedAt, note = '', highlights = [] } = reference;
  return {
    id: paper.id,
    title: oneLine(paper.title),
    authors: printList(paper.authors),
    published: dateOf(reference) ?? '',
    updated: paper.updated ?? '',
    version: `${paper.version ?? ''}`,
    venue,
    doi: paper.doi ?? '',
    url: paperUrl({ id: paper.id }),
    categories: printList(paper.categories ?? []),
    tags: printList(tags),
    reading,
    saved: savedAt === undefined ? '' : new Date(savedAt).toISOString(),
    note,
    highlights: highlights
      .map(({ quote, comment }) =>
        [`“${oneLine(quote.exact)}”`, comment.trim()].filter(Boolean).join('\n'),
      )
      .join('\n\n'),
    abstract: paper.abstract,
  };
}

/** The mark by which Excel knows UTF-8, and the row of names. */
export const csvHead = `\uFEFF${columns.join(',')}\r\n`;

/** One reference as a row, ended by CRLF. */
export function printRow(reference: Reference): string {
  const row = rowOf(reference);
  return `${columns.map((name) => printCell(row[name])).join(',')}\r\n`;
}

interface Line {
  line: number;
  cells: string[];
  why?: string;
  done: number;
}

/** Where the cell that begins with a quotation mark at `from` ends, or -1. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** The rows of a CSV text. A quotation mark that never closes is told, and reading goes on at the next line. */
function* csvRows(text: string, separator: string): Generator<Line> {
  let at = 0;
  let line = 1;
  /** No quotation mark closes after this place: the file need not be searched again. */
  let open = text.length;
  const bare = new RegExp(`[^${separator}\\r\\n]*`, 'y');
  while (at < text.length) {
    const row: Line = { line, cells: [], done: at };
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const end = at < open ? closing(text, at) : -1;
        if (end < 0) {
          open = Math.min(open, at);
          row.why = 'a quotation mark in it is not closed';
        } else {
          cell = text.slice(at + 1, end).replaceAll('""', '"');
          line += cell.match(/\r\n?|\n/g)?.length ?? 0;
          at = end + 1;
        }
      }
      // What stands behind a closed quotation mark belongs to the cell, as spreadsheets have it.
      bare.lastIndex = at;
      const rest = bare.exec(text)?.[0] ?? '';
      at += rest.length;
      row.cells.push(undefused(cell + rest));
      if (text[at] !== separator) break;
      at++;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line++;
    yield { ...row, done: at };
  }
}

const states = ['unread', 'reading', 'read'] as const;

function rawOf(cell: (name: keyof Row) => string): RawReference {
  const id = cell('id').trim();
  const savedAt = Date.parse(cell('saved'));
  const arxiv = parsePaperId(id) !== null;
  return {
    title: cell('title'),
    authors: readList(cell('authors')),
    abstract: cell('abstract'),
    date: cell('published'),
    updated: cell('updated'),
    version: Number(cell('version')) || undefined,
    doi: cell('doi') || (/^doi:/i.test(id) ? id : ''),
    eprint: arxiv ? id : undefined,
    urls: [/^url:/i.test(id) ? id.slice(4) : undefined, cell('url')],
    categories: readList(cell('categories')),
    venue: cell('venue'),
    tags: readList(cell('tags')),
    reading: states.find((state) => state === cell('reading').trim().toLowerCase()),
    note: cell('note'),
    savedAt: savedAt >= 0 ? savedAt : undefined,
  };
}

/**
 * Reads a CSV file with the columns that `printCsv` writes, in any order, parted by comma, semicolon or tab; only one of
 * `id`, `doi` and `url` is needed. Highlights are not read: their places in the text are not in the file.
 * @param text decoded, see `file-text.ts`
 */
export function* readCsv(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('line', recognise);
  const body = text.replace(/^\uFEFF/, '');
  const head = /^[^\r\n]*/.exec(body)?.[0] ?? '';
  const separator = [',', ';', '\t'].find((sign) => head.includes(sign)) ?? ',';
  let names: string[] | undefined;
  /** Only what is written here has apostrophes inside cells. */
  let ours = false;
  for (const { line, cells, why, done } of csvRows(body, separator)) {
    if (line % 100 === 0) yield { done, of: body.length };
    if (!names) {
      names = cells.map((name) => name.trim().toLowerCase());
      ours = columns.every((name) => names?.includes(name));
      if (['id', 'doi', 'url'].some((name) => names?.includes(name))) continue;
      into.refuse(
        line,
        'the first line does not name the columns: one must be "id", "doi" or "url"',
      );
      break;
    }
    if (why) into.refuse(line, why);
    else if (cells.some((cell) => cell.trim())) {
      const named = names;
      into.add(
        line,
        rawOf((name) => {
          const cell = cells[named.indexOf(name)] ?? '';
          return ours ? cell.replace(innerDefused, '$1') : cell;
        }),
      );
    }
  }
  if (text.includes('\uFFFD')) into.remark(lostCharacters);
  return into.file();
}
