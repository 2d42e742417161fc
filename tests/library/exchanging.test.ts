// Files of the library page: what a preview says before anything is changed, and exports written in slices.
import { describe, expect, test, vi } from 'vitest';
import type { ExportFormat, Preview } from '../../src/library/files';
import type { PaperId } from '../../src/paper';
import { importAll } from '../../src/views/importing';
import { dayLength, highlight, id, opened, paper, start, unwatched } from './opened';

const totals = ({ groups }: Preview) =>
  Object.fromEntries(Object.entries(groups).map(([group, { total }]) => [group, total]));

const memory = (count: number) =>
  JSON.stringify({
    ...Object.fromEntries(
      Array.from({ length: count }, (_, n) => {
        const at = `${n + 1}`.padStart(5, '0');
        const arxiv = n % 3 > 0;
        return [
          arxiv ? `Arxiv-2501.${at}` : `Other-2020_${at}`,
          {
            title: `Kite ${n}`,
            author: 'First Author and Second Author',
            year: '2020',
            addDate: '2024-05-06T07:08:09.000Z',
            lastOpenDate: '2024-06-07T08:09:10.000Z',
            count: n + 1,
            favorite: n % 5 === 0,
            tags: ['kites', `group: ${n % 7}`],
            note: n % 2 ? `Note ${n}` : '',
            pdfLink: arxiv ? `https://arxiv.org/pdf/2501.${at}` : `https://example.org/${at}.pdf`,
            codeLink: 'https://github.com/first/kites',
            venue: arxiv ? 'arXiv' : 'Journal of Kites',
          },
        ];
      }),
    ),
    __dataVersion: 600,
  });

test('a PaperMemory of 5,000 papers moves in completely, and again it changes nothing', async () => {
  const { library, files, db } = opened();
  const preview = await files.preview(memory(5_000), unwatched());
  expect(preview).toMatchObject({ format: 'PaperMemory', refused: [], records: 5_000 });
  expect(totals(preview)).toEqual({
    new: 5_000,
    changed: 0,
    conflict: 0,
    removed: 0,
    stays: 0,
    same: 0,
  });
  expect(await db.kept.count()).toBe(0);
  const { report } = await importAll(library, preview, unwatched());
  expect(report).toMatchObject({ added: 5_000, changed: 0, refused: [] });
  const rows = await db.kept.toArray();
  expect(rows).toHaveLength(5_000);
  expect(rows.filter(({ note }) => note)).toHaveLength(2_500);
  const [added, last] = ['2024-05-06T07:08:09Z', '2024-06-07T08:09:10Z'].map(Date.parse);
  expect(
    rows.every(({ listed, paper, savedAt, openedAt }) =>
      Boolean(listed && paper.code && savedAt === added && openedAt === last),
    ),
  ).toBe(true);
  const tagged = (name: string) =>
    rows.filter(({ tags }) => tags?.some((tag) => tag.name === name)).length;
  expect([tagged('kites'), tagged('favorite')]).toEqual([5_000, 1_000]);
  expect(rows.map(({ opens = 0 }) => opens).sort((a, b) => b - a)[0]).toBe(5_000);
  expect(rows.find(({ id }) => id.startsWith('url:'))?.paper).toMatchObject({
    published: '2020',
    venue: 'Journal of Kites',
  });
  const again = await files.preview(memory(5_000), unwatched());
  expect(again.records).toBe(0);
  expect(totals(again)).toEqual({
    new: 0,
    changed: 0,
    conflict: 0,
    removed: 0,
    stays: 0,
    same: 5_000,
  });
}, 60_000);

test('an import that is stopped leaves whole calls, and the same file goes on', async () => {
  const { library, files, db } = opened();
  const stop = new AbortController();
  const preview = await files.preview(memory(1_200), unwatched());
  const result = await importAll(library, preview, {
    signal: stop.signal,
    progress: ({ done }) => done >= 500 && stop.abort(),
  });
  expect(result.done % 500).toBe(0);
  expect(await db.kept.count()).toBe(result.done);
  const rest = await files.preview(memory(1_200), unwatched());
  expect(rest.records).toBe(1_200 - result.done);
  await importAll(library, rest, unwatched());
  expect(await db.kept.count()).toBe(1_200);
});

