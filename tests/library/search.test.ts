// Full-text search: what is found, in which order, and that the index never tells anything but what is stored.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openSearch, searchTables } from '../../src/library/search';
import { docsToSearch } from '../../src/library/search/papers';
import { titleBeginning, titleNumber } from '../../src/library/search/terms';
import { readQuery } from '../../src/library/search/typed';
import { openDatabase, read } from '../../src/library/tables';
import type { Paper } from '../../src/paper';
import { matcher } from '../../src/query/matches';
import { queries } from '../query/any-query';
import { highlight, id, lists, opened, paper } from './opened';

type Opened = ReturnType<typeof opened>;

const found = async ({ library }: Pick<Opened, 'library'>, query: string) =>
  (await library.kept(query, 0, 500)).rows.map((row) => row.id as string);

async function write({ library }: Pick<Opened, 'library'>, which: string, text: string) {
  const { revision, text: base } = await library.note(id(which));
  await library.writeNote({ id: id(which), text, base: { revision, text: base }, editor: 'e' });
}

/** Builds the index in a background that dies before its `left`-th transaction. */
async function workUntilDeath(name: string, left: number): Promise<void> {
  const db = openDatabase(name);
  const transaction = db.transaction.bind(db) as (...args: unknown[]) => unknown;
  let rest = left;
  vi.spyOn(db, 'transaction').mockImplementation(((...args: unknown[]) => {
    if (rest-- > 0) return transaction(...args);
    throw new Error('The background died.');
  }) as never);
  await openSearch({ db })
    .work()
    .catch(() => {});
  db.close();
}

const word = fc.constantFrom(
  ...['llama', 'mamba', 'LLaMA3', 'art', 'Gödel', 'π', '大语言', 'pre-training', '2.5', 'hinton'],
  ...['articles', 'of', 'GPT-4', 'llamas', '1810.04805', 'vision'],
);
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const which = fc.integer({ min: 1, max: 8 }).map((at) => `2608.0000${at}`);
const step = fc.oneof(
  fc.record({
    do: fc.constant('save' as const),
    id: which,
    paper: fc.record({
      title: text,
      authors: fc.array(text, { maxLength: 3 }),
      abstract: text,
      published: fc.constantFrom('2022-12-31', '2023-06-01', '2024-02-03', '2025-01-01'),
      categories: fc.subarray(['cs.CL', 'cs.LG', 'math.AG', 'stat.ML']),
    }),
  }),
  fc.record({ do: fc.constantFrom('unsave' as const, 'restore' as const), id: which }),
  fc.record({
    do: fc.constantFrom('note' as const, 'highlight' as const, 'comment' as const),
    id: which,
    text,
  }),
  fc.record({ do: fc.constant('remove' as const), id: which }),
  fc.record({
    do: fc.constant('reading' as const),
    id: which,
    reading: fc.constantFrom('unread' as const, 'reading' as const, 'read' as const),
  }),
  fc.record({ do: fc.constant('lookup' as const), id: which, text, code: fc.boolean() }),
  fc.record({ do: fc.constant('work' as const), left: fc.integer({ min: 0, max: 30 }) }),
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('work' as const), left: fc.constant(1000) }),
  },
);

async function take(
  { library, db, name }: Opened,
  one: typeof step extends fc.Arbitrary<infer T> ? T : never,
) {
  if (one.do === 'work') return workUntilDeath(name, one.left);
  const bare: Paper = { id: id(one.id), title: '', authors: [], abstract: '' };
  switch (one.do) {
    case 'save':
      return library.save({ ...one.paper, id: id(one.id) });
    case 'unsave':
      return library.unsave(id(one.id));
    case 'restore':
      return library.restore(id(one.id));
    case 'note':
      return write({ library }, one.id, one.text);
    case 'highlight':
      return library.addHighlight(bare, highlight(one.text || 'words'));
    case 'comment': {
      const [first] = await library.annotations(id(one.id));
      return first && library.comment({ id: first.id, text: one.text, base: first.comment });
    }
    case 'remove': {
      const [first] = await library.highlights(id(one.id));
      return first && library.removeHighlight(first.id);
    }
    case 'reading':
      return library.setReading(bare, one.reading);
    case 'lookup': {
      const code = { url: 'https://example.org/x', label: 'x' };
      const trending = { keywords: [one.text], organization: one.text, ...(one.code && { code }) };
      return db.lookups.put({ id: id(one.id), fetchedAt: 1, found: true, trending });
    }
  }
}

