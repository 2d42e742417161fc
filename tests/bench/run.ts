// Measures what a person feels: messages, requests and times, in the built extension, with an empty and a large library.
import { gzipSync } from 'node:zlib';
import { openChromium } from '../e2e/chromium.ts';
import type { OwnPage, Reader } from '../e2e/driver.ts';
import { openFirefox } from '../e2e/firefox.ts';
import { startWorld } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import { measureLongList } from './long-list.ts';
import { measureFit, measurePopup, untilRecorded, watchRows } from './popup.ts';

const runs = 7;
const sizes = [0, 10_000];

interface Row {
  what: string;
  values: string[];
}

/** `[median, worst]` in whole ms; a dash where nothing could be measured. */
function spread(times: number[]): string {
  if (times.some(Number.isNaN)) return '–';
  const sorted = times.toSorted((a, b) => a - b);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  return `${median.toFixed(median < 10 ? 1 : 0)} (${worst.toFixed(worst < 10 ? 1 : 0)})`;
}

/** A text of made-up words, some of them often and most of them seldom, as in real ones: another one each time. */
function madeUpTexts(): (length: number) => string {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const syllables = ['ba', 'dor', 'ki', 'lam', 'mu', 'nes', 'po', 'ril', 'sta', 'tem', 'vo', 'zin'];
  const word = () => {
    const rank = Math.floor(20_000 ** random());
    const digits = [...rank.toString(syllables.length)];
    return digits.map((digit) => syllables[Number.parseInt(digit, syllables.length)]).join('');
  };
  return (length) => {
    let text = '';
    while (text.length < length) text += `${word()} `;
    return text;
  };
}

/** A backup file with `count` saved papers, each with an abstract of 1,200 characters and a note. */
function backup(count: number): string {
  const at = Date.UTC(2026, 0, 1);
  const text = madeUpTexts();
  const made = Array.from({ length: count }, (_, index) => ({
    id: `2501.${String(10_000 + index).padStart(5, '0')}`,
    title: `Made-up Paper ${index} about ${['lanterns', 'kites', 'rivers'][index % 3]}`,
    authors: ['First Author', 'Second Author', `Author Number${index % 97}`],
    abstract: text(1_200),
    saved: true,
    savedAt: at + index,
    savedChangedAt: at + index,
    keptAt: at + index,
    note: { text: `Note ${index}: compare with paper ${count - index}.`, updatedAt: at + index },
    earlier: [],
  }));
  return JSON.stringify({
    format: 'paper-margin',
    version: 1,
    exportedAt: new Date(at).toISOString(),
    papers: made,
  });
}

/** Calls a verb from an own page, `times` times with other arguments, and gives each call's time in ms. */
function time(page: OwnPage, verb: string, calls: unknown[][]): Promise<number[]> {
  return page.evaluate(
    async ({ verb, calls }) => {
      const took: number[] = [];
      const { browser, chrome } = globalThis as never as Record<
        string,
        { runtime: { sendMessage(m: unknown): Promise<unknown> } }
      >;
      for (const args of calls) {
        const start = performance.now();
        const answer = (await (browser ?? chrome)?.runtime.sendMessage({
          to: 'paper-margin',
          verb,
          args,
        })) as object;
        if (!('done' in answer)) throw new Error(`${verb}: ${JSON.stringify(answer)}`);
        took.push(performance.now() - start);
      }
      return took;
    },
    { verb, calls },
  );
}

/** Changes how the digest is wanted. */
async function adjust(page: OwnPage, part: object): Promise<void> {
  await page.evaluate(async (part) => {
    const { browser, chrome } = globalThis as never as Record<
      string,
      { runtime: { sendMessage(m: unknown): Promise<{ done: { digest: object } }> } }
    >;
    const ask = (verb: string, args: unknown[]) =>
      (browser ?? chrome)?.runtime.sendMessage({ to: 'paper-margin', verb, args });
    const digest = (await ask('settings', []))?.done.digest;
    await ask('adjust', [{ digest: { ...digest, ...part } }]);
  }, part);
}

