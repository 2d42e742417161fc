// Everything that must hold before a change is good, a line a step, and one line of numbers at the end.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readyBrowsers } from './browsers.mjs';
import { type Command, type Outcome, run } from './child.ts';
import { weighBuilds } from './sizes.ts';

/** What came of a step. */
export interface Result {
  passed: number;
  failed: number;
  /** A few words for the step's line */
  note?: string;
  /** Shown when something failed */
  output?: string;
}

const minute = 60_000;

/** Warnings of `web-ext lint` about code of our dependencies that never runs on outside strings. */
const allowedWarnings = new Set(['UNSAFE_VAR_ASSIGNMENT', 'DANGEROUS_EVAL']);

/**
 * Runs all steps and prints their results. A step that needs a build or a browser that failed is not run and counts
 * as failed: nothing is skipped in silence.
 * @returns the exit code, 0 if nothing failed
 */
export async function test(): Promise<number> {
  const begun = performance.now();
  const results = mkdtempSync(join(tmpdir(), 'paper-margin-'));
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => interrupt.abort());
  }

  let passed = 0;
  let failed = 0;
  const step = async (name: string, work: () => Result | Promise<Result>): Promise<boolean> => {
    interrupt.signal.throwIfAborted();
    const start = performance.now();
    process.stdout.write(`${name.padEnd(28, ' ')} `);
    const result = await work();
    const mark = result.failed === 0 ? 'ok' : 'FAILED';
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      [mark.padEnd(6), `${seconds.padStart(6)} s`, result.note ?? ''].join('  ').trimEnd(),
    );
    if (result.failed > 0 && result.output) console.log(`\n${result.output.trim()}\n`);
    passed += result.passed;
    failed += result.failed;
    return result.failed === 0;
  };
  const command = async (...commands: Command[]): Promise<Result> => {
    let output = '';
    for (const one of commands) {
      const outcome = await run(one, { limit: 10 * minute, signal: interrupt.signal });
      output += outcome.output;
      if (outcome.code !== 0) return { passed: 0, failed: 1, output };
    }
    return { passed: 1, failed: 0 };
  };

  try {
    const browsers = await step('browsers', haveBrowsers);
    await step('lint', () => command(lint));
    await step('types', () => command(...types));
    await step('unit tests', async () => {
      const file = join(results, 'unit.json');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const outcome = await run([...unit, ...reporters], {
        limit: 15 * minute,
        signal: interrupt.signal,
      });
      return counted(outcome, unitTests(readJson(file)));
    });
    const chrome = await step('build for Chromium', () => command(builds.chrome));
    const firefox = await step('build for Firefox', () => command(builds.firefox));
    const missing = [
      !chrome || !firefox ? 'a build failed' : '',
      browsers ? '' : 'a browser is missing',
    ];
    await step('sizes', () => (missing[0] ? notRun(missing[0]) : weighed()));
    await step('web-ext lint', async () => {
      if (!firefox) return notRun('the build failed');
      return webExtLint(await run(addonLint, { limit: 10 * minute, signal: interrupt.signal }));
    });
    await step('tests in the browsers', async () => {
      const reason = missing.filter(Boolean).join(', ');
      if (reason) return notRun(reason);
      const file = join(results, 'e2e.json');
      // Playwright ends its browsers in good order at its own limit, so that comes before ours.
      const options = ['--reporter=list,json', `--global-timeout=${40 * minute}`];
      const outcome = await run([...e2e, ...options], {
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        limit: 45 * minute,
        signal: interrupt.signal,
      });
      return counted(outcome, browserTests(readJson(file)));
    });
    interrupt.signal.throwIfAborted();
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    console.log('\nInterrupted.');
    failed += 1;
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
  console.log(`\n${((performance.now() - begun) / minute).toFixed(1)} minutes`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** The commands of the steps, shared with the tasks that run one of them alone. */
export const lint: Command = ['biome', 'check', '--error-on-warnings'];
export const types: Command[] = [
  ['wxt', 'prepare'],
  ['tsc', '--noEmit'],
];
export const unit: Command = ['vitest', 'run', '--config', 'tests/vitest.config.ts'];
export const builds = {
  chrome: ['wxt', 'build', '--browser', 'chrome'],
  firefox: ['wxt', 'build', '--browser', 'firefox'],
} satisfies Record<string, Command>;
export const e2e: Command = ['playwright', 'test', '--config', 'tests/playwright.config.ts'];
const addonLint: Command = [
  'web-ext',
  'lint',
  '--source-dir=.output/firefox-mv3',
  '--output=json',
  '--no-config-discovery',
];

function haveBrowsers(): Result {
  try {
    return { passed: 1, failed: 0, note: readyBrowsers(['chromium', 'firefox']) };
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? error.message : String(error) };
  }
}

function weighed(): Result {
  const { good, lines } = weighBuilds();
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, output: lines.join('\n') };
}

