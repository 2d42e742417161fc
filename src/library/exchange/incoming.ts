// A paper as other programs know it, as a record that can be merged. Pure.
import { isArxiv, type Paper } from '../../paper';
import { foldTag } from '../../query/language';
import { present } from '../merge';
import { tagName } from '../tags';
import type { Incoming } from './json';
import type { Reference } from './reference';

/** A tag of a file as a line, or none. */
function lineOf(tag: string): string[] {
  const name = tag
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed();
  return foldTag(name) ? [name] : [];
}

/** The record without tags that the library does not take, and why. What it took whole it must not cut. */
export function fitting(record: Incoming): { record: Incoming; faults: string[] } {
  const tags = record.tags?.filter(({ name }) => tagName(name) !== null);
  const refused = (record.tags?.length ?? 0) - (tags?.length ?? 0);
  if (!tags || refused === 0) return { record, faults: [] };
  const { tags: _, ...rest } = record;
  return {
    record: tags.length > 0 ? { ...rest, tags } : rest,
    faults: [
      refused === 1
        ? 'a tag in it is longer than 5,000 characters'
        : `${refused} tags in it are longer than 5,000 characters`,
    ],
  };
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
  const names = new Map(tags.flatMap(lineOf).map((name) => [foldTag(name), name]));
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