async function measure(open: typeof openChromium): Promise<Row[]> {
  const rows = new Map<string, string[]>();
  const note = (what: string, value: string) => rows.set(what, [...(rows.get(what) ?? []), value]);
  for (const size of sizes) {
    const world = await startWorld({ recordings: undefined, quota: 100_000 });
    const reader: Reader = await open({ proxy: world.proxy });
    try {
      const library = await reader.openOwn('library.html');
      await library.untilState('ready');
      if (size > 0) {
        const file = backup(size);
        const [took = 0] = await time(library, 'importJson', [[file]]);
        note('import, s', (took / 1000).toFixed(1));
        await untilRecorded(library);
        console.log(
          `imported ${size} papers (${(gzipSync(file).length / 1e6).toFixed(1)} MB gzip)`,
        );
      } else note('import, s', '–');

      const paper = (index: number) => ({
        id: `2502.${10_000 + index}`,
        title: 'T',
        authors: ['First Author'],
        abstract: 'A',
      });
      const each = Array.from({ length: runs }, (_, index) => index);
      await time(library, 'look', [[['2501.10000']]]);
      note(
        'look of 1 paper, ms',
        spread(
          await time(
            library,
            'look',
            each.map(() => [['2501.10000']]),
          ),
        ),
      );
      note(
        'look of 100 papers in one message, ms',
        spread(
          await time(
            library,
            'look',
            each.map(() => [
              each.flatMap(() => Array.from({ length: 15 }, (_, i) => `2501.${10_000 + i}`)),
            ]),
          ),
        ),
      );
      note(
        'save, ms',
        spread(
          await time(
            library,
            'save',
            each.map((index) => [paper(index)]),
          ),
        ),
      );
      let revision = 0;
      let text = '';
      const writes = each.map((index) => {
        const base = { revision, text };
        revision = index + 1;
        text = `${text}word${index} `;
        return [{ id: '2502.10000', text, base, editor: 'bench' }];
      });
      note('store a note, ms', spread(await time(library, 'writeNote', writes)));
      note(
        'first page of the library, ms',
        spread(
          await time(
            library,
            'kept',
            each.map(() => ['', 0, 50]),
          ),
        ),
      );
      note(
        'search the library, ms',
        spread(
          await time(
            library,
            'kept',
            each.map((index) => [`lanterns ${index}`, 0, 50]),
          ),
        ),
      );

      // The week's list has a hundred papers and some.
      await reader.atStart(watchRows);
      await adjust(library, { kind: 'week', sort: 'list' });
      await time(library, 'refreshPeriod', [[{ kind: 'week' }]]);
      const popup = await measurePopup(reader, 5);
      note('papers in the popup', String(popup.papers));
      note('popup: first row painted, ms', spread(popup.warm));
      note('popup: the same, the background stopped before, ms', spread(popup.cold));
      for (const [what, times] of Object.entries(popup.work))
        note(`popup: ${what}, script and layout, ms`, spread(times));
      for (const [what, times] of Object.entries(popup.painted))
        note(`popup: ${what}, until painted, ms`, spread(times));
      const fit = await measureFit(reader, library, 5);
      for (const [what, times] of Object.entries(fit)) note(what, spread(times));

      // One message before the panel is complete: counted by an own page, which hears what the background hears.
      await library.evaluate(() => {
        const { browser, chrome } = globalThis as never as Record<
          string,
          { runtime: { onMessage: { addListener(l: (m: unknown) => void): void } } }
        >;
        const heard: string[] = [];
        (globalThis as never as { heard: string[] }).heard = heard;
        (browser ?? chrome)?.runtime.onMessage.addListener((message) => {
          const { to, verb } = message as { to?: string; verb?: string };
          if (to === 'paper-margin' && verb) heard.push(verb);
        });
      });
      await time(library, 'lookUp', [[papers.complete]]);
      for (const _ of each) {
        const mark = world.mark();
        const tab = await reader.open(`https://arxiv.org/abs/${papers.complete}`);
        await tab.panel.untilState('ready');
        const asked = world.since(mark).filter(({ path }) => path.startsWith('/api/papers/'));
        if (asked.length > 0) throw new Error('A fresh paper was looked up again.');
        await tab.close();
      }
      const heard = await library.evaluate(
        () => (globalThis as never as { heard: string[] }).heard,
      );
      const visits = heard.filter((verb) => verb !== 'lookUp');
      note('messages a visit of a stored paper', (visits.length / runs).toFixed(1));

      const mark = world.mark();
      for (const path of ['/', '/list/cs.LG/recent'])
        await (await reader.open(`https://arxiv.org${path}`)).close();
      await (await reader.open('https://huggingface.co/papers')).close();
      const calls = world.since(mark).filter(({ path }) => path.startsWith('/api/papers/'));
      note('look-ups from pages that are no papers', String(calls.length));
    } finally {
      await reader.close();
      await world.stop();
    }
  }
  return [...rows].map(([what, values]) => ({ what, values }));
}

for (const [name, open] of [
  ['Chromium', openChromium],
  ['Firefox', openFirefox],
] as const) {
  const rows = await measure(open);
  console.log(`\n${name}: median (worst) of ${runs}`);
  console.log(`| | ${sizes.map((size) => `${size.toLocaleString('en-US')} papers`).join(' | ')} |`);
  console.log(`| --- |${sizes.map(() => ' --- |').join('')}`);
  for (const { what, values } of rows) console.log(`| ${what} | ${values.join(' | ')} |`);
  console.log(`\n${name}: a page of 2,000 papers`);
  console.log('| | without | with Paper Margin |\n| --- | --- | --- |');
  for (const row of await measureLongList(open)) console.log(`| ${row.join(' | ')} |`);
}
