// Waits for the one panel of a paper, and sees that it is the only one and settled.
import type { Tab } from './driver.ts';
import { expect } from './fixtures.ts';

/** @throws Error when there is no settled panel, a second one, or one of another paper */
export async function onlyPanel(tab: Tab, id: string): Promise<void> {
  const { panel } = tab;
  await expect.poll(() => panel.id(), `The panel of ${await tab.url()}`).toBe(id);
  await panel.untilState('ready');
  expect(await tab.hosts(), `How many panels ${await tab.url()} has`).toBe(1);
}
