// Makes the pictures of README.md from the built extension and the replica world: made-up papers, real pages of ours.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openChromium } from '../e2e/chromium.ts';
import { startWorld } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import { root } from './install.mjs';

const folder = join(root, 'assets/readme');
mkdirSync(folder, { recursive: true });

const note = 'Table 3: does the gain hold **without** the second step? Ask for the seeds.';

const world = await startWorld({ recordings: undefined });
const reader = await openChromium({ proxy: world.proxy, keepWelcome: true });
try {
  const welcome = await reader.welcome();
  await welcome.press('Look up automatically');
  await welcome.untilText('Papers are looked up automatically.');

  const tab = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
  await tab.setViewport(1100, 620);
  await tab.panel.untilText('12 models');
  await tab.panel.press('Note');
  const frame = await tab.panel.note();
  await frame.type('Note', note);
  await frame.untilState('saved');
  await tab.reload();
  await tab.panel.untilState('ready');
  await (await tab.panel.note()).untilText('Ask for the seeds');
  await tab.evaluate(() => scrollTo(0, 0));
  await tab.screenshot(join(folder, 'panel-light.png'));
  await reader.dark(true);
  await tab.screenshot(join(folder, 'panel-dark.png'));
  await reader.dark(false);

  for (const id of [papers.yesterday, papers.math, papers.linksOnly]) {
    const other = await reader.open(`https://arxiv.org/abs/${id}`);
    await other.panel.untilState('ready');
    await other.panel.press('Save');
    await other.close();
  }

  const list = await reader.open('https://arxiv.org/list/cs.LG/new');
  await list.setViewport(1000, 520);
  await list.badges.badge(papers.complete).untilText('163');
  await list.badges.badge(papers.complete).press(/^Reading state/);
  await list.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await list.screenshot(join(folder, 'list-light.png'));
  await list.close();

  const pdf = await reader.open(`https://arxiv.org/pdf/${papers.complete}`);
  const side = await reader.openOwn('sidepanel.html');
  await side.setViewport(400, 660);
  await side.untilText('Stored');
  await side.screenshot(join(folder, 'side-panel-light.png'));
  await side.close();
  await pdf.close();

  const popup = await reader.openPopup(tab);
  await popup.setViewport(400, 600);
  await popup.untilState('ready');
  await popup.screenshot(join(folder, 'popup-light.png'));
  await popup.close();

  const library = await reader.openOwn('library.html');
  await library.setViewport(1000, 520);
  await library.untilText('4 papers');
  for (const id of (await library.papers()).slice(2)) {
    await library.paper(id).press('Select');
  }
  await library.press('Tag');
  await library.type('Tag to add', 'reading group');
  await library.key('Enter');
  await library.press('Select nothing');
  await library.part('complementary', 'Filters').untilText('reading group 2');
  await library.press('Close');
  await library.screenshot(join(folder, 'library-light.png'));
  console.log('The pictures are in assets/readme.');
} finally {
  await reader.close();
  await world.stop();
}
