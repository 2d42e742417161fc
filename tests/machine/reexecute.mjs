// Goes on in another process as if it were this one: its output, its signals and its exit code.
import { spawn } from 'node:child_process';

/**
 * Runs `file` with `args` in this terminal until it ends.
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code, 1 if a signal ended it
 */
export function reexecute(file, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env });
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends Ctrl+C to every process itself; a second one would make tools leave without tidying up.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    for (const signal of signals) process.on(signal, forward);
    const settle = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      resolve(code ?? 1);
    });
  });
}