/** What a look at every stored paper finds. */
async function scanned({ db }: Opened, query: string): Promise<string[]> {
  const matches = matcher(readQuery(query).query);
  return read(db, [...searchTables], async () => {
    const papers = await docsToSearch(db, await db.kept.toArray());
    return papers.flatMap((one) => (one && matches(one.doc) ? [one.doc.id as string] : []));
  });
}

test('the index finds what a look at every paper finds, whatever was written and wherever the background died', async () => {
  let [merged, some] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 70, size: 'max' }),
      fc.array(queries, { minLength: 5, maxLength: 5 }),
      async (steps, asked) => {
        const all = opened();
        for (const one of steps) await take(all, one);
        for (const query of [...asked, `${asked[0]} `, `${asked[1]} `, 'l', '-llama']) {
          const expected = await scanned(all, query);
          const { rows, total, near } = await all.library.kept(query, 0, 500);
          if (near) expect(expected).toEqual([]);
          else {
            expect(rows.map((row) => row.id as string).sort()).toEqual(expected.sort());
            expect(total).toBe(expected.length);
          }
          if (expected.length > 0) some++;
        }
        const segments = await all.db.indexSegments.toArray();
        if (segments.some(({ segment }) => segment > 6) && segments.length < 6) merged++;
        all.db.close();
      },
    ),
    { numRuns: 8 },
  );
  // Else this test would tell nothing.
  expect(merged).toBeGreaterThan(0);
  expect(some).toBeGreaterThan(10);
});

test('typing finds words that go on, and the whole word comes first', async () => {
  const { library } = opened();
  await library.save(paper('2608.00001', { title: 'Artificial lanterns', abstract: '' }));
  await library.save(paper('2608.00002', { title: 'On art', abstract: '' }));
  await library.save(paper('2608.00003', { title: 'Kites', abstract: '' }));
  expect(await found({ library }, 'art')).toEqual(['2608.00002', '2608.00001']);
  expect(await found({ library }, 'art ')).toEqual(['2608.00002']);
  expect(await found({ library }, 'author:fir')).toHaveLength(3);
  // What is left out is not guessed from its first letters.
  expect(await found({ library }, 'title -kit')).toEqual([]);
  expect(await found({ library }, 'author -kit')).toHaveLength(3);
});

test.each([
  ['2001.00002', '2001.00002'],
  ['2001.0000', '2001.00002'],
  ['2001.00002v', '2001.00002'],
  ['2001.00002v3', '2001.00002'],
  ['https://arxiv.org/abs/2001.00002v2', '2001.00002'],
  ['arxiv.org/abs/2001.00002', '2001.00002'],
  ['https://huggingface.co/papers/2001.00002', '2001.00002'],
  ['title 2001.00002v3', '2001.00002'],
  ['nothing OR arXiv:2001.00002v3', '2001.00002'],
  ['https://doi.org/10.1234/ABC_(x)', 'doi:10.1234/abc_(x)'],
  ['10.1234/abc_(x)', 'doi:10.1234/abc_(x)'],
  ['10.1234/abc_(', 'doi:10.1234/abc_(x)'],
  ['http://dx.doi.org/10.1234/other', 'doi:10.1234/other'],
  ['doi.org/10.1234/oth', 'doi:10.1234/other'],
  ['10.1234/OTHER', 'doi:10.1234/other'],
])('the link or id %s, pasted or typed so far, finds its paper', async (query, which) => {
  const all = opened();
  for (const one of ['2001.00002', '2001.10003', 'doi:10.1234/abc_(x)', 'doi:10.1234/other']) {
    await all.library.save(paper(one));
  }
  for (let round = 0; round < 2; round++) {
    expect(await found(all, query)).toEqual([which]);
    await workUntilDeath(all.name, 1000);
  }
});

