// Lets time pass for what is stored: the one thing that no person can do in a test.
import type { OwnPage } from './driver.ts';

/**
 * Makes all that is stored older by so many ms, as if it had been written that much earlier: answers grow stale, and
 * what was to be left alone for a while may be asked again.
 * @param page any of the extension's own pages: they share the database
 */
export function letPass(page: OwnPage, ms: number): Promise<void> {
  return page.evaluate(async (passed: number) => {
    const times = new Set([
      'fetchedAt',
      'lookedAt',
      'retryAt',
      'until',
      'wantedAt',
      'replacedAt',
      'savedAt',
      'keptAt',
    ]);
    const older = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(older);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, one]) => [
        key,
        times.has(key) && typeof one === 'number' ? one - passed : older(one),
      ]);
      return Object.fromEntries(entries);
    };
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('paper-margin'));
    try {
      const names = [...db.objectStoreNames];
      const transaction = db.transaction(names, 'readwrite');
      const finished = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      for (const name of names) {
        const rows = transaction.objectStore(name);
        for (const row of await done(rows.getAll())) rows.put(older(row));
      }
      await finished;
    } finally {
      db.close();
    }
  }, ms);
}
