// Measures what a person feels: messages, requests and times, in the built extension, with an empty and a large library.
import { openChromium } from '../e2e/chromium.ts';
import type { OwnPage, Reader } from '../e2e/driver.ts';
import { openFirefox } from '../e2e/firefox.ts';
import { startWorld } from '../world/index.ts';
import { papers } from '../world/papers.ts';
import { ask, fill, settle } from './filling.ts';
import { measureLongList } from './long-list.ts';
import { madePaperId } from './made-papers.ts';
import { measureFit, measurePopup, watchRows } from './popup.ts';

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
      if (size > 0) {
        await fill(reader, size);
        await settle(reader);
      }
      const library = await reader.openOwn('library.html');
      await library.untilState('ready');
      const each = Array.from({ length: runs }, (_, index) => index);
      const one = [[madePaperId(3)]];
      const hundred = [Array.from({ length: 100 }, (_, index) => madePaperId(index * 7))];
      await ask(library, 'look', [one]);
      const looks = await ask(
        library,
        'look',
        each.map(() => one),
      );
      note('look of 1 paper, ms', spread(looks.took));
      const many = await ask(
        library,
        'look',
        each.map(() => hundred),
      );
      note('look of 100 papers in one message, ms', spread(many.took));

      // The week's list has a hundred papers and some.
      await reader.atStart(watchRows);
      await adjust(library, { kind: 'week', sort: 'list' });
      await ask(library, 'refreshPeriod', [[{ kind: 'week' }]]);
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
      await ask(library, 'lookUp', [[papers.complete]]);
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
