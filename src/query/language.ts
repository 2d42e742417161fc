// The query language: what a person types to describe papers, read into a tree. One language for topics and search.
//
//   llama "mixture of experts"     every word and phrase; a phrase is words next to one another
//   llama OR mamba quantization    (llama OR mamba) and quantization: OR binds tighter, as in Google's search
//   -survey -(vision OR audio)     without them
//   quant*                         words that begin so
//   author:hinton                  a field: its value is a word or a phrase
//   1810.04805                     the paper of that arXiv id; a link to it does as well
//   https://doi.org/10.1000/xyz    the words of that DOI, without what is put before it
import { type PaperId, parseDoi, parsePaperId } from '../paper';
import { wordsOf } from './words';

/** Fields of words. */
export type TextField = 'title' | 'author' | 'org' | 'keyword';

/** What `is:` knows. */
const states = ['saved', 'unread', 'reading', 'read', 'noted', 'highlighted'] as const;
export type State = (typeof states)[number];

/** What `has:` knows. A plural is understood too. */
const parts = ['note', 'highlight', 'code', 'model', 'dataset', 'space', 'project'] as const;
export type Part = (typeof parts)[number];

/**
 * A query, as short as it can be: no `all` in an `all`, no `any` in an `any`, no `not` in a `not`, and two or more in
 * each, save that `all` of nothing is the empty query, which every paper matches.
 */
export type Query =
  | { kind: 'all' | 'any'; of: Query[] }
  | { kind: 'not'; of: Query }
  /** Words of `words.ts` next to one another, at least one; with `prefix` the last may go on. No `in`: anywhere. */
  | { kind: 'text'; in?: TextField; words: string[]; prefix?: true }
  /** The paper with that id, and texts that name it. */
  | { kind: 'id'; id: PaperId }
  /** A whole tag, as `foldTag` gives it; with `prefix` its beginning. */
  | { kind: 'tag'; tag: string; prefix?: true }
  /** `cs.cl`, or an archive with all its categories: `cs`. Lower case. */
  | { kind: 'cat'; cat: string }
  | { kind: 'is'; is: State }
  | { kind: 'has'; has: Part }
  /** First published before that year, month or day began, or after it began: `2024`, `2024-06`, `2024-06-30`. */
  | { kind: 'before' | 'after'; date: string };

/** The name of a field. */
export type Field = TextField | 'has' | 'cat' | 'tag' | 'is' | 'before' | 'after';

/** The fields that topics know: what can be said of a paper nobody kept. */
export const topicFields: readonly Field[] = ['author', 'org', 'keyword', 'title', 'has', 'cat'];

/** All fields, which the library knows. */
export const libraryFields: readonly Field[] = [...topicFields, 'tag', 'is', 'before', 'after'];

/** What is wrong with a query, and where: `at` and `length` are UTF-16 units of its text. */
export interface Problem {
  at: number;
  length: number;
  /** A plain sentence or two: what is wrong and what to do. */
  says: string;
}

/** Parentheses inside one another; more is a slip or an attack. */
const deepest = 50;

