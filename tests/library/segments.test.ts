// The index as it lies on disk: what is packed comes out again, whole and after merges in slices.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../src/library/search/evaluate';
import { forgiven, nearIn } from '../../src/library/search/near';
import {
  Bytes,
  bitmap,
  blockSize,
  blocksOf,
  blockWriter,
  eachDoc,
  eachEntry,
  packPositions,
  unpackPositions,
  Varints,
} from '../../src/library/search/postings';
import {
  docsOf,
  type Entry,
  type Kind,
  kinds,
  lastTerm,
  mergeDirectories,
  mergeSlice,
  nobody,
  ownersOf,
  packSegment,
  type Segment,
  sliceEnd,
} from '../../src/library/search/segments';

const whole = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('numbers come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(whole), (numbers) => {
      const bytes = new Bytes();
      for (const number of numbers) bytes.varint(number);
      const reading = new Varints(bytes.taken());
      expect(numbers.map(() => reading.varint())).toEqual(numbers);
      const positions = [...new Set(numbers)].sort((a, b) => a - b);
      const packed = new Bytes();
      packPositions(positions, packed);
      expect(unpackPositions(packed.taken())).toEqual(positions);
    }),
  );
});

test('sets of docs come out as they went in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(3000)), (docs) => {
      const out: number[] = [];
      eachDoc(bitmap(docs), (doc) => out.push(doc));
      expect(out).toEqual(docs.sort((a, b) => a - b));
    }),
  );
});

test('terms of any signs come out of their blocks in order, and a range gives just its own', () => {
  const term = fc.oneof(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '大') }), fc.string());
  const entry = fc.tuple(term, fc.nat(blockSize / 2));
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ([term]) => term, maxLength: 40 }),
      term,
      term,
      (entries, one, other) => {
        const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
        const writer = blockWriter();
        for (const [term, size] of sorted) writer.add(term, size, new Uint8Array(size));
        const { first, blocks } = writer.done();
        const [from, to] = one < other ? [one, other] : [other, one];
        const out: [string, number][] = [];
        for (const block of blocks.slice(...blocksOf(first, from, to))) {
          eachEntry(block, from, to, (term, start, end) => out.push([term, end - start]));
        }
        expect(out).toEqual(sorted.filter(([term]) => term >= from && term < to));
      },
    ),
  );
});

const term = fc.constantFrom('a', 'b', 'ba', 'c', '!is:read', 'zebra');
const entries = fc.uniqueArray(
  fc.record({
    doc: fc.nat(40),
    terms: fc.option(
      fc
        .array(
          fc.tuple(
            term,
            fc.record({
              weight: fc.integer({ min: 1, max: 255 }),
              positions: fc.uniqueArray(fc.nat(500), { minLength: 1, maxLength: 4 }),
            }),
          ),
        )
        .map(
          (of) =>
            new Map(
              of.map(([name, { weight, positions }]) => [
                name,
                {
                  weight,
                  positions: name.startsWith('!') ? [] : positions.sort((a, b) => a - b),
                },
              ]),
            ),
        ),
      { nil: undefined },
    ),
    columns: fc.record({ kept: fc.nat() }, { requiredKeys: [] }),
  }),
  { selector: ({ doc }) => doc, maxLength: 30 },
) as fc.Arbitrary<Entry[]>;

/** All that a segment says. */
function content({ directory, columns, blocks }: Segment) {
  const rows: unknown[] = [];
  for (const kind of kinds) {
    for (const block of blocks[kind]) {
      eachEntry(
        block,
        '',
        lastTerm,
        (term, start, end) =>
          rows.push([kind, term, kind === 'dictionary' ? start : [...block.slice(start, end)]]),
        kind === 'dictionary',
      );
    }
  }
  return { rows, docs: docsOf(directory.docs), listed: docsOf(directory.listed), columns };
}

