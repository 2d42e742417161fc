// Measures the popup as a person feels it, in a page that is seen: how soon its first row is painted, how soon each choice answers.
import type { OwnPage, Reader } from '../e2e/driver.ts';

/** What a page tells of itself while it is open. */
declare const window: { firstRow?: number; firstRowPainted?: number };

/** Times in ms, one of each run. */
export interface PopupTimes {
  /** How many papers the list shows. */
  papers: number;
  /** From the start of the navigation to the frame after the one in which the first row stood. */
  warm: number[];
  /** The same, the background having been stopped before. */
  cold: number[];
  /** From the event to the list that follows it, scripts, style and layout: what a frame has to have room for. */
  work: Record<string, number[]>;
  /** From the event to the end of the next frame that was painted. */
  painted: Record<string, number[]>;
}

/** Made ready in each page before its own scripts. */
export function watchRows(): void {
  if (!location.pathname.endsWith('/popup.html')) return;
  const watch = new MutationObserver(() => {
    if (!document.querySelector('li[data-paper]')) return;
    watch.disconnect();
    window.firstRow = performance.now();
    requestAnimationFrame(() => {
      // A message comes after the paint of the frame before it.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.firstRowPainted = performance.now();
      };
      channel.port2.postMessage(0);
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Waits until the whole list stands and the page is quiet. */
const settle = (popup: OwnPage) =>
  popup.evaluate(async () => {
    const rows = () => document.querySelectorAll('li[data-paper]').length;
    let still = 0;
    for (let before = -1; still < 10; ) {
      const ready = document.documentElement.dataset.state === 'ready';
      still = ready && rows() === before && rows() > 0 ? still + 1 : 0;
      before = rows();
      await new Promise((done) => setTimeout(done, 50));
    }
  });

/** What a person does, and the list that shows that it was done. */
const choices = [
  ['a word typed', 'input[type="search"]', 'glass'],
  ['the word taken back', 'input[type="search"]', ''],
  ['in order of comments', 'select.sort', 'comments'],
  ['in order of stars', 'select.sort', 'stars'],
  ['in the order of the list', 'select.sort', 'list'],
] as const;

/** One choice: `[work, painted]` in ms. */
function choose(popup: OwnPage, selector: string, value: string): Promise<[number, number]> {
  return popup.evaluate(
    async ({ selector, value }) => {
      const field = document.querySelector<HTMLInputElement | HTMLSelectElement>(selector);
      if (!field) throw new Error(`The popup has no ${selector}.`);
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const shown = () =>
        [...document.querySelectorAll<HTMLElement>('li[data-paper]')]
          .slice(0, 10)
          .map(({ dataset }) => dataset.paper)
          .join();
      const before = shown();
      await frame();
      // Right after a frame, as an event of a person comes between two.
      await new Promise((done) => setTimeout(done, 2));
      const start = performance.now();
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      // The page draws itself in microtasks.
      let turns = 0;
      while (shown() === before && turns++ < 200) await Promise.resolve();
      if (shown() === before) {
        await frame();
        if (shown() === before) throw new Error(`The list stayed as it was: ${value}`);
      }
      document.body.getBoundingClientRect();
      const work = performance.now() - start;
      await frame();
      await new Promise<void>((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done();
        channel.port2.postMessage(0);
      });
      return [work, performance.now() - start] as [number, number];
    },
    { selector, value },
  );
}

/**
 * Opens the popup in an active tab, with its list stored. `watchRows` has to run at the start of each page.
 * @param runs how often each is measured
 */
export async function measurePopup(reader: Reader, runs: number): Promise<PopupTimes> {
  const times: PopupTimes = { papers: 0, warm: [], cold: [], work: {}, painted: {} };
  const popup = await reader.openOwn('popup.html');
  await popup.setViewport(400, 600);
  await popup.activate();
  await settle(popup);
  times.papers = (await popup.papers()).length;
  const opened = async () => {
    await popup.reload();
    await settle(popup);
    // Firefox runs nothing of ours at the start of an extension's page.
    return (await popup.evaluate(() => window.firstRowPainted)) ?? Number.NaN;
  };
  for (let run = 0; run < runs; run++) {
    times.warm.push(await opened());
    for (const [what, selector, value] of choices) {
      const [work, painted] = await choose(popup, selector, value);
      times.work[what] = [...(times.work[what] ?? []), work];
      times.painted[what] = [...(times.painted[what] ?? []), painted];
      await popup.evaluate(() => new Promise((done) => setTimeout(done, 700)));
    }
    await reader.stopBackground();
    times.cold.push(await opened());
  }
  await popup.close();
  return times;
}

/**
 * What the ranking by fit adds to the question for a list: times of `period` in ms, each of a background that was just
 * woken and then asked again.
 * @param own a page of the extension, from which the questions are sent
 */
export async function measureFit(
  reader: Reader,
  own: OwnPage,
  runs: number,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  const ask = (sort: 'list' | 'fit') =>
    own.evaluate(async (sort) => {
      const { browser, chrome } = globalThis as never as Record<
        string,
        { runtime: { sendMessage(m: unknown): Promise<{ done: { digest: object } }> } }
      >;
      const send = async (verb: string, args: unknown[]) => {
        const answer = await (browser ?? chrome)?.runtime.sendMessage({
          to: 'paper-margin',
          verb,
          args,
        });
        if (!answer || !('done' in answer)) throw new Error(`${verb}: ${JSON.stringify(answer)}`);
        return answer.done;
      };
      // These wake the background, so that its start is not counted, nor that of its storage.
      const { digest } = await send('settings', []);
      await send('adjust', [{ digest: { ...digest, kind: 'week', sort } }]);
      await send('look', [['2501.10000']]);
      const took: number[] = [];
      for (let time = 0; time < 3; time++) {
        const start = performance.now();
        await send('period', [{ kind: 'week' }]);
        took.push(performance.now() - start);
      }
      return took;
    }, sort);
  // What was saved since is taken into the records with the first question.
  await ask('fit');
  for (let run = 0; run < runs; run++) {
    for (const sort of ['list', 'fit'] as const) {
      await reader.stopBackground();
      const [cold = 0, ...warm] = await ask(sort);
      const what = sort === 'fit' ? 'the week ranked by fit' : 'the week in its own order';
      times[`${what}, first question, ms`] = [
        ...(times[`${what}, first question, ms`] ?? []),
        cold,
      ];
      times[`${what}, later, ms`] = [...(times[`${what}, later, ms`] ?? []), ...warm];
    }
  }
  return times;
}