function notRun(reason: string): Result {
  return { passed: 0, failed: 1, note: `not run: ${reason}` };
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Passed only at the second try */
  unsure?: string[];
  /** Something that must not be, although no test failed */
  fault?: string;
}

/**
 * A test run as a result. A runner that fails without a failed test (a file that does not load, a crash) counts as one
 * failure, and so does one that ran nothing.
 */
export function counted({ code, output }: Outcome, counts: Counts | undefined): Result {
  const { passed = 0, failed = 0, skipped = 0, unsure = [], fault } = counts ?? {};
  const silent = failed === 0 && (code !== 0 || passed === 0 || fault !== undefined);
  return {
    passed,
    failed: silent ? 1 : failed,
    note: [
      `${passed} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(skipped ? [`${skipped} skipped`] : []),
      ...unsure.map((title) => `only at the second try: ${title}`),
    ].join(', '),
    output: fault ? `${output}\n${fault}` : output,
  };
}

/** The numbers in the JSON report of Vitest. */
export function unitTests(report: unknown): Counts | undefined {
  if (!report) return undefined;
  const counts = report as Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>;
  return {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests,
  };
}

interface Suite {
  suites?: Suite[];
  specs?: { title: string; tests: { projectName: string; status: string }[] }[];
}

/**
 * The numbers in the JSON report of Playwright. Both browsers must have run something. A test that passed only at its
 * second try counts as passed, as a real browser may stumble on a busy machine, and is named, so that it is looked at.
 */
export function browserTests(report: unknown): Counts | undefined {
  if (!report) return undefined;
  const tests = testsOf(report as Suite);
  const having = (...statuses: string[]) =>
    tests.filter(({ status }) => statuses.includes(status)).length;
  const idle = ['chromium', 'firefox'].filter(
    (project) =>
      !tests.some(({ projectName, status }) => projectName === project && status !== 'skipped'),
  );
  return {
    passed: having('expected', 'flaky'),
    failed: having('unexpected'),
    skipped: having('skipped'),
    unsure: tests
      .filter(({ status }) => status === 'flaky')
      .map(({ projectName, title }) => `${title} (${projectName})`),
    ...(idle.length > 0 ? { fault: `No test ran in ${idle.join(' and ')}.` } : {}),
  };
}

function testsOf({
  suites = [],
  specs = [],
}: Suite): { title: string; projectName: string; status: string }[] {
  return [
    ...specs.flatMap(({ title, tests }) => tests.map((test) => ({ title, ...test }))),
    ...suites.flatMap(testsOf),
  ];
}

/** Fails on every error of `web-ext lint`, and on every warning that is not known to be harmless. */
export function webExtLint({ code, output }: Outcome): Result {
  interface Finding {
    code: string;
    message: string;
    file?: string;
    line?: number;
  }
  let report: { errors: Finding[]; warnings: Finding[] };
  try {
    report = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return { passed: 0, failed: 1, output };
  }
  const bad = [
    ...report.errors,
    ...report.warnings.filter((each) => !allowedWarnings.has(each.code)),
  ];
  if (bad.length === 0 && code === 0) return { passed: 1, failed: 0 };
  const lines = bad.map(
    (each) => `${each.code}: ${each.message} (${each.file ?? '?'}:${each.line ?? '?'})`,
  );
  return { passed: 0, failed: 1, output: lines.join('\n') || output };
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
