// Highlights as they are kept: made once, changed, removed and brought back, and what a page may know of them.
import { expect, test } from 'vitest';
import { dayLength, highlight, id, minute, opened, paper, start } from './opened';

const one = id('2608.00001');
const two = id('2608.00002');

test('a highlight stays with what it was made of, and a paper that was not saved is saved with it', async () => {
  const { library, changes } = opened();
  const made = highlight('A sentence', { colour: 'green' });
  const { highlight: kept, view, savedNow } = await library.addHighlight(paper(one), made);
  expect(kept).toEqual({ ...made, paper: one, createdAt: start, commented: false });
  expect(view).toMatchObject({ saved: true, highlights: 1 });
  expect(savedNow).toBe(true);
  expect(await library.highlights(one)).toEqual([kept]);
  expect(changes).toEqual([{ papers: [one], highlights: [one] }]);
});

test('its undo takes both back', async () => {
  const { library } = opened();
  const made = highlight();
  await library.addHighlight(paper(one), made);
  await library.removeHighlight(made.id);
  await library.unsave(one);
  expect(await library.kept('', 0, 9)).toMatchObject({ kept: 0, rows: [] });
  expect((await library.look([one]))[0]).not.toHaveProperty('highlights');
});

test('adding twice is once, and a paper that was saved before is not saved anew', async () => {
  const { library, clock, changes } = opened();
  await library.save(paper(one));
  const made = highlight();
  const first = await library.addHighlight(paper(one), made);
  expect(first).not.toHaveProperty('savedNow');
  clock.now += minute;
  const told = changes.length;
  const again = await library.addHighlight(paper(one), { ...made, colour: 'pink' });
  expect(again).toEqual(first);
  expect(changes).toHaveLength(told);
  expect(await library.highlights(one)).toHaveLength(1);
});

test.each([
  ['no words', ' \n ', /Select some text/],
  ['too many', 'x'.repeat(10_001), /10,000 characters/],
])('a highlight of %s is refused with a sentence, and nothing is saved', async (_, exact, why) => {
  const { library } = opened();
  await expect(library.addHighlight(paper(one), highlight(exact))).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(why),
  });
  expect((await library.look([one]))[0]?.saved).toBe(false);
  const most = await library.addHighlight(paper(one), highlight('x'.repeat(10_000)));
  expect(most.view.highlights).toBe(1);
});

test('a new colour is kept and told once', async () => {
  const { library, changes, clock } = opened();
  const made = highlight();
  await library.addHighlight(paper(one), made);
  clock.now += minute;
  expect(await library.recolourHighlight(made.id, 'blue')).toMatchObject({ colour: 'blue' });
  await library.recolourHighlight(made.id, 'blue');
  expect(changes).toHaveLength(2);
  expect(await library.annotation(made.id)).toMatchObject({
    colour: 'blue',
    updatedAt: start + minute,
  });
});

test('what is removed is gone everywhere, and comes back whole within 30 days', async () => {
  const { library, clock, changes } = opened();
  const made = highlight();
  await library.addHighlight(paper(one), made);
  await library.comment({ id: made.id, text: 'Why?', base: '' });
  const before = await library.annotations(one);
  clock.now += minute;
  expect(await library.removeHighlight(made.id)).toMatchObject({ id: one, saved: true });
  expect(changes.at(-1)).toEqual({ papers: [one], highlights: [one] });
  const told = changes.length;
  expect(await library.removeHighlight(made.id)).toMatchObject({ id: one });
  expect(changes).toHaveLength(told);
  expect(await library.highlights(one)).toEqual([]);
  expect(await library.annotation(made.id)).toBeNull();
  expect(await library.recolourHighlight(made.id, 'pink')).toBeNull();
  expect(await library.comment({ id: made.id, text: 'x', base: 'Why?' })).toBeNull();
  expect((await library.kept('why', 0, 9)).total).toBe(0);
  clock.now += 29 * dayLength;
  await library.refreshDue();
  expect(await library.removedHighlights(one)).toMatchObject([{ id: made.id, comment: 'Why?' }]);
  expect(await library.restoreHighlight(made.id)).toMatchObject({ id: made.id, commented: true });
  expect(await library.annotations(one)).toEqual(before);
  expect(await library.removedHighlights(one)).toEqual([]);
});

