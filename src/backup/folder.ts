// Backups as files in a folder of the person's: written there, and the oldest of ours taken away again.
import { staying } from './rolling';
import type { Folder } from './store';

/** The person's own day, `YYYY-MM-DD`, at a time in ms. */
export function ownDay(ms: number): string {
  const time = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return time.toISOString().slice(0, 10);
}

/** The name of a file with a backup of a day, `YYYY-MM-DD`. */
export const fileName = (day: string) => `paper-margin-${day}.json.gz`;

/** What of a library's name is in the names of its files in a folder: another library there has another one. */
const markOf = (library: string) => library.slice(0, 8);

const named = /^paper-margin-(\d{4}-\d\d-\d\d)-(.{8})\.json\.gz$/;

/** May we write there? Asks nobody. */
export async function granted(folder: Folder): Promise<boolean> {
  const state = await folder.queryPermission?.({ mode: 'readwrite' });
  return state === undefined || state === 'granted';
}

/**
 * Writes the file of that day of a library, in place of an earlier one of both. The browser shows it only when it is
 * whole. Of the files of this library those stay that `staying` names; all others are never touched, those of another
 * library in the same folder too: this one may have begun anew after that one was lost.
 * @param library the canary of the library
 * @throws DOMException where the browser or the disk refuses
 */
export async function writeFile(
  folder: Folder,
  library: string,
  day: string,
  file: Blob,
): Promise<void> {
  const mark = markOf(library);
  const own = fileName(`${day}-${mark}`);
  const handle = await folder.getFileHandle(own, { create: true });
  const writable = await handle.createWritable();
  try {
    await writable.write(file);
  } catch (cause) {
    await writable.abort().catch(() => {});
    throw cause;
  }
  await writable.close();
  const files: { name: string; at: number }[] = [];
  for await (const name of folder.keys()) {
    const [, day = '', of] = named.exec(name) ?? [];
    const at = Date.parse(day);
    if (of === mark && !Number.isNaN(at)) files.push({ name, at });
  }
  files.sort((a, b) => b.at - a.at);
  const stay = staying(files, String);
  for (const one of files) {
    if (!stay.has(one) && one.name !== own) await folder.removeEntry(one.name);
  }
}
