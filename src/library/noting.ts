// Notes as stored: reading, writing, and the earlier texts that can be brought back.
import type { Paper, PaperId } from '../paper';
import type { Note, NoteWrite, PaperView } from './api';
import { keep, keepTables, outOfBin, settled } from './kept';
import { view } from './look';
import { enrich, present } from './merge';
import { mergeTexts, removes, sameDraft } from './notes';
import type { Seams } from './seams';
import { type Database, type Kept, putKept, read, type Version, write } from './tables';

const minute = 60_000;

/** Earlier texts are kept this long. */
export const versionsKept = 30 * 24 * 60 * minute;

export interface Noting {
  note(id: PaperId): Promise<Note>;
  writeNote(write: NoteWrite): Promise<Note>;
  beginNote(paper: Paper): Promise<PaperView>;
  endNote(id: PaperId): Promise<void>;
  /** Drops earlier texts that are too old. */
  dropOld(): Promise<void>;
}

/** The earlier texts of a note that are not too old, newest first. Needs the table `noteVersions`. */
async function versionsOf(db: Database, id: PaperId, now: number): Promise<Version[]> {
  const rows = await db.noteVersions.where({ id }).toArray();
  return rows
    .filter(({ replacedAt }) => replacedAt > now - versionsKept)
    .sort((a, b) => b.replacedAt - a.replacedAt || (a.key < b.key ? -1 : 1));
}

function asNote(id: PaperId, row: Kept | undefined, versions: Version[]): Note {
  return present<Note>({
    id,
    text: row?.note ?? '',
    revision: row?.noteRevision ?? 0,
    updatedAt: row?.noteAt,
    versions: versions.map(({ key, text, replacedAt }) => ({ key, text, replacedAt })),
    saved: row?.saved === 1 && !row.removed,
  });
}

/** Notes. `complete` is told when a paper without a title was noted. */
export function openNoting(seams: Seams, complete: () => void): Noting {
  const { db, now, uuid, changed } = seams;

  const note = (id: PaperId) =>
    read(db, ['kept', 'noteVersions'], async () =>
      asNote(id, await db.kept.get(id), await versionsOf(db, id, now())),
    );

  /** Keeps a text that is being replaced. Of one editor's drafts within a minute only the longest stays. */
  async function keepVersion(id: PaperId, text: string, editor: string): Promise<void> {
    const replacedAt = now();
    const [newest] = await versionsOf(db, id, replacedAt);
    if (newest?.text === text) return;
    const draft =
      newest?.editor === editor &&
      replacedAt - newest.replacedAt < minute &&
      sameDraft(newest.text, text)
        ? newest
        : undefined;
    if (draft && draft.text.length >= text.length) return;
    await db.noteVersions.put({
      key: draft?.key ?? uuid(),
      id,
      text,
      replacedAt: draft?.replacedAt ?? replacedAt,
      editor,
    });
  }

  async function writeNote({ id, text, base, editor }: NoteWrite): Promise<Note> {
    const time = now();
    const { stored, before, versions } = await write(
      db,
      [...keepTables, 'noteVersions', 'editing'],
      async () => {
        const row = await keep(db, (await db.editing.get(id))?.paper, id, time);
        const onTop = base.revision === row.noteRevision || base.text === row.note;
        const merged = onTop ? text : mergeTexts(base.text, row.note, text);
        const next = merged.trim() ? merged : '';
        if (next === row.note && !(next && row.removed))
          return { stored: row, before: row, versions: await versionsOf(db, id, time) };

        const shrinking = removes(row.note, next);
        if (row.note && (!next || row.noteEditor !== editor || (shrinking && !row.noteShrinking))) {
          await keepVersion(id, row.note, editor);
        }
        const first = !row.note && !row.saved;
        const stored = settled(
          {
            // A text takes the paper out of the bin; taking the text away does not.
            ...(next ? outOfBin(row, time) : row),
            note: next,
            noteRevision: row.noteRevision + 1,
            noteAt: time,
            noteEditor: editor,
            noteShrinking: shrinking ? 1 : 0,
            ...(first ? { saved: 1, savedAt: time, savedChangedAt: time } : {}),
          },
          row,
          time,
        );
        await putKept(db, [{ before: row, after: stored }]);
        return { stored, before: row, versions: await versionsOf(db, id, time) };
      },
    );
    if (stored !== before) changed({ papers: [id] });
    if (stored.wantedAt !== undefined && !before.listed) complete();
    const savedNow = stored.saved && !stored.removed && (!before.saved || before.removed);
    return { ...asNote(id, stored, versions), ...(savedNow && { savedNow: true }) };
  }

  async function beginNote(paper: Paper): Promise<PaperView> {
    const { id } = paper;
    await write(db, ['editing'], async () => {
      const before = await db.editing.get(id);
      await db.editing.put({ id, paper: before ? enrich(before.paper, paper) : paper });
    });
    return view(seams, id);
  }

  const endNote = (id: PaperId) => write(db, ['editing'], () => db.editing.delete(id));

  const dropOld = () =>
    write(db, ['noteVersions'], async () => {
      await db.noteVersions
        .where('replacedAt')
        .belowOrEqual(now() - versionsKept)
        .delete();
    });

  return { note, writeNote, beginNote, endNote, dropOld };
}
