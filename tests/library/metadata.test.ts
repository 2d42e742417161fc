// Kept papers without a title or without authors get their metadata: from what is stored, from Hugging Face, from arXiv.
import { expect, test, vi } from 'vitest';
import { readFeed } from '../../src/library/arxiv';
import type { PaperId } from '../../src/paper';
import { importAll } from '../../src/views/importing';
import {
  dayLength,
  highlight,
  id,
  item,
  json,
  lists,
  minute,
  opened,
  type Served,
  start,
  unwatched,
} from './opened';

const one = id('2608.00001');

/** What arXiv asks for between two requests; the ranking, which also waits for calm, is another matter. */
const rests = (paused: number[]) => paused.filter((ms) => ms === 3000);
const old = id('hep-th/9901001');
const bare = (text: string) => ({ id: id(text), title: '', authors: [], abstract: '' });

const entry = (text: string) => `
  <entry>
    <id>http://arxiv.org/abs/${text}v3</id>
    <title>Feed title
  of ${text} &amp; more</title>
    <updated>2026-08-10T00:00:00Z</updated><published>2026-08-01T17:00:00Z</published>
    <summary>  A summary
  in lines. </summary>
    <author><name>First Author</name></author><author><name>Zoë Author</name></author>
    <arxiv:doi>10.1/x</arxiv:doi>
    <category term="cs.LG"/><category term="cs.CL"/><arxiv:primary_category term="cs.CL"/>
  </entry>`;
const feed = (ids: string[]) =>
  `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"><title>Query</title>${ids.map(entry).join('')}</feed>`;

/** arXiv that knows every paper but those named. */
const arxiv =
  (unknown: string[] = []) =>
  (url: URL): Served | undefined =>
    url.host === 'export.arxiv.org'
      ? new Response(
          feed(
            (url.searchParams.get('id_list') ?? '')
              .split(',')
              .filter((text) => !unknown.includes(text)),
          ),
        )
      : lists({})(url);

async function title(library: ReturnType<typeof opened>['library'], text: string) {
  return (await library.look([id(text)]))[0]?.paper?.title;
}

test('a feed is read with its line breaks folded, primary category first, without the version nobody saw', () => {
  expect(readFeed(feed(['2608.00001', 'hep-th/9901001']))).toEqual([
    {
      id: one,
      title: 'Feed title of 2608.00001 & more',
      authors: ['First Author', 'Zoë Author'],
      abstract: 'A summary in lines.',
      published: '2026-08-01',
      updated: '2026-08-10',
      doi: '10.1/x',
      categories: ['cs.CL', 'cs.LG'],
    },
    expect.objectContaining({ id: old }),
  ]);
  expect(readFeed('<feed/>')).toEqual([]);
  for (const text of ['', '<html></html>', '<feed><entry>', 'Rate exceeded.']) {
    expect(readFeed(text)).toBeNull();
  }
  expect(
    readFeed(
      '<feed><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title></entry></feed>',
    ),
  ).toBe('refused');
});

test('a single saved paper is asked for at Hugging Face, and the answer to Save does not wait for it', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { library, asked } = opened(() => async () => {
    await held;
    return json({ id: one, title: 'From Hugging Face', authors: [{ name: 'First Author' }] });
  });
  expect(await library.save(bare(one))).toMatchObject({ saved: true, paper: { title: '' } });
  release();
  await vi.waitFor(async () => expect(await title(library, one)).toBe('From Hugging Face'));
  expect(asked).toEqual([`/api/papers/${one}?field=comments`]);
});

test('a paper that Hugging Face does not know, or cannot have, is asked for at arXiv', async () => {
  const { library, asked, db } = opened((url) =>
    url.host === 'huggingface.co' ? undefined : arxiv()(url),
  );
  await library.save(bare(one));
  await vi.waitFor(async () => expect(await title(library, one)).toMatch(/^Feed title/));
  await library.save(bare(old));
  await vi.waitFor(async () => expect(await title(library, old)).toMatch(/^Feed title/));
  expect(asked.filter((url) => url.includes('arxiv.org'))).toEqual([
    'https://export.arxiv.org/api/query?id_list=2608.00001,0704.0001&max_results=2',
    'https://export.arxiv.org/api/query?id_list=hep-th%2F9901001,0704.0001&max_results=2',
  ]);
  expect((await db.kept.get(one))?.wantedAt).toBeUndefined();
});

