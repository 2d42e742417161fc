// Measures the library as it grows, in the built extension: opening, typing, writing, tidying, files in and out, memory.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChromium } from '../e2e/chromium.ts';
import type { OwnPage, Reader } from '../e2e/driver.ts';
import { openFirefox } from '../e2e/firefox.ts';
import { startWorld } from '../world/index.ts';
import { ask, batch, fill, indexed, names, paper, settle, each as some, words } from './filling.ts';
import { madePaperId } from './made-papers.ts';

const runs = 7;
/** Papers of the file that is imported on top. */
const fileSize = 10_000;

const [sizes = '1000,10000', browsers = 'chromium', folder] = process.argv.slice(2);

/** What an own page tells of its opening. */
declare const window: { readyPainted?: number; partsPainted?: number };

const each = <T>(make: (at: number) => T, count = runs) => some(make, count);

/** Made ready in each page before its own scripts: when the first rows were painted, and when the parts beside them. */
function watchOpening(): void {
  if (!location.pathname.endsWith('/library.html')) return;
  const painted = (tell: () => void) =>
    requestAnimationFrame(() => {
      // A message comes after the paint of the frame before it.
      const channel = new MessageChannel();
      channel.port1.onmessage = tell;
      channel.port2.postMessage(0);
    });
  let ready = false;
  const watch = new MutationObserver(() => {
    if (!ready && document.documentElement?.dataset.state === 'ready') {
      ready = true;
      painted(() => {
        window.readyPainted = performance.now();
      });
    }
    if (!document.querySelector('.aside li')) return;
    watch.disconnect();
    painted(() => {
      window.partsPainted = performance.now();
    });
  });
  watch.observe(document, { childList: true, subtree: true, attributeFilter: ['data-state'] });
}

/** Opens the library in a new tab. Times in ms, from the start of the navigation. */
async function open(reader: Reader): Promise<{ page: OwnPage; ready: number; parts: number }> {
  const page = await reader.openOwn('library.html');
  const times = await page.evaluate(async () => {
    while (!window.readyPainted || !window.partsPainted) {
      await new Promise((done) => setTimeout(done, 20));
    }
    return { ready: window.readyPainted, parts: window.partsPainted };
  });
  return { page, ...times };
}

/**
 * Types texts into the search one after the other.
 * @param every ms from one to the next; absent: each waits for the rows of the one before, and for a calm page
 * @returns from the last input to the end of the frame that shows its rows, ms
 */
function type(page: OwnPage, texts: string[], every?: number): Promise<number> {
  return page.evaluate(
    async ({ texts, every }) => {
      const field = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (!field) throw new Error('The library has no search.');
      const root = document.documentElement;
      const until = (state: string) =>
        new Promise<void>((done) => {
          if (root.dataset.state === state) return done();
          const watch = new MutationObserver(() => {
            if (root.dataset.state !== state) return;
            watch.disconnect();
            done();
          });
          watch.observe(root, { attributeFilter: ['data-state'] });
        });
      const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
      const input = async (text: string) => {
        await new Promise((done) => requestAnimationFrame(done));
        // Right after a frame, as an event of a person comes between two.
        await wait(2);
        const start = performance.now();
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await until('loading');
        return start;
      };
      let start = 0;
      for (const [at, text] of texts.entries()) {
        start = await input(text);
        if (every !== undefined && at < texts.length - 1) await wait(every);
        else await until('ready');
      }
      await new Promise((done) => requestAnimationFrame(done));
      await new Promise<void>((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done();
        channel.port2.postMessage(0);
      });
      const took = performance.now() - start;
      if (!root.dataset.state) throw new Error('The library has no state.');
      return took;
    },
    { texts, every },
  );
}

/** Waits until the parts stand and nothing is under way. */
const calm = (page: OwnPage) =>
  page.evaluate(async () => {
    for (let still = 0; still < 6; ) {
      const busy = document.documentElement.dataset.state !== 'ready';
      still = busy || document.querySelector('.aside [aria-busy="true"]') ? 0 : still + 1;
      await new Promise((done) => setTimeout(done, 50));
    }
  });

/** Waits for an element whose text has this. @returns when, ms of the page's clock */
const seen = (page: OwnPage, selector: string, text: string) =>
  page.evaluate(
    async ({ selector, text }) => {
      const there = () =>
        [...document.querySelectorAll(selector)].some((one) => one.textContent?.includes(text));
      while (!there()) await new Promise((done) => setTimeout(done, 10));
      return performance.now();
    },
    { selector, text },
  );

const clock = (page: OwnPage) => page.evaluate(() => performance.now());

