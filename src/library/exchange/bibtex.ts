// BibTeX: writing references as arXiv and bibliography styles want them, and reading what any program wrote. Pure.
import { isArxiv, type PaperId, paperUrl, printPaperRef } from '../../paper';
import { bibtexEntries, type Entry } from './bibtex-entries';
import { familyName, printName, splitName } from './names';
import {
  collector,
  dateOf,
  isoDate,
  lostCharacters,
  manyLines,
  oneLine,
  onlyArxiv,
  type Progress,
  type RawReference,
  type Recognise,
  type Reference,
  type ReferenceFile,
  type Slices,
} from './reference';
import { decodeTex, encodeTex, encodeTitle } from './tex';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Words that say nothing of a title. */
const stopWords = new Set(
  'a an the on in of for to and or with by from at as is are be do does can how why what when via towards toward'.split(
    ' ',
  ),
);

/** Letters that are no letter with an accent. */
const folded: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ŋ: 'n',
};

/** Letters and digits of ASCII, in lower case; others by their base, or gone. */
function ascii(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\da-z]/gu, (sign) => folded[sign] ?? '');
}

/** `author2026word`: the family name of the first author, the year, the first word of the title that says something. */
function plainKey(reference: Reference): string {
  const { paper } = reference;
  const author = ascii(familyName(paper.authors[0] ?? ''));
  const words = paper.title
    .replace(/\$[^$]*\$/g, ' ')
    .split(/[\s\p{Pd}/:]+/u)
    .map(ascii);
  const word = words.find((one) => one && !stopWords.has(one)) ?? '';
  const year = dateOf(reference)?.slice(0, 4) ?? '';
  return `${author || 'anonymous'}${year}${word}`.slice(0, 80);
}

/** 0 -> empty, 1 -> `a`, 27 -> `aa` */
function letters(count: number): string {
  return count === 0
    ? ''
    : letters(Math.floor((count - 1) / 26)) + String.fromCharCode(97 + ((count - 1) % 26));
}

/**
 * The citation key of each reference, unique among them. They do not depend on the order: of papers that would have the
 * same key, the one whose id sorts first has it, the next ones have it with `a`, `b`, ...
 */
export function citationKeys(references: Reference[]): Map<PaperId, string> {
  const keys = new Map<PaperId, string>();
  const taken = new Set<string>();
  /** How often each key would have been given. */
  const used = new Map<string, number>();
  const sorted = [...references].sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
  for (const reference of sorted) {
    const plain = plainKey(reference);
    let count = used.get(plain) ?? 0;
    while (taken.has(plain + letters(count))) count++;
    const key = plain + letters(count);
    used.set(plain, count + 1);
    taken.add(key);
    keys.set(reference.paper.id, key);
  }
  return keys;
}

/** `van der Berg, Jr., Jan`; what must not be taken apart is in braces. */
function printAuthor(author: string): string {
  const name = splitName(author);
  const plain = (text: string) => encodeTex(text);
  if ('literal' in name || /(?:^|\s)and(?:\s|$)/i.test(author)) {
    return /\s/.test(author) ? `{${plain(author)}}` : plain(author);
  }
  const family = [name.particle, name.family].filter((part) => part !== undefined).join(' ');
  if (!name.given) return name.suffix ? `{${plain(author)}}` : plain(family);
  return [family, name.suffix, name.given]
    .filter((part) => part !== undefined)
    .map(plain)
    .join(', ');
}

/** A tag; one with a comma or semicolon in it is kept together by braces. */
function printKeyword(tag: string): string {
  return /[,;]/.test(tag) ? `{${encodeTex(tag)}}` : encodeTex(tag);
}

