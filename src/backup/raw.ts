// What can still be read of a database, whatever is wrong with it: never changes it, and stops at nothing.
import { frame, printPaper } from '../library/exchange/json';
import { printTopic } from '../library/exchange/topic';
import {
  type Highlight,
  type Kept,
  libraryName,
  type TopicRow,
  type Version,
} from '../library/tables';

/** Rows read at once. */
const slice = 500;

/** Opening that takes longer is said to have failed; another page may hold the database. */
const patience = 10_000;

/** A row as it lies there. */
export interface RawRow {
  key: unknown;
  value: unknown;
}

/** A database, opened for reading as it is. */
export interface Raw {
  version: number;
  stores: string[];
  /** The rows of a store, in slices. What cannot be read is passed over, and counted by `unread`. */
  rows(store: string): AsyncGenerator<RawRow[]>;
  /** How many rows could not be read so far; of a store that does not open at all, one. */
  unread(): number;
  close(): void;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      reject(request.error);
    };
  });
}

/**
 * Opens a database in whatever version it has. Null where there is none: none is made.
 * @throws DOMException as the browser says it
 */
export function openRaw(name: string, factory: IDBFactory = indexedDB): Promise<Raw | null> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name);
    let none = false;
    request.onupgradeneeded = () => {
      // It would be made now.
      none = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => resolve(rawOf(request.result));
    request.onerror = (event) => {
      event.preventDefault();
      if (none) resolve(null);
      else reject(request.error);
    };
    setTimeout(
      () => reject(new DOMException('The database does not open.', 'TimeoutError')),
      patience,
    );
  });
}

function rawOf(db: IDBDatabase): Raw {
  let unread = 0;
  // Whoever brings the tables up to another version must not wait for us.
  db.onversionchange = () => db.close();
  const store = (name: string) => db.transaction(name, 'readonly').objectStore(name);

  /** One by one, where a slice does not come. */
  async function oneByOne(name: string, keys: IDBValidKey[]): Promise<RawRow[]> {
    const rows: RawRow[] = [];
    for (const key of keys) {
      try {
        rows.push({ key, value: await done(store(name).get(key)) });
      } catch {
        unread++;
      }
    }
    return rows;
  }

  async function* rows(name: string): AsyncGenerator<RawRow[]> {
    let after: IDBValidKey | undefined;
    for (;;) {
      const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
      let keys: IDBValidKey[];
      try {
        keys = await done(store(name).getAllKeys(range, slice));
      } catch {
        unread++;
        return;
      }
      if (keys.length === 0) return;
      after = keys.at(-1);
      let found: RawRow[];
      try {
        const values = await done(store(name).getAll(range, slice));
        found = keys.map((key, at) => ({ key, value: values[at] }));
      } catch {
        found = await oneByOne(name, keys);
      }
      if (found.length > 0) yield found;
    }
  }

  return {
    version: db.version,
    stores: [...db.objectStoreNames],
    rows,
    unread: () => unread,
    close: () => db.close(),
  };
}

/** What no JSON has, by names that say what it was. */
function jsonOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof Uint8Array) {
      return { base64: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) };
    }
    if (typeof value === 'bigint' || value === Number.POSITIVE_INFINITY) return String(value);
    return value;
  });
}

/** All that `rows` gives, in one file, without having more than a slice of it in memory as text. */
async function listed(rows: AsyncGenerator<string[]>): Promise<Blob> {
  const pieces: Blob[] = [];
  let first = true;
  for await (const texts of rows) {
    if (texts.length === 0) continue;
    pieces.push(new Blob([first ? '' : ',\n', texts.join(',\n')]));
    first = false;
  }
  return new Blob(pieces);
}

/** Every row of every store, as JSON: `{ format: 'paper-margin-raw', version, stores: { name: [{ key, value }] } }`. */
export async function rawFile(raw: Raw): Promise<Blob> {
  async function* texts(name: string) {
    for await (const rows of raw.rows(name)) yield rows.map(jsonOf);
  }
  const pieces: Blob[] = [];
  for (const name of raw.stores) {
    const before = `${pieces.length > 0 ? ',\n' : ''}${JSON.stringify(name)}:[\n`;
    pieces.push(new Blob([before, await listed(texts(name)), '\n]']));
  }
  const head = `{"format":"paper-margin-raw","version":${raw.version},"stores":{\n`;
  return new Blob([head, ...pieces, '\n}}\n'], { type: 'application/json' });
}

/** What a readable file has. */
export interface Recovered {
  file: Blob;
  papers: number;
  /** Rows that are there and make no record: they are in the raw file alone. */
  strange: number;
}

/** The library's database as it lies there, or null. @throws DOMException as the browser says it */
export const openRawLibrary = () => openRaw(libraryName);

/**
 * What the rows are as an export of ours, so that an import takes them. Rows that make no record are passed over and
 * counted.
 */
export async function recoveredFile(raw: Raw, now: number): Promise<Recovered> {
  const all = async <T>(store: string) => {
    const found: T[] = [];
    if (raw.stores.includes(store)) {
      for await (const rows of raw.rows(store)) found.push(...rows.map(({ value }) => value as T));
    }
    return found;
  };
  const versions = Map.groupBy(await all<Version>('noteVersions'), (row) => row?.id);
  const highlights = Map.groupBy(await all<Highlight>('highlights'), (row) => row?.paper);
  let papers = 0;
  let strange = 0;
  /** One row alone, or nothing. */
  const tried = (work: () => object): object[] => {
    try {
      return [work()];
    } catch {
      strange++;
      return [];
    }
  };
  async function* records() {
    if (!raw.stores.includes('kept')) return;
    for await (const rows of raw.rows('kept')) {
      const found = rows.flatMap(({ value }) =>
        tried(() => {
          const row = value as Kept;
          return printPaper(row, versions.get(row.id) ?? [], highlights.get(row.id) ?? []);
        }),
      );
      papers += found.length;
      yield found.map((record) => JSON.stringify(record));
    }
  }
  const body = await listed(records());
  const topics = (await all<TopicRow>('topics')).flatMap((row) => tried(() => printTopic(row)));
  const foot = `\n],\n"topics":${JSON.stringify(topics)}}\n`;
  return {
    file: new Blob([frame.head(now), body, foot], { type: 'application/json' }),
    papers,
    strange,
  };
}
