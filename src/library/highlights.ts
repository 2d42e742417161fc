// Highlights as stored: making, changing and removing them, and their comments.
import type { Paper, PaperId } from '../paper';
import type { Annotation, CommentWrite, Library, PageHighlight } from './api';
import { failure } from './failure';
import { afterReading, isFullText, isListed, keep, keepTables, outOfBin, settled } from './kept';
import { view } from './look';
import { present } from './merge';
import { mergeTexts } from './notes';
import type { Seams } from './seams';
import { type Database, type Highlight, type Kept, putKept, read, write } from './tables';

/** The longest quote, in UTF-16 units: about three pages of a paper. */
export const longestQuote = 10_000;

/** A highlight that was removed can be restored for this long; then its texts are emptied. */
export const restorable = 30 * 24 * 3_600_000;

export interface Highlighting
  extends Pick<
    Library,
    | 'highlights'
    | 'addHighlight'
    | 'recolourHighlight'
    | 'removeHighlight'
    | 'restoreHighlight'
    | 'annotations'
    | 'removedHighlights'
    | 'annotation'
    | 'comment'
  > {
  /** Empties the texts of what was removed long ago. */
  dropRemoved(): Promise<void>;
}

/** Why such a quote is not taken, as a sentence, or undefined. */
export function quoteFault(exact: string): string | undefined {
  if (!exact.trim()) return 'There are no words in this selection. Select some text.';
  if (exact.length > longestQuote) {
    return 'This selection is too long: a highlight takes up to 10,000 characters. Select less.';
  }
  return undefined;
}

/** Oldest first. */
export function byAge(a: Highlight, b: Highlight): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

/** What a page may know of a highlight. Its fields are named one by one, so that none comes along unseen. */
function asPageHighlight(row: Highlight): PageHighlight {
  const { id, paper, version, site, kind, quote, position, colour, createdAt } = row;
  return present<PageHighlight>({
    id,
    paper,
    version,
    site,
    kind,
    quote,
    position,
    colour,
    createdAt,
    commented: row.comment !== '',
  });
}

function asAnnotation(row: Highlight): Annotation {
  return {
    ...asPageHighlight(row),
    comment: row.comment,
    updatedAt: Math.max(row.colourChangedAt, row.commentChangedAt ?? 0),
  };
}

/** The highlights of a paper that were not removed, oldest first. Needs the table `highlights`. */
export async function liveHighlights(db: Database, paper: PaperId): Promise<Highlight[]> {
  const rows = await db.highlights.where({ paper }).toArray();
  return rows.filter(({ deleted }) => !deleted).sort(byAge);
}

/** A row that has so many highlights now, and what follows from that. */
export function counting(row: Kept, count: number): Kept {
  const { highlights: _, ...rest } = row;
  const now = count > 0 ? { ...rest, highlights: count } : rest;
  return { ...now, listed: isListed(now) };
}