describe('a paper that is there', () => {
  const one = id('2501.00001');
  const bib = (more: string) => `@misc{k, title={Other}, eprint={2501.00001}, ${more}}`;

  test('keeps its own values, gets what is missing, and both notes', async () => {
    const { library, files, db } = opened();
    await library.setReading({ ...paper(one), abstract: '' }, 'read');
    const base = { revision: 0, text: '' };
    await library.writeNote({ id: one, text: 'mine', base, editor: 'a' });
    await library.tagPapers([one], { add: ['Kites'] });
    const preview = await files.preview(
      bib('annote={theirs}, abstract={Words}, keywords={kites, sky}, readstatus={skimmed}'),
      unwatched(),
    );
    expect(totals(preview)).toEqual({
      new: 0,
      changed: 0,
      conflict: 1,
      removed: 0,
      stays: 0,
      same: 0,
    });
    expect(preview.groups.conflict.papers[0]?.changes).toEqual(
      expect.arrayContaining(['abstract', 'tags', 'note']),
    );
    await importAll(library, preview, unwatched());
    const row = await db.kept.get(one);
    expect(row).toMatchObject({ note: 'mine\n\ntheirs', reading: 'read', saved: 1 });
    expect(row?.paper).toMatchObject({ title: `Title of ${one}`, abstract: 'Words' });
    expect(row?.tags?.map(({ name }) => name)).toEqual(['Kites', 'sky']);
  });

  test.each<[string, string[]]>([
    ['title={Quite Another}, author={Someone Else}', ['title', 'authors']],
    ["title={{T}\\'{i}tle of 2501.00001}, author={Author, F. and Second Author}", []],
    ['title={title of 2501.00001}, author={First Author and others}', []],
  ])('whose record has %s says what stays', async (fields, stays) => {
    const { library, files } = opened();
    await library.save(paper(one));
    await library.setReading(paper(one), 'read');
    const preview = await files.preview(`@misc{k, eprint={2501.00001}, ${fields}}`, unwatched());
    const group = stays.length > 0 ? 'stays' : 'same';
    expect(preview).toMatchObject({ records: 0, groups: { [group]: { total: 1 } } });
    expect(preview.groups[group].papers[0]?.stays ?? []).toEqual(stays);
  });

  test('says what stays beside what changes: also another date or DOI', async () => {
    const { library, files } = opened();
    const own = { published: '2025-01-02', doi: '10.1000/kites' };
    await library.save(paper(one, own));
    const saying = async (more: object) => {
      const papers = [{ id: one, venue: 'A Journal', ...more }];
      const file = JSON.stringify({ format: 'paper-margin', version: 4, papers });
      return (await files.preview(file, unwatched())).groups.changed.papers;
    };
    expect(await saying({ published: '2024', doi: '10.1000/other' })).toMatchObject([
      { changes: ['venue'], stays: ['date', 'DOI'] },
    ]);
    const [same] = await saying({ published: '2025-01', doi: '10.1000/KITES' });
    expect(same).not.toHaveProperty('stays');
  });

  test('comes back from the bin with all it had', async () => {
    const { library, files, db, clock } = opened();
    await library.save(paper(one));
    await library.removePapers([one]);
    clock.now += 1_000;
    await importAll(library, await files.preview('2501.00001', unwatched()), unwatched());
    expect(await db.kept.get(one)).toMatchObject({ listed: 1, removed: 0 });
  });
});

