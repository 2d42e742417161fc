// What is asked before a page is drawn.
// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import type { Change } from '../../src/library/api';
import { askAhead, rememberKind } from '../../src/views/ahead';
import { fakeLibrary, periodView } from './ui-world';

it('is given to the first who asks the same, once', async () => {
  rememberKind('week');
  const week = periodView({ kind: 'week' });
  const world = fakeLibrary({ period: async () => week });
  const library = askAhead(world.library, world.notices);
  expect(world.library.period).toHaveBeenCalledExactlyOnceWith({ kind: 'week' });
  expect(await library.period({ kind: 'week' })).toBe(week);
  expect(world.library.period).toHaveBeenCalledOnce();
  await library.period({ kind: 'week' });
  await library.period({ kind: 'day' });
  expect(world.library.period).toHaveBeenCalledTimes(3);
});

it('is asked anew where anything changed meanwhile', async () => {
  const world = fakeLibrary();
  const library = askAhead(world.library, world.notices);
  await world.tell({ periods: ['2026-08-21'] } satisfies Change);
  await library.settings();
  expect(world.library.settings).toHaveBeenCalledTimes(2);
});

it('tells of a failure only who asks', async () => {
  const world = fakeLibrary({ topics: () => Promise.reject(new Error('broken')) });
  await expect(askAhead(world.library, world.notices).topics()).rejects.toThrow('broken');
});
