// Merging what a file has into what is stored: nothing is overwritten, and doing it again changes nothing. Pure.
import type { PaperId } from '../../paper';
import { foldTag } from '../../query/language';
import type { ImportReport, Reading } from '../api';
import { counting, restorable } from '../highlights';
import { isListed, unkept, wanting } from '../kept';
import { bare, fill, present } from '../merge';
import { both } from '../notes';
import { versionsKept } from '../noting';
import type { Highlight, Kept, TagMark, Version } from '../tables';
import { mergeHighlight } from './highlight';
import { byTag, type Earlier, type Incoming, newerTag } from './json';

/**
 * One record merged into the row of its paper. A note stays beside the other one, tags are added, `saved`, `reading`,
 * `dismissed`, `removed` and each tag follow the newer stamp, metadata only fills gaps.
 * @param now ms; when what other programs say, who have no stamps, is said
 * @param marks the highlights of the paper that are stored
 */
function mergeRecord(
  row: Kept | undefined,
  record: Incoming,
  now: number,
  marks: Highlight[],
): Kept {
  const stamped = record.adds ? stampedFor(row, record, now) : returning(row, record, now);
  const { paper } = stamped;
  const word = removedOf(row, stamped, marks);
  // Of what is gone for good an old copy brings nothing back, neither the paper nor its texts.
  if (row?.removed === 2 && (word.removed ?? 2) === 2) {
    return { ...row, ...word, ...dismissedOf(row, stamped) };
  }
  const { savedAt, savedChangedAt, ...before } =
    row?.removed === 2 ? revived(row, stamped) : (row ?? unkept(paper, record.keptAt));
  const newer = wins(stamped.savedChangedAt, savedChangedAt, stamped.saved && !before.saved);
  const saved = newer ? (stamped.saved ? 1 : 0) : before.saved;
  const stamps = newer ? { ...stamped } : { savedAt, savedChangedAt };
  // The decision stays as old as it is, but a day on which it was saved before ours is worth knowing.
  if (record.adds === 'paper' && record.savedAt !== undefined) {
    stamps.savedAt = Math.min(stamps.savedAt ?? record.savedAt, record.savedAt);
  }
  const highest = Math.max(before.paper.version ?? 0, paper.version ?? 0);
  const readVersion = Math.max(before.readVersion ?? 0, stamped.readVersion ?? 0);
  const merged: Kept = {
    ...before,
    ...noteOf(before, stamped),
    ...readingOf(before, stamped),
    ...dismissedOf(before, stamped),
    ...tagsOf(before, stamped),
    ...word,
    ...mostOpened(before, stamped),
    ...(readVersion > 0 && { readVersion }),
    ...present<Partial<Kept>>({ savedAt: stamps.savedAt, savedChangedAt: stamps.savedChangedAt }),
    paper: { ...fill(before.paper, paper), ...(highest > 0 ? { version: highest } : {}) },
    saved,
  };
  const theirs = record.highlights?.filter(({ deleted }) => !deleted).length ?? 0;
  // Whether all of them are taken is not known yet: whoever stores them counts again.
  const listed = isListed({ ...merged, highlights: (merged.highlights ?? 0) + theirs });
  const { removed, tags = [], note, ...said } = stamped;
  const alive = isListed({
    ...said,
    tags,
    note: note?.text ?? '',
    highlights: theirs,
    removed: removed ? 1 : 0,
  });
  // Kept on both sides it stands where it was first.
  const places = [before.listed ? before.keptAt : [], alive ? record.keptAt : []].flat();
  return {
    ...merged,
    listed,
    keptAt: listed && places.length > 0 ? Math.min(...places) : before.keptAt,
  };
}

/**
 * Does the word with that stamp hold against the other one? Of two that were said at the same time it is the one that
 * keeps more (`more`), so that it does not matter which copy is merged into the other.
 */
function wins(theirs: number | undefined, mine: number | undefined, more: boolean): boolean {
  return theirs !== undefined && (theirs > (mine ?? -1) || (theirs === mine && more));
}

/**
 * The record without stamps of the future, of a clock that was wrong: what it says by them is said now. What is so here
 * already keeps the stamp that it has, so that the same file once more changes nothing.
 * @param marks the highlights that have the ids of the record's own
 */