test('a paper saved from a card that names no authors gets them, and keeps the title of the card', async () => {
  const { library, asked, db } = opened((url) =>
    url.host === 'huggingface.co' ? undefined : arxiv()(url),
  );
  const saved = await library.save({ ...bare(one), title: 'Title of the card' });
  expect(saved.paper).toMatchObject({ title: 'Title of the card', authors: [] });
  await vi.waitFor(async () =>
    expect((await library.look([one]))[0]?.paper).toMatchObject({
      title: 'Title of the card',
      authors: ['First Author', 'Zoë Author'],
    }),
  );
  expect(asked).toHaveLength(2);
  expect((await db.kept.get(one))?.wantedAt).toBeUndefined();
});

test('authors that a stored list names need no request, and a whole paper none at all', async () => {
  const { library, asked, db } = opened(lists({ '2026-08-19': [item(one, 1)] }));
  await library.refreshPeriod({ kind: 'day' });
  await library.save({ ...bare(one), title: 'Title of the card' });
  await library.save({ ...bare('2608.00002'), title: 'T', authors: ['First Author'] });
  expect((await db.kept.get(one))?.paper).toMatchObject({
    title: 'Title of the card',
    authors: ['First Author'],
  });
  expect(asked).toHaveLength(1);
});

test('a backup that lacks authors takes the wish for them from no paper', async () => {
  const { library, db } = opened();
  await library.save({ ...bare(one), title: 'Title of the card' });
  const papers = [{ id: one, saved: true, note: { text: 'a thought', updatedAt: start } }];
  await library.importJson(JSON.stringify({ format: 'paper-margin', version: 1, papers }));
  expect((await db.kept.get(one))?.wantedAt).toBeDefined();
});

test('what a stored list says needs no request', async () => {
  const { library, asked, db } = opened(lists({ '2026-08-19': [item(one, 1)] }));
  await library.refreshPeriod({ kind: 'day' });
  await library.save(bare(one));
  expect((await db.kept.get(one))?.paper.title).toBe(`Title of ${one}`);
  expect(asked).toHaveLength(1);
});

test('the first text of a paper of which only the id is known asks for the rest', async () => {
  const { library } = opened(arxiv());
  await library.writeNote({ id: old, text: 'x', base: { revision: 0, text: '' }, editor: 'a' });
  await vi.waitFor(async () => expect(await title(library, old)).toMatch(/^Feed title/));
});

async function importBare({ library }: ReturnType<typeof opened>, count: number) {
  const papers = Array.from({ length: count }, (_, index) => ({
    id: `2608.${10_000 + index}`,
    saved: true,
  }));
  await library.importJson(JSON.stringify({ format: 'paper-margin', version: 1, papers }));
}

test('many papers come in batches of a hundred, three seconds apart', async () => {
  const world = opened(arxiv());
  await importBare(world, 250);
  await vi.waitFor(
    async () => expect(await world.db.kept.where('wantedAt').above(0).count()).toBe(0),
    10_000,
  );
  const batches = world.asked.map(
    (url) => new URL(url).searchParams.get('id_list')?.split(',').length,
  );
  expect(batches).toEqual([100, 100, 53]);
  expect(rests(world.paused)).toEqual([3000, 3000]);
});

test('a list of 250 ids goes on where it was when the browser is closed, and tells how far it is', async () => {
  const name = 'list-of-ids';
  const { library, state, files, db, asked, paused } = opened(arxiv(), { name });
  // The wait before the second batch never ends: the background dies in it.
  state.asleep = true;
  const list = Array.from({ length: 250 }, (_, index) => `2608.${10_000 + index}`).join('\n');
  const preview = await files.preview(list, unwatched());
  expect(preview.groups.new.total).toBe(250);
  expect(asked).toEqual([]);
  await importAll(library, preview, unwatched());
  await vi.waitFor(
    async () => expect(await files.missing()).toEqual({ asked: 151, unknown: 0 }),
    10_000,
  );
  await vi.waitFor(() => expect(rests(paused)).toEqual([3000]));
  db.close();
  const again = opened(arxiv(['2608.10249']), { name, at: start + minute });
  await again.library.refreshDue();
  await vi.waitFor(
    async () => expect(await again.files.missing()).toEqual({ asked: 0, unknown: 1 }),
    10_000,
  );
  expect(again.asked.filter((url) => url.includes('export.arxiv.org'))).toHaveLength(2);
  expect(rests(again.paused)).toEqual([3000]);
  expect(await title(again.library, '2608.10248')).toBe('Feed title of 2608.10248 & more');
});

