// Tags of one paper: marks with stamps, so that two copies of a library can be merged. Pure.
import { foldTag } from '../query/language';
import type { TagMark } from './tables';

/** The longest tag, in UTF-16 units: a term of a query that has one still goes to the library in one message. */
export const longestTag = 5_000;

/**
 * A tag as it is stored: without spaces at its ends. Null when it is none: empty, longer than 5,000 characters, not one
 * line, or only of signs that make no difference between tags.
 */
export function tagName(text: string): string | null {
  const name = text.trim();
  return name.length <= longestTag && !/[\p{Cc}\u2028\u2029]/u.test(name) && foldTag(name)
    ? name
    : null;
}

/** The tags that a paper has, in alphabetical order. */
export function tagsIn(marks: readonly TagMark[] = []): string[] {
  return marks
    .flatMap(({ name, off }) => (off ? [] : [name]))
    .sort((a, b) => a.localeCompare(b, 'en') || (a < b ? -1 : 1));
}

/** The mark of a tag, put or taken off. */
export function markOf(marks: readonly TagMark[] | undefined, tag: string): TagMark | undefined {
  const folded = foldTag(tag);
  return marks?.find(({ name }) => foldTag(name) === folded);
}

/** The marks with another one in place of that of the same tag. */
export function withMark(marks: readonly TagMark[] = [], mark: TagMark): TagMark[] {
  const folded = foldTag(mark.name);
  return [...marks.filter(({ name }) => foldTag(name) !== folded), mark];
}
