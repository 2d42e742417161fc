// Words that are spelled almost like another: a walk over the sorted dictionary. Pure.
import { Varints } from './postings';

/** A word of the dictionary, how many edits away it is, and in how many papers it stands. */
export interface Near {
  word: string;
  edits: number;
  docs: number;
}

/** How many wrong, missing, added or swapped letters are forgiven: none in short words and in numbers. */
export function forgiven(word: string): number {
  if (/\p{Nd}/u.test(word) || word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** Too far, whatever follows, and small enough that a byte holds some more. */
const far = 100;

/**
 * Finds near words in one block of a dictionary. Words in order share their beginnings, and with them the rows of the
 * table of distances (optimal string alignment: insert, delete, replace, swap neighbours); a beginning that is too far
 * away is passed over with all its words.
 * @param prefix the word may be the beginning of what is found, which may go on
 * @param found is called for each word
 */
export function nearIn(
  block: Uint8Array,
  word: string,
  prefix: boolean,
  found: (near: Near) => void,
): void {
  const most = forgiven(word);
  const width = word.length + 1;
  const sought = Uint16Array.from(word, (sign) => sign.charCodeAt(0));
  /** Row `n`: distances of the first `n` units of the term to each beginning of the word. */
  const rows: Uint8Array[] = [Uint8Array.from({ length: width }, (_, at) => Math.min(at, far))];
  /** The least distance of the whole word to any beginning of the term so far, by row. */
  const best: number[] = [rows[0]?.[width - 1] ?? 0];
  /** The least distance in each row. */
  const leasts = [0];
  const units: number[] = [];
  const reading = new Varints(block);
  /** Beginnings of this length are too far; 0: none. */
  let dead = 0;
  while (reading.at < block.length) {
    const shared = reading.varint();
    const more = reading.varint();
    const skip = dead > 0 && shared >= dead;
    if (!skip) dead = 0;
    for (let at = shared; at < shared + more; at++) {
      const unit = reading.varint();
      units[at] = unit;
      if (skip || dead > 0) continue;
      const above = rows[at] as Uint8Array;
      const twoAbove = rows[at - 1];
      let row = rows[at + 1];
      if (!row) {
        row = new Uint8Array(width);
        rows[at + 1] = row;
      }
      // Beyond so many columns beside the diagonal all distances are too far; two more are read from there.
      const [from, to] = [Math.max(1, at + 1 - most), Math.min(width - 1, at + 1 + most)];
      row[from - 1] = from === 1 ? Math.min(at + 1, far) : far;
      let least = row[from - 1] as number;
      for (let column = from; column <= to; column++) {
        const letter = sought[column - 1];
        let distance = Math.min(
          (above[column] as number) + 1,
          (row[column - 1] as number) + 1,
          (above[column - 1] as number) + (letter === unit ? 0 : 1),
        );
        if (twoAbove && column > 1 && letter === units[at - 1] && sought[column - 2] === unit) {
          distance = Math.min(distance, (twoAbove[column - 2] as number) + 1);
        }
        row[column] = distance;
        if (distance < least) least = distance;
      }
      for (let column = to + 1; column <= to + 3 && column < width; column++) row[column] = far;
      const whole = from <= to && to === width - 1 ? (row[to] as number) : far;
      best[at + 1] = Math.min(best[at] as number, whole);
      leasts[at + 1] = least;
      // A swap looks back two rows, so the row above must be too far as well.
      const reachable = least <= most || (leasts[at] as number) < most;
      if (!reachable && !(prefix && (best[at + 1] as number) <= most)) dead = at + 1;
    }
    const docs = reading.varint();
    if (dead > 0) continue;
    const length = shared + more;
    const near = Math.abs(length - width + 1) <= most;
    const edits = prefix ? best[length] : near ? rows[length]?.[width - 1] : undefined;
    if (edits !== undefined && edits <= most) {
      found({ word: String.fromCharCode(...units.slice(0, length)), edits, docs });
    }
  }
}