/** `['a', 'b', 'c']` -> `a, b or c` */
const list = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** A tag as queries compare it: case, accents, quotation marks and the number of spaces make no difference. */
export function foldTag(tag: string): string {
  return tag
    .normalize('NFKD')
    .toLowerCase()
    .replace(/["“”„]|[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `all` or `any` of some queries, as short as it can be. */
function join(kind: 'all' | 'any', queries: Query[]): Query {
  const of = queries.flatMap((query) => (query.kind === kind ? query.of : [query]));
  return of.length === 1 && of[0] ? of[0] : { kind, of };
}

/** The address of a DOI, without the DOI. */
const doiAddress = /^(?:https?:\/\/)?(?:(?:dx|www)\.)?doi\.org\//i;

/** The arXiv id that a word is: an identifier, with prefix or version or not, or a link to its paper. */
function idIn(word: string): PaperId | undefined {
  // No id and no link to a paper is as long, and the expressions below would be slow on a long run of dots.
  if (word.length > 300) return;
  const name = word
    .replace(/^(?:https?:\/\/[^/]+|[^/:]+\.[^/:]+)\/(?:abs|pdf|html|papers)\//i, '')
    .replace(/^doi:/i, '')
    .replace(doiAddress, '')
    .replace(/[?#].*$/s, '')
    .replace(/[.,;:]+$/, '')
    // A version that is about to be typed.
    .replace(/(?<=\d)v$/, '');
  return parsePaperId(name)?.id;
}

/** The DOI that a word is, bare or with `doi:` or as an address. */
function doiIn(word: string): string | undefined {
  const bare = word.replace(doiAddress, '');
  // What follows these signs in an address is no more of the DOI.
  const text = bare === word ? word : `https://doi.org/${bare.replace(/[?#].*$/s, '')}`;
  return parseDoi(text) ?? undefined;
}

/** Is it a year, a month or a day that there is? */
function isDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year) return false;
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** A value as it was typed: a word or a phrase, with a star behind it or not. */
interface Value {
  text: string;
  quoted: boolean;
  prefix: boolean;
}

/** The query of a field and its value, or a sentence about what is wrong. */
function ofField(field: Field, value: Value): Query | string {
  const prefix = value.prefix && { prefix: true as const };
  const name = value.text.toLowerCase();
  switch (field) {
    case 'is': {
      const is = states.find((state) => state === name);
      return is ? { kind: 'is', is } : `“is:” takes ${list(states)}.`;
    }
    case 'has': {
      const has = parts.find((part) => part === name.replace(/s$/, ''));
      return has ? { kind: 'has', has } : `“has:” takes ${list(parts)}.`;
    }
    case 'cat': {
      const cat = name.replace(/\.$/, '');
      return /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/.test(cat)
        ? { kind: 'cat', cat }
        : 'A category looks like cs.CL, or cs for all of computer science.';
    }
    case 'before':
    case 'after':
      return isDate(value.text)
        ? { kind: field, date: value.text }
        : 'There is no such date. Write a year, a month or a day: 2024, 2024-06 or 2024-06-30.';
    case 'tag': {
      const tag = foldTag(value.text);
      return tag ? { kind: 'tag', tag, ...prefix } : 'Write the name of a tag after “tag:”.';
    }
    default: {
      const words = wordsOf(value.text).map(({ word }) => word);
      return words.length > 0
        ? { kind: 'text', in: field, words, ...prefix }
        : `There is no letter or digit here. Write a word or a phrase after “${field}:”.`;
    }
  }
}

/**
 * Reads a query.
 *
 * - Terms side by side must all match. `OR`, in capitals, joins the terms beside it before that: `a OR b c` is
 *   `(a OR b) c`. `AND` says what is so without it. Parentheses group. A minus before a term or group turns it round.
 * - A word is taken apart as `wordsOf` does and must then stand so in the text: `GPT-4`, `GPT4` and `"gpt 4"` are one.
 *   A star behind a word or phrase lets its last word go on. Case and accents make no difference.
 * - A name with a colon is a field, unless a space follows it and no field has that name, as in a title that was
 *   pasted. Links and `arXiv:1810.04805` are no fields.
 * - A DOI is its words next to one another, however it is written: bare, with `doi:`, or as an address.
 * - Signs without a letter or digit, such as `&` or a dash between spaces, are passed over.
 *
 * @param text as typed. Any: no text throws, and the time is linear
 * @param fields those that may be used here
 * @returns the query, empty for a blank text, or the first problem
 */
export function parseQuery(
  text: string,
  fields: readonly Field[] = libraryFields,
): { query: Query } | { problem: Problem } {
  let at = 0;
  let problem: Problem | undefined;

  /** Keeps the first problem and ends the reading. */
  const stop = (from: number, length: number, says: string): null => {
    problem ??= { at: from, length, says };
    at = text.length;
    return null;
  };

  /** What the sticky expression finds here, which is then read. */
  const take = (expression: RegExp): string => {
    expression.lastIndex = at;
    const found = expression.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };

  /** A word up to the next space, parenthesis or quotation mark; of a DOI, its parentheses are a part. */
  const takeWord = (): string => {
    const word = take(/[^\s()"“”„]+/y);
    return text.charAt(at) === '(' && doiIn(word)
      ? word + take(/(?:\([^\s()"“”„]*(?:\)[^\s()"“”„]*|$))+/y)
      : word;
  };

  /** A phrase, from its opening quotation mark, and the star behind it. */
  const phrase = (): Value | null => {
    const from = at;
    const inside = take(/["“”„][^"“”„]*/y).slice(1);
    if (at === text.length) {
      return stop(from, 1, 'There is no closing quotation mark for the one here. Add it.');
    }
    at++;
    return { text: inside, quoted: true, prefix: take(/\*+/y) !== '' };
  };

  const bareValue = (word: string): Value => {
    let end = word.length;
    while (word.charAt(end - 1) === '*') end--;
    return { text: word.slice(0, end), quoted: false, prefix: end < word.length };
  };

  /** A term that is words. Null when there are none in it. */
  const textTerm = ({ text: typed, quoted, prefix }: Value): Query | null => {
    const id = quoted || prefix ? undefined : idIn(typed);
    if (id) return { kind: 'id', id };
    const words = wordsOf((!quoted && doiIn(typed)) || typed).map(({ word }) => word);
    return words.length > 0 ? { kind: 'text', words, ...(prefix && { prefix }) } : null;
  };

  /** A word, or a field with its value; at its first sign. */
  const wordTerm = (): Query | null => {
    const from = at;
    const word = takeWord();
    const name = /^([a-z]+):(?!\/\/)/i.exec(word)?.[1];
    if (name === undefined || /^(arxiv|doi)$/i.test(name)) return textTerm(bareValue(word));
    const field = libraryFields.find((known) => known === name.toLowerCase());
    const rest = word.slice(name.length + 1);
    const marked = /["“”„]/.test(text.charAt(at));
    if (!field && !rest && !marked) return textTerm(bareValue(word));
    if (!field || !fields.includes(field)) {
      const known = list(fields.map((each) => `${each}:`));
      const what = field ? `“${field}:” cannot be used here.` : `There is no field “${name}:”.`;
      const instead =
        name.toLowerCase() === 'year' && fields.includes('after')
          ? 'For the papers of a year write after:2024 before:2025.'
          : 'To search for these words as they are, put them in quotation marks.';
      return stop(from, name.length + 1, `${what} Use ${known}. ${instead}`);
    }
    const value = rest || !marked ? bareValue(rest) : phrase();
    if (!value) return null;
    if (!rest && !marked) {
      const named = field === 'is' || field === 'has' ? ofField(field, bareValue('')) : undefined;
      const says =
        typeof named === 'string'
          ? named
          : `Write a word or a phrase right after “${field}:”, without a space.`;
      return stop(from, field.length + 1, says);
    }
    const read = ofField(field, value);
    return typeof read === 'string' ? stop(from, at - from, read) : read;
  };

  /** A term or a group with the minuses before it. Null for signs that are passed over, and after a problem. */
  const term = (depth: number): Query | null => {
    const minuses = take(/-+/y).length;
    const from = at;
    const sign = text.charAt(at);
    let read: Query | null = null;
    if (sign === '(') {
      if (depth === deepest) {
        const says = `There are more than ${deepest} parentheses inside one another. Take some away.`;
        return stop(from, 1, says);
      }
      at++;
      read = group(depth + 1);
      if (text.charAt(at) !== ')') {
        return stop(from, 1, 'There is no closing parenthesis for the one here. Add it.');
      }
      at++;
      if (!read) {
        const says = 'There is nothing to search for in these parentheses. Write a word in them.';
        return stop(from, at - from, says);
      }
    } else if (/["“”„]/.test(sign)) {
      const value = phrase();
      if (!value) return null;
      read = textTerm(value);
      if (!read) {
        const says = 'There is no word in these quotation marks. Write one, or take them away.';
        return stop(from, at - from, says);
      }
    } else {
      read = wordTerm();
    }
    if (!read || minuses % 2 === 0) return read;
    return read.kind === 'not' ? read.of : { kind: 'not', of: read };
  };

  /** Terms up to a closing parenthesis or the end. Null when there are none. */
  const group = (depth: number): Query | null => {
    const terms: Query[][] = [];
    let or: number | undefined;
    for (;;) {
      take(/\s+/y);
      if (at === text.length || text.charAt(at) === ')') break;
      const from = at;
      const joint = take(/(?:OR|AND)(?![^\s()"“”„])/y);
      if (joint === 'OR') {
        if (or !== undefined || terms.length === 0) {
          const says =
            'There is no word before this “OR”. Write one, or write “or” in small letters.';
          stop(from, 2, says);
        }
        or = from;
      }
      if (joint) continue;
      const read = term(depth);
      if (!read) continue;
      if (or === undefined) terms.push([read]);
      else terms.at(-1)?.push(read);
      or = undefined;
    }
    if (or !== undefined) {
      stop(or, 2, 'There is no word after this “OR”. Write one, or write “or” in small letters.');
    }
    if (problem || terms.length === 0) return null;
    const each = terms.map((alternatives) => join('any', alternatives));
    return join('all', each);
  };

  const read = group(0);
  if (text.charAt(at) === ')') {
    stop(at, 1, 'There is no opening parenthesis for the one here. Add it, or take this one away.');
  }
  if (problem) return { problem };
  if (read) return { query: read };
  if (!text.trim()) return { query: { kind: 'all', of: [] } };
  const from = text.length - text.trimStart().length;
  const says = 'There is no letter or digit to search for. Write a word.';
  return { problem: { at: from, length: text.trim().length, says } };
}

/** A value as `parseQuery` reads it, and the star behind it. */
function printValue(value: string, bare: boolean, prefix: true | undefined): string {
  return `${bare ? value : `"${value}"`}${prefix ? '*' : ''}`;
}

/** The text of a query: `parseQuery` reads it as that query again, and equal queries have equal texts. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return query.of.map(printQuery).join(' ');
    case 'any':
      return query.of
        .map((one) => (one.kind === 'all' ? `(${printQuery(one)})` : printQuery(one)))
        .join(' OR ');
    case 'not': {
      const inner = printQuery(query.of);
      return query.of.kind === 'all' || query.of.kind === 'any' ? `-(${inner})` : `-${inner}`;
    }
    case 'text': {
      const value = query.words.join(' ');
      const bare = query.words.length === 1 && (query.in !== undefined || !idIn(value));
      return `${query.in ? `${query.in}:` : ''}${printValue(value, bare, query.prefix)}`;
    }
    case 'tag':
      return `tag:${printValue(query.tag, /^[\p{L}\p{N}]+$/u.test(query.tag), query.prefix)}`;
    case 'id':
      return query.id;
    case 'cat':
      return `cat:${query.cat}`;
    case 'is':
      return `is:${query.is}`;
    case 'has':
      return `has:${query.has}`;
    default:
      return `${query.kind}:${query.date}`;
  }
}
