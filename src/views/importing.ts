// Giving what a preview found to the library, some papers at a time, so that it can be stopped and gone on with.
import type { ImportReport } from '../library/api';
import type { Preview, Watch } from '../library/files';
import type { Library } from './reach';
import { sentence } from './sentence';

export interface Imported {
  report: ImportReport;
  /** Records that the library took. */
  done: number;
  of: number;
  /** Why not all are there: a sentence. Absent where all are, or where the person stopped it. */
  failure?: string;
}

/** Why the library did not take some records: what it says itself, or where they stand and what to do. */
function reason(cause: unknown, [records]: [unknown[], unknown[]?], unit: Preview['unit']): string {
  const { code = 'unexpected' } = (cause ?? {}) as { code?: string };
  if (code !== 'unexpected') return sentence(cause);
  const places = [records[0], records.at(-1)].map(
    (one) => (one as { at?: number } | undefined)?.at,
  );
  const [first, last] = places;
  const where =
    first === undefined
      ? 'its topics'
      : first === last
        ? `${unit} ${first}`
        : `${unit}s ${first} to ${last}`;
  return `The library did not take ${where} of the file. If it stops there again, take that part out of the file and import the rest.`;
}

/** Never throws: what was taken before it stopped stays, and the same file once more goes on there. */
export async function importAll(
  library: Pick<Library, 'importRecords'>,
  preview: Preview,
  { signal, progress }: Watch,
): Promise<Imported> {
  const report: ImportReport = { added: 0, changed: 0, same: 0, refused: [] };
  const made: Imported = { report, done: 0, of: preview.records };
  let batch: [unknown[], unknown[]?] = [[]];
  try {
    for (batch of preview.batches()) {
      if (signal.aborted) return made;
      progress(made);
      const part = await library.importRecords(...batch);
      made.done += batch[0].length;
      for (const what of ['added', 'changed', 'same'] as const) report[what] += part[what];
      for (const kind of ['highlights', 'topics'] as const) {
        const [before, more] = [report[kind], part[kind]];
        if (!more) continue;
        report[kind] = {
          added: (before?.added ?? 0) + more.added,
          changed: (before?.changed ?? 0) + more.changed,
          same: (before?.same ?? 0) + more.same,
        };
      }
      report.refused.push(...part.refused);
    }
    return made;
  } catch (cause) {
    return { ...made, failure: reason(cause, batch, preview.unit) };
  }
}
