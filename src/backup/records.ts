// What backups hold: the records of our own export, without what was fetched and can be fetched again. Pure.
import { frame, printPaper } from '../library/exchange/json';
import { printTopic } from '../library/exchange/topic';
import { bare, present } from '../library/merge';
import type { Highlight, Kept, TopicRow, Version } from '../library/tables';
import { isArxiv, type Paper } from '../paper';
import type { Counts } from './store';

/** A record says nothing by a field that is empty; the note alone may be emptied. */
function terse(record: object): object {
  const empty = (field: unknown) => field === '' || (Array.isArray(field) && field.length === 0);
  return Object.fromEntries(Object.entries(record).filter(([, field]) => !empty(field)));
}

/**
 * A row without the metadata that arXiv can tell again. It tells no version that was seen and no venue or code that came
 * with an import, and of papers from elsewhere no service of ours knows anything.
 */
function own(row: Kept): Kept {
  if (!isArxiv(row.id)) return row;
  const { id, version, venue, code } = row.paper;
  return { ...row, paper: present<Paper>({ ...bare(id), version, venue, code }) };
}

/** The records of some papers, one a line, as they stand in the list of an export. */
export function partText(rows: Kept[], versions: Version[], highlights: Highlight[]): string {
  const versionsOf = Map.groupBy(versions, ({ id }) => id);
  const highlightsOf = Map.groupBy(highlights, (highlight) => highlight.paper);
  return rows
    .map((row) =>
      printPaper(own(row), versionsOf.get(row.id) ?? [], highlightsOf.get(row.id) ?? []),
    )
    .map((record) => JSON.stringify(terse(record)))
    .join(',\n');
}

/** What some rows come to. */
export function countsOf(rows: Kept[]): Counts {
  const sum = (number: (row: Kept) => number) => rows.reduce((all, row) => all + number(row), 0);
  return {
    papers: sum(({ listed }) => listed),
    notes: sum(({ note }) => (note ? 1 : 0)),
    highlights: sum(({ highlights = 0 }) => highlights),
  };
}

/** The sums of several counts. */
export function total(counts: Counts[]): Counts {
  const sum = (field: keyof Counts) => counts.reduce((all, one) => all + one[field], 0);
  return { papers: sum('papers'), notes: sum('notes'), highlights: sum('highlights') };
}

/** Topics, as they stand in an export. */
export function extraText(topics: TopicRow[]): string {
  return JSON.stringify({ topics: topics.map(printTopic) });
}

/**
 * What stands before and behind the records of an export.
 * @param extra as `extraText` gives it
 */
export function exportAround(at: number, extra: string): { head: string; foot: string } {
  return { head: frame.head(at), foot: `\n],\n${extra.slice(1)}\n` };
}
