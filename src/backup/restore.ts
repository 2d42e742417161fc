// A backup on its way back: as one file, or in parts that are each an export of ours.

import type { Settings } from '../library/api';
import { present } from '../library/merge';
import { unzipped, zippedFile } from './gzip';
import { exportAround } from './records';
import type { Backup, Store } from './store';

/** Papers of a slice: as many as an import takes at once. */
const most = 500;

/** @throws Error with a plain sentence, where a content is missing or broken */
async function textOf(store: Store, name: string): Promise<string> {
  const content = await store.contents.get(name);
  try {
    if (content) return await unzipped(content.bytes);
  } catch {
    // It is said below.
  }
  throw new Error('A part of this backup cannot be read. Choose another backup.');
}

async function* whole(store: Store, { at, parts, extra }: Backup): AsyncGenerator<string> {
  const { head, foot } = exportAround(at, await textOf(store, extra));
  yield head;
  let first = true;
  for (const name of parts) {
    if (!name) continue;
    yield `${first ? '' : ',\n'}${await textOf(store, name)}`;
    first = false;
  }
  yield foot;
}

/**
 * A backup as a file: an export of ours, compressed by gzip.
 * @throws Error with a plain sentence, where a part of it cannot be read
 */
export function backupFile(store: Store, backup: Backup): Promise<Blob> {
  return zippedFile(whole(store, backup));
}

/** Some records of an export of ours. */
export interface Slice {
  papers: object[];
  topics: object[];
  /** How much of the backup was given so far, up to 1. */
  done: number;
}

/**
 * A backup, a few papers at a time, to be imported one slice after the other. The topics come first.
 * @throws Error as `backupFile` does
 */
export async function* backupSlices(store: Store, { parts, extra }: Backup): AsyncGenerator<Slice> {
  const { topics } = JSON.parse(await textOf(store, extra)) as Slice;
  if (topics.length > 0) yield { papers: [], topics, done: 0 };
  let papers: object[] = [];
  for (const [part, name] of parts.entries()) {
    if (name) papers.push(...(JSON.parse(`[${await textOf(store, name)}]`) as object[]));
    const done = (part + 1) / parts.length;
    while (papers.length > most || (done === 1 && papers.length > 0)) {
      yield { papers: papers.slice(0, most), topics: [], done };
      papers = papers.slice(most);
    }
  }
}

/** What the person had set. */
export async function backupSettings(store: Store, { extra }: Backup): Promise<Partial<Settings>> {
  const { settings = {} } = JSON.parse(await textOf(store, extra)) as { settings?: object };
  return present<Partial<Settings>>(settings);
}
