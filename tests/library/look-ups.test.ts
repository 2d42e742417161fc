// One paper at Hugging Face: when it is asked for, what is shown, and how every kind of trouble ends.
import { expect, test } from 'vitest';
import { hour, id, item, json, lists, minute, opened, paper, type Served, start } from './opened';

const one = id('2608.00019');
const answer = {
  id: one,
  title: 'A  Title\n  in two lines',
  summary: 'Text <think> & more',
  authors: [{ name: 'First Author' }, { name: 'Hidden Author', hidden: true }],
  publishedAt: '2026-08-18T17:00:00.000Z',
  upvotes: 31,
  numComments: 9,
  comments: [{ data: {} }, { data: {} }, { hiddenReason: 'spam' }],
  submittedOnDailyAt: '2026-08-19T00:00:00.000Z',
  submittedOnDailyBy: { user: 'submitter', fullname: 'Sub Mitter' },
  githubRepo: ' https://github.com/owner/name/tree/main/x ',
  githubStars: 0,
  projectPage: ' http://project.example/page/ ',
  ai_summary: 'In short.',
  ai_keywords: ['one', 2, 'two', 'one'],
  organization: { name: 'org' },
  linkedModels: [{ id: 'owner/model', likes: 5 }, { id: '../evil' }, 7],
  numTotalModels: 111,
  linkedSpaces: [],
};

function serving(paperAnswer: Served | undefined, days: Record<string, object[]> = {}) {
  return (url: URL) => (url.pathname === '/api/daily_papers' ? lists(days)(url) : paperAnswer);
}

test('a paper that nobody knows is a plain view', async () => {
  const { library, asked } = opened();
  expect(await library.look([one, id('hep-th/9901001')])).toEqual([
    {
      id: one,
      saved: false,
      noted: false,
      editing: false,
      reading: 'unread',
      known: 'unasked',
      refreshDue: false,
      folded: false,
    },
    {
      id: 'hep-th/9901001',
      saved: false,
      noted: false,
      reading: 'unread',
      editing: false,
      known: 'no',
      refreshDue: false,
      folded: false,
    },
  ]);
  expect(await library.look([])).toEqual([]);
  expect(asked).toEqual([]);
});

test('a looked-up paper shows all that the service said, and its rank on its day', async () => {
  const { library, asked, changes } = opened(
    serving(answer, { '2026-08-19': [item('2608.00001', 99), item(one, 31)] }),
  );
  const view = await library.lookUp(one);
  expect(view).toMatchObject({
    known: 'yes',
    lookedUpAt: start,
    paper: {
      title: 'A Title in two lines',
      authors: ['First Author'],
      abstract: 'Text <think> & more',
      published: '2026-08-18',
    },
  });
  expect(view.trending).toEqual({
    upvotes: 31,
    comments: 2,
    day: '2026-08-19',
    rank: 2,
    code: { url: 'https://github.com/owner/name/tree/main/x', label: 'owner/name', stars: 0 },
    projectPage: { url: 'http://project.example/page/', label: 'project.example/page' },
    aiSummary: 'In short.',
    keywords: ['one', 'two'],
    organization: 'org',
    submitter: 'Sub Mitter',
    models: {
      total: 111,
      top: [{ id: 'owner/model', url: 'https://huggingface.co/owner/model', likes: 5 }],
    },
    spaces: { total: 0, top: [] },
  });
  expect(asked).toEqual([
    `/api/papers/${one}?field=comments`,
    '/api/daily_papers?date=2026-08-19&limit=100',
  ]);
  expect(changes.at(-1)).toEqual({ papers: [one] });
  await library.lookUp(one);
  expect(asked).toHaveLength(2);
});

test('absent is not zero', async () => {
  const { library } = opened(serving({ id: one }));
  const view = await library.lookUp(one);
  expect(view).toMatchObject({ known: 'yes', trending: { keywords: [] } });
  expect(Object.keys(view.trending ?? {})).toEqual(['keywords']);
});

test('many questions at once are one request', async () => {
  const { library, asked } = opened(serving({ id: one }));
  await library.choose('automatic');
  await Promise.all([library.lookUp(one), library.refresh(one), library.lookUp(one)]);
  expect(asked).toHaveLength(1);
});

test('a page asks by itself only when the person and the browser allow it, and nothing fresh is stored', async () => {
  const { library, asked, state, clock } = opened(serving({ id: one }));
  await library.refresh(one);
  await library.choose('ask');
  expect((await library.refresh(one)).refreshDue).toBe(false);
  await library.choose('automatic');
  state.consent = false;
  expect((await library.refresh(one)).refreshDue).toBe(false);
  expect(asked).toEqual([]);
  state.consent = true;
  expect((await library.look([one]))[0]?.refreshDue).toBe(true);
  expect((await library.refresh(one)).refreshDue).toBe(false);
  clock.now += hour - 1;
  await library.refresh(one);
  expect(asked).toHaveLength(1);
  clock.now += 1;
  await library.refresh(one);
  expect(asked).toHaveLength(2);
});