test.each([
  ['transfomer', 'one letter missing'],
  ['tranfsormer', 'two swapped'],
  ['trannsformerr', 'two too many'],
  ['transfomrer', 'swapped, in the place of another'],
  ['trsnsformsr', 'two wrong'],
  ['transfro', 'while typing'],
  ['ransformer', 'the first letter missing'],
  ['title:transfomer', 'in a field'],
  ['"lantern transfomer"', 'in a phrase'],
])('%s still finds transformers (%s)', async (query) => {
  const all = opened();
  await all.library.save(paper('2608.00001', { title: 'A lantern transformer' }));
  await all.library.save(paper('2608.00002', { title: 'A kite' }));
  for (let round = 0; round < 2; round++) {
    const page = await all.library.kept(query, 0, 9);
    expect(page).toMatchObject({ total: 1, near: true, rows: [{ id: '2608.00001' }] });
    expect(page.rows[0]?.matches).toContainEqual({
      in: 'title',
      text: 'A lantern transformer',
      places: expect.arrayContaining([{ start: 10, end: 21 }]),
    });
    await workUntilDeath(all.name, 1000);
  }
});

test('short words and numbers are not guessed, and what is found exactly is not mixed with guesses', async () => {
  const { library } = opened();
  await library.save(paper('2608.00001', { title: 'A cat of 2608' }));
  await library.save(paper('2608.00002', { title: 'Lanterns' }));
  await library.save(paper('2608.00003', { title: 'Lantern' }));
  expect(await found({ library }, 'cut ')).toEqual([]);
  expect(await found({ library }, '2609.00001 ')).toEqual([]);
  expect(await found({ library }, 'lanterns ')).toEqual(['2608.00002']);
});

test('a title counts more than a note, a note more than the abstract; among equals the last kept comes first', async () => {
  const { library, clock } = opened();
  const plain = { title: 'Kites', authors: ['First Author'], abstract: 'About kites and rivers.' };
  const save = async (which: string, more: Partial<Paper> = {}) => {
    clock.now++;
    await library.save(paper(which, { ...plain, ...more }));
  };
  await save('2608.00001', { title: 'Lanterns' });
  await save('2608.00002', { abstract: 'About lanterns and rivers.' });
  await save('2608.00003');
  await write({ library }, '2608.00003', 'Compare with lanterns.');
  await save('2608.00004', { abstract: 'About lanterns and rivers.' });
  const ranked = ['2608.00001', '2608.00003', '2608.00004', '2608.00002'];
  expect(await found({ library }, 'lanterns')).toEqual(ranked);
  // Of two words the rarer one says more.
  expect((await found({ library }, 'kites OR "compare with"'))[0]).toBe('2608.00003');
  expect((await library.kept('lanterns', 1, 2)).rows.map((row) => row.id)).toEqual(
    ranked.slice(1, 3),
  );
});

test('code that an import named counts as code', async () => {
  const { library, db } = opened(lists({}));
  const one = { ...paper('2503.00001'), code: 'https://example.org/code' };
  const papers = [{ ...one, saved: true, savedAt: 1, savedChangedAt: 1, keptAt: 1 }];
  const file = { format: 'paper-margin', version: 4, exportedAt: '2026-08-19T10:00:00Z', papers };
  await library.importJson(JSON.stringify(file));
  await library.save(paper('2503.00002'));
  for (let round = 0; round < 2; round++) {
    expect(await found({ library }, 'has:code')).toEqual(['2503.00001']);
    await openSearch({ db }).work();
  }
});

