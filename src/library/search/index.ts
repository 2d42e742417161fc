// Full-text search over what is kept: an index on disk that grows by small segments, merged in the background.
//
// Every write of a paper, its highlights or what was fetched of it puts the paper's id into `indexQueue`, in the same
// transaction (`tables.ts` does that). A search reads the queued papers themselves and everything else from segments,
// so it is right at any moment, whenever the background died. `work` packs queued papers into segments, and segments
// into larger ones; each step is one short transaction that takes up where the last one ended.

import type { PaperId } from '../../paper';
import type { Problem, Query } from '../../query/language';
import type { Seams } from '../seams';
import {
  countListed,
  derive,
  type IndexBlock,
  type IndexSegment,
  listedPapers,
  type Queued,
  read,
  titledPapers,
  unlistedPapers,
  untitledPapers,
} from '../tables';
import { countFacts, type Edits, evaluate, type Found, type Index, type Source } from './evaluate';
import { forgiven, type Near, nearIn } from './near';
import { columnsOf, docsToSearch, type ToSearch } from './papers';
import { blocksOf, eachDoc, holds } from './postings';
import {
  type Columns,
  type Directory,
  docsOf,
  type Entry,
  form,
  type Kind,
  kinds,
  lastTerm,
  mergeDirectories,
  mergeSlice,
  nobody,
  ownersOf,
  packSegment,
  sliceEnd,
} from './segments';
import { type Column, columns, type Fact, facts, termsOf, titleBeginning } from './terms';
import { readQuery } from './typed';

/** The tables that a search reads. */
export const searchTables = [
  ...(['indexQueue', 'indexDocs', 'indexSegments', 'indexBlocks'] as const),
  ...(['kept', 'highlights', 'lookups', 'entries', 'meta'] as const),
];

/** A search reads at most so many queued papers; when more wait, it does not see everything. */
const readQueued = 64;
/** When so many papers changed, they are worth a segment. */
const worthSegment = 32;
/** A step packs at most so many papers: about 100 ms, in which nothing else has to wait. */
const stepPapers = 128;
/**
 * At least so many segments become one, of which none is larger than that part of all that are newer. While many
 * papers wait to be packed, larger merges are put off.
 */
const mergeAt = { calm: { least: 5, part: 0.5 }, busy: { least: 16, part: 0.25 } };
type MergeAt = (typeof mergeAt)[keyof typeof mergeAt];
/** While a search waits to see more, it is told after so many steps. */
const tellEvery = 10;
/** Numbers of a column in a block: 32 KB. */
const columnBlock = 4096;
/** Of a word that no paper has, so many near ones are looked for at most. */
const mostNear = 10;
/** Numbers, and terms of facts and fields, stand before it. */
const firstWord = 'a';

export interface Question {
  offset: number;
  limit: number;
  /**
   * Highest first, titles in the order of the alphabet; absent: the best match first. Among equals the one kept last;
   * what has no such value comes last, also in `reverse`.
   */
  sort?: Column;
  reverse?: boolean;
}

/** The parts of what a query finds: of each fact how many papers have each value, as `terms.ts` names them. */
export interface Counted {
  facts: Record<Fact, Map<string, number>>;
  /** How many of what was found a further query finds. */
  within(query: Query): Promise<number>;
  /** Not all papers are counted yet. */
  indexing: boolean;
}

export interface Answer {
  /** How many papers match. */
  total: number;
  /** Those from `offset` on, at most `limit`. */
  ids: PaperId[];
  /** What was looked for, with the words that were found where `near` is set: for `highlightsIn`. */
  query: Query;
  /** No paper has the words as typed: these have words that are spelled almost so. */
  near?: true;
  problem?: Problem;
  /** Not all papers can be found yet. */
  indexing?: { done: number; of: number };
}

export interface Search {
  /**
   * Runs inside a transaction over `searchTables`. `text` is as typed; none throws, and a blank one finds all. An
   * answer with `indexing` should be followed by `work`, outside of the transaction.
   */
  find(text: string, question: Question): Promise<Answer>;
  /**
   * The ids of all listed papers: the one kept last first, or in the order of their titles, those without one last; in
   * `reverse` the other way round. Never misses one, however far the index is. Runs inside a transaction over
   * `searchTables`.
   */
  all(sort: 'kept' | 'title', offset: number, limit: number, reverse: boolean): Promise<PaperId[]>;
  /** Counts the parts of what `find` finds. Runs inside a transaction over `searchTables`. */
  count(text: string): Promise<Counted>;
  /** Brings the index up to date. Concurrent calls share one run; it may end anywhere and be called again. */
  work(): Promise<void>;
  /** Some papers changed. Not waited for. */
  noticed(papers: number): void;
  /** Runs what searches; where the index does not hold together, empties it, to be built again, and runs it again. */
  mended<T>(work: () => Promise<T>): Promise<T>;
}

