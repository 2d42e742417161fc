// What the person keeps: saving, taking back, and how far they are.
import { isArxiv, type Paper, type PaperId } from '../paper';
import type { Library, PaperView, Reading, RecognisedPage } from './api';
import { fetchedOf, view } from './look';
import { bare, enrich, fill } from './merge';
import type { Seams } from './seams';
import { type Database, type Kept, putKept, type TagMark, write } from './tables';

/** The tables that `keep` needs beside its own. */
export const keepTables = ['kept', 'lookups', 'entries'] as const;

/** A row for a paper that was never kept. */
export function unkept(paper: Paper, keptAt: number): Kept {
  return { id: paper.id, paper, saved: 0, note: '', noteRevision: 0, keptAt, listed: 0 };
}

/** Does a paper in this state stand in the library? */
export function isListed(row: {
  saved: 0 | 1 | boolean;
  note: string;
  reading?: Reading;
  highlights?: number;
  tags?: TagMark[];
  removed?: 0 | 1 | 2;
}): 0 | 1 {
  if (row.removed) return 0;
  const read = row.reading && row.reading !== 'unread';
  const tagged = row.tags?.some(({ off }) => !off);
  return row.saved || row.note || read || row.highlights || tagged ? 1 : 0;
}

/** How far the person is with a paper. One in the bin is as if it was never kept. */
export function readingOf({ reading = 'unread', removed }: Kept): Reading {
  return removed ? 'unread' : reading;
}

/** The row out of the bin, with all it had. One that is not there stays as it is. */
export function outOfBin(row: Kept, now: number): Kept {
  if (!row.removed) return row;
  const { binnedAt: _, ...rest } = row;
  return { ...rest, removed: 0, removedChangedAt: now };
}

/**
 * Does a paper lack what arXiv can tell? A card or a badge of a list may name no authors. Of papers from elsewhere no
 * service of ours knows more, and none is told of them.
 */
export function lacking({ id, title, authors }: Paper): boolean {
  return isArxiv(id) && (!title || authors.length === 0);
}

/** Is a row to be completed by what the services say? */
export function wanting({ listed, paper }: Kept): boolean {
  return listed === 1 && lacking(paper);
}

/** Does a page of that kind show the whole paper, so that who opens it reads it? */
export function isFullText(kind: RecognisedPage['kind'] | undefined): boolean {
  return kind === 'html' || kind === 'pdf';
}

/**
 * The row after the person read that version. The highest counts: who looks something up in an older one has read the
 * newer one all the same, and two copies of a library agree whichever is merged into the other.
 */
export function afterReading(row: Kept, version: number | undefined): Kept {
  return version === undefined || version <= (row.readVersion ?? 0)
    ? row
    : { ...row, readVersion: version };
}

/**
 * A row as it is to be stored: `listed`, its place and the wish for metadata follow from the rest.
 * @param before the row as it was
 */
export function settled(row: Kept, before: Kept | undefined, now: number): Kept {
  const listed = isListed(row);
  const keptAt = listed && !before?.listed ? now : row.keptAt;
  const { wantedAt, ...rest } = row;
  const after: Kept = { ...rest, listed, keptAt };
  return wanting(after) ? { ...after, wantedAt: wantedAt ?? now } : after;
}

/** What is taken back within this time returns to its old place, ms. */
const undoable = 10 * 60_000;

/**
 * The same after a change that a person may take back with the change that undoes it: a paper that left the library a
 * moment ago returns to its old place.
 */
export function inPlace(row: Kept, before: Kept, now: number): Kept {
  const after = settled(row, before, now);
  if (!after.listed || before.listed || before.removed) return after;
  const stamps = [before.readingChangedAt, ...(before.tags ?? []).map((mark) => mark.changedAt)];
  const left = Math.max(...stamps.map((stamp) => stamp ?? Number.NEGATIVE_INFINITY));
  return now - left < undoable ? { ...after, keptAt: before.keptAt } : after;
}

/** The row of a paper, with all metadata there is. Runs inside a transaction over `keepTables`. */
export async function keep(
  db: Database,
  seen: Paper | undefined,
  id: PaperId,
  now: number,
): Promise<Kept> {
  const before = await db.kept.get(id);
  const known = before?.paper ?? bare(id);
  const paper = seen ? enrich(known, seen) : known;
  const fetched = !lacking(paper) ? undefined : (await fetchedOf(db, [id])).get(id)?.paper;
  return { ...(before ?? unkept(paper, now)), paper: fill(paper, fetched) };
}