/** An address: programs take it as it is, so what would end the value is in percent. */
function printAddress(url: string): string {
  return url.replace(/[{}\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * One reference as an entry. A preprint is `@misc` with `eprint`, `archivePrefix` and `primaryClass`, as arXiv itself
 * writes it; the version that was seen is a part of its identifier, as arXiv wants references to one version.
 * @param own also what the person wrote: tags, reading state, note
 */
export function printEntry(reference: Reference, key: string, own: boolean): string {
  const { paper, venue, tags, reading, note } = reference;
  const [year, month] = dateOf(reference)?.split('-') ?? [];
  const arxiv = isArxiv(paper.id);
  const doi = paper.doi ?? (paper.id.startsWith('doi:') ? paper.id.slice(4) : undefined);
  const fields: [string, string | undefined][] = [
    ['title', `{${encodeTitle(oneLine(paper.title))}}`],
    [
      'author',
      paper.authors.length ? `{${paper.authors.map(printAuthor).join(' and ')}}` : undefined,
    ],
    ['journal', venue && `{${encodeTex(venue)}}`],
    ['year', year && `{${year}}`],
    ['month', month && months[Number(month) - 1]],
    ['eprint', arxiv ? `{${printPaperRef(paper)}}` : undefined],
    ['archivePrefix', arxiv ? '{arXiv}' : undefined],
    [
      'primaryClass',
      arxiv && paper.categories?.[0] ? `{${encodeTex(paper.categories[0])}}` : undefined,
    ],
    ['doi', doi && !/[{}\\]/.test(doi) ? `{${doi}}` : undefined],
    ['url', `{${printAddress(paperUrl({ id: paper.id }))}}`],
    ['abstract', paper.abstract && own ? `{${encodeTex(paper.abstract)}}` : undefined],
    ['keywords', own && tags.length ? `{${tags.map(printKeyword).join(', ')}}` : undefined],
    // JabRef's field and words for it.
    [
      'readstatus',
      !own || !reading || reading === 'unread'
        ? undefined
        : reading === 'read'
          ? '{read}'
          : '{skimmed}',
    ],
    ['annote', own && note ? `{${encodeTex(note)}}` : undefined],
  ];
  const lines = fields.flatMap(([name, text]) => (text ? [`  ${name} = ${text},`] : []));
  return [`@${venue ? 'article' : 'misc'}{${key},`, ...lines, '}', ''].join('\n');
}

/** Splits TeX where `separator` (a sticky pattern) stands outside of braces. */
function splitOutside(tex: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < tex.length; at++) {
    const sign = tex[at];
    if (sign === '\\') at++;
    else if (sign === '{') depth++;
    else if (sign === '}') depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      separator.lastIndex = at;
      const found = separator.exec(tex)?.[0];
      if (!found) continue;
      parts.push(tex.slice(from, at));
      at += found.length - 1;
      from = at + 1;
    }
  }
  return [...parts, tex.slice(from)].map((part) => part.trim()).filter(Boolean);
}

/** A name of BibTeX, as a paper prints it: `van der Berg, Jr., Jan` -> `Jan van der Berg Jr.` */
function readAuthor(tex: string): string {
  const [family = '', ...rest] = splitOutside(tex, /,/y).map((part) => oneLine(decodeTex(part)));
  if (rest.length === 0) return family;
  const [given = '', suffix = ''] = rest.toReversed();
  return printName({ given, family, suffix });
}

/** Names; `others` says that not all are written there, as BibTeX has it. */
function readAuthors(tex: string): { authors: string[]; others: boolean } {
  const names = splitOutside(tex, /(?<!\s)\s+and(?=\s)/iy)
    .map(readAuthor)
    .filter(Boolean);
  const authors = names.filter((name) => name.toLowerCase() !== 'others');
  return { authors, others: authors.length < names.length };
}

/** An address or id: only escapes are undone. */
function readVerbatim(tex: string | undefined): string | undefined {
  return tex
    ?.replace(/^\s*\\url\s*\{([^{}]*)\}\s*$/, '$1')
    .replace(/\\textasciitilde(?:\{\}|\s)|\\~(?:\{\})?|\{\\textasciitilde\}/g, '~')
    .replace(/\\([_%&#$~{}\\])/g, '$1')
    .trim();
}

const monthNames = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

function readDate(fields: Map<string, string>): string | undefined {
  const [, y, m, d] =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(
      fields.get('date')?.replace(/[{}]/g, '').trim() ?? '',
    ) ?? [];
  if (y) return isoDate(y, m, d);
  const text = (fields.get('month') ?? '').replace(/[{}.]/g, '').trim();
  const name = monthNames.exec(text)?.[1]?.toLowerCase();
  const day = /[a-z]\W*(\d{1,2})$|^\d{1,2}\s+(\d{1,2})$/i.exec(text);
  const year = /\d{4}/.exec(fields.get('year') ?? '')?.[0];
  return isoDate(
    year,
    name ? months.indexOf(name) + 1 : /^\d{1,2}/.exec(text)?.[0],
    day?.[1] ?? day?.[2],
  );
}

/** JabRef's words for it. */
const states = new Map<string, 'reading' | 'read'>([
  ['read', 'read'],
  ['skimmed', 'reading'],
]);

function rawOf({ fields }: Entry): RawReference {
  const text = (name: string) => {
    const tex = fields.get(name);
    return tex === undefined ? undefined : decodeTex(tex);
  };
  const archive = (
    fields.get('archiveprefix') ??
    fields.get('eprinttype') ??
    'arxiv'
  ).toLowerCase();
  const primary = text('primaryclass') ?? text('eprintclass');
  const venue = [text('journal'), text('journaltitle'), text('booktitle')].find(
    (one) => one && !/^\s*(?:arxiv|corr)\b/i.test(one),
  );
  const notes = [text('annote'), text('annotation'), text('comment'), text('note')].filter(
    (one) => one?.trim() && !onlyArxiv.test(one.trim()),
  );
  return {
    title: text('title'),
    ...readAuthors(fields.get('author') ?? ''),
    abstract: text('abstract'),
    date: readDate(fields),
    doi: readVerbatim(fields.get('doi')),
    eprint: /arxiv/.test(archive) ? readVerbatim(fields.get('eprint')) : undefined,
    urls: [
      readVerbatim(fields.get('url')),
      /https?:\/\/[^\s{}]+/.exec(readVerbatim(fields.get('howpublished')) ?? '')?.[0],
    ],
    mentions: ['note', 'journal', 'journaltitle', 'howpublished', 'number', 'volume'].map(text),
    categories: primary ? [primary] : [],
    venue,
    tags: splitOutside(fields.get('keywords') ?? fields.get('keyword') ?? '', /[,;]/y).map(
      decodeTex,
    ),
    reading: states.get(fields.get('readstatus')?.trim().toLowerCase() ?? ''),
    note: [...new Set(notes)].map((one) => manyLines(one ?? '')).join('\n\n'),
  };
}

/** What an entry takes from the one that it names by `crossref`: never what names a paper. */
function inherit(child: Entry, parents: Map<string, Entry>): void {
  let name = child.fields.get('crossref');
  for (let hops = 0; name !== undefined && hops < 5; hops++) {
    const parent = parents.get(name.trim().toLowerCase());
    for (const [field, value] of parent?.fields ?? []) {
      const heir = field === 'title' ? 'booktitle' : field;
      if (!/^(?:booktitle|journal|year|month|date)$/.test(heir)) continue;
      if (!child.fields.has(heir)) child.fields.set(heir, value);
    }
    name = parent?.fields.get('crossref');
  }
}

/** Types that hold papers. */
const volumes = /^(?:mv)?(?:proceedings|collection|book)$|^periodical$/;

/**
 * Reads a BibTeX or biblatex file.
 * @param text decoded, see `file-text.ts`
 */
export function* readBibtex(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('line', recognise);
  const parents = new Map<string, Entry>();
  const waiting: Entry[] = [];
  const awaited = new Set<string>();
  const progress = (done: number): Progress => ({ done, of: text.length });
  let count = 0;
  for (const { entry, fault, done } of bibtexEntries(text)) {
    if (count++ % 50 === 0) yield progress(done);
    if (fault) into.refuse(fault.line, fault.why);
    if (!entry) continue;
    const parent = entry.fields.get('crossref')?.trim().toLowerCase();
    const isVolume = volumes.test(entry.type);
    if (isVolume) parents.set(entry.key.toLowerCase(), entry);
    if (parent) awaited.add(parent);
    // A volume may come after its papers, and is told only when nothing names it.
    if (parent || isVolume) waiting.push(entry);
    else into.add(entry.line, rawOf(entry));
  }
  for (const entry of waiting) {
    inherit(entry, parents);
    if (!awaited.has(entry.key.toLowerCase())) into.add(entry.line, rawOf(entry));
  }
  if (count === 0 && text.trim()) {
    into.refuse(
      1,
      'there is no BibTeX entry in this file: entries begin with @article{ or the like',
    );
  }
  if (text.includes('\uFFFD')) into.remark(lostCharacters);
  return into.file();
}

/** The first entry in a short text, or undefined where there is none that can be read. */
export function readEntry(text: string): RawReference | undefined {
  for (const { entry } of bibtexEntries(text)) if (entry) return rawOf(entry);
  return undefined;
}
