// The commands themselves: which Node is right, what counts as installed, what is weighed, what is counted.

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled, isRight } from '../machine/install.mjs';
import { measure } from '../machine/sizes';
import { browserTests, counted, unitTests, webExtLint } from '../machine/test';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paper-margin-unit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

describe('a Node', () => {
  it.each([
    ['20.20.2', undefined, false],
    ['22.11.0', 'strip', false],
    ['22.12.0', false, false],
    ['22.18.0', 'strip', true],
    ['24.0.0', 'strip', true],
    ['26.1.0', 'strip', true],
  ])('%s with TypeScript %s: right is %s', (version, typescript, right) => {
    expect(isRight(version, typescript)).toBe(right);
  });
});

describe('the dependencies', () => {
  const locked = { version: '1.0.0', integrity: 'sha512-a' };
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  const installed = {
    'package-lock.json': lock({ 'node_modules/one': locked }),
    'node_modules/.package-lock.json': lock({ 'node_modules/one': locked }),
    'node_modules/one/package.json': '{}',
  };

  it('are installed when they are those of the lockfile', () => {
    write(installed);
    expect(isInstalled(folder)).toBe(true);
  });

  it('may lack what is for other machines', () => {
    const other = { ...locked, optional: true };
    write({
      ...installed,
      'package-lock.json': lock({ 'node_modules/one': locked, 'node_modules/other': other }),
    });
    expect(isInstalled(folder)).toBe(true);
  });

  it.each([
    ['never installed', { 'node_modules/.package-lock.json': '{"packages":{}}' }],
    [
      'another version',
      { 'package-lock.json': lock({ 'node_modules/one': { ...locked, version: '1.0.1' } }) },
    ],
    [
      'another content',
      { 'package-lock.json': lock({ 'node_modules/one': { ...locked, integrity: 'sha512-b' } }) },
    ],
    [
      'one more',
      { 'package-lock.json': lock({ 'node_modules/one': locked, 'node_modules/two': locked }) },
    ],
  ])('are not installed: %s', (_, change) => {
    write({ ...installed, ...change });
    expect(isInstalled(folder)).toBe(false);
  });

  it('are not installed when a folder is gone', () => {
    write(installed);
    rmSync(join(folder, 'node_modules/one'), { recursive: true });
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('the sizes of a build', () => {
  const small = {
    'content-scripts/papers.js': 'console.log(1);',
    'content-scripts/highlights.js': 'console.log(2);',
    'highlight.html': '<script type="module" src="/chunks/shared.js"></script>',
    'related.html': '<script type="module" src="/chunks/shared.js"></script>',
    'note.html': '<script type="module" src="/chunks/note.js"></script>',
    'chunks/note.js': 'import "./shared.js";',
    'chunks/shared.js': 'export const one = 1;',
    'popup.html':
      '<link rel="modulepreload" href="/chunks/shared.js"><script type="module" crossorigin src="/chunks/popup.js"></script>',
    'chunks/popup.js': 'export { one } from "./shared.js";',
  };
  const faults = () =>
    measure(folder).flatMap((each) => each.faults.map((fault) => `${each.what}: ${fault}`));
  /** Text that does not become smaller by compression. */
  const dense = (bytes: number) => `'${randomBytes(bytes).toString('base64')}'`;

  it('are good when all is small', () => {
    write(small);
    expect(faults()).toEqual([]);
  });

  it('count a chunk that both the page and its script load once', () => {
    write(small);
    const [, note, popup] = measure(folder);
    expect(popup?.size).toBeGreaterThan(note?.size ?? 0);
    expect(popup?.size).toBeLessThan(2 * (note?.size ?? 0));
  });

  it.each([
    [
      'a large content script',
      { 'content-scripts/papers.js': dense(30_000) },
      'papers.js, gzip: is too large',
    ],
    [
      'a large script of highlights',
      { 'content-scripts/highlights.js': dense(30_000) },
      'highlights.js, gzip: is too large',
    ],
    [
      'Dexie in the content script',
      { 'content-scripts/papers.js': 'class DexieError{}' },
      'contains Dexie',
    ],
    ['Zod in the content script', { 'content-scripts/papers.js': 'a._zod={}' }, 'contains Zod'],
    [
      'U+FFFF in the content script',
      { 'content-scripts/papers.js': '"\uffff"' },
      'contains U+FFFF',
    ],
    [
      'a large chunk',
      { 'chunks/shared.js': dense(90_000) },
      'note.html scripts, gzip: is too large',
    ],
    [
      'Zod in a chunk',
      { 'chunks/shared.js': 'a._zod={}' },
      'popup.html scripts, gzip: contains Zod',
    ],
    [
      'a missing chunk',
      { 'chunks/note.js': 'import "./gone.js"' },
      'loads chunks/gone.js, which is missing',
    ],
    ['no script', { 'note.html': '<p>' }, 'note.html scripts, gzip: loads no script'],
    ['a large file', { 'icon.png': 'x'.repeat(1_500_000) }, 'unpacked: is too large'],
  ])('show %s', (_, change, fault) => {
    write({ ...small, ...change });
    expect(faults().join('\n')).toContain(fault);
  });

  it('show that a build is missing', () => {
    expect(faults()).toContain('content-scripts/papers.js: is missing');
  });
});

describe('a test run', () => {
  const unit = (passed: number, failed: number) =>
    unitTests({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 0 });

  it('counts its tests', () => {
    expect(counted({ code: 0, output: '' }, unit(3, 0))).toMatchObject({ passed: 3, failed: 0 });
    expect(counted({ code: 1, output: '' }, unit(3, 2))).toMatchObject({ passed: 3, failed: 2 });
  });

  it.each([
    ['that crashes without a report', 1, undefined],
    ['with a file that does not load', 1, unit(3, 0)],
    ['that ran nothing', 0, unit(0, 0)],
  ])('%s counts as one failure', (_, code, counts) => {
    expect(counted({ code, output: '' }, counts)).toMatchObject({ failed: 1 });
  });

  const spec = (projectName: string, status: string) => ({
    title: 'a test',
    tests: [{ projectName, status }],
  });

  it('counts nested suites of both browsers', () => {
    const counts = browserTests({
      suites: [
        { specs: [spec('chromium', 'expected'), spec('firefox', 'unexpected')] },
        { suites: [{ specs: [spec('firefox', 'expected'), spec('chromium', 'skipped')] }] },
      ],
    });
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 1, unsure: [] });
  });

  it('names a test that passed only at its second try', () => {
    const counts = browserTests({
      suites: [{ specs: [spec('chromium', 'expected'), spec('firefox', 'flaky')] }],
    });
    const result = counted({ code: 0, output: '' }, counts);
    expect(result).toMatchObject({ passed: 2, failed: 0 });
    expect(result.note).toBe('2 passed, only at the second try: a test (firefox)');
  });

  it('fails when a browser ran nothing', () => {
    const counts = browserTests({ suites: [{ specs: [spec('chromium', 'expected')] }] });
    const result = counted({ code: 0, output: '' }, counts);
    expect(result.failed).toBe(1);
    expect(result.output).toContain('No test ran in firefox.');
  });
});

describe('web-ext lint', () => {
  const report = (errors: string[], warnings: string[]) => {
    const findings = (codes: string[]) => codes.map((code) => ({ code, message: 'Message.' }));
    return JSON.stringify({ errors: findings(errors), warnings: findings(warnings) });
  };

  it('passes with warnings that are known to be harmless', () => {
    const output = report([], ['UNSAFE_VAR_ASSIGNMENT']);
    expect(webExtLint({ code: 0, output }).failed).toBe(0);
  });

  it.each([
    ['an error', 1, report(['JSON_INVALID'], [])],
    ['another warning', 0, report([], ['MANIFEST_PERMISSIONS'])],
    ['no report', 0, 'Something went wrong'],
    ['a failure of its own', 1, report([], [])],
  ])('fails with %s', (_, code, output) => {
    expect(webExtLint({ code, output }).failed).toBe(1);
  });
});
