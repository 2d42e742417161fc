// How several accounts of one thing become one: what says something wins over what is silent. Pure.
import type { Paper } from '../paper';

/** Drops the fields that are undefined. */
export function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

function silent(field: unknown): boolean {
  return field === undefined || field === '' || (Array.isArray(field) && field.length === 0);
}

/** Field by field: what `first` says, else what `second` says. An empty text or list says nothing. */
export function fill<T extends object>(first: T, second: T | undefined): T {
  const said = Object.entries(first).filter(([, field]) => !silent(field));
  return { ...first, ...second, ...Object.fromEntries(said) };
}

/**
 * A paper after one more page was seen: the newer page wins field by field, silence takes nothing away, the highest
 * version stays. A page of an older version than the stored one only fills gaps.
 */
export function enrich(stored: Paper, seen: Paper): Paper {
  const older = (seen.version ?? 0) < (stored.version ?? 0) && seen.version !== undefined;
  const version = Math.max(stored.version ?? 0, seen.version ?? 0);
  return {
    ...(older ? fill(stored, seen) : fill(seen, stored)),
    ...(version > 0 ? { version } : {}),
  };
}

/** A paper of which only the id is known. */
export function bare(id: Paper['id']): Paper {
  return { id, title: '', authors: [], abstract: '' };
}
