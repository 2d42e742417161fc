// The `test` of every end-to-end spec: a replica world and a reader of their own for each test.
import { test as base } from '@playwright/test';
import { startWorld } from '../world/index.ts';
import { openChromium } from './chromium.ts';
import type { Reader, ReaderOptions } from './driver.ts';
import { openFirefox } from './firefox.ts';

export { expect } from '@playwright/test';

type World = Awaited<ReturnType<typeof startWorld>>;

interface Fixtures {
  world: World;
  /** A person with a fresh browser and profile. */
  reader: Reader;
  /** Another such person, or one with options. All are closed at the end. */
  newReader: (options?: Omit<ReaderOptions, 'proxy'>) => Promise<Reader>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  world: async ({}, use) => {
    const world = await startWorld();
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
    for (const reader of await Promise.allSettled(started)) {
      if (reader.status === 'fulfilled') await reader.value.close();
    }
  },
  reader: async ({ newReader }, use) => {
    await use(await newReader());
  },
});
