// The verbs of the library against a plain model of it: what is kept, found, counted, and in which order.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LibrarySort, Reading } from '../../src/library/api';
import { openSearch } from '../../src/library/search';
import { isArxiv, type Paper, type PaperId } from '../../src/paper';
import { foldTag, type Part, parseQuery } from '../../src/query/language';
import { type Doc, matcher } from '../../src/query/matches';
import { highlight, id, minute, opened } from './opened';

/** A paper as the model has it. */
interface Model {
  /** Its metadata came with a verb. */
  told: boolean;
  saved: boolean;
  /** It was saved once, so that this can be taken back. */
  savedOnce: boolean;
  note: string;
  marks: number;
  reading: Reading;
  readAt: number;
  tags: Set<string>;
  bin: 'no' | 'in' | 'gone';
}

interface Trends {
  upvotes: number | undefined;
  organization: string | undefined;
  code: boolean;
}

const papers: Paper[] = [
  ['Lanterns at night', '2024-05-01', ['cs.CL', 'cs.LG']],
  ['lanterns, at NIGHT', '2025-01-31', ['cs.LG']],
  ['Ärger with kites', '2023-11-30', ['astro-ph', 'astro-ph.GA']],
  ['Kites', undefined, undefined],
  ['', '2024-02-02', ['astro-ph.GA', 'cs.CL']],
  ['2 rivers', '2024', ['math.AG']],
  ['Boats', '2023-01-01', []],
  ['', undefined, ['cs.CL']],
].map(([title, published, categories], at) => ({
  id: id(at === 6 ? 'doi:10.1000/boats' : `2608.0000${at + 1}`),
  title: title as string,
  authors: title ? ['First Author'] : [],
  abstract: 'About nothing at all.',
  ...(published && { published: published as string }),
  ...(categories && { categories: categories as string[] }),
}));

