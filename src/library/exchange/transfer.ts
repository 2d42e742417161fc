// Import: what a file has, merged into the library some records at a time.
import type { PaperId } from '../../paper';
import type { ImportReport, Library } from '../api';
import type { Seams } from '../seams';
import { type Database, type Kept, putKept, type TopicRow, type Version, write } from '../tables';
import { type Incoming, readRecord } from './json';
import { mergeAll, type Outcome, type Stored, same } from './merging';
import { readTopic } from './topic';

const none = () => ({ added: 0, changed: 0, same: 0 });

/** What is stored of the papers of some records. Needs the tables `kept`, `noteVersions` and `highlights`. */
export async function storedOf(db: Database, records: Incoming[]): Promise<Stored> {
  const ids = [...new Set(records.map(({ paper }) => paper.id))];
  // Whether a paper was removed is also a question of when its highlights were made.
  const marked = records.filter(({ highlights = [], removed }) => removed || highlights.length > 0);
  const rows = await db.kept.bulkGet(ids);
  // A text of a note that was emptied here is an earlier one too.
  const emptied = new Set(rows.flatMap((row) => (row?.noteAt && !row.note ? [row.id] : [])));
  const noted = records.filter(
    ({ earlier, note, paper }) => earlier || (note?.text && emptied.has(paper.id)),
  );
  const [versions, own, named] = await Promise.all([
    noted.length > 0
      ? db.noteVersions
          .where('id')
          .anyOf(noted.map(({ paper }) => paper.id))
          .toArray()
      : [],
    marked.length > 0
      ? db.highlights
          .where('paper')
          .anyOf(marked.map(({ paper }) => paper.id))
          .toArray()
      : [],
    db.highlights.bulkGet(marked.flatMap(({ highlights = [] }) => highlights.map(({ id }) => id))),
  ]);
  return {
    rows: new Map(rows.flatMap((row) => (row ? [[row.id, row]] : []))),
    versions,
    marks: new Map([...own, ...named].flatMap((mark) => (mark ? [[mark.id, mark]] : []))),
  };
}

/**
 * Import. `came` is told after each, and whether papers among them lack a title or authors; `mergeTopics` stores topics and says what
 * became of them.
 */
export function openTransfer(
  seams: Seams,
  came: (lacking: boolean) => void,
  mergeTopics: (rows: TopicRow[]) => Promise<ReturnType<typeof none>>,
): Pick<Library, 'importRecords'> {
  const { db, now, uuid, changed } = seams;

  /** Merges records in one transaction. */
  function merge(records: Incoming[]): Promise<{ stored: Stored; outcome: Outcome }> {
    const time = now();
    return write(db, ['kept', 'noteVersions', 'highlights'], async () => {
      const stored = await storedOf(db, records);
      const outcome = mergeAll(records, stored, time);
      const puts: { before: Kept | undefined; after: Kept }[] = [];
      for (const [id, after] of outcome.rows) {
        const before = stored.rows.get(id);
        if (!before || !same(before, after)) puts.push({ before, after });
        else outcome.rows.delete(id);
      }
      await db.highlights.bulkPut([...outcome.marks.values()]);
      await putKept(db, puts);
      await db.noteVersions.bulkPut(
        outcome.versions.map((one): Version => ({ key: uuid(), ...one })),
      );
      return { stored, outcome };
    });
  }

  async function importRecords(papers: unknown[], topics: unknown[] = []): Promise<ImportReport> {
    const report: ImportReport = { ...none(), refused: [] };
    const records: Incoming[] = [];
    papers.forEach((raw, index) => {
      const place = (raw as { at?: unknown } | null)?.at;
      const at = typeof place === 'number' ? place : index + 1;
      const one = readRecord(raw, at);
      if ('why' in one) report.refused.push({ at, why: one.why });
      else {
        records.push(one.record);
        report.refused.push(...one.faults.map((why) => ({ at, why })));
      }
    });
    const { stored, outcome } = await merge(records);
    const { rows, marks, versions } = outcome;
    const touched = new Set(
      [...versions, ...[...marks.values()].map(({ paper }) => ({ id: paper }))].map(({ id }) => id),
    );
    for (const id of new Set(records.map(({ paper }) => paper.id))) {
      // A paper of which only its removal is known is new when it comes back.
      const returns = !stored.rows.get(id)?.listed && rows.get(id)?.listed === 1;
      const what =
        !stored.rows.has(id) || returns
          ? 'added'
          : rows.has(id) || touched.has(id)
            ? 'changed'
            : 'same';
      report[what]++;
    }
    const all = new Map(
      records.flatMap(({ highlights = [] }) => highlights.map((mark) => [mark.id, mark])),
    );
    if (all.size > 0) {
      const counts = none();
      for (const [id] of all) {
        const old = stored.marks.get(id);
        const next = marks.get(id);
        // One that was removed over there and never was here is nothing to tell.
        if (!old && (!next || next.deleted)) continue;
        counts[!old ? 'added' : next ? 'changed' : 'same']++;
      }
      if (counts.added + counts.changed + counts.same > 0) report.highlights = counts;
    }
    report.refused.push(...outcome.refused);
    const followed = topics.flatMap((raw, index) => {
      const one = readTopic(raw);
      if ('topic' in one) return [one.topic];
      report.refused.push({ at: index + 1, why: `in the list of topics: ${one.why}` });
      return [];
    });
    if (followed.length > 0) report.topics = await mergeTopics(followed);
    const changedPapers: PaperId[] = [...new Set([...rows.keys(), ...touched])];
    const highlighted = [...new Set([...marks.values()].map(({ paper }) => paper))];
    if (changedPapers.length > 0) {
      changed({
        papers: changedPapers,
        ...(highlighted.length > 0 && { highlights: highlighted }),
      });
    }
    came([...rows.values()].some(({ wantedAt }) => wantedAt !== undefined));
    return report;
  }

  return { importRecords };
}
