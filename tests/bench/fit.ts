// Measures how well the fit ranking orders the papers of recorded days for simulated readers, and how long it takes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { recordings } from '../recordings.ts';
import type { Archived, Outcome } from './fit-readers.ts';

const file = join(recordings ?? '', 'hf/archive.jsonl.gz');
if (!recordings || !existsSync(file)) {
  console.error(
    'This needs the recorded days of Hugging Face, hf/archive.jsonl.gz. Name their folder in PAPER_MARGIN_RECORDINGS.',
  );
  process.exit(1);
}
const archive = gunzipSync(readFileSync(file))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Archived);

/** The module as the extension would bundle it. */
async function bundled(): Promise<typeof import('./fit-readers.ts')> {
  const made = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2024',
      lib: { entry: join(import.meta.dirname, 'fit-readers.ts'), formats: ['es'] },
    },
  })) as Rolldown.RolldownOutput[];
  const code = (made[0] as Rolldown.RolldownOutput).output[0].code;
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

const { evaluate, kinds, time, mean } = await bundled();

const times = time(archive);

const spread = (values: number[]) => {
  const middle = mean(values);
  return Math.sqrt(
    mean(values.map((value) => (value - middle) ** 2)) * (values.length / (values.length - 1)),
  );
};
const middle = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values: number[]) =>
  `${middle(values)} (${Math.min(...values)}–${Math.max(...values)})`;
const both = (values: number[]) => `${mean(values).toFixed(3)} ± ${spread(values).toFixed(3)}`;

function line(name: string, outcomes: Outcome[]): string {
  const of = (key: 'papers' | 'ranked' | 'fit' | 'upvotes' | 'random' | 'best') =>
    outcomes.map((outcome) => outcome[key]);
  const gain = outcomes.map(({ fit, upvotes }) => fit - upvotes);
  const count = (holds: (gain: number) => boolean) => gain.filter(holds).length;
  const wins = `${count((gain) => gain > 0)} / ${count((gain) => gain === 0)} / ${count((gain) => gain < 0)}`;
  return `| ${name} | ${outcomes.length} | ${range(of('papers'))} | ${range(of('ranked'))} | ${both(of('fit'))} | ${both(of('upvotes'))} | ${both(of('random'))} | ${mean(of('best')).toFixed(3)} | ${both(gain)} | ${wins} |`;
}

console.log(
  '| readers by | readers | papers a reader | papers ranked | fit | upvotes | random | best possible | fit − upvotes | better / same / worse |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
/** For choosing weights without a look at what is reported. */
const tuningOnly = process.argv.includes('--tuning');
for (const kind of tuningOnly ? (['submitter'] as const) : kinds) {
  const outcomes = evaluate(archive, kind);
  const tuning = outcomes.filter((outcome) => outcome.tuning);
  if (tuning.length) console.log(line(`${kind}, the half for tuning`, tuning));
  if (!tuningOnly)
    console.log(
      line(
        kind,
        outcomes.filter((outcome) => !outcome.tuning),
      ),
    );
}

console.log('\n| what | median, ms | fastest, ms |\n| --- | --- | --- |');
for (const { what, median, fastest } of times)
  console.log(`| ${what} | ${median.toFixed(2)} | ${fastest.toFixed(2)} |`);
