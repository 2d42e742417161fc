// Measures how well highlights find their place again, and how long it takes, in Chromium.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { chromiumFlags, chromiumPath } from '../machine/browsers.mjs';
import { recordings } from '../recordings.ts';
import type {
  evaluate,
  evaluatePairs,
  Pair,
  paintIn,
  Source,
  Tally,
  Timing,
  time,
} from './anchoring-page.ts';

const seed = Number(process.argv[2] ?? 1);
const papers = join(import.meta.dirname, '../anchoring/papers');
const source = join(import.meta.dirname, '../../src/anchoring');

/** A module as one script that gives its exports the name `anchoring`. */
async function bundle(entry: string): Promise<string> {
  const made = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name: 'anchoring' },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [output] = Array.isArray(made) ? made : [made];
  return (output as Rolldown.RolldownOutput).output[0].code;
}

/** Without what would run or load. TeX of formulas, which lies in scripts too, stays. */
const still = (html: string) =>
  html
    .replace(/<script(?![^>]*math\/tex)[\s\S]*?<\/script>/g, '')
    .replace(/<(link|img|iframe)\b[^>]*>/g, '');

const read = (file: string) => still(readFileSync(file, 'utf8'));

function htmlIn(folder: string, most: number): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((name) => ({ name, html: read(join(folder, name)) }))
    .filter(({ html }) => html.length < most && html.length > 5000);
}

const asText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Abstract pages as three sites have them, around the same abstract. */
const sites = {
  arxiv: (abstract: string) =>
    `<div id="abs"><div class="dateline">[Submitted on 3 Jan 2026]</div><h1 class="title">Title: A Made-up Title</h1><div class="extra-services">View PDF HTML (experimental)</div><blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>${abstract}</blockquote><table><tr><td>Comments:</td><td>12 pages, 3 figures</td></tr><tr><td>Subjects:</td><td>Machine Learning (cs.LG)</td></tr></table></div>`,
  huggingface: (abstract: string) =>
    `<main><h1>A Made-up Title</h1><div>Published on Jan 3</div><h2>Abstract</h2><div class="ai"><p>A sentence that sums it up.</p></div><div class="abstract"><p>${abstract}</p></div><div>View arXiv page View PDF Add to collection</div><h3>Community</h3></main>`,
};

/** As MathJax 2 leaves a page: what it drew, and the TeX in a script. */
const drawn = (abstract: string) =>
  abstract.replace(
    /\$([^$]+)\$/g,
    (_, tex: string) =>
      `<span class="MathJax_Preview"></span><span class="MathJax">${tex.replace(/[\\{}^_]/g, '')}</span><script type="math/tex">${tex}</script>`,
  );

function pairs(): Pair[] {
  const made: Pair[] = [];
  const both = (name: string, abstract: string) => {
    const from = { name, html: sites.arxiv(drawn(abstract)), abstract: 'blockquote' };
    const raw = { name, html: sites.arxiv(abstract), abstract: 'blockquote' };
    const to = { name, html: sites.huggingface(abstract), abstract: '.abstract' };
    made.push({ from, to }, { from: to, to: from }, { from: raw, to: from });
  };
  for (const file of readdirSync(papers).filter((name) => name.endsWith('.tex'))) {
    const tex = readFileSync(join(papers, file), 'utf8');
    const abstract = /\\begin\{abstract\}\n([\s\S]*?)\n\\end\{abstract\}/.exec(tex)?.[1];
    // arXiv's field for the abstract has neither footnotes nor citations.
    const field = asText((abstract ?? '').replace(/\\footnote\{[^{}]*\}|~?\\cite\{[^}]*\}/g, ''));
    const html = read(join(papers, file.replace('.tex', '.html')));
    const full = { name: file, html, abstract: '.ltx_abstract .ltx_p' };
    for (const text of [field, drawn(field)])
      for (const site of Object.values(sites)) {
        const short = {
          name: file,
          html: site(text),
          abstract: site === sites.arxiv ? 'blockquote' : '.abstract',
        };
        made.push({ from: short, to: full }, { from: full, to: short });
      }
  }
  if (recordings) {
    const archive = gunzipSync(readFileSync(join(recordings, 'hf/archive.jsonl.gz'))).toString();
    const lines = archive.trim().split('\n');
    // Formulas and TeX in the text are what differs between sites: those first.
    const abstracts = lines.map((line) => (JSON.parse(line) as { abstract: string }).abstract);
    for (const abstract of [
      ...abstracts.filter((text) => /\$[^$]+\$|\\[a-z]+\{/.test(text)).slice(0, 150),
      ...abstracts.slice(0, 50),
    ])
      both('archive', asText(abstract));
  }
  return made;
}

/** A paper of about this many characters of HTML, from the project's own ones with their words changed. */
function long(length: number): string {
  const bodies = htmlIn(papers, 1e6).map(({ html }) =>
    html.replace(/[\s\S]*<body>|<\/body>[\s\S]*/g, ''),
  );
  let html = '';
  for (let round = 0; html.length < length; round++)
    html += (bodies[round % bodies.length] as string).replace(
      /(?<=>|\s)([a-z]{4,})(?=\s[^<>]*<)/g,
      (word, _, at: number) =>
        (at * 31 + round * 17) % 5 ? word : `${word.slice(0, 3)}${(at * round) % 97}`,
    );
  return `<!doctype html><body>${html}</body>`;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds: when it began, how long its thread worked on it. */
  ts: number;
  tdur?: number;
}