test('after 30 days only a tombstone is left, without any of its words', async () => {
  const { library, clock, db } = opened();
  const made = highlight('Secret words');
  await library.addHighlight(paper(one), made);
  await library.comment({ id: made.id, text: 'Secret comment', base: '' });
  await library.removeHighlight(made.id);
  clock.now += 30 * dayLength;
  await library.refreshDue();
  expect(JSON.stringify(await db.highlights.toArray())).not.toMatch(/Secret|stands/);
  expect(await library.restoreHighlight(made.id)).toBeNull();
  expect(await library.removedHighlights(one)).toEqual([]);
  expect(await library.highlights(one)).toEqual([]);
});

test('verbs about a highlight that never was answer with null', async () => {
  const { library } = opened();
  const { id: none } = highlight();
  expect(await library.recolourHighlight(none, 'blue')).toBeNull();
  expect(await library.removeHighlight(none)).toBeNull();
  expect(await library.restoreHighlight(none)).toBeNull();
  expect(await library.annotation(none)).toBeNull();
  expect(await library.comment({ id: none, text: 'x', base: '' })).toBeNull();
});

test('no answer to a page, and no change that it is told, has the words of a comment', async () => {
  const { library, changes } = opened();
  const made = highlight();
  await library.addHighlight(paper(one), made);
  await library.comment({ id: made.id, text: 'Only mine', base: '' });
  const answers = [
    await library.highlights(one),
    await library.addHighlight(paper(one), made),
    await library.recolourHighlight(made.id, 'pink'),
    await library.removeHighlight(made.id),
    await library.restoreHighlight(made.id),
    await library.look([one]),
    changes,
  ];
  expect(JSON.stringify(answers)).not.toContain('Only mine');
  expect(answers[0]).toMatchObject([{ commented: true }]);
});

test('a comment is stored, emptied, and merged with what was typed elsewhere meanwhile', async () => {
  const { library, changes } = opened();
  const { id: mark } = (await library.addHighlight(paper(one), highlight())).highlight;
  const write = (text: string, base: string) => library.comment({ id: mark, text, base });
  expect(await write('First.', '')).toMatchObject({ comment: 'First.', commented: true });
  expect(await write('Zero. First.', 'First.')).toMatchObject({ comment: 'Zero. First.' });
  expect(await write('First. Last.', 'First.')).toMatchObject({ comment: 'Zero. First. Last.' });
  const told = changes.length;
  await write('Zero. First. Last.', 'Zero. First.');
  expect(changes).toHaveLength(told);
  expect(await write(' \n', 'Zero. First. Last.')).toMatchObject({ comment: '', commented: false });
});

test('a paper that is no longer saved stays in the library as long as it has highlights', async () => {
  const { library } = opened();
  const { id: mark } = (await library.addHighlight(paper(one), highlight())).highlight;
  await library.unsave(one);
  expect(await library.kept('', 0, 9)).toMatchObject({
    kept: 1,
    rows: [{ id: one, saved: false, highlights: 1 }],
  });
  await library.removeHighlight(mark);
  expect((await library.kept('', 0, 9)).kept).toBe(0);
  await library.restoreHighlight(mark);
  expect((await library.kept('', 0, 9)).kept).toBe(1);
});

test('the library is searched in quotes and comments too, by paper', async () => {
  const { library } = opened();
  const found = async (query: string) =>
    (await library.kept(query, 0, 9)).rows.map(({ id: which }) => which);
  const { id: mark } = (await library.addHighlight(paper(one), highlight('A crème brûlée')))
    .highlight;
  await library.addHighlight(paper(two), highlight('Other words'));
  await library.comment({ id: mark, text: 'Compare with zebras', base: '' });
  expect(await found('creme')).toEqual([one]);
  expect(await found('zebras author')).toEqual([one]);
  expect(await found('zebras other')).toEqual([]);
  expect(await found('words')).toEqual([two]);
});

test('a thousand highlights of one paper, made at once, are all there, oldest first', async () => {
  const { library, clock } = opened();
  await Promise.all(
    Array.from({ length: 1000 }, (_, index) => {
      clock.now = start + index;
      return library.addHighlight(paper(one), highlight(`Sentence ${index}`));
    }),
  );
  const all = await library.highlights(one);
  expect(all.map(({ createdAt }) => createdAt - start)).toEqual(all.map((_, index) => index));
  expect((await library.look([one]))[0]?.highlights).toBe(1000);
}, 60_000);
