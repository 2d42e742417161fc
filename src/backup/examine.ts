// What is wrong with the library's database, as far as a page can tell without changing it.
import { schema } from '../library/tables';
import type { Raw } from './raw';

/**
 * `whole`: nothing is wrong. `newer`: a later version of this extension wrote it. `partial`: something that belongs into
 * it is missing. `closed`: the browser or we cannot open it. `none`: there is none.
 */
export type Condition = 'whole' | 'newer' | 'partial' | 'closed' | 'none';

export interface Examined {
  condition: Condition;
  /** What can be read, where it opens for reading at all. */
  raw?: Raw;
}

/** The values of one of its small tables, by key. */
async function valuesOf(raw: Raw, store: string): Promise<Map<unknown, unknown>> {
  const found = new Map<unknown, unknown>();
  for await (const rows of raw.rows(store)) {
    for (const { key, value } of rows) found.set(key, (value as { value?: unknown } | null)?.value);
  }
  return found;
}

/**
 * Looks at the database as it lies there.
 * @param open gives it, null where there is none, and rejects where the browser does not open it
 * @param tables all that belong into it
 * @param answers rejects where the library itself cannot use it
 */
export async function examine(
  open: () => Promise<Raw | null>,
  tables: string[],
  answers: () => Promise<unknown>,
): Promise<Examined> {
  let raw: Raw | null;
  try {
    raw = await open();
  } catch {
    return { condition: 'closed' };
  }
  if (!raw) return { condition: 'none' };
  const there = new Set(raw.stores);
  const meta = there.has('meta') ? await valuesOf(raw, 'meta') : new Map<unknown, unknown>();
  // Dexie counts versions in tens; it adds one where it mended a table.
  const version = Math.max(Math.floor(raw.version / 10), Number(meta.get('schema') ?? 0));
  if (version > schema) return { condition: 'newer', raw };
  if (raw.version >= schema * 10 && tables.some((name) => !there.has(name))) {
    return { condition: 'partial', raw };
  }
  const listed = Number(meta.get('listed') ?? 0);
  if (listed > 0 && (await raw.rows('kept').next()).done) return { condition: 'partial', raw };
  if (raw.unread() > 0) return { condition: 'partial', raw };
  return answers().then(
    () => ({ condition: 'whole' as const, raw }),
    () => ({ condition: 'closed' as const, raw }),
  );
}