describe('a paper that was removed after the file was written', () => {
  const one = id('2501.00001');

  async function removedSince() {
    const world = opened();
    const { library, clock, files } = world;
    await library.save(paper(one));
    const base = { revision: 0, text: '' };
    await library.writeNote({ id: one, text: 'my note', base, editor: 'a' });
    await library.addHighlight(paper(one), highlight('My words'));
    await library.setReading(paper(one), 'reading');
    const file = await library.exportJson();
    clock.now += 1_000;
    await library.removePapers([one]);
    clock.now += 1_000;
    const bring = async (returning: boolean) => {
      const preview = await files.preview(file, unwatched(), returning);
      await importAll(library, preview, unwatched());
      return preview;
    };
    return { ...world, bring };
  }

  test('stays in the bin, or gone, unless the person wants it back', async () => {
    const { library, db, bring } = await removedSince();
    expect(await bring(false)).toMatchObject({ binned: 1, returning: false });
    expect(await library.bin(0, 9)).toMatchObject({ total: 1, rows: [{ note: 'my note' }] });
    await library.emptyBin();
    const [before] = await db.kept.toArray();
    expect(await bring(false)).toMatchObject({ binned: 1 });
    expect(await db.kept.toArray()).toEqual([before]);
    expect(await db.highlights.toArray()).toMatchObject([{ quote: { exact: '' } }]);
    expect(await library.bin(0, 9)).toMatchObject({ total: 0 });
  });

  test.each(['in the bin', 'gone for good'])('comes back whole from being %s', async (where) => {
    const { library, bring } = await removedSince();
    if (where === 'gone for good') await library.emptyBin();
    const preview = await bring(true);
    expect(preview).toMatchObject({ binned: 1, returning: true, groups: { new: { total: 1 } } });
    expect((await library.kept('', 0, 9)).rows).toMatchObject([
      { id: one, saved: true, reading: 'reading', note: 'my note', highlights: 1 },
    ]);
    expect(await library.highlights(one)).toMatchObject([{ quote: { exact: 'My words' } }]);
    expect(await library.bin(0, 9)).toMatchObject({ total: 0 });
    expect(await bring(true)).toMatchObject({ binned: 0, records: 0 });
  });

  test('that the file itself has in the bin is not brought back by it', async () => {
    const { library, files } = await removedSince();
    const file = await library.exportJson();
    expect(await files.preview(file, unwatched(), true)).toMatchObject({ binned: 0, records: 0 });
  });
});

describe('a paper that was removed in another library', () => {
  const one = id('2501.00001');
  const base = { revision: 0, text: '' };

  /** Saved in both libraries on the first day; the other one removed it on that day, and wrote a file. */
  async function removedThere(day: number, emptied = false) {
    const there = opened();
    await there.library.save(paper(one));
    there.clock.now += day * dayLength;
    await there.library.removePapers([one]);
    if (emptied) await there.library.emptyBin();
    const here = opened();
    await here.library.save(paper(one));
    await here.library.addHighlight(paper(one), highlight('My words'));
    const bring = async () => {
      const preview = await here.files.preview(await there.library.exportJson(), unwatched());
      await importAll(here.library, preview, unwatched());
      await here.library.refreshDue();
      return preview;
    };
    return { ...here, bring };
  }

  test.each([false, true])(
    'stays if anything was done with it since (gone there: %s)',
    async (emptied) => {
      const { library, clock, bring } = await removedThere(1, emptied);
      clock.now += 35 * dayLength;
      await library.writeNote({ id: one, text: 'my own new note', base, editor: 'a' });
      expect(totals(await bring())).toMatchObject({ changed: 1, removed: 0 });
      expect((await library.kept('', 0, 9)).rows).toMatchObject([
        { id: one, saved: true, note: 'my own new note', highlights: 1 },
      ]);
      expect(await bring()).toMatchObject({ records: 0 });
    },
  );

  test.each([false, true])(
    'goes to the bin else, for 30 days from the import (gone there: %s)',
    async (emptied) => {
      const { library, clock, bring } = await removedThere(1, emptied);
      clock.now += 35 * dayLength;
      expect(totals(await bring())).toEqual({
        new: 0,
        changed: 0,
        conflict: 0,
        removed: 1,
        stays: 0,
        same: 0,
      });
      expect(await library.bin(0, 9)).toMatchObject({
        rows: [{ id: one, highlights: 1, goesAt: clock.now + 30 * dayLength }],
      });
      clock.now += 30 * dayLength - 1;
      expect(await bring()).toMatchObject({ records: 0 });
      await library.restorePapers([one]);
      expect((await library.kept('', 0, 9)).rows).toMatchObject([{ saved: true, highlights: 1 }]);
      // The person has the last word, and a bin of their own has its own 30 days.
      expect(await bring()).toMatchObject({ records: 0 });
      await library.removePapers([one]);
      expect(await library.bin(0, 9)).toMatchObject({
        rows: [{ goesAt: clock.now + 30 * dayLength }],
      });
      clock.now += 30 * dayLength;
      await library.refreshDue();
      expect(await library.bin(0, 9)).toMatchObject({ total: 0 });
    },
  );

  test.each([
    ['an old one', 1, 0],
    ['one of the future', start * 2, 1],
  ])('by a stamp that says little: %s', async (_, removedChangedAt, removed) => {
    const { library, files, clock, db } = opened();
    await library.save(paper(one));
    clock.now += 1_000;
    const papers = [{ id: one, removed: true, removedChangedAt }];
    const file = JSON.stringify({ format: 'paper-margin', version: 4, papers });
    const bring = async () => {
      const preview = await files.preview(file, unwatched());
      await importAll(library, preview, unwatched());
      return preview;
    };
    expect(totals(await bring())).toMatchObject({ removed });
    const row = await db.kept.get(one);
    expect(row).toMatchObject({ removed, saved: 1 });
    expect(row?.removedChangedAt).toBeLessThanOrEqual(clock.now);
    clock.now += dayLength;
    expect(await bring()).toMatchObject({ records: 0 });
  });
});

