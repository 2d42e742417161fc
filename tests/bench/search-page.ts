// The part of the search benchmark that runs in a page: a library over the browser's own IndexedDB.
import { openLibrary } from '../../src/library';
import { openDatabase } from '../../src/library/tables';
import type { Paper, PaperId } from '../../src/paper';

const name = 'search-bench';
type Random = () => number;

/** Mulberry32: a small seeded random generator. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Words in the order of their frequency, drawn as in real texts: the n-th about as often as 1/n. */
function drawing(words: readonly string[]): (random: Random) => string {
  const sums = new Float64Array(words.length);
  let sum = 0;
  for (let at = 0; at < words.length; at++) {
    sum += 1 / (at + 2.7);
    sums[at] = sum;
  }
  return (random) => {
    const sought = random() * sum;
    let [low, high] = [0, words.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < sought) low = middle + 1;
      else high = middle;
    }
    return words[low] as string;
  };
}

function open() {
  const db = openDatabase(name);
  const library = openLibrary({
    db,
    fetch: async () => new Response('{}', { status: 500 }),
    consent: async () => false,
    access: async () => false,
    recognise: () => null,
    pause: async () => {},
  });
  return { db, library };
}

/** Removes the database of an earlier run. */
export async function clear(): Promise<void> {
  await openDatabase(name).delete();
}

const paperId = (index: number) =>
  `${2001 + Math.floor(index / 9000)}.${String(10_000 + (index % 9000) * 10).padStart(5, '0')}` as PaperId;

/** Imports so many papers, then builds the index. Times in ms, sizes in bytes. */
export async function build(
  words: string[],
  names: string[],
  size: number,
): Promise<{ imported: number; indexed: number; disk: number; index: number; heap: number }> {
  const draw = drawing(words);
  const drawName = drawing(names);
  const random = seeded(size);
  const text = (length: number, sentence = '.') => {
    let made = '';
    while (made.length < length) made += (made ? ' ' : '') + draw(random);
    return made + sentence;
  };
  const { db, library } = open();
  let imported = 0;
  for (let from = 0; from < size; from += 10_000) {
    const papers = Array.from({ length: Math.min(10_000, size - from) }, (_, at) => {
      const index = from + at;
      const time = Date.UTC(2020, 0, 1) + index * 3_600_000;
      return {
        id: paperId(index),
        title: text(60, ''),
        authors: Array.from({ length: 4 }, () => `${drawName(random)} ${drawName(random)}`),
        abstract: text(1200),
        published: new Date(time - 9 * 86_400_000).toISOString().slice(0, 10),
        categories: [['cs.CL', 'cs.LG', 'cs.CV', 'stat.ML'][index % 4]],
        saved: true,
        savedAt: time,
        savedChangedAt: time,
        keptAt: time,
        note: { text: text(120), updatedAt: time },
        earlier: [],
      };
    });
    const file = JSON.stringify({
      format: 'paper-margin',
      version: 1,
      exportedAt: new Date(0).toISOString(),
      papers,
    });
    const start = performance.now();
    const report = await library.importRecords(JSON.parse(file).papers);
    imported += performance.now() - start;
    if (report.added !== papers.length) throw new Error(JSON.stringify(report).slice(0, 500));
  }
  const start = performance.now();
  await library.refreshDue();
  const indexed = performance.now() - start;
  let index = 0;
  for (const { segment } of await db.indexSegments.toArray()) {
    const rows = await db.indexBlocks
      .where('[segment+kind+block]')
      .between([segment, ''], [segment + 1, ''])
      .toArray();
    for (const { bytes } of rows) index += bytes?.length ?? 0;
  }
  const { usage = 0 } = await navigator.storage.estimate();
  db.close();
  return { imported, indexed, disk: usage, index, heap: heap() };
}

const heap = () =>
  (performance as never as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0;

/** The time of each of some searches over a database that was just opened or not, in ms, and how many they found. */
export async function search(
  queries: string[],
  fresh: boolean,
): Promise<{ took: number[]; totals: number[]; heap: number; segments: number }> {
  let { db, library } = open();
  if (!fresh) await library.kept(queries[0] ?? 'x', 0, 50);
  const took: number[] = [];
  const totals: number[] = [];
  for (const query of queries) {
    if (fresh) {
      db.close();
      ({ db, library } = open());
    }
    const start = performance.now();
    const { total, rows } = await library.kept(query, 0, 50);
    took.push(performance.now() - start);
    totals.push(total);
    if (rows.length !== Math.min(50, total)) throw new Error(`${query}: ${rows.length} rows`);
  }
  const segments = await db.indexSegments.count();
  db.close();
  return { took, totals, heap: heap(), segments };
}

/** The time of each of some writes, in ms: papers saved, and keys typed into one note. */
export async function change(count: number): Promise<{ save: number[]; note: number[] }> {
  const { db, library } = open();
  const [save, note]: number[][] = [[], []] as never;
  const paper = (index: number): Paper => ({
    id: `2512.${20_000 + index}` as PaperId,
    title: 'A made-up paper',
    authors: ['First Author'],
    abstract: 'A sentence about nothing at all. '.repeat(36),
  });
  await library.save(paper(0));
  let { revision, text } = await library.note(paper(0).id);
  for (let index = 1; index <= count; index++) {
    let start = performance.now();
    await library.save(paper(index));
    save?.push(performance.now() - start);
    start = performance.now();
    const base = { revision, text };
    const written = { id: paper(0).id, text: `${text}w`, base, editor: 'bench' };
    ({ revision, text } = await library.writeNote(written));
    note?.push(performance.now() - start);
  }
  db.close();
  return { save: save ?? [], note: note ?? [] };
}
