// The bin: what is removed stands in it with all it has, comes back whole, and goes for good after 30 days.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayLength, highlight, id, minute, opened, paper, start, unwatched } from './opened';

const one = id('2608.00001');
const two = id('2608.00002');
type Library = ReturnType<typeof opened>['library'];

async function type(library: Library, text: string, editor = 'a') {
  const { revision, text: base } = await library.note(one);
  return library.writeNote({ id: one, text, base: { revision, text: base }, editor });
}

/** A paper with everything: saved, noted twice, tagged, read, highlighted and commented. */
async function full() {
  const all = opened();
  const { library, clock } = all;
  await library.save(paper(one));
  await type(library, 'a first thought');
  clock.now += 2 * minute;
  await type(library, 'another one', 'b');
  await library.tagPapers([one], { add: ['vision'] });
  await library.setReading(paper(one), 'read');
  const mark = highlight('lanterns');
  await library.addHighlight(paper(one), mark);
  await library.comment({ id: mark.id, text: 'see kites', base: '' });
  clock.now += minute;
  await library.save(paper(two));
  return all;
}

const whole = {
  total: 2,
  rows: [
    { id: two },
    {
      ...{ id: one, saved: true, note: 'another one', tags: ['vision'], reading: 'read' },
      highlights: 1,
    },
  ],
};

test('a removed paper is to pages as if it was never kept, and comes back whole to its place', async () => {
  const { library, clock } = await full();
  clock.now += minute;
  expect(await library.removePapers([one, two, id('2608.00009')])).toEqual([one, two]);
  expect(await library.removePapers([one])).toEqual([]);
  expect(await library.kept('', 0, 9)).toMatchObject({ total: 0, kept: 0, rows: [] });
  expect((await library.look([one]))[0]).toMatchObject({
    ...{ saved: false, noted: false, reading: 'unread' },
  });
  expect((await library.look([one]))[0]?.highlights).toBeUndefined();
  expect(await library.highlights(one)).toEqual([]);
  expect(await library.annotations(one)).toEqual([]);
  expect(await library.tagsOf(one)).toEqual([]);
  expect(await library.tags()).toEqual([]);
  expect(await library.bin(0, 9)).toMatchObject({
    total: 2,
    rows: expect.arrayContaining([
      expect.objectContaining({
        ...{ id: one, removedAt: clock.now, goesAt: clock.now + 30 * dayLength },
        ...{ note: 'another one', highlights: 1 },
      }),
    ]),
  });
  expect((await library.restorePapers([one, two])).sort()).toEqual([one, two]);
  expect(await library.restorePapers([one, two])).toEqual([]);
  expect(await library.kept('', 0, 9)).toMatchObject(whole);
  expect(await library.bin(0, 9)).toEqual({ total: 0, rows: [] });
});

test.each<[string, (library: Library) => Promise<unknown>, object]>([
  ['saving', (library) => library.save(paper(one)), {}],
  ['noting', (library) => type(library, 'another one, again'), { note: 'another one, again' }],
  ['the same note', (library) => type(library, 'another one'), {}],
  ['highlighting', (library) => library.addHighlight(paper(one), highlight()), { highlights: 2 }],
  [
    'tagging',
    (library) => library.tagPapers([one], { add: ['kites'], remove: ['vision'] }),
    { tags: ['kites', 'vision'] },
  ],
  [
    'setting its state',
    (library) => library.setReading(paper(one), 'reading'),
    { reading: 'reading' },
  ],
])('%s takes a paper out of the bin, with all it had', async (_, again, more) => {
  const { library, clock } = await full();
  await library.removePapers([one]);
  clock.now += dayLength;
  await again(library);
  const { rows } = await library.kept('', 0, 9);
  expect(rows[0]).toMatchObject({ ...whole.rows[1], ...more });
  expect(await library.highlights(one)).toHaveLength((more as { highlights?: 2 }).highlights ?? 1);
  expect((await library.bin(0, 9)).total).toBe(0);
});

test('taking the note of a removed paper away leaves it in the bin', async () => {
  const { library } = await full();
  await library.removePapers([one]);
  await type(library, '');
  expect((await library.bin(0, 9)).total).toBe(1);
  expect((await library.kept('', 0, 9)).total).toBe(1);
});

