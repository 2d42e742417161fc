// The bin: papers that the person removed, with all they have, until they go for good.
import type { PaperId } from '../paper';
import type { Library, Removed } from './api';
import { counting, restorable } from './highlights';
import { outOfBin, wanting } from './kept';
import { bare, present } from './merge';
import type { Seams } from './seams';
import { type Database, type Kept, putKept, read, write } from './tables';

/** Rows a transaction. */
const chunk = 500;

interface Bin extends Pick<Library, 'removePapers' | 'restorePapers' | 'bin' | 'emptyBin'> {
  /** Removes for good what was removed long ago. */
  dropOldRemoved(): Promise<void>;
}

/** What stands in the bin, first removed first. Needs the table `kept`. */
const inBin = (db: Database, until = Number.POSITIVE_INFINITY) =>
  db.kept
    .where('[removed+removedChangedAt]')
    .between([1, Number.NEGATIVE_INFINITY], [1, until], true, true);

/**
 * What stays of a paper that is gone for good: that it is, and since when, so that an old copy does not bring it back.
 */
function tombstone(row: Kept): Kept {
  const { id, noteRevision, removedChangedAt = 0, keptAt, dismissed, dismissedChangedAt } = row;
  return present<Kept>({
    id,
    paper: bare(id),
    saved: 0,
    savedChangedAt: row.savedChangedAt === undefined ? undefined : removedChangedAt,
    note: '',
    noteRevision: row.noteAt === undefined ? noteRevision : noteRevision + 1,
    noteAt: row.noteAt === undefined ? undefined : removedChangedAt,
    reading: row.reading && 'unread',
    readingChangedAt: row.reading && removedChangedAt,
    dismissed,
    dismissedChangedAt,
    removed: 2,
    removedChangedAt,
    keptAt,
    listed: 0,
  });
}

/** The bin. `complete` is told when a paper without a title was restored. */
export function openBin(seams: Seams, complete: () => void): Bin {
  const { db, now, changed } = seams;

  /** Puts some rows into the bin or out of it, and tells it. */
  async function turn(
    ids: PaperId[],
    next: (row: Kept, time: number) => Kept | undefined,
  ): Promise<PaperId[]> {
    const time = now();
    const changes = await write(db, ['kept'], async () => {
      const rows = await db.kept.bulkGet([...new Set(ids)]);
      const changes = rows.flatMap((before) => {
        const after = before && next(before, time);
        return before && after ? [{ before, after }] : [];
      });
      await putKept(db, changes);
      return changes;
    });
    const papers = changes.map(({ after }) => after.id);
    const highlights = changes.filter(({ after }) => after.highlights).map(({ after }) => after.id);
    if (papers.length > 0) changed({ papers, ...(highlights.length > 0 && { highlights }) });
    if (changes.some(({ after }) => after.wantedAt !== undefined)) complete();
    return papers;
  }

  /** Removes some papers for good, of which the bin has some. */
  async function drop(ids: PaperId[]): Promise<void> {
    const time = now();
    const dropped = await write(db, ['kept', 'highlights', 'noteVersions'], async () => {
      const rows = (await db.kept.bulkGet(ids)).filter((row) => row?.removed === 1) as Kept[];
      const gone = rows.map(({ id }) => id);
      await putKept(
        db,
        rows.map((before) => ({ before, after: tombstone(before) })),
      );
      await db.noteVersions.where('id').anyOf(gone).delete();
      const marks = await db.highlights.where('paper').anyOf(gone).toArray();
      const quote = { exact: '', prefix: '', suffix: '' };
      await db.highlights.bulkPut(
        marks.map((mark) => ({
          ...mark,
          quote,
          comment: '',
          deleted: 1,
          deletedChangedAt: mark.deleted ? (mark.deletedChangedAt ?? time) : time,
        })),
      );
      return gone;
    });
    if (dropped.length > 0) changed({ papers: dropped });
  }

  /** The same for all that came into the bin until then. */
  async function dropUntil(until: number): Promise<void> {
    for (;;) {
      const ids = await read(db, ['kept'], () =>
        inBin(db, until)
          .filter(({ binnedAt = 0 }) => binnedAt <= until)
          .limit(chunk)
          .primaryKeys(),
      );
      if (ids.length === 0) return;
      await drop(ids);
    }
  }

  return {
    removePapers: (ids) =>
      turn(ids, (row, time) => {
        if (!row.listed) return undefined;
        const { wantedAt: _, binnedAt: __, ...rest } = row;
        return { ...rest, removed: 1, removedChangedAt: time, listed: 0 };
      }),

    restorePapers: (ids) =>
      turn(ids, (row, time) => {
        if (row.removed !== 1) return undefined;
        const after = counting(outOfBin(row, time), row.highlights ?? 0);
        return wanting(after) ? { ...after, wantedAt: time } : after;
      }),

    bin: (offset, limit) =>
      read(db, ['kept'], async () => {
        const [total, rows] = await Promise.all([
          inBin(db).count(),
          inBin(db).reverse().offset(offset).limit(limit).toArray(),
        ]);
        return {
          total,
          rows: rows.map(({ id, paper, note, highlights, removedChangedAt = 0, binnedAt }) =>
            present<Removed>({
              id,
              paper,
              removedAt: removedChangedAt,
              goesAt: (binnedAt ?? removedChangedAt) + restorable,
              note: note.trim().split('\n', 1)[0] || undefined,
              highlights: highlights || undefined,
            }),
          ),
        };
      }),

    async emptyBin(which = Number.POSITIVE_INFINITY) {
      if (typeof which === 'number') return dropUntil(which);
      for (let at = 0; at < which.length; at += chunk) await drop(which.slice(at, at + chunk));
    },

    dropOldRemoved: () => dropUntil(now() - restorable),
  };
}