function inPast(
  record: Incoming,
  row: Kept | undefined,
  marks: (id: string) => Highlight | undefined,
  now: number,
): Incoming {
  const past = <T extends number | undefined>(theirs: T, mine?: number): T | number =>
    theirs === undefined || theirs <= now ? theirs : Math.min(mine ?? now, now);
  const kept = new Map(row?.tags?.map((tag) => [foldTag(tag.name), tag]));
  return present<Incoming>({
    ...record,
    keptAt: past(record.keptAt),
    savedAt: past(record.savedAt),
    savedChangedAt: past(
      record.savedChangedAt,
      record.saved === (row?.saved === 1) ? row?.savedChangedAt : undefined,
    ),
    readingChangedAt: past(
      record.readingChangedAt,
      record.reading === row?.reading ? row?.readingChangedAt : undefined,
    ),
    dismissedChangedAt: past(
      record.dismissedChangedAt,
      record.dismissed === (row?.dismissed === 1) ? row?.dismissedChangedAt : undefined,
    ),
    removedChangedAt: past(
      record.removedChangedAt,
      record.removed === Boolean(row?.removed) ? row?.removedChangedAt : undefined,
    ),
    openedAt: past(record.openedAt, row?.openedAt),
    tags: record.tags?.map((tag) => {
      const mine = kept.get(foldTag(tag.name));
      const changedAt = past(tag.changedAt, mine?.off === tag.off ? mine?.changedAt : undefined);
      return { ...tag, changedAt };
    }),
    note: record.note && { ...record.note, updatedAt: past(record.note.updatedAt) },
    earlier: record.earlier?.map((one) => ({ ...one, replacedAt: past(one.replacedAt) })),
    highlights: record.highlights?.map((mark) => {
      const mine = marks(mark.id);
      return present<Highlight>({
        ...mark,
        createdAt: past(mark.createdAt),
        colourChangedAt: past(mark.colourChangedAt),
        commentChangedAt: past(mark.commentChangedAt),
        deletedChangedAt: past(
          mark.deletedChangedAt,
          mark.deleted === mine?.deleted ? mine.deletedChangedAt : undefined,
        ),
      });
    }),
  });
}

/**
 * Of a paper that is gone over there nothing is left but that: nothing else in the record is a word on a paper that has
 * texts here, and goes to the bin with all it has.
 */
function goneOver(record: Incoming, row: Kept | undefined): Incoming {
  if (!record.gone || !row || row.removed === 2) return record;
  const { at, paper, removed, removedChangedAt, gone, dismissed, dismissedChangedAt } = record;
  return present<Incoming>({
    ...{ at, removed, removedChangedAt, gone, dismissed, dismissedChangedAt },
    paper: bare(paper.id),
    saved: row.saved === 1,
    keptAt: row.keptAt,
  });
}

const order: Reading[] = ['unread', 'reading', 'read'];

/**
 * A record without stamps as one that has them, made so that it only adds: the paper is saved and out of the bin, its
 * tags are there, its reading state is as far as on either side. What is so already gets no new stamp.
 */
function stampedFor(row: Kept | undefined, record: Incoming, now: number): Incoming {
  const { saved: _, reading, tags, ...rest } = record;
  const returns = row?.removed ? outOfIt(row, now) : {};
  if (record.adds === 'highlights' && row) {
    // The paper is there, or was, and the person decided about it.
    const { note: __, savedAt: ___, savedChangedAt: ____, ...paper } = rest;
    return { ...paper, ...returns, saved: row.saved === 1, keptAt: row.keptAt };
  }
  const there = new Set(row?.tags?.filter(({ off }) => !off).map(({ name }) => foldTag(name)));
  const further = reading && order.indexOf(reading) > order.indexOf(row?.reading ?? 'unread');
  return {
    ...rest,
    ...returns,
    saved: true,
    savedAt: record.savedAt ?? now,
    savedChangedAt: row?.saved ? (row.savedChangedAt ?? 0) : now,
    ...(further && { reading, readingChangedAt: now }),
    tags: (tags ?? [])
      .filter(({ name }) => !there.has(foldTag(name)))
      .map(({ name }) => ({ name, changedAt: now })),
  };
}

/** The tags, where the record's word on any is newer. */
function tagsOf(row: Kept, { tags = [] }: Incoming): Partial<Kept> {
  const merged = new Map((row.tags ?? []).map((tag) => [foldTag(tag.name), tag]));
  let differs = false;
  for (const tag of tags) {
    const mine = merged.get(foldTag(tag.name));
    const next = mine ? newerTag(mine, tag) : tag;
    if (next === mine) continue;
    merged.set(foldTag(tag.name), next);
    differs ||= !mine || !sameTag(mine, next);
  }
  return differs ? { tags: [...merged.values()].sort(byTag) } : {};
}

function sameTag(a: TagMark, b: TagMark): boolean {
  return a.name === b.name && a.changedAt === b.changedAt && Boolean(a.off) === Boolean(b.off);
}

/** That a paper is out of the bin, said later than that it is in it. */
function outOfIt({ removedChangedAt = 0 }: Kept, now: number) {
  return { removed: false, removedChangedAt: Math.max(now, removedChangedAt + 1) };
}

