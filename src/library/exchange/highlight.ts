// A highlight in the export file: its record, reading it strictly, and merging it into the row that is stored. Pure.
import * as z from 'zod/mini';
import type { PaperId } from '../../paper';
import { longestQuote, quoteFault } from '../highlights';
import { present } from '../merge';
import { both } from '../notes';
import type { Highlight } from '../tables';
import { fault, lenient, time } from './fields';

/** One highlight of the file. One that was removed is a tombstone: it has no `quote` and no `comment`. */
export type ExportedHighlight = Omit<Highlight, 'paper' | 'comment' | 'quote' | 'deleted'> & {
  quote?: Highlight['quote'];
  comment?: string;
  deleted?: true;
};

const context = z.string().check(z.maxLength(longestQuote));
const offset = z.int().check(z.nonnegative());

const shape = z.object({
  id: z.string().check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)),
  version: lenient(z.int().check(z.positive())),
  site: z.string().check(z.regex(/^[a-z\d-]{1,40}$/)),
  kind: z.enum(['abs', 'html', 'pdf', 'other']),
  quote: z.optional(z.object({ exact: z.string(), prefix: context, suffix: context })),
  position: lenient(z.object({ start: offset, end: offset })),
  colour: z.enum(['yellow', 'green', 'blue', 'pink']),
  createdAt: lenient(time),
  colourChangedAt: lenient(time),
  comment: z.optional(z.string()),
  commentChangedAt: lenient(time),
  deleted: z.optional(z.boolean()),
  deletedChangedAt: lenient(time),
});

/** A row as it stands in the file. What was removed leaves this machine without its texts. */
export function printHighlight(row: Highlight): ExportedHighlight {
  const { paper: _, quote, position, comment, deleted, ...rest } = row;
  if (deleted) return { ...rest, deleted: true };
  return present<ExportedHighlight>({
    ...rest,
    quote,
    position,
    comment: row.commentChangedAt === undefined ? undefined : comment,
  });
}

/** A record as a row, or why it cannot be one. */
export function readHighlight(
  raw: unknown,
  paper: PaperId,
): { highlight: Highlight } | { why: string } {
  const { data, error } = shape.safeParse(raw);
  if (!data) return { why: fault(error) };
  const { quote, comment = '', createdAt = 0, deleted = false } = data;
  if (!deleted && !quote) return { why: 'its field "quote" is missing or wrong' };
  if (!deleted && quote) {
    const wrong = quoteFault(quote.exact);
    if (wrong) return { why: tooLong(quote.exact) };
  }
  return {
    highlight: present<Highlight>({
      ...data,
      paper,
      quote: deleted || !quote ? { exact: '', prefix: '', suffix: '' } : quote,
      createdAt,
      colourChangedAt: data.colourChangedAt ?? createdAt,
      comment: deleted || !comment.trim() ? '' : comment,
      commentChangedAt: data.commentChangedAt ?? (comment ? createdAt : undefined),
      deleted: deleted ? 1 : 0,
      deletedChangedAt: data.deletedChangedAt ?? (deleted ? createdAt : undefined),
    }),
  };
}

/** Why the quote of a record is not taken. */
export function tooLong(exact: string): string {
  return exact.trim() ? 'its quote is longer than 10,000 characters' : 'its quote has no words';
}

/**
 * One highlight merged into the row of the same id. Colour and deletion follow the newer stamp, a comment stays beside
 * the other one. Doing it again changes nothing.
 */
export function mergeHighlight(row: Highlight | undefined, record: Highlight): Highlight {
  if (!row) return record;
  const { commentChangedAt: mine, deletedChangedAt, ...before } = row;
  // A tombstone may have lost its texts; one that lives again takes them from the other side.
  const { quote, position } = row.quote.exact ? row : record;
  const recoloured =
    record.colour !== row.colour && record.colourChangedAt > row.colourChangedAt ? record : row;
  const comment = both(row.comment, record.comment);
  const commentChangedAt =
    comment === row.comment
      ? (mine ?? record.commentChangedAt)
      : Math.max(mine ?? 0, record.commentChangedAt ?? 0);
  const turned = (record.deletedChangedAt ?? -1) > (deletedChangedAt ?? -1) ? record : row;
  return present<Highlight>({
    ...before,
    quote,
    position,
    colour: recoloured.colour,
    colourChangedAt: recoloured.colourChangedAt,
    comment,
    commentChangedAt,
    deleted: turned.deleted,
    deletedChangedAt: turned.deletedChangedAt,
  });
}