test('a paper of which nobody told the date has the month of its id', async () => {
  const { library, db } = opened(lists({}));
  await library.save(paper('2503.00001'));
  await library.save(paper('hep-th/9901001'));
  await library.save(paper('2503.00002', { published: '2024-12-31' }));
  for (let round = 0; round < 2; round++) {
    expect(await found({ library }, 'after:2025-02 before:2025-04')).toEqual(['2503.00001']);
    expect(await found({ library }, 'before:2000')).toEqual(['hep-th/9901001']);
    expect((await library.facets('')).years.map(({ label }) => label)).toEqual([
      '2025',
      '2024',
      '1999',
    ]);
    await openSearch({ db }).work();
  }
});

test('results can be sorted', async () => {
  const { library, db, clock } = opened(lists({}));
  for (const [at, published] of ['2024-05-01', '2026-01-01', '2025-02-02'].entries()) {
    clock.now++;
    await library.save(paper(`2608.0000${at + 1}`, { published }));
  }
  clock.now++;
  await library.save(paper('2608.00004'));
  const search = openSearch({ db });
  const sorted = (sort: 'kept' | 'published') =>
    read(db, [...searchTables], async () =>
      (await search.find('title', { offset: 0, limit: 9, sort })).ids.map((id) => id.slice(-1)),
    );
  for (let round = 0; round < 2; round++) {
    expect(await sorted('kept')).toEqual(['4', '3', '2', '1']);
    expect(await sorted('published')).toEqual(['4', '2', '3', '1']);
    await search.work();
  }
});

test('far down in a long list papers stand where the whole list has them, through any change', async () => {
  const { library, db, clock } = opened(lists({}));
  const beginnings = [
    'Deep learning of',
    'deep learning in',
    '大语言',
    '大模型',
    'Über',
    '3D',
    'A',
    '',
  ];
  const papers = Array.from({ length: 620 }, (_, at) => ({
    ...paper(`2608.${String(10_000 + at)}`),
    title: at % 8 === 7 ? '' : `${beginnings[at % 8]} ${(at * 7919) % 1000}`,
    ...{
      saved: true,
      savedAt: at + 1,
      savedChangedAt: at + 1,
      keptAt: at % 8 === 7 ? at : (at * 31) % 500,
    },
  }));
  const file = { format: 'paper-margin', version: 1, exportedAt: '2026-08-19T10:00:00Z', papers };
  await library.importJson(JSON.stringify(file));
  const search = openSearch({ db });
  const some = (sort: 'kept' | 'title', offset: number, reverse: boolean) =>
    read(db, [...searchTables], () => search.all(sort, offset, 7, reverse));

  /** The order as it should be, of the rows themselves. */
  async function expected(sort: 'kept' | 'title', reverse: boolean): Promise<string[]> {
    const rows = (await db.kept.toArray()).filter(({ listed }) => listed);
    const by = (one: (row: (typeof rows)[number]) => string | number) =>
      rows.toSorted((a, b) => (one(a) < one(b) ? -1 : one(a) > one(b) ? 1 : a.id < b.id ? -1 : 1));
    const kept = by((row) => row.keptAt);
    if (sort === 'kept') return (reverse ? kept : kept.toReversed()).map((row) => row.id);
    const titled = by((row) => row.titleKey ?? '').filter((row) => row.titleKey);
    if (reverse) titled.reverse();
    const untitled = kept.toReversed().filter((row) => !row.titleKey);
    return [...titled, ...untitled].map((row) => row.id);
  }
  async function compare() {
    for (const sort of ['kept', 'title'] as const) {
      for (const reverse of [false, true]) {
        const whole = await expected(sort, reverse);
        for (const offset of [490, 497, 530, 541, 575, 610, 616, 700]) {
          expect(await some(sort, offset, reverse)).toEqual(whole.slice(offset, offset + 7));
        }
      }
    }
  }
  await compare();
  await search.work();
  await compare();
  clock.now++;
  await library.save(paper('2608.20000', { title: 'Deep learning of 500' }));
  await library.save(paper('2608.20001', { title: 'Zebra' }));
  await library.unsave(papers[300]?.id as never);
  await compare();
});

