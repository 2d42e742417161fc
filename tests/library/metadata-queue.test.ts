// The queue of papers that lack metadata gets on, whatever arXiv answers and whenever the background ends.
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openFiles } from '../../src/library/exchanging';
import { settled, unkept } from '../../src/library/kept';
import { openMetadata } from '../../src/library/metadata';
import type { Seams } from '../../src/library/seams';
import { openDatabase, putKept, write } from '../../src/library/tables';
import { recognise } from '../../src/sites';
import { dayLength, hour, id, start } from './opened';

/** What arXiv makes of an id. The last three spoil the answer for all that stand beside it. */
type Kind = 'known' | 'unknown' | 'bad request' | 'error entry' | 'failing' | 'silence';

const entry = (text: string) =>
  `<entry><id>http://arxiv.org/abs/${text}v1</id><title>Title of ${text}</title><author><name>First Author</name></author></entry>`;
const feed = (entries: string) =>
  new Response(`<?xml version='1.0' encoding='UTF-8'?><feed>${entries}</feed>`);

const control = '0704.0001';
const error =
  '<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title></entry>';

let count = 0;

/** A queue of papers before an arXiv that knows them so. `faults`: what becomes of the requests of these numbers. */
async function queued(
  kinds: Map<string, Kind>,
  faults: Map<number, 'death' | 'partial' | 'refusal'> = new Map(),
) {
  const clock = { now: start };
  const name = `queue-${count++}`;
  const asked: { ids: string[]; at: number }[] = [];
  let died = () => {};
  let db = openDatabase(name);
  onTestFinished(() => db.close());

  async function serve(input: string | URL | Request): Promise<Response> {
    const ids = new URL(String(input)).searchParams.get('id_list')?.split(',') ?? [];
    asked.push({ ids, at: clock.now });
    const fault = faults.get(asked.length);
    if (fault === 'death') {
      died();
      return new Promise(() => {});
    }
    const has = (kind: Kind) => ids.some((one) => kinds.get(one) === kind);
    if (fault === 'refusal' || has('bad request')) return new Response('', { status: 400 });
    if (has('failing')) return new Response('', { status: 500 });
    if (has('silence')) return feed('');
    if (has('error entry')) return feed(error);
    const known = ids.filter((one) => one === control || kinds.get(one) === 'known');
    return feed(
      (fault === 'partial' ? known.filter((one) => one !== control).slice(1) : known)
        .map(entry)
        .join(''),
    );
  }

  const rows = [...kinds.keys()].map((text) => {
    const paper = { id: id(text), title: '', authors: [], abstract: '' };
    const row = { ...unkept(paper, start), saved: 1 as const, savedAt: start };
    return settled(row, undefined, start);
  });
  await write(db, ['kept'], () =>
    putKept(
      db,
      rows.map((after) => ({ before: undefined, after })),
    ),
  );

  return {
    asked,
    clock,
    /** One start of the background, until there is nothing to do for now, or until it dies. */
    async run() {
      const death = new Promise<void>((resolve) => {
        died = resolve;
      });
      const seams: Partial<Seams> = {
        db,
        fetch: serve,
        now: () => clock.now,
        access: async () => true,
        pause: async (ms) => {
          clock.now += ms;
        },
        changed: () => {},
      };
      await Promise.race([openMetadata(seams as Seams, async () => {})(), death]);
      db.close();
      db = openDatabase(name);
    },
    missing: () => openFiles({ db, recognise, now: () => clock.now }).missing(),
    titled: async () =>
      (await db.kept.toArray()).filter(({ paper }) => paper.title).map((row) => row.id as string),
  };
}

const numbered = (from: number, kinds: Kind[]) =>
  kinds.map((kind, at): [string, Kind] => [`2608.${from + at}`, kind]);

test('a hundred papers that arXiv does not know hold up no others, and are said to be unknown', async () => {
  const unknown = numbered(
    10_000,
    Array.from({ length: 100 }, () => 'unknown'),
  );
  const queue = await queued(new Map([...unknown, ...numbered(20_000, ['known', 'known'])]));
  await queue.run();
  expect(queue.asked.map(({ ids }) => ids.length)).toEqual([100, 4]);
  expect(await queue.missing()).toEqual({ asked: 0, unknown: 100 });
  expect(await queue.titled()).toEqual(['2608.20000', '2608.20001']);
});

