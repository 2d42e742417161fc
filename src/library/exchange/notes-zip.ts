// A zip of Markdown notes, one a paper, with front matter that Obsidian and Logseq read. Pure.
// Source: Obsidian help, "Properties" and "Tags"; YAML 1.2, 5.1 and 7.3.1
import { fileName } from '../../file-name';
import { type Paper, type PaperId, paperUrl } from '../../paper';
import { present } from '../merge';
import { blockquote, oneLine, paperLink } from './markdown-text';
import { dateOf, type Reference } from './reference';
import { zipped } from './zip';

/** Text in double quotes, which YAML takes as JSON does, but for these characters, which it wants escaped. */
function yamlText(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A tag as Obsidian takes it: no blanks, `/` between levels, not digits alone. */
export function obsidianTag(tag: string): string {
  const parts = tag.split(/[:/]+/).map((part) =>
    part
      .trim()
      .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
  const joined = parts.filter(Boolean).join('/');
  return /^[\p{N}/]+$/u.test(joined) ? `_${joined}` : joined;
}

function frontMatter(reference: Reference): string {
  const { paper, venue, tags, reading, savedAt, code } = reference;
  const safeTags = [...new Set(tags.map(obsidianTag).filter(Boolean))];
  const fields = present<Record<string, string | string[]>>({
    title: paper.title || paper.id,
    // By this name other notes can link to it, whatever its file is called.
    aliases: paper.title ? [paper.title] : undefined,
    authors: paper.authors,
    published: dateOf(reference),
    updated: paper.updated,
    venue,
    paper: paper.id,
    version: paper.version === undefined ? undefined : `${paper.version}`,
    doi: paper.doi,
    url: paperUrl({ id: paper.id }),
    code,
    categories: paper.categories,
    tags: safeTags,
    // As they are, where they cannot be tags there.
    labels: tags.every((tag) => obsidianTag(tag) === tag) ? undefined : tags,
    reading,
    saved: savedAt === undefined ? undefined : new Date(savedAt).toISOString(),
  });
  const lines = Object.entries(fields).map(([name, value]) => {
    if (!Array.isArray(value)) return `${name}: ${yamlText(value)}`;
    return value.length
      ? [`${name}:`, ...value.map((one) => `  - ${yamlText(one)}`)].join('\n')
      : `${name}: []`;
  });
  return ['---', ...lines, '---'].join('\n');
}

/** One note: front matter, title, link, what the person wrote, highlights, abstract. */
export function printNote(reference: Reference): string {
  const { paper, note = '', highlights = [] } = reference;
  const ref = { id: paper.id, ...(paper.version && { version: paper.version }) };
  const parts = [
    `# ${oneLine(paper.title) || oneLine(paper.id)}`,
    paper.authors.map(oneLine).join(', '),
    paperLink(ref),
    note.trim(),
    highlights.length ? '## Highlights' : '',
    ...highlights.flatMap(({ quote, comment }) => [blockquote(quote.exact), comment.trim()]),
    paper.abstract ? `## Abstract\n\n${blockquote(paper.abstract)}` : '',
  ];
  return `${frontMatter(reference)}\n\n${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Signs that file systems take but that end a link to a note: `[[name#part^block|shown]]`. */
const ofLinks = /[[\]#^]/g;

/** What stands for a paper in the name of its note: of a long address the host alone. */
function shortId(id: PaperId): PaperId {
  return id.startsWith('url:') ? (new URL(id.slice(4)).hostname as PaperId) : id;
}

/**
 * The file name of each note, as every file system takes it. It does not depend on the order of the papers, so that a
 * later export writes over the same notes; the rare ones whose names would be the same are numbered by their ids.
 */
export function noteNames(references: Reference[]): Map<PaperId, string> {
  /** How often each name was given. */
  const used = new Map<string, number>();
  // What the file systems of Windows and macOS take for the same.
  const seen = (name: string) => name.normalize('NFKC').toLowerCase();
  const names = new Map<PaperId, string>();
  const sorted = [...references].sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
  for (const reference of sorted) {
    const { title, authors, id } = reference.paper;
    const year = dateOf(reference)?.slice(0, 4);
    const paper: Paper = {
      id: shortId(id),
      title: title.replace(ofLinks, ' '),
      authors,
      abstract: '',
      ...(year && { published: `${year}-01-01` }),
    };
    const stem = fileName('{author} {year} - {title} ({id})', paper)
      .replace(/\.pdf$/, '')
      .replace(ofLinks, '-');
    const count = (used.get(seen(stem)) ?? 0) + 1;
    used.set(seen(stem), count);
    names.set(reference.paper.id, `${count > 1 ? `${stem} ${count}` : stem}.md`);
  }
  return names;
}

/** Writes a zip of notes, one after the other. */
export interface NotesZip {
  add(reference: Reference): void;
  end(): void;
}

/**
 * Begins a zip of notes.
 * @param names of the files, see `noteNames`
 * @param now ms; the time of the files in it
 * @param take is given each part of the file, in order
 */
export function notesZip(
  names: ReadonlyMap<PaperId, string>,
  now: number,
  take: (part: Uint8Array<ArrayBuffer>) => void,
): NotesZip {
  const zip = zipped(now, take);
  return {
    add: (reference) => zip.add(names.get(reference.paper.id) ?? '', printNote(reference)),
    end: () => zip.end(),
  };
}
