// References for tests of the formats: made-up ones, arbitrary ones, and libraries that hold them.
import fc from 'fast-check';
import { citationKeys, printEntry } from '../../src/library/exchange/bibtex';
import { printItem } from '../../src/library/exchange/csl-json';
import { csvHead, printRow } from '../../src/library/exchange/csv';
import { incomingOf } from '../../src/library/exchange/incoming';
import { printIncoming } from '../../src/library/exchange/json';
import { manyLines, oneLine, type Reference } from '../../src/library/exchange/reference';
import { printRecord } from '../../src/library/exchange/ris';
import type { ExportFormat } from '../../src/library/files';
import { keyOf, type PaperId, parseKey } from '../../src/paper';
import { recognise as recognisePage } from '../../src/sites';
import { opened, unwatched } from './opened';

/** A library in which these papers were saved. */
export async function holding(references: Reference[]) {
  const world = opened(undefined, { at: Date.UTC(2040, 0, 1) });
  const records = references.map((one) => printIncoming(incomingOf(one, world.clock.now)));
  await world.library.importRecords(records);
  const ids = references.map(({ paper }) => paper.id);
  /** The file that the export of the page gives, with the papers in this order. */
  const exported = async (format: ExportFormat) =>
    (await world.files.write(format, ids, unwatched())).file;
  return { ...world, exported };
}

/** References as the text of a file. */
export const printBibtex = (references: Reference[]) => {
  const keys = citationKeys(references);
  return references.map((one) => printEntry(one, keys.get(one.paper.id) ?? '', true)).join('\n');
};
export const printRis = (references: Reference[]) =>
  references.map((one) => printRecord(one, true)).join('\r\n');
export const printCslJson = (references: Reference[]) => {
  const keys = citationKeys(references);
  return JSON.stringify(references.map((one) => printItem(one, keys.get(one.paper.id) ?? '')));
};
export const printCsv = (references: Reference[]) => csvHead + references.map(printRow).join('');

export const recognise = (url: string) => recognisePage(url);

export function key(text: string): PaperId {
  const id = parseKey(text);
  if (!id) throw new Error(`${text} names no paper`);
  return id;
}

/** A reference of which a test says only what it is about. */
export function reference(
  more: Partial<Reference['paper']> & Omit<Partial<Reference>, 'paper'> = {},
) {
  const { at, date, venue, code, tags, reading, note, highlights, savedAt, openedAt, ...paper } =
    more;
  const rest = { at, date, venue, code, reading, note, highlights, savedAt, openedAt };
  return {
    paper: {
      id: key('2501.00001'),
      title: 'A Study of Kites',
      authors: ['First Author', 'Second Author'],
      abstract: '',
      ...paper,
    },
    tags: tags ?? [],
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  } as Reference;
}

const signs = fc.constantFrom(
  ...'abc XYZ 123 éüñ 李 أ {}{}$$\\%&#_~^ --\'\'``"",;:=+-@<>|()[]/*!?\n\t'.split(''),
  'BERT',
  '$x^2$',
  ' and ',
  '\\alpha',
  '```',
  '\nER  - ',
  '\nTY  - GEN\n',
  '\n@article{x,',
  "'=1",
  '<b>',
  '__proto__',
);
const text = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: signs },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

/** Tags of CSL are markup there; every other text comes back as it was. */
const line = text.map(oneLine).filter((one) => !/<[/\w]/.test(one));
const lines = text.map(manyLines).filter((one) => !/<[/\w]/.test(one));

const word = fc.stringMatching(/^[A-Z][a-zé'’-]{1,8}$/).filter((one) => !/''/.test(one));
const name = fc.oneof(
  fc.tuple(word, word).map((parts) => parts.join(' ')),
  fc
    .tuple(word, fc.constantFrom('van der', 'de la', 'von', 'A.', 'de'), word)
    .map((parts) => parts.join(' ')),
  fc.tuple(word, word, fc.constantFrom('Jr.', 'III')).map((parts) => parts.join(' ')),
  word,
  word.map((one) => `The ${one} Collaboration`),
  fc.constantFrom('李 小龙', 'Ægir Þórsson', 'A and B', 'X & Y_Z', 'van Gogh', "'t Hooft"),
);

const arxivKey = fc
  .constantFrom('2501.00001', '2412.12345', '1810.04805', 'hep-th/9901001', 'math/0309136')
  .map(key);
const doi = fc
  .stringMatching(/^10\.\d{4,6}\/[a-z0-9._;()/:<>-]{1,20}$/)
  .map((one) => key(`doi:${one}`));
const address = fc
  .webUrl({ withQueryParameters: true })
  .map((url) => keyOf({ url }))
  .filter((one) => one !== null);

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const date = fc.oneof(
  day,
  day.map((one) => one.slice(0, 7)),
  day.map((one) => one.slice(0, 4)),
);

/** Any reference that the library could hold. */
export const anyReference: fc.Arbitrary<Reference> = fc
  .record({
    id: fc.oneof(arxivKey, doi, address),
    title: line,
    authors: fc.array(name, { maxLength: 4 }),
    abstract: lines,
    date,
    updated: fc.option(day, { nil: undefined }),
    version: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
    doi: fc.option(doi, { nil: undefined }),
    venue: fc.option(
      line.filter((one) => one !== '' && !/^\W*(arxiv|corr)\b/i.test(one)),
      { nil: undefined },
    ),
    categories: fc.option(
      fc.uniqueArray(fc.constantFrom('cs.CL', 'cs.LG', 'math.GT', 'hep-th'), { minLength: 1 }),
      { nil: undefined },
    ),
    tags: fc.uniqueArray(line.filter(Boolean), { maxLength: 3 }),
    reading: fc.constantFrom('unread' as const, 'reading' as const, 'read' as const, undefined),
    note: fc.option(lines.filter(Boolean), { nil: undefined }),
    savedAt: fc.option(fc.nat(2_000_000_000_000), { nil: undefined }),
  })
  .map(({ id, doi, ...rest }) => {
    const named = id.startsWith('doi:')
      ? id.slice(4)
      : id.startsWith('url:')
        ? undefined
        : doi?.slice(4);
    return reference({
      id,
      ...(named !== undefined && { doi: named }),
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
      ...(rest.date.length === 10 && { published: rest.date }),
    });
  });

/** At least one, each of another paper. */
export const anyReferences = fc.uniqueArray(anyReference, {
  minLength: 1,
  maxLength: 10,
  selector: ({ paper }) => paper.id,
});
