// The background may be stopped at any moment, asked by many at once, or by strangers: nothing is lost, little is asked.
import { addDays } from '../world/clock.ts';
import type { World } from '../world/index.ts';
import type { Seen } from '../world/network.ts';
import type { OwnPage } from './driver.ts';
import { expect, test } from './fixtures.ts';
import { letPass } from './stored-times.ts';

declare const chrome: typeof import('wxt/browser').browser;

const paper = '2601.91001';
const thought = 'Compare with the second table.';

/** The requests for a day's list; a list of more than a hundred papers has further pages, which do not count. */
const listRequests = (seen: Seen[]) =>
  seen.filter(({ path }) => path.startsWith('/api/daily_papers?') && !path.includes('&p='));

/** How often each day's list was asked for, since a mark. */
function asked(world: World, mark = 0): Map<string, number> {
  const days = listRequests(world.since(mark)).map(
    ({ path }) => new URLSearchParams(path.split('?')[1]).get('date') ?? '',
  );
  return new Map([...Map.groupBy(days, (day) => day)].map(([day, all]) => [day, all.length]));
}

/** The days of the first fill: the last 30 but for weekends, on which nothing is published. */
function expectedDays(today: string): string[] {
  return Array.from({ length: 31 }, (_, back) => addDays(today, -back)).filter(
    (day) => ![0, 6].includes(new Date(day).getUTCDay()),
  );
}

/** Makes the alarms ring now: what a quarter of an hour would do. */
async function ringAlarms(own: OwnPage): Promise<void> {
  await own.evaluate(async () => {
    for (const { name, periodInMinutes = 15 } of await chrome.alarms.getAll()) {
      await chrome.alarms.create(name, { when: Date.now(), periodInMinutes });
    }
  });
}

