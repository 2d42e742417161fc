// The panel moves nothing in the page, whatever the service does and whenever it answers, and fits its column.
import type { Fault } from '../world/faults.ts';
import { papers } from '../world/papers.ts';
import type { Reader, Tab } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { onlyPanel } from './only-panel.ts';

/** What a page keeps while it is open, to be asked later. */
declare const window: {
  /** How far things moved that were in view: Chromium's own measure, 0 in Firefox, which has none. */
  shift: number;
  /** Elements of the site that changed their place after the panel was put in. */
  moved: string[];
};

const abs = (id: string) => `https://arxiv.org/abs/${id}`;

/** Makes every page watch its layout, from its first frame on. */
async function watch(reader: Reader): Promise<void> {
  await reader.atStart(() => {
    window.shift = 0;
    window.moved = [];
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift'))
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    const places = new Map<Element, string>();
    const look = () => {
      // Until it is parsed a page grows by itself; ours must be there by then.
      if (document.readyState !== 'loading') {
        for (const element of document.querySelectorAll(
          'header, h1, .leftcolumn, blockquote, .extra-services > *, #labstabs, footer',
        )) {
          const { left, top, width, height } = element.getBoundingClientRect();
          if (width === 0) continue;
          const place = [left + scrollX, top + scrollY, width, height].map(Math.round).join(' ');
          const before = places.get(element);
          if (before && before !== place)
            window.moved.push(
              `<${element.localName} class="${element.className}"> ${before} -> ${place}`,
            );
          places.set(element, place);
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** After the next frame all that was measured is known. */
async function expectStill(tab: Tab, what: string): Promise<void> {
  const seen = await tab.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await new Promise((done) => setTimeout(done));
    return { shift: window.shift, moved: window.moved };
  });
  expect(seen, what).toEqual({ shift: 0, moved: [] });
}

/** Papers that fill the panel in different ways. None has TeX: MathJax moves what it likes. */
const shown = {
  'all there can be': papers.complete,
  'a stored note': papers.yesterday,
  'links in its abstract': papers.linksOnly,
  nothing: papers.plain,
};

interface Look {
  id: string;
  fault?: Fault;
  /** In which the panel comes to rest. */
  state: string;
}

/** How the service answers when papers are looked up automatically. The last one makes us leave it alone for a while. */
const looks: Record<string, Look> = {
  'all there can be, at once': { id: papers.complete, state: 'ready' },
  'a paper with a note, at once': { id: papers.yesterday, state: 'ready' },
  'not known, after two seconds': { id: papers.plain, fault: { delay: 2_000 }, state: 'ready' },
  'upvotes, after two seconds': { id: papers.neverDaily, fault: { delay: 2_000 }, state: 'ready' },
  'never, for a paper of a list': { id: papers.moved, fault: 'hang', state: 'ready' },
  'never, for a paper of no list': { id: papers.linksOnly, fault: 'hang', state: 'loading' },
  'an error, for a paper of a list': {
    id: papers.wrappedTitle,
    fault: { status: 503 },
    state: 'offline',
  },
  'nothing, while it is left alone': { id: papers.linkInTitle, state: 'offline' },
};

for (const [width, tag] of [
  [1280, []],
  [400, ['@chromium']],
] as const) {
  test(`nothing moves in a page ${width} px wide, however the service answers`, {
    tag: [...tag],
  }, async ({ newReader, world }) => {
    test.setTimeout(120_000);
    const reader = await newReader({ keepWelcome: true });
    await watch(reader);
    const tab = await reader.open(abs(papers.yesterday));
    await tab.setViewport(width, 800);
    await onlyPanel(tab, papers.yesterday);
    await tab.panel.press('Note');
    const note = await tab.panel.note();
    await note.type('Note', 'A note\n\nof more\n\nthan one line.');
    await note.untilState('saved');

    for (const [what, id] of Object.entries(shown)) {
      await test.step(`asked nothing: ${what}`, async () => {
        await tab.goto(abs(id));
        await onlyPanel(tab, id);
        await expectStill(tab, what);
      });
    }

    await tab.goto('https://arxiv.org/');
    await (await reader.welcome()).press('Look up automatically');
    await tab.activate();
    for (const [what, { id, fault, state }] of Object.entries(looks)) {
      await test.step(`asked: ${what}`, async () => {
        const api = { host: 'huggingface.co', path: /^\/api\/papers\// };
        const mend = fault ? world.fault(api, fault) : undefined;
        const mark = world.mark();
        await tab.goto(abs(id));
        await tab.evaluate(() =>
          document.querySelector('paper-margin-panel')?.scrollIntoView({ block: 'center' }),
        );
        if (!what.includes('left alone'))
          await expect
            .poll(() => world.since(mark).some(({ path }) => path.startsWith(`/api/papers/${id}`)))
            .toBe(true);
        await tab.panel.untilState(state);
        if (state === 'ready' && fault !== 'hang') await tab.panel.untilText(/upvotes?|Not on/);
        await expectStill(tab, what);
        mend?.();
      });
    }

    await test.step('and what does move is seen', async () => {
      await tab.evaluate(() => {
        const wedge = document.createElement('div');
        wedge.style.height = '60px';
        document.querySelector('paper-margin-panel')?.before(wedge);
      });
      await expect.poll(() => tab.evaluate(() => window.moved.length)).toBeGreaterThan(0);
      if (reader.browser === 'chromium')
        await expect.poll(() => tab.evaluate(() => window.shift)).toBeGreaterThan(0);
    });
    expect(await reader.consoleErrors()).toEqual([]);
  });
}

test('the panel fits every width that its column may have', { tag: '@chromium' }, async ({
  reader,
  world,
}) => {
  const tab = await reader.open(abs(papers.complete));
  const fits = async (what: string) => {
    for (let width = 220; width <= 480; width += 20) {
      await tab.evaluate((column) => {
        for (const element of document.querySelectorAll<HTMLElement>('.extra-services'))
          element.style.width = `${column}px`;
      }, width);
      expect(await tab.panel.overflowing(), `${what}, column of ${width} px`).toEqual([]);
    }
  };
  await onlyPanel(tab, papers.complete);
  await tab.panel.press('Look up');
  await tab.panel.untilText('12 models');
  await tab.panel.press(/^More/);
  await tab.panel.untilText('AI summary, by Hugging Face');
  await fits('with all there can be');
  await tab.panel.press('Fold');
  await expect.poll(() => tab.panel.has('button', 'Unfold')).toBe(true);
  await fits('folded');
  await tab.panel.press('Unfold');
  await expect.poll(() => tab.panel.has('button', 'Fold')).toBe(true);

  await tab.goto(abs(papers.linksOnly));
  await onlyPanel(tab, papers.linksOnly);
  await fits('with links and not looked up');
  world.fault({ host: 'huggingface.co', path: /^\/api\/papers\// }, { status: 503 });
  await tab.panel.press('Look up');
  await tab.panel.untilState('offline');
  await fits('after a failure');

  // The measure itself must see what is too wide.
  await tab.panel.seed('<p style="width: 700px">Too wide for any column</p>');
  expect(await tab.panel.overflowing()).not.toEqual([]);
});
