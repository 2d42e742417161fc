// How far a person is with a paper, which papers they opened lately, and their settings.
import { expect, test } from 'vitest';
import { dayLength, highlight, id, item, lists, minute, opened, paper, start } from './opened';

const one = id('2608.00001');
const two = id('2608.00002');

test('a paper that is being read or was read stands in the library, once', async () => {
  const { library, clock, changes } = opened();
  expect((await library.look([one]))[0]?.reading).toBe('unread');
  expect(await library.setReading(paper(one), 'reading')).toMatchObject({
    reading: 'reading',
    saved: false,
    paper: { title: `Title of ${one}` },
  });
  clock.now += minute;
  await library.setReading(paper(one), 'reading');
  expect(changes).toEqual([{ papers: [one] }]);
  await library.setReading(paper(one), 'read');
  expect(await library.kept('', 0, 9)).toMatchObject({
    kept: 1,
    rows: [{ id: one, saved: false, reading: 'read', keptAt: start }],
  });
  expect((await library.kept('title', 0, 9)).total).toBe(1);
});

test('back to unread it leaves the library, unless it is saved or noted', async () => {
  const { library } = opened();
  await library.setReading(paper(one), 'read');
  expect(await library.setReading(paper(one), 'unread')).toMatchObject({ reading: 'unread' });
  expect(await library.kept('', 0, 9)).toMatchObject({ kept: 0, rows: [] });
  expect((await library.kept('title', 0, 9)).total).toBe(0);

  await library.setReading(paper(one), 'read');
  await library.save(paper(one));
  await library.setReading(paper(one), 'unread');
  expect((await library.kept('', 0, 9)).rows).toMatchObject([{ saved: true, reading: 'unread' }]);
  const base = { revision: 0, text: '' };
  await library.writeNote({ id: two, text: 'x', base, editor: 'a' });
  await library.unsave(two);
  await library.setReading(paper(two), 'reading');
  await library.setReading(paper(two), 'unread');
  expect((await library.kept('', 0, 9)).rows.map((row) => row.id)).toEqual([two, one]);
});

test('taking a paper off leaves what is being read, in its place', async () => {
  const { library, clock } = opened();
  await library.save(paper(one));
  await library.setReading(paper(one), 'reading');
  clock.now += minute;
  await library.save(paper(two));
  await library.unsave(one);
  expect((await library.kept('', 0, 9)).rows).toMatchObject([
    { id: two },
    { id: one, saved: false, reading: 'reading' },
  ]);
});

test('a paper that was never kept and is set to unread leaves no trace', async () => {
  const { library, db, changes } = opened();
  await library.setReading(paper(one), 'unread');
  expect(await db.kept.count()).toBe(0);
  expect(changes).toEqual([]);
});

test('a paper without a title gets it once it is being read', async () => {
  const { library, asked } = opened(lists({ '2026-08-19': [item(one, 12)] }));
  await library.refreshPeriod({ kind: 'day' });
  await library.setReading({ id: one, title: '', authors: [], abstract: '' }, 'reading');
  expect((await library.kept('title', 0, 9)).rows).toMatchObject([{ id: one }]);
  expect(asked).toHaveLength(1);
});

test('the defaults of the settings, and a change that touches nothing else', async () => {
  const { library, changes } = opened();
  const defaults = {
    folded: false,
    keys: true,
    remember: false,
    fileName: '{author} {year} - {title} ({id})',
    digest: {
      kind: 'day',
      sort: 'list',
      filters: {
        text: '',
        upvotes: 0,
        code: false,
        linked: false,
        organization: '',
        unread: false,
      },
      known: 'show',
    },
  };
  expect(await library.settings()).toEqual(defaults);
  await library.adjust({ keys: false });
  await library.choose('automatic');
  await library.adjust({ fileName: '{title}' });
  expect(changes).toEqual([{ all: true }, { all: true }, { all: true }]);
  expect(await library.settings()).toEqual({
    ...defaults,
    keys: false,
    choice: 'automatic',
    fileName: '{title}',
  });
});

test('an emptied template of file names is the wish for the default', async () => {
  const { library } = opened();
  const { fileName } = await library.settings();
  await library.adjust({ fileName: '{id}' });
  await library.adjust({ fileName: '  ' });
  expect((await library.settings()).fileName).toBe(fileName);
});

