// The `test` of every end-to-end spec: a replica world and a reader of their own for each test.
import { test as base } from '@playwright/test';
import { startWorld, type World, type WorldOptions } from '../world/index.ts';
import { openChromium } from './chromium.ts';
import type { Reader, ReaderOptions } from './driver.ts';
import { openFirefox } from './firefox.ts';

export { expect } from '@playwright/test';

/**
 * What a test that walks through many pages of one kind walks through: all in Chromium, every fourth in Firefox, where
 * the question is whether the browser does the same and not what is in the pages.
 */
export function share<Item>(items: readonly Item[], { browser }: Reader): Item[] {
  return items.filter((_, at) => browser === 'chromium' || at % 4 === 0);
}

interface Fixtures {
  /** Set by `test.use({ worldOptions: { recordings } })`. */
  worldOptions: WorldOptions;
  world: World;
  /** A person with a fresh browser and profile. */
  reader: Reader;
  /** Another such person, or one with options. All are closed at the end. */
  newReader: (options?: Omit<ReaderOptions, 'proxy'>) => Promise<Reader>;
}

export const test = base.extend<Fixtures>({
  worldOptions: [{}, { option: true }],
  world: async ({ worldOptions }, use) => {
    const world = await startWorld(worldOptions);
    await use(world);
    await world.stop();
  },
  newReader: async ({ world }, use, testInfo) => {
    const started: Promise<Reader>[] = [];
    await use((options) => {
      const open = testInfo.project.name === 'firefox' ? openFirefox : openChromium;
      const reader = open({ proxy: world.proxy, ...options });
      started.push(reader);
      return reader;
    });
    // Also those that a failed test was still starting.
    const closed = await Promise.allSettled(started.map(async (reader) => (await reader).close()));
    const failed = closed.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  },
  reader: async ({ newReader }, use) => {
    await use(await newReader());
  },
});
