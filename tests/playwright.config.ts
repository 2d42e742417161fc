// How end-to-end tests run: in both browsers; what is no question of the browser (tagged @chromium), and specs whose name
// ends in .chromium.spec.ts or .firefox.spec.ts, in one.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '../.output/e2e',
  globalSetup: './machine/require-builds.ts',
  projects: [
    { name: 'chromium', testIgnore: '**/*.firefox.spec.ts' },
    { name: 'firefox', testIgnore: '**/*.chromium.spec.ts', grepInvert: /@chromium/ },
  ],
  workers: 2,
  // A second try on a busy machine; the report names each test that needed it.
  retries: 1,
  // No stopwatches: these only end what hangs, on a busy machine too.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // A test that is marked "only" would leave the others out in silence.
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
});
