// CSL-JSON: writing references as citation processors and Zotero take them, and reading what any program wrote. Pure.
// Source: https://github.com/citation-style-language/schema, csl-data.json 1.0.2
import * as z from 'zod/mini';
import { isArxiv, paperUrl } from '../../paper';
import { present } from '../merge';
import { lenient } from './fields';
import { jsonRecords } from './json-records';
import { type Name, printName, splitName } from './names';
import {
  collector,
  dateOf,
  isoDate,
  lostCharacters,
  oneLine,
  onlyArxiv,
  type RawReference,
  type Recognise,
  type Reference,
  type ReferenceFile,
  type Slices,
} from './reference';

function printAuthor(author: string): object {
  const name = splitName(author);
  if ('literal' in name) return { literal: name.literal };
  const { given, particle, family, suffix } = name;
  return present<Record<string, string>>({
    family,
    given: given || undefined,
    'non-dropping-particle': particle,
    suffix,
  });
}

/** What of the fields there is, or undefined where there is nothing. */
function filled(fields: Record<string, unknown>): object | undefined {
  const there = present<Record<string, unknown>>(fields);
  return Object.keys(there).length ? there : undefined;
}

export function printItem(reference: Reference, id: string): object {
  const { paper, venue, tags, reading, note, savedAt } = reference;
  const arxiv = isArxiv(paper.id);
  const date = dateOf(reference)?.split('-').map(Number);
  const doi =
    paper.doi ??
    (arxiv
      ? `10.48550/arXiv.${paper.id}`
      : paper.id.startsWith('doi:')
        ? paper.id.slice(4)
        : undefined);
  return present<Record<string, unknown>>({
    id,
    // `article` is CSL's type of preprints.
    type: venue ? 'article-journal' : 'article',
    title: oneLine(paper.title),
    author: paper.authors.length ? paper.authors.map(printAuthor) : undefined,
    issued: date && { 'date-parts': [date] },
    abstract: paper.abstract || undefined,
    'container-title': venue,
    publisher: arxiv && !venue ? 'arXiv' : undefined,
    archive: arxiv ? 'arXiv' : undefined,
    number: arxiv ? `arXiv:${paper.id}` : undefined,
    DOI: doi,
    URL: paperUrl({ id: paper.id }),
    keyword: tags.length ? tags.join(', ') : undefined,
    note: note || undefined,
    // What CSL has no field for goes here, says its schema.
    custom: filled({
      tags: tags.length ? tags : undefined,
      categories: paper.categories,
      version: paper.version,
      reading,
      savedAt: savedAt === undefined ? undefined : new Date(savedAt).toISOString(),
    }),
  });
}

const text = lenient(z.string());
const texts = lenient(z.array(z.string()));
const part = z.union([z.string(), z.number()]);

const itemShape = z.object({
  title: text,
  author: lenient(z.array(z.unknown())),
  issued: lenient(
    z.object({ 'date-parts': lenient(z.array(z.array(part))), raw: text, literal: text }),
  ),
  abstract: text,
  'container-title': lenient(z.union([z.string(), z.array(z.string())])),
  number: lenient(part),
  DOI: text,
  URL: text,
  keyword: text,
  note: text,
  annote: text,
  archive: text,
  archive_location: text,
  custom: lenient(
    z.object({
      tags: texts,
      categories: texts,
      version: lenient(z.int().check(z.positive())),
      reading: lenient(z.enum(['unread', 'reading', 'read'])),
      savedAt: text,
    }),
  ),
});

const nameShape = z.object({
  literal: text,
  family: text,
  given: text,
  suffix: text,
  'non-dropping-particle': text,
  'dropping-particle': text,
});

function readAuthor(raw: unknown): string {
  const { data } = nameShape.safeParse(raw);
  if (!data) return '';
  const { literal, family = '', given = '', suffix } = data;
  if (literal) return literal;
  const particle = [data['dropping-particle'], data['non-dropping-particle']]
    .filter(Boolean)
    .join(' ');
  return printName(
    present<Exclude<Name, { literal: string }>>({ given, particle, family, suffix }),
  );
}

/** CSL allows these tags in titles, and Crossref writes JATS into abstracts. */
const markup = /<\/?(?:i|b|sub|sup|sc|span|jats:[a-z-]+)(?:\s[^<>]*)?>/gi;

function rawOf(item: z.infer<typeof itemShape>): RawReference {
  const { issued, custom } = item;
  const [year, month, day] = issued?.['date-parts']?.[0] ?? [];
  const [, y, m, d] =
    /^\s*(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?/.exec(issued?.raw ?? issued?.literal ?? '') ?? [];
  const container = item['container-title'];
  const venue = Array.isArray(container) ? container[0] : container;
  const savedAt = Date.parse(custom?.savedAt ?? '');
  const number = `${item.number ?? ''}`;
  return {
    title: item.title?.replace(markup, ''),
    authors: (item.author ?? []).map(readAuthor),
    abstract: item.abstract?.replace(markup, ''),
    date: year === undefined ? isoDate(y, m, d) : isoDate(year, month, day),
    doi: item.DOI,
    eprint: /arxiv/i.test(`${item.archive} ${number}`) ? number : undefined,
    urls: [item.URL],
    mentions: [number, item.archive_location, item.note, venue],
    categories: custom?.categories ?? [],
    venue: venue && !/^\s*arxiv\b/i.test(venue) ? venue : undefined,
    tags: custom?.tags ?? item.keyword?.split(/[,;]/) ?? [],
    reading: custom?.reading,
    note: [item.note, item.annote].filter((one) => one && !onlyArxiv.test(one.trim())).join('\n\n'),
    savedAt: savedAt >= 0 ? savedAt : undefined,
  };
}

/** An object is a single item where it has one of the fields by which a paper is named. */
const naming = ['DOI', 'URL', 'number'];

/**
 * Reads a CSL-JSON file: a list of items, an object with the list `items`, or a single item.
 * @param text decoded, see `file-text.ts`
 * @throws Failure `invalid`, when it is no JSON list or object at all
 */
export function* readCslJson(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('record', recognise);
  /** The fields of the object at the top. */
  const single = new Map<string, unknown>();
  const add = (at: number, value: unknown) => {
    const { data } = itemShape.safeParse(value);
    // Zotero's own JSON looks alike, but its authors would be lost.
    if (!data || Object.hasOwn(value as object, 'itemType')) into.refuse(at, 'it is no CSL-JSON');
    else into.add(at, { ...rawOf(data), version: data.custom?.version });
  };
  for (const { at, key, list, value, why, done } of jsonRecords(text, ['items'])) {
    if (at % 50 === 1) yield { done, of: text.length };
    if (why) into.refuse(at, why);
    else if (key !== undefined) single.set(key, value);
    else if (!list || at > 0) add(at, value);
  }
  if (naming.some((name) => single.has(name))) add(1, Object.fromEntries(single));
  if (text.includes('\uFFFD')) into.remark(lostCharacters);
  return into.file();
}