/** What is true of some segments together. Promises are not kept: they belong to a transaction. */
interface Whole {
  key: string;
  owners: Uint16Array;
  /** How many papers are in the library. */
  size: number;
  columns: Map<Column, Float64Array>;
}

/** The first `most` of `docs` in the order of `before`, which is true when the first comes before the second. */
function top(
  docs: Iterable<number>,
  most: number,
  before: (a: number, b: number) => boolean,
): number[] {
  /** A heap whose root is the last of those that are kept. */
  const heap: number[] = [];
  const later = (a: number, b: number) => before(heap[b] as number, heap[a] as number);
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as number, heap[a] as number];
  };
  const sink = () => {
    for (let at = 0; ; ) {
      let child = at * 2 + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && later(child + 1, child)) child++;
      if (!later(child, at)) return;
      swap(child, at);
      at = child;
    }
  };
  for (const doc of docs) {
    if (heap.length < most) {
      heap.push(doc);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!later(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    } else if (most > 0 && before(doc, heap[0] as number)) {
      heap[0] = doc;
      sink();
    }
  }
  return heap.sort((a, b) => (before(a, b) ? -1 : 1));
}

/** At most so many orders and results are remembered. */
const mostRemembered = 4;
/** In place of a number that is not known. */
const absent = Number.NEGATIVE_INFINITY;
/** So many papers from the first on are found without bringing all into order. */
const firstPapers = 500;
/** For more papers than this all ids are read at once. */
const manyIds = 2000;

/** Remembers what was made for a key, for the last few keys. */
function remembered<T>() {
  const known = new Map<string, T>();
  const recall = async (key: string, make: () => Promise<T>): Promise<T> => {
    const value = known.get(key) ?? (await make());
    known.delete(key);
    known.set(key, value);
    for (const old of known.keys()) if (known.size > mostRemembered) known.delete(old);
    return value;
  };
  return Object.assign(recall, { forget: () => known.clear() });
}

/** The index does not hold together. It follows from the rest of the library and can be made again. */
const broken = (why: string) => Object.assign(new Error(why), { name: 'IndexError' });

/**
 * Opens the search. Nothing is read until it is asked.
 * @param more is told when a search that did not see everything can find more
 */