const long = (least: number, from: number) =>
  words.slice(from).filter((word) => word.length >= least && /^[a-z]+$/.test(word));
const many = <T>(make: (at: number) => T) => each(make, 15);
/** Frequent words, less frequent ones, rare ones. */
const [often, middle, rare] = [long(4, 20), long(6, 700), long(6, 12_000)] as const;
const slip = (word: string) =>
  `${word.slice(0, 2)}${word.charAt(3)}${word.charAt(2)}${word.slice(4)}x`;
const questions: [string, string[]][] = [
  ['exact, a common word', many((at) => `${often[at * 3]} `)],
  ['exact, a word', many((at) => `${middle[at * 31]} `)],
  ['exact, a rare word', many((at) => `${rare[at * 31]} `)],
  ['prefix, 1 letter', many((at) => 'stmaceprdbilfgh'.charAt(at))],
  ['prefix, 2 letters', many((at) => `${middle[at * 17]}`.slice(0, 2))],
  ['prefix, 4 letters', many((at) => `${middle[at * 31 + 3]}`.slice(0, 4))],
  ['three words', many((at) => `${often[at * 5]} ${often[at * 7 + 1]} ${middle[at]} `)],
  ['phrase of two common words', many((at) => `"${often[at]} ${often[at * 2 + 1]}"`)],
  ['typo', many((at) => `${slip(middle[at * 31] ?? '')} `)],
  [
    'typo in one of three words',
    many((at) => `${often[at]} ${slip(middle[at * 31 + 7] ?? '')} ${often[at + 9]} `),
  ],
  ['author:', many((at) => `author:${names[at * 11]} `)],
  ['tag:', many((at) => `tag:"${words[40 + at * 9]} ${at * 3}" `)],
  [
    'is:saved cat:cs after:2018 and a word',
    many((at) => `is:saved cat:cs after:2018 ${middle[at * 3]} `),
  ],
  ['-word alone', many((at) => `-${middle[at]} `)],
];

/** What one size came to: numbers of one unit, in the order in which they were measured. */
type Figures = Map<string, { unit: string; values: number[] }>;

