// What a person sees when the browser keeps our sites from us, or a page is older than the extension, and how they mend it.
import type { OwnPage, Reader } from './driver.ts';
import { expect, test } from './fixtures.ts';

declare const chrome: typeof import('wxt/browser').browser & {
  developerPrivate: {
    updateExtensionConfiguration(change: {
      extensionId: string;
      hostAccess: string;
    }): Promise<void>;
  };
};

const kept = 'The browser does not let Paper Margin read arXiv and Hugging Face.';
const older =
  'This page was open before Paper Margin was installed or updated, so it has no panel.';
const listed = '2601.90001';
const unlisted = '2601.80002';

/** What the add-ons manager of Firefox does, and what Chromium's page of extensions does: "on click". */
async function takeAccess(reader: Reader, own: OwnPage): Promise<void> {
  if (reader.browser === 'firefox') {
    await own.evaluate(() => {
      const { host_permissions } = chrome.runtime.getManifest();
      return chrome.permissions.remove({ origins: host_permissions ?? [] });
    });
  } else await inManager(reader, own, 'ON_CLICK');
}

async function inManager(reader: Reader, own: OwnPage, hostAccess: string): Promise<void> {
  const extensionId = new URL(await own.url()).host;
  const manager = await reader.open('chrome://extensions/');
  await manager.evaluate((change) => chrome.developerPrivate.updateExtensionConfiguration(change), {
    extensionId,
    hostAccess,
  });
  await manager.close();
}

test('with access taken away the popup says so; with access given back everything works, on older pages too', async ({
  reader,
  world,
}) => {
  const library = await reader.openOwn('library.html');
  const today = await reader.openPopup();
  await today.untilState('ready');
  await today.close();
  const before = await reader.open(`https://arxiv.org/abs/${listed}`);
  await before.panel.untilState('ready');
  await before.panel.press('Save');
  await expect.poll(() => before.panel.pressed('Save')).toBe(true);

  await takeAccess(reader, library);

  // What is stored stays in sight, and the panel that is there says what to do.
  await before.panel.press('Look up');
  await before.panel.untilState('offline');
  await before.panel.untilText('Allow it in the toolbar popup.');
  await before.panel.untilText('163 upvotes');
  await expect.poll(() => library.part('list', 'Library').papers()).toEqual([listed]);
  const popup = await reader.openPopup(before);
  await popup.untilText(kept);
  expect(await popup.has('button', 'Allow')).toBe(true);

  // A page opened meanwhile has no panel: the browser does not run us there.
  const page = await reader.open(`https://arxiv.org/abs/${unlisted}`);
  expect(await page.hosts()).toBe(0);

  // Chromium asks the person in a window that no driver reaches: there they use its page of extensions.
  if (reader.browser === 'firefox') await popup.press('Allow');
  else await inManager(reader, library, 'ON_ALL_SITES');
  await expect.poll(() => popup.text()).not.toContain(kept);
  await popup.untilState('ready');
  expect(await popup.part('list', 'Papers').papers()).toEqual(
    world.list(world.days[0] ?? '').map(({ id }) => id),
  );

  await before.activate();
  await before.panel.press('Try again');
  await before.panel.untilState('ready');
  // The page that was opened meanwhile still has no panel, and gets one where it stands.
  const above = await reader.openPopup(page);
  await above.untilText(older);
  await above.press('Show it here');
  await page.panel.untilState('ready');
  expect(await page.panel.id()).toBe(unlisted);
  expect(await page.hosts()).toBe(1);
  await expect.poll(() => above.text()).not.toContain(older);
  await page.activate();
  await page.panel.press('Look up');
  await page.panel.untilText('Not on Hugging Face');
  expect(await reader.consoleErrors()).toEqual([]);
});
