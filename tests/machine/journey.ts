// The journey that `npm start` shows where there is no display: what a person would do, told in words and pictures.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openChromium } from '../e2e/chromium.ts';
import { startWorld } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import { root } from './install.mjs';

const note = 'Try this on our own data.';

/**
 * Opens a paper of the replica world in headless Chromium, saves it, writes a note, and looks at popup and library.
 * Prints what it saw and leaves a picture of each step.
 * @throws Error when a step does not come to its end
 */
export async function journey(): Promise<void> {
  const pictures = join(root, '.output/demo');
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  let count = 0;
  const show = async (
    page: { screenshot(path: string): Promise<void> },
    name: string,
    said: string,
  ): Promise<void> => {
    count += 1;
    const file = join(pictures, `${count}-${name}.png`);
    await page.screenshot(file);
    console.log(`${count}. ${said}\n   ${relative(root, file)}`);
  };

  const world = await startWorld();
  try {
    const reader = await openChromium({ proxy: world.proxy });
    try {
      const tab = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
      await tab.panel.untilState('ready');
      const shown = facts(await tab.panel.text()).join(', ');
      await show(tab, 'paper', `Opened ${await tab.url()}. The panel says: ${shown}.`);

      await tab.panel.press('Save');
      await tab.panel.press('Note');
      const editor = await tab.panel.note();
      await editor.type('Note', note);
      await editor.untilState('saved');
      await show(tab, 'note', `Saved the paper and wrote a note: ${note}`);

      const popup = await reader.openPopup(tab);
      await popup.untilState('ready');
      const listed = (await popup.part('list', 'Papers').papers()).length;
      await show(popup, 'popup', `The popup lists ${listed} papers of the day.`);

      const library = await reader.openOwn('library.html');
      await library.untilState('ready');
      const kept = await library.papers();
      if (!kept.includes(papers.complete)) throw new Error('The library does not list the paper.');
      await show(library, 'library', `The library lists what was kept: ${kept.join(', ')}`);
    } finally {
      await reader.close();
    }
  } finally {
    await world.stop();
  }
}

/** The numbers that the panel shows, in its words. */
function facts(text: string): string[] {
  const patterns = [/[\d,]+ upvotes?/, /#\d+ on \w+ \d+, \d+/, /[\d,]+ stars?/, /[\d,]+ comments?/];
  return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