test('stamps of the future are of now, and the same file once more changes nothing', async () => {
  const { library, files, clock, db } = opened();
  const one = id('2501.00001');
  const later = start * 2;
  const { paper: _, ...mark } = { ...highlight('Words'), paper: one };
  const said = {
    ...{ saved: true, savedAt: later, savedChangedAt: later, keptAt: later, openedAt: later },
    ...{ reading: 'read', readingChangedAt: later, dismissed: true, dismissedChangedAt: later },
    ...{ removed: false, removedChangedAt: later, tags: [{ name: 'kites', changedAt: later }] },
    note: { text: 'A note', updatedAt: later },
    earlier: [{ text: 'Before it', replacedAt: later }],
    highlights: [
      { ...mark, createdAt: later, comment: 'So', deleted: false, deletedChangedAt: later },
    ],
  };
  const file = JSON.stringify({
    format: 'paper-margin',
    version: 4,
    papers: [{ id: one, ...said }],
  });
  await importAll(library, await files.preview(file, unwatched()), unwatched());
  const stored = JSON.stringify([
    await db.kept.get(one),
    await db.highlights.toArray(),
    await db.noteVersions.toArray(),
  ]);
  expect(stored).not.toContain(`${later}`);
  clock.now += dayLength;
  expect(await files.preview(file, unwatched())).toMatchObject({ records: 0 });
});

test('what is gone for good leaves no row in the bin of another library', async () => {
  const from = opened();
  await from.library.save(paper('2501.00001'));
  await from.library.removePapers([id('2501.00001')]);
  await from.library.emptyBin();
  const to = opened();
  await to.library.importJson(await from.library.exportJson());
  expect(await to.library.bin(0, 9)).toMatchObject({ total: 0 });
  // It is still known to be removed, so that an older copy does not bring it back.
  expect(await to.db.kept.get(id('2501.00001'))).toMatchObject({ removed: 2 });
});

test('tags of any length come in whole, are found, and one that is no tag any more is refused', async () => {
  const { library, files, db } = opened();
  const [first, second] = ['1', '2'].map((end) => `${'very '.repeat(100)}long: ${end}`);
  const tags = [first, second, 'x'.repeat(5_000), 'x'.repeat(5_001)];
  const papers = { 'Arxiv-2501.00001': { title: 'Kites', author: 'First Author', tags } };
  const preview = await files.preview(JSON.stringify({ ...papers, __dataVersion: 1 }), unwatched());
  expect(preview.refused).toEqual([{ at: 1, why: 'a tag in it is longer than 5,000 characters' }]);
  const { report } = await importAll(library, preview, unwatched());
  expect(report.refused).toEqual([]);
  const one = id('2501.00001');
  expect((await library.tagsOf(one)).sort()).toEqual(tags.slice(0, 3).sort());
  const found = async () =>
    Promise.all(
      tags.slice(0, 3).map(async (tag) => (await library.kept(`tag:"${tag}"`, 0, 9)).total),
    );
  expect(await found()).toEqual([1, 1, 1]);
  await library.refreshDue();
  await vi.waitFor(async () => expect(await db.indexQueue.count()).toBe(0));
  expect(await found()).toEqual([1, 1, 1]);
  // As by hand, and through our own file.
  await library.tagPapers([one], { add: ['y'.repeat(5_000)] });
  await expect(library.tagPapers([one], { add: ['y'.repeat(5_001)] })).rejects.toThrow(/5,000/);
  const to = opened();
  await to.library.importJson(await library.exportJson());
  expect(await to.library.tagsOf(one)).toEqual(await library.tagsOf(one));
});

