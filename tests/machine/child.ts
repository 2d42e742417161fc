// Starts the tools of node_modules under this Node, and sees to it that they leave nothing running behind.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from './install.mjs';
import { reexecute } from './reexecute.mjs';

/** The packages whose commands we use, by command. */
const packages = {
  biome: '@biomejs/biome',
  playwright: '@playwright/test',
  tsc: 'typescript',
  vitest: 'vitest',
  'web-ext': 'web-ext',
  wxt: 'wxt',
} as const;

export type Command = [tool: keyof typeof packages | 'node', ...args: string[]];

/** The file and arguments of a command; `node` is this Node, and the others are scripts that it runs. */
function resolve([tool, ...args]: Command): [file: string, args: string[]] {
  if (tool === 'node') return [process.execPath, args];
  const manifest = join(root, 'node_modules', packages[tool], 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  return [process.execPath, [join(dirname(manifest), bin[tool] ?? ''), ...args]];
}

/** Runs a command in this terminal. Returns its exit code. */
export function show(command: Command): Promise<number> {
  const [file, args] = resolve(command);
  process.chdir(root);
  return reexecute(file, args);
}

export interface Outcome {
  /** Exit code; 1 if a signal ended it */
  code: number;
  /** Everything it said, both streams in order */
  output: string;
}

/**
 * Runs a command in silence, with no stdin, and ends whatever it left running.
 * @param limit milliseconds after which it is ended
 * @param signal ends it early
 */
export async function run(
  command: Command,
  { env = {}, limit, signal }: { env?: Record<string, string>; limit: number; signal: AbortSignal },
): Promise<Outcome> {
  const mark = `PAPER_MARGIN_RUN=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const [file, args] = resolve(command);
  const stop = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  let output = '';
  const code = await new Promise<number>((settle) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env, [name]: value },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stop,
      killSignal: 'SIGTERM',
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => (output += `\n${error.message}\n`));
    // Not "close": a process left behind may hold the streams open for ever.
    child.once('exit', (exitCode) => settle(exitCode ?? 1));
  });
  if (stop.aborted && !signal.aborted) output += `\nStopped after ${limit / 60_000} minutes.\n`;
  await endLeftovers(mark);
  return { code, output };
}

/**
 * Ends processes that still carry `mark` in their environment, however far from us they have gone. Only Linux shows
 * environments; elsewhere the tools themselves are trusted to end what they started.
 */
async function endLeftovers(mark: string): Promise<void> {
  if (process.platform !== 'linux') return;
  // Some are just about to leave by themselves; then they are asked to; then they are made to.
  for (const signal of [0, 0, 'SIGTERM', 'SIGTERM', 'SIGKILL'] as const) {
    const left = marked(mark);
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, signal);
      } catch {
        // Gone meanwhile.
      }
    }
    await pause(500);
  }
}

function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}
