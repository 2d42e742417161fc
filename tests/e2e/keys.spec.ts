// Single keys on lists: through the rows, to save, note and open; never while a person types, and off when they say so.
import { papers } from '../world/papers.ts';
import type { Reader, Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';

/** What a page tells of itself. */
declare const window: { used?: boolean | undefined };

const list = 'https://arxiv.org/list/cs.LG/new';

/** Presses `k`, which moves nothing once the first row is reached. Whether the key was used: the page hears it after us. */
async function used(tab: Tab): Promise<boolean> {
  await tab.evaluate(() => {
    window.used = undefined;
    addEventListener(
      'keydown',
      ({ defaultPrevented }) => {
        window.used = defaultPrevented;
      },
      { once: true },
    );
  });
  await tab.key('k');
  return tab.evaluate(() => window.used ?? false);
}

/** A list that answers keys; no row is reached yet. Gives the papers whose badges are there. */
async function openList(reader: Reader, address: string): Promise<[Tab, string[]]> {
  const tab = await reader.open(address);
  if (address.includes('huggingface'))
    await expect
      .poll(() => tab.evaluate(() => document.documentElement.dataset.hydrated ?? ''))
      .toBe('yes');
  await tab.badges.scrollThrough();
  await expect.poll(() => used(tab), 'Keys work').toBe(true);
  await tab.key('Escape');
  return [tab, await tab.badges.ids()];
}

const saved = (tab: Tab, id = '') => expect.poll(() => tab.badges.badge(id).pressed('Save'), id);

for (const [where, address, tag] of [
  ['arXiv', list, []],
  ['Hugging Face', 'https://huggingface.co/papers', ['@chromium']],
] as const) {
  test(`keys move through a list of ${where}, save, note and open`, { tag: [...tag] }, async ({
    reader,
  }) => {
    const [tab, ids] = await openList(reader, address);
    const here = await tab.url();
    // Without a row to act on, keys that act do nothing; the one row that moves next gets there first.
    await tab.key('s');
    await tab.key('j');
    await tab.key('s');
    await saved(tab, ids[0]).toBe(true);
    for (const key of ['j', 'j', 'k', 's']) await tab.key(key);
    await saved(tab, ids[1]).toBe(true);
    const library = await reader.openOwn('library.html');
    await expect
      .poll(async () => (await library.part('list', 'Library').papers()).toSorted())
      .toEqual(ids.slice(0, 2).toSorted());
    await tab.activate();
    // The same key takes it out again.
    await tab.key('s');
    await saved(tab, ids[1]).toBe(false);

    await tab.key('n');
    const note = await tab.badges.note();
    await note.type('Note', 'jks written by hand');
    await note.untilState('saved');
    // The first Escape ends the writing, the second closes the box.
    await tab.key('Escape');
    await note.untilText('jks written by hand');
    await tab.key('Escape');
    await expect
      .poll(() => tab.evaluate(() => document.querySelectorAll('paper-margin-note').length))
      .toBe(0);
    await expect.poll(() => tab.badges.badge(ids[1] ?? '').has('button', 'Note')).toBe(true);
    await library.paper(ids[1] ?? '').untilText('jks written by hand');
    await expect.poll(() => tab.badges.badge(ids[2] ?? '').pressed('Save')).toBe(false);

    expect(await tab.url()).toBe(here);
    await tab.key('o');
    await expect.poll(() => tab.url()).toContain(ids[1]);
    await expect.poll(() => tab.panel.id()).toBe(ids[1]);
    expect(await reader.consoleErrors()).toEqual([]);
  });
}

// Three questions to one browser, which takes longer to start than to answer each of them.
test('keys do nothing while a person types, with a modifier, pressed by no person or turned off; they reach the last row', {
  tag: '@chromium',
}, async ({ reader }) => {
  await test.step('while a person types into the page', async () => {
    for (const address of [
      'https://huggingface.co/papers',
      'https://arxiv.org/search/?query=made-up',
    ]) {
      const [tab, ids] = await openList(reader, address);
      await tab.evaluate(() => {
        const field = document.querySelector<HTMLInputElement>(
          'input[name="q"], input[name="query"]',
        );
        if (field) field.value = '';
        field?.focus();
      });
      for (const key of 'jsjsno') await tab.key(key);
      const typed = await tab.evaluate(() => (document.activeElement as HTMLInputElement).value);
      expect(typed).toBe('jsjsno');
      await tab.evaluate(() => (document.activeElement as HTMLElement).blur());
      await tab.key('j');
      await tab.key('s');
      // What the first key after the typing reaches is the first row: none was reached before.
      await saved(tab, ids[0]).toBe(true);
      await expect.poll(() => tab.badges.badge(ids[1] ?? '').pressed('Save')).toBe(false);
      // Out again, for the other list.
      await tab.key('s');
      await saved(tab, ids[0]).toBe(false);
    }
    const library = await reader.openOwn('library.html');
    expect(await library.part('list', 'Library').papers()).toEqual([]);
  });

  await test.step('with a modifier, pressed by no person, turned off, and on again', async () => {
    const [tab, ids] = await openList(reader, list);
    await tab.key('j');
    await tab.evaluate(() => {
      for (const key of ['j', 's'])
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }),
        );
    });
    await tab.key('Shift+S');
    await tab.key('j');
    await tab.key('s');
    await saved(tab, ids[1]).toBe(true);
    await expect.poll(() => tab.badges.badge(ids[0] ?? '').pressed('Save')).toBe(false);
    await expect.poll(() => tab.badges.badge(ids[2] ?? '').pressed('Save')).toBe(false);
    await tab.key('s');
    await saved(tab, ids[1]).toBe(false);

    await tab.key('k');
    await tab.key('s');
    await saved(tab, ids[0]).toBe(true);
    const options = await reader.openOwn('options.html');
    await options.untilState('ready');

    await options.press('Move through lists by single keys');
    await tab.activate();
    await expect.poll(() => used(tab), 'Keys work').toBe(false);
    await tab.key('j');
    await tab.key('s');
    // What a click does comes after what the keys would have done.
    await tab.badges.badge(papers.plain).press('Save');
    await saved(tab, papers.plain).toBe(true);
    const library = await reader.openOwn('library.html');
    await expect
      .poll(async () => (await library.part('list', 'Library').papers()).toSorted())
      .toEqual([ids[0], papers.plain].toSorted());

    await options.activate();
    await options.press('Move through lists by single keys');
    await tab.activate();
    await expect.poll(() => used(tab), 'Keys work').toBe(true);
  });

  await test.step('they reach the last row of a long list and bring each into view', async () => {
    const [tab, ids] = await openList(reader, 'https://arxiv.org/list/cs.CL/recent?skip=0&show=25');
    expect(ids).toHaveLength(25);
    for (const _ of ids) await tab.key('j');
    // Past the end nothing happens.
    await tab.key('j');
    await tab.key('s');
    await saved(tab, ids[24]).toBe(true);
    const inView = await tab.evaluate((id) => {
      const hosts = [...document.querySelectorAll<HTMLElement>('paper-margin-badge')];
      const box = hosts.find(({ dataset }) => dataset.paper === id)?.getBoundingClientRect();
      return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
    }, ids[24]);
    expect(inView).toBe(true);
  });
  expect(await reader.consoleErrors()).toEqual([]);
});
