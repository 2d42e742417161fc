// Simulated readers, how well the fit ranking finds what they took up later, and how long ranking takes.

import { countPaper, emptyFrequencies, idfTable } from '../../src/fit/frequencies';
import { rankPapers } from '../../src/fit/rank';
import {
  type Bucket,
  bucketOf,
  type Interest,
  makeRecord,
  type PaperRecord,
  pack,
  unpack,
} from '../../src/fit/record';
import { findRelated } from '../../src/fit/related';
import { readTerms, type Term } from '../../src/fit/terms';

/** A line of the archive. */
export interface Archived {
  day: string;
  rank: number;
  id: string;
  title: string;
  abstract: string;
  upvotes: number;
  keywords?: string[];
  organization?: string;
  githubOwner?: string;
  submitter?: string;
}

/** The fields that make readers. The ranking never gets them. */
export const kinds = ['submitter', 'organization', 'githubOwner'] as const;
export type Kind = (typeof kinds)[number];

/** What came of one reader. Precisions are at 10, from 0 to 1. */
export interface Outcome {
  /** Half of the submitters are for choosing weights. */
  tuning: boolean;
  papers: number;
  /** Papers of the later days, among which the reader's later ones are to be found. */
  ranked: number;
  fit: number;
  upvotes: number;
  /** What a random order has in the mean. */
  random: number;
  /** What no order can pass. */
  best: number;
}

const day = 86_400_000;
const fewest = 6;
/** As many days of lists as a new install fetches. */
const known = 30;

const kept: Interest = {
  saved: true,
  noted: false,
  highlighted: false,
  reading: 'unread',
  dismissed: false,
  at: 0,
};

/** The arithmetic mean. */
export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Any order, but always the same one: for halving readers. */
function even(name: string): boolean {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return sum % 2 === 0;
}

/** All buckets of a library. */
function packed(records: PaperRecord[]): Bucket[] {
  const byBucket = Map.groupBy(records, ({ id }) => bucketOf(id));
  return [...byBucket].map(([bucket, records]) => pack(bucket, records));
}

/** Every paper once, by the day on which it came first. */
function once(archive: Archived[]): Archived[] {
  const papers = new Map<string, Archived>();
  for (const paper of archive.toSorted((a, b) => a.day.localeCompare(b.day) || a.rank - b.rank))
    if (!papers.has(paper.id)) papers.set(paper.id, paper);
  return [...papers.values()];
}

/** Ranks, for every reader of a kind, the days of their later papers by what they took up before. */
export function evaluate(archive: Archived[], kind: Kind): Outcome[] {
  const papers = once(archive);
  const terms = new Map<Archived, Term[]>(papers.map((paper) => [paper, readTerms(paper)]));
  const termsOf = (paper: Archived) => terms.get(paper) as Term[];
  const byDay = Map.groupBy(papers, (paper) => paper.day);
  const readers = Map.groupBy(papers, (paper) => paper[kind] ?? '');
  const outcomes: Outcome[] = [];
  for (const [name, own] of readers) {
    if (!name || own.length < fewest) continue;
    const split = (own[Math.ceil(own.length / 2) - 1] as Archived).day;
    const earlier = own.filter((paper) => paper.day <= split);
    const later = new Set(own.filter((paper) => paper.day > split));
    if (later.size === 0) continue;
    const since = Date.parse(split) - known * day;
    const counts = emptyFrequencies();
    for (const paper of papers)
      if (paper.day <= split && Date.parse(paper.day) > since) countPaper(counts, termsOf(paper));
    const idfs = idfTable(counts);
    const library = packed(
      earlier.flatMap((paper) => {
        const interest = { ...kept, at: Date.parse(paper.day) };
        return makeRecord(paper.id, termsOf(paper), interest, idfs) ?? [];
      }),
    );
    const days = new Set([...later].map((paper) => paper.day));
    const ranked = [...days].flatMap((day) => byDay.get(day) as Archived[]);
    const fits = rankPapers(library, idfs, ranked.map(termsOf), Date.parse(split));
    const precision = (by: (paper: Archived, index: number) => number) => {
      const first = ranked
        .map((paper, index) => ({ paper, value: by(paper, index) }))
        .sort((a, b) => b.value - a.value)
        .slice(0, 10)
        .map(({ paper }) => paper);
      return first.filter((paper) => later.has(paper)).length / 10;
    };
    outcomes.push({
      tuning: kind === 'submitter' && even(name),
      papers: own.length,
      ranked: ranked.length,
      fit: precision((_, index) => fits[index]?.score ?? 0),
      upvotes: precision((paper) => paper.upvotes),
      random: (Math.min(10, ranked.length) * later.size) / ranked.length / 10,
      best: Math.min(10, later.size) / 10,
    });
  }
  return outcomes;
}

/** How long each part takes, ms. */
export interface Took {
  what: string;
  median: number;
  fastest: number;
}

function timed(what: string, runs: number, work: () => void): Took {
  const took = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { what, median: took[Math.floor(runs / 2)] as number, fastest: took[0] as number };
}

/** Measures with 10,000 papers in the library and 100 new ones; with fewer in the archive, some count twice. */
export function time(archive: Archived[]): Took[] {
  const fresh = archive.slice(-100);
  const counts = emptyFrequencies();
  const library = Array.from({ length: 10_000 }, (_, index) => {
    const paper = archive[index % archive.length] as Archived;
    return { ...paper, id: `${paper.id}-${index}` };
  });
  // The first start is a cold one, before the engine has compiled anything.
  const cold = timed('terms of 100 new papers, first time', 1, () => {
    for (const paper of fresh) readTerms(paper);
  });
  for (const paper of archive.slice(-1000)) countPaper(counts, readTerms(paper));
  const idfs = idfTable(counts);
  const note = 'Compare the quantization with ours; the ablation of the sampler is missing.';
  const stored = packed(
    library.flatMap((paper, index) => {
      const written = index % 5 ? '' : note;
      const interest = { ...kept, noted: Boolean(written), at: Date.parse(paper.day) };
      return makeRecord(paper.id, readTerms({ ...paper, note: written }), interest, idfs) ?? [];
    }),
  );
  const asked = readTerms(fresh[0] as Archived);
  const runs = 15;
  return [
    cold,
    timed('terms of 100 new papers', runs, () => {
      for (const paper of fresh) readTerms(paper);
    }),
    timed(
      '100 new papers against 10,000: their terms, what terms say, scores and reasons',
      runs,
      () => {
        rankPapers(stored, idfTable(counts), fresh.map(readTerms), Date.now());
      },
    ),
    timed('one paper with a note: its terms, its record, its bucket packed anew', runs, () => {
      const paper = { ...(fresh[1] as Archived), note };
      const record = makeRecord(paper.id, readTerms(paper), kept, idfs);
      const bucket = stored[0] as Bucket;
      if (record) pack(bucket.bucket, [...unpack(bucket), record]);
    }),
    timed('related papers among 10,000', runs, () => {
      findRelated(stored, idfs, asked, 'none');
    }),
  ];
}
