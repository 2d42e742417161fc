// Which papers of the index match a query, and how well. Reads blocks of segments; knows no storage.
import type { Query } from '../../query/language';
import { wordsOf } from '../../query/words';
import { after, eachEntry, eachPositions, eachPosting, unpackPositions } from './postings';
import { type Directory, type Kind, nobody } from './segments';
import {
  completed,
  type Fact,
  factOf,
  inField,
  isInitial,
  withInitial,
  writtenRange,
} from './terms';

/** A segment that can be read. */
export interface Source {
  directory: Directory;
  /** The blocks that may hold terms from `from` to before `to`, in order. */
  blocks(kind: Exclude<Kind, 'dictionary'>, from: string, to: string): Promise<Uint8Array[]>;
  /** The blocks of the dictionary that may hold words. */
  dictionary(): Promise<Uint8Array[]>;
}

/** The index as it is at one moment. */
export interface Index {
  /** Oldest first. */
  sources: readonly Source[];
  /** For each doc which source tells what is true of it, or `nobody`. */
  owners: Uint16Array;
  /** How many docs are in the library. */
  size: number;
}

/** For each doc: is it found (1), and how well does it match? */
export interface Found {
  docs: Uint8Array;
  scores: Float32Array;
}

/** What each edit of a word that is almost the one sought leaves of its worth. */
const edited = 0.7;

/** How many edits a word is away from the one that was typed, for those that are not what was typed. */
export type Edits = ReadonlyMap<string, number>;

type TextQuery = Query & { kind: 'text' };

/** Calls `visit` for each doc of each term from `from` to before `to`. */
async function eachOf(
  { sources, owners }: Pick<Index, 'sources' | 'owners'>,
  from: string,
  to: string,
  visit: (doc: number, weight: number, term: string) => void,
): Promise<void> {
  const blocks = await Promise.all(sources.map((source) => source.blocks('postings', from, to)));
  for (const [part, of] of blocks.entries()) {
    for (const block of of) {
      eachEntry(block, from, to, (term, start, end) =>
        eachPosting(block, start, end, (doc, weight) => {
          if (owners[doc] === part) visit(doc, weight, term);
        }),
      );
    }
  }
}

/** How many of some docs have each value of a fact. */
export async function countFacts(
  kind: Fact,
  index: Index,
  docs: Uint8Array,
): Promise<Map<string, number>> {
  const prefix = factOf(kind, '');
  const counts = new Map<string, number>();
  let [last, count] = ['', 0];
  await eachOf(index, prefix, after(prefix), (doc, _, term) => {
    if (term !== last) {
      if (count > 0) counts.set(last, (counts.get(last) ?? 0) + count);
      [last, count] = [term, 0];
    }
    count += docs[doc] as number;
  });
  if (count > 0) counts.set(last, (counts.get(last) ?? 0) + count);
  return new Map([...counts].map(([term, count]) => [term.slice(prefix.length), count]));
}

/**
 * Finds the papers that `matcher` of `query/matches` says yes to, among those in the library.
 * Scores are those of BM25, of the words that a paper matches by. Facts and what is under a minus score nothing.
 * @param edits of words that stand in for others
 * @param absent gets the words that no paper has
 */
