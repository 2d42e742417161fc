// Opens a browser with the built extension on a real paper, in a profile of its own.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  chromiumFlags,
  chromiumPath,
  firefoxPath,
  hasBrandedChrome,
  hasBrowser,
  readyBrowsers,
} from './browsers.mjs';
import { show } from './child.ts';
import { root } from './install.mjs';
import { builds } from './test.ts';

const paper = 'https://arxiv.org/abs/1706.03762';

/** All that the browsers of this command keep. Delete it to start anew. */
const profiles = join(root, '.profile');

/**
 * Builds the extension and shows it.
 * @param args `--offline` for the replica of the sites in tests/world instead of the sites
 * @returns the exit code
 */
export async function start(args: string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--offline');
  if (unknown.length > 0) {
    console.error(`"npm start" knows only "-- --offline", but was given: ${unknown.join(' ')}`);
    return 2;
  }
  const offline = args.includes('--offline');

  if (!hasDisplay()) {
    console.log(readyBrowsers(['chromium']));
    return (await show(builds.chrome)) || demonstrate();
  }
  if (!hasBrowser('chromium') && !hasBrowser('firefox')) {
    if (hasBrandedChrome()) return (await show(builds.chrome)) || explainLoadUnpacked();
    readyBrowsers(['chromium']);
  }
  const useChromium = hasBrowser('chromium');
  const code = await show(useChromium ? builds.chrome : builds.firefox);
  if (code !== 0) return code;

  const replica = offline ? await openReplica() : undefined;
  const address = replica?.paper ?? paper;
  try {
    console.log(`Opening ${address}. Close the browser to end.`);
    await (useChromium ? openChromium : openFirefox)(address, replica?.proxy);
    return 0;
  } finally {
    await replica?.stop();
  }
}

/** Only Linux runs without a display; a window elsewhere always has a place to open. */
function hasDisplay(): boolean {
  return (
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  );
}

/** A replica of the sites, and a paper that it has. Loaded only when needed: it brings fixtures and certificates. */
async function openReplica(): Promise<{ proxy: string; paper: string; stop(): Promise<void> }> {
  const { startWorld } = await import('../world/index.ts');
  const { papers } = await import('../world/papers.ts');
  const { proxy, stop } = await startWorld();
  return { proxy, stop, paper: `https://arxiv.org/abs/${papers.complete}` };
}

/** Opens Chromium on the paper until the person closes it. */
async function openChromium(address: string, proxy: string | undefined): Promise<void> {
  const extension = join(root, '.output/chrome-mv3');
  const flags = [
    `--user-data-dir=${join(profiles, proxy ? 'chromium-offline' : 'chromium')}`,
    `--load-extension=${extension}`,
    `--disable-extensions-except=${extension}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...chromiumFlags(),
    // The replica signs for itself, and nothing else can be reached through its proxy.
    ...(proxy ? [`--proxy-server=${proxy}`, '--ignore-certificate-errors'] : []),
  ];
  const browser = spawn(chromiumPath(), [...flags, address], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    browser.once('exit', () => resolve());
    browser.once('error', reject);
  });
}

/** Opens Firefox on the paper, with the extension as a temporary add-on, until the person closes it. */
async function openFirefox(address: string, proxy: string | undefined): Promise<void> {
  const { default: puppeteer } = await import('puppeteer-core');
  const profile = join(profiles, proxy ? 'firefox-offline' : 'firefox');
  mkdirSync(profile, { recursive: true });
  const { hostname = '', port = '' } = proxy ? new URL(proxy) : {};
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: false,
    userDataDir: profile,
    defaultViewport: null,
    acceptInsecureCerts: proxy !== undefined,
    extraPrefsFirefox: proxy
      ? {
          'network.proxy.type': 1,
          'network.proxy.ssl': hostname,
          'network.proxy.ssl_port': Number(port),
        }
      : {},
  });
  const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
  await browser.installExtension(join(root, '.output/firefox-mv3'));
  const [page = await browser.newPage()] = await browser.pages();
  await page.goto(address, { waitUntil: 'domcontentloaded' }).catch((error: Error) => {
    // Without a network the page of Firefox itself says so.
    console.log(`The page did not open: ${error.message}`);
  });
  await closed;
}

/** Branded Chrome and Edge load an extension only by hand. */
function explainLoadUnpacked(): number {
  console.log(`
Chrome and Edge take an unpacked extension only by hand:
  1. Open chrome://extensions (in Edge edge://extensions) and switch on "Developer mode".
  2. Click "Load unpacked".
  3. Choose the folder ${join(root, '.output/chrome-mv3')}
Then open ${paper}`);
  return 0;
}

/** The journey where no window can be shown. Its driver and its world are loaded only when needed. */
async function demonstrate(): Promise<number> {
  console.log(
    'There is no display here, so the journey runs without one, against a replica of the sites.',
  );
  const { journey } = await import('./journey.ts');
  await journey();
  return 0;
}
