// A made-up library of any size for the benchmark: words as often as in real texts, always the same. Pure but for the recordings.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { wordsOf } from '../../src/query/words.ts';
import { recordings } from '../recordings.ts';

const vocabulary = 150_000;

/** Words in the order of their frequency: of recorded abstracts where they are, and made-up ones. */
export function wordsByFrequency(): string[] {
  const counts = new Map<string, number>();
  const archive = recordings && join(recordings, 'hf/archive.jsonl.gz');
  if (archive && existsSync(archive)) {
    for (const line of gunzipSync(readFileSync(archive)).toString().trim().split('\n')) {
      const { abstract } = JSON.parse(line) as { abstract: string };
      for (const { word } of wordsOf(abstract)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const real = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  const made = madeUp(vocabulary).filter((word) => !counts.has(word));
  return [...real, ...made].slice(0, vocabulary);
}

/** Words out of syllables, each once. */
function madeUp(count: number): string[] {
  const starts = 'b br ch d dr f fl g gr h k kl l m n p pl qu r s st t tr v w z'.split(' ');
  const vowels = 'a e i o u ai ea ou'.split(' ');
  const syllables = starts.flatMap((start) => vowels.map((vowel) => start + vowel));
  const made = new Set<string>();
  for (let at = 0; made.size < count; at++) {
    let [word, rest] = ['', (at * 7919 + 13) % 9_261_000];
    do {
      word += syllables[rest % syllables.length];
      rest = Math.floor(rest / syllables.length);
    } while (rest > 0);
    made.add(word + ['', 'n', 'r', 's', 'tion', 'ing'][at % 6]);
  }
  return [...made];
}

/** Names of people, as often as their place says. */
export const madeUpNames = () =>
  madeUp(30_000).map((word) => word.charAt(0).toUpperCase() + word.slice(1));

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

/** Draws from a list as in real texts: the n-th about as often as 1/n. */
function drawing<T>(from: readonly T[]): (random: Random) => T {
  const sums = new Float64Array(from.length);
  let sum = 0;
  for (let at = 0; at < from.length; at++) {
    sum += 1 / (at + 2.7);
    sums[at] = sum;
  }
  return (random) => {
    const sought = random() * sum;
    let [low, high] = [0, from.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < sought) low = middle + 1;
      else high = middle;
    }
    return from[low] as T;
  };
}

/** The id of the made-up paper at a place: 9,000 a month, from January 2020 on. */
export function madePaperId(index: number): string {
  const month = Math.floor(index / 9000);
  const yymm = (20 + Math.floor(month / 12)) * 100 + (month % 12) + 1;
  return `${yymm}.${String(10_000 + (index % 9000) * 10).padStart(5, '0')}`;
}

/**
 * Makes records as `importRecords` takes them. Each paper has a title, four authors, an abstract of 1,200 characters
 * and a note; one in three has tags, one in four a state, one in twenty a highlight. The paper at a place is always the
 * same.
 */
export function paperMaker(words: string[], names: string[]): (index: number) => object {
  const [draw, drawName] = [drawing(words), drawing(names)];
  const drawTag = drawing(Array.from({ length: 120 }, (_, at) => `${words[40 + at * 3]} ${at}`));
  return (index) => {
    const random = seeded(index + 1);
    const text = (length: number, end = '.') => {
      let made = '';
      while (made.length < length) made += (made ? ' ' : '') + draw(random);
      return made + end;
    };
    const time = Date.UTC(2014, 0, 1) + index * 3_600_000;
    const abstract = text(1200);
    const tags = [...new Set(Array.from({ length: 1 + (index % 3) }, () => drawTag(random)))];
    const exact = abstract.slice(100, 180);
    return {
      id: madePaperId(index),
      title: text(60, ''),
      authors: Array.from({ length: 4 }, () => `${drawName(random)} ${drawName(random)}`),
      abstract,
      published: new Date(time - 9 * 86_400_000).toISOString().slice(0, 10),
      categories: [['cs.CL', 'cs.LG', 'cs.CV', 'stat.ML'][Math.floor(random() * 4)]],
      saved: true,
      savedAt: time,
      savedChangedAt: time,
      keptAt: time,
      note: { text: text(120), updatedAt: time },
      ...(index % 3 === 0 && { tags: tags.map((name) => ({ name, changedAt: time })) }),
      ...(index % 4 === 0 && {
        reading: index % 8 === 0 ? 'read' : 'reading',
        readingChangedAt: time,
      }),
      ...(index % 20 === 0 && {
        highlights: [
          {
            id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
            site: 'arxiv',
            kind: 'abs',
            quote: { exact, prefix: abstract.slice(68, 100), suffix: abstract.slice(180, 212) },
            colour: 'yellow',
            createdAt: time,
            colourChangedAt: time,
          },
        ],
      }),
    };
  };
}
