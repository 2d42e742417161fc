// The table of fields: what a format says it keeps comes back when its export is imported, whatever the texts are.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Field, formats } from '../../src/library/exchange/formats';
import { dateOf, type Reference, referenceOf } from '../../src/library/exchange/reference';
import { isArxiv } from '../../src/paper';
import { importAll } from '../../src/views/importing';
import { dayLength, opened, unwatched } from './opened';
import { anyReferences, holding, reference } from './references';

vi.setConfig({ testTimeout: 60_000 });

type World = ReturnType<typeof opened>;

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
  reading: ({ reading = 'unread' }) => reading,
  note: ({ note }) => note,
  highlights: ({ highlights }) => highlights,
  savedAt: ({ savedAt }) => savedAt,
};

/** What comes back of a field of which the table says that not all does. */
const partly: Record<string, (reference: Reference) => unknown> = {
  // arXiv tells the day, and the id the month: none that a file has without its day is stored.
  'year and month': ({ paper, ...rest }) =>
    isArxiv(paper.id)
      ? dateOf({ ...rest, paper: { ...paper, published: '' } })
      : dateOf({ ...rest, paper })?.slice(0, 7),
  'the primary one, of arXiv papers': ({ paper }) =>
    isArxiv(paper.id) && paper.categories ? paper.categories.slice(0, 1) : undefined,
  'of arXiv papers': ({ paper }) => (isArxiv(paper.id) ? paper.version : undefined),
  'reading and read': ({ reading = 'unread' }) => reading,
};

/** All papers of a library. */
async function references({ db }: World): Promise<Reference[]> {
  const [rows, marks] = await Promise.all([db.kept.toArray(), db.highlights.toArray()]);
  return rows.map((row) =>
    referenceOf(
      row,
      marks.filter(({ paper }) => paper === row.id),
      (row.tags ?? []).map(({ name }) => name),
    ),
  );
}

/** An import, as the page does it. */
async function imports({ library, files }: World, file: Blob) {
  const preview = await files.preview(file, unwatched());
  const { failure, report } = await importAll(library, preview, unwatched());
  expect([failure, preview.refused, report.refused]).toEqual([undefined, [], []]);
  return preview;
}

describe.each(['bibtex', 'ris', 'cslJson', 'csv'] as const)('%s', (format) => {
  const { name } = formats[format];
  const fields = Object.entries(formats[format].fields) as [Field, string][];

  test('gives back the fields that the table names, whatever their texts', async () => {
    await fc.assert(
      fc.asyncProperty(anyReferences, async (papers) => {
        const from = await holding(papers);
        const to = opened(undefined, { at: from.clock.now + dayLength });
        const file = await from.exported(format);
        const { format: seen, groups, records } = await imports(to, file);
        const { length } = papers;
        expect([seen, groups.new.total, records]).toEqual([name, length, length]);
        const after = await references(to);
        for (const [index, before] of (await references(from)).entries()) {
          const back = after[index] as Reference;
          for (const [field, extent] of fields) {
            if (extent === 'written') continue;
            const expected = (partly[extent] ?? partOf[field])(before);
            expect([field, partOf[field](back)]).toEqual([field, expected]);
          }
        }
        // Neither library gets anything from the same file once more.
        to.clock.now += dayLength;
        for (const { files } of [from, to]) {
          expect(await files.preview(file, unwatched())).toMatchObject({ records: 0 });
        }
      }),
      { numRuns: 25 },
    );
  });

  test('has no place for the other fields, so the table does not name them', async () => {
    const rich = reference({
      version: 3,
      updated: '2025-02-03',
      categories: ['cs.CL', 'cs.LG'],
      reading: 'read',
      savedAt: 1_700_000_000_000,
    });
    const from = await holding([rich]);
    const to = opened(undefined, { at: from.clock.now + dayLength });
    await imports(to, await from.exported(format));
    const [back] = await references(to);
    const none: Partial<Record<Field, unknown>> = { reading: 'unread', savedAt: to.clock.now };
    for (const field of Object.keys(partOf) as Field[]) {
      const named = fields.some(([one, extent]) => one === field && extent !== 'written');
      if (!named) expect([field, back && partOf[field](back)]).toEqual([field, none[field]]);
    }
  });
});
