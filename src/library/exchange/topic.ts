// A topic in the export file: its record, reading it, and merging it into the row that is stored. Pure.
import * as z from 'zod/mini';
import { parseQuery, topicFields } from '../../query/language';
import type { TopicRow } from '../tables';
import { fault, lenient, time } from './fields';

/** One topic of the file. One that was removed is a tombstone: it has no `name`, no `query` and no `notice`. */
type ExportedTopic = Pick<TopicRow, 'id' | 'createdAt' | 'changedAt' | 'deletedChangedAt'> &
  Partial<Pick<TopicRow, 'name' | 'query' | 'notice'>> & { deleted?: true };

const shape = z.object({
  id: z.string().check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)),
  name: z.optional(z.string().check(z.maxLength(200))),
  query: z.optional(z.string().check(z.maxLength(2_000))),
  // How it tells is no text of the person's: a kind that is not known here tells nothing.
  notice: lenient(
    z.discriminatedUnion('when', [
      z.object({ when: z.literal('never') }),
      z.object({ when: z.literal('daily'), hour: z.int().check(z.gte(0), z.lte(23)) }),
      z.object({ when: z.literal('upvotes'), upvotes: z.int().check(z.positive()) }),
    ]),
  ),
  createdAt: lenient(time),
  changedAt: lenient(time),
  deleted: z.optional(z.boolean()),
  deletedChangedAt: lenient(time),
});

/** A row as it stands in the file. What was removed leaves this machine without its texts. */
export function printTopic(row: TopicRow): ExportedTopic {
  const { name, query, notice, deleted, from: _, ...rest } = row;
  return deleted ? { ...rest, deleted: true } : { ...rest, name, query, notice };
}

/** A record as a row, or why it cannot be one. */
export function readTopic(raw: unknown): { topic: TopicRow } | { why: string } {
  const { data, error } = shape.safeParse(raw);
  if (!data) return { why: fault(error) };
  const { id, createdAt = 0, changedAt = createdAt, deleted, deletedChangedAt, notice } = data;
  const name = data.name?.trim() ?? '';
  const query = data.query?.trim() ?? '';
  if (!deleted && !name) return { why: 'its field "name" is missing or wrong' };
  if (!deleted && (!query || 'problem' in parseQuery(query, topicFields))) {
    return { why: 'its field "query" is missing or wrong' };
  }
  const texts = deleted ? { name: '', query: '' } : { name, query };
  const stamp = deletedChangedAt ?? (deleted ? changedAt : undefined);
  return {
    topic: {
      id,
      ...texts,
      notice: (!deleted && notice) || { when: 'never' },
      createdAt,
      changedAt,
      deleted: deleted ? 1 : 0,
      ...(stamp !== undefined && { deletedChangedAt: stamp }),
    },
  };
}

/**
 * A topic of a file merged into the stored one: name, query and notice follow the newer stamp of them, removal its own.
 * @returns the stored row itself where nothing changes
 */
export function mergeTopic(row: TopicRow | undefined, incoming: TopicRow): TopicRow {
  if (!row) return incoming;
  const { name, query, notice, changedAt, deleted, deletedChangedAt } = incoming;
  // A tombstone says nothing of the texts, and one of ours that was emptied takes what there is.
  const newer = query !== '' && (changedAt > row.changedAt || row.query === '');
  const texts = newer && { name, query, notice, changedAt };
  const removal = (deletedChangedAt ?? -1) > (row.deletedChangedAt ?? -1) && {
    deleted,
    ...(deletedChangedAt !== undefined && { deletedChangedAt }),
  };
  return texts || removal ? { ...row, ...texts, ...removal } : row;
}
