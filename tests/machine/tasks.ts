// What each npm command does once a right Node and the dependencies are there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, readyBrowsers } from './browsers.mjs';
import { type Command, show } from './child.ts';
import { root } from './install.mjs';
import { weighBuilds } from './sizes.ts';
import { start } from './start.ts';
import { builds, e2e, lint, test, types, unit } from './test.ts';

/** Gets the arguments after `--` and returns the exit code. */
type Task = (args: string[]) => number | Promise<number>;

/** By name, as in package.json. */
const tasks: Record<string, Task> = {
  start,
  test: (args) => alone(args) || test(),
  dev: (args) => inBrowsers(['chromium'], ['wxt', ...args]),
  'dev:firefox': (args) => inBrowsers(['firefox'], ['wxt', '--browser', 'firefox', ...args]),
  build: (args) => alone(args) || inTurn(Object.values(builds)),
  zip: (args) => alone(args) || inTurn(zips),
  lint: (args) => show([...lint, ...args]),
  types: (args) => alone(args) || inTurn(types),
  unit: async (args) => (await haveTypes()) || show([...unit, ...args]),
  e2e: async (args) =>
    (await inTurn(Object.values(builds))) || inBrowsers(['chromium', 'firefox'], [...e2e, ...args]),
  bench: async (args) =>
    (await inTurn(Object.values(builds))) ||
    Math.max(
      sizes(),
      await inBrowsers(['chromium', 'firefox'], ['node', 'tests/bench/run.ts']),
      await inBrowsers(['chromium', 'firefox'], ['node', 'tests/bench/library.ts', ...args]),
    ),
  'bench:library': async (args) =>
    (await inTurn(Object.values(builds))) ||
    inBrowsers(['chromium', 'firefox'], ['node', 'tests/bench/library.ts', ...args]),
  'bench:anchoring': async (args) =>
    (await haveTypes()) || inBrowsers(['chromium'], ['node', 'tests/bench/anchoring.ts', ...args]),
  'bench:fit': async (args) => (await haveTypes()) || show(['node', 'tests/bench/fit.ts', ...args]),
  screenshots: async (args) =>
    (await inTurn(Object.values(builds))) ||
    inBrowsers(['chromium'], ['node', 'tests/machine/screenshots.ts', ...args]),
};

const zips: Command[] = [
  ['wxt', 'zip', '--browser', 'chrome'],
  ['wxt', 'zip', '--browser', 'firefox'],
];

/**
 * Runs a task.
 * @returns its exit code
 * @throws Error with a plain sentence if there is no such task
 */
export async function runTask(name: string, args: string[]): Promise<number> {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task) return task(args);
  throw new Error(`"${name}" is no command here. There are: ${Object.keys(tasks).join(', ')}.`);
}

/** For tasks that do one thing: 0, or 2 and a plain sentence about the arguments that nobody would look at. */
function alone(args: string[]): number {
  if (args.length === 0) return 0;
  console.error(`This command takes no arguments, but was given: ${args.join(' ')}`);
  return 2;
}

/** tsconfig.json builds on what WXT generates; a fresh clone has none of it yet. */
function haveTypes(): number | Promise<number> {
  return existsSync(join(root, '.wxt/tsconfig.json')) ? 0 : show(['wxt', 'prepare']);
}

/** Runs commands one after the other, up to the first that fails. */
async function inTurn(commands: Command[]): Promise<number> {
  for (const command of commands) {
    const code = await show(command);
    if (code !== 0) return code;
  }
  return 0;
}

/** Runs a command that finds these browsers installed. */
function inBrowsers(browsers: Browser[], command: Command): Promise<number> {
  console.log(readyBrowsers(browsers));
  return show(command);
}

function sizes(): number {
  const { good, lines } = weighBuilds();
  console.log(lines.join('\n'));
  return good ? 0 : 1;
}
