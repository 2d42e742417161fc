// How single fields of a file are read, and how one that is wrong is named.
import * as z from 'zod/mini';

z.config({ jitless: true });

/** A metadata field that falls back alone. */
export function lenient<T extends z.core.SomeType>(type: T) {
  return z.catch(z.optional(type), undefined);
}

/** Up to the year 9999: a larger number is no time in ms, and past the range of dates it breaks what prints it. */
export const time = z.number().check(z.nonnegative(), z.lt(Date.UTC(10_000, 0)));

/** The first field that is wrong, as the reason of a refusal. */
export function fault(error: { issues: { path: PropertyKey[] }[] }): string {
  const field = error.issues[0]?.path[0];
  return field === undefined
    ? 'it is not a record'
    : `its field "${String(field)}" is missing or wrong`;
}

/** What one record may have, bytes: browsers refuse a message of more than 64 MB, and it travels as one. */
const largestRecord = 16_000_000;

/** Why a record is too large to travel to the library, or undefined where it is not. */
export function tooLarge(record: unknown): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(record) ?? '').length;
  if (bytes <= largestRecord) return undefined;
  const most = largestRecord / 1_000_000;
  return `it has ${Math.ceil(bytes / 1_000_000)} MB, and one paper with its notes and highlights may have ${most} MB. Shorten it in the file, then import the file again`;
}

/** Might a text of so many characters be too large? As bytes each may be three. */
export function mayBeTooLarge(characters: number): boolean {
  return characters * 3 > largestRecord;
}
