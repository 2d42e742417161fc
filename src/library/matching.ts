// Which papers a topic matches: papers as queries see them, and the topics that each of some papers belongs to.
import type { PaperId } from '../paper';
import { type Problem, parseQuery, type Query, topicFields } from '../query/language';
import { type Doc, matcher, seeks } from '../query/matches';
import type { Listed } from './api';
import { present } from './merge';
import { type Database, read, type TopicRow } from './tables';

/** A paper as queries see it. */
export function docOf({ paper, trending }: Pick<Listed, 'paper' | 'trending'>): Doc {
  const { code, projectPage, models, datasets, spaces } = trending;
  const has = [
    code ? (['code'] as const) : [],
    projectPage ? (['project'] as const) : [],
    models?.total ? (['model'] as const) : [],
    datasets?.total ? (['dataset'] as const) : [],
    spaces?.total ? (['space'] as const) : [],
  ].flat();
  return present<Omit<Doc, 'tags' | 'note' | 'highlights' | 'saved' | 'reading'>>({
    id: paper.id,
    title: paper.title,
    authors: paper.authors,
    abstract: paper.abstract,
    published: paper.published,
    categories: paper.categories,
    keywords: trending.keywords,
    organization: trending.organization,
    submitter: trending.submitter,
    has,
  });
}

/** Was nothing written? Such a query would match every paper. */
export const blank = (query: Query) => query.kind === 'all' && query.of.length === 0;

/**
 * Reads the query of a topic. One that says only what papers must not have would match nearly all of them, so it is a
 * problem; nothing written is none.
 */
export function parseTopic(query: string): { query: Query } | { problem: Problem } {
  const parsed = parseQuery(query, topicFields);
  if ('problem' in parsed || blank(parsed.query) || seeks(parsed.query)) return parsed;
  const says = 'This only leaves papers out. Add a word that they should have, before the minus.';
  return { problem: { at: 0, length: query.length, says } };
}

/** What the query matches. One that cannot be read, such as of another version, matches nothing. */
export function test(query: string): (doc: Doc) => boolean {
  const parsed = parseQuery(query, topicFields);
  return 'problem' in parsed || blank(parsed.query) ? () => false : matcher(parsed.query);
}

/** Oldest first. */
const byAge = (a: TopicRow, b: TopicRow) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** Those that were not removed, in the order in which they were made. Needs the table `topics`. */
export async function liveTopics(db: Database): Promise<TopicRow[]> {
  return (await db.topics.toArray()).filter(({ deleted }) => !deleted).sort(byAge);
}

/** The ids of the topics that each of these papers matches, in the order of the topics. A paper without one is absent. */
export async function topicsOf(
  db: Database,
  papers: Pick<Listed, 'paper' | 'trending'>[],
): Promise<Map<PaperId, string[]>> {
  const rows = await read(db, ['topics'], () => liveTopics(db));
  if (rows.length === 0) return new Map();
  const tests = rows.map(({ id, query }) => ({ id, matches: test(query) }));
  return new Map(
    papers.flatMap((one): [PaperId, string[]][] => {
      const doc = docOf(one);
      const ids = tests.filter(({ matches }) => matches(doc)).map(({ id }) => id);
      return ids.length > 0 ? [[one.paper.id, ids]] : [];
    }),
  );
}
