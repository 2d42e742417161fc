// Which Chromium and which Firefox this machine has, and how to get them where it has none.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './install.mjs';

/** @typedef {'chromium' | 'firefox'} Browser */

/** What each browser is called on the PATH, where else it lies, and the oldest that the manifest admits. */
const known = {
  chromium: {
    title: 'Chromium',
    override: 'PAPER_MARGIN_CHROMIUM',
    oldest: 148,
    names: ['chromium', 'chromium-browser', 'google-chrome-for-testing'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    ],
  },
  firefox: {
    title: 'Firefox',
    override: 'PAPER_MARGIN_FIREFOX',
    oldest: 142,
    names: ['firefox', 'firefox-esr'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
};

/** Browsers of Google and Microsoft: they ignore --load-extension. */
const branded = {
  names: ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The path of Chromium or Chrome for Testing. `PAPER_MARGIN_CHROMIUM` names another one.
 * @returns {string}
 * @throws Error with a plain sentence if there is none
 */
export function chromiumPath() {
  return path('chromium');
}

/**
 * The path of Firefox. `PAPER_MARGIN_FIREFOX` names another one.
 * @returns {string}
 * @throws Error with a plain sentence if there is none
 */
export function firefoxPath() {
  return path('firefox');
}

/**
 * The flags without which Chromium does not start here: its sandbox refuses to work for root.
 * @returns {string[]}
 */
export function chromiumFlags() {
  return isRoot() ? ['--no-sandbox'] : [];
}

/**
 * Whether a browser is here, without installing it.
 * @param {Browser} browser
 */
export function hasBrowser(browser) {
  return find(browser) !== undefined;
}

/** Whether a branded Chrome or Edge is here. */
export function hasBrandedChrome() {
  return [...onPath(branded.names), ...branded.places].some(isExecutable);
}

/**
 * Installs those of `wanted` that are missing and says which are used. Their paths are also put into the environment,
 * so that all processes started from here use the same ones.
 * @param {Browser[]} wanted
 * @returns {string} such as `Chromium 156.0.8078.79, Firefox 153.7.0esr`
 * @throws Error with the one command to run if a browser is missing and cannot be installed
 */
export function readyBrowsers(wanted) {
  // A browser that somebody named is theirs to mend.
  const missing = () => wanted.filter((browser) => !hasBrowser(browser));
  const ours = () => missing().filter((browser) => !process.env[known[browser].override]);
  if (ours().length > 0) installPackages(ours());
  for (const browser of ours()) download(browser);
  if (missing().length > 0) throw new Error(missingMessage(missing()));
  return wanted
    .map((browser) => {
      const executable = path(browser);
      process.env[known[browser].override] = executable;
      return `${known[browser].title} ${version(executable) ?? `at ${executable}`}`;
    })
    .join(', ');
}

/** @param {Browser} browser */
function path(browser) {
  const found = find(browser);
  if (!found) throw new Error(missingMessage([browser]));
  return found;
}

/**
 * What is missing and the one command that mends it.
 * @param {Browser[]} missing
 */
function missingMessage(missing) {
  const wrong = missing
    .map((browser) => ({ ...known[browser], named: process.env[known[browser].override] }))
    .map(({ title, oldest, override, named }) =>
      named
        ? `${override} names ${named}, which is not ${title} ${oldest} or newer.`
        : `${title} ${oldest} or newer is missing.`,
    );
  const npx = 'npx playwright install --with-deps chromium';
  const remedy = isDebian()
    ? `Run "sudo apt-get install ${missing.map((browser) => packages[browser]).join(' ')}"`
    : process.platform === 'darwin'
      ? `Run "brew install --cask ${missing.join(' ')}"`
      : missing.includes('firefox')
        ? `Install Firefox from https://www.mozilla.org/firefox${missing.length > 1 ? ` and run "${npx}"` : ''}`
        : `Run "${npx}"`;
  return `${wrong.join(' ')} ${remedy}, then the same command again.`;
}

/**
 * The override decides alone where it is set; else the first good one of PATH, usual places and downloads.
 * @param {Browser} browser
 */
function find(browser) {
  const { override, names, places } = known[browser];
  const named = process.env[override];
  const isGood = (/** @type {string} */ file) => isExecutable(file) && isNewEnough(browser, file);
  if (named) return isGood(named) ? named : undefined;
  // The tools that know about downloads take long to load, so they are asked last.
  return [...onPath(names), ...places].find(isGood) ?? [downloaded(browser)].find(isGood);
}

/** @param {string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {Browser} browser @param {string} executable */
function isNewEnough(browser, executable) {
  // On Windows asking for the version opens a window instead.
  if (process.platform === 'win32') return true;
  return Number.parseInt(version(executable) ?? '0', 10) >= known[browser].oldest;
}

/** @type {Map<string, string | undefined>} asked once each: a browser takes its time to answer */
const versions = new Map();

/** @param {string} executable @returns {string | undefined} such as `156.0.8078.79` */
function version(executable) {
  if (process.platform === 'win32') return undefined;
  if (!versions.has(executable)) {
    // A starter without its browser behind it fails here or prints advice.
    const { stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 30_000 });
    versions.set(executable, /\d+\.[\w.]+/.exec(stdout ?? '')?.[0]);
  }
  return versions.get(executable);
}

/** @type {Record<Browser, string>} */
const packages = { chromium: 'chromium', firefox: 'firefox-esr' };

function isRoot() {
  return process.getuid?.() === 0;
}

/** Debian itself: elsewhere the packages of these names are something else or nothing. */
function isDebian() {
  return (
    existsSync('/etc/os-release') &&
    /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

/** @param {Browser[]} missing */
function installPackages(missing) {
  if (!isDebian() || !isRoot()) return;
  const names = missing.map((browser) => packages[browser]);
  console.log(`Installing ${names.join(' and ')} from Debian ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  quietly('apt-get', ['update'], env);
  quietly('apt-get', ['install', '-y', '--no-install-recommends', ...names], env);
}

/**
 * Runs a command without showing what it says, except why it failed.
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function quietly(file, args, env = process.env) {
  const done = spawnSync(file, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status === 0) return;
  const said = `${done.error?.message ?? ''}\n${done.stderr ?? ''}\n${done.stdout ?? ''}`;
  const why = /^.*(?:error|failed|unable|could not|^E:).*$/im.exec(said)?.[0].trim();
  console.log(`That did not work: ${why ?? `${file} ended with ${done.status}`}`);
}

const require = createRequire(import.meta.url);

/** Where our downloaded Firefox lies: outside the project, shared by all copies of it. Playwright has its own place. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'paper-margin');

/** The Firefox that puppeteer-core was made for, such as `stable_158.0.1`. */
function firefoxBuild() {
  return require('puppeteer-core').PUPPETEER_REVISIONS.firefox;
}

/** Where a download of ours would be. @param {Browser} browser @returns {string} */
function downloaded(browser) {
  return browser === 'chromium'
    ? require('playwright-core').chromium.executablePath()
    : require('@puppeteer/browsers').computeExecutablePath({
        browser: 'firefox',
        buildId: firefoxBuild(),
        cacheDir: cache,
      });
}

/** @param {Browser} browser */
function download(browser) {
  console.log(`Downloading ${known[browser].title} ...`);
  const [script, ...args] =
    browser === 'chromium'
      ? ['playwright-core/cli.js', 'install', '--no-shell', '--no-progress', 'chromium']
      : [
          '@puppeteer/browsers/lib/main-cli.js',
          'install',
          `firefox@${firefoxBuild()}`,
          '--path',
          cache,
        ];
  quietly(process.execPath, [join(root, 'node_modules', script), ...args]);
  versions.delete(downloaded(browser));
}