/** Merges segments as it is done on disk; `ends` are further places to end a slice at. */
function merged(parts: Segment[], ends: string[]): Segment {
  const directories = parts.map(({ directory }) => directory);
  const owners = ownersOf(directories);
  const listed = directories.map((one) => new Set(docsOf(one.listed)));
  owners.forEach((part, doc) => {
    if (!listed[part]?.has(doc)) owners[doc] = nobody;
  });
  const { directory, columns } = mergeDirectories(parts, true);
  const blocks: Record<Kind, Uint8Array[]> = { postings: [], positions: [], dictionary: [] };
  let from = '';
  for (let more = true; more; ) {
    const own = sliceEnd(directories, from) ?? lastTerm;
    const to = [own, ...ends].filter((end) => end > from).reduce((a, b) => (a < b ? a : b));
    const read = (kind: Kind) => (part: Segment) =>
      part.blocks[kind].slice(...blocksOf(part.directory.first[kind], from, to));
    const made = mergeSlice(
      parts.map((part) => ({
        postings: read('postings')(part),
        positions: read('positions')(part),
      })),
      owners,
      from,
      to,
    );
    for (const kind of kinds) {
      directory.first[kind].push(...made[kind].first);
      blocks[kind].push(...made[kind].blocks);
    }
    from = to;
    more = to !== lastTerm;
  }
  return { directory, columns, blocks };
}

test('merging segments, in whatever slices, gives what packing the newest of each paper gives', () => {
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), fc.array(term), (all, ends) => {
      const newest = new Map(all.flat().map((entry) => [entry.doc, entry]));
      const expected = packSegment([...newest.values()].filter(({ terms }) => terms));
      expect(content(merged(all.map(packSegment), ends))).toEqual(content(expected));
    }),
  );
});

test('a word of very many papers is packed in parts, merged and found in all of them', async () => {
  const count = 60_000;
  const entry = (doc: number): Entry => ({
    doc,
    terms: new Map([['every', { weight: 9, positions: [doc % 7, 500, 900] }]]),
  });
  const docs = Array.from({ length: count }, (_, at) => at);
  const parts = [0, 1].map((half) =>
    packSegment(docs.filter((doc) => doc % 2 === half).map(entry)),
  );
  const one = merged(parts, []);
  expect(one.blocks.positions.length).toBeGreaterThan(5);
  for (const block of kinds.flatMap((kind) => one.blocks[kind])) {
    expect(block.length).toBeLessThan(65_536);
  }
  const source = {
    directory: one.directory,
    dictionary: async () => one.blocks.dictionary,
    blocks: async (kind: Kind, from: string, to: string) =>
      one.blocks[kind].slice(...blocksOf(one.directory.first[kind], from, to)),
  };
  const index = { sources: [source], owners: new Uint16Array(count), size: count };
  const found = async (words: string[]) =>
    (await evaluate({ kind: 'text', words }, index, new Map())).docs.reduce((a, b) => a + b, 0);
  expect(await found(['every'])).toBe(count);
  expect(await found(['every', 'every'])).toBe(0);
});

/** The edits between two words: letters put in, taken out, replaced, neighbours swapped. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      (table[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + same,
        row > 1 && column > 1 && swap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(a.length, b.length);
}

test('the walk over the dictionary finds just the words that are near enough', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (words, sought) => {
      const writer = blockWriter();
      for (const [at, word] of words.sort().entries()) writer.add(word, at + 1);
      const { blocks } = writer.done();
      for (const prefix of [false, true]) {
        const near = new Map<string, number>();
        for (const block of blocks) {
          nearIn(block, sought, prefix, ({ word, edits }) => near.set(word, edits));
        }
        const edits = (word: string) =>
          prefix
            ? Math.min(
                ...Array.from({ length: word.length + 1 }, (_, at) =>
                  distance(word.slice(0, at), sought),
                ),
              )
            : distance(word, sought);
        const expected = words.filter((word) => edits(word) <= forgiven(sought));
        expect([...near]).toEqual(expected.map((word) => [word, edits(word)]));
      }
    }),
  );
});
