// Tags as stored: putting them on papers, taking them off, and giving them other names.
import type { PaperId } from '../paper';
import { foldTag } from '../query/language';
import type { Library, Tag, Tagged } from './api';
import { failure } from './failure';
import { inPlace, keep, keepTables, outOfBin } from './kept';
import type { Seams } from './seams';
import { type Kept, putKept, read, write } from './tables';
import { markOf, tagName, tagsIn, withMark } from './tags';

/** Rows a transaction. */
const chunk = 500;

type Tagging = Pick<Library, 'tags' | 'tagsOf' | 'tagPapers' | 'renameTag'>;

/** @throws Failure `invalid` */
function checked(text: string): string {
  const name = tagName(text);
  if (name) return name;
  const says = 'A tag is one line of 1 to 5,000 characters. Write a shorter one, or a letter.';
  throw failure('invalid', says);
}

/** What was done to many papers, tag by tag. */
function ledger() {
  const done = { added: new Map<string, PaperId[]>(), removed: new Map<string, PaperId[]>() };
  return {
    note(what: 'added' | 'removed', tag: string, id: PaperId) {
      const ids = done[what].get(tag);
      if (ids) ids.push(id);
      else done[what].set(tag, [id]);
    },
    told(): Tagged {
      const list = (of: Map<string, PaperId[]>) => [...of].map(([tag, ids]) => ({ tag, ids }));
      return { added: list(done.added), removed: list(done.removed) };
    },
  };
}

/** Tags. `complete` is told when a paper without a title was tagged. */
export function openTagging(seams: Seams, complete: () => void): Tagging {
  const { db, now, changed } = seams;

  /** How a tag is written on the papers that have it, or as it was given. Needs the table `kept`. */
  async function written(tag: string): Promise<string> {
    const row = await db.kept.where('tagKeys').equals(foldTag(tag)).first();
    return markOf(row?.tags, tag)?.name ?? tag;
  }

  const tagPapers: Library['tagPapers'] = async (papers, { add = [], remove = [] }) => {
    const off = new Map(remove.map((tag) => [foldTag(checked(tag)), checked(tag)]));
    // What is taken off and put on in one is written anew.
    const on = new Map(add.map((tag) => [foldTag(checked(tag)), checked(tag)]));
    const time = now();
    const { told, touched, wanted } = await write(db, [...keepTables], async () => {
      const book = ledger();
      const names = await Promise.all(
        [...on].map(([key, tag]) => (off.has(key) ? tag : written(tag))),
      );
      const changes: Parameters<typeof putKept>[1] = [];
      for (const id of new Set(papers)) {
        const before = await keep(db, undefined, id, time);
        let row: Kept = before;
        for (const tag of before.removed ? [] : off.values()) {
          const mark = markOf(row.tags, tag);
          if (!mark || mark.off) continue;
          book.note('removed', mark.name, id);
          row = {
            ...row,
            tags: withMark(row.tags, { name: mark.name, changedAt: time, off: 1 }),
          };
        }
        for (const name of names) {
          const mark = markOf(row.tags, name);
          if (mark && !mark.off && !before.removed) continue;
          book.note('added', name, id);
          row = { ...outOfBin(row, time), tags: withMark(row.tags, { name, changedAt: time }) };
        }
        if (row !== before) changes.push({ before, after: inPlace(row, before, time) });
      }
      await putKept(db, changes);
      return {
        told: book.told(),
        touched: changes.map(({ after }) => after.id),
        wanted: changes.some(({ after }) => after.wantedAt !== undefined),
      };
    });
    if (touched.length > 0) changed({ papers: touched });
    if (wanted) complete();
    return told;
  };

  /** Renames a tag on some of the papers that have it. False when none is left. */
  function renameSome(from: string, to: string, time: number, book: ReturnType<typeof ledger>) {
    const [old, next] = [foldTag(from), foldTag(to)];
    return write(db, ['kept'], async () => {
      const tagged = db.kept.where('tagKeys').equals(old);
      const found =
        old === next ? tagged.filter((row) => markOf(row.tags, from)?.name !== to) : tagged;
      const rows = await found.limit(chunk).toArray();
      const after = rows.map((row): Kept => {
        const mark = markOf(row.tags, from);
        book.note('removed', mark?.name ?? from, row.id);
        if (old === next) {
          book.note('added', to, row.id);
          return { ...row, tags: withMark(row.tags, { name: to, changedAt: time }) };
        }
        const off = { name: mark?.name ?? from, changedAt: time, off: 1 } as const;
        const tags = withMark(row.tags, off);
        const there = markOf(tags, to);
        if (there && !there.off) return { ...row, tags };
        book.note('added', to, row.id);
        return { ...row, tags: withMark(tags, { name: to, changedAt: time }) };
      });
      await putKept(
        db,
        rows.map((before, at) => ({ before, after: after[at] as Kept })),
      );
      return rows.map(({ id }) => id);
    });
  }

  return {
    tagPapers,

    async tags() {
      return read(db, ['kept'], async (): Promise<Tag[]> => {
        const keys = (await db.kept.orderBy('tagKeys').uniqueKeys()) as string[];
        const tags = await Promise.all(
          keys.map(async (key): Promise<Tag> => {
            const having = () => db.kept.where('tagKeys').equals(key);
            const [papers, row] = await Promise.all([having().count(), having().first()]);
            return { name: markOf(row?.tags, key)?.name ?? key, papers };
          }),
        );
        return tags.sort((a, b) => b.papers - a.papers || a.name.localeCompare(b.name, 'en'));
      });
    },

    async tagsOf(id) {
      const row = await read(db, ['kept'], () => db.kept.get(id));
      return row && !row.removed ? tagsIn(row.tags) : [];
    },

    async renameTag(from, to) {
      const name = checked(to);
      const time = now();
      const book = ledger();
      // Where another tag has that name, it is written as that one.
      const target =
        foldTag(from) === foldTag(name) ? name : await read(db, ['kept'], () => written(name));
      for (;;) {
        const ids = await renameSome(from, target, time, book);
        if (ids.length === 0) break;
        changed({ papers: ids });
      }
      return book.told();
    },
  };
}
