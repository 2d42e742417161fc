// When the background refreshes, and that it is kept for as long as that takes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { schedule } from '../../src/background/schedule';

const world = vi.hoisted(() => ({
  alarmed: (_: { name: string }) => {},
  breaths: 0,
}));
vi.mock('wxt/browser', () => ({
  browser: {
    runtime: {
      onInstalled: { addListener() {} },
      onStartup: { addListener() {} },
      getPlatformInfo: async () => world.breaths++,
    },
    alarms: {
      onAlarm: {
        addListener(listener: typeof world.alarmed) {
          world.alarmed = listener;
        },
      },
      get: async () => ({}),
    },
  },
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('the background is kept while a refresh works, and no longer', async () => {
  const work = Promise.withResolvers<void>();
  schedule(() => work.promise);
  world.alarmed({ name: 'refresh' });
  await vi.advanceTimersByTimeAsync(65_000);
  expect(world.breaths).toBe(3);
  work.resolve();
  await vi.advanceTimersByTimeAsync(65_000);
  expect(world.breaths).toBe(3);
});

it('an alarm of another name refreshes nothing', () => {
  const refresh = vi.fn(async () => {});
  schedule(refresh);
  world.alarmed({ name: 'another' });
  expect(refresh).not.toHaveBeenCalled();
});