/** The record, which takes the paper out of the bin if the person wants that. */
function returning(row: Kept | undefined, record: Incoming, now: number): Incoming {
  const back = record.returns && row?.removed && !record.removed;
  return back ? { ...record, ...outOfIt(row, now) } : record;
}

/** What was gone for good as if it had never been here, but for what the person said of others like it. */
function revived(row: Kept, { paper, keptAt }: Incoming): Kept {
  const { dismissed, dismissedChangedAt, noteRevision } = row;
  return present<Kept>({ ...unkept(paper, keptAt), noteRevision, dismissed, dismissedChangedAt });
}

/**
 * Whether it is in the bin, where that changes: the newer word counts, and that it was removed only if neither side said
 * anything of the paper after that. What has texts here goes for good only from our own bin.
 */
function removedOf(row: Kept | undefined, record: Incoming, marks: Highlight[]): Partial<Kept> {
  const { removed, removedChangedAt = 0, gone, highlights = [] } = record;
  const back = !removed && Boolean(row?.removed);
  const newer = removed !== undefined && wins(removedChangedAt, row?.removedChangedAt, back);
  const nothing = !row || row.removed === 2;
  const theirs = { removed: removed ? (gone && nothing ? 2 : 1) : 0, removedChangedAt } as const;
  const word = newer ? theirs : row;
  if (word?.removed) {
    const since = Math.max(
      row ? lastSaid(row, row.note && row.noteAt, marks) : 0,
      lastSaid(record, record.note?.text && record.note.updatedAt, highlights),
    );
    const { removedChangedAt: at = 0 } = word;
    // With the stamp of the removal, so that the order of several files does not matter.
    if (since > at) return { removed: 0, removedChangedAt: at };
  }
  return newer ? theirs : {};
}

/** When one side last said anything of a paper but that it was removed, ms. Of a removed one, highlights may change. */
function lastSaid(
  side: Pick<Incoming, 'savedChangedAt' | 'readingChangedAt' | 'tags'> & { removed?: unknown },
  noted: number | '' | undefined,
  marks: Highlight[],
): number {
  const stamps = [side.savedChangedAt, side.readingChangedAt, noted || 0];
  for (const { changedAt } of side.tags ?? []) stamps.push(changedAt);
  for (const mark of marks) {
    stamps.push(mark.createdAt);
    if (!side.removed)
      stamps.push(mark.colourChangedAt, mark.commentChangedAt, mark.deletedChangedAt);
  }
  return stamps.reduce((most: number, stamp = 0) => Math.max(most, stamp), 0);
}

/** How often it was opened, and when last: the higher number and the later time. */
function mostOpened(row: Kept, record: Incoming): Partial<Kept> {
  const most = (field: 'opens' | 'openedAt') =>
    Math.max(row[field] ?? 0, record[field] ?? 0) || undefined;
  return present<Pick<Partial<Kept>, 'opens' | 'openedAt'>>({
    opens: most('opens'),
    openedAt: most('openedAt'),
  });
}

/** The fields of the reading state, where the record's are newer. */
function readingOf(row: Kept, { reading, readingChangedAt = 0 }: Incoming): Partial<Kept> {
  const further = order.indexOf(reading ?? 'unread') > order.indexOf(row.reading ?? 'unread');
  return reading && wins(readingChangedAt, row.readingChangedAt, further)
    ? { reading, readingChangedAt }
    : {};
}

/** Whether more like it is unwanted, where the record's word is newer. */
function dismissedOf(row: Kept, { dismissed, dismissedChangedAt = 0 }: Incoming): Partial<Kept> {
  return dismissed !== undefined &&
    wins(dismissedChangedAt, row.dismissedChangedAt, dismissed && !row.dismissed)
    ? { dismissed: dismissed ? 1 : 0, dismissedChangedAt }
    : {};
}

/** The text of a record that was written before the note here was emptied: it is an earlier one. */
function emptiedSince(row: Kept | undefined, { note }: Incoming): string | undefined {
  const emptied = note?.text && row && !row.note && note.updatedAt < (row.noteAt ?? 0);
  return emptied ? note.text : undefined;
}

/** The fields of the note, where the record adds to it. */
function noteOf(row: Kept, record: Incoming): Partial<Kept> {
  const { note: theirs } = record;
  if (!theirs || emptiedSince(row, record)) return {};
  const note = both(row.note, theirs.text);
  // An emptied note that comes to an empty library keeps its stamp.
  if (note === row.note) return row.noteAt === undefined ? { noteAt: theirs.updatedAt } : {};
  return {
    note,
    noteRevision: row.noteRevision + 1,
    noteAt: note === theirs.text ? theirs.updatedAt : Math.max(row.noteAt ?? 0, theirs.updatedAt),
    // Whoever has it open goes on as a new writer, so that this text is kept when it is replaced.
    noteEditor: '',
  };
}