export function openSearch({ db }: Pick<Seams, 'db'>, more: () => void = () => {}): Search {
  /** What was read of segments; they never change. */
  const known = new Map<
    number,
    {
      directory: Directory;
      /** Its words: numbers and facts stand before them. */
      dictionary?: Uint8Array[];
    }
  >();
  /** All segments that were there at the last search. */
  let whole: Whole | undefined;
  /**
   * What a search worked out. The key names the segments, and the queued papers with their stamps: nothing else makes
   * what a search finds, so nothing here can be old.
   */
  const queuedBefore = remembered<Awaited<ReturnType<typeof queued>>>();
  const foundBefore = remembered<Awaited<ReturnType<typeof foundOrNear>>>();
  const orderBefore = remembered<Uint32Array>();
  const exactBefore = remembered<PaperId[]>();
  /** Ids by their number, as far as all were read. A number stays with its paper. */
  const named: PaperId[] = [];
  /** How many papers wait to be packed, about. */
  let waiting: number | undefined;
  let changes = 0;
  let underWay: Promise<void> | undefined;
  let again = false;
  /** The queue was packed up to here. Browsers are slow to pass over many rows that were just deleted. */
  let packedUpTo = '';
  /** A search said that it does not see everything, so many steps of packing ago. */
  let partial: number | undefined;

  /** The directories of some segments. */
  async function directories(segments: readonly IndexSegment[]): Promise<Directory[]> {
    const missing = segments.filter(({ segment }) => !known.has(segment));
    const rows = await db.indexBlocks.bulkGet(
      missing.map(({ segment }) => [segment, 'directory', 0] as const),
    );
    for (const [at, { segment }] of missing.entries()) {
      const directory = rows[at]?.directory;
      if (!directory) throw broken(`Segment ${segment} has no directory.`);
      if (directory.form !== form) throw broken(`Segment ${segment} was packed otherwise.`);
      known.set(segment, { directory });
    }
    return segments.map(({ segment }) => known.get(segment)?.directory as Directory);
  }

  /** Some blocks of a segment in order. */
  async function blocks(
    segment: number,
    kind: Exclude<IndexBlock['kind'], 'directory'>,
    [start, end]: [number, number],
  ): Promise<Uint8Array[]> {
    const keys = Array.from(
      { length: end - start },
      (_, at) => [segment, kind, start + at] as const,
    );
    if (keys.length === 0) return [];
    const rows =
      keys.length < 4
        ? await db.indexBlocks.bulkGet(keys)
        : await db.indexBlocks
            .where('[segment+kind+block]')
            .between([segment, kind, start], [segment, kind, end])
            .toArray();
    const bytes = rows.flatMap((row) => row?.bytes ?? []);
    if (bytes.length < keys.length) throw broken(`Segment ${segment} lacks blocks.`);
    return bytes;
  }

  function source(segment: number, directory: Directory): Source {
    const asked = new Map<string, Promise<Uint8Array[]>>();
    return {
      directory,
      async dictionary() {
        const held = known.get(segment);
        const range = blocksOf(directory.first.dictionary, firstWord, lastTerm);
        const words = held?.dictionary ?? (await blocks(segment, 'dictionary', range));
        if (held) held.dictionary = words;
        return words;
      },
      blocks(kind, from, to) {
        const range = blocksOf(directory.first[kind], from, to);
        const key = `${kind} ${range}`;
        const reading = asked.get(key) ?? blocks(segment, kind, range);
        asked.set(key, reading);
        return reading;
      },
    };
  }

  /** One column of a segment. */
  async function column(segment: number, name: Column, count: number): Promise<Float64Array> {
    const parts = await blocks(segment, name, [0, Math.ceil(count / columnBlock)]);
    const bytes = new Uint8Array(count * 8);
    parts.forEach((part, at) => {
      bytes.set(part, at * columnBlock * 8);
    });
    return new Float64Array(bytes.buffer);
  }

  /** Puts the numbers of a segment into those of all docs. */
  function put(
    all: Float64Array,
    listed: Uint8Array,
    numbers: Float64Array,
    isTrue: (doc: number) => boolean,
  ): void {
    let at = 0;
    eachDoc(listed, (doc) => {
      const value = numbers[at++] as number;
      if (isTrue(doc)) all[doc] = Number.isNaN(value) ? absent : value;
    });
  }

  async function columnOfAll(
    segments: readonly IndexSegment[],
    directories: readonly Directory[],
    owners: Uint16Array,
    name: Column,
  ): Promise<Float64Array> {
    const all = new Float64Array(owners.length);
    await Promise.all(
      segments.map(async ({ segment }, part) => {
        const { listed } = directories[part] as Directory;
        const numbers = await column(segment, name, docsOf(listed).length);
        put(all, listed, numbers, (doc) => owners[doc] === part);
      }),
    );
    return all;
  }

  /** All segments as one. */
  function wholeOf(segments: readonly IndexSegment[], directories: readonly Directory[]): Whole {
    const key = segments.map(({ segment }) => segment).join();
    if (whole?.key === key) return whole;
    const owners = ownersOf(directories);
    let size = 0;
    for (let doc = 0; doc < owners.length; doc++) {
      const owner = owners[doc] as number;
      if (owner !== nobody && holds(directories[owner]?.listed, doc)) size++;
      else owners[doc] = nobody;
    }
    whole = { key, owners, size, columns: new Map() };
    return whole;
  }

  /** The numbers of papers, those that have one. Needs the table `indexDocs`. */
  const numbersOf = async (ids: readonly PaperId[]) =>
    (await Promise.all(ids.map((id) => db.indexDocs.get({ id })))).map((row) => row?.doc);

  /** A paper ready to be packed. */
  const entryOf = (doc: number, paper: ToSearch | undefined): Entry =>
    paper ? { doc, terms: termsOf(paper.doc), columns: columnsOf(paper) } : { doc };

  /** A segment of queued papers that is only in memory. */
  async function queued(ids: readonly PaperId[]) {
    const [last, numbers, rows] = await Promise.all([
      db.indexDocs.orderBy('doc').last(),
      numbersOf(ids),
      db.kept.bulkGet([...ids]),
    ]);
    let next = (last?.doc ?? 0) + 1;
    const papers = await docsToSearch(db, rows);
    const entries = papers.map((paper, at) => entryOf(numbers[at] ?? next++, paper));
    const byDoc = new Map(entries.map(({ doc }, at) => [doc, ids[at] as PaperId]));
    return { ...packSegment(entries), byDoc };
  }

  /** The words of the index that are spelled almost like these, the nearest first. */
  async function nearWords(
    words: ReadonlyMap<string, boolean>,
    sources: Index['sources'],
  ): Promise<Map<string, Near[]>> {
    const near = new Map([...words.keys()].map((word) => [word, new Map<string, Near>()]));
    for (const { dictionary } of sources) {
      for (const block of await dictionary()) {
        for (const [word, prefix] of words) {
          nearIn(block, word, prefix, (found) => {
            const before = near.get(word)?.get(found.word);
            near.get(word)?.set(found.word, { ...found, docs: found.docs + (before?.docs ?? 0) });
          });
        }
      }
    }
    const order = (a: Near, b: Near) => a.edits - b.edits || b.docs - a.docs;
    return new Map(
      [...near].map(([word, found]) => [word, [...found.values()].sort(order).slice(0, mostNear)]),
    );
  }

  /** Words in which a slip may be, outside of minuses: each with whether it may go on. */
  function correctable(query: Query): [string, boolean][] {
    if (query.kind === 'all' || query.kind === 'any') return query.of.flatMap(correctable);
    if (query.kind !== 'text') return [];
    return query.words
      .map((word, at): [string, boolean] => [
        word,
        query.prefix === true && at === query.words.length - 1,
      ])
      .filter(([word]) => forgiven(word) > 0);
  }

  /** The query with near words in place of those that `instead` names; a phrase becomes its words. */
  function corrected(query: Query, instead: ReadonlyMap<string, Near[]>): Query {
    if (query.kind === 'all' || query.kind === 'any') {
      return { kind: query.kind, of: query.of.map((one) => corrected(one, instead)) };
    }
    if (query.kind !== 'text' || !query.words.some((word) => instead.get(word)?.length)) {
      return query;
    }
    const { in: field } = query;
    const text = (words: string[]): Query => ({ kind: 'text', words, ...(field && { in: field }) });
    const of = query.words.map((word, at): Query => {
      const near = instead.get(word) ?? [];
      if (near.length > 0) return { kind: 'any', of: near.map((one) => text([one.word])) };
      const open = query.prefix && at === query.words.length - 1;
      return { ...text([word]), ...(open && { prefix: true as const }) } as Query;
    });
    return { kind: 'all', of };
  }

  const count = ({ docs }: Found) => docs.reduce((sum, one) => sum + one, 0);

  /** What matches; where nothing does, what almost does. */
  async function foundOrNear(
    query: Query,
    index: Index,
  ): Promise<{ query: Query; found: Found; total: number; near?: true }> {
    const absent = new Set<string>();
    const found = await evaluate(query, index, new Map(), absent);
    const total = count(found);
    if (total > 0) return { query, found, total };
    // First the words that no paper has; where that does not help, the others too.
    const words = correctable(query);
    const near = new Map<string, Near[]>();
    for (const some of [words.filter(([word]) => absent.has(word)), words]) {
      const fresh = new Map(some.filter(([word]) => !near.has(word)));
      if (fresh.size === 0) continue;
      for (const [word, of] of await nearWords(fresh, index.sources)) near.set(word, of);
      const edits: Edits = new Map(
        [...near.values()].flatMap((of) => of.map(({ word, edits }) => [word, edits])),
      );
      const other = corrected(query, near);
      const found = await evaluate(other, index, edits);
      const total = count(found);
      if (total > 0) return { query: other, found, total, near: true };
    }
    return { query, found, total };
  }

  /** What there is of the index, and a name for all that a search finds in it. */
  async function state() {
    const [rows, queue, unindexed] = await Promise.all([
      db.indexSegments.toArray(),
      db.indexQueue.limit(readQueued + 1).toArray(),
      db.meta.get('unindexed'),
    ]);
    const ready = rows.filter(({ merging }) => !merging);
    const unread = queue.length > readQueued;
    const fresh = queue.slice(0, readQueued);
    const key = JSON.stringify([
      ready.map(({ segment }) => segment),
      fresh.map(({ id, stamp }) => [id, stamp]),
      // What the others in the queue became is not known, so that nothing is remembered.
      ...(unread ? [Math.random()] : []),
    ]);
    const left = unindexed?.key === 'unindexed' ? unindexed.value.left : 0;
    return { rows, ready, unread, fresh: fresh.map(({ id }) => id), key, left };
  }

  /** The index as it is now. */
  async function current() {
    const { rows, ready, unread, fresh: ids, key, left } = await state();
    const inMemory = new Set(rows.map(({ segment }) => segment));
    for (const segment of known.keys()) if (!inMemory.has(segment)) known.delete(segment);
    const [stored, fresh, gone] = await Promise.all([
      directories(ready),
      queuedBefore(key, () => queued(ids)),
      // What left the library is not found, though segments tell of it until all is packed.
      unread ? unlistedPapers(db).primaryKeys().then(numbersOf) : [],
    ]);
    const base = wholeOf(ready, stored);
    const freshDocs = docsOf(fresh.directory.docs);
    const length = Math.max(base.owners.length, fresh.directory.docs.length * 8);
    let { owners, size } = base;
    if (freshDocs.length > 0 || gone.length > 0) {
      owners = new Uint16Array(length).fill(nobody);
      owners.set(base.owners);
      for (const doc of [...freshDocs, ...gone]) {
        if (doc === undefined || doc >= length || owners[doc] === nobody) continue;
        size--;
        owners[doc] = nobody;
      }
      for (const doc of docsOf(fresh.directory.listed)) {
        owners[doc] = ready.length;
        size++;
      }
    }
    const sources = [
      ...ready.map(({ segment }, at) => source(segment, stored[at] as Directory)),
      {
        directory: fresh.directory,
        dictionary: async () => fresh.blocks.dictionary,
        blocks: async (kind: Kind, from: string, to: string) =>
          fresh.blocks[kind].slice(...blocksOf(fresh.directory.first[kind], from, to)),
      },
    ];
    const index: Index = { sources, owners, size };

    /** A column over all docs; what is not known is -Infinity. */
    async function values(name: Column): Promise<Float64Array> {
      const known = base.columns.get(name) ?? (await columnOfAll(ready, stored, base.owners, name));
      base.columns.set(name, known);
      if (freshDocs.length === 0) return known;
      const all = new Float64Array(length).fill(absent);
      all.set(known);
      put(all, fresh.directory.listed, fresh.columns[name], () => true);
      return all;
    }

    /** The ids of docs. */
    async function idsOf(docs: Uint32Array): Promise<PaperId[]> {
      if (docs.length > manyIds) await readNames();
      const some = docs.length > manyIds ? [] : await db.indexDocs.bulkGet([...docs]);
      const ids: PaperId[] = [];
      for (const [at, doc] of docs.entries()) {
        const id = fresh.byDoc.get(doc) ?? some[at]?.id ?? named[doc];
        if (id !== undefined) ids.push(id);
      }
      return ids;
    }

    /** Listed papers between two values of a column that an index of `kept` has too, in its order. */
    const between = (sort: 'kept' | 'title', first: number, last: number) =>
      sort === 'title'
        ? titledPapers(db, titleBeginning(first), titleBeginning(last))
        : listedPapers(db, first, last);

    /**
     * The ids of a part of docs in such an order: where values are equal, as the index of `kept` has them. So what is
     * read of that index alone, and what is read here, are one list.
     */
    async function exactly(
      sort: 'kept' | 'title',
      order: Uint32Array,
      [offset, end]: [number, number],
      reverse: boolean,
    ): Promise<PaperId[]> {
      const column = await values(sort);
      const at = (place: number) => column[order[place] as number] as number;
      let to = Math.min(end, order.length);
      // Those without a title stand last.
      while (to > offset && at(to - 1) === absent) to--;
      const others = await idsOf(order.slice(Math.max(to, offset), end));
      if (to <= offset) return others;
      let from = offset;
      while (from > 0 && at(from - 1) === at(offset)) from--;
      let until = to;
      while (until < order.length && at(until) === at(to - 1)) until++;
      const those = new Set(await idsOf(order.slice(from, until)));
      const ends = [at(from), at(to - 1)].sort((a, b) => a - b) as [number, number];
      const ids = await between(sort, ...ends).primaryKeys();
      if (reverse === (sort === 'title')) ids.reverse();
      return [...ids.filter((id) => those.has(id)).slice(offset - from, to - from), ...others];
    }

    const found = (text: string) => {
      const { query, problem } = readQuery(text);
      return foundBefore(JSON.stringify([key, text]), () => foundOrNear(query, index)).then(
        (found) => ({ ...found, problem }),
      );
    };
    return { key, index, found, values, exactly, idsOf, unread, left };
  }

  /** Reads the ids of all numbers that were not read yet. */
  async function readNames(): Promise<void> {
    const rows = await db.indexDocs.where('doc').aboveOrEqual(named.length).toArray();
    for (const { doc, id } of rows) named[doc] = id;
  }

  const find: Search['find'] = async (text, { offset, limit, sort, reverse = false }) => {
    const now = await current();
    const { query, found, total, near, problem } = await now.found(text);

    /** What was found in order, from the first on; at least so many. */
    async function inOrder(most: number): Promise<Uint32Array> {
      const [kept, by] = await Promise.all([
        now.values('kept'),
        sort ? now.values(sort) : found.scores,
      ]);
      const sign = reverse === (sort === 'title') ? 1 : -1;
      const before = (a: number, b: number) => {
        const [one, other] = [by[a] as number, by[b] as number];
        if (one !== other) {
          if (one === absent || other === absent) return other === absent;
          return (one - other) * sign > 0;
        }
        const [first, second] = [kept[a] as number, kept[b] as number];
        return first === second ? a > b : first > second;
      };
      const docs = new Uint32Array(total);
      let count = 0;
      for (let doc = 0; doc < found.docs.length; doc++) if (found.docs[doc]) docs[count++] = doc;
      return most < docs.length
        ? Uint32Array.from(top(docs, most, before))
        : docs.sort((a, b) => (before(a, b) ? -1 : 1));
    }

    const end = offset + limit;
    // All papers as they were kept are also read without the index, and the column of titles is not exact.
    const exact = sort === 'title' || (sort === 'kept' && text === '') ? sort : undefined;
    const order =
      !exact && end <= firstPapers
        ? await inOrder(end)
        : await orderBefore(JSON.stringify([now.key, text, sort, reverse]), () =>
            inOrder(Number.POSITIVE_INFINITY),
          );
    const ids = exact
      ? await exactBefore(JSON.stringify([now.key, text, sort, reverse, offset, end]), () =>
          now.exactly(exact, order, [offset, end], reverse),
        )
      : await now.idsOf(order.slice(offset, end));

    if (now.unread) waiting ??= await db.indexQueue.count();
    const left = (now.unread ? (waiting ?? 0) : 0) + now.left;
    const of = left > 0 ? await countListed(db) : 0;
    if (left > 0) partial ??= 0;
    return {
      total,
      ids,
      query,
      ...(near && { near }),
      ...(problem && { problem }),
      ...(left > 0 && { indexing: { done: Math.max(0, of - left), of } }),
    };
  };

  /** The ids of all listed papers, in the order of an index of `kept`. */
  async function allBy(sort: 'kept' | 'title', reverse: boolean): Promise<PaperId[]> {
    if (sort === 'kept') {
      const ids = await listedPapers(db).primaryKeys();
      return reverse ? ids : ids.reverse();
    }
    const [titled, untitled] = await Promise.all([
      titledPapers(db).primaryKeys(),
      untitledPapers(db).primaryKeys(),
    ]);
    if (reverse) titled.reverse();
    if (untitled.length < 2) return [...titled, ...untitled];
    const last = new Set(untitled);
    return [...titled, ...(await allBy('kept', false)).filter((id) => last.has(id))];
  }

  const all: Search['all'] = async (sort, offset, limit, reverse) => {
    if (offset + limit <= firstPapers) {
      const papers = sort === 'title' ? titledPapers(db) : listedPapers(db);
      const inOrder = reverse === (sort === 'title') ? papers.reverse() : papers;
      const ids = await inOrder.offset(offset).limit(limit).primaryKeys();
      if (sort === 'kept' || ids.length === limit) return ids;
    }
    const { unread, left } = await state();
    if (unread || left > 0) return (await allBy(sort, reverse)).slice(offset, offset + limit);
    return (await find('', { offset, limit, sort, reverse })).ids;
  };

  const countParts: Search['count'] = async (text) => {
    const { index, found: findIn, unread, left } = await current();
    const { found } = await findIn(text);
    if (unread || left > 0) partial ??= 0;
    const counts = await Promise.all(
      facts.map(async (fact) => [fact, await countFacts(fact, index, found.docs)] as const),
    );
    return {
      facts: Object.fromEntries(counts) as Counted['facts'],
      async within(query) {
        const { docs } = await evaluate(query, index, new Map());
        return docs.reduce((sum, one, doc) => sum + (one & (found.docs[doc] as number)), 0);
      },
      indexing: unread || left > 0,
    };
  };

  /** Rows of a segment, from the block number `start` of each kind on. */
  function blockRows(
    segment: number,
    made: Record<Kind, Uint8Array[]>,
    start: Record<Kind, number>,
  ): IndexBlock[] {
    return kinds.flatMap((kind) =>
      made[kind].map((bytes, at) => ({ segment, kind, block: start[kind] + at, bytes })),
    );
  }

  function directoryRows(segment: number, directory: Directory, of: Columns): IndexBlock[] {
    return [
      { segment, kind: 'directory', block: 0, directory },
      ...columns.flatMap((kind) =>
        Array.from({ length: Math.ceil(of[kind].length / columnBlock) }, (_, block) => {
          const part = of[kind].slice(block * columnBlock, (block + 1) * columnBlock);
          return { segment, kind, block, bytes: new Uint8Array(part.buffer) };
        }),
      ),
    ];
  }

  const next = (rows: readonly IndexSegment[]) => (rows.at(-1)?.segment ?? 0) + 1;

  /** Queued papers from an id on, or the first ones where there are none. */
  async function queueAfter(id: string): Promise<Queued[]> {
    const rows = await db.indexQueue.where('id').above(id).limit(stepPapers).toArray();
    return id && rows.length === 0 ? db.indexQueue.limit(stepPapers).toArray() : rows;
  }

  /** Some papers that wait to be packed, as they are now. */
  const waitingPapers = () =>
    read(db, [...searchTables], async () => {
      const [queue, meta] = await Promise.all([queueAfter(packedUpTo), db.meta.get('unindexed')]);
      packedUpTo = queue.at(-1)?.id ?? '';
      const unindexed = meta?.key === 'unindexed' ? meta.value : undefined;
      const room = stepPapers - queue.length;
      const others =
        unindexed && room > 0
          ? await db.kept.where('id').above(unindexed.after).limit(room).primaryKeys()
          : [];
      const ids = [...new Set([...queue.map(({ id }) => id), ...others])];
      const papers = await docsToSearch(db, await db.kept.bulkGet(ids));
      return { queue, unindexed, others, more: others.length === room, ids, papers };
    });

  /**
   * Packs some papers that wait, and says how many. A paper that changes meanwhile stays in the queue, so it does not
   * matter what was packed of it.
   */
  async function packSome(): Promise<number> {
    const { queue, unindexed, others, more, ids, papers } = await waitingPapers();
    if (ids.length === 0 && !unindexed) return 0;
    const docs = await derive(db, ['indexDocs'], async () => {
      const known = await numbersOf(ids);
      const fresh = ids.filter((_, at) => known[at] === undefined && papers[at]);
      const rows = fresh.map((id) => ({ id }) as { id: PaperId; doc: number });
      const given = await db.indexDocs.bulkAdd(rows, { allKeys: true });
      const numbers = new Map(fresh.map((id, at) => [id, given[at] as number]));
      return ids.map((id, at) => known[at] ?? numbers.get(id));
    });
    // What was never in the index and is not in the library needs no place there.
    const entries = docs.flatMap((doc, at) => (doc === undefined ? [] : entryOf(doc, papers[at])));
    const packed = packSegment(entries);
    return derive(db, ['indexQueue', 'indexSegments', 'indexBlocks', 'meta'], async () => {
      const [queued, meta, rows] = await Promise.all([
        db.indexQueue.bulkGet(queue.map(({ id }) => id)),
        db.meta.get('unindexed'),
        db.indexSegments.toArray(),
      ]);
      const after = meta?.key === 'unindexed' ? meta.value.after : undefined;
      // Somebody else packed them meanwhile: their papers may be newer than ours.
      if (queued.includes(undefined) || after !== unindexed?.after) return ids.length;
      if (unindexed) {
        const last = others.at(-1);
        const left = Math.max(0, unindexed.left - others.length);
        if (more && last !== undefined) {
          await db.meta.put({ key: 'unindexed', value: { after: last, left } });
        } else if (!more) await db.meta.delete('unindexed');
      }
      await db.indexQueue.bulkDelete(
        queue.filter(({ stamp }, at) => queued[at]?.stamp === stamp).map(({ id }) => id),
      );
      if (entries.length === 0) return ids.length;
      const segment = next(rows);
      await db.indexSegments.add({ segment, docs: entries.length });
      await db.indexBlocks.bulkAdd([
        ...blockRows(segment, packed.blocks, { postings: 0, positions: 0, dictionary: 0 }),
        ...directoryRows(segment, packed.directory, packed.columns),
      ]);
      return ids.length;
    });
  }

  /** The newest segments that should become one. */
  function due(rows: readonly IndexSegment[], { least, part }: MergeAt): IndexSegment[] {
    let [count, sum] = [0, 0];
    for (const [at, { docs }] of rows.toReversed().entries()) {
      if (docs <= part * sum) count = at + 1;
      sum += docs;
    }
    return count < least ? [] : rows.slice(-count);
  }

  /** One slice of the merge that is under way or due. False when there is none. */
  const mergeSome = (at: MergeAt) =>
    derive(db, ['indexSegments', 'indexBlocks'], async () => {
      const rows = await db.indexSegments.toArray();
      let pending = rows.find(({ merging }) => merging);
      if (!pending) {
        const of = due(rows, at);
        if (of.length === 0) return false;
        pending = {
          segment: next(rows),
          docs: of.reduce((sum, { docs }) => sum + docs, 0),
          merging: { of: of.map(({ segment }) => segment), from: '', first: emptyFirst() },
        };
      }
      const { segment, merging } = pending;
      const { of, from, first } = merging as NonNullable<IndexSegment['merging']>;
      const parts = rows.filter((row) => of.includes(row.segment));
      const theirs = await directories(parts);
      const to = sliceEnd(theirs, from);
      const until = to ?? lastTerm;
      const read = (kind: Kind, at: number) =>
        blocks(parts[at]?.segment ?? 0, kind, blocksOf(theirs[at]?.first[kind] ?? [], from, until));
      const bytes = await Promise.all(
        parts.map(async (_, at) => ({
          postings: await read('postings', at),
          positions: await read('positions', at),
        })),
      );
      const owners = ownersOf(theirs);
      for (let doc = 0; doc < owners.length; doc++) {
        if (!holds(theirs[owners[doc] as number]?.listed, doc)) owners[doc] = nobody;
      }
      const made = mergeSlice(bytes, owners, from, until);
      const begun = Object.fromEntries(kinds.map((kind) => [kind, first[kind].length]));
      await db.indexBlocks.bulkPut(
        blockRows(
          segment,
          Object.fromEntries(kinds.map((kind) => [kind, made[kind].blocks])) as Record<
            Kind,
            Uint8Array[]
          >,
          begun as Record<Kind, number>,
        ),
      );
      const now = Object.fromEntries(
        kinds.map((kind) => [kind, [...first[kind], ...made[kind].first]]),
      ) as Directory['first'];
      if (to !== undefined) {
        await db.indexSegments.put({ ...pending, merging: { of, from: to, first: now } });
        return true;
      }
      const values = await Promise.all(
        parts.map(async ({ segment }, at) => {
          const count = docsOf(theirs[at]?.listed ?? new Uint8Array()).length;
          const read = columns.map(async (name) => [name, await column(segment, name, count)]);
          return Object.fromEntries(await Promise.all(read)) as Columns;
        }),
      );
      const oldest = parts[0]?.segment === rows[0]?.segment;
      const merged = mergeDirectories(
        theirs.map((directory, at) => ({ directory, columns: values[at] as Columns })),
        oldest,
      );
      const directory = { ...merged.directory, first: now };
      await db.indexBlocks.bulkPut(directoryRows(segment, directory, merged.columns));
      await db.indexSegments.bulkDelete(of);
      for (const old of of) {
        await db.indexBlocks
          .where('[segment+kind+block]')
          .between([old, ''], [old + 1, ''])
          .delete();
      }
      await db.indexSegments.put({ segment, docs: docsOf(directory.docs).length });
      return true;
    });

  async function run(): Promise<void> {
    while (again) {
      again = false;
      const packed = await packSome();
      if (waiting !== undefined) waiting = packed < stepPapers ? undefined : waiting - packed;
      const merged = await mergeSome(packed > 0 ? mergeAt.busy : mergeAt.calm);
      // A few that came meanwhile may wait: a search reads them as they are.
      again ||= packed >= worthSegment || merged;
      if (partial !== undefined && (++partial >= tellEvery || !again)) {
        partial = undefined;
        more();
      }
    }
  }

  const mended: Search['mended'] = async (work) => {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof Error && cause.name === 'IndexError')) throw cause;
      await derive(db, ['indexSegments', 'indexBlocks', 'kept', 'meta'], async () => {
        await db.indexSegments.clear();
        await db.indexBlocks.clear();
        const left = await countListed(db);
        await db.meta.put({ key: 'unindexed', value: { after: '', left } });
      });
      known.clear();
      whole = undefined;
      // Segments are counted from one again.
      for (const memory of [queuedBefore, foundBefore, orderBefore, exactBefore]) memory.forget();
      return work();
    }
  };

  function work(): Promise<void> {
    changes = 0;
    // What was written while a run is ending must not be left for later.
    again = true;
    underWay ??= mended(run).finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  function noticed(papers: number): void {
    changes += papers;
    // What fails or dies is still queued, and the next run goes on.
    if (changes >= worthSegment) void work().catch(() => {});
  }

  return { find, all, count: countParts, work, noticed, mended };
}

const emptyFirst = (): Directory['first'] => ({ postings: [], positions: [], dictionary: [] });