export async function evaluate(
  query: Query,
  index: Index,
  edits: Edits,
  absent?: Set<string>,
): Promise<Found> {
  const { sources, owners, size } = index;
  const length = owners.length;
  const none = (): Found => ({ docs: new Uint8Array(length), scores: new Float32Array(length) });

  const each = (from: string, to: string, visit: Parameters<typeof eachOf>[3]) =>
    eachOf(index, from, to, visit);

  /** Papers with a fact in a range. */
  async function facts(...ranges: [from: string, to: string][]): Promise<Found> {
    const found = none();
    await Promise.all(
      ranges.map(([from, to]) =>
        each(from, to, (doc) => {
          found.docs[doc] = 1;
        }),
      ),
    );
    return found;
  }
  const fact = (term: string): [string, string] => [term, `${term}\0`];

  /** Turns the weights of a word into scores: the rarer the word, the higher. */
  function scored(found: Found): Found {
    let count = 0;
    for (let doc = 0; doc < length; doc++) count += found.docs[doc] as number;
    const rare = Math.log(1 + (size - count + 0.5) / (count + 0.5)) / 255;
    for (let doc = 0; doc < length; doc++) {
      if (found.docs[doc]) found.scores[doc] = (found.scores[doc] as number) * rare;
    }
    return found;
  }

  /** Papers with one word. */
  async function withWord(word: string, prefix: boolean, { in: field }: TextQuery): Promise<Found> {
    const initial = prefix && !field && isInitial(word);
    const term = field ? inField(field, word) : initial ? withInitial(word) : word;
    const found = none();
    const factor = edited ** (edits.get(word) ?? 0);
    let any = false;
    await each(term, prefix && !initial ? after(term) : `${term}\0`, (doc, weight, other) => {
      found.docs[doc] = 1;
      any = true;
      const worth = weight * (other === term ? factor : factor * completed);
      if (worth > (found.scores[doc] as number)) found.scores[doc] = worth;
    });
    if (!any) absent?.add(word);
    return found;
  }

  /** Calls `visit` for the packed positions of a word in each of some papers; with `prefix` several times for one. */
  async function eachPlace(
    word: string,
    prefix: boolean,
    { in: field }: TextQuery,
    candidates: Uint8Array,
    visit: (doc: number, positions: number[]) => void,
  ): Promise<void> {
    const from = field ? inField(field, word) : word;
    const to = prefix ? after(from) : `${from}\0`;
    const [postings, places] = await Promise.all(
      (['postings', 'positions'] as const).map((kind) =>
        Promise.all(sources.map((source) => source.blocks(kind, from, to))),
      ),
    );
    for (let part = 0; part < sources.length; part++) {
      // Both kinds have the same terms and docs in the same order, though not in the same parts.
      const docs: number[] = [];
      for (const block of postings?.[part] ?? []) {
        eachEntry(block, from, to, (_, start, end) =>
          eachPosting(block, start, end, (doc) => docs.push(doc)),
        );
      }
      let at = 0;
      for (const block of places?.[part] ?? []) {
        eachEntry(block, from, to, (_, start, end) =>
          eachPositions(block, start, end, (begin, until) => {
            const doc = docs[at++] as number;
            if (owners[doc] === part && candidates[doc]) {
              visit(doc, unpackPositions(block, begin, until));
            }
          }),
        );
      }
    }
  }

  async function text(query: TextQuery): Promise<Found> {
    const { words, in: field } = query;
    const open = (at: number) => query.prefix === true && at === words.length - 1;
    const each = await Promise.all(words.map((word, at) => withWord(word, open(at), query)));
    const [first, ...others] = each;
    if (!first) return none();
    if (others.length === 0) return scored(first);
    for (let doc = 0; doc < length; doc++) {
      for (const { docs, scores } of others) {
        if (!docs[doc]) first.docs[doc] = 0;
        first.scores[doc] = Math.min(first.scores[doc] as number, scores[doc] as number);
      }
    }
    // The words of a name stand anywhere in it, and its place is that of the name.
    const step = field === 'author' ? 0 : 1;
    /** Where the phrase may begin. */
    let begins = new Map<number, number[]>();
    for (const [at, word] of words.entries()) {
      const next = new Map<number, number[]>();
      await eachPlace(word, open(at), query, first.docs, (doc, positions) => {
        const known = begins.get(doc);
        if (at > 0 && !known) return;
        const standing = positions.length > 16 ? new Set(positions) : undefined;
        const stands = (place: number) => standing?.has(place) ?? positions.includes(place);
        const here = known ? known.filter((begin) => stands(begin + at * step)) : positions;
        if (here.length === 0) return;
        const before = next.get(doc);
        next.set(doc, before ? [...before, ...here] : here);
      });
      begins = next;
    }
    for (let doc = 0; doc < length; doc++) {
      if (first.docs[doc] && !begins.has(doc)) first.docs[doc] = 0;
    }
    return scored(first);
  }

  async function found(query: Query): Promise<Found> {
    switch (query.kind) {
      case 'all': {
        const each = await Promise.all(query.of.map(found));
        const all = none();
        for (let doc = 0; doc < length; doc++) {
          if (owners[doc] === nobody) continue;
          let [is, score] = [1, 0];
          for (const { docs, scores } of each) {
            is &= docs[doc] as number;
            score += scores[doc] as number;
          }
          all.docs[doc] = is;
          all.scores[doc] = score;
        }
        return all;
      }
      case 'any': {
        const each = await Promise.all(query.of.map(found));
        const any = none();
        for (const { docs, scores } of each) {
          for (let doc = 0; doc < length; doc++) {
            if (!docs[doc]) continue;
            any.docs[doc] = 1;
            any.scores[doc] = Math.max(any.scores[doc] as number, scores[doc] as number);
          }
        }
        return any;
      }
      case 'not': {
        const { docs } = await found(query.of);
        const not = none();
        for (let doc = 0; doc < length; doc++) {
          not.docs[doc] = owners[doc] === nobody || docs[doc] ? 0 : 1;
        }
        return not;
      }
      case 'text':
        return text(query);
      case 'id':
        return text({ kind: 'text', words: wordsOf(query.id).map(({ word }) => word) });
      case 'tag': {
        const term = factOf('tag', query.tag);
        return facts(query.prefix ? [term, after(term)] : writtenRange('tag', query.tag));
      }
      case 'cat': {
        const term = factOf('cat', query.cat);
        return facts(writtenRange('cat', query.cat), [`${term}.`, after(`${term}.`)]);
      }
      case 'is': {
        if (query.is === 'noted') return facts(fact(factOf('has', 'note')));
        if (query.is === 'highlighted') return facts(fact(factOf('has', 'highlight')));
        return facts(fact(factOf('is', query.is)));
      }
      case 'has':
        return facts(fact(factOf('has', query.has)));
      case 'before':
        return facts([factOf('date', ''), factOf('date', query.date)]);
      case 'after':
        return facts([factOf('date', query.date), after(factOf('date', ''))]);
    }
  }

  return found(query);
}
