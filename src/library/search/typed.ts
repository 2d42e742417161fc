// A query as it is while somebody types it: the last word may go on, and what cannot be read yet is plain words. Pure.
import { libraryFields, type Problem, parseQuery, type Query } from '../../query/language';
import { wordsOf } from '../../query/words';

/** The words of a text, all of them, without any meaning of signs. */
function plain(text: string, open: boolean): Query {
  const words = wordsOf(text).map(({ word }) => word);
  const of = words.map(
    (word, at): Query => ({
      kind: 'text',
      words: [word],
      ...(open && at === words.length - 1 && { prefix: true as const }),
    }),
  );
  return of.length === 1 && of[0] ? of[0] : { kind: 'all', of };
}

/** The term that was typed last; none of an empty query. */
function lastOf(query: Query | undefined): Query | undefined {
  return query?.kind === 'all' || query?.kind === 'any' ? lastOf(query.of.at(-1)) : query;
}

const alternatives = (query: Query) => (query.kind === 'any' ? query.of : [query]);

const field = new RegExp(`(^|\\s)-*(${libraryFields.join('|')}):["“”„]?\\s*$`, 'i');

/**
 * Reads what was typed so far. The last word may go on, unless a space, a star or a quotation mark ends it or a minus
 * stands before it: what is left out by a few letters would be nearly everything.
 * @returns the query. With a problem: the words that there are, as they are, without a field that waits for its value
 */
export function readQuery(text: string): { query: Query; problem?: Problem } {
  const open = /[\p{L}\p{M}\p{N}]$/u.test(text) && !/(?:^|[\s(])-[^\s]*$/.test(text);
  const read = parseQuery(text);
  if ('problem' in read) return { query: plain(text.replace(field, ''), open), ...read };
  const going = open ? parseQuery(`${text}*`) : read;
  if (going === read || 'problem' in going) return read;
  // An id or a link that was pasted is whole as it is; one that is typed may still become another.
  return lastOf(read.query)?.kind === 'id'
    ? { query: { kind: 'any', of: [read.query, going.query].flatMap(alternatives) } }
    : going;
}
