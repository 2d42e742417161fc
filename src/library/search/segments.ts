// Segments of the index: some papers, packed once and never changed; and several packed into one, slice by slice. Pure.
import {
  after,
  type Blocks,
  Bytes,
  bitmap,
  blockSize,
  blocksOf,
  blockWriter,
  eachDoc,
  eachEntry,
  eachPositions,
  eachPosting,
  packPositions,
} from './postings';
import { type Column, columns, type TermOf } from './terms';

/** What blocks of a segment hold: see `postings.ts`. */
export const kinds = ['postings', 'positions', 'dictionary'] as const;
export type Kind = (typeof kinds)[number];

/** Counts up when what is packed of a paper, or how, changes. */
export const form = 2;

/** What is known of a segment before any of its blocks is read. */
export interface Directory {
  /** Which version of this code packed it. What another one packed is packed again. */
  form: typeof form;
  /** A bit for each doc that it tells of. What older segments tell of these is no longer true. */
  docs: Uint8Array;
  /** Those of them that are in the library. */
  listed: Uint8Array;
  /** With which term each block begins. */
  first: Record<Kind, string[]>;
}

/** For each doc of `listed`, in order: the number to sort by, NaN where there is none. */
export type Columns = Record<Column, Float64Array>;

export interface Segment {
  directory: Directory;
  columns: Columns;
  blocks: Record<Kind, Uint8Array[]>;
}

/** One paper as it goes into a segment. Without `terms` it is in the library no more. */
export interface Entry {
  doc: number;
  terms?: Map<string, TermOf>;
  columns?: Partial<Record<Column, number>>;
}

/** The docs of a set, ascending. */
export function docsOf(bits: Uint8Array): number[] {
  const docs: number[] = [];
  eachDoc(bits, (doc) => docs.push(doc));
  return docs;
}

/** Writes terms in order into the three kinds of blocks. */
function segmentWriter() {
  const writers = { postings: blockWriter(), positions: blockWriter(), dictionary: blockWriter() };
  const postings = new Bytes(blockSize);
  const positions = new Bytes(blockSize);
  let [count, before, inPart] = [0, 0, 0];
  /** Long payloads go in parts, each of which begins with a whole doc number. */
  const close = (term: string) => {
    if (postings.length > 0) writers.postings.add(term, postings.length, postings.view());
    postings.clear();
    inPart = 0;
    before = 0;
  };
  const closePositions = (term: string) => {
    if (positions.length > 0) writers.positions.add(term, positions.length, positions.view());
    positions.clear();
  };
  return {
    posting(term: string, doc: number, weight: number) {
      if (postings.length > blockSize / 2) close(term);
      postings.varint(doc - (inPart++ > 0 ? before : 0));
      postings.byte(weight);
      before = doc;
      count++;
    },
    positions(term: string, bytes: Uint8Array, start = 0, end = bytes.length) {
      if (positions.length > blockSize / 2) closePositions(term);
      positions.varint(end - start);
      positions.add(bytes, start, end);
    },
    /** All docs of this term are written. */
    end(term: string) {
      if (count > 0) writers.dictionary.add(term, count);
      close(term);
      closePositions(term);
      count = 0;
    },
    done(): Record<Kind, Blocks> {
      return {
        postings: writers.postings.done(),
        positions: writers.positions.done(),
        dictionary: writers.dictionary.done(),
      };
    },
  };
}

/** Packs papers into a segment. Each doc once, in any order. */
export function packSegment(entries: readonly Entry[]): Segment {
  const sorted = entries.toSorted((a, b) => a.doc - b.doc);
  const listed = sorted.filter(({ terms }) => terms);
  const byTerm = new Map<string, { docs: number[]; of: TermOf[] }>();
  for (const { doc, terms } of listed) {
    for (const [term, of] of terms ?? []) {
      const known = byTerm.get(term);
      if (!known) byTerm.set(term, { docs: [doc], of: [of] });
      else {
        known.docs.push(doc);
        known.of.push(of);
      }
    }
  }
  const writer = segmentWriter();
  const packed = new Bytes();
  for (const term of [...byTerm.keys()].sort()) {
    const { docs, of } = byTerm.get(term) as { docs: number[]; of: TermOf[] };
    for (let at = 0; at < docs.length; at++) {
      const { weight, positions } = of[at] as TermOf;
      writer.posting(term, docs[at] as number, weight);
      if (positions.length === 0) continue;
      packed.clear();
      packPositions(positions, packed);
      writer.positions(term, packed.view());
    }
    writer.end(term);
  }
  const made = writer.done();
  const column = (name: Column) =>
    Float64Array.from(listed, (entry) => entry.columns?.[name] ?? Number.NaN);
  return {
    directory: {
      form,
      docs: bitmap(sorted.map(({ doc }) => doc)),
      listed: bitmap(listed.map(({ doc }) => doc)),
      first: {
        postings: made.postings.first,
        positions: made.positions.first,
        dictionary: made.dictionary.first,
      },
    },
    columns: Object.fromEntries(columns.map((name) => [name, column(name)])) as Columns,
    blocks: {
      postings: made.postings.blocks,
      positions: made.positions.blocks,
      dictionary: made.dictionary.blocks,
    },
  };
}

