// What is remembered of each paper of the library: its weightiest terms in a few hundred bytes, many papers a row.
import { type IdfTable, idfOf } from './frequencies';
import type { Term } from './terms';

/** One paper of the library, as others are compared with it. */
export interface PaperRecord {
  id: string;
  /** When the person last did something with it, ms. */
  at: number;
  /** How much that says of their interest; below zero for what they do not want. */
  strength: number;
  /** Of its terms. */
  hashes: Int32Array;
  /** Their weights; `notedBit` is set where the term stands in the note. */
  weights: Uint8Array;
}

/** The records of the papers that share a bucket, packed for reading them all quickly. */
export interface Bucket {
  bucket: number;
  ids: string[];
  at: number[];
  strength: number[];
  /** Where each paper's terms end. */
  ends: number[];
  hashes: Int32Array;
  weights: Uint8Array;
}

/** How many buckets there are: with 10,000 papers a row of a bucket has about 25 KB. */
export const buckets = 128;

/** Set in the weight of a term that stands in the note. */
export const notedBit = 128;

/** The terms of a paper that are kept, at most. More of them find hardly more, and cost room and time. */
const most = 64;

/** Weights are stored in steps of 1/16: the largest are about 5, and 7 bits hold 7.9. */
const steps = 16;

/** The weight in a byte of a record, whether or not the term stands in the note. */
export function weightIn(byte: number): number {
  return (byte & ~notedBit) / steps;
}

/**
 * The length of a record as a vector, each term by its weight and its inverse document frequency.
 * @param start, end which terms of the bucket are the paper's
 */
export function recordLength(
  { hashes, weights }: Bucket,
  start: number,
  end: number,
  idfs: IdfTable,
): number {
  let square = 0;
  for (let place = start; place < end; place++) {
    const by = weightIn(weights[place] as number) * idfOf(idfs, hashes[place] as number);
    square += by * by;
  }
  return Math.sqrt(square);
}

/** What a person did with a paper, as far as it tells their interest. Times in ms. */
export interface Interest {
  saved: boolean;
  noted: boolean;
  /** They highlighted something in it. */
  highlighted: boolean;
  reading: 'unread' | 'reading' | 'read';
  dismissed: boolean;
  at: number;
}

/**
 * How much that says: 1 for one sign of interest and half as much for each further one; -0.5 for a dismissed paper
 * without any; 0 for nothing.
 */
function strengthOf({ saved, noted, highlighted, reading, dismissed }: Interest): number {
  const signs = [saved, noted, highlighted, reading !== 'unread'].filter(Boolean).length;
  if (signs === 0) return dismissed ? -0.5 : 0;
  return (signs + 1) / 2;
}

/**
 * The record of a paper.
 * @param terms of the paper and its note
 * @param idfs how much terms say now: it decides which of them are kept
 * @returns null when there is nothing to remember: no sign of interest, or no words
 */
export function makeRecord(
  id: string,
  terms: Term[],
  interest: Interest,
  idfs: IdfTable,
): PaperRecord | null {
  const strength = strengthOf(interest);
  const kept = terms
    .map((term) => ({ term, by: term.weight * idfOf(idfs, term.hash) }))
    .sort((a, b) => b.by - a.by || a.term.hash - b.term.hash)
    .slice(0, most)
    .map(({ term }) => term);
  if (strength === 0 || kept.length === 0) return null;
  return {
    id,
    at: interest.at,
    strength,
    hashes: Int32Array.from(kept, ({ hash }) => hash),
    weights: Uint8Array.from(
      kept,
      ({ weight, noted }) =>
        Math.min(notedBit - 1, Math.round(weight * steps)) | (noted ? notedBit : 0),
    ),
  };
}

/** The bucket of a paper: always the same one. */
export function bucketOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at++) sum = (sum * 31 + id.charCodeAt(at)) >>> 0;
  return sum % buckets;
}

/** A bucket without papers. */
export function emptyBucket(bucket: number): Bucket {
  return {
    bucket,
    ids: [],
    at: [],
    strength: [],
    ends: [],
    hashes: new Int32Array(0),
    weights: new Uint8Array(0),
  };
}

/** The records of a bucket, which share its memory. */
export function unpack(bucket: Bucket): PaperRecord[] {
  return bucket.ids.map((id, index) => {
    const [start, end] = [bucket.ends[index - 1] ?? 0, bucket.ends[index] as number];
    return {
      id,
      at: bucket.at[index] as number,
      strength: bucket.strength[index] as number,
      hashes: bucket.hashes.subarray(start, end),
      weights: bucket.weights.subarray(start, end),
    };
  });
}

/** Packs records of one bucket. */
export function pack(bucket: number, records: PaperRecord[]): Bucket {
  const terms = records.reduce((sum, record) => sum + record.hashes.length, 0);
  const packed: Bucket = {
    ...emptyBucket(bucket),
    hashes: new Int32Array(terms),
    weights: new Uint8Array(terms),
  };
  let end = 0;
  for (const { id, at, strength, hashes, weights } of records) {
    packed.hashes.set(hashes, end);
    packed.weights.set(weights, end);
    end += hashes.length;
    packed.ids.push(id);
    packed.at.push(at);
    packed.strength.push(strength);
    packed.ends.push(end);
  }
  return packed;
}
