// The lists of the replica world, as its service sends them: each is shown whole and in its order.
import { expect, test } from 'vitest';
import { emptyCatalogue } from '../world/catalogue';
import { huggingFaceApi } from '../world/huggingface-api';
import { addOwnPapers } from '../world/papers';
import { listOf, nameOf, trending } from '../world/periods';
import { opened } from './opened';

/** A library on this day of the world. */
function onDay(today: string) {
  const catalogue = emptyCatalogue();
  addOwnPapers(catalogue, today);
  const world = opened(undefined, { at: Date.parse(`${today}T12:00:00Z`) });
  const api = huggingFaceApi(
    catalogue,
    () => today,
    500,
    () => world.clock.now,
  );
  world.state.serve = (url) => {
    const { status, headers, body } = api({ host: url.host, url, method: 'GET', headers: {} });
    return new Response(String(body), { status, headers });
  };
  return { ...world, catalogue };
}

test.each(['2026-08-19', '2026-11-02', '2027-01-04'])('on %s', async (today) => {
  const { library, catalogue, asked } = onDay(today);
  for (const [kind, items] of [
    ['week', listOf(catalogue, today, 'week', nameOf('week', today))],
    ['month', listOf(catalogue, today, 'month', nameOf('month', today))],
    ['trending', trending(catalogue, today)],
  ] as const) {
    const view = await library.refreshPeriod({ kind });
    expect(view.trouble).toBeUndefined();
    expect(view.papers.map(({ id }) => id)).toEqual(items.map(({ paper }) => paper.id));
    if (kind === 'week') expect(view.papers.length).toBeGreaterThanOrEqual(105);
    if (kind === 'month') expect(view.papers.length).toBeGreaterThanOrEqual(430);
  }
  expect(asked).toHaveLength(new Set(asked).size);
});

test('in the 53rd week, which its service refuses', async () => {
  const { library, catalogue } = onDay('2026-12-31');
  const view = await library.refreshPeriod({ kind: 'week' });
  const days = [...catalogue.days].filter(([day]) => day >= '2026-12-28' && day <= '2026-12-31');
  const ids = new Set(days.flatMap(([, items]) => items.map(({ paper }) => paper.id)));
  expect(view).toMatchObject({ shown: '2026-W53', fromDays: true });
  expect(new Set(view.papers.map(({ id }) => id))).toEqual(ids);
  const votes = view.papers.map((listed) => listed.trending.upvotes ?? 0);
  expect(votes).toEqual(votes.toSorted((a, b) => b - a));
});
