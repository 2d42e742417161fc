// Backups as files in a folder of the person's: written there, and the oldest of ours taken away again.
import { staying } from './rolling';
import type { Folder } from './store';

/** The person's own day, `YYYY-MM-DD`, at a time in ms. */
export function ownDay(ms: number): string {
  const time = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return time.toISOString().slice(0, 10);
}

/** The name of the file of a day, `YYYY-MM-DD`. */
export const fileName = (day: string) => `paper-margin-${day}.json.gz`;

const ours = /^paper-margin-(\d{4}-\d\d-\d\d)\.json\.gz$/;

/** May we write there? Asks nobody. */
export async function granted(folder: Folder): Promise<boolean> {
  const state = await folder.queryPermission?.({ mode: 'readwrite' });
  return state === undefined || state === 'granted';
}

/**
 * Writes the file of that day, in place of an earlier one of it. The browser shows it only when it is whole. Of our
 * files those stay that `staying` names; files with other names are never touched.
 * @throws DOMException where the browser or the disk refuses
 */
export async function writeFile(folder: Folder, day: string, file: Blob): Promise<void> {
  const handle = await folder.getFileHandle(fileName(day), { create: true });
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
    const at = Date.parse(ours.exec(name)?.[1] ?? '');
    if (!Number.isNaN(at)) files.push({ name, at });
  }
  files.sort((a, b) => b.at - a.at);
  const stay = staying(files, String);
  for (const one of files) {
    if (!stay.has(one) && one.name !== fileName(day)) await folder.removeEntry(one.name);
  }
}
