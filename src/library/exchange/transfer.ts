// Export and import of the whole library.
import type { ImportReport } from '../api';
import { lacking } from '../kept';
import { versionsKept } from '../noting';
import type { Seams } from '../seams';
import { type Kept, putKept, read, type Version, write } from '../tables';
import { type Incoming, mergeRecord, parseExport, printExport } from './json';

/** Rows a transaction: large ones are quick, and too large ones hold up everything else. */
const chunk = 500;

export interface Transfer {
  exportJson(): Promise<string>;
  importJson(text: string): Promise<ImportReport>;
}

/** Export and import. `complete` is told when papers that lack a title or authors came in. */
export function openTransfer(seams: Seams, complete: () => void): Transfer {
  const { db, now, uuid, changed } = seams;

  async function exportJson(): Promise<string> {
    const time = now();
    const [rows, versions] = await read(db, ['kept', 'noteVersions'], () =>
      Promise.all([
        db.kept.toArray(),
        db.noteVersions
          .where('replacedAt')
          .above(time - versionsKept)
          .toArray(),
      ]),
    );
    return printExport(rows, versions, time);
  }

  /** Merges some records in one transaction, and counts what became of their papers. */
  function merge(records: Incoming[]): Promise<Omit<ImportReport, 'refused'>> {
    const time = now();
    const ids = [...new Set(records.map(({ paper }) => paper.id))];
    return write(db, ['kept', 'noteVersions'], async () => {
      const [rows, stored] = await Promise.all([
        db.kept.bulkGet(ids),
        db.noteVersions.where('id').anyOf(ids).toArray(),
      ]);
      const before = new Map(ids.map((id, index) => [id, rows[index]]));
      const after = new Map(before);
      const known = new Set(stored.map(({ id, text }) => `${id}\n${text}`));
      const versions: Version[] = [];
      for (const record of records) {
        const { earlier = [] } = record;
        const { id } = record.paper;
        const row = mergeRecord(after.get(id), record);
        after.set(id, row);
        for (const { text, replacedAt } of earlier) {
          if (replacedAt <= time - versionsKept || known.has(`${id}\n${text}`)) continue;
          known.add(`${id}\n${text}`);
          versions.push({ key: uuid(), id, text, replacedAt });
        }
      }
      const counts = { added: 0, changed: 0, same: 0 };
      const puts: Parameters<typeof putKept>[1] = [];
      for (const [id, row] of after) {
        if (!row) continue;
        const old = before.get(id);
        const { wantedAt: _, ...rest } = row;
        const wanted = row.listed && lacking(row.paper) ? { wantedAt: row.wantedAt ?? time } : {};
        const merged: Kept = { ...rest, ...wanted };
        const differs = !old || !sameRow(old, merged);
        if (differs) puts.push({ before: old, after: merged });
        if (!old) counts.added++;
        else if (differs || versions.some((one) => one.id === id)) counts.changed++;
        else counts.same++;
      }
      await putKept(db, puts);
      await db.noteVersions.bulkPut(versions);
      return counts;
    });
  }

  async function importJson(text: string): Promise<ImportReport> {
    const { records, refused } = parseExport(text);
    const report: ImportReport = { added: 0, changed: 0, same: 0, refused };
    for (let at = 0; at < records.length; at += chunk) {
      const counts = await merge(records.slice(at, at + chunk));
      report.added += counts.added;
      report.changed += counts.changed;
      report.same += counts.same;
    }
    if (report.added + report.changed > 0) changed({ all: true });
    complete();
    return report;
  }

  return { exportJson, importJson };
}

/** Two states of a row that hold the same, in whatever order of fields. */
function sameRow(a: object, b: object): boolean {
  const text = (row: object) =>
    JSON.stringify(row, (_, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : value,
    );
  return text(a) === text(b);
}