const tag = fc.constantFrom('vision', 'Vision', 'to read', 'a:b', 'Über "all"', 'uber all');
const one = fc.nat({ max: papers.length - 1 });
const some = fc.uniqueArray(one, { minLength: 1, maxLength: 5 });
const reading = fc.constantFrom<Reading>('unread', 'reading', 'read');
const step = fc.oneof(
  fc.record({ do: fc.constantFrom('save' as const, 'unsave' as const, 'undo' as const), one }),
  fc.record({ do: fc.constant('save' as const), one }),
  fc.record({ do: fc.constant('note' as const), one, text: fc.constantFrom('', 'lantern', 'x y') }),
  fc.record({ do: fc.constant('highlight' as const), one }),
  fc.record({ do: fc.constant('reading' as const), one, reading }),
  fc.record({ do: fc.constant('readings' as const), some, reading }),
  fc.record({
    do: fc.constant('tag' as const),
    some,
    add: fc.uniqueArray(tag, { maxLength: 2 }),
    remove: fc.uniqueArray(tag, { maxLength: 1 }),
  }),
  fc.record({ do: fc.constant('rename' as const), from: tag, to: tag }),
  fc.record({ do: fc.constant('remove' as const), some }),
  fc.record({ do: fc.constant('return' as const), some }),
  fc.record({ do: fc.constant('empty' as const), some: fc.option(some, { freq: 3 }) }),
  fc.record({
    do: fc.constant('trending' as const),
    one,
    trending: fc.record({
      upvotes: fc.constantFrom(undefined, 0, 7, 30),
      organization: fc.constantFrom(undefined, 'Lab', 'Made-up Lab', 'lab "of" kites'),
      code: fc.boolean(),
    }),
  }),
  fc.record({ do: fc.constant('index' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The model: one object a paper, and loops. */
function modelled() {
  const all = papers.map(
    (): Model => ({
      told: false,
      saved: false,
      savedOnce: false,
      note: '',
      marks: 0,
      reading: 'unread',
      readAt: 0,
      tags: new Set(),
      bin: 'no',
    }),
  );
  const trends = new Map<number, Trends>();
  const listed = (row: Model) =>
    row.bin === 'no' &&
    (row.saved ||
      row.note !== '' ||
      row.marks > 0 ||
      row.reading !== 'unread' ||
      row.tags.size > 0);
  const row = (at: number) => all[at] as Model;

  function take(step: Step, now: number): void {
    const back = (at: number, more: Partial<Model>) => Object.assign(row(at), { bin: 'no' }, more);
    const saved = { saved: true, savedOnce: true };
    switch (step.do) {
      case 'save':
        back(step.one, { ...saved, told: true });
        break;
      case 'unsave':
        if (row(step.one).bin === 'no') row(step.one).saved = false;
        break;
      case 'undo':
        if (row(step.one).bin === 'no' && row(step.one).savedOnce) row(step.one).saved = true;
        break;
      case 'note': {
        const { note } = row(step.one);
        if (step.text) back(step.one, { ...(!note && saved), note: step.text });
        else row(step.one).note = '';
        break;
      }
      case 'highlight':
        back(step.one, { ...saved, told: true, marks: row(step.one).marks + 1 });
        break;
      case 'reading':
      case 'readings':
        for (const at of step.do === 'reading' ? [step.one] : step.some) {
          const { bin, reading, told } = row(at);
          if ((bin === 'no' ? reading : 'unread') === step.reading) continue;
          const more = { reading: step.reading, readAt: now };
          back(at, { ...more, told: told || step.do === 'reading' });
        }
        break;
      case 'tag':
        for (const at of step.some) {
          const { tags, bin } = row(at);
          for (const name of bin === 'no' ? step.remove : []) tags.delete(foldTag(name));
          for (const name of step.add) back(at, { tags: tags.add(foldTag(name)) });
        }
        break;
      case 'rename':
        for (const { tags } of all.filter(listed)) {
          if (tags.delete(foldTag(step.from))) tags.add(foldTag(step.to));
        }
        break;
      case 'remove':
        for (const at of step.some) if (listed(row(at))) row(at).bin = 'in';
        break;
      case 'return':
        for (const at of step.some) if (row(at).bin === 'in') row(at).bin = 'no';
        break;
      case 'empty':
        for (const at of step.some ?? papers.keys()) {
          if (row(at).bin !== 'in') continue;
          const none = { saved: false, savedOnce: false, told: false, note: '', marks: 0 };
          const more = { reading: 'unread', tags: new Set<string>(), bin: 'gone' } as const;
          Object.assign(row(at), none, more);
        }
        break;
      case 'trending':
        trends.set(step.one, step.trending);
    }
  }

  function docs(): { doc: Doc; read: number | undefined; upvotes: number | undefined }[] {
    return papers.flatMap((paper, at) => {
      const { told, tags, note, marks, saved, reading, readAt } = row(at);
      if (!listed(row(at))) return [];
      const { organization, code, upvotes } = trends.get(at) ?? {};
      // The ids of these papers are of August 2026.
      const bare = { id: paper.id, title: '', authors: [], abstract: '' };
      const doc: Doc = {
        ...(isArxiv(paper.id) && { published: '2026-08' }),
        ...(told ? paper : bare),
        ...{ saved, reading, tags: [...tags], note },
        ...(organization && { organization }),
        highlights: Array.from({ length: marks }, () => 'Some words'),
        has: code ? (['code'] as Part[]) : [],
      };
      return [{ doc, read: reading === 'read' ? readAt : undefined, upvotes }];
    });
  }
  const inBin = () => papers.flatMap(({ id }, at) => (row(at).bin === 'in' ? [id] : []));
  return { take, docs, inBin };
}

async function act({ library, db }: ReturnType<typeof opened>, step: Step): Promise<unknown> {
  const ids = (some: readonly number[]) => some.map((at) => (papers[at] as Paper).id);
  const paper = 'one' in step ? (papers[step.one] as Paper) : (papers[0] as Paper);
  switch (step.do) {
    case 'save':
      return library.save(paper);
    case 'unsave':
      return library.unsave(paper.id);
    case 'undo':
      return library.restore(paper.id);
    case 'note': {
      const { revision, text } = await library.note(paper.id);
      const base = { revision, text };
      return library.writeNote({ id: paper.id, text: step.text, base, editor: 'e' });
    }
    case 'highlight':
      return library.addHighlight(paper, highlight());
    case 'reading':
      return library.setReading(paper, step.reading);
    case 'readings':
      return library.setReadings(ids(step.some), step.reading);
    case 'tag':
      return library.tagPapers(ids(step.some), step);
    case 'rename':
      return library.renameTag(step.from, step.to);
    case 'remove':
      return library.removePapers(ids(step.some));
    case 'return':
      return library.restorePapers(ids(step.some));
    case 'empty':
      return library.emptyBin(step.some ? ids(step.some) : undefined);
    case 'trending': {
      const { upvotes, organization, code } = step.trending;
      return db.lookups.put({
        ...{ id: paper.id, fetchedAt: 1, found: true },
        trending: {
          keywords: [],
          ...(upvotes !== undefined && { upvotes }),
          ...(organization && { organization }),
          ...(code && { code: { url: 'https://example.org/x', label: 'x' } }),
        },
      });
    }
    case 'index':
      return openSearch({ db }).work();
  }
}

const query = fc.constantFrom(
  ...['', 'lantern', 'is:read', '-is:saved', 'tag:vision OR has:note', 'cat:astro-ph', 'org:lab'],
);

test('whatever a person does, the library keeps, finds, counts and orders what a plain model of it does', async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }),
      fc.uniqueArray(query, { minLength: 2, maxLength: 2 }),
      async (steps, asked) => {
        const all = opened(undefined, { access: false });
        const { library, clock } = all;
        const model = modelled();
        for (const [at, step] of steps.entries()) {
          clock.now += minute;
          model.take(step, clock.now);
          await act(all, step);
          if (at % 8 !== 7 && at + 1 < steps.length) continue;
          for (const text of asked) counted += await compare(all, model.docs(), text);
        }
        const docs = model.docs();
        const having = (tag: string) => docs.filter(({ doc }) => doc.tags?.includes(tag)).length;
        const tags = await library.tags();
        expect(new Map(tags.map(({ name, papers }) => [foldTag(name), papers]))).toEqual(
          new Map(docs.flatMap(({ doc }) => (doc.tags ?? []).map((tag) => [tag, having(tag)]))),
        );
        const bin = await library.bin(0, 50);
        expect(bin.rows.map((row) => row.id).sort()).toEqual(model.inBin().sort());
        expect(bin.total).toBe(bin.rows.length);
        all.db.close();
      },
    ),
    { numRuns: 25 },
  );
  // Else this test would tell nothing.
  expect(counted).toBeGreaterThan(50);
});

