// How unit tests run: in Node, or in happy-dom where a file says so by `// @vitest-environment happy-dom`.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/{unit,sites,library,backup,anchoring,digest,query,fit}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // By itself Vitest leaves one core idle, which on two cores is half the machine.
    maxWorkers: availableParallelism(),
    // Tests have no stopwatch: this only ends what hangs, on a busy machine too.
    testTimeout: 60_000,
    // A test that stubs or spies cannot reach into the next one.
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
  },
});
