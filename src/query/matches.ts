// Whether a paper matches a query, and where a text holds the words of one.
import type { Reading } from '../library/api';
import type { PaperId } from '../paper';
import { foldTag, type Part, type Query, type TextField } from './language';
import { wordsOf } from './words';

/**
 * A paper as queries see it. It is read once and remembered: make a new one where something changed. Absent is not
 * known, and then what asks for it does not match.
 */
export interface Doc {
  readonly id: PaperId;
  readonly title: string;
  readonly authors: readonly string[];
  readonly abstract: string;
  /** First publication, `YYYY-MM-DD`. */
  readonly published?: string;
  readonly categories?: readonly string[];
  readonly keywords?: readonly string[];
  readonly organization?: string;
  readonly submitter?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  /** Words and comments of highlights. */
  readonly highlights?: readonly string[];
  readonly saved?: boolean;
  /** Absent is `unread`. */
  readonly reading?: Reading;
  /** What there is. A `note` and a `highlight` need not be named where their text is given. */
  readonly has?: readonly Part[];
}

/** Texts that were taken into words. A phrase stands within one of them. */
interface Texts {
  texts: string[][];
  /** All their words. */
  all: Set<string>;
}

/** The texts of a paper that a term without field looks in, or that a field does. */
function textsOf(doc: Doc, field: TextField | undefined): readonly string[] {
  const one = (text: string | undefined) => (text ? [text] : []);
  switch (field) {
    case 'title':
      return [doc.title];
    case 'author':
      return doc.authors;
    case 'org':
      return one(doc.organization);
    case 'keyword':
      return doc.keywords ?? [];
    default:
      return [
        ...[doc.title, ...doc.authors, doc.abstract, doc.id, ...(doc.keywords ?? [])],
        ...[...one(doc.organization), ...one(doc.submitter)],
        ...[...(doc.tags ?? []), ...one(doc.note), ...(doc.highlights ?? [])],
      ];
  }
}

const taken = new WeakMap<Doc, Map<TextField | undefined, Texts>>();

/** Takes texts of a paper into words, once. */
function take(doc: Doc, field: TextField | undefined): Texts {
  const fields = taken.get(doc) ?? new Map<TextField | undefined, Texts>();
  taken.set(doc, fields);
  const known = fields.get(field);
  if (known) return known;
  const texts = textsOf(doc, field).map((text) => wordsOf(text).map(({ word }) => word));
  const found = { texts, all: new Set(texts.flat()) };
  fields.set(field, found);
  return found;
}

/** Do the words stand next to one another from `at` on? With `prefix` the last may go on. */
function standAt(text: readonly string[], at: number, words: readonly string[], prefix: boolean) {
  const last = words.length - 1;
  return words.every((word, index) => {
    const there = text[at + index];
    return prefix && index === last ? there?.startsWith(word) : there === word;
  });
}

const some = (words: Iterable<string>, test: (word: string) => boolean) => {
  for (const word of words) if (test(word)) return true;
  return false;
};

function textMatcher({ words, in: field, prefix: open }: Query & { kind: 'text' }) {
  const prefix = open ?? false;
  const last = words.at(-1) ?? '';
  const whole = prefix ? words.slice(0, -1) : words;
  const begins = (word: string) => word.startsWith(last);
  return (doc: Doc): boolean => {
    const { texts, all } = take(doc, field);
    if (!whole.every((word) => all.has(word))) return false;
    if (words.length === 1) return !prefix || some(all, begins);
    // Names have middle names, and the family name first in some places: their words may stand in any order.
    if (field === 'author') {
      return texts.some(
        (name) => whole.every((word) => name.includes(word)) && (!prefix || some(name, begins)),
      );
    }
    return texts.some((text) => text.some((_, at) => standAt(text, at, words, prefix)));
  };
}

function has(doc: Doc, part: Part): boolean {
  if (doc.has?.includes(part)) return true;
  if (part === 'note') return Boolean(doc.note?.trim());
  return part === 'highlight' && Boolean(doc.highlights?.length);
}

