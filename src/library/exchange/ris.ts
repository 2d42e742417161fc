// RIS: writing references as reference managers take them, and reading what any program wrote. Pure.
// Source: the RIS specification of Research Information Systems, and what Zotero and DataCite write for preprints.
import { isArxiv, paperUrl, printPaperRef } from '../../paper';
import { printName, splitName } from './names';
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

/** `van der Berg, Jan, Jr.` */
function printAuthor(author: string): string {
  const name = splitName(author);
  // A comma would part the name.
  if ('literal' in name) return name.literal.replaceAll(',', ' ').replace(/\s+/g, ' ');
  const family = [name.particle, name.family].filter(Boolean).join(' ');
  return [family, name.given, name.suffix].filter(Boolean).join(', ');
}

/** What programs take for a tag, also behind blanks, and behind the mark that is put before it here. */
const tagLike = '\u200B*[^\\S\\n]*[A-Z][A-Z\\d] {1,2}-';
const beforeTagLike = new RegExp(`\\n(?=${tagLike})`, 'g');
const markedTagLike = new RegExp(`^\u200B(?=${tagLike})`);

/** Further lines of a text follow without a tag, so one that looks like a tag gets a blank without width before it. */
function printText(text: string): string {
  return text.replace(beforeTagLike, '\n\u200B').replaceAll('\n', '\r\n');
}

/**
 * One reference as a record. A preprint is `GEN` with `DB`, `AN` and the DOI that arXiv gave it, unless it has one of a
 * journal. The version that was seen is a part of `AN`, its identifier at arXiv: in `ET` a journal's record has the date
 * of its first publication online.
 * @param own also what the person wrote: tags and note
 */
export function printRecord(reference: Reference, own: boolean): string {
  const { paper, venue, tags, note } = reference;
  const arxiv = isArxiv(paper.id);
  const [year, month = '', day = ''] = dateOf(reference)?.split('-') ?? [];
  const doi =
    paper.doi ??
    (arxiv
      ? `10.48550/arXiv.${paper.id}`
      : paper.id.startsWith('doi:')
        ? paper.id.slice(4)
        : undefined);
  const fields: [string, string | undefined][] = [
    ['TY', venue ? 'JOUR' : 'GEN'],
    ['TI', oneLine(paper.title)],
    ...paper.authors.map((author): [string, string] => ['AU', printAuthor(author)]),
    ['PY', year],
    ['DA', year && month ? `${year}/${month}/${day}/` : undefined],
    ['T2', venue],
    ['PB', arxiv && !venue ? 'arXiv' : undefined],
    ['DB', arxiv ? 'arXiv' : undefined],
    ['AN', arxiv ? printPaperRef(paper) : undefined],
    ['DO', doi],
    ['UR', paperUrl({ id: paper.id })],
    ['AB', own ? printText(paper.abstract) : undefined],
    ...(own ? tags : []).map((tag): [string, string] => ['KW', tag]),
    ['N1', own && note ? printText(note) : undefined],
    ['ER', ''],
  ];
  return fields
    .flatMap(([tag, text]) => (text || tag === 'ER' ? [`${tag}  - ${text}\r\n`] : []))
    .join('');
}

/** The fields of one record; a tag may come several times. */
type Fields = Map<string, string[]>;

function readDate(text = ''): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})(?:[/-](\d{1,2})?)?(?:[/-](\d{1,2})?)?/.exec(text) ?? [];
  return isoDate(year, month, day);
}

function rawOf(fields: Fields): RawReference {
  const all = (...tags: string[]) => tags.flatMap((tag) => fields.get(tag) ?? []);
  const first = (...tags: string[]) => all(...tags)[0];
  const dates = all('DA', 'Y1', 'PY').flatMap((text) => readDate(text) ?? []);
  const accession = first('AN')?.trim() ?? '';
  const venue = all('T2', 'JF', 'JO', 'JA', 'J2').find((one) => !/^\s*arxiv\b/i.test(one));
  return {
    title: first('TI', 'T1', 'CT', 'BT'),
    authors: all('A1', 'AU').map((author) => {
      const [family = '', given = '', suffix = ''] = author.split(/\s*,\s*/);
      return printName({ given, family, suffix });
    }),
    abstract: first('AB', 'N2'),
    // The most exact one.
    date: dates.toSorted((a, b) => b.length - a.length)[0],
    doi: all('DO', 'M3', 'DI').find((one) => /10\.\d{4}/.test(one)),
    eprint: /arxiv/i.test(first('DB', 'PB') ?? '') ? accession : undefined,
    urls: all('UR', 'LK', 'L1', 'L2').flatMap((one) => one.split(/\s+|;(?=https?:)/)),
    mentions: all('AN', 'M1', 'C7', 'T2', 'JF', 'JO', 'VL', 'N1'),
    venue,
    tags: all('KW').flatMap((one) => one.split('\n')),
    note: all('N1', 'RN')
      .filter((one) => one.trim() && !onlyArxiv.test(one.trim()))
      .join('\n\n'),
  };
}

/** A line with its end. */
const lines = /[^\r\n]*(?:\r\n?|\n|$)/y;

/**
 * Reads an RIS file.
 * @param text decoded, see `file-text.ts`
 */
export function* readRis(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('line', recognise);
  let record: { line: number; fields: Fields } | undefined;
  let last: string[] | undefined;
  let astray = 0;
  let line = 0;
  const end = () => {
    if (record) into.add(record.line, rawOf(record.fields));
    record = undefined;
    last = undefined;
  };
  for (let at = 0; at < text.length; ) {
    lines.lastIndex = at;
    const [all] = lines.exec(text) ?? [''];
    at = lines.lastIndex;
    const said = all.replace(/^\uFEFF|[\r\n]+$/g, '');
    line++;
    const [, tag, content = ''] = /^([A-Z][A-Z\d]) {1,2}-(?: (.*)|$)/.exec(said) ?? [];
    if (line % 500 === 0) yield { done: at, of: text.length };
    if (tag === 'TY') {
      if (record) into.remark('it does not end with ER; a part of it may be missing', record.line);
      end();
      record = { line, fields: new Map() };
    } else if (tag === 'ER') end();
    else if (!record) {
      if (said.trim() && astray++ === 0) {
        into.refuse(line, 'it stands outside of any record: a record begins with "TY  - "');
      }
    } else if (tag) {
      last = record.fields.get(tag) ?? [];
      record.fields.set(tag, last);
      last.push(content);
    } else if (last) {
      const more = said.replace(markedTagLike, '');
      last.push(`${last.pop()}\n${more}`);
    }
  }
  if (record) {
    into.remark('it does not end with ER; the file may be cut off here', record.line);
    end();
  }
  if (text.includes('\uFFFD')) into.remark(lostCharacters);
  return into.file();
}
