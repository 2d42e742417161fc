// Saving papers, writing notes upon them, and finding them again.
import { expect, test } from 'vitest';
import { dayLength, id, item, json, lists, minute, opened, paper, start } from './opened';

const one = id('2608.00001');
const two = id('2608.00002');

/** A write upon the note as it is. */
async function type(library: ReturnType<typeof opened>['library'], text: string, editor = 'a') {
  const { revision, text: base } = await library.note(one);
  return library.writeNote({ id: one, text, base: { revision, text: base }, editor });
}

test('saving twice is once', async () => {
  const { library, clock, changes } = opened();
  expect(await library.save(paper(one))).toMatchObject({ saved: true, noted: false });
  clock.now += minute;
  await library.save(paper(one));
  const page = await library.kept('', 0, 10);
  expect(page).toMatchObject({
    total: 1,
    kept: 1,
    rows: [{ id: one, saved: true, keptAt: start }],
  });
  expect(changes[0]).toEqual({ papers: [one] });
});

test('ten pages that save at once keep ten papers', async () => {
  const { library } = opened();
  await Promise.all(
    Array.from({ length: 10 }, (_, index) => library.save(paper(`2608.1000${index}`))),
  );
  expect((await library.kept('', 0, 20)).total).toBe(10);
});

test('the richest metadata stays: silence takes nothing away, the newer page wins, the highest version counts', async () => {
  const { library } = opened();
  await library.save(paper(one, { title: 'Second title', version: 2, doi: '10.1/x' }));
  const silent = await library.save({ id: one, title: '', authors: [], abstract: '' });
  expect(silent.paper).toMatchObject({ title: 'Second title', version: 2, doi: '10.1/x' });
  const older = await library.save(
    paper(one, { title: 'First title', version: 1, published: '2026-08-01' }),
  );
  expect(older.paper).toMatchObject({ title: 'Second title', version: 2, published: '2026-08-01' });
  const newer = await library.save(paper(one, { title: 'Third title', version: 3 }));
  expect(newer.paper).toMatchObject({ title: 'Third title', version: 3, doi: '10.1/x' });
});

test('taking a paper off leaves its note; restoring puts it back to its old place', async () => {
  const { library, clock } = opened();
  await library.save(paper(one));
  clock.now += minute;
  await library.save(paper(two));
  clock.now += minute;
  expect(await library.unsave(one)).toMatchObject({ saved: false });
  expect((await library.kept('', 0, 10)).rows.map((row) => row.id)).toEqual([two]);
  clock.now += minute;
  expect(await library.restore(one)).toMatchObject({ saved: true });
  expect((await library.kept('', 0, 10)).rows.map((row) => row.id)).toEqual([two, one]);

  await type(library, 'a thought');
  await library.unsave(one);
  expect((await library.kept('', 0, 10)).rows[1]).toMatchObject({
    id: one,
    saved: false,
    note: 'a thought',
  });
});

test('taking off or restoring what was never saved changes nothing', async () => {
  const { library, changes } = opened();
  expect(await library.unsave(one)).toMatchObject({ saved: false });
  expect(await library.restore(one)).toMatchObject({ saved: false });
  expect(changes).toEqual([]);
  expect((await library.kept('', 0, 10)).kept).toBe(0);
});

test('the first text saves the paper with the metadata of its page, an emptied note is no note', async () => {
  const { library } = opened();
  expect(await library.note(one)).toEqual({
    id: one,
    text: '',
    revision: 0,
    versions: [],
    saved: false,
  });
  expect(await library.beginNote(paper(one))).toMatchObject({ editing: true, saved: false });
  const first = await type(library, 'h');
  expect(first).toMatchObject({
    text: 'h',
    revision: 1,
    updatedAt: start,
    saved: true,
    savedNow: true,
  });
  expect((await type(library, 'hi')).savedNow).toBeUndefined();
  await library.endNote(one);
  const [view] = await library.look([one]);
  expect(view).toMatchObject({
    saved: true,
    noted: true,
    editing: false,
    paper: { title: `Title of ${one}` },
  });

  expect(await type(library, ' \n ')).toMatchObject({ text: '', versions: [{ text: 'hi' }] });
  expect((await library.look([one]))[0]).toMatchObject({ saved: true, noted: false });
});

test('a note of a paper that was taken off does not save it again, a new one does', async () => {
  const { library } = opened();
  await library.beginNote(paper(one));
  await type(library, 'x');
  await library.unsave(one);
  expect((await type(library, 'xy')).saved).toBe(false);
  await type(library, '');
  expect(await type(library, 'z')).toMatchObject({ saved: true, savedNow: true });
});

test('opening an editor and typing nothing keeps nothing', async () => {
  const { library } = opened();
  await library.beginNote(paper(one));
  await type(library, '');
  await library.endNote(one);
  expect((await library.kept('', 0, 10)).kept).toBe(0);
});

test('the same note in two editors keeps what both typed', async () => {
  const { library } = opened();
  const start = await type(library, 'one two');
  const base = { revision: start.revision, text: start.text };
  await library.writeNote({ id: one, text: 'ONE two', base, editor: 'a' });
  const merged = await library.writeNote({ id: one, text: 'one two three', base, editor: 'b' });
  expect(merged).toMatchObject({ text: 'ONE two three', revision: 3 });
});

