// The entries of a BibTeX file with their fields as TeX, one after the other, and where each fault is. Pure.
// Source: the manual "BibTeXing" and the grammar in BibTeX's own bibtex.web; biblatex adds names of fields only.

/** One entry. Names are in lower case; values are TeX, with `@string` and `#` already put in. */
export interface Entry {
  /** From 1. */
  line: number;
  type: string;
  /** Empty where it has none. */
  key: string;
  fields: Map<string, string>;
}

/** Braces this deep are no text any more. */
const deepest = 200;

/** Strings that are made of strings can grow without end: this is where it does. */
const longestValue = 1_000_000;

/** An entry begins here, if no word runs into the sign. */
const beginning = /(?<![\w.-])@[ \t]*([a-z]+)\s*([{(])/gi;

/** A line that begins an entry ends the one before, even where that lacks its brace. */
const nextEntry = /\n[ \t]*@[ \t]*[a-z]+[ \t]*[{(][^\n={}"]*(?:,|\n|$)/gi;

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Why an entry cannot be read. */
class Fault extends Error {}

/** A place in the text that moves on; nothing is read at or after `end`. */
interface Cursor {
  text: string;
  at: number;
  end: number;
}

const blanks = /(?:\s+|%[^\n]*)*/y;

function skipBlanks(cursor: Cursor): void {
  blanks.lastIndex = cursor.at;
  cursor.at = Math.min(cursor.end, cursor.at + (blanks.exec(cursor.text)?.[0].length ?? 0));
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined || cursor.at + found.length > cursor.end) return undefined;
  cursor.at += found.length;
  return found;
}

const marks = /[{}"\\]/g;

/** The text up to the sign that closes it, at which the cursor stands before: `}` or, outside of braces, `"`. */
function delimited(cursor: Cursor, close: '}' | '"', field: string): string {
  const from = cursor.at;
  let depth = 0;
  marks.lastIndex = from;
  for (let found = marks.exec(cursor.text); found; found = marks.exec(cursor.text)) {
    if (found.index >= cursor.end) break;
    const sign = found[0];
    // BibTeX counts escaped braces like any other.
    if (depth === 0 && sign === close) {
      cursor.at = found.index + 1;
      return cursor.text.slice(from, found.index);
    }
    if (sign === '{' && ++depth > deepest) {
      throw new Fault(`its field "${field}" has more than ${deepest} braces inside each other`);
    }
    if (sign === '}' && --depth < 0) break;
  }
  const missing =
    close === '}' ? 'a closing brace is missing' : 'a closing quotation mark is missing';
  throw new Fault(`its field "${field}" does not end: ${missing}`);
}

const word = /[^\s"#%'(),={}]+/y;

/** The value of a field: parts joined by `#`. */
function value(cursor: Cursor, strings: Map<string, string>, field: string): string {
  let joined = '';
  for (;;) {
    skipBlanks(cursor);
    const sign = cursor.at < cursor.end ? cursor.text[cursor.at] : undefined;
    if (sign === '{' || sign === '"') {
      cursor.at++;
      joined += delimited(cursor, sign === '{' ? '}' : '"', field);
    } else {
      const name = take(cursor, word);
      if (name === undefined) throw new Fault(`its field "${field}" has no value`);
      // A name that nobody defined is most likely a text that lacks its braces.
      joined += strings.get(name.toLowerCase()) ?? name;
    }
    if (joined.length > longestValue) {
      throw new Fault(`its field "${field}" is longer than 1,000,000 characters`);
    }
    skipBlanks(cursor);
    if (!take(cursor, /#/y)) return joined;
  }
}

/** The fields up to the sign that closes the entry. */
function fields(cursor: Cursor, close: string, strings: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (;;) {
    skipBlanks(cursor);
    while (take(cursor, /,/y)) skipBlanks(cursor);
    if (cursor.at >= cursor.end) throw new Fault('it does not end: a closing brace is missing');
    if (cursor.text[cursor.at] === close) {
      cursor.at++;
      return found;
    }
    const name = take(cursor, word);
    skipBlanks(cursor);
    if (name === undefined || !take(cursor, /=/y)) {
      const after = [...found.keys()].at(-1);
      throw new Fault(
        `${after ? `what stands after its field "${after}"` : 'its beginning'} is no field with a value`,
      );
    }
    const text = value(cursor, strings, name);
    const lower = name.toLowerCase();
    // BibTeX takes the first of two fields with one name.
    if (!found.has(lower)) found.set(lower, text);
  }
}

/** What to look at in a file is also how far it is. */
export interface Found {
  entry?: Entry;
  fault?: { line: number; why: string };
  /** Characters read so far. */
  done: number;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/**
 * Reads the entries of a file. One that is broken is told, and reading goes on at the next; what stands between entries
 * is a comment, as are lines that begin with `%`. It takes time in proportion to the length of the text.
 */
export function* bibtexEntries(text: string): Generator<Found> {
  const strings = new Map(months.map((name, index) => [name, `${index + 1}`]));
  let line = 1;
  let lineStart = 0;
  let lineEnd = endOfLine(text, 0);
  /** The next line that begins an entry. */
  let boundary = 0;
  // A copy, since its place must last while others read other files.
  const start = new RegExp(beginning);
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const [all, type = '', open] = found;
    const kind = type.toLowerCase();
    while (lineEnd < found.index) {
      line++;
      lineStart = lineEnd + 1;
      lineEnd = endOfLine(text, lineStart);
    }
    if (/^[ \t]*%/.test(text.slice(lineStart, found.index))) {
      start.lastIndex = lineEnd;
      continue;
    }
    const from = found.index + all.length;
    if (boundary < from) {
      nextEntry.lastIndex = from;
      boundary = nextEntry.exec(text)?.index ?? text.length;
    }
    const end = boundary;
    const cursor: Cursor = { text, at: from, end };
    const close = open === '{' ? '}' : ')';
    const at = line;
    try {
      if (kind === 'comment') {
        if (open === '{') delimited(cursor, '}', kind);
      } else if (kind === 'preamble') {
        value(cursor, strings, kind);
      } else if (kind === 'string') {
        for (const [name, text] of fields(cursor, close, strings)) strings.set(name, text);
      } else {
        const key = take(cursor, /\s*[^\s,={}()"#%]*(?=\s*,)/y)?.trim() ?? '';
        const entry: Entry = { line: at, type: kind, key, fields: fields(cursor, close, strings) };
        yield { entry, done: cursor.at };
      }
      start.lastIndex = cursor.at;
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      start.lastIndex = end;
      if (kind === 'comment') continue;
      const name = take({ text, at: from, end }, /[^\s,={}()"#%]*/y);
      yield {
        fault: { line: at, why: `${name ? `“${name}”: ` : ''}${cause.message}` },
        done: end,
      };
    }
  }
}
