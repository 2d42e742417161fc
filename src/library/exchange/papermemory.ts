// PaperMemory's JSON: reading an export of its memory. Pure.
// Source: PaperMemory, `src/shared/js/utils/paper.js` and `parsers.js`
import * as z from 'zod/mini';
import { readEntry } from './bibtex';
import { lenient, time } from './fields';
import { jsonRecords } from './json-records';
import {
  collector,
  isoDate,
  lostCharacters,
  type RawReference,
  type Recognise,
  type ReferenceFile,
  type Slices,
} from './reference';

const text = lenient(z.string());
const number = z.union([z.string(), z.number()]);

const shape = z.object({
  id: text,
  title: text,
  author: text,
  abstract: text,
  year: lenient(number),
  addDate: lenient(number),
  lastOpenDate: lenient(number),
  count: lenient(number),
  favorite: lenient(z.union([z.boolean(), number])),
  tags: lenient(z.array(z.string())),
  note: text,
  bibtex: text,
  doi: text,
  pdfLink: text,
  codeLink: text,
  venue: text,
  source: text,
});

/** An ISO time, or one that was quoted twice, in ms. */
function ms(date: string | number | undefined): number | undefined {
  const value = typeof date === 'number' ? date : Date.parse((date ?? '').replaceAll('"', ''));
  return time.safeParse(value).data;
}

function rawOf(paper: z.infer<typeof shape>, id: string): RawReference {
  const entry = readEntry(paper.bibtex ?? '');
  const year = /\d{4}/.exec(`${paper.year ?? ''}`)?.[0];
  const date = entry?.date && (!year || entry.date.startsWith(year)) ? entry.date : isoDate(year);
  const authors = (paper.author ?? '').split(/\s+and\s+/).filter((name) => name.trim());
  const count = Number(paper.count);
  const favourite = Boolean(paper.favorite);
  return {
    title: paper.title || entry?.title,
    authors: authors.length ? authors : (entry?.authors ?? []),
    abstract: paper.abstract || entry?.abstract,
    date,
    doi: paper.doi || entry?.doi,
    // `Arxiv-2501.00001`; of an old id the slash may have become another sign.
    eprint: /^arxiv-/i.test(id)
      ? id.slice(6).replace(/^([a-z-]+(?:\.[a-z]{2})?)[_-](?=\d{7})/i, '$1/')
      : entry?.eprint,
    urls: [...(entry?.urls ?? []), paper.pdfLink],
    mentions: entry?.mentions ?? [],
    categories: entry?.categories ?? [],
    venue: /^\s*arxiv\b/i.test(paper.venue ?? '') ? undefined : paper.venue || entry?.venue,
    code: paper.codeLink,
    // Its one mark of a favourite paper, as the nearest thing that a library of tags has.
    tags: [...(paper.tags ?? []), ...(favourite ? ['favorite'] : [])],
    note: paper.note,
    savedAt: ms(paper.addDate),
    opens: Number.isInteger(count) && count > 0 ? count : undefined,
    openedAt: ms(paper.lastOpenDate),
  };
}

/** Does a file look like PaperMemory's? It has its version number beside the papers, or ids such as `Arxiv-2501.00001`. */
export function isPaperMemory(text: string): boolean {
  return (
    /^\uFEFF?\s*\{/.test(text) &&
    (/"__dataVersion"\s*:\s*\d/.test(text) ||
      /^\uFEFF?\s*\{\s*"[A-Z][A-Za-z]+-[^"]*"\s*:/.test(text))
  );
}

/**
 * Reads an export of PaperMemory. Only pictures, and the address of the PDF of a paper with a DOI, are not taken.
 * @param text decoded, see `file-text.ts`
 * @throws Failure `invalid`, when it is no JSON object
 */
export function* readPaperMemory(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('record', recognise);
  for (const { at, key = '', value, why, done } of jsonRecords(text)) {
    if (at % 50 === 1) yield { done, of: text.length };
    if (key === '__dataVersion') continue;
    const { data } = shape.safeParse(value);
    if (why || !data)
      into.refuse(at, `${key ? `“${key.slice(0, 80)}”: ` : ''}${why ?? 'it is not a record'}`);
    else into.add(at, rawOf(data, data.id ?? key));
  }
  if (text.includes('\uFFFD')) into.remark(lostCharacters);
  return into.file();
}