async function measure(reader: Reader, size: number, figures: Figures): Promise<void> {
  const note = (what: string, unit: string, values: number | number[]) => {
    figures.set(what, { unit, values: [values].flat() });
    console.log(`  ${what}: ${shown(figures.get(what))}`);
  };
  const chromium = reader.browser === 'chromium';
  const rest = () => new Promise((done) => setTimeout(done, 300));

  // Firefox runs nothing of a driver at the start of an extension's page.
  if (chromium) {
    await reader.atStart(watchOpening);
    for (const cold of [false, true]) {
      const [ready, parts]: [number[], number[]] = [[], []];
      await (await open(reader)).page.close();
      for (let run = 0; run < runs; run++) {
        if (cold) await reader.stopBackground();
        const opened = await open(reader);
        ready.push(opened.ready);
        parts.push(opened.parts);
        await opened.page.close();
        await rest();
      }
      const after = cold ? ', the background stopped before' : '';
      note(`open: rows painted${after}`, 'ms', ready);
      note(`open: parts painted${after}`, 'ms', parts);
    }
  }

  const own = await reader.openOwn('options.html');
  await ask(own, 'kept', [['', 0, 50]]);
  if (chromium)
    note('memory of the background after a list', 'MB', (await reader.backgroundMemory()) / 1e6);
  for (const [what, queries] of questions) {
    const rounds: number[][] = [];
    // What the machine did beside hits few questions each time.
    for (let round = 0; round < 3; round++) {
      const calls = queries.map((query) => [query, 0, 50]);
      rounds.push((await ask(own, 'kept', calls)).took);
    }
    const best = queries.map((_, at) => Math.min(...rounds.map((took) => took[at] ?? 0)));
    note(`answer: ${what}`, 'ms', best);
  }
  const same = (...args: unknown[]) => many(() => args);
  note('answer: the newest 50', 'ms', (await ask(own, 'kept', same('', 0, 50))).took);
  for (const by of ['published', 'read', 'upvotes', 'title']) {
    note(
      `answer: the first 50 by ${by}`,
      'ms',
      (await ask(own, 'kept', same('', 0, 50, { by }))).took,
    );
  }
  note(
    'answer: 50 in the middle',
    'ms',
    (
      await ask(
        own,
        'kept',
        each((at) => ['', Math.floor((size * (at + 1)) / (runs + 2)), 50]),
      )
    ).took,
  );
  note('parts of the library', 'ms', (await ask(own, 'facets', same(''))).took);
  note(
    'parts of a common word',
    'ms',
    (
      await ask(
        own,
        'facets',
        each((at) => [`${often[at * 3 + 1]} `]),
      )
    ).took,
  );
  note(
    'ids of all',
    'ms',
    (
      await ask(
        own,
        'keptIds',
        each(() => ['']),
      )
    ).took,
  );
  if (chromium)
    note(
      'memory of the background after all of these',
      'MB',
      (await reader.backgroundMemory()) / 1e6,
    );

  const page = await reader.openOwn('library.html');
  await page.untilState('ready');
  await calm(page);
  if (chromium) note('memory of the page', 'MB', (await page.memory(true)) / 1e6);
  const typed = new Map<string, number[]>();
  for (const word of each((at) => middle[at * 29 + 5] ?? '')) {
    for (let length = 1; length <= 5; length++) {
      const what = `keystroke to rows: letter ${length < 3 ? length : '3 to 5'}`;
      typed.set(what, [...(typed.get(what) ?? []), await type(page, [word.slice(0, length)])]);
      await calm(page);
    }
  }
  typed.set('keystroke to rows: the last of 6, 0.15 s apart', []);
  typed.set('keystroke to rows: a word with a slip', []);
  typed.set('keystroke to rows: all taken back', []);
  for (const word of each((at) => middle[at * 23 + 11] ?? '')) {
    const keys = each((at) => word.slice(0, at + 1), 6);
    typed.get('keystroke to rows: the last of 6, 0.15 s apart')?.push(await type(page, keys, 150));
    await calm(page);
    typed.get('keystroke to rows: a word with a slip')?.push(await type(page, [`${slip(word)} `]));
    await calm(page);
    typed.get('keystroke to rows: all taken back')?.push(await type(page, ['']));
    await calm(page);
  }
  const cold: number[] = [];
  for (const word of each((at) => middle[at * 19 + 2] ?? '')) {
    await reader.stopBackground();
    cold.push(await type(page, [word.slice(0, 3)]));
    await calm(page);
    await type(page, ['']);
    await calm(page);
  }
  typed.set('keystroke to rows: letter 3, the background stopped before', cold);
  for (const [what, times] of typed) note(what, 'ms', times);
  if (chromium) note('memory of the page after typing', 'MB', (await page.memory(true)) / 1e6);

  // What is written is measured with the library open, which asks anew after each change, and without.
  let fresh = 0;
  const added = () => ({
    id: `2512.${20_000 + fresh++}`,
    title: 'A made-up paper',
    authors: ['First Author'],
    abstract: 'A sentence about nothing at all. '.repeat(36),
  });
  const writes = async (from: OwnPage, how: string) => {
    const noted = added();
    await ask(from, 'save', [[noted]]);
    const [saves, notes]: [number[], number[]] = [[], []];
    let { answer: base } = await ask<{ revision: number; text: string }>(from, 'note', [
      [noted.id],
    ]);
    for (let run = 0; run < runs * 2; run++) {
      saves.push(...(await ask(from, 'save', [[added()]])).took);
      const write = { id: noted.id, text: `${base.text}w`, base, editor: 'bench' };
      const { took, answer } = await ask<typeof base>(from, 'writeNote', [[write]]);
      notes.push(...took);
      base = { revision: answer.revision, text: answer.text };
    }
    note(`save${how}`, 'ms', saves);
    note(`a key in a note${how}`, 'ms', notes);
    const tags: number[] = [];
    for (let run = 0; run < 3; run++) {
      const ids = each((at) => madePaperId(Math.floor((at * size) / batch)), batch);
      const change = { add: [`a new tag ${fresh++}`] };
      tags.push(...(await ask(from, 'tagPapers', [[ids, change]])).took);
      await indexed(own);
    }
    note(`tag ${batch}${how}`, 'ms', tags);
  };
  await writes(page, ', the library open');
  await page.close();
  await writes(own, '');
  for (const by of ['saved', 'title']) {
    const took: number[] = [];
    for (const at of each((at) => at)) {
      await ask(own, 'save', [[added()]]);
      const middle = Math.floor((size * (at + 1)) / (runs + 2));
      took.push(...(await ask(own, 'kept', [['', middle, 50, { by }]])).took);
    }
    note(`answer: 50 in the middle by ${by}, after a change`, 'ms', took);
  }

  await files(reader, size, note);
}