/** What is stored of the papers and highlights of some records. */
export interface Stored {
  /** By id; a paper that has no row is absent. */
  rows: Map<PaperId, Kept>;
  versions: Version[];
  /** By id: all of papers of which the records have highlights, and those that have the ids of the records' own. */
  marks: Map<string, Highlight>;
}

/** What becomes of it. */
export interface Outcome {
  rows: Map<PaperId, Kept>;
  /** Earlier texts of notes that are new here. */
  versions: Omit<Version, 'key'>[];
  /** Highlights that are new or differ. */
  marks: Map<string, Highlight>;
  refused: ImportReport['refused'];
}

/** Merges records into what is stored of their papers and highlights. @param now ms */
export function mergeAll(records: Incoming[], stored: Stored, now: number): Outcome {
  const rows = new Map<PaperId, Kept>();
  const marks = new Map<string, Highlight>();
  const versions: Outcome['versions'] = [];
  const refused: ImportReport['refused'] = [];
  const name = (id: PaperId, text: string) => `${id}\n${text}`;
  const known = new Set(stored.versions.map(({ id, text }) => name(id, text)));
  const old = ({ replacedAt }: Earlier) => replacedAt <= now - versionsKept;
  const markOf = (id: string) => marks.get(id) ?? stored.marks.get(id);
  for (const read of records) {
    const { id } = read.paper;
    const before = rows.get(id) ?? stored.rows.get(id);
    const record = goneOver(inPast(read, before, markOf, now), before);
    const turns = before && (before.removed || record.removed);
    const there = turns ? [...stored.marks.values(), ...marks.values()] : [];
    const own = there.filter(({ paper }) => paper === id);
    const after = mergeRecord(before, record, now, own);
    rows.set(id, after);
    const gone = after.removed === 2;
    const back = before?.removed === 2 && !gone;
    const emptied = back ? undefined : emptiedSince(before, record);
    const earlier = gone
      ? []
      : [...(record.earlier ?? []), ...(emptied ? [{ text: emptied, replacedAt: now }] : [])];
    const highlights = (record.highlights ?? []).filter(({ deleted }) => deleted || !gone);
    for (const one of earlier) {
      if (old(one) || known.has(name(id, one.text))) continue;
      known.add(name(id, one.text));
      versions.push({ id, ...one });
    }
    for (const mark of highlights) {
      const there = markOf(mark.id);
      if (there && there.paper !== id) {
        const why = 'a highlight in it has the id of a highlight of another paper';
        refused.push({ at: record.at, why });
        continue;
      }
      // They went with their paper, and come back with it.
      const alive = back && there?.deleted && !mark.deleted;
      const deletedChangedAt = Math.max(now, (there?.deletedChangedAt ?? 0) + 1);
      const next = mergeHighlight(there, alive ? { ...mark, deletedChangedAt } : mark);
      if (!there || !same(there, next)) marks.set(mark.id, next);
    }
  }
  const live = new Map<PaperId, number>();
  for (const { paper, deleted } of new Map([...stored.marks, ...marks]).values()) {
    if (!deleted) live.set(paper, (live.get(paper) ?? 0) + 1);
  }
  const touched = new Set([...marks.values()].map(({ paper }) => paper));
  const marked = new Set(
    records.flatMap(({ paper, highlights = [] }) => highlights.map(() => paper.id)),
  );
  for (const [id, row] of rows) {
    const before = stored.rows.get(id);
    const counted = marked.has(id) ? counting(row, live.get(id) ?? 0) : row;
    const { wantedAt, binnedAt, ...merged } = counted;
    const wanted = wanting(merged);
    const came = merged.removed === 1 && (!before || touched.has(id) || !same(before, counted));
    const late = (merged.removedChangedAt ?? 0) <= now - restorable;
    rows.set(id, {
      ...merged,
      // What comes into the bin stays there as long as what the person puts into it.
      ...(came && (before || late) ? { binnedAt: now } : present({ binnedAt })),
      ...(wanted && { wantedAt: wantedAt ?? now }),
      // None of its highlights was taken: it stands nowhere, as before.
      ...(!merged.listed && before && { keptAt: before.keptAt }),
    });
  }
  return { rows, versions, marks, refused };
}

/** Two states of a row that hold the same, in whatever order of fields. */
export function same(a: object, b: object): boolean {
  const text = (row: object) =>
    JSON.stringify(row, (_, value: unknown) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
        : value,
    );
  return text(a) === text(b);
}