test('of a paper that is not at arXiv no service hears, whatever becomes of it', async () => {
  const { library, files, db, asked } = opened(arxiv());
  const elsewhere = [id('doi:10.1000/xyz'), id('url:https://example.org/a')];
  await importAll(library, await files.preview(elsewhere.join('\n'), unwatched()), unwatched());
  await library.tagPapers(elsewhere, { add: ['kites'] });
  await library.setReadings(elsewhere, 'read');
  await library.removePapers(elsewhere);
  await library.restorePapers(elsewhere);
  // One that an earlier version wished to complete.
  await db.kept.update(elsewhere[0] as PaperId, { wantedAt: 1 });
  await library.save(bare(old));
  await vi.waitFor(async () => expect(await title(library, old)).toMatch(/^Feed title/));
  expect(asked.filter((url) => /doi|example/.test(url))).toEqual([]);
  expect((await db.kept.bulkGet(elsewhere)).map((row) => row?.wantedAt)).toEqual([
    undefined,
    undefined,
  ]);
});

test('papers that arXiv does not know are left alone for a week', async () => {
  const world = opened(arxiv(['2608.10001']));
  await importBare(world, 3);
  await vi.waitFor(async () => expect(await title(world.library, '2608.10002')).toMatch(/^Feed/));
  const { library, clock, asked } = world;
  await library.refreshDue();
  const arxivCalls = () => asked.filter((url) => url.includes('export.arxiv.org')).length;
  expect(arxivCalls()).toBe(1);
  clock.now += 7 * dayLength;
  await library.refreshDue();
  expect(arxivCalls()).toBe(2);
});

test.each<[string, Served]>([
  ['an empty feed', () => new Response(feed([]))],
  ['too many requests', () => new Response('Rate exceeded.', { status: 429 })],
  ['status 503', () => new Response('', { status: 503 })],
  ['no connection', () => Promise.reject(new TypeError('failed'))],
  ['a web page', () => new Response('<!doctype html><p>Hello')],
])(
  'after %s arXiv is left alone for ten minutes and more, then the work goes on',
  async (_, fault) => {
    const world = opened((url) => (url.host === 'export.arxiv.org' ? fault : lists({})(url)));
    const { library, clock, asked, state } = world;
    await importBare(world, 2);
    const arxivCalls = () => asked.filter((url) => url.includes('export.arxiv.org')).length;
    await vi.waitFor(async () =>
      expect(await world.db.meta.get('rest:arxiv')).toMatchObject({
        value: { until: expect.toSatisfy((until: number) => until >= start + 10 * minute) },
      }),
    );
    state.serve = arxiv();
    clock.now += 9 * minute;
    await library.refreshDue();
    expect(arxivCalls()).toBe(1);
    clock.now += 4 * minute;
    await library.refreshDue();
    // One after the other: what fails for two may be one of them.
    expect(arxivCalls()).toBe(3);
    expect(await title(library, '2608.10000')).toMatch(/^Feed title/);
    expect(await title(library, '2608.10001')).toMatch(/^Feed title/);
  },
);

test('no service is ever asked about a paper from elsewhere', async () => {
  const { library, asked, clock, db } = opened(arxiv());
  const keys = [id('doi:10.1000/boats'), id('url:https://example.org/kites')];
  await library.choose('automatic');
  for (const key of keys) await library.save(bare(key));
  await library.setReading(bare(keys[0] as string), 'read');
  await library.tagPapers(keys, { add: ['boats'] });
  await library.addHighlight(bare(keys[1] as string), highlight());
  await library.removePapers(keys);
  await library.restorePapers(keys);
  const copy = opened(arxiv());
  await copy.library.importJson(await library.exportJson());
  for (const key of keys) {
    expect(await library.lookUp(key)).toMatchObject({ known: 'no', refreshDue: false });
    await library.refresh(key);
    await library.nearby(key);
  }
  await library.refreshDue();
  await copy.library.refreshDue();
  clock.now += 8 * dayLength;
  await library.refreshDue();
  expect([...asked, ...copy.asked].filter((url) => !url.includes('/api/daily_papers'))).toEqual([]);
  expect(await db.kept.where('wantedAt').above(0).count()).toBe(0);
  // One of arXiv beside them is asked for, alone.
  await library.save(bare(old));
  await library.refreshDue();
  const last = asked.filter((url) => url.includes('export.arxiv.org'));
  expect(last).toHaveLength(1);
  expect(new URL(last[0] as string).searchParams.get('id_list')).toBe(`${old},0704.0001`);
});
