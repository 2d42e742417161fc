// Export and import: a round trip loses nothing, a merge overwrites nothing, a bad file says why.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { dayLength, highlight, id, minute, opened, paper, start, unwatched } from './opened';

// Whole lives of two libraries take a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const ids = ['2608.00001', '2608.00002', '2608.00003', '2608.00004', 'hep-th/9901001'];

const keeping = [
  'save',
  'unsave',
  'restore',
  'write',
  'setReading',
  'tag',
  'untag',
  'highlight',
  'recolour',
  'comment',
  'remove',
  'bringBack',
] as const;
const removing = ['removePaper', 'restorePaper', 'emptyBin'] as const;

/** What a person does, at a minute of their own. */
const lifeOf = (verbs: readonly ((typeof keeping)[number] | (typeof removing)[number])[]) =>
  fc.array(
    fc.record({
      verb: fc.constantFrom(...verbs),
      reading: fc.constantFrom('unread' as const, 'reading' as const, 'read' as const),
      which: fc.nat(ids.length - 1),
      text: fc.string({ unit: 'grapheme', maxLength: 12 }),
      editor: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 10 },
  );
const deeds = lifeOf(keeping);
/** With a bin, in which things go from sight. */
const allDeeds = lifeOf([...keeping, ...removing]);
type Deeds = typeof deeds extends fc.Arbitrary<infer T> ? T : never;

async function live({ library, clock }: ReturnType<typeof opened>, life: Deeds, pick = ids) {
  for (const { verb, which, reading, text, editor } of life) {
    const one = id(pick[which % pick.length] as string);
    clock.now += minute / 2;
    if (verb === 'save') await library.save(paper(one, { version: 2, categories: ['cs.CL'] }));
    else if (verb === 'write') {
      const { revision, text: base } = await library.note(one);
      await library.writeNote({ id: one, text, base: { revision, text: base }, editor });
    } else if (verb === 'setReading') {
      await library.setReading(paper(one, { version: 1 + (text.length % 3) }), reading);
    } else if (verb === 'tag' || verb === 'untag') {
      const tags = [['a: b', '__proto__'][text.length % 2] as string];
      await library.tagPapers([one], verb === 'tag' ? { add: tags } : { remove: tags });
    } else if (verb === 'removePaper') await library.removePapers([one]);
    else if (verb === 'restorePaper') await library.restorePapers([one]);
    else if (verb === 'emptyBin') await library.emptyBin([one]);
    else if (verb === 'unsave' || verb === 'restore') await library[verb](one);
    else await mark(library, verb, one, text);
  }
}

/** The one highlight that each paper may have here, with an id that both libraries know. */
async function mark(
  library: ReturnType<typeof opened>['library'],
  verb: 'highlight' | 'recolour' | 'comment' | 'remove' | 'bringBack',
  one: ReturnType<typeof id>,
  text: string,
) {
  const { id: own } = highlight('', {
    id: `00000000-0000-4000-9000-00000000000${ids.indexOf(one)}`,
  });
  const colour = (['green', 'blue', 'pink'] as const)[text.length % 3] ?? 'green';
  if (verb === 'highlight') {
    const words = text.trim() ? text : 'words';
    await library.addHighlight(paper(one), highlight(words, { id: own }));
  } else if (verb === 'recolour') await library.recolourHighlight(own, colour);
  else if (verb === 'remove') await library.removeHighlight(own);
  else if (verb === 'bringBack') await library.restoreHighlight(own);
  else {
    const base = (await library.annotation(own))?.comment ?? '';
    await library.comment({ id: own, text, base });
  }
}

/** The file without the time it was written at. */
async function exported(library: ReturnType<typeof opened>['library']) {
  return JSON.parse(await library.exportJson()).papers as object[];
}

const at = start + dayLength;

test('an own export into an empty library gives the same library', async () => {
  await fc.assert(
    fc.asyncProperty(allDeeds, async (life) => {
      const from = opened();
      await live(from, life);
      const to = opened(undefined, { at });
      const report = await to.library.importJson(await from.library.exportJson());
      expect(await exported(to.library)).toEqual(await exported(from.library));
      expect(await to.library.kept('', 0, 100)).toEqual(await from.library.kept('', 0, 100));
      expect(await to.library.bin(0, 100)).toEqual(await from.library.bin(0, 100));
      expect(report).toMatchObject({ changed: 0, same: 0, refused: [] });
    }),
    { numRuns: 30 },
  );
});

test('importing twice changes nothing the second time', async () => {
  await fc.assert(
    fc.asyncProperty(allDeeds, allDeeds, async (mine, theirs) => {
      const here = opened(undefined, { at });
      const there = opened();
      await live(here, mine);
      await live(there, theirs);
      const file = await there.library.exportJson();
      await here.library.importJson(file);
      const once = await exported(here.library);
      const report = await here.library.importJson(file);
      expect(await exported(here.library)).toEqual(once);
      const { kept, rows } = await here.library.kept('', 0, 100);
      expect(kept).toBe(rows.length);
      for (const { id: one, highlights = 0 } of rows) {
        expect(await here.library.highlights(one)).toHaveLength(highlights);
      }
      expect(report).toMatchObject({ added: 0, changed: 0 });
    }),
    { numRuns: 30 },
  );
});

test('files of different papers may come in any order', async () => {
  await fc.assert(
    fc.asyncProperty(allDeeds, allDeeds, async (a, b) => {
      const first = opened();
      const second = opened();
      await live(first, a, ids.slice(0, 2));
      await live(second, b, ids.slice(2));
      const files = [await first.library.exportJson(), await second.library.exportJson()];
      const forth = opened(undefined, { at });
      const back = opened(undefined, { at });
      for (const file of files) await forth.library.importJson(file);
      for (const file of files.reverse()) await back.library.importJson(file);
      expect(await exported(forth.library)).toEqual(await exported(back.library));
    }),
    { numRuns: 30 },
  );
});

const { paper: _, ...mark1 } = {
  ...highlight('Some words', { id: '00000000-0000-4000-9000-000000000009' }),
  paper: ids[0],
};

/** The fields of one record, in groups of which each is one thing that a person or a page says. */
const said = {
  title: { title: 'A title', authors: ['First Author'] },
  abstract: { abstract: 'An abstract.', categories: ['cs.CL'], venue: 'A Journal' },
  version: { version: 3, readVersion: 2 },
  saved: { saved: true, savedAt: 3, savedChangedAt: 3 },
  reading: { reading: 'read', readingChangedAt: 4 },
  dismissed: { dismissed: true, dismissedChangedAt: 4 },
  tags: {
    tags: [
      { name: 'constructor', changedAt: 4 },
      { name: 'b', changedAt: 5, off: true },
    ],
  },
  removed: { removed: true, removedChangedAt: 6 },
  note: { note: { text: 'A note', updatedAt: 7 } },
  earlier: { earlier: [{ text: 'Before it', replacedAt: start }] },
  highlights: { highlights: [{ ...mark1, createdAt: 8, comment: 'A comment' }] },
  opened: { opens: 3, openedAt: 9 },
};

test('two files that say different things of one paper may come in any order', async () => {
  const names = Object.keys(said) as (keyof typeof said)[];
  await fc.assert(
    fc.asyncProperty(fc.subarray(names), fc.subarray(names), async (first, second) => {
      const file = (fields: typeof names) =>
        JSON.stringify({
          format: 'paper-margin',
          version: 4,
          papers: [Object.assign({ id: ids[0], keptAt: 5 }, ...fields.map((name) => said[name]))],
        });
      const files = [first, second.filter((name) => !first.includes(name))].map(file);
      const forth = opened(undefined, { at });
      const back = opened(undefined, { at });
      const whole = opened(undefined, { at });
      for (const one of files) await forth.library.importJson(one);
      for (const one of files.toReversed()) await back.library.importJson(one);
      await whole.library.importJson(file([...new Set([...first, ...second])]));
      const result = await exported(forth.library);
      expect(await exported(back.library)).toEqual(result);
      expect(await exported(whole.library)).toEqual(result);
    }),
    { numRuns: 20 },
  );
});

test('no comment that was typed on either side is lost, and no highlight', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, deeds, async (mine, theirs) => {
      const here = opened(undefined, { at });
      const there = opened();
      await live(here, mine);
      await live(there, theirs);
      const all = async ({ library }: ReturnType<typeof opened>) =>
        (await Promise.all(ids.map((one) => library.annotations(id(one))))).flat();
      const before = await all(here);
      const added = await all(there);
      await here.library.importJson(await there.library.exportJson());
      const after = new Map((await all(here)).map((one) => [one.id, one]));
      for (const one of [...before, ...added]) {
        const now = after.get(one.id) ?? (await here.library.restoreHighlight(one.id));
        expect(now).toMatchObject({ paper: one.paper });
        expect((await here.library.annotation(one.id))?.comment).toContain(one.comment);
      }
    }),
    { numRuns: 30 },
  );
});

