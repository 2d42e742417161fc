// The one door of all commands: a right Node, then the dependencies, then the task. Plain JavaScript for any Node from 20 on.
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, isRight, rightNode } from './install.mjs';
import { reexecute } from './reexecute.mjs';

const [task = '', ...args] = process.argv.slice(2);

try {
  if (!isRight(process.versions.node, process.features.typescript)) {
    process.exitCode = await reexecute(rightNode(), [
      fileURLToPath(import.meta.url),
      task,
      ...args,
    ]);
  } else {
    // Whatever starts "node" by its name, some steps further down, gets this one too.
    process.env.PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
    installDependencies();
    const { runTask } = await import('./tasks.ts');
    process.exitCode = await runTask(task, args);
  }
} catch (error) {
  // A plain Error carries a sentence for the person at the keyboard; anything else is our own fault and keeps its trace.
  console.error(error instanceof Error && error.constructor === Error ? error.message : error);
  process.exitCode = 1;
}
