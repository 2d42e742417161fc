// How the index lies on disk: sorted terms in blocks of bytes, each with its papers, and where in them it stands. Pure.
//
// A block is a run of entries: how many UTF-16 units of the term before are shared, the others, the length of the
// payload, the payload. A term whose payload is long goes on in further entries, in the same block or in later ones.
//
// Payloads:
//   postings    for each doc: the distance to the one before it, and a byte of how much the term says of it
//   positions   for each doc, in the order of the postings: how many bytes follow, and the distances of its positions
//   dictionary  none: in place of its length stands in how many docs the term is
//
// All numbers but the byte are varints: seven bits a byte, the lowest first.

/** Blocks are about so large, in bytes. Chromium keeps values above 64 KB in files of their own, which are slower. */
export const blockSize = 32_768;

/** Bytes that grow. */
export class Bytes {
  private bytes: Uint8Array;
  length = 0;

  constructor(size = 256) {
    this.bytes = new Uint8Array(size);
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  /** @param value a whole number from 0 to 2^31 - 1 */
  varint(value: number): void {
    this.room(5);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  add(from: Uint8Array, start = 0, end = from.length): void {
    this.room(end - start);
    this.bytes.set(from.subarray(start, end), this.length);
    this.length += end - start;
  }

  /** A copy of what is in it. */
  taken(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  /** What is in it, until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** Reads varints one after another. */
export class Varints {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
    readonly end = bytes.length,
  ) {}

  varint(): number {
    const { bytes } = this;
    let byte = bytes[this.at++] as number;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[this.at++] as number;
      value |= (byte & 127) << shift;
    }
    return value;
  }
}

/** Calls `visit` for each doc of a payload. */
export function eachPosting(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (doc: number, weight: number) => void,
): void {
  let doc = 0;
  let at = start;
  while (at < end) {
    let byte = bytes[at++] as number;
    let distance = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] as number;
      distance |= (byte & 127) << shift;
    }
    doc += distance;
    visit(doc, bytes[at++] as number);
  }
}

/** Writes the positions of a term in one doc, ascending. */
export function packPositions(positions: readonly number[], into: Bytes): void {
  let before = 0;
  for (const position of positions) {
    into.varint(position - before);
    before = position;
  }
}

export function unpackPositions(bytes: Uint8Array, start = 0, end = bytes.length): number[] {
  const reading = new Varints(bytes, start);
  const positions: number[] = [];
  let position = 0;
  while (reading.at < end) {
    position += reading.varint();
    positions.push(position);
  }
  return positions;
}

/** Calls `visit` for the packed positions of each doc in a payload. */
export function eachPositions(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: (start: number, end: number) => void,
): void {
  const reading = new Varints(bytes, start);
  while (reading.at < end) {
    const length = reading.varint();
    const from = reading.at;
    reading.at += length;
    visit(from, reading.at);
  }
}

/** Blocks as they are written, and with which term each begins. */
export interface Blocks {
  first: string[];
  blocks: Uint8Array[];
}

/** Writes entries into blocks. Terms come in order; one may come several times, its payload in parts. */
export function blockWriter(): {
  add(term: string, number: number, payload?: Uint8Array): void;
  done(): Blocks;
} {
  const made: Blocks = { first: [], blocks: [] };
  const open = new Bytes(blockSize + 1024);
  let before = '';
  const close = () => {
    if (open.length > 0) made.blocks.push(open.taken());
    open.clear();
  };
  return {
    add(term, number, payload) {
      if (open.length > 0 && open.length + (payload?.length ?? 0) > blockSize) close();
      if (open.length === 0) {
        made.first.push(term);
        before = '';
      }
      const most = Math.min(term.length, before.length);
      let shared = 0;
      while (shared < most && term.charCodeAt(shared) === before.charCodeAt(shared)) shared++;
      open.varint(shared);
      open.varint(term.length - shared);
      for (let at = shared; at < term.length; at++) open.varint(term.charCodeAt(at));
      open.varint(number);
      if (payload) open.add(payload);
      before = term;
    },
    done() {
      close();
      return made;
    },
  };
}

/**
 * Calls `visit` for each entry from the term `from` on, to before the term `to`.
 * @param visit gets the payload's place. For a dictionary, of which `counts` is true: how many docs
 */
export function eachEntry(
  block: Uint8Array,
  from: string,
  to: string,
  visit: (term: string, start: number, end: number) => void,
  counts = false,
): void {
  const reading = new Varints(block);
  let term = '';
  while (reading.at < block.length) {
    const shared = reading.varint();
    const more = reading.varint();
    let own = '';
    for (let at = 0; at < more; at++) own += String.fromCharCode(reading.varint());
    if (shared < term.length || own) term = term.slice(0, shared) + own;
    const number = reading.varint();
    if (term >= to) return;
    const start = reading.at;
    if (!counts) reading.at += number;
    if (term >= from) visit(term, counts ? number : start, counts ? number : reading.at);
  }
}

/** The range `[start, end)` of blocks that may hold terms from `from` to before `to`. */
export function blocksOf(first: readonly string[], from: string, to: string): [number, number] {
  /** How many blocks begin before the term. */
  const below = (term: string) => {
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((first[middle] as string) < term) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [Math.max(0, below(from) - 1), below(to)];
}

/** The first text after all that begin with this one. */
export const after = (prefix: string) => `${prefix}\uffff`;

/** A set of docs, a bit each. */
export function bitmap(docs: readonly number[]): Uint8Array {
  const most = docs.reduce((a, b) => Math.max(a, b), -1);
  const bits = new Uint8Array((most >> 3) + 1);
  for (const doc of docs) bits[doc >> 3] = (bits[doc >> 3] as number) | (1 << (doc & 7));
  return bits;
}

export const holds = (bits: Uint8Array | undefined, doc: number) =>
  (((bits?.[doc >> 3] ?? 0) >> (doc & 7)) & 1) === 1;

export function eachDoc(bits: Uint8Array, visit: (doc: number) => void): void {
  for (let at = 0; at < bits.length; at++) {
    const byte = bits[at] as number;
    if (byte === 0) continue;
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) visit(at * 8 + bit);
  }
}