test('a background that is stopped between any two steps loses nothing', async ({ reader }) => {
  const page = await reader.open(`https://arxiv.org/abs/${paper}`);
  await page.panel.untilState('ready');
  await reader.stopBackground();
  await page.panel.press('Save');
  await expect.poll(() => page.panel.pressed('Save')).toBe(true);

  await reader.stopBackground();
  await page.panel.press('Note');
  const note = await page.panel.note();
  await note.untilState('saved');
  await reader.stopBackground();
  await note.type('Note', thought.slice(0, 7));
  await reader.stopBackground();
  await note.type('Note', thought.slice(7));
  // What was on its way when the background died is stored all the same.
  await reader.stopBackground();
  await note.untilState('saved');
  expect(await note.value('Note')).toBe(thought);

  await reader.stopBackground();
  const popup = await reader.openPopup(page);
  await popup.untilState('ready');
  await expect.poll(() => popup.part('region', 'The paper of this tab').pressed('Save')).toBe(true);
  await reader.stopBackground();
  const [first = ''] = await popup.part('list', 'Papers').papers();
  await popup.paper(first).press('Save');
  await reader.stopBackground();
  const library = await reader.openOwn('library.html');
  await expect.poll(() => library.part('list', 'Library').papers()).toContain(first);
  await library.untilState('ready');
  expect(await library.part('list', 'Library').papers()).toEqual([first, paper]);
  await library.paper(paper).untilText(thought);
  await reader.stopBackground();
  const file = await library.download('Export');
  await reader.stopBackground();
  await library.upload(
    'Import',
    file.replaceAll(first, '2601.91002').replaceAll(thought, `${thought} Again.`),
  );
  await library.press('Import 2 papers');
  await library.untilText('1 paper added');
  await reader.stopBackground();
  await library.reload();
  await library.untilState('ready');
  expect((await library.part('list', 'Library').papers()).toSorted()).toEqual(
    [first, paper, '2601.91002'].toSorted(),
  );
  await library.paper(paper).untilText(thought);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('ten tabs that save at once keep ten papers, and a new start of the browser keeps them too', async ({
  reader,
  world,
}) => {
  const ids = world
    .list(world.today)
    .slice(0, 10)
    .map(({ id }) => id);
  expect(ids).toHaveLength(10);
  const tabs = await Promise.all(ids.map((id) => reader.open(`https://arxiv.org/abs/${id}`)));
  await Promise.all(tabs.map((tab) => tab.panel.untilState('ready')));
  await reader.stopBackground();
  await Promise.all(tabs.map((tab) => tab.panel.press('Save')));
  for (const tab of tabs) await expect.poll(() => tab.panel.pressed('Save')).toBe(true);

  const library = await reader.openOwn('library.html');
  await library.untilState('ready');
  const kept = await library.part('list', 'Library').papers();
  expect(kept.toSorted()).toEqual(ids.toSorted());

  await reader.restart();
  const again = await reader.openOwn('library.html');
  await again.untilState('ready');
  expect(await again.part('list', 'Library').papers()).toEqual(kept);
  expect(await reader.consoleErrors()).toEqual([]);
});

test('the first fill asks once for each day, in its own time, and goes on after the background was stopped', {
  tag: '@chromium',
}, async ({ reader, world }) => {
  const own = await reader.openOwn('note.html');
  await expect.poll(() => asked(world).size).toBeGreaterThanOrEqual(4);
  await reader.stopBackground();
  const stopped = world.mark();
  const half = asked(world).size;
  const all = expectedDays(world.today);
  expect(half).toBeLessThan(all.length);

  await ringAlarms(own);
  await expect.poll(() => asked(world).size, { timeout: 80_000 }).toBe(all.length);
  const counts = asked(world);
  // Newest first. The one request whose answer the stopped background missed comes twice.
  expect([...counts.keys()]).toEqual(all);
  expect([...counts.values()].reduce((sum, count) => sum + count)).toBeLessThanOrEqual(
    all.length + 1,
  );
  for (const run of [world.requests.slice(0, stopped), world.since(stopped)]) {
    const times = listRequests(run).map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    // Seven tenths of a second apart, less what the way to the service takes.
    expect(Math.min(...gaps)).toBeGreaterThan(400);
  }

  // All is stored and fresh: neither alarms nor popups ask again.
  const mark = world.mark();
  await ringAlarms(own);
  for (let round = 0; round < 2; round++) {
    const popup = await reader.openPopup();
    await popup.untilState('ready');
    await popup.close();
  }
  await reader.stopBackground();
  await ringAlarms(own);
  const popup = await reader.openPopup();
  await popup.untilState('ready');
  expect(asked(world, mark)).toEqual(new Map());

  // After a quarter of an hour the popup asks for today's list, and for nothing else.
  await letPass(own, 16 * 60_000);
  await popup.reload();
  await popup.untilState('ready');
  await expect.poll(() => asked(world, mark)).toEqual(new Map([[world.today, 1]]));
  expect(await reader.consoleErrors()).toEqual([]);
});

test('what strangers send changes nothing and gets no answer', async ({ reader, world }) => {
  const own = await reader.openOwn('library.html');
  await own.untilState('ready');
  const page = await reader.open(`https://arxiv.org/abs/${paper}`);
  await page.panel.untilState('ready');
  const save = {
    to: 'paper-margin',
    verb: 'save',
    args: [{ id: paper, title: 'x', authors: [], abstract: '' }],
  };

  // A page has no way to the background: no messages of extensions, and nobody listens to those of windows.
  const reach = await page.evaluate(async (call) => {
    const answers: unknown[] = [];
    addEventListener('message', ({ data }) => void (data !== call && answers.push(data)));
    for (const target of [window, document.querySelector('paper-margin-panel')]) {
      target?.dispatchEvent(new CustomEvent('message', { detail: call }));
    }
    postMessage({ from: 'paper-margin', change: { all: true } }, '*');
    const runtime = (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome
      ?.runtime;
    return typeof runtime?.sendMessage;
  }, save);
  expect(reach).toBe('undefined');

  // A script of ours in a page may ask only what a page needs, in the right shape.
  const calls = [
    { verb: 'importRecords', args: [[]] },
    { verb: 'note', args: [paper] },
    {
      verb: 'writeNote',
      args: [{ id: paper, text: 'x', base: { revision: 0, text: '' }, editor: 'x' }],
    },
    { verb: 'kept', args: ['', 0, 10] },
    { verb: 'adjust', args: [{ remember: true }] },
    { verb: 'recentlyOpened', args: [10] },
    { verb: 'choose', args: ['automatic'] },
    { verb: 'refreshDue', args: [] },
    { verb: 'constructor', args: [] },
    { verb: 'save', args: [{ id: '../etc', title: 'x', authors: [], abstract: '' }] },
    { verb: 'save', args: [{ id: paper, title: 7, authors: 'x' }] },
    { verb: 'save', args: [] },
    { verb: 'look', args: ['everything'] },
    { verb: 'lookUp', args: [`${paper}/../../x`] },
  ];
  const fromPage = await own.evaluate(async (all) => {
    const tabs = await chrome.tabs.query({});
    const tab = tabs.find(({ url }) => url?.startsWith('https://arxiv.org/abs/'));
    const [ran] = await chrome.scripting.executeScript({
      target: { tabId: tab?.id ?? 0 },
      func: (sent: object[]) =>
        Promise.all(sent.map((one) => chrome.runtime.sendMessage({ to: 'paper-margin', ...one }))),
      args: [all],
    });
    return ran?.result as unknown[];
  }, calls);
  for (const [at, answer] of fromPage.entries()) {
    expect(answer, JSON.stringify(calls[at])).toMatchObject({ failed: { code: 'refused' } });
  }

  // A wrong shape from our own pages is refused too, and what is not for us gets no answer.
  const fromOwn = await own.evaluate(
    (all) => Promise.all(all.map((one) => chrome.runtime.sendMessage(one).catch(() => 'nobody'))),
    [
      { to: 'paper-margin', verb: 'kept', args: ['', -1, 10] },
      { to: 'paper-margin', verb: 'choose', args: ['always'] },
      { to: 'paper-margin', verb: 'save' },
      { to: 'paper-margin', verb: '__proto__', args: [] },
      { to: 'somebody', verb: 'save', args: [] },
      'save',
      null,
    ],
  );
  expect(fromOwn.slice(0, 4)).toEqual(
    Array.from({ length: 4 }, () => ({ failed: expect.objectContaining({ code: 'refused' }) })),
  );
  for (const answer of fromOwn.slice(4)) expect([undefined, null, 'nobody']).toContain(answer);

  expect(await page.panel.pressed('Save')).toBe(false);
  await own.reload();
  await own.untilState('ready');
  expect(await own.papers()).toEqual([]);
  expect(world.requests.filter(({ path }) => path.startsWith('/api/papers/'))).toEqual([]);
  expect(await reader.consoleErrors()).toEqual([]);
});
