// A zip file, entry by entry, also of more than 65,535 entries or beyond 4 GB, which fflate's own does not number. Pure.
// Source: PKWARE APPNOTE.TXT 6.3.10, 4.3 (records), 4.4.4 (flags), 4.5.3 (zip64 extra field)
import { deflateSync, strToU8 } from 'fflate';

type Bytes = Uint8Array<ArrayBuffer>;

/** One file as the records of a zip tell of it. */
export interface ZipEntry {
  name: Bytes;
  /** Date and time as MS-DOS has them. */
  time: number;
  crc: number;
  /** 8: deflated, 0: as it is. */
  method: 8 | 0;
  /** Bytes in the zip, and of the file. */
  packed: number;
  size: number;
}

/** Bytes; what is shorter gains nothing by being deflated. */
const deflatedFrom = 64;

/** What a field of 16 or 32 bits says when the number stands in a record of zip64. */
const elsewhere = { 2: 0xffff, 4: 0xffffffff };

/** Fields of so many bytes, one behind the other, the lowest byte first. */
function fields(...all: [bytes: 2 | 4 | 8, value: number][]): Bytes {
  const view = new DataView(new ArrayBuffer(all.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of all) {
    if (bytes === 2) view.setUint16(at, value, true);
    else if (bytes === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function joined(parts: Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Bytes): number {
  let crc = -1;
  for (const byte of bytes) crc = (crcs[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Local time, as zip files have it: from 1980 on, every other second. */
function dosTime(ms: number): number {
  const date = new Date(ms);
  const year = Math.min(Math.max(date.getFullYear() - 1980, 0), 127);
  const day = (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}

/** What both records of an entry have. Names are UTF-8. */
function common({ name, time, crc, method, packed, size }: ZipEntry, extra: number) {
  const all: [2 | 4, number][] = [
    [2, 0x0800],
    [2, method],
    [4, time],
    [4, crc],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, extra],
  ];
  return all;
}

/** What stands before the bytes of an entry. */
export function localHeader(entry: ZipEntry): Bytes {
  return joined([fields([4, 0x04034b50], [2, 20], ...common(entry, 0)), entry.name]);
}

/**
 * An entry in the directory.
 * @param at where its local header begins
 */
export function directoryEntry(entry: ZipEntry, at: number): Bytes {
  const far = at >= elsewhere[4];
  const extra = far ? fields([2, 1], [2, 8], [8, at]) : fields();
  const needed = far ? 45 : 20;
  return joined([
    fields(
      [4, 0x02014b50],
      [2, needed],
      [2, needed],
      ...common(entry, extra.length),
      // No comment, the first disk, and nothing said of attributes.
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, far ? elsewhere[4] : at],
    ),
    entry.name,
    extra,
  ]);
}

/**
 * What stands behind the directory.
 * @param size of it, bytes
 * @param at where it begins
 */
export function directoryEnd(entries: number, size: number, at: number): Bytes {
  const large = entries >= elsewhere[2] || size >= elsewhere[4] || at >= elsewhere[4];
  const zip64 = large
    ? [
        fields(
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, entries],
          [8, entries],
          [8, size],
          [8, at],
        ),
        // Where that record is.
        fields([4, 0x07064b50], [4, 0], [8, at + size], [4, 1]),
      ]
    : [];
  const count = Math.min(entries, elsewhere[2]);
  return joined([
    ...zip64,
    fields(
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
      [4, Math.min(size, elsewhere[4])],
      [4, Math.min(at, elsewhere[4])],
      [2, 0],
    ),
  ]);
}

/**
 * Begins a zip file. Of what was added only the directory is held.
 * @param now ms; the time of the files in it
 * @param take is given each part of the file, in order
 */
export function zipped(now: number, take: (part: Bytes) => void) {
  const time = dosTime(now);
  const directory: Bytes[] = [];
  let at = 0;
  const give = (part: Bytes) => {
    at += part.length;
    take(part);
  };
  return {
    /** @param text of a file, less than 4 GB of it */
    add(name: string, text: string): void {
      const bytes = strToU8(text);
      const deflated = bytes.length >= deflatedFrom;
      const packed = deflated ? deflateSync(bytes, { level: 6 }) : bytes;
      const entry = {
        name: strToU8(name),
        time,
        crc: crc32(bytes),
        method: deflated ? (8 as const) : (0 as const),
        packed: packed.length,
        size: bytes.length,
      };
      directory.push(directoryEntry(entry, at));
      give(localHeader(entry));
      give(packed);
    },
    end(): void {
      const begin = at;
      const entries = directory.length;
      give(joined(directory));
      take(directoryEnd(entries, at - begin, begin));
    },
  };
}
