// Terms of the query that a click puts in and takes out: the query in the box is the only state. Pure.
import { parseQuery, printQuery, type Query } from '../query/language';

/** What must all match; undefined where the text cannot be read. */
function termsOf(text: string): Query[] | undefined {
  const read = parseQuery(text);
  if ('problem' in read) return undefined;
  return read.query.kind === 'all' ? read.query.of : [read.query];
}

/** Each as its text: equal terms have equal ones. */
const printed = (text: string) => termsOf(text)?.map(printQuery);

/** Does the query ask for this term, at its top level? A term may be several words of the language: `after:2024 before:2025`. */
export function hasTerm(query: string, term: string): boolean {
  const [all, wanted] = [printed(query), printed(term)];
  return Boolean(all && wanted?.length && wanted.every((one) => all.includes(one)));
}

/** Are there words in the query, by which papers are found better or worse? */
export function hasWords(query: string): boolean {
  const words = (one: Query): boolean =>
    one.kind === 'text' ||
    ((one.kind === 'all' || one.kind === 'any') && one.of.some((part) => words(part)));
  const terms = termsOf(query);
  // What cannot be read yet is searched as words.
  return terms ? terms.some(words) : true;
}

/** The query without the term; as it was typed, if the term stands there so. */
function without(query: string, term: string): string {
  const rest = printed(query)?.filter((one) => one !== term) ?? [];
  const same = rest.join(' ');
  for (const typed of query.matchAll(/(?<=^|\s)(?:[^\s"“”„]|["“”„][^"“”„]*["“”„])+(?=\s|$)/g)) {
    const shorter = `${query.slice(0, typed.index)}${query.slice(typed.index + typed[0].length)}`;
    const tidy = shorter.replace(/ {2,}/g, ' ').trim();
    if (printed(tidy)?.join(' ') === same && printed(typed[0])?.join(' ') === term) return tidy;
  }
  return same;
}

/** The query with the term, or without it where it has it. */
export function toggleTerm(query: string, term: string): string {
  if (!hasTerm(query, term)) return `${query.trim()} ${term}`.trim();
  let rest = query;
  for (const one of printed(term) ?? []) rest = without(rest, one);
  return rest;
}

/** The term that asks for a tag. */
export function tagTerm(tag: string): string {
  const bare = /^[\p{L}\p{N}]+$/u.test(tag);
  return `tag:${bare ? tag : `"${tag.replace(/["“”„]/g, '')}"`}`;
}

/**
 * What a person may have meant who wrote a tag of several words without quotation marks: `tag:to read`.
 * @returns the term, with all words up to the next sign or field, and the query with it; undefined where there is none
 */
export function quotedTag(query: string): { term: string; query: string } | undefined {
  const word = '(?!(?:OR|AND)(?:\\s|$)|-|[A-Za-z]+:)[^\\s"“”„()*]+(?=\\s|$)';
  const written = new RegExp(`(?<=^|[\\s(-])tag:(${word}(?:\\s+${word})+)`, 'i').exec(query);
  if (!written?.[1]) return undefined;
  const term = tagTerm(written[1].replace(/\s+/g, ' '));
  const rest = query.slice(written.index + written[0].length);
  return { term, query: `${query.slice(0, written.index)}${term}${rest}` };
}
