// Fills the library of a browser with made-up papers, for whatever is measured in it, and asks it things.
import type { OwnPage, Reader } from '../e2e/driver.ts';
import { madeUpNames, paperMaker, wordsByFrequency } from './made-papers.ts';

/** Papers a call, as the product imports them. */
export const batch = 500;

export const words = wordsByFrequency();
export const names = madeUpNames();
/** The made-up paper at a place. */
export const paper = paperMaker(words, names);

declare const chrome: unknown;
declare const browser: unknown;

export const each = <T>(make: (at: number) => T, count: number): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Calls a verb from an own page, once with each of these arguments: the time of each in ms, and the last answer. */
export async function ask<T = unknown>(
  page: OwnPage,
  verb: string,
  calls: unknown[][],
): Promise<{ took: number[]; answer: T }> {
  const took: number[] = [];
  let answer: unknown;
  for (const args of calls) {
    const one = await page.evaluate(
      async ({ verb, args }) => {
        const { runtime } = (typeof browser === 'undefined' ? chrome : browser) as {
          runtime: { sendMessage(message: unknown): Promise<object | undefined> };
        };
        const start = performance.now();
        const got = await runtime.sendMessage({ to: 'paper-margin', verb, args });
        const time = performance.now() - start;
        if (!got || !('done' in got)) throw new Error(`${verb}: ${JSON.stringify(got)}`);
        return { time, done: got.done };
      },
      { verb, args },
    );
    took.push(one.time);
    answer = one.done;
  }
  return { took, answer: answer as T };
}

/** Waits until the search index has all. @returns s */
export async function indexed(page: OwnPage): Promise<number> {
  const start = Date.now();
  for (;;) {
    const { answer } = await ask<{ indexing?: object }>(page, 'kept', [['zzqx', 0, 1]]);
    if (!answer.indexing) return (Date.now() - start) / 1000;
    await new Promise((done) => setTimeout(done, 1000));
  }
}

/** Fills an empty library through the product's own import. Times in s. */
export async function fill(
  reader: Reader,
  size: number,
): Promise<{ imported: number; index: number }> {
  const page = await reader.openOwn('options.html');
  let imported = 0;
  for (let from = 0; from < size; from += batch) {
    const papers = each((at) => paper(from + at), Math.min(batch, size - from));
    const { took, answer } = await ask<{ added: number }>(page, 'importRecords', [[papers]]);
    if (answer.added !== papers.length) throw new Error(JSON.stringify(answer).slice(0, 500));
    imported += took[0] ?? 0;
  }
  const index = await indexed(page);
  await page.close();
  return { imported: imported / 1000, index };
}

/** Lets the background do what a new library still has to have: a backup, and the records of the ranking. */
export async function settle(reader: Reader): Promise<void> {
  // A browser that starts refreshes.
  await reader.restart();
  const page = await reader.openOwn('options.html');
  await page.evaluate(async () => {
    const { runtime } = (typeof browser === 'undefined' ? chrome : browser) as {
      runtime: { sendMessage(message: unknown): Promise<unknown> };
    };
    await runtime.sendMessage({ to: 'paper-margin-background', ask: 'backup' });
    const opened = indexedDB.open('paper-margin');
    await new Promise((done) => {
      opened.onsuccess = done;
    });
    const left = () =>
      new Promise<number>((done) => {
        const counted = opened.result.transaction('fitDue').objectStore('fitDue').count();
        counted.onsuccess = () => done(counted.result);
      });
    while ((await left()) > 0) {
      // Keeps the background alive.
      await runtime.sendMessage({ to: 'paper-margin', verb: 'settings', args: [] });
      await new Promise((done) => setTimeout(done, 1000));
    }
    opened.result.close();
  });
  await page.close();
}