/**
 * A test of papers. Words match whole words: `art` is not in `artificial`. A term without field looks in title,
 * authors, abstract, id, keywords, organization, submitter, tags, note and highlights, each for itself. `-x` matches
 * exactly the papers that `x` does not, also those of which too little is known for `x`.
 *
 * `author:` looks for all its words within one name, in any order; `title:`, `org:` and `keyword:` for a phrase;
 * `tag:` for a whole tag; `cat:` for a category or for all of an archive.
 */
export function matcher(query: Query): (doc: Doc) => boolean {
  switch (query.kind) {
    case 'all': {
      const tests = query.of.map(matcher);
      return (doc) => tests.every((test) => test(doc));
    }
    case 'any': {
      const tests = query.of.map(matcher);
      return (doc) => tests.some((test) => test(doc));
    }
    case 'not': {
      const test = matcher(query.of);
      return (doc) => !test(doc);
    }
    case 'text':
      return textMatcher(query);
    case 'id':
      // A paper's own id is among its texts.
      return textMatcher(wordsOfId(query));
    case 'tag': {
      const { tag, prefix } = query;
      const matches = (other: string) => (prefix ? other.startsWith(tag) : other === tag);
      return (doc) => doc.tags?.some((other) => matches(foldTag(other))) ?? false;
    }
    case 'cat': {
      const { cat } = query;
      const matches = (other: string) => other === cat || other.startsWith(`${cat}.`);
      return (doc) => doc.categories?.some((other) => matches(other.toLowerCase())) ?? false;
    }
    case 'is':
      switch (query.is) {
        case 'saved':
          return (doc) => doc.saved === true;
        case 'noted':
          return (doc) => has(doc, 'note');
        case 'highlighted':
          return (doc) => has(doc, 'highlight');
        default:
          return (doc) => (doc.reading ?? 'unread') === query.is;
      }
    case 'has':
      return (doc) => has(doc, query.has);
    case 'before':
      // `2024` sorts before all its days, so dates compare as texts.
      return (doc) => doc.published !== undefined && doc.published < query.date;
    case 'after':
      return (doc) => doc.published !== undefined && doc.published >= query.date;
  }
}

/** Does it say what a paper must have, and not only what it must not? */
export function seeks(query: Query): boolean {
  if (query.kind === 'all' || query.kind === 'any') return query.of.some(seeks);
  return query.kind !== 'not';
}

const wordsOfId = ({ id }: Query & { kind: 'id' }) => ({
  kind: 'text' as const,
  words: wordsOf(id).map(({ word }) => word),
});

/** The terms of words that a paper may match by: those under no minus. */
function wanted(query: Query): (Query & { kind: 'text' })[] {
  if (query.kind === 'text') return [query];
  if (query.kind === 'id') return [wordsOfId(query)];
  return query.kind === 'all' || query.kind === 'any' ? query.of.flatMap(wanted) : [];
}

/**
 * Where a text holds words of a query, to be marked for a person.
 * @param field what the text is, so that terms of that field count too; without it only terms without field count
 * @returns places in UTF-16 units, `end` exclusive, in order and apart
 */
export function highlightsIn(
  query: Query,
  text: string,
  field?: TextField,
): { start: number; end: number }[] {
  const found = wordsOf(text);
  const words = found.map(({ word }) => word);
  const places: { start: number; end: number }[] = [];
  for (const { words: sought, in: where, prefix } of wanted(query)) {
    if (where !== undefined && where !== field) continue;
    // The words of a name stand anywhere in it.
    const phrases = where === 'author' ? sought.map((word) => [word]) : [sought];
    for (const phrase of phrases) {
      const begins = prefix === true && phrase.at(-1) === sought.at(-1);
      for (const [at, { start }] of found.entries()) {
        const last = found[at + phrase.length - 1];
        if (last && standAt(words, at, phrase, begins)) places.push({ start, end: last.end });
      }
    }
  }
  places.sort((one, other) => one.start - other.start || one.end - other.end);
  const apart: { start: number; end: number }[] = [];
  for (const place of places) {
    const before = apart.at(-1);
    if (before && place.start < before.end) before.end = Math.max(before.end, place.end);
    else apart.push({ ...place });
  }
  return apart;
}
