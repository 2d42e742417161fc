// Measures the search of the library in both browsers: what typing, saving and importing cost as it grows.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { build as bundle, type Rolldown } from 'vite';
import { wordsOf } from '../../src/query/words.ts';
import { chromiumFlags, chromiumPath, firefoxPath } from '../machine/browsers.mjs';
import { recordings } from '../recordings.ts';
import type { build, change, clear, search } from './search-page.ts';

const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number);
const browsers = (process.argv[3] ?? 'chromium,firefox').split(',');
const runs = 9;
const vocabulary = 150_000;

/** Words in the order of their frequency: of recorded abstracts where they are, and made-up ones. */
function words(): string[] {
  const counts = new Map<string, number>();
  const archive = recordings && join(recordings, 'hf/archive.jsonl.gz');
  if (archive && existsSync(archive)) {
    for (const line of gunzipSync(readFileSync(archive)).toString().trim().split('\n')) {
      const { abstract } = JSON.parse(line) as { abstract: string };
      for (const { word } of wordsOf(abstract)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const real = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  const made = madeUp(vocabulary).filter((word) => !counts.has(word));
  return [...real, ...made].slice(0, vocabulary);
}

/** Words out of syllables, each once. */
function madeUp(count: number): string[] {
  const starts = 'b br ch d dr f fl g gr h k kl l m n p pl qu r s st t tr v w z'.split(' ');
  const vowels = 'a e i o u ai ea ou'.split(' ');
  const syllables = starts.flatMap((start) => vowels.map((vowel) => start + vowel));
  const made = new Set<string>();
  for (let at = 0; made.size < count; at++) {
    let [word, rest] = ['', (at * 7919 + 13) % 9_261_000];
    do {
      word += syllables[rest % syllables.length];
      rest = Math.floor(rest / syllables.length);
    } while (rest > 0);
    made.add(word + ['', 'n', 'r', 's', 'tion', 'ing'][at % 6]);
  }
  return [...made];
}

async function script(): Promise<string> {
  const made = (await bundle({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      lib: { entry: join(import.meta.dirname, 'search-page.ts'), formats: ['iife'], name: 'bench' },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [output] = Array.isArray(made) ? made : [made];
  return (output as Rolldown.RolldownOutput).output[0].code;
}

/** `median (worst)` in ms. */
function spread(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const shown = (time: number) => time.toFixed(time < 10 ? 1 : 0);
  return `${shown(sorted[Math.floor(sorted.length / 2)] ?? 0)} (${shown(sorted.at(-1) ?? 0)})`;
}

interface Page {
  evaluate<T, A>(work: (arg: A) => T | Promise<T>, arg: A): Promise<T>;
  goto(url: string): Promise<unknown>;
}
interface Bench {
  bench: {
    build: typeof build;
    clear: typeof clear;
    search: typeof search;
    change: typeof change;
  };
}

async function measure(page: Page, url: string, all: string[]): Promise<void> {
  const names = madeUp(30_000).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const long = (least: number, from: number) =>
    all.slice(from).filter((word) => word.length >= least && /^[a-z]+$/.test(word));
  /** Frequent words, less frequent ones, rare ones. */
  const [often, middle, rare] = [long(4, 20), long(6, 700), long(6, 12_000)] as const;
  const each = <T>(make: (at: number) => T) => Array.from({ length: runs }, (_, at) => make(at));
  const slip = (word: string) =>
    `${word.slice(0, 2)}${word.charAt(3)}${word.charAt(2)}${word.slice(4)}x`;
  const questions: [string, string[]][] = [
    ['exact, a common word', each((at) => `${often[at * 3]} `)],
    ['exact, a word', each((at) => `${middle[at * 31]} `)],
    ['exact, a rare word', each((at) => `${rare[at * 31]} `)],
    ['prefix, 1 letter', each((at) => 'stmaceprd'.charAt(at))],
    ['prefix, 2 letters', each((at) => `${middle[at * 17]}`.slice(0, 2))],
    ['prefix, 4 letters', each((at) => `${middle[at * 31]}`.slice(0, 4))],
    ['three words', each((at) => `${often[at * 5]} ${often[at * 7 + 1]} ${middle[at]} `)],
    ['phrase of two common words', each((at) => `"${often[at]} ${often[at * 2 + 1]}"`)],
    ['typo', each((at) => `${slip(middle[at * 31] ?? '')} `)],
    [
      'typo in one of three words',
      each((at) => `${often[at]} ${slip(middle[at * 31 + 7] ?? '')} ${often[at + 9]} `),
    ],
    ['author:', each((at) => `author:${names[at * 11]} `)],
    [
      'is:saved cat:cs after:2021 and a word',
      each((at) => `is:saved cat:cs after:2021 ${middle[at * 3]} `),
    ],
    ['-word alone', each((at) => `-${middle[at]} `)],
  ];
  const rows = new Map<string, string[]>();
  const note = (what: string, value: string) => {
    rows.set(what, [...(rows.get(what) ?? []), value]);
    console.log(`  ${what}: ${value}`);
  };
  for (const size of sizes) {
    console.log(`${size} papers`);
    await page.goto(url);
    await page.evaluate(() => (globalThis as never as Bench).bench.clear(), undefined);
    const built = await page.evaluate(
      ({ all, names, size }) => (globalThis as never as Bench).bench.build(all, names, size),
      { all, names, size },
    );
    note('import, s', (built.imported / 1000).toFixed(1));
    note('index after that, s', (built.indexed / 1000).toFixed(1));
    note('index, MB', (built.index / 1e6).toFixed(1));
    note('all on disk, MB', (built.disk / 1e6).toFixed(0));
    const run = (queries: string[], fresh: boolean) =>
      page.evaluate(
        ({ queries, fresh }) => (globalThis as never as Bench).bench.search(queries, fresh),
        { queries, fresh },
      );
    await page.goto(url);
    const first = await run(
      each((at) => `${middle[at * 31 + 5]} `),
      true,
    );
    note('first search after opening', spread(first.took));
    for (const [what, queries] of questions) {
      const { took, totals, segments } = await run(queries, false);
      note(what, spread(took));
      console.log(`    found ${totals.join(' ')}; ${segments} segments`);
    }
    await page.goto(url);
    const { heap } = await run(
      questions.flatMap(([, queries]) => queries),
      false,
    );
    note('memory after all of these, MB', heap ? (heap / 1e6).toFixed(0) : '–');
    const { save, note: typed } = await page.evaluate(
      () => (globalThis as never as Bench).bench.change(20),
      undefined,
    );
    note('save', spread(save));
    note('a key in a note', spread(typed));
    const later = await run(
      each((at) => `${middle[at * 31]} `),
      false,
    );
    note('exact, 21 papers changed', spread(later.took));
  }
  console.log(`| | ${sizes.map((size) => `${size.toLocaleString('en-US')} papers`).join(' | ')} |`);
  console.log(`| --- |${sizes.map(() => ' --- |').join('')}`);
  for (const [what, values] of rows) console.log(`| ${what} | ${values.join(' | ')} |`);
}

const code = await script();
const server = createServer((request, response) => {
  const isScript = request.url === '/bench.js';
  response.setHeader('content-type', `text/${isScript ? 'javascript' : 'html'}; charset=utf-8`);
  response.end(isScript ? code : '<!doctype html><script src="/bench.js"></script>');
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
const profile = await mkdtemp(join(tmpdir(), 'search-bench-'));
const all = words();
try {
  if (browsers.includes('chromium')) {
    console.log('\nChromium');
    const context = await chromium.launchPersistentContext(join(profile, 'chromium'), {
      executablePath: chromiumPath(),
      args: [...chromiumFlags(), '--enable-precise-memory-info'],
    });
    await measure((await context.newPage()) as never as Page, url, all);
    await context.close();
  }
  if (browsers.includes('firefox')) {
    console.log('\nFirefox');
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath(),
      headless: true,
      userDataDir: join(profile, 'firefox'),
      protocolTimeout: 1_800_000,
    });
    await measure((await browser.newPage()) as never as Page, url, all);
    await browser.close();
  }
} finally {
  server.close();
  await rm(profile, { recursive: true, force: true });
}
