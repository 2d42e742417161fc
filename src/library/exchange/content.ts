// What a file or a pasted text holds, whatever its format: found out by its content, and read in slices.
import { failure } from '../failure';
import { annotationsIn, brokenAnnotations, isAnnotations, readAnnotation } from './annotations';
import { readBibtex } from './bibtex';
import { readCslJson } from './csl-json';
import { readCsv } from './csv';
import { mayBeTooLarge, tooLarge } from './fields';
import { readForeign } from './foreign';
import { brokenHypothesis, hypothesisRows, readHypothesis } from './hypothesis';
import { readIdList } from './id-list';
import { incomingOf } from './incoming';
import { type FileContent, type Incoming, parseJson, readExport, unknownFile } from './json';
import { Broken } from './json-records';
import { isPaperMemory, readPaperMemory } from './papermemory';
import { inSlices, type Recognise, type ReferenceFile, type Slices } from './reference';
import { readRis } from './ris';

/** Markdown as we write it, one file or a note: it is for reading. */
const ourMarkdown =
  /^\uFEFF?(?:---\r?\ntitle: |# [^\n]+\n\n(?:[^\n]+\n\n)?\[(?:arXiv|doi|https?)\b[^\n]+\]\(https?:\/\/[^\n]+\)\n)/;

/** A file, read. */
export interface Content extends FileContent {
  /** As a person knows it. */
  format: string;
  unit: 'line' | 'record';
  remarks: ReferenceFile['remarks'];
}

/** The value of a JSON text, or undefined where it is cut off or broken. */
function wholeJson(text: string): { value: unknown } | undefined {
  try {
    return { value: parseJson(text) };
  } catch {
    return undefined;
  }
}

type Read = (text: string, recognise: Recognise) => Slices<ReferenceFile>;

/** The first line of CSV: names of columns, one of which tells the paper. */
const csvHeader =
  /^\uFEFF?(?![@%])(?=[^\r\n]*[,;\t])(?:[^\r\n]*[,;\t])?"?(?:id|doi|url)"?(?:[,;\t]|\r|\n|$)/i;

/** How a record begins, wherever it stands, in the formats that may have words before their first one. */
const beginnings: { name: string; begins: RegExp; read: Read }[] = [
  // Some programs write one blank where the format has two.
  { name: 'RIS', begins: /(?:^|[\n\r])\uFEFF?TY {1,2}- /, read: readRis },
  { name: 'BibTeX', begins: /(?:^|[\n\r])\uFEFF?[^\S\n\r]*@[a-z]+\s*[{(]/i, read: readBibtex },
];

/**
 * The format of references that are no JSON. A note or an abstract may quote any other format, so what stands first
 * decides: a header of columns, or whichever record begins earliest. A text with neither is a list.
 */
function textFormat(text: string): { name: string; read: Read } {
  if (csvHeader.test(text)) return { name: 'CSV', read: readCsv };
  const [first] = beginnings
    .map((one) => ({ ...one, at: text.search(one.begins) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return first ?? { name: 'a list', read: readIdList };
}

/** About how many characters a record has. */
function lengthOf({ paper, note, tags = [] }: Incoming): number {
  const texts = [paper.title, paper.abstract, note?.text, ...paper.authors];
  return [...texts, ...tags.map(({ name }) => name)].reduce((sum, one = '') => sum + one.length, 0);
}

/** The first bytes of files that are no text, and what to do with one. */
const binary: [start: string, says: string][] = [
  [
    'PK\u0003\u0004',
    'This is a zip file. Unpack it: JSON, BibTeX, RIS, CSL-JSON, CSV or a list in it can be imported, notes in Markdown cannot.',
  ],
  ['%PDF', 'This is a PDF. Open it in the browser to save its paper, or import its id.'],
];

/**
 * Reads a text of any format that is known.
 * @param text decoded, see `file-text.ts`
 * @param seams as those of `inSlices`
 * @throws Failure `invalid`, when the file as a whole cannot be read; the reason of the signal
 */
export async function contentOf(
  text: string,
  recognise: Recognise,
  seams: Parameters<typeof inSlices>[1],
): Promise<Content> {
  const [, says] = binary.find(([start]) => text.startsWith(start)) ?? [];
  if (says) throw failure('invalid', says);
  if (!text.replace(/^\uFEFF/, '').trim()) {
    throw failure('invalid', 'There is nothing in it. Choose an exported file, or paste a text.');
  }
  if (ourMarkdown.test(text)) {
    throw failure(
      'invalid',
      'This is Markdown. Paper Margin writes it for reading and for other programs, but cannot take it in. Import JSON, BibTeX, RIS, CSL-JSON or CSV.',
    );
  }
  if (text.slice(0, 2000).includes('\0')) {
    throw failure('invalid', 'This file is no text. Choose an exported file.');
  }
  const references = async (format: string, read: Read): Promise<Content> => {
    const { references: found, ...file } = await inSlices(read(text, recognise), seams);
    const now = seams.now();
    const records: Incoming[] = [];
    const refused = [...file.refused];
    for (const one of found) {
      const record = incomingOf(one, now);
      // Several records of one paper are one by now.
      const why = mayBeTooLarge(lengthOf(record)) ? tooLarge(record) : undefined;
      if (why) refused.push({ at: record.at, why });
      else records.push(record);
    }
    return { format, ...file, refused, records };
  };
  const foreign = async (format: string, raws: unknown[], read: typeof readAnnotation) => {
    let since = seams.now();
    const readOne = (raw: unknown) => (raw instanceof Broken ? { why: raw.why } : read(raw));
    const content = await readForeign(raws, readOne, recognise, seams.now(), async (done, of) => {
      seams.signal.throwIfAborted();
      if (seams.now() - since < 12) return;
      seams.progress({ done, of });
      await seams.pause();
      since = seams.now();
    });
    return { format, unit: 'record' as const, remarks: [], ...content };
  };
  if (!/^\uFEFF?\s*[[{]/.test(text)) {
    const { name, read } = textFormat(text);
    return references(name, read);
  }
  if (/"format"\s*:\s*"paper-margin"/.test(text)) {
    const content = await inSlices(readExport(text), seams);
    return { format: 'Paper Margin', unit: 'record', remarks: [], ...content };
  }
  if (/"Annotation(?:Page|Collection)?"|w3\.org\/ns\/anno\b/.test(text)) {
    const raw = wholeJson(text);
    const found = !raw
      ? brokenAnnotations(text)
      : isAnnotations(raw.value)
        ? annotationsIn(raw.value)
        : null;
    if (found) return foreign('W3C annotations', found, readAnnotation);
  }
  if (isPaperMemory(text)) return references('PaperMemory', readPaperMemory);
  if (/"uri"\s*:/.test(text) || /"(?:annotations|rows)"\s*:/.test(text)) {
    const raw = wholeJson(text);
    const rows = raw ? hypothesisRows(raw.value) : brokenHypothesis(text);
    if (rows) return foreign('Hypothesis', rows, readHypothesis);
  }
  const content = await references('CSL-JSON', readCslJson);
  if (content.records.length > 0) return content;
  // Says where it breaks, if it does.
  parseJson(text);
  throw unknownFile();
}
