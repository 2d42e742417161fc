// A backup as one file, which is an export of ours.
import { unzipped, zippedFile } from './gzip';
import { exportAround } from './records';
import type { Backup, Store } from './store';

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
