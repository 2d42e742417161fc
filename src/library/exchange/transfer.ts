// Export and import: which format a file has, and merging what it holds into the library.
import type { PaperId } from '../../paper';
import type { ImportReport, Library } from '../api';
import { counting, liveHighlights } from '../highlights';
import { lacking } from '../kept';
import { versionsKept } from '../noting';
import type { Seams } from '../seams';
import {
  type Highlight,
  type Kept,
  listedPapers,
  putKept,
  read,
  type TopicRow,
  type Version,
  write,
} from '../tables';
import { annotationsIn, isAnnotations, printAnnotations, readAnnotation } from './annotations';
import { readForeign } from './foreign';
import { mergeHighlight } from './highlight';
import { hypothesisRows, readHypothesis } from './hypothesis';
import {
  type FileContent,
  type Incoming,
  mergeRecord,
  parseJson,
  printExport,
  readExport,
} from './json';
import { printMarkdown } from './markdown';

/** Rows a transaction: large ones are quick, and too large ones hold up everything else. */
const chunk = 500;

type Transfer = Pick<Library, 'exportJson' | 'exportAnnotations' | 'exportMarkdown' | 'importJson'>;

/** What became of some records. */
interface Merged {
  papers: { added: number; changed: number; same: number };
  highlights: { added: number; changed: number; same: number };
  refused: ImportReport['refused'];
}

const none = () => ({ added: 0, changed: 0, same: 0 });

/**
 * Export and import. `complete` is told when papers that lack a title or authors came in; `mergeTopics` stores topics
 * and says what became of them.
 */