test('a single paper that arXiv does not know is asked for once a week', async () => {
  const queue = await queued(new Map([['hep-th/9901001', 'unknown']]));
  for (let day = 0; day < 20; day++) {
    await queue.run();
    queue.clock.now += dayLength;
  }
  expect(queue.asked).toHaveLength(3);
  expect(await queue.missing()).toEqual({ asked: 0, unknown: 1 });
});

test.each<Kind>(['bad request', 'error entry'])(
  'an id that arXiv answers with a %s is found among 99 others, in one go',
  async (kind) => {
    const others = numbered(
      10_000,
      Array.from({ length: 99 }, () => 'known'),
    );
    const queue = await queued(
      new Map([...others.slice(0, 60), ['foo/9901001', kind], ...others.slice(60)]),
    );
    await queue.run();
    expect(await queue.missing()).toEqual({ asked: 0, unknown: 1 });
    expect(await queue.titled()).toHaveLength(99);
    expect(queue.asked.length).toBeLessThan(30);
    // After a week it is asked for alone.
    queue.clock.now += 8 * dayLength;
    const before = queue.asked.length;
    await queue.run();
    expect(queue.asked.slice(before).map(({ ids }) => ids)).toEqual([
      ['foo/9901001', control],
      [control],
    ]);
  },
);

test('where arXiv refuses whatever it is asked, no paper is said to be unknown, and it is left alone', async () => {
  const always = new Map(Array.from({ length: 1000 }, (_, at) => [at, 'refusal' as const]));
  const queue = await queued(new Map(numbered(10_000, ['known'])), always);
  await queue.run();
  await queue.run();
  expect(queue.asked.map(({ ids }) => ids)).toEqual([['2608.10000', control], [control]]);
  expect(await queue.missing()).toEqual({ asked: 1, unknown: 0 });
});

test('an answer that lacks what arXiv surely has fills what it has, and makes nothing unknown', async () => {
  const queue = await queued(
    new Map(numbered(10_000, ['known', 'known', 'known'])),
    new Map([[1, 'partial']]),
  );
  await queue.run();
  expect(await queue.titled()).toEqual(['2608.10001', '2608.10002']);
  expect(await queue.missing()).toEqual({ asked: 1, unknown: 0 });
  queue.clock.now += hour;
  await queue.run();
  expect(await queue.missing()).toEqual({ asked: 0, unknown: 0 });
});

test('whatever some ids do to answers, and whenever the background ends, all others are settled truly', async () => {
  const kind = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Kind>('known', 'unknown') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Kind>('bad request', 'error entry', 'failing', 'silence'),
    },
  );
  const fault = fc.constantFrom('death' as const, 'partial' as const);
  await fc.assert(
    fc.asyncProperty(
      fc.array(kind, { minLength: 1, maxLength: 130 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fault), { maxLength: 4 }),
      async (kinds, faults) => {
        const papers = new Map(numbered(10_000, kinds));
        const queue = await queued(papers, new Map(faults));
        const all = (...wanted: Kind[]) =>
          [...papers].filter(([, one]) => wanted.includes(one)).map(([text]) => text);
        const spoiling = all('failing', 'silence').length;
        const open = async () => {
          const { asked } = await queue.missing();
          return asked > spoiling || (await queue.titled()).length < all('known').length;
        };
        // Two days at most for each of those that leave arXiv without an answer, as it is left alone after each.
        let days = 0;
        for (; await open(); days++) {
          expect(days).toBeLessThan(40 + 16 * spoiling);
          await queue.run();
          queue.clock.now += dayLength;
        }
        expect((await queue.titled()).toSorted()).toEqual(all('known'));
        if (days < 7) {
          const unknown = all('unknown', 'bad request', 'error entry').length;
          expect(await queue.missing()).toEqual({ asked: spoiling, unknown });
        }
        for (const [at, request] of queue.asked.entries()) {
          expect(request.ids.length).toBeLessThanOrEqual(100);
          const before = queue.asked[at - 1];
          if (before) expect(request.at - before.at).toBeGreaterThanOrEqual(3000);
        }
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);