/** Highlights. `complete` is told when a paper without a title was highlighted. */
export function openHighlighting(seams: Seams, complete: () => void): Highlighting {
  const { db, now, changed } = seams;
  const tell = (id: PaperId) => changed({ papers: [id], highlights: [id] });

  /**
   * Changes one highlight, and tells it.
   * @param next the row as it is to be, or undefined where it stays as it is
   * @returns the row after that, or null when there never was such a highlight
   */
  async function change(
    id: string,
    next: (row: Highlight, time: number) => Highlight | undefined,
  ): Promise<Highlight | null> {
    const time = now();
    const done = await write(db, ['kept', 'highlights'], async () => {
      const row = await db.highlights.get(id);
      if (!row) return null;
      const after = next(row, time);
      if (!after) return { row, differs: false };
      await db.highlights.put(after);
      const kept = await db.kept.get(row.paper);
      if (kept && after.deleted !== row.deleted) {
        const count = (kept.highlights ?? 0) + row.deleted - after.deleted;
        await putKept(db, [{ before: kept, after: counting(kept, count) }]);
      } else {
        // Comments are part of what the ranking goes by.
        await db.fitDue.put({ id: row.paper });
      }
      return { row: after, differs: true };
    });
    if (done?.differs) tell(done.row.paper);
    return done?.row ?? null;
  }

  const turn = (id: string, deleted: 0 | 1) =>
    change(id, (row, time) =>
      row.deleted === deleted || !row.quote.exact
        ? undefined
        : { ...row, deleted, deletedChangedAt: time },
    );

  /** The highlight, unless it is removed. */
  const live = (row: Highlight | null | undefined) => (row && !row.deleted ? row : null);

  const addHighlight: Library['addHighlight'] = async (seen: Paper, highlight) => {
    const fault = quoteFault(highlight.quote.exact);
    if (fault) throw failure('invalid', fault);
    const time = now();
    const { row, added, savedNow, wanted } = await write(
      db,
      [...keepTables, 'highlights'],
      async () => {
        const there = await db.highlights.get(highlight.id);
        if (there) return { row: there, added: false, savedNow: false, wanted: false };
        const row: Highlight = {
          ...highlight,
          paper: seen.id,
          createdAt: time,
          colourChangedAt: time,
          comment: '',
          deleted: 0,
        };
        const before = await keep(db, seen, seen.id, time);
        const back = outOfBin(before, time);
        const saved: Kept = back.saved
          ? back
          : { ...back, saved: 1, savedAt: time, savedChangedAt: time };
        await db.highlights.put(row);
        const read = isFullText(highlight.kind) ? highlight.version : undefined;
        const marked = counting(afterReading(saved, read), (saved.highlights ?? 0) + 1);
        const after = settled(marked, before, time);
        await putKept(db, [{ before, after }]);
        const savedNow = !before.saved || Boolean(before.removed);
        return { row, added: true, savedNow, wanted: after.wantedAt !== undefined };
      },
    );
    if (added) tell(row.paper);
    if (wanted) complete();
    const made = { highlight: asPageHighlight(row), view: await view(seams, row.paper) };
    return savedNow ? { ...made, savedNow } : made;
  };

  /** The highlights of a paper. One in the bin is as if it was never kept. */
  const shown = (id: PaperId) =>
    read(db, ['kept', 'highlights'], async () =>
      (await db.kept.get(id))?.removed ? [] : liveHighlights(db, id),
    );

  return {
    addHighlight,
    highlights: async (id) => (await shown(id)).map(asPageHighlight),
    annotations: async (id) => (await shown(id)).map(asAnnotation),

    async annotation(id) {
      const row = live(await read(db, ['highlights'], () => db.highlights.get(id)));
      return row && asAnnotation(row);
    },

    async recolourHighlight(id, colour) {
      const row = await change(id, (row, time) =>
        row.colour === colour || row.deleted
          ? undefined
          : { ...row, colour, colourChangedAt: time },
      );
      return live(row) && asPageHighlight(row as Highlight);
    },

    async removedHighlights(id) {
      const rows = await read(db, ['highlights'], () =>
        db.highlights.where({ paper: id }).toArray(),
      );
      return rows
        .filter(({ deleted, quote }) => deleted && quote.exact)
        .sort((a, b) => (b.deletedChangedAt ?? 0) - (a.deletedChangedAt ?? 0))
        .map(asAnnotation);
    },

    async removeHighlight(id) {
      const row = await turn(id, 1);
      return row && view(seams, row.paper);
    },

    async restoreHighlight(id) {
      const row = live(await turn(id, 0));
      return row && asPageHighlight(row);
    },

    async comment({ id, text, base }: CommentWrite) {
      const row = live(
        await change(id, (row, time) => {
          if (row.deleted) return undefined;
          const merged = base === row.comment ? text : mergeTexts(base, row.comment, text);
          const comment = merged.trim() ? merged : '';
          return comment === row.comment ? undefined : { ...row, comment, commentChangedAt: time };
        }),
      );
      return row && asAnnotation(row);
    },

    dropRemoved: () =>
      write(db, ['highlights'], async () => {
        const old = await db.highlights
          .where('deletedChangedAt')
          .belowOrEqual(now() - restorable)
          .filter(({ deleted, quote }) => deleted === 1 && quote.exact !== '')
          .toArray();
        const quote = { exact: '', prefix: '', suffix: '' };
        await db.highlights.bulkPut(old.map((row) => ({ ...row, quote, comment: '' })));
      }),
  };
}