test('an unknown paper is a normal answer that holds for 12 hours', async () => {
  const { library, asked, clock } = opened();
  await library.choose('automatic');
  const view = await library.refresh(one);
  expect(view).toMatchObject({ known: 'no', lookedUpAt: start });
  expect(view.trouble).toBeUndefined();
  clock.now += 12 * hour - 1;
  await library.lookUp(one);
  expect(asked).toHaveLength(1);
  clock.now += 1;
  await library.refresh(one);
  expect(asked).toHaveLength(2);
});

test('an error in an answer with status 200 means not found', async () => {
  const { library } = opened(serving({ error: 'Paper not found.' }));
  expect(await library.lookUp(one)).toMatchObject({ known: 'no' });
});

test('an identifier of the old style is never asked for', async () => {
  const { library, asked } = opened();
  await library.choose('automatic');
  expect(await library.lookUp(id('math/0309136'))).toMatchObject({
    known: 'no',
    refreshDue: false,
  });
  await library.refresh(id('math/0309136'));
  expect(asked).toEqual([]);
});

const timeout = () => Promise.reject(new DOMException('late', 'TimeoutError'));
test.each<[string, Served, string]>([
  ['no connection', () => Promise.reject(new TypeError('failed')), 'unreachable'],
  ['no answer in time', timeout, 'unreachable'],
  [
    'a broken connection',
    () => new Response(new ReadableStream({ pull: (c) => c.error(new Error('reset')) })),
    'unreachable',
  ],
  ['status 500', () => json({}, 500), 'failing'],
  ['status 403', () => json({}, 403), 'failing'],
  ...[401, 418, 451, 502, 503, 504].map((status): [string, Served, string] => [
    `status ${status}`,
    () => json({}, status),
    'failing',
  ]),
  ['status 599', () => json({}, 599, { 'retry-after': 'tomorrow' }), 'failing'],
  ['too many requests', () => json({}, 429), 'busy'],
  ['a broken off answer', () => new Response('{"id":"2608.0'), 'unreadable'],
  ['a web page', () => new Response('<!doctype html><p>Hello'), 'unreadable'],
  ['a list', [1, 2], 'unreadable'],
  ['nothing', () => new Response('null'), 'unreadable'],
  ['another paper', { id: '2608.00001' }, 'unreadable'],
  ['wrong types', { id: 5, title: [] }, 'unreadable'],
])(
  '%s leaves what is stored, names the trouble, and the next success clears it',
  async (_, fault, kind) => {
    const { library, state, clock } = opened(serving({ id: one, upvotes: 31 }));
    await library.lookUp(one);
    clock.now += 2 * hour;
    state.serve = serving(fault);
    const view = await library.lookUp(one);
    expect(view).toMatchObject({ known: 'yes', trending: { upvotes: 31 }, lookedUpAt: start });
    expect(view.trouble?.kind).toBe(kind);
    expect(view.trouble?.retryAt).toBeGreaterThan(clock.now);
    expect((await library.look([one]))[0]?.trouble?.kind).toBe(kind);
    clock.now += hour;
    state.serve = serving({ id: one, upvotes: 32 });
    const mended = await library.lookUp(one);
    expect(mended).toMatchObject({ trending: { upvotes: 32 } });
    expect(mended.trouble).toBeUndefined();
  },
);

test('after a failure pages wait half a minute, a click does not', async () => {
  const { library, asked, clock } = opened(serving(() => json({}, 500)));
  await library.choose('automatic');
  await library.refresh(one);
  expect(await library.refresh(id('2608.00020'))).toMatchObject({
    refreshDue: false,
    trouble: { kind: 'failing' },
  });
  expect(asked).toHaveLength(1);
  await library.lookUp(one);
  expect(asked).toHaveLength(2);
  clock.now += 30_000;
  await library.refresh(one);
  expect(asked).toHaveLength(3);
});

test.each([
  ['its own header', { ratelimit: '"api";r=0;t=120', 'retry-after': '5' }, 121_000, 121_000],
  [
    'the header of whichever quota is spent',
    { ratelimit: '"pages";r=3;t=9, "api";r=0;t=60' },
    61_000,
    61_000,
  ],
  ['Retry-After', { ratelimit: '"api";r=7;t=120', 'retry-after': '90' }, 90_000, 90_000],
  ['at least a minute without any header', {}, minute, 1.25 * minute],
])('too many requests: nobody asks again before %s', async (_, headers: object, least, most) => {
  const { library, asked, clock, db } = opened(serving(() => json({}, 429, { ...headers })));
  const { trouble } = await library.lookUp(one);
  const retryAt = trouble?.retryAt ?? 0;
  expect(retryAt).toBeGreaterThanOrEqual(start + least);
  expect(retryAt).toBeLessThanOrEqual(start + most);
  clock.now = retryAt - 1;
  expect((await library.lookUp(id('2608.00020'))).trouble).toEqual({ kind: 'busy', retryAt });
  expect((await library.refreshPeriod({ kind: 'day' }, true)).trouble).toEqual({
    kind: 'busy',
    retryAt,
  });
  await library.refreshDue();
  expect(asked).toHaveLength(1);
  // It outlives the background.
  const later = opened(undefined, { name: db.name, at: retryAt - 1 });
  expect((await later.library.lookUp(one)).trouble?.kind).toBe('busy');
  expect(later.asked).toEqual([]);
  clock.now = retryAt;
  await library.lookUp(one);
  expect(asked).toHaveLength(2);
});

