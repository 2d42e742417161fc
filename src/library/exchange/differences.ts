// What a file says of a paper otherwise than the library, where that of the library stays. Pure.
import type { Paper } from '../../paper';
import { wordsOf } from '../../query/words';

/** Formats differ in accents, braces, TeX, signs and spaces. */
const folded = (text: string) => wordsOf(text).map(({ word }) => word);
const bare = (text: string) => folded(text).join('');

/** `Author, F.` and `First Author` are one. */
function sameName(a: string, b: string): boolean {
  const words = new Set(folded(a));
  return bare(a) === bare(b) || folded(b).some((word) => word.length > 1 && words.has(word));
}

/** A list that is cut off, as by `and others`, says nothing else. */
const sameAuthors = (a: string[], b: string[]) =>
  a.every((name, at) => sameName(name, b[at] ?? name));

/** The year alone says nothing else than a day of it. */
const sameDate = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);

/**
 * What stays as it is though the file says something else: `title`, `authors`, `date`, `DOI`. What one of them does not
 * say is no difference.
 */
export function differences(mine: Paper, theirs: Paper): string[] {
  const other = <T extends string | string[]>(
    a: T | undefined,
    b: T | undefined,
    equal: (a: T, b: T) => boolean,
  ) => Boolean(a?.length && b?.length && !equal(a, b));
  return [
    other(mine.title, theirs.title, (a, b) => bare(a) === bare(b)) ? 'title' : [],
    other(mine.authors, theirs.authors, sameAuthors) ? 'authors' : [],
    other(mine.published, theirs.published, sameDate) ? 'date' : [],
    other(mine.doi, theirs.doi, (a, b) => a.toLowerCase() === b.toLowerCase()) ? 'DOI' : [],
  ].flat();
}
