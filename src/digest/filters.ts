// Which papers of a digest are shown, in which order, and under which topic.
import type { DigestFilters, DigestPaper, DigestSettings, DigestSort, Topic } from '../library/api';
import { fold } from '../query/fold';

/** Leaves nothing out. */
export const noFilters: Readonly<DigestFilters> = {
  text: '',
  upvotes: 0,
  code: false,
  linked: false,
  organization: '',
  unread: false,
};

/** How a digest is wanted by whoever chose nothing: the day's list, whole and in its own order. */
export const digestDefaults: Readonly<DigestSettings> = {
  kind: 'day',
  sort: 'list',
  filters: noFilters,
  known: 'show',
};

const wordsOf = (text: string) => fold(text).split(/\s+/).filter(Boolean);

/** A paper's texts are folded once, however often the person types. */
const texts = new WeakMap<DigestPaper, string>();

function textOf(listed: DigestPaper): string {
  const stored = texts.get(listed);
  if (stored !== undefined) return stored;
  const { paper, trending } = listed;
  const parts = [paper.title, ...paper.authors, paper.abstract, ...trending.keywords];
  // No word reaches from one part into the next.
  const text = fold([...parts, trending.organization ?? ''].join('\n'));
  texts.set(listed, text);
  return text;
}

const linkedTo = ({ trending: { models, datasets, spaces } }: DigestPaper) =>
  [models, datasets, spaces].some((linked) => linked !== undefined && linked.total > 0);

/**
 * The papers that the filters let through. `text` wants each of its words somewhere in the title, the authors, the
 * abstract, the keywords or the organization; `organization` wants each of its words in that name. Both in any case,
 * with or without accents. What is not known does not pass a filter that asks for it.
 */
export function passes(filters: DigestFilters): (paper: DigestPaper) => boolean {
  const words = wordsOf(filters.text);
  const organization = wordsOf(filters.organization);
  return (listed) => {
    const { trending } = listed;
    if (filters.upvotes > 0 && !((trending.upvotes ?? 0) >= filters.upvotes)) return false;
    if (filters.code && !trending.code) return false;
    if (filters.linked && !linkedTo(listed)) return false;
    if (filters.unread && listed.reading === 'read') return false;
    if (organization.length > 0) {
      const name = fold(trending.organization ?? '');
      if (!organization.every((word) => name.includes(word))) return false;
    }
    if (words.length === 0) return true;
    const text = textOf(listed);
    return words.every((word) => text.includes(word));
  };
}

/** How many filters leave something out. */
export function activeFilters(filters: DigestFilters): number {
  const { text, upvotes, code, linked, organization, unread } = filters;
  return [text.trim(), upvotes > 0, code, linked, organization.trim(), unread].filter(Boolean)
    .length;
}

type Value = number | string | undefined;

/** What is compared, the most important first. */
const keys: Record<Exclude<DigestSort, 'list' | 'fit'>, (paper: DigestPaper) => Value[]> = {
  upvotes: ({ trending }) => [trending.upvotes],
  rise: ({ rise }) => [rise],
  stars: ({ trending }) => [trending.code?.stars],
  comments: ({ trending }) => [trending.comments],
  newest: ({ trending, paper }) => [trending.day, paper.published],
};

/** The higher first, and what is absent last. */
function compare(one: Value, other: Value): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one > other ? -1 : 1;
}

/**
 * A new list, the highest or newest first; ties stay in the order of the list, and papers of which it is not known
 * come last. `newest` goes by the day on Daily Papers, then by the first publication.
 * @param scoreOf how well a paper fits, where that is not what it says itself
 */
export function sorted(
  papers: DigestPaper[],
  sort: DigestSort,
  scoreOf: (paper: DigestPaper) => number | undefined = (paper) => paper.fit?.score,
): DigestPaper[] {
  if (sort === 'list') return [...papers];
  const key = sort === 'fit' ? (paper: DigestPaper) => [scoreOf(paper)] : keys[sort];
  return papers
    .map((paper) => ({ paper, values: key(paper) }))
    .sort((one, other) => {
      for (const [at, value] of one.values.entries()) {
        const order = compare(value, other.values[at]);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ paper }) => paper);
}

/**
 * The papers of each topic, then the others: each paper once, under the first topic that it matches. Groups without
 * papers are left out, and the order within a group is the one given.
 */
export function grouped(
  papers: DigestPaper[],
  topics: Topic[],
): { topic?: Topic; papers: DigestPaper[] }[] {
  const groups = new Map<string, DigestPaper[]>(topics.map(({ id }) => [id, []]));
  const others: DigestPaper[] = [];
  for (const paper of papers) {
    const first = topics.find(({ id }) => paper.topics?.includes(id));
    (first ? (groups.get(first.id) ?? others) : others).push(paper);
  }
  return [
    ...topics.map((topic) => ({ topic, papers: groups.get(topic.id) ?? [] })),
    { papers: others },
  ].filter((group) => group.papers.length > 0);
}