const sorts: LibrarySort[] = ['saved', 'published', 'read', 'upvotes', 'title'];

/** Compares what a query gives with the model. Says how many parts it has. */
async function compare(
  { library, db }: ReturnType<typeof opened>,
  docs: ReturnType<ReturnType<typeof modelled>['docs']>,
  text: string,
): Promise<number> {
  const matchesOf = (text: string) => {
    const read = parseQuery(text);
    return matcher((read as { query: Parameters<typeof matcher>[0] }).query);
  };
  // The last word of a query may go on: `lantern` finds lanterns.
  const matches = matchesOf(text === 'lantern' ? 'lantern*' : text);
  const found = new Map(
    docs.filter(({ doc }) => matches(doc)).map((one) => [one.doc.id, one] as const),
  );
  const places = new Map((await db.kept.toArray()).map(({ id, keptAt }) => [id, keptAt]));
  const values: Record<string, (id: PaperId) => number | string | undefined> = {
    saved: (id) => places.get(id),
    published: (id) => Date.parse(found.get(id)?.doc.published ?? '') || undefined,
    read: (id) => found.get(id)?.read,
    upvotes: (id) => found.get(id)?.upvotes,
    title: (id) =>
      found
        .get(id)
        ?.doc.title.toLowerCase()
        .replace('ä', 'a')
        .replace(/[^a-z0-9]+/g, ' ') || undefined,
  };
  for (const by of sorts) {
    for (const reverse of [false, true]) {
      const order = { by, ...(reverse && { reverse }) };
      const ids = await library.keptIds(text, order);
      expect([...ids].sort()).toEqual([...found.keys()].sort());
      const value = ids.map((id) => values[by]?.(id));
      const known = value.filter((one) => one !== undefined).sort((a, b) => (a < b ? -1 : 1));
      if ((by === 'title') === reverse) known.reverse();
      expect(value.slice(0, known.length)).toEqual(known);
      const { rows, total } = await library.kept(text, 2, 3, order);
      expect(rows.map(({ id }) => id)).toEqual(ids.slice(2, 5));
      expect(total).toBe(ids.length);
      if (by !== 'title' && by !== 'upvotes') break;
    }
  }
  const parts = Object.values(await library.facets(text)).flat();
  for (const { term, papers } of parts) {
    const has = matchesOf(term);
    const papersWith = [...found.values()].filter(({ doc }) => has(doc)).length;
    expect({ term, papers }).toEqual({ term, papers: papersWith });
  }
  // None is left out: each value that a paper has is there.
  const labels = new Set(parts.map(({ label }) => foldTag(label)));
  for (const { doc } of found.values()) {
    const { tags = [], categories = [], published, organization } = doc;
    const year = published?.slice(0, 4);
    for (const name of [
      ...tags,
      ...categories,
      year,
      organization,
      doc.reading,
      ...(doc.has ?? []),
    ])
      if (name) expect(labels).toContain(foldTag(name));
  }
  return parts.length;
}