test('tags, the bin and papers from elsewhere go through our own file', async () => {
  const from = opened();
  const other = id('doi:10.1000/xyz');
  await from.library.save(paper('2501.00001'));
  await from.library.save({ ...paper(other), venue: 'A Journal', code: 'https://example.org/c' });
  await from.library.tagPapers([other], { add: ['b: c', 'a'] });
  await from.library.tagPapers([other], { remove: ['a'] });
  await from.library.removePapers([id('2501.00001')]);
  const to = opened(undefined, { at: start + 5_000 });
  const file = await from.library.exportJson();
  await to.library.importJson(file);
  expect(JSON.parse(await to.library.exportJson()).papers).toEqual(JSON.parse(file).papers);
  expect((await to.library.kept('', 0, 9)).rows.map((row) => row.id)).toEqual([other]);
});

test.each([
  ['PK\u0003\u0004zip', /zip file\. Unpack/],
  ['%PDF-1.7', /This is a PDF/],
  ['a\0b', /no text/],
  ['\u0089PNG\r\n\u001a\n\0\0', /no text/],
  ['{"a": 1}', /of no other format/],
  ['{"a": ', /not JSON/],
])('%j is refused with a plain sentence, and nothing is changed', async (text, says) => {
  const { files } = opened();
  await expect(files.preview(text, unwatched())).rejects.toThrow(says);
});

test('Markdown that we write is refused as what it is, whatever the notes are', async () => {
  const { library, files } = opened();
  await library.save(paper('2501.00001'));
  await library.save(paper('doi:10.1000/kites', { title: '', authors: [] }));
  const file = async (format: ExportFormat, ids?: PaperId[]) =>
    (await files.write(format, ids, unwatched())).file;
  for (const ids of [undefined, [id('2501.00001')], [id('doi:10.1000/kites')]]) {
    const text = await (await file('markdown', ids)).text();
    await expect(files.preview(text, unwatched())).rejects.toThrow('This is Markdown.');
  }
  const note = '---\ntitle: Kites\n---\n';
  await expect(files.preview(note, unwatched())).rejects.toThrow('This is Markdown.');
  const list = '# To read\n\n2501.00001\n[Kites](https://arxiv.org/abs/2501.00002)\n';
  expect(totals(await files.preview(list, unwatched()))).toMatchObject({ same: 1, new: 1 });
});

test('annotations of papers without highlights are not written, with a word why', async () => {
  const { library, files } = opened();
  await library.save(paper('2501.00001'));
  await expect(files.write('annotations', undefined, unwatched())).rejects.toThrow(
    /has a highlight/,
  );
  await library.addHighlight(paper('2501.00002'), highlight());
  expect((await files.write('annotations', undefined, unwatched())).papers).toBe(1);
});

test('a file that is cut off gives its good records, and says where it ends', async () => {
  const { library, files } = opened();
  await library.save(paper('2501.00001'));
  await library.save(paper('2501.00002'));
  const text = await library.exportJson();
  const { files: there } = opened();
  const preview = await there.preview(text.slice(0, text.indexOf('2501.00002') + 20), unwatched());
  expect(totals(preview)).toMatchObject({ new: 1 });
  expect(preview.refused).toEqual([{ at: 2, why: expect.stringMatching(/the file ends here/) }]);
  expect((await files.preview(text, unwatched())).records).toBe(0);
});

test.each(['json', 'bibtex', 'ris', 'cslJson', 'csv', 'markdown', 'notes', 'annotations'] as const)(
  'an export as %s has each paper once, and stops when it is told to',
  async (format) => {
    const { library, files } = opened();
    for (let n = 1; n < 4; n++) {
      const one = paper(`2501.0000${n}`);
      await library.save(one);
      await library.addHighlight(one, { ...highlight(), id: crypto.randomUUID() });
    }
    const all = await files.write(format, undefined, unwatched());
    expect(all.papers).toBe(3);
    expect(all.file.size).toBeGreaterThan(50);
    const some = await files.write(format, [id('2501.00002')], unwatched());
    expect(some.papers).toBe(1);
    const watch = { ...unwatched(), signal: AbortSignal.abort() };
    await expect(files.write(format, undefined, watch)).rejects.toThrow();
  },
);
