// What the popup draws before the background has answered: the list that it showed last.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeriodView } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import {
  digestSettings,
  fakeLibrary,
  listed,
  periodView,
  rest,
  settings,
  show,
  topic,
} from './ui-world';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

const event = { addListener: () => {}, removeListener: () => {} };
let version: string;

beforeEach(() => {
  localStorage.clear();
  version = '1.0.0';
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-08-21T12:00:00Z') });
  Object.assign(browser, {
    runtime: { getURL: (path: string) => path, getManifest: () => ({ version }) },
    tabs: { query: async () => [], onActivated: event, onUpdated: event },
    windows: { getCurrent: async () => ({ id: 1 }) },
    permissions: { contains: async () => true, onAdded: event, onRemoved: event },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const { Popup } = await import('../../src/views/popup');

type Verbs = Parameters<typeof fakeLibrary>[0];

async function popup(
  verbs: Verbs,
  asked: { topic?: string; paper?: PaperId; words?: string } = {},
) {
  const world = fakeLibrary(verbs);
  await show(
    <Popup library={world.library} notices={world.notices} drafts={localStorage} {...asked} />,
  );
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[aria-label="Papers"] > li')];
const drawn = () => rows().map(({ dataset }) => dataset.paper);
const state = () => document.documentElement.dataset.state;

const [first, second] = ['2608.00001', '2608.00002'] as const;
const never = () => new Promise<never>(() => {});
/** A background that does not answer. */
const silent: Verbs = { settings: never, topics: never, period: never };

describe('the list that was shown last', () => {
  it('is drawn at once, and gives way to the answer', async () => {
    await popup({});
    const { promise, resolve } = Promise.withResolvers<PeriodView>();
    await popup({ period: () => promise });
    expect(drawn()).toEqual([first, second]);
    expect(state()).toBe('loading');
    await rest(() => resolve(periodView({ papers: [listed(second), listed('2608.00003')] })));
    expect(drawn()).toEqual([second, '2608.00003']);
    expect(state()).toBe('ready');
  });

  it('is filtered and grouped as it was then', async () => {
    const digest = digestSettings({ filters: { text: first } });
    const kites = topic('Kites');
    await popup({
      settings: async () => settings({ digest }),
      topics: async () => [kites],
      period: async () =>
        periodView({ papers: [listed(first, { topics: [kites.id] }), listed(second)] }),
    });
    const before = document.querySelector('main')?.textContent;
    expect(drawn()).toEqual([first]);
    await popup(silent);
    expect(drawn()).toEqual([first]);
    expect(document.querySelector('main')?.textContent).toBe(before);
  });

  it('keeps no paper that the answer leaves out, and marks nothing as new that was seen', async () => {
    const digest = digestSettings({ known: 'hide' });
    const verbs = { settings: async () => settings({ digest }) };
    const fresh = listed(second, { fresh: 'new' });
    await popup({ ...verbs, period: async () => periodView({ papers: [listed(first), fresh] }) });
    expect(rows()[1]?.textContent).toMatch(/^New/);
    const { promise, resolve } = Promise.withResolvers<PeriodView>();
    await popup({ ...verbs, period: () => promise });
    expect(drawn()).toEqual([first, second]);
    const saved = listed(first, { saved: true });
    await rest(() => resolve(periodView({ papers: [saved, listed(second)] })));
    expect(drawn()).toEqual([second]);
    expect(rows()[0]?.textContent).not.toMatch(/^New/);
  });

  it.each<[string, () => unknown, Parameters<typeof popup>[1]?]>([
    ['on another day', () => vi.setSystemTime(Date.parse('2026-08-22T00:00:00Z'))],
    ['by another version', () => (version = '1.0.1')],
    ['where what was written is broken', () => localStorage.setItem('view', '{')],
    ['on the way to a topic', () => {}, { topic: topic('Kites').id }],
    ['on the way to a paper', () => {}, { paper: second as PaperId }],
  ])('is not drawn %s', async (_, change, asked) => {
    await popup({});
    change();
    await popup(silent, asked);
    expect(drawn()).toEqual([]);
  });

  it('is not drawn where it is ranked by fit, or was one of the past', async () => {
    await popup({ settings: async () => settings({ digest: digestSettings({ sort: 'fit' }) }) });
    await popup(silent);
    expect(drawn()).toEqual([]);
    localStorage.clear();
    await popup({ period: async () => periodView({ asked: '2026-08-20', shown: '2026-08-20' }) });
    await popup(silent);
    expect(drawn()).toEqual([]);
  });
});