export function openTransfer(
  seams: Seams,
  complete: () => void,
  mergeTopics: (rows: TopicRow[]) => Promise<Merged['papers']>,
): Transfer {
  const { db, now, uuid, recognise, changed } = seams;

  async function exportJson(): Promise<string> {
    const time = now();
    const [rows, versions, highlights, topics] = await read(
      db,
      ['kept', 'noteVersions', 'highlights', 'topics'],
      () =>
        Promise.all([
          db.kept.toArray(),
          db.noteVersions
            .where('replacedAt')
            .above(time - versionsKept)
            .toArray(),
          db.highlights.toArray(),
          db.topics.toArray(),
        ]),
    );
    return printExport(rows, versions, highlights, topics, time);
  }

  const live = () => db.highlights.filter(({ deleted }) => !deleted).toArray();

  const exportAnnotations = async () =>
    printAnnotations(await read(db, ['highlights'], live), now(), uuid);

  async function exportMarkdown(ids?: PaperId[]): Promise<string> {
    const [rows, highlights] = await read(db, ['kept', 'highlights'], async () => [
      ids
        ? (await db.kept.bulkGet(ids)).filter((row) => row !== undefined)
        : await listedPapers(db).reverse().toArray(),
      await (ids
        ? db.highlights
            .where('paper')
            .anyOf(ids)
            .filter(({ deleted }) => !deleted)
            .toArray()
        : live()),
    ]);
    return printMarkdown(rows as Kept[], highlights as Highlight[]);
  }

  /** Merges some records in one transaction, and counts what became of their papers and highlights. */
  function merge(records: Incoming[]): Promise<Merged> {
    const time = now();
    const ids = [...new Set(records.map(({ paper }) => paper.id))];
    const marks = [
      ...new Set(records.flatMap(({ highlights = [] }) => highlights.map(({ id }) => id))),
    ];
    return write(db, ['kept', 'noteVersions', 'highlights'], async () => {
      const [rows, stored, marked] = await Promise.all([
        db.kept.bulkGet(ids),
        db.noteVersions.where('id').anyOf(ids).toArray(),
        db.highlights.bulkGet(marks),
      ]);
      const before = new Map(ids.map((id, index) => [id, rows[index]]));
      const after = new Map(before);
      const known = new Set(stored.map(({ id, text }) => `${id}\n${text}`));
      const versions: Version[] = [];
      const marksBefore = new Map(marks.map((id, index) => [id, marked[index]]));
      const marksAfter = new Map(marksBefore);
      const refused: ImportReport['refused'] = [];
      for (const record of records) {
        const { earlier = [], highlights = [], onlyHighlights } = record;
        const { id } = record.paper;
        const row = after.get(id);
        after.set(id, (onlyHighlights && row) || mergeRecord(row, record));
        for (const { text, replacedAt } of earlier) {
          if (replacedAt <= time - versionsKept || known.has(`${id}\n${text}`)) continue;
          known.add(`${id}\n${text}`);
          versions.push({ key: uuid(), id, text, replacedAt });
        }
        for (const mark of highlights) {
          const there = marksAfter.get(mark.id);
          if (there && there.paper !== id) {
            const why = 'a highlight in it has the id of a highlight of another paper';
            refused.push({ at: record.at, why });
          } else marksAfter.set(mark.id, mergeHighlight(there, mark));
        }
      }
      const counts = { papers: none(), highlights: none() };
      const newMarks: Highlight[] = [];
      for (const [id, mark] of marksAfter) {
        if (!mark) continue;
        const old = marksBefore.get(id);
        const differs = !old || !same(old, mark);
        if (differs) newMarks.push(mark);
        // One that was removed over there and never was here is nothing to tell.
        if (!old && mark.deleted) continue;
        counts.highlights[!old ? 'added' : differs ? 'changed' : 'same']++;
      }
      await db.highlights.bulkPut(newMarks);
      const touched = new Set([
        ...versions.map(({ id }) => id),
        ...newMarks.map(({ paper }) => paper),
      ]);
      const withMarks = new Set([...marksAfter.values()].map((mark) => mark?.paper));
      const puts: Parameters<typeof putKept>[1] = [];
      for (const [id, row] of after) {
        if (!row) continue;
        const old = before.get(id);
        const { wantedAt: _, ...rest } = withMarks.has(id)
          ? counting(row, (await liveHighlights(db, id)).length)
          : row;
        const wanted = rest.listed && lacking(row.paper) ? { wantedAt: row.wantedAt ?? time } : {};
        const merged: Kept = { ...rest, ...wanted };
        const differs = !old || !same(old, merged);
        if (differs) puts.push({ before: old, after: merged });
        counts.papers[!old ? 'added' : differs || touched.has(id) ? 'changed' : 'same']++;
      }
      await putKept(db, puts);
      await db.noteVersions.bulkPut(versions);
      return { ...counts, refused };
    });
  }

  /** @throws Failure `invalid`, when the file as a whole cannot be read */
  async function contentOf(text: string): Promise<FileContent> {
    const raw = parseJson(text);
    if (isAnnotations(raw)) {
      return readForeign(annotationsIn(raw), readAnnotation, recognise, now());
    }
    const rows = hypothesisRows(raw);
    return rows ? readForeign(rows, readHypothesis, recognise, now()) : readExport(raw);
  }

  async function importJson(text: string): Promise<ImportReport> {
    const { records, refused, topics = [], elsewhere, unquoted } = await contentOf(text);
    const report: ImportReport = { ...none(), refused: [...refused] };
    const highlights = none();
    for (let at = 0; at < records.length; at += chunk) {
      const merged = await merge(records.slice(at, at + chunk));
      for (const kind of ['added', 'changed', 'same'] as const) {
        report[kind] += merged.papers[kind];
        highlights[kind] += merged.highlights[kind];
      }
      report.refused.push(...merged.refused);
    }
    report.refused.sort((a, b) => a.at - b.at);
    if (highlights.added + highlights.changed + highlights.same > 0) report.highlights = highlights;
    if (topics.length > 0) report.topics = await mergeTopics(topics);
    if (elsewhere) report.elsewhere = elsewhere;
    if (unquoted) report.unquoted = unquoted;
    if (report.added + report.changed > 0) changed({ all: true });
    complete();
    return report;
  }

  return { exportJson, exportAnnotations, exportMarkdown, importJson };
}

/** Two states of a row that hold the same, in whatever order of fields. */
function same(a: object, b: object): boolean {
  const text = (row: object) =>
    JSON.stringify(row, (_, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : value,
    );
  return text(a) === text(b);
}