test('nothing that is opened is remembered unless the person turned that on', async () => {
  const { library, db } = opened();
  await library.opened(paper(one));
  expect(await library.recentlyOpened(9)).toEqual([]);
  await library.adjust({ remember: true });
  await library.opened(paper(two));
  expect(await library.recentlyOpened(9)).toEqual([
    { id: two, title: `Title of ${two}`, openedAt: start },
  ]);
  await library.adjust({ keys: false });
  expect(await db.opened.count()).toBe(1);
  await library.adjust({ remember: false });
  expect(await db.opened.count()).toBe(0);
});

test('a kept paper knows which version is the newest, and which one the person read', async () => {
  const { library, changes } = opened();
  const abstract = (version: number) =>
    library.opened(paper(one, { version, title: `Title ${version}` }), { kind: 'abs', version });
  const pdf = { id: one, title: '', authors: [], abstract: '' };
  const versions = async () => {
    const [[view], { rows }] = [await library.look([one]), await library.kept('', 0, 9)];
    expect(rows[0]?.readVersion).toBe(view?.readVersion);
    expect(rows[0]?.paper).toEqual(view?.paper);
    return [view?.paper?.version, view?.readVersion];
  };
  await abstract(1);
  expect((await library.look([one]))[0]).not.toHaveProperty('paper');
  await library.save(paper(one, { version: 1 }));
  expect(await versions()).toEqual([1, undefined]);
  // The PDF of no version in particular is the newest one known.
  await library.opened(pdf, { kind: 'pdf' });
  expect(await versions()).toEqual([1, 1]);
  await abstract(3);
  expect(await versions()).toEqual([3, 1]);
  expect((await library.look([one]))[0]?.paper?.title).toBe('Title 3');
  await library.opened(paper(one), { kind: 'html', version: 2 });
  expect(await versions()).toEqual([3, 2]);
  // Looking something up in an older one takes nothing back, and says nothing new.
  const told = changes.length;
  await library.opened(pdf, { kind: 'pdf', version: 1 });
  await abstract(2);
  expect(await versions()).toEqual([3, 2]);
  expect(changes).toHaveLength(told);
  await library.addHighlight(paper(one), highlight('words', { kind: 'html', version: 3 }));
  expect(await versions()).toEqual([3, 3]);
  await library.setReading(paper(one, { version: 4 }), 'read');
  expect(await versions()).toEqual([4, 4]);
});

test('opened papers come newest first, one row a paper, as many as asked for', async () => {
  const { library, clock } = opened();
  await library.adjust({ remember: true });
  for (const which of [one, two, one]) {
    clock.now += minute;
    await library.opened(paper(which));
  }
  clock.now += minute;
  // A PDF says no title: the known one stays.
  await library.opened({ id: one, title: '', authors: [], abstract: '' });
  const ids = async (limit: number) => (await library.recentlyOpened(limit)).map((row) => row.id);
  expect(await ids(9)).toEqual([one, two]);
  expect(await ids(1)).toEqual([one]);
  expect((await library.recentlyOpened(1))[0]?.title).toBe(`Title of ${one}`);
});

test('a title that comes later stands in the list', async () => {
  const { library } = opened(lists({ '2026-08-19': [item(one, 12)] }));
  await library.adjust({ remember: true });
  await library.opened({ id: one, title: '', authors: [], abstract: '' });
  expect((await library.recentlyOpened(1))[0]?.title).toBe('');
  await library.refreshPeriod({ kind: 'day' });
  expect((await library.recentlyOpened(1))[0]?.title).toBe(`Title of ${one}`);
});

test('opened papers are dropped after 90 days, and at once when the person says so', async () => {
  const { library, clock, db } = opened(lists({}));
  await library.adjust({ remember: true });
  await library.opened(paper(one));
  clock.now += 90 * dayLength - 1;
  await library.opened(paper(two));
  expect(await library.recentlyOpened(9)).toHaveLength(2);
  clock.now += 1;
  expect((await library.recentlyOpened(9)).map((row) => row.id)).toEqual([two]);
  await library.refreshDue();
  expect(await db.opened.count()).toBe(1);
  await library.forgetOpened();
  expect(await db.opened.count()).toBe(0);
  expect((await library.settings()).remember).toBe(true);
});

test('opened papers and settings never leave in a file, and one more opened is told to nobody', async () => {
  const { library, changes } = opened();
  await library.save(paper(two));
  await library.adjust({ remember: true });
  const told = changes.length;
  await library.opened(paper(one));
  expect(changes).toHaveLength(told);
  const file = await library.exportJson();
  expect(file).toContain(two);
  expect(file).not.toContain(one);
  expect(Object.keys(JSON.parse(file))).toEqual([
    'format',
    'version',
    'exportedAt',
    'papers',
    'topics',
  ]);
});