test('a sorted search has titles that begin alike in their order', async () => {
  const { library, db } = opened(lists({}));
  for (const at of [3, 1, 4, 2]) {
    await library.save(paper(`2608.0000${at}`, { title: `Attention is all you need ${at}` }));
  }
  const search = openSearch({ db });
  for (const reverse of [false, true]) {
    const { ids } = await read(db, [...searchTables], () =>
      search.find('attention', { offset: 1, limit: 2, sort: 'title', reverse }),
    );
    expect(ids).toEqual(reverse ? ['2608.00003', '2608.00002'] : ['2608.00002', '2608.00003']);
  }
});

test('the number of a title is in the order of titles and knows how they begin', () => {
  const titles = fc.string({ unit: fc.constantFrom(...' 09az大é'), maxLength: 12 });
  fc.assert(
    fc.property(titles, titles, (one, other) => {
      const [a, b] = [titleNumber(one), titleNumber(other)];
      if (one < other) expect(a).toBeLessThanOrEqual(b);
      expect(one.startsWith(titleBeginning(a))).toBe(true);
      expect(Number.isSafeInteger(a)).toBe(true);
    }),
  );
  expect(titleNumber('attention')).not.toBe(titleNumber('attend'));
});

test('a row tells where it has the words: in long texts the part around them', async () => {
  const { library } = opened();
  const abstract = `${'Rivers run. '.repeat(40)}Then a lantern shines. ${'Kites fly. '.repeat(40)}`;
  const lantern = paper('2608.00001', { title: 'The Lantern', abstract });
  await library.addHighlight(lantern, highlight('lanterns at night'));
  const [row] = (await library.kept('lantern', 0, 9)).rows;
  expect(row?.matches?.map((match) => match.in)).toEqual(['title', 'highlight', 'abstract']);
  for (const { text, places } of row?.matches ?? []) {
    expect(text.length).toBeLessThanOrEqual(240);
    expect(places.map(({ start, end }) => text.slice(start, end).toLowerCase())).toEqual([
      expect.stringMatching(/^lanterns?$/),
    ]);
  }
  expect(row?.matches?.[2]).toMatchObject({ cut: { before: true, after: true } });
  expect((await library.kept('is:saved', 0, 9)).rows[0]?.matches).toBeUndefined();
});

test.each([
  ['"lantern', 'quotation'],
  ['lantern tag:', 'tag:'],
  ['lantern author:"', 'quotation'],
  ['lantern (', 'parenthes'],
  ['lantern OR', 'OR'],
  ['lantern before:20', 'date'],
  ['lantern nonsense:x', 'nonsense'],
])('half typed, %s says what is missing and still answers', async (query, says) => {
  const { library } = opened();
  await library.save(paper('2608.00001', { title: 'A lantern or nonsense before 2000: x' }));
  await library.save(paper('2608.00002', { title: 'A kite' }));
  const page = await library.kept(query, 0, 9);
  expect(page.problem?.says).toContain(says);
  expect(page.rows.map((row) => row.id)).toEqual(['2608.00001']);
});

test('signs alone find all papers or none, and nothing throws', async () => {
  const { library } = opened();
  await library.save(paper('2608.00001'));
  for (const query of ['"', '&', '((((', 'tag:', '-', '*', '\0', '\uffff', 'is:']) {
    expect((await library.kept(query, 0, 9)).problem).toBeDefined();
  }
});

/** What the background does by itself comes when it comes, ms. */
const patience = 15_000;