/** The longest task, ms, between the marks: the time that its thread worked, whatever else the machine did. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const [begin, end] = ['begin', 'end'].map((mark) =>
    traceEvents.findLast(({ name }) => name === mark),
  ) as [TraceEvent, TraceEvent];
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, ts }) =>
      /RunTask$/.test(name) &&
      ph === 'X' &&
      pid === begin.pid &&
      tid === begin.tid &&
      ts >= begin.ts &&
      ts <= end.ts,
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

const percent = (part: number, all: number) => (all ? `${((100 * part) / all).toFixed(2)} %` : '–');

const script = await bundle(join(import.meta.dirname, 'anchoring-page.ts'));
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags() });
try {
  const page = await browser.newPage();
  const fresh = async () => {
    await page.goto('about:blank');
    await page.evaluate(`${script};globalThis.anchoring=anchoring`);
  };
  type Bench = {
    anchoring: {
      evaluate: typeof evaluate;
      evaluatePairs: typeof evaluatePairs;
      paintIn: typeof paintIn;
      time: typeof time;
    };
  };
  await fresh();
  const own = htmlIn(papers, 1e6);
  const folder = recordings;
  const recorded = folder
    ? ['rendered/abs', 'captured'].flatMap((part) => htmlIn(join(folder, 'arxiv', part), 60_000))
    : [];
  console.log(`${own.length} papers by LaTeXML, ${recorded.length} recorded pages, seed ${seed}`);
  const run = (pages: Source[], batches: number) =>
    page.evaluate(
      ({ pages, batches, seed }) =>
        (globalThis as never as Bench).anchoring.evaluate(pages, batches, seed),
      { pages, batches, seed },
    );
  const rows = await run(own, 6);
  for (const { name, tally } of recorded.length ? await run(recorded, 1) : []) {
    const row = rows.find((row) => row.name === name)?.tally as Tally;
    for (const key of ['passages', 'exact', 'approximate', 'wrong', 'missed'] as const)
      row[key] += tally[key];
    row.failures.push(...tally.failures);
  }
  const cross = await page.evaluate(
    ({ pairs, seed }) => (globalThis as never as Bench).anchoring.evaluatePairs(pairs, 6, seed),
    { pairs: pairs(), seed },
  );
  rows.splice(-5, 0, { name: 'abstract on another site', gone: false, tally: cross });

  const counts = ['passages', 'exact', 'approximate', 'wrong', 'missed'] as const;
  const sum = (gone: boolean) => {
    const all = { passages: 0, exact: 0, approximate: 0, wrong: 0, missed: 0 };
    for (const row of rows)
      if (row.gone === gone) for (const count of counts) all[count] += row.tally[count];
    return all;
  };
  const line = (
    name: string,
    gone: boolean,
    { passages, exact, approximate, wrong, missed }: Omit<Tally, 'failures'>,
  ) =>
    gone
      ? `| ${name} | ${passages} | – | – | ${wrong} | ${missed} | ${percent(missed, passages)} |`
      : `| ${name} | ${passages} | ${exact} | ${approximate} | ${wrong} | ${missed} | ${percent(exact + approximate, passages)} |`;
  console.log(
    '\n| what happened | passages | right, exact | right, approximate | wrong | not found | good |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const { name, gone, tally } of rows) console.log(line(name, gone, tally));
  console.log(line('**still there, all**', false, sum(false)));
  console.log(line('**gone, all**', true, sum(true)));
  if (process.argv.includes('--failures'))
    for (const { name, gone, tally } of rows)
      for (const failure of tally.failures)
        if (!gone || failure) console.log(`\n${name}\n  ${failure}`);

  console.log(
    '\n| page | letters | read, ms | index, ms | exact, ms a quote | approximate, ms a quote | 200 highlights, ms | found | longest task, ms |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const length of [100_000, 500_000, 2_000_000]) {
    await fresh();
    const took: Timing = await page.evaluate(
      ({ html, seed }) => (globalThis as never as Bench).anchoring.time(html, 200, seed),
      { html: long(length), seed },
    );
    console.log(
      `| ${(took.html / 1000).toFixed(0)} KB | ${took.letters} | ${took.read.toFixed(0)} | ${took.index.toFixed(0)} | ${took.exact.toFixed(2)} | ${took.approximate.toFixed(1)} | ${took.all.toFixed(0)} | ${took.found} | ${took.longest.toFixed(0)} |`,
    );
  }

  console.log(
    '\n| highlights on 2 MB | found | found and painted, ms | longest task, ms of its own |',
  );
  console.log('| --- | --- | --- | --- |');
  const html = long(2_000_000);
  const css = readFileSync(join(import.meta.dirname, '../../src/highlighting/paint.css'), 'utf8');
  for (const highlights of [200, 1000]) {
    const runs: { all: number; found: number; longest: number }[] = [];
    for (let times = 0; times < 5; times++) {
      await fresh();
      await page.addStyleTag({ content: css });
      await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
      const done = await page.evaluate(
        ({ html, highlights, seed }) =>
          (globalThis as never as Bench).anchoring.paintIn(html, highlights, seed),
        { html, highlights, seed },
      );
      runs.push({ ...done, longest: longestTask(await browser.stopTracing()) });
    }
    const each = (of: 'all' | 'longest') => runs.map((run) => run[of].toFixed(0)).join(', ');
    console.log(`| ${highlights} | ${runs[0]?.found} | ${each('all')} | ${each('longest')} |`);
  }
} finally {
  await browser.close();
}
const engine = await bundle(join(source, 'quote.ts'));
console.log(
  `\nThe engine: ${(gzipSync(engine).length / 1024).toFixed(1)} KB gzip (${basename(source)})`,
);
