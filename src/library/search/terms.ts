// What of a paper goes into the index: its words with their places and weights, and its facts as terms of their own.
import { foldTag, type TextField } from '../../query/language';
import type { Doc } from '../../query/matches';
import { wordsOf } from '../../query/words';

/** Numbers of a paper to sort by. Absent is not known. */
export const columns = ['kept', 'published', 'read', 'upvotes', 'title'] as const;
export type Column = (typeof columns)[number];

/** What a term is in one paper. */
export interface TermOf {
  /** 1 to 255: how much it says of the paper. */
  weight: number;
  /** Where it stands; empty for facts. */
  positions: number[];
}

/** No word begins with this sign, so facts and words of fields stand apart from words, before them all. */
const mark = '!';

/** The term of a word in one field. In `author` its positions are those of names; elsewhere, of words. */
export const inField = (field: TextField, word: string) => `${mark}${field}:${word}`;

/** What a word that only begins with the one sought is worth, of what that word itself is. */
export const completed = 0.6;

/** What begins so stands in so many papers that its words are not looked through: their papers have a term for it. */
const initials = /^[a-z\d]$/;
export const isInitial = (text: string) => initials.test(text);
/** The term of all words that begin with one letter or digit. Its weight is that of the word that is worth most. */
export const withInitial = (letter: string) => `${mark}begins:${letter}`;

/** Signs of a title that its number knows apart, in their order. */
const signs = ' 0123456789abcdefghijklmnopqrstuvwxyz';
/** With the end of the title before all signs and everything else behind them. */
const kindsOfSign = signs.length + 2;
/** That power of `kindsOfSign` is the last below 2^53. */
const signsKnown = 10;

/** How a title begins, as a number to sort by. Titles whose numbers are equal must be compared themselves. */
export function titleNumber(titleKey: string): number {
  let number = 0;
  let known = true;
  for (let at = 0; at < signsKnown; at++) {
    const sign = at < titleKey.length ? signs.indexOf(titleKey.charAt(at)) : -1;
    const kind = at >= titleKey.length ? 0 : sign < 0 ? kindsOfSign - 1 : sign + 1;
    number = number * kindsOfSign + (known ? kind : 0);
    known &&= sign >= 0;
  }
  return number;
}

/** What all titles of that number begin with. */
export function titleBeginning(number: number): string {
  let beginning = '';
  for (let at = signsKnown - 1; at >= 0; at--) {
    const sign = signs.charAt((Math.floor(number / kindsOfSign ** at) % kindsOfSign) - 1);
    if (!sign) break;
    beginning += sign;
  }
  return beginning;
}

/** Facts, of which the parts of what was found are counted. The name of an organization is as it was given. */
export const facts = ['tag', 'cat', 'is', 'has', 'date', 'organization'] as const;
export type Fact = (typeof facts)[number];
export const factOf = (kind: Fact, value: string) => `${mark}${kind}:${value}`;

/** No tag and no category has this sign. */
const apart = '\u0001';

/** The value of a tag or category: what such are compared by, and behind it how it is written. */
const written = (folded: string, name: string) => `${folded}${apart}${name}`;

/** What the value of a tag or category is compared by, and how it is written. */
export function readWritten(value: string): { folded: string; name: string } {
  const at = value.indexOf(apart);
  return { folded: value.slice(0, at), name: value.slice(at + 1) };
}

/** Where all values of one tag or category begin and end. */
export const writtenRange = (kind: 'tag' | 'cat', folded: string): [from: string, to: string] => [
  factOf(kind, `${folded}${apart}`),
  factOf(kind, `${folded}\u0002`),
];

/** How much a word says by its place, and how long a text of that kind is as a rule; 0: its length says nothing. */
const kinds = {
  id: { weight: 6, usual: 0 },
  title: { weight: 5, usual: 0 },
  author: { weight: 4, usual: 0 },
  tag: { weight: 4, usual: 0 },
  note: { weight: 2, usual: 40 },
  highlight: { weight: 1.5, usual: 60 },
  keyword: { weight: 1.5, usual: 0 },
  org: { weight: 1.5, usual: 0 },
  abstract: { weight: 1, usual: 180 },
  submitter: { weight: 0.5, usual: 0 },
};

/**
 * As in BM25: so much of the length counts, and a word that stands there often says at most all.
 * Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 3.4 and 3.6 (several fields).
 */
const [lengthCounts, half] = [0.6, 1.5];

/** All terms of a paper. A phrase stands within one text, so texts are a position apart. */
export function termsOf(doc: Doc): Map<string, TermOf> {
  const terms = new Map<string, TermOf>();
  const put = (term: string, weight: number, position?: number) => {
    const known = terms.get(term);
    if (!known) terms.set(term, { weight, positions: position === undefined ? [] : [position] });
    else {
      known.weight += weight;
      if (position !== undefined && known.positions.at(-1) !== position) {
        known.positions.push(position);
      }
    }
  };

  let next = 0;
  const inOrder = new Map<TextField, number>();
  /** Takes a text in; with `field`, also as one of that field. */
  const take = (text: string | undefined, kind: keyof typeof kinds, field?: TextField) => {
    if (!text) return;
    const words = wordsOf(text);
    const { weight: full, usual } = kinds[kind];
    const weight = usual ? full / (1 - lengthCounts + (lengthCounts * words.length) / usual) : full;
    const most = Math.min(weight, full * 1.5);
    for (const { word } of words) put(word, most, next++);
    next++;
    if (!field) return;
    let place = inOrder.get(field) ?? 0;
    for (const { word } of words)
      put(inField(field, word), 1, field === 'author' ? place : place++);
    inOrder.set(field, place + 1);
  };
  take(doc.title, 'title', 'title');
  for (const name of doc.authors) take(name, 'author', 'author');
  take(doc.abstract, 'abstract');
  take(doc.id, 'id');
  for (const keyword of doc.keywords ?? []) take(keyword, 'keyword', 'keyword');
  take(doc.organization, 'org', 'org');
  take(doc.submitter, 'submitter');
  for (const tag of doc.tags ?? []) take(tag, 'tag');
  take(doc.note, 'note');
  for (const text of doc.highlights ?? []) take(text, 'highlight');

  const fact = (kind: Fact, value: string) => put(factOf(kind, value), 1);
  for (const tag of doc.tags ?? []) fact('tag', written(foldTag(tag), tag));
  const categories = new Map(doc.categories?.map((name) => [name.toLowerCase(), name]));
  for (const [folded, name] of categories) fact('cat', written(folded, name));
  if (doc.organization) fact('organization', doc.organization);
  if (doc.published) fact('date', doc.published);
  if (doc.saved) fact('is', 'saved');
  fact('is', doc.reading ?? 'unread');
  const has = new Set(doc.has);
  if (doc.note?.trim()) has.add('note');
  if (doc.highlights?.length) has.add('highlight');
  for (const part of has) fact('has', part);

  const most = new Map<string, number>();
  for (const [word, term] of terms) {
    term.weight = Math.max(1, Math.round((255 * term.weight) / (term.weight + half)));
    const initial = word.charAt(0);
    if (!isInitial(initial)) continue;
    const worth = word === initial ? term.weight : term.weight * completed;
    most.set(initial, Math.max(worth, most.get(initial) ?? 1));
  }
  for (const [initial, worth] of most) put(withInitial(initial), Math.round(worth));
  return terms;
}