test('an answer that was lost and is written again is not doubled', async () => {
  const { library } = opened();
  const base = { revision: 0, text: '' };
  await library.writeNote({ id: one, text: 'he', base, editor: 'a' });
  expect((await library.writeNote({ id: one, text: 'hello', base, editor: 'a' })).text).toBe(
    'hello',
  );
});

test('writing what is there already changes nothing', async () => {
  const { library, changes } = opened();
  await type(library, 'same');
  const told = changes.length;
  expect((await type(library, 'same')).revision).toBe(1);
  expect(changes).toHaveLength(told);
});

test('earlier texts: kept when another editor begins, when text is taken away, and when the note is emptied', async () => {
  const { library, clock } = opened();
  const texts = async () => (await library.note(one)).versions.map(({ text }) => text);
  for (const text of ['a', 'ab', 'abc', 'abcd']) await type(library, text);
  expect(await texts()).toEqual([]);
  await type(library, 'abcd efgh', 'b');
  expect(await texts()).toEqual(['abcd']);
  clock.now += 2 * minute;
  for (const text of ['abcd efg', 'abcd ef', 'abcd']) await type(library, text, 'b');
  expect(await texts()).toEqual(['abcd efgh', 'abcd']);
  // What stood for a while is kept when the note is emptied, though it was being shortened.
  clock.now += 2 * minute;
  await type(library, '', 'b');
  expect(await texts()).toEqual(['abcd', 'abcd efgh', 'abcd']);
});

test("of one editor's drafts within a minute only the longest stays", async () => {
  const { library } = opened();
  const texts = async () => (await library.note(one)).versions.map(({ text }) => text);
  for (const text of ['abcd efgh', 'abcd efg', 'abcd', 'abcd e', 'abcd', '']) {
    await type(library, text);
  }
  expect(await texts()).toEqual(['abcd efgh']);
  await type(library, 'abcd efgh ijkl');
  await type(library, '');
  expect(await texts()).toEqual(['abcd efgh ijkl']);
  // A different text is no draft of it.
  await type(library, 'something else');
  await type(library, '');
  expect(await texts()).toContain('something else');
});

test('earlier texts are dropped after 30 days', async () => {
  const { library, clock, db } = opened(lists({}));
  await type(library, 'old');
  await type(library, '');
  clock.now += 30 * dayLength - 1;
  expect((await library.note(one)).versions).toHaveLength(1);
  clock.now += 1;
  expect((await library.note(one)).versions).toHaveLength(0);
  await library.refreshDue();
  expect(await db.noteVersions.count()).toBe(0);
});

test('an editor that went away without closing is remembered', async () => {
  const { library } = opened();
  await library.beginNote(paper(one));
  expect((await library.look([one]))[0]?.editing).toBe(true);
});

test('search finds every word in title, authors, note or id, whatever its accents and case', async () => {
  const { library, clock } = opened();
  await library.save(paper(one, { title: 'Über große Modelle', authors: ['Zoë Author'] }));
  clock.now += 1;
  await library.save(paper(two));
  await type(library, 'Compare with LLaMA');
  const found = async (query: string) =>
    (await library.kept(query, 0, 10)).rows.map((row) => row.id);
  expect(await found('uber KLEINE')).toEqual([]);
  expect(await found('uber GROSSE')).toEqual([one]);
  expect(await found('uber modelle')).toEqual([one]);
  expect(await found('ZOE llama')).toEqual([one]);
  expect(await found('2608.00002')).toEqual([two]);
  expect(await found('title nothing')).toEqual([]);
  expect(await found('  ')).toEqual([two, one]);
  expect(await library.kept('author', 1, 1)).toMatchObject({
    total: 2,
    kept: 2,
    rows: [{ id: one }],
  });
});

test('the library comes in pages, newest first', async () => {
  const { library, clock } = opened();
  for (let index = 0; index < 5; index++) {
    clock.now += 1;
    await library.save(paper(`2608.1000${index}`));
  }
  const page = await library.kept('', 1, 2);
  expect(page).toMatchObject({ total: 5, kept: 5 });
  expect(page.rows.map((row) => row.id)).toEqual(['2608.10003', '2608.10002']);
});

test('a row carries what is known of its paper at Hugging Face', async () => {
  const { library } = opened(lists({ '2026-08-19': [item(one, 12)] }));
  await library.refreshPeriod({ kind: 'day' });
  await library.save({ id: one, title: '', authors: [], abstract: '' });
  expect((await library.kept('', 0, 1)).rows[0]).toMatchObject({
    paper: { title: `Title of ${one}` },
    trending: { upvotes: 12, rank: 1 },
  });
});

test('nothing that happens at the network keeps a paper from being saved', async () => {
  const { library } = opened(() => json({}, 500));
  const view = await library.save({ id: one, title: '', authors: [], abstract: '' });
  expect(view).toMatchObject({ saved: true });
});
