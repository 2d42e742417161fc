// What the extension may weigh, measured on both production builds.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { root } from './install.mjs';

/** 1 KB is 1000 bytes here: the stricter reading. */
const KB = 1000;

/** The most that each part may weigh, in bytes. */
const budgets = {
  contentScript: 24 * KB,
  /** Brought into a page only where there are highlights or words are selected. */
  highlights: 26 * KB,
  pageScripts: 75 * KB,
  unpacked: 1_500 * KB,
};

export interface Measure {
  /** What was measured, such as `note.html scripts, gzip` */
  what: string;
  /** Bytes */
  size: number;
  /** Bytes */
  budget: number;
  /** What is wrong, in plain sentences; empty if nothing is */
  faults: string[];
}

/** Strings that survive minification, by what they give away. */
const telltales = { Dexie: /Dexie/, Zod: /_zod\b|ZodError/ };

/**
 * Weighs a production build.
 * @param build its folder, with a manifest.json
 */
export function measure(build: string): Measure[] {
  return [
    measureContentScript(build, 'content-scripts/papers.js', budgets.contentScript),
    ...['note.html', 'popup.html', 'highlight.html', 'related.html'].map((page) =>
      measurePage(build, page),
    ),
    measureContentScript(build, 'content-scripts/highlights.js', budgets.highlights),
    weigh('unpacked', sum(filesUnder(build).map((file) => statSync(file).size)), budgets.unpacked),
  ];
}

function measureContentScript(build: string, file: string, budget: number): Measure {
  const code = read(join(build, file));
  if (code === undefined) return missing(file, budget);
  const faults = found(code, ['Dexie', 'Zod']);
  // Chrome then refuses the whole extension: "it isn't UTF-8 encoded".
  if (code.includes('\uffff'))
    faults.push('contains U+FFFF, which Chrome refuses in content scripts');
  return weigh(`${file}, gzip`, gzipSync(code).length, budget, faults);
}

function measurePage(build: string, page: string): Measure {
  const html = read(join(build, page));
  if (html === undefined) return missing(page, budgets.pageScripts);
  const scripts = loadedScripts(build, html);
  const absent = scripts.filter((file) => !existsSync(file));
  const codes = scripts
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
  const faults = [
    ...absent.map((file) => `loads ${relative(build, file)}, which is missing`),
    ...found(codes.join('\n'), ['Zod']),
  ];
  if (scripts.length === 0) faults.push('loads no script');
  const size = sum(codes.map((code) => gzipSync(code).length));
  return weigh(`${page} scripts, gzip`, size, budgets.pageScripts, faults);
}

/** The files of all scripts that a page loads: its own, those it preloads, and what they import. */
function loadedScripts(build: string, html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const queue = tags
    .filter((tag) => tag.startsWith('<script') || /\brel=["']?modulepreload/.test(tag))
    .map((tag) => /\b(?:src|href)=["']?([^"'\s>]+)/.exec(tag)?.[1])
    .filter((path) => path !== undefined)
    .map((path) => join(build, path));
  const seen = new Set<string>();
  for (const file of queue) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!existsSync(file)) continue;
    const { module } = parseSync(file, readFileSync(file, 'utf8'));
    const requests = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.map(({ moduleRequest }) => moduleRequest?.value),
      ),
    ];
    for (const request of requests) {
      if (request?.startsWith('.')) queue.push(join(dirname(file), request));
      else if (request?.startsWith('/')) queue.push(join(build, request));
    }
  }
  return [...seen];
}

function found(code: string, unwanted: (keyof typeof telltales)[]): string[] {
  return unwanted.filter((name) => telltales[name].test(code)).map((name) => `contains ${name}`);
}

function weigh(what: string, size: number, budget: number, faults: string[] = []): Measure {
  return { what, size, budget, faults: size > budget ? [...faults, 'is too large'] : faults };
}

function missing(what: string, budget: number): Measure {
  return { what, size: 0, budget, faults: ['is missing'] };
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function sum(sizes: number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

/** Weighs both builds: whether all is within budget, and a line for each part. */
export function weighBuilds(): { good: boolean; lines: string[] } {
  const lines: string[] = [];
  let good = true;
  for (const build of ['chrome-mv3', 'firefox-mv3']) {
    for (const { what, size, budget, faults } of measure(join(root, '.output', build))) {
      const numbers = `${(size / KB).toFixed(1)} of ${budget / KB} KB`;
      lines.push(`${build.padEnd(12)} ${numbers.padStart(16)}  ${[what, ...faults].join('; ')}`);
      good &&= faults.length === 0;
    }
  }
  return { good, lines };
}