/** The whole library as a file, and a file of 10,000 papers into it, as a person does it. */
async function files(
  reader: Reader,
  size: number,
  note: (what: string, unit: string, values: number | number[]) => void,
): Promise<void> {
  const chromium = reader.browser === 'chromium';
  const page = await reader.openOwn('library.html');
  await page.untilState('ready');
  await calm(page);
  /** The most that the page held while something went on. */
  async function peak(work: Promise<unknown>): Promise<number> {
    let most = 0;
    let done = false;
    const over = work.finally(() => {
      done = true;
    });
    while (chromium && !done) {
      most = Math.max(most, await page.memory(false));
      await new Promise((next) => setTimeout(next, 200));
    }
    await over;
    return most;
  }
  let start = await clock(page);
  let took = 0;
  await page.press('Export');
  const exported = seen(page, '.toast', 'written to').then((end) => {
    took = end - start;
  });
  const most = await peak(exported);
  note('export all as JSON', 's', took / 1000);
  if (chromium) {
    note('memory of the page at most meanwhile', 'MB', most / 1e6);
    note('memory of the page after it', 'MB', (await page.memory(true)) / 1e6);
  }

  const file = JSON.stringify({
    format: 'paper-margin',
    version: 4,
    exportedAt: new Date(0).toISOString(),
    papers: each((at) => paper(size + at), fileSize),
  });
  await page.upload('Import', file);
  start = await clock(page);
  took = (await seen(page, 'dialog .main', 'Import 10,000 papers')) - start;
  note('import 10,000: until the preview stands', 's', took / 1000);
  start = await clock(page);
  await page.press('Import 10,000 papers');
  const imported = seen(page, 'dialog', 'added').then((end) => {
    took = end - start;
  });
  const top = await peak(imported);
  note('import 10,000', 's', took / 1000);
  if (chromium) note('memory of the page at most meanwhile, importing', 'MB', top / 1e6);
  note('index after that', 's', await indexed(page));
  await page.close();
}

/** `median (fastest to worst)`, or the one number there is. */
function shown(figure: { unit: string; values: number[] } | undefined): string {
  if (!figure) return '–';
  const sorted = figure.values.toSorted((a, b) => a - b);
  const print = (value = 0) => value.toFixed(value < 10 ? 1 : 0);
  const median = print(sorted[Math.floor(sorted.length / 2)]);
  return sorted.length === 1
    ? median
    : `${median} (${print(sorted[0])} to ${print(sorted.at(-1))})`;
}

/** How many times as much the fastest run takes in the largest library as in the smallest. */
function growth(columns: Figures[], what: string): string {
  const least = (figures: Figures | undefined) => Math.min(...(figures?.get(what)?.values ?? []));
  const [first, last] = [least(columns[0]), least(columns.at(-1))];
  return Number.isFinite(first) && first > 0 ? `× ${(last / first).toFixed(1)}` : '–';
}

/** Measures one size in a new browser; a folder keeps filled profiles of Chromium, so that each is filled once. */
async function measureSize(name: string, size: number): Promise<Figures> {
  const figures: Figures = new Map();
  const world = await startWorld({ recordings: undefined, quota: 100_000 });
  const made = await mkdtemp(join(tmpdir(), 'paper-margin-bench-'));
  const filled = folder && name === 'chromium' ? join(folder, `chromium-${size}`) : undefined;
  const profile = join(made, 'profile');
  const begin = () =>
    name === 'chromium'
      ? openChromium({ proxy: world.proxy, profile })
      : openFirefox({ proxy: world.proxy });
  let reader: Reader | undefined;
  try {
    if (filled && existsSync(filled)) await cp(filled, profile, { recursive: true });
    else {
      reader = await begin();
      const { imported, index } = await fill(reader, size);
      figures.set('filling: import', { unit: 's', values: [imported] });
      figures.set('filling: index after that', { unit: 's', values: [index] });
      await settle(reader);
      if (filled) {
        await reader.close();
        await cp(profile, filled, { recursive: true });
        reader = undefined;
      }
    }
    reader ??= await begin();
    await measure(reader, size, figures);
  } finally {
    await reader?.close();
    await world.stop();
    await rm(made, { recursive: true, force: true, maxRetries: 5 });
  }
  return figures;
}

for (const name of browsers.split(',')) {
  const columns: Figures[] = [];
  const counts = sizes.split(',').map(Number);
  for (const size of counts) {
    console.log(`\n${name}, ${size} papers`);
    columns.push(await measureSize(name, size));
  }
  console.log(`\n${name}: median (fastest to worst); growth of the fastest`);
  console.log(
    `| | ${counts.map((size) => `${size.toLocaleString('en')} papers`).join(' | ')} | growth |`,
  );
  console.log(`| --- |${counts.map(() => ' --- |').join('')} --- |`);
  for (const [what, { unit }] of columns.at(-1) ?? []) {
    const values = columns.map((figures) => shown(figures.get(what)));
    console.log(`| ${what}, ${unit} | ${values.join(' | ')} | ${growth(columns, what)} |`);
  }
}