test('overload that goes on doubles the wait, up to half an hour', async () => {
  const { library, clock, state } = opened(serving(() => json({}, 429)));
  const waits: number[] = [];
  for (let index = 0; index < 8; index++) {
    const { trouble } = await library.lookUp(one);
    waits.push((trouble?.retryAt ?? 0) - clock.now);
    clock.now = trouble?.retryAt ?? 0;
  }
  expect(waits[2]).toBeGreaterThanOrEqual(4 * minute);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30 * minute);
  expect(waits.at(-1)).toBe(30 * minute);
  // The next success begins anew.
  state.serve = serving({ id: one });
  await library.lookUp(one);
  clock.now += hour;
  state.serve = serving(() => json({}, 429));
  const { trouble } = await library.lookUp(one);
  expect((trouble?.retryAt ?? 0) - clock.now).toBeLessThanOrEqual(1.25 * minute);
});

test('an answer that spends the last of the quota is used, and the rest waits', async () => {
  const { library, asked } = opened(
    serving(() => json({ id: one, upvotes: 1 }, 200, { ratelimit: '"api";r=0;t=10' })),
  );
  const view = await library.lookUp(one);
  expect(view).toMatchObject({ known: 'yes' });
  expect(view.trouble).toBeUndefined();
  expect((await library.lookUp(id('2608.00020'))).trouble).toEqual({
    kind: 'busy',
    retryAt: start + 11_000,
  });
  expect(asked).toHaveLength(1);
});

test('a withheld host is named, and nothing is asked of it', async () => {
  const { library, asked } = opened(undefined, { access: false });
  expect((await library.lookUp(one)).trouble?.kind).toBe('access');
  expect(asked).toEqual([]);
});

test('requests carry no cookies, no referrer, follow nowhere, and end in time', async () => {
  const { db } = opened();
  const { openLibrary } = await import('../../src/library');
  const seen: RequestInit[] = [];
  const library = openLibrary({
    db,
    now: () => start,
    consent: async () => true,
    recognise: () => null,
    fetch: async (_url, init) => {
      seen.push(init ?? {});
      return json({ id: one });
    },
  });
  await library.lookUp(one);
  expect(seen[0]).toMatchObject({
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
  expect(seen[0]?.signal).toBeInstanceOf(AbortSignal);
});

test('a paper of two days shows the newest day, and the newest votes', async () => {
  const { library, clock } = opened(
    lists({ '2026-08-18': [item(one, 2)], '2026-08-19': [item('2608.00001', 50), item(one, 42)] }),
  );
  await library.refreshPeriod({ kind: 'day' });
  clock.now += minute;
  const yesterday = await library.refreshPeriod({ kind: 'day', at: '2026-08-18' });
  // In the list of a day stands what that list said.
  expect(yesterday.papers[0]?.trending).toMatchObject({ upvotes: 2, rank: 1, day: '2026-08-18' });
  const [view] = await library.look([one]);
  expect(view).toMatchObject({
    known: 'yes',
    fetchedAt: start + minute,
    trending: { day: '2026-08-19', rank: 2, upvotes: 2 },
  });
  expect(view?.lookedUpAt).toBeUndefined();
});

test('views come in the order asked, also when one is asked for twice', async () => {
  const { library } = opened();
  const ids = ['2608.00003', '2608.00001', '2608.00003'].map(id);
  expect((await library.look(ids)).map((view) => view.id)).toEqual(ids);
});

test('folding and the answer of the welcome page are remembered and told', async () => {
  const { library, changes } = opened();
  expect(await library.settings()).toMatchObject({ folded: false });
  await library.fold(true);
  await library.choose('ask');
  expect(await library.settings()).toMatchObject({ choice: 'ask', folded: true });
  expect((await library.look([one]))[0]?.folded).toBe(true);
  expect(changes).toEqual([{ all: true }, { all: true }]);
});

test('metadata of the page stands before what Hugging Face says', async () => {
  const { library } = opened(serving({ ...answer, submittedOnDailyAt: undefined }));
  await library.save(paper(one, { title: 'Title $x$', doi: '10.1/x' }));
  expect((await library.lookUp(one)).paper).toMatchObject({
    title: 'Title $x$',
    doi: '10.1/x',
    published: '2026-08-18',
  });
});