/** What is known of several segments as one. Oldest first; the newest tells what is true of a doc. Without blocks. */
export function mergeDirectories(
  parts: readonly { directory: Pick<Directory, 'docs' | 'listed'>; columns: Columns }[],
  all: boolean,
): { directory: Directory; columns: Columns } {
  const values = new Map<number, Record<Column, number> | undefined>();
  for (const { directory, columns: theirs } of parts) {
    eachDoc(directory.docs, (doc) => values.set(doc, undefined));
    docsOf(directory.listed).forEach((doc, at) => {
      const row = columns.map((name) => [name, theirs[name][at] ?? Number.NaN]);
      values.set(doc, Object.fromEntries(row) as Record<Column, number>);
    });
  }
  const docs = [...values.keys()].sort((a, b) => a - b);
  const listed = docs.filter((doc) => values.get(doc));
  return {
    directory: {
      form,
      // Where nothing older is left, there is nothing that a removed doc must hide.
      docs: bitmap(all ? listed : docs),
      listed: bitmap(listed),
      first: { postings: [], positions: [], dictionary: [] },
    },
    columns: Object.fromEntries(
      columns.map((name) => [
        name,
        Float64Array.from(listed, (doc) => values.get(doc)?.[name] ?? Number.NaN),
      ]),
    ) as Columns,
  };
}

/** In place of a segment, for a doc that is not in the library. */
export const nobody = 0xffff;

/** For each doc, which of some segments, oldest first, tells what is true of it: its place, from 0, or `nobody`. */
export function ownersOf(parts: readonly Pick<Directory, 'docs'>[]): Uint16Array {
  const length = Math.max(0, ...parts.map(({ docs }) => docs.length * 8));
  const owners = new Uint16Array(length).fill(nobody);
  for (const [part, { docs }] of parts.entries()) {
    eachDoc(docs, (doc) => {
      owners[doc] = part;
    });
  }
  return owners;
}

/** How many blocks a slice of a merge takes up, besides one or two of each segment that it shares with others. */
const sliceBlocks = 32;

/** Where the slice ends that begins with the term `from`: before this term. Undefined: it is the last. */
export function sliceEnd(parts: readonly Directory[], from: string): string | undefined {
  const ends = parts.flatMap(({ first }) =>
    (['postings', 'positions'] as const).flatMap((kind) => {
      const [, begun] = blocksOf(first[kind], from, `${from}\0`);
      return first[kind].slice(begun, begun + sliceBlocks + parts.length);
    }),
  );
  return ends.sort()[sliceBlocks + parts.length];
}

/** The end of all terms. */
export const lastTerm = after('');

/**
 * One slice of a merge.
 * @param parts for each segment, oldest first, the blocks that may hold terms of the slice, in order
 * @param owners from `ownersOf` these segments, `nobody` for what is in the library no more
 * @param from the first term of the slice
 * @param to the first term after it
 */
export function mergeSlice(
  parts: readonly Record<'postings' | 'positions', Uint8Array[]>[],
  owners: Uint16Array,
  from: string,
  to: string,
): Record<Kind, Blocks> {
  const terms = new Map<string, Record<'postings' | 'positions', Place[]>>();
  for (const [part, blocks] of parts.entries()) {
    for (const kind of ['postings', 'positions'] as const) {
      for (const block of blocks[kind]) {
        eachEntry(block, from, to, (term, start, end) => {
          let places = terms.get(term);
          if (!places) {
            places = { postings: [], positions: [] };
            terms.set(term, places);
          }
          places[kind].push({ part, block, start, end });
        });
      }
    }
  }

  const writer = segmentWriter();
  for (const term of [...terms.keys()].sort()) {
    const places = terms.get(term);
    /** Of what is still true: the doc, its weight, and where its positions lie. */
    const [docs, weights, blocks, starts, ends]: [
      number[],
      number[],
      Uint8Array[],
      number[],
      number[],
    ] = [[], [], [], [], []];
    /** For every posting, whether it is. */
    const alive: boolean[] = [];
    let inOrder = true;
    for (const { part, block, start, end } of places?.postings ?? []) {
      eachPosting(block, start, end, (doc, weight) => {
        const lives = owners[doc] === part;
        alive.push(lives);
        if (!lives) return;
        if (docs.length > 0 && doc < (docs[docs.length - 1] as number)) inOrder = false;
        docs.push(doc);
        weights.push(weight);
      });
    }
    let at = 0;
    for (const { block, start, end } of places?.positions ?? []) {
      eachPositions(block, start, end, (from, until) => {
        if (!alive[at++]) return;
        blocks.push(block);
        starts.push(from);
        ends.push(until);
      });
    }
    const order = inOrder
      ? undefined
      : docs.map((_, at) => at).sort((a, b) => (docs[a] as number) - (docs[b] as number));
    for (let place = 0; place < docs.length; place++) {
      const at = order?.[place] ?? place;
      writer.posting(term, docs[at] as number, weights[at] as number);
      const block = blocks[at];
      if (block) writer.positions(term, block, starts[at], ends[at]);
    }
    writer.end(term);
  }
  return writer.done();
}

/** Where an entry lies. */
interface Place {
  part: number;
  block: Uint8Array;
  start: number;
  end: number;
}