test('while a large import is indexed, search says so and answers from what is there; it ends by itself', async () => {
  const { library, db } = opened();
  const papers = Array.from({ length: 400 }, (_, at) => ({
    ...paper(`2608.${String(10_000 + at)}`, { title: `Lantern ${at}` }),
    saved: true,
    savedAt: at + 1,
    savedChangedAt: at + 1,
    keptAt: at + 1,
  }));
  const file = { format: 'paper-margin', version: 1, exportedAt: '2026-08-19T10:00:00Z', papers };
  await library.importJson(JSON.stringify(file));
  const page = await library.kept('lantern', 0, 9);
  expect(page.indexing?.of).toBe(400);
  expect(page.total).toBe(page.rows.length < 9 ? page.rows.length : page.total);
  await vi.waitFor(async () => {
    expect(await library.kept('lantern', 0, 9)).toMatchObject({ total: 400 });
  }, patience);
  expect((await library.kept('lantern', 0, 9)).indexing).toBeUndefined();
  await vi.waitFor(async () => expect(await db.indexQueue.count()).toBe(0), patience);
});

test('while a large import is indexed, the parts say that not all is counted, and are whole when it ends', async () => {
  const { library, db, clock } = opened();
  const rows = Array.from({ length: 1500 }, (_, at) => ({
    ...paper(`2608.${String(10_000 + at)}`, { title: `Lantern ${at}` }),
    saved: true,
    savedAt: clock.now,
    savedChangedAt: clock.now,
    keptAt: clock.now,
  }));
  const file = { format: 'paper-margin', version: 1, exportedAt: '2026-08-19T10:00:00Z' };
  const heard = new Promise<void>((done) => library.onChange((change) => change.index && done()));
  await library.importJson(JSON.stringify({ ...file, papers: rows }));
  const saved = async () => {
    const { states, indexing } = await library.facets('');
    return { papers: states.find(({ term }) => term === 'is:saved')?.papers ?? 0, indexing };
  };
  const first = await saved();
  expect(first.indexing).toBe(true);
  expect(first.papers).toBeLessThan(1500);
  await vi.waitFor(async () => expect(await saved()).toEqual({ papers: 1500 }), patience);
  await heard;
  await vi.waitFor(async () => expect(await db.indexQueue.count()).toBe(0), patience);
});

test('a save or a key in a note writes one small row for the index, however many papers there are', async () => {
  const { library, db } = opened();
  await library.save(paper('2608.00001'));
  await openSearch({ db }).work();
  const before = await db.indexBlocks.toCollection().primaryKeys();
  await write({ library }, '2608.00001', 'h');
  expect(await db.indexQueue.toArray()).toMatchObject([{ id: '2608.00001' }]);
  expect(await db.indexBlocks.toCollection().primaryKeys()).toEqual(before);
  expect(await found({ library }, 'h ')).toEqual(['2608.00001']);
});

test.each(['directory', 'postings', 'kept'])(
  'an index that lost a block (%s) is built again, and all is found',
  async (kind) => {
    const { library, db } = opened();
    await library.save(paper('2608.00001'));
    await openSearch({ db }).work();
    await library.save(paper('2608.00002'));
    await openSearch({ db }).work();
    await db.indexBlocks.delete([1, kind as 'directory', 0]);
    expect(await library.kept('title', 0, 9)).toMatchObject({ indexing: { of: 2 } });
    await vi.waitFor(async () => expect(await found({ library }, 'title')).toHaveLength(2));
    expect((await library.kept('title', 0, 9)).indexing).toBeUndefined();
  },
);

test('an index that an older version packed is packed again, and all is found', async () => {
  const { library, db } = opened();
  await library.save(paper('2608.00001'));
  await openSearch({ db }).work();
  await db.indexBlocks.toCollection().modify((row) => {
    if (row.directory) Reflect.deleteProperty(row.directory, 'form');
  });
  expect(await library.kept('title', 0, 9)).toMatchObject({ indexing: { of: 1 } });
  await vi.waitFor(async () => expect(await found({ library }, 'title')).toHaveLength(1));
});
