// A paper as other programs know it, as a record that can be merged. Pure.
import { isArxiv, type Paper } from '../../paper';
import { foldTag } from '../../query/language';
import { present } from '../merge';
import { type Incoming, longestTag } from './json';
import type { Reference } from './reference';

/** A tag of a file as one that the library takes, or none. */
function tagName(tag: string): string[] {
  const name = tag.replace(/\s+/g, ' ').trim().slice(0, longestTag).trim().toWellFormed();
  return foldTag(name) ? [name] : [];
}

/**
 * The record of a reference: it only adds to what is there.
 * @param now ms; when papers came into the library of which the file does not say when they were saved
 */
export function incomingOf(reference: Reference, now: number): Incoming {
  const {
    at = 1,
    paper,
    date,
    venue,
    code,
    tags,
    reading,
    note,
    savedAt,
    opens,
    openedAt,
  } = reference;
  const names = new Map(tags.flatMap(tagName).map((name) => [foldTag(name), name]));
  return present<Incoming>({
    at,
    adds: 'paper',
    paper: present<Paper>({
      ...paper,
      // arXiv tells the whole day, and its ids the month.
      published: paper.published ?? (isArxiv(paper.id) ? undefined : date),
      venue,
      code,
    }),
    saved: true,
    savedAt,
    reading,
    tags:
      names.size > 0 ? [...names.values()].map((name) => ({ name, changedAt: now })) : undefined,
    note: note === undefined ? undefined : { text: note, updatedAt: now },
    opens,
    openedAt,
    keptAt: savedAt ?? now,
  });
}