test('no note that was typed on either side is lost', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, deeds, async (mine, theirs) => {
      const here = opened(undefined, { at });
      const there = opened();
      await live(here, mine);
      await live(there, theirs);
      const both = (
        await Promise.all([here, there].map(({ library }) => library.kept('', 0, 100)))
      ).flatMap((page) => page.rows);
      await here.library.importJson(await there.library.exportJson());
      for (const { id: one, note } of both) {
        // Where it was emptied here since, it is an earlier text.
        const { text, versions } = await here.library.note(one);
        expect([text, ...versions.map((version) => version.text)].join('\n')).toContain(note);
      }
    }),
    { numRuns: 30 },
  );
});

test('no removal in a file takes anything of a paper that lives here, whenever it was', async () => {
  const days = fc.constantFrom(0, 20, 40).map((day) => start + day * dayLength);
  await fc.assert(
    fc.asyncProperty(deeds, days, allDeeds, days, async (mine, from, theirs, since) => {
      const here = opened(undefined, { at: from });
      const there = opened(undefined, { at: since });
      await live(here, mine, ids.slice(0, 2));
      await live(there, theirs, ids.slice(0, 2));
      await there.library.removePapers(ids.map(id));
      here.clock.now = start + 60 * dayLength;
      const { rows } = await here.library.kept('', 0, 100);
      const touched = new Map((await here.db.kept.toArray()).map((row) => [row.id, row]));
      await here.library.importJson(await there.library.exportJson());
      await here.library.refreshDue();
      for (const { id: one, note, highlights = 0 } of rows) {
        const row = await here.db.kept.get(one);
        const { savedChangedAt = 0, noteAt = 0 } = touched.get(one) ?? {};
        expect(row?.note).toContain(note);
        expect(row?.highlights ?? 0).toBeGreaterThanOrEqual(highlights);
        if (row?.removed) {
          expect(row.removedChangedAt).toBeGreaterThanOrEqual(Math.max(savedChangedAt, noteAt));
          await here.library.restorePapers([one]);
          expect((await here.library.look([one]))[0]?.noted).toBe(note !== '' || row.note !== '');
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('what is removed here and lives there is the same whichever comes first', async () => {
  const days = fc.constantFrom(0, 20, 40).map((day) => start + day * dayLength);
  await fc.assert(
    fc.asyncProperty(deeds, days, allDeeds, days, async (a, from, b, since) => {
      const first = opened(undefined, { at: from });
      const second = opened(undefined, { at: since });
      await live(first, a, ids.slice(0, 1));
      await live(second, b, ids.slice(0, 1));
      const files = [await first.library.exportJson(), await second.library.exportJson()];
      const standing = async (order: string[]) => {
        const { library, db } = opened(undefined, { at: start + 60 * dayLength });
        for (const file of order) await library.importJson(file);
        const row = await db.kept.get(id(ids[0] as string));
        // What has texts goes to the bin only, what has none is gone.
        return [Boolean(row?.removed), row?.removedChangedAt, row?.listed];
      };
      expect(await standing(files)).toEqual(await standing(files.toReversed()));
    }),
    { numRuns: 30 },
  );
});

describe('merging', () => {
  const one = id('2608.00001');
  const file = (record: object) =>
    JSON.stringify({
      format: 'paper-margin',
      version: 1,
      papers: [{ id: one, keptAt: 5, ...record }],
    });
  const write = (library: ReturnType<typeof opened>['library'], text: string) =>
    library.writeNote({ id: one, text, base: { revision: 0, text: '' }, editor: 'a' });

  test('two different notes are both kept', async () => {
    const { library, changes } = opened();
    await write(library, 'mine');
    await library.importJson(file({ note: { text: 'theirs', updatedAt: 9 } }));
    expect((await library.note(one)).text).toBe('mine\n\ntheirs');
    expect(changes.at(-1)).toEqual({ papers: [one] });
  });

  test('a note that was emptied stays so, and an older text is an earlier one', async () => {
    const { library, clock, files } = opened();
    await library.save(paper(one));
    const { revision } = await write(library, 'mine');
    const before = await library.exportJson();
    clock.now += minute;
    await library.writeNote({ id: one, text: '', base: { revision, text: 'mine' }, editor: 'a' });
    expect(await library.importJson(before)).toMatchObject({ changed: 0 });
    const theirs = file({ keptAt: start, note: { text: 'theirs', updatedAt: clock.now - 1 } });
    // However long ago it was emptied, the text is kept.
    clock.now += 40 * dayLength;
    const preview = await files.preview(theirs, unwatched());
    expect(preview.groups.changed.papers).toMatchObject([{ changes: ['earlier notes'] }]);
    await library.importJson(theirs);
    expect(await library.note(one)).toMatchObject({ text: '', versions: [{ text: 'theirs' }] });
    expect(await library.importJson(theirs)).toMatchObject({ changed: 0 });
    await library.importJson(file({ note: { text: 'later', updatedAt: clock.now } }));
    expect((await library.note(one)).text).toBe('later');
  });

  test('a note that holds the other one stands alone', async () => {
    const { library } = opened();
    await write(library, 'mine');
    await library.importJson(file({ note: { text: 'mine and more', updatedAt: 9 } }));
    await library.importJson(file({ note: { text: 'and', updatedAt: 9 } }));
    expect((await library.note(one)).text).toBe('mine and more');
  });

  test('saved follows the newer decision', async () => {
    const { library, clock } = opened();
    await library.save(paper(one));
    clock.now += minute;
    await library.unsave(one);
    await library.importJson(file({ saved: true, savedAt: start, savedChangedAt: start }));
    expect((await library.look([one]))[0]?.saved).toBe(false);
    await library.importJson(
      file({ saved: true, savedAt: start, savedChangedAt: start + dayLength }),
    );
    expect((await library.look([one]))[0]?.saved).toBe(true);
  });

  test('the reading state follows the newer decision, and a file without it leaves it', async () => {
    const { library, clock } = opened();
    await library.setReading(paper(one), 'reading');
    clock.now += minute;
    await library.setReading(paper(one), 'read');
    const reading = async () => (await library.look([one]))[0]?.reading;
    await library.importJson(file({ reading: 'unread', readingChangedAt: start }));
    expect(await reading()).toBe('read');
    await library.importJson(file({ saved: true }));
    expect(await reading()).toBe('read');
    clock.now += 2 * dayLength;
    await library.importJson(file({ readingChangedAt: start + dayLength }));
    expect(await reading()).toBe('read');
    await library.importJson(file({ reading: 'reading', readingChangedAt: start + dayLength }));
    expect(await reading()).toBe('reading');
  });

  test('a paper that is being read on both sides stands where it was first', async () => {
    const { library } = opened();
    await library.setReading(paper(one), 'read');
    await library.importJson(file({ reading: 'reading' }));
    expect((await library.kept('', 0, 9)).rows).toMatchObject([{ reading: 'read', keptAt: 5 }]);
  });

  test('a paper that is only being read comes in with its place, and leaves when it is unread', async () => {
    const { library } = opened();
    await library.importJson(file({ reading: 'reading' }));
    expect(await library.kept('', 0, 9)).toMatchObject({
      kept: 1,
      rows: [{ id: one, saved: false, reading: 'reading', keptAt: 5 }],
    });
    await library.importJson(file({ reading: 'unread', readingChangedAt: 6 }));
    expect(await library.kept('', 0, 9)).toMatchObject({ kept: 0, rows: [] });
  });

  test('stored metadata is completed, never overwritten', async () => {
    const { library } = opened();
    await library.save({ ...paper(one), abstract: '', version: 2 });
    await library.importJson(
      file({ title: 'Other', abstract: 'An abstract.', version: 1, saved: true }),
    );
    expect((await library.look([one]))[0]?.paper).toMatchObject({
      title: `Title of ${one}`,
      abstract: 'An abstract.',
      version: 2,
    });
  });

  test('a bad metadata field falls back alone', async () => {
    const { library } = opened();
    const report = await library.importJson(
      file({ title: 7, authors: 'x', published: 'soon', abstract: 'An abstract.', saved: true }),
    );
    expect(report).toEqual({ added: 1, changed: 0, same: 0, refused: [] });
    expect((await library.look([one]))[0]).toMatchObject({
      saved: true,
      paper: { title: '', authors: [], abstract: 'An abstract.' },
    });
  });

  test.each(['2026-99-99', '2026-02-30', '2025-02-29', '2026-00-10', '0000-00-00'])(
    'a day that the calendar does not have, %s, is left out and the record taken',
    async (none) => {
      const { library } = opened();
      const report = await library.importJson(
        file({ title: 'Bad date', saved: true, published: none, updated: '2024-02-29' }),
      );
      expect(report).toEqual({ added: 1, changed: 0, same: 0, refused: [] });
      const [row] = (await library.kept('', 0, 1)).rows;
      expect(row?.paper).not.toHaveProperty('published');
      expect(row?.paper.updated).toBe('2024-02-29');
    },
  );

  test.each(['1e999', '8.64e15', '-1', '"now"', 'null'])(
    'what is no time, %s, is left out and the record taken',
    async (none) => {
      const { library } = opened();
      const times = ['savedAt', 'savedChangedAt', 'keptAt'].map((name) => `"${name}":${none}`);
      const record = `{"id":"${one}","saved":true,${times},"note":{"text":"good","updatedAt":${none}}}`;
      const text = `{"format":"paper-margin","version":1,"papers":[${record}]}`;
      expect(await library.importJson(text)).toMatchObject({ added: 1, refused: [] });
      expect(await exported(library)).toEqual([
        expect.objectContaining({
          saved: true,
          savedAt: 0,
          savedChangedAt: 0,
          keptAt: 0,
          note: { text: 'good', updatedAt: 0 },
        }),
      ]);
    },
  );
});

describe('a bad file', () => {
  test.each([
    ['{\n"format": "paper-margin",\n"papers" [,]}', /not JSON.*near line 3/],
    ['{"format": "paper-margin",', /not JSON/],
    ['', /^There is nothing in it\./],
    ['\uFEFF \n', /^There is nothing in it\./],
    ['[]', /not an export of Paper Margin/],
    ['{"format":"other","version":1,"papers":[]}', /not an export of Paper Margin/],
    ['{"format":"paper-margin","version":1}', /not an export of Paper Margin/],
    ['{"format":"paper-margin","version":5,"papers":[]}', /newer Paper Margin.*Update/],
  ])('%j is refused with a plain sentence', async (text, sentence) => {
    const { library } = opened();
    await expect(library.importJson(text)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(sentence),
    });
  });

  test('bad records are named with place and reason, the good ones are taken', async () => {
    const { library } = opened();
    const papers = [
      'x',
      { id: '2608.00001', saved: true },
      { id: 'nonsense', saved: true },
      { id: '2608.00002', note: 5 },
      { id: '2608.00003', note: { text: 'good', updatedAt: 1 } },
      { id: '2608.00004', reading: 'half' },
    ];
    const report = await library.importJson(
      JSON.stringify({ format: 'paper-margin', version: 1, papers }),
    );
    expect(report).toEqual({
      added: 2,
      changed: 0,
      same: 0,
      refused: [
        { at: 1, why: 'it is not a record' },
        { at: 3, why: 'its field "id" is no arXiv id, no DOI and no web address' },
        { at: 4, why: 'its field "note" is missing or wrong' },
        { at: 6, why: 'its field "reading" is missing or wrong' },
      ],
    });
  });

  test('names that mean something to JavaScript are harmless', async () => {
    const { library } = opened();
    const text = `{"format":"paper-margin","version":1,"__proto__":{"x":1},"papers":[
      {"id":"2608.00001","saved":true,"__proto__":{"saved":false},"constructor":{"prototype":{"x":1}}}]}`;
    expect(await library.importJson(text)).toMatchObject({ added: 1 });
    expect(({} as { x?: number }).x).toBeUndefined();
    expect((await library.look([id('2608.00001')]))[0]?.saved).toBe(true);
  });

  test('no text at all makes it fail in another way', async () => {
    const { library } = opened();
    const inside = fc
      .json({ maxDepth: 3 })
      .map((x) => `{"format":"paper-margin","version":1,"papers":[${x}]}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), inside), async (text) => {
        await library
          .importJson(text)
          .catch((cause) => expect(cause).toMatchObject({ code: 'invalid' }));
      }),
    );
  });
});

test('a thousand papers come in at once, and the same again', async () => {
  const papers = Array.from({ length: 1200 }, (_, index) => ({
    ...paper(`2608.${10_000 + index}`),
    saved: true,
    keptAt: index + 1,
  }));
  const text = JSON.stringify({ format: 'paper-margin', version: 1, papers });
  const { library } = opened();
  expect(await library.importJson(text)).toMatchObject({ added: 1200 });
  expect(await library.importJson(text)).toMatchObject({ added: 0, changed: 0, same: 1200 });
  expect(await library.kept('', 0, 1)).toMatchObject({ kept: 1200, rows: [{ keptAt: 1200 }] });
  await vi.waitFor(
    async () =>
      expect(await library.kept('title', 1199, 9)).toMatchObject({
        total: 1200,
        rows: [{ keptAt: 1 }],
      }),
    10_000,
  );
});