test('after 30 days its texts go, once, and an old copy does not bring the paper back', async () => {
  const { library, clock, db, changes } = await full();
  const before = await library.exportJson();
  clock.now += minute;
  await library.removePapers([one]);
  clock.now += 30 * dayLength - 1;
  await library.refreshDue();
  expect((await library.bin(0, 9)).total).toBe(1);
  clock.now += 1;
  await library.refreshDue();
  expect(await library.bin(0, 9)).toEqual({ total: 0, rows: [] });
  const stored = JSON.stringify([
    ...[await db.kept.get(one), await db.highlights.toArray(), await db.noteVersions.toArray()],
  ]);
  expect(stored).not.toMatch(/thought|another|"vision"|lanterns|kites|Title/);
  expect(await db.kept.get(one)).toMatchObject({ removed: 2, listed: 0 });
  const row = await db.kept.get(one);
  const told = changes.length;
  await library.refreshDue();
  await library.emptyBin();
  await library.emptyBin([one]);
  expect(await library.restorePapers([one])).toEqual([]);
  expect(await db.kept.get(one)).toEqual(row);
  expect(changes.slice(told).some(({ papers }) => papers?.includes(one))).toBe(false);
  expect(await library.restore(one)).toMatchObject({ saved: false });
  await library.importJson(before);
  expect((await library.kept('', 0, 9)).rows.map((row) => row.id)).toEqual([two]);
  // The person may keep it again, as one that is new.
  await library.save(paper(one));
  expect((await library.kept('', 0, 9)).rows[0]).toMatchObject({ id: one, saved: true });
});

test('the bin is emptied five hundred papers at a time, and one that dies in between goes on', async () => {
  const { library, db } = opened();
  const ids = Array.from({ length: 1_100 }, (_, at) => id(`2608.${10_000 + at}`));
  const papers = ids.map((one) => ({ ...paper(one), saved: true, savedAt: 1, savedChangedAt: 1 }));
  for (let at = 0; at < ids.length; at += 500) {
    await library.importRecords(papers.slice(at, at + 500));
    await library.removePapers(ids.slice(at, at + 500));
  }
  const put = db.kept.bulkPut.bind(db.kept);
  const sizes: number[] = [];
  db.kept.bulkPut = ((rows: never[]) => {
    sizes.push(rows.length);
    if (sizes.length === 2) throw new Error('The background died.');
    return put(rows);
  }) as never;
  await expect(library.emptyBin()).rejects.toThrow();
  expect((await library.bin(0, 9)).total).toBe(600);
  await library.emptyBin();
  expect(sizes).toEqual([500, 500, 500, 100]);
  expect((await library.bin(0, 9)).total).toBe(0);
});

test('emptied up to a time, the bin keeps what came into it after that', async () => {
  const { library, clock, files } = await full();
  await library.save(paper('2608.00003'));
  const other = opened();
  await other.library.save(paper('2608.00003'));
  other.clock.now = clock.now + 1;
  await other.library.removePapers([id('2608.00003')]);
  clock.now += minute;
  await library.removePapers([one]);
  const counted = clock.now;
  clock.now += minute;
  await library.removePapers([two]);
  // By its stamp it was removed before the count.
  const file = await files.preview(await other.library.exportJson(), unwatched());
  for (const batch of file.batches()) await library.importRecords(...batch);
  await library.emptyBin(counted);
  const { rows } = await library.bin(0, 9);
  expect(rows.map((row) => row.id).sort()).toEqual([two, '2608.00003']);
});

const stamp = fc.constantFrom(start - 4, start - 3, start - 2, start - 1);
const decided = fc.record({
  saved: fc.option(fc.record({ saved: fc.boolean(), savedChangedAt: stamp }), { nil: undefined }),
  reading: fc.option(
    fc.record({
      reading: fc.constantFrom('unread', 'reading', 'read'),
      readingChangedAt: stamp,
    }),
    { nil: undefined },
  ),
  dismissed: fc.option(fc.record({ dismissed: fc.boolean(), dismissedChangedAt: stamp }), {
    nil: undefined,
  }),
  removed: fc.option(fc.record({ removed: fc.boolean(), removedChangedAt: stamp }), {
    nil: undefined,
  }),
  tags: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('vision', 'Vision', 'kites'),
      changedAt: stamp,
      off: fc.boolean(),
    }),
    { selector: ({ name }) => name.toLowerCase(), maxLength: 2 },
  ),
  readVersion: fc.integer({ min: 1, max: 3 }),
});

test('two copies of a library become the same, whichever is merged into the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(decided, { minLength: 2, maxLength: 3 }), async (all) => {
      const files = all.map(({ saved, reading, dismissed, removed, ...rest }, at) => [
        {
          ...{ id: one, title: 'Lanterns', authors: ['First Author'], abstract: '' },
          ...{ keptAt: start + at, ...rest, ...reading, ...dismissed, ...removed },
          ...(saved && { savedAt: saved.savedChangedAt, ...saved }),
        },
      ]);
      const into = async (order: typeof files) => {
        const { library, db } = opened();
        for (const file of order) expect((await library.importRecords(file)).refused).toEqual([]);
        // Its place in the library and in the bin follow from when it stood there, not from a stamp.
        const { keptAt: _, binnedAt: __, ...row } = (await db.kept.get(one)) ?? { keptAt: 0 };
        db.close();
        return row;
      };
      expect(await into(files)).toEqual(await into(files.toReversed()));
    }),
    { numRuns: 60 },
  );
});
