// The table of fields: what a format says it keeps comes back from its own export, whatever the texts are.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readBibtex } from '../../src/library/exchange/bibtex';
import { readCslJson } from '../../src/library/exchange/csl-json';
import { readCsv } from '../../src/library/exchange/csv';
import { type Field, formats } from '../../src/library/exchange/formats';
import { dateOf, type Reference, whole } from '../../src/library/exchange/reference';
import { readRis } from '../../src/library/exchange/ris';
import { isArxiv } from '../../src/paper';
import {
  anyReferences,
  printBibtex,
  printCslJson,
  printCsv,
  printRis,
  recognise,
  reference,
} from './references';

vi.setConfig({ testTimeout: 60_000 });

/** What of a reference each field is. */
const partOf: Record<Field, (reference: Reference) => unknown> = {
  id: ({ paper }) => paper.id,
  version: ({ paper }) => paper.version,
  title: ({ paper }) => paper.title,
  authors: ({ paper }) => paper.authors,
  abstract: ({ paper }) => paper.abstract,
  published: dateOf,
  updated: ({ paper }) => paper.updated,
  doi: ({ paper }) => paper.doi,
  venue: ({ venue }) => venue,
  categories: ({ paper }) => paper.categories,
  tags: ({ tags }) => tags,
  reading: ({ reading }) => reading,
  note: ({ note }) => note,
  highlights: ({ highlights }) => highlights,
  savedAt: ({ savedAt }) => savedAt,
};

/** What comes back of a field of which the table says that not all does. */
const partly: Record<string, (reference: Reference) => unknown> = {
  'year and month': (reference) => dateOf(reference)?.slice(0, 7),
  'the primary one, of arXiv papers': ({ paper }) =>
    isArxiv(paper.id) && paper.categories ? paper.categories.slice(0, 1) : undefined,
  'of arXiv papers': ({ paper }) => (isArxiv(paper.id) ? paper.version : undefined),
  'reading and read': ({ reading }) => (reading === 'unread' ? undefined : reading),
};

const ways = {
  bibtex: [printBibtex, readBibtex],
  ris: [printRis, readRis],
  cslJson: [printCslJson, readCslJson],
  csv: [printCsv, readCsv],
} as const;

describe.each(Object.keys(ways) as (keyof typeof ways)[])('%s', (format) => {
  const [print, read] = ways[format];
  const fields = Object.entries(formats[format].fields) as [Field, string][];

  test('gives back the fields that the table names, whatever their texts', () => {
    fc.assert(
      fc.property(anyReferences, (references) => {
        const text = print(references);
        const file = whole(read(text, recognise));
        expect(file.refused).toEqual([]);
        expect(file.references).toHaveLength(references.length);
        for (const [index, before] of references.entries()) {
          const after = file.references[index] as Reference;
          for (const [field, extent] of fields) {
            if (extent === 'written') continue;
            const expected = (partly[extent] ?? partOf[field])(before);
            expect([field, partOf[field](after)]).toEqual([field, expected]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('has no place for the other fields, so the table does not name them', () => {
    const rich = reference({
      version: 3,
      updated: '2025-02-03',
      categories: ['cs.CL', 'cs.LG'],
      reading: 'read',
      savedAt: 1_700_000_000_000,
    });
    const [back] = whole(read(print([rich]), recognise)).references;
    for (const field of Object.keys(partOf) as Field[]) {
      const named = fields.some(([one, extent]) => one === field && extent !== 'written');
      if (!named) expect([field, back && partOf[field](back)]).toEqual([field, undefined]);
    }
  });
});
