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
