// What the two stores will say about the extension at install: pinned, since one more host or permission changes it.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../machine/browsers.mjs';

declare const chrome: {
  management: { getPermissionWarningsByManifest(manifest: string): Promise<string[]> };
};

const manifestOf = (build: string) =>
  readFile(fileURLToPath(new URL(`../../.output/${build}/manifest.json`, import.meta.url)), 'utf8');

/** Chromium's words for what a manifest may do. Only an extension may ask, so a throwaway one does. */
async function warningsOf(manifest: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-margin-asker-'));
  const asker = { manifest_version: 3, name: 'Asker', version: '1', permissions: ['management'] };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(asker));
  await writeFile(join(folder, 'asker.html'), '<!doctype html><title>Asker</title>');
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: chromiumPath(),
    headless: true,
    args: [...chromiumFlags(), '--enable-unsafe-extension-debugging'],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  try {
    const browser = await context.browser()?.newBrowserCDPSession();
    const loaded = await browser?.send('Extensions.loadUnpacked', { path: folder });
    const page = await context.newPage();
    await page.goto(`chrome-extension://${loaded?.id}/asker.html`);
    return await page.evaluate(
      (text) => chrome.management.getPermissionWarningsByManifest(text),
      manifest,
    );
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

test('Chromium warns of one thing at install', async () => {
  expect(await warningsOf(await manifestOf('chrome-mv3'))).toEqual([
    'Read and change your data on all arxiv.org sites and huggingface.co',
  ]);
});

test('Firefox asks for two sites, collects nothing, and may be allowed to send the ids of opened papers', async () => {
  const manifest = JSON.parse(await manifestOf('firefox-mv3'));
  const sites = ['https://*.arxiv.org/*', 'https://huggingface.co/*'];
  expect(manifest.host_permissions).toEqual(sites);
  expect(manifest.content_scripts.flatMap(({ matches }: { matches: string[] }) => matches)).toEqual(
    sites,
  );
  // What a person may turn on, and is asked for then.
  expect(manifest.optional_host_permissions).toEqual([
    'https://www.alphaxiv.org/*',
    'https://alphaxiv.org/*',
    'https://ar5iv.org/*',
    'https://www.semanticscholar.org/*',
    'https://openreview.net/*',
    'https://github.com/*',
  ]);
  // Pages may hold these frames of ours, and nothing else.
  expect(manifest.web_accessible_resources).toMatchObject([
    { resources: ['note.html', 'highlight.html', 'related.html'] },
  ]);
  expect(manifest.optional_permissions).toEqual(['downloads', 'notifications']);
  expect(manifest.browser_specific_settings.gecko.data_collection_permissions).toEqual({
    required: ['none'],
    optional: ['browsingActivity', 'searchTerms'],
  });
});