export interface Keeping {
  save(paper: Paper): Promise<PaperView>;
  unsave(id: PaperId): Promise<PaperView>;
  restore(id: PaperId): Promise<PaperView>;
  setReading(paper: Paper, reading: Reading): Promise<PaperView>;
  setReadings: Library['setReadings'];
  dismiss(paper: Paper, dismissed: boolean): Promise<PaperView>;
}

/** Saving. `complete` is told when a paper that lacks title or authors was saved. */
export function openKeeping(seams: Seams, complete: () => void): Keeping {
  const { db, now, changed } = seams;

  async function save(seen: Paper): Promise<PaperView> {
    const time = now();
    const wanted = await write(db, [...keepTables], async () => {
      const row = await keep(db, seen, seen.id, time);
      const saved: Kept =
        row.saved && !row.removed
          ? row
          : { ...outOfBin(row, time), saved: 1, savedAt: time, savedChangedAt: time };
      const stored = settled(saved, row, time);
      await putKept(db, [{ before: row, after: stored }]);
      return stored.wantedAt !== undefined;
    });
    changed({ papers: [seen.id] });
    if (wanted) complete();
    return view(seams, seen.id);
  }

  /** Turns `saved` of a row that has the other value. */
  async function turn(id: PaperId, saved: 0 | 1): Promise<PaperView> {
    const time = now();
    const turned = await write(db, ['kept'], async () => {
      const row = await db.kept.get(id);
      if (!row || row.removed || row.saved === saved) return false;
      if (saved && row.savedAt === undefined) return false;
      // `savedAt` and `keptAt` stay, so that taking it back leads to the old place.
      const turned = { ...row, saved, savedChangedAt: time };
      await putKept(db, [{ before: row, after: { ...turned, listed: isListed(turned) } }]);
      return true;
    });
    if (turned) changed({ papers: [id] });
    return view(seams, id);
  }

  async function setReading(seen: Paper, reading: Reading): Promise<PaperView> {
    const time = now();
    const { version } = seen;
    const { stored, wanted } = await write(db, [...keepTables], async () => {
      const before = await db.kept.get(seen.id);
      const row = await keep(db, seen, seen.id, time);
      const same = readingOf(row) === reading;
      const read = afterReading(row, reading === 'unread' ? undefined : version) !== row;
      const newer = row.listed && row.paper.version !== before?.paper.version;
      if (same && !newer && !read) return { stored: false, wanted: false };
      const set: Kept = {
        ...(same ? row : { ...outOfBin(row, time), reading, readingChangedAt: time }),
      };
      const after = settled(read ? afterReading(set, version) : set, row, time);
      await putKept(db, [{ before: row, after }]);
      return { stored: true, wanted: after.wantedAt !== undefined };
    });
    if (stored) changed({ papers: [seen.id] });
    if (wanted) complete();
    return view(seams, seen.id);
  }

  async function dismiss(seen: Paper, dismissed: boolean): Promise<PaperView> {
    const time = now();
    const set = await write(db, [...keepTables], async () => {
      const row = await keep(db, seen, seen.id, time);
      if (Boolean(row.dismissed) === dismissed) return false;
      const after = { ...row, dismissed: dismissed ? 1 : 0, dismissedChangedAt: time } as const;
      await putKept(db, [{ before: row, after: settled(after, row, time) }]);
      return true;
    });
    if (set) changed({ papers: [seen.id], digest: true });
    return view(seams, seen.id);
  }

  const setReadings: Library['setReadings'] = async (ids, reading) => {
    const time = now();
    const { before, wanted } = await write(db, [...keepTables], async () => {
      const before: Partial<Record<Reading, PaperId[]>> = {};
      const changes: Parameters<typeof putKept>[1] = [];
      for (const id of new Set(ids)) {
        const row = await keep(db, undefined, id, time);
        const was = readingOf(row);
        if (was === reading) continue;
        before[was] = [...(before[was] ?? []), id];
        const set: Kept = { ...outOfBin(row, time), reading, readingChangedAt: time };
        changes.push({ before: row, after: inPlace(set, row, time) });
      }
      await putKept(db, changes);
      return { before, wanted: changes.some(({ after }) => after.wantedAt !== undefined) };
    });
    const papers = Object.values(before).flat();
    if (papers.length > 0) changed({ papers });
    if (wanted) complete();
    return before;
  };

  return {
    save,
    unsave: (id) => turn(id, 0),
    restore: (id) => turn(id, 1),
    setReading,
    setReadings,
    dismiss,
  };
}
