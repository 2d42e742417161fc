// Which format a file has: found out by what stands first, whatever the notes and abstracts in it quote.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printAnnotation } from '../../src/library/exchange/annotations';
import { contentOf } from '../../src/library/exchange/content';
import type { Reference } from '../../src/library/exchange/reference';
import { id } from './opened';
import {
  anyReference,
  anyReferences,
  key,
  printBibtex,
  printCslJson,
  printCsv,
  printRis,
  recognise,
  reference,
} from './references';

const read = (text: string) =>
  contentOf(text, recognise, {
    now: () => 5,
    pause: async () => {},
    signal: new AbortController().signal,
    progress: () => {},
  });

/** An export of ours, as far as it matters what its notes and abstracts are. */
const printOwn = (references: Reference[]) => {
  const papers = references.map(({ paper, note = '' }) => ({
    ...paper,
    saved: true,
    note: { text: note, updatedAt: 5 },
  }));
  return JSON.stringify({ format: 'paper-margin', version: 4, papers });
};

const printPaperMemory = (references: Reference[]) =>
  JSON.stringify({
    ...Object.fromEntries(
      references.map(({ paper, note }) => [
        `Arxiv-${paper.id}`,
        { title: paper.title, abstract: paper.abstract, note, pdfLink: `https://a.org/${note}` },
      ]),
    ),
    __dataVersion: 1,
  });

/** The notes of references as comments on a highlight in each. */
const printAnnotations = (references: Reference[]) =>
  JSON.stringify({
    type: 'AnnotationPage',
    items: references.map(({ note = '' }) =>
      printAnnotation({
        id: '00000000-0000-4000-8000-000000000001',
        paper: id('2501.00001'),
        site: 'arxiv',
        kind: 'abs',
        quote: { exact: 'Kites', prefix: '', suffix: '' },
        colour: 'blue',
        createdAt: 5,
        colourChangedAt: 5,
        comment: note,
        deleted: 0,
      }),
    ),
  });

const writers = {
  RIS: printRis,
  BibTeX: printBibtex,
  CSV: printCsv,
  'CSL-JSON': printCslJson,
  'Paper Margin': printOwn,
  'W3C annotations': printAnnotations,
} as const;
const quoted = [...Object.values(writers), printPaperMemory];

/** What a note may quote: files of all formats, in one piece or line by line, and the words by which they are known. */
const snippet = fc.oneof(
  fc
    .tuple(fc.constantFrom(...quoted), anyReference)
    .map(([print, one]) => print([one]).replace(/^\uFEFF/, '')),
  fc.constantFrom(
    'TY  - GEN\nAN  - arXiv:2501.88888\nER  - ',
    'TY - JOUR\nER - ',
    '@article{kites, eprint={2501.99999}}',
    'id,title\n2501.00009,A',
    '"format": "paper-margin"',
    '"Annotation"',
    '"uri": "https://arxiv.org/abs/2501.00009", "rows": []',
    '2501.00009',
  ),
);
const quoting = fc
  .array(snippet, { minLength: 1, maxLength: 3 })
  .map((parts) => `As in:\n${parts.join('\n')}\nor so.`);

describe('what each writer writes', () => {
  test.each(Object.entries(writers))(
    'is %s again, whatever its texts quote',
    async (name, print) => {
      await fc.assert(
        fc.asyncProperty(
          anyReferences.filter((some) => some.length > 0),
          quoting,
          quoting,
          async (references, note, abstract) => {
            const some = references.map((one) => ({
              ...one,
              note,
              paper: { ...one.paper, abstract },
            }));
            const { format, records, refused } = await read(print(some));
            expect([format, refused]).toEqual([name, []]);
            if (name === 'W3C annotations') return;
            expect(records.map(({ paper }) => paper.id)).toEqual(some.map(({ paper }) => paper.id));
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

describe('a format is known', () => {
  const one = [reference({ id: key('2501.00001') })];
  test('as none where it is of a program whose authors would be lost', async () => {
    const zotero = '{"items":[{"itemType":"preprint","DOI":"10.1000/ab","creators":[]}]}';
    await expect(read(zotero)).rejects.toThrow('This file is not an export of Paper Margin');
  });

  test.each(['{"__proto__":{"DOI":"10.1000/ab"}}', '{"title":"A"}', '{}', '{"items":3}'])(
    'as none: %s',
    (text) => expect(read(text)).rejects.toThrow('This file is not an export of Paper Margin'),
  );

  test.each([
    ['RIS', 'TY - JOUR\nDO - 10.1000/ab\nER - \n'],
    ['RIS', `Provider: Kites\r\n\r\n${printRis(one)}`],
    ['BibTeX', `% id,doi,url\n${printBibtex(one)}`],
    ['BibTeX', `Made by hand.\n\n${printBibtex(one)}\n\n${printRis(one)}`],
    ['CSV', 'title;id\nA;2501.00001'],
    ['CSL-JSON', printCslJson(one)],
    ['CSL-JSON', printCslJson(one).slice(1, -1)],
    ['CSL-JSON', `{"title":"Mine","items":${printCslJson(one)}}`],
    ['CSL-JSON', `{"items":${printCslJson(one).slice(0, -1)},{"DO`],
    ['a list', '2501.00001\nhttps://arxiv.org/abs/2501.00002'],
  ])('as %s by what stands first', async (name, text) => {
    const { format, records } = await read(text);
    expect(format).toBe(name);
    expect(records.length).toBeGreaterThan(0);
  });
});
