// Notifications of topics: shown once and settled, through a month of alarms, deaths, sleeps, faults and changed clocks.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { refreshAndTell } from '../../src/background/notices';
import type { DueNotice, TopicNotice } from '../../src/library/api';
import { type Row, storeDay, topic } from '../library/followed';
import { dayLength, hour, minute, opened } from '../library/opened';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

type Listener = (...args: never[]) => unknown;

function event() {
  const listeners = new Set<Listener>();
  return {
    addListener: (listener: Listener) => void listeners.add(listener),
    tell: (...args: unknown[]) => {
      for (const listener of listeners) listener(...(args as never[]));
    },
    clear: () => listeners.clear(),
  };
}

/** A browser in which the notifications of `screen` are shown. */
function openBrowser({ granted = true } = {}) {
  const screen = new Map<string, { title: string; message: string }>();
  const notifications = {
    getAll: async () => Object.fromEntries([...screen.keys()].map((key) => [key, true])),
    create: vi.fn(async (key: string, options: { title: string; message: string }) => {
      screen.set(key, options);
      return key;
    }),
    clear: vi.fn(async (key: string) => screen.delete(key)),
    onClicked: event(),
    onClosed: event(),
  };
  const fake = {
    screen,
    granted,
    runtime: { getURL: (path: string) => `https://ours.example${path}` },
    permissions: { contains: async () => fake.granted, onAdded: event() },
    tabs: { create: vi.fn(async () => ({})) },
    notifications: granted ? notifications : undefined,
    allow() {
      fake.granted = true;
      fake.notifications = notifications;
      Object.assign(browser, { notifications });
      fake.permissions.onAdded.tell({ permissions: ['notifications'] });
    },
    /** The background is gone, and its listeners with it. */
    restart() {
      for (const each of [notifications.onClicked, notifications.onClosed]) each.clear();
      fake.permissions.onAdded.clear();
    },
  };
  for (const name of Object.keys(browser)) delete browser[name];
  Object.assign(browser, fake);
  return { ...fake, notifications, allow: fake.allow, set: fake };
}

const notice = (n: number): DueNotice => ({
  key: `topic-${n}/2608.0000${n}`,
  topic: `topic-${n}`,
  title: `Topic ${n}: 1 new paper`,
  message: 'A <b>title</b>',
});

/** A library whose notices are due until they are settled. */
function outbox(...due: DueNotice[]) {
  return {
    refreshDue: vi.fn(async () => {}),
    dueNotices: vi.fn(async (_refreshing?: boolean) => [...due]),
    notified: vi.fn(async (keys: string[]) => {
      for (const key of keys) {
        const at = due.findIndex((one) => one.key === key);
        if (at >= 0) due.splice(at, 1);
      }
    }),
  };
}

describe('a due notice', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });

  it('is shown as plain text, then settled', async () => {
    const { notifications } = openBrowser();
    const library = outbox(notice(1));
    await refreshAndTell(library)();
    expect(notifications.create).toHaveBeenCalledExactlyOnceWith('topic-1/2608.00001', {
      type: 'basic',
      iconUrl: 'https://ours.example/icon/128.png',
      title: 'Topic 1: 1 new paper',
      message: 'A <b>title</b>',
    });
    expect(library.notified).toHaveBeenCalledExactlyOnceWith(['topic-1/2608.00001']);
  });

  it('is shown before the refresh, which may take minutes, and what that brings after it', async () => {
    const { screen } = openBrowser();
    const library = outbox(notice(1));
    const onScreen = Promise.withResolvers<string[]>();
    library.refreshDue.mockImplementationOnce(async () => {
      onScreen.resolve([...screen.keys()]);
      library.dueNotices.mockResolvedValueOnce([notice(2)]);
    });
    await refreshAndTell(library)();
    expect(await onScreen.promise).toEqual([notice(1).key]);
    expect([...screen.keys()]).toEqual([notice(1).key, notice(2).key]);
    // Only the first time a refresh is still to come.
    expect(library.dueNotices.mock.calls).toEqual([[true], [false]]);
  });

  it('that cannot be told stops no refresh, and hides none of its errors', async () => {
    openBrowser();
    const library = outbox(notice(1));
    library.dueNotices.mockRejectedValue(new Error('storage is full'));
    const run = refreshAndTell(library);
    await expect(run()).rejects.toThrow('storage is full');
    expect(library.refreshDue).toHaveBeenCalledOnce();
    library.refreshDue.mockRejectedValueOnce(new Error('no network'));
    await expect(run()).rejects.toThrow('no network');
  });

  it('is shown though the refresh failed, and though another cannot be shown', async () => {
    const { notifications, screen } = openBrowser();
    const library = outbox(notice(1), notice(2));
    library.refreshDue.mockRejectedValueOnce(new Error('no network'));
    notifications.create.mockRejectedValueOnce(new Error('no room'));
    const run = refreshAndTell(library);
    await expect(run()).rejects.toThrow('no network');
    expect([...screen.keys()]).toEqual([notice(2).key, notice(1).key]);
    expect(await library.dueNotices()).toEqual([]);
  });

  it('is shown once by two refreshes at once', async () => {
    const { notifications } = openBrowser();
    const run = refreshAndTell(outbox(notice(1)));
    await Promise.all([run(), run()]);
    expect(notifications.create).toHaveBeenCalledOnce();
  });

  it('waits, and reserves nothing, until the person allows notifications', async () => {
    const { notifications, set, screen } = openBrowser({ granted: false });
    const library = outbox(notice(1));
    await refreshAndTell(library)();
    expect(library.dueNotices).not.toHaveBeenCalled();
    set.allow();
    await vi.waitFor(() => expect([...screen.keys()]).toEqual([notice(1).key]));
    notifications.onClicked.tell(notice(1).key);
    await vi.waitFor(() => expect(notifications.clear).toHaveBeenCalledOnce());
  });

  it.each([
    ['2608.00001', '2608.00001'],
    ['hep-th/9901001', 'hep-th%2F9901001'],
  ])('opens its topic at its paper %s at a click, and goes away', async (id, asked) => {
    const { notifications, tabs, screen } = openBrowser();
    const key = `topic-1/${id}`;
    await refreshAndTell(outbox({ ...notice(1), key }))();
    notifications.onClicked.tell(key);
    await vi.waitFor(() => expect(screen.size).toBe(0));
    expect(tabs.create).toHaveBeenCalledExactlyOnceWith({
      url: `https://ours.example/popup.html?topic=topic-1&paper=${asked}`,
    });
  });
});

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A paper of the service: on the list of a day from `at` on, with more upvotes every hour. */
interface Fact {
  id: string;
  day: string;
  at: number;
  word: 'llama' | 'kite' | 'river';
  hourly: number;
}

/** Where the background dies at an alarm. `nth`: at which of the notifications that it shows. */
interface Death {
  verb: 'refreshDue' | 'dueNotices' | 'create' | 'notified';
  when: 'before' | 'after';
  nth: number;
}

interface Shown {
  at: number;
  topic: string;
  papers: string[];
}

const begin = Date.parse('2026-08-01T00:00:00Z');
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What the service says in these 30 days. Some papers stand on the next day's list too. */
function facts(chance: () => number): Fact[] {
  let count = 0;
  return Array.from({ length: 30 }, (_, index) => begin + index * dayLength).flatMap((first) =>
    Array.from({ length: Math.floor(chance() * 5) }).flatMap(() => {
      const fact: Fact = {
        id: `2608.${String(++count).padStart(5, '0')}`,
        day: dayOf(first),
        at: first + Math.floor(chance() * 24) * hour + 7 * minute,
        word: (['llama', 'kite', 'river'] as const)[Math.floor(chance() * 3)] ?? 'river',
        hourly: chance() * 2,
      };
      const again = { ...fact, day: dayOf(first + dayLength), at: fact.at + dayLength };
      return chance() < 0.2 ? [fact, again] : [fact];
    }),
  );
}

const followed: { n: number; word: Fact['word']; notice: TopicNotice; from: number }[] = [
  { n: 1, word: 'llama', notice: { when: 'daily', hour: 9 }, from: begin + 5 * minute },
  { n: 2, word: 'kite', notice: { when: 'upvotes', upvotes: 12 }, from: begin + 40 * hour },
  { n: 3, word: 'llama', notice: { when: 'daily', hour: 23 }, from: begin + 70 * hour },
  { n: 4, word: 'kite', notice: { when: 'daily', hour: 0 }, from: begin + 95 * hour },
];

/** How many hours the machine's clock is ahead, and the person's zone, at a true time. */
function clockAt(ms: number): { skew: number; zone: number } {
  const days = (ms - begin) / dayLength;
  const skew = days > 9.6 && days < 10.1 ? -24 : days > 14.3 && days < 14.6 ? 24 : 0;
  const zone = days < 19.5 ? 2 : days < 23.8 ? 9 : -5;
  return { skew, zone };
}

/** What is to be shown, worked out from sets and without a database. */
function oracle() {
  /** Lists of days, and when each was stored, by the clock. */
  const lists = new Map<string, { rows: Row[]; at: number }>();
  const states = followed.map((one) => ({
    ...one,
    id: topic(one.n, '').id,
    told: new Set<string>(),
    days: new Set<string>(),
    waiting: [] as { papers: string[]; onScreen: boolean }[],
    known: undefined as { day: string; days: string[] } | undefined,
  }));
  const shown: Shown[] = [];
  const matching = (state: (typeof states)[number], days: string[], known = lists) => {
    const least = state.notice.when === 'upvotes' ? state.notice.upvotes : 0;
    const rows = days.flatMap((day) => known.get(day)?.rows ?? []);
    const found = rows.filter(
      ({ title, upvotes = 0 }) => title?.includes(state.word) && upvotes >= least,
    );
    return [...new Set(found.map(({ id }) => id))];
  };
  return {
    lists,
    shown,
    /** The person makes a topic. */
    follow(n: number, today: string) {
      for (const state of states) {
        if (state.n !== n) continue;
        const days = [...lists.keys()];
        state.known = { day: today, days };
        for (const id of matching(state, days)) state.told.add(id);
      }
    },
    /** The person closed all that was on the screen. */
    closed(clock: number, zone: number) {
      const day = new Date(clock + zone * hour).toISOString().slice(0, 10);
      for (const state of states) {
        const left = state.waiting.filter(({ onScreen }) => !onScreen);
        if (left.length < state.waiting.length && state.notice.when === 'daily')
          state.days.add(day);
        state.waiting = left;
      }
    },
    /** An alarm at which the background dies there, or not. Lists are as they are after its refresh; `old`: before. */
    alarm(
      true_: number,
      clock: number,
      zone: number,
      death: Death | undefined,
      old: typeof lists,
    ): void {
      const local = new Date(clock + zone * hour).toISOString();
      const localDay = local.slice(0, 10);
      let created = 0;
      let settled = 0;
      for (const [round, stored] of [old, lists].entries()) {
        if (round === 1 && death?.verb === 'refreshDue') return;
        const reserves = death?.verb === 'dueNotices' && death.nth === round;
        if (reserves && death.when === 'before') return;
        // What comes once a day waits for the refresh, unless the list of the day is young.
        const age = clock - (stored.get(dayOf(clock))?.at ?? 0);
        const better = round === 0 && (age < 0 || age >= hour);
        const turn: {
          state: (typeof states)[number];
          one: { papers: string[]; onScreen: boolean };
        }[] = [];
        for (const state of states) {
          if (!state.known) continue;
          const { notice, known } = state;
          const back = notice.when === 'daily' ? 3 : 30;
          const days = [...stored.keys()].filter(
            (day) =>
              day <= dayOf(clock) &&
              day >= dayOf(clock - back * dayLength) &&
              (day >= known.day || known.days.includes(day)),
          );
          const open =
            notice.when === 'upvotes' ||
            (notice.when === 'daily' &&
              !better &&
              Number(local.slice(11, 13)) >= notice.hour &&
              state.waiting.length === 0 &&
              !state.days.has(localDay));
          const papers = open
            ? matching(state, days, stored).filter((id) => !state.told.has(id))
            : [];
          for (const id of papers) state.told.add(id);
          if (papers.length > 0) state.waiting.push({ papers, onScreen: false });
          turn.push(...state.waiting.map((one) => ({ state, one })));
        }
        if (reserves) return;
        // Only what is not on the screen yet is created, but all of it is settled.
        for (const { state, one } of turn) {
          if (!one.onScreen) {
            const dies = death?.verb === 'create' && death.nth === created;
            created++;
            if (dies && death.when === 'before') return;
            shown.push({ at: true_, topic: state.id, papers: [...one.papers].sort() });
            one.onScreen = true;
            if (dies) return;
          }
          const dies = death?.verb === 'notified' && death.nth === settled;
          settled++;
          if (dies && death.when === 'before') return;
          state.waiting.splice(state.waiting.indexOf(one), 1);
          if (state.notice.when === 'daily') state.days.add(localDay);
          if (dies) return;
        }
      }
    },
  };
}

/** Lives through 30 days of alarms, and gives what was shown and what was to be shown. */
async function month(seed: number) {
  const chance = random(seed);
  const service = facts(chance);
  const world = opened(undefined, { at: begin });
  const { library, db, clock, state } = world;
  const expected = oracle();
  const log: Shown[] = [];
  const screenOf = openBrowser();
  let now = begin;
  let asleepUntil = 0;
  let faultUntil = 0;

  /** Stores what the service says of the days that the clock knows; a fault stores nothing. */
  async function refresh() {
    if (now < faultUntil) return;
    for (let back = 0; back <= 3; back++) {
      const day = dayOf(clock.now - back * dayLength);
      const rows = service
        .filter((fact) => fact.day === day && fact.at <= now)
        .map(({ id, word, hourly, at }) => ({
          id,
          title: `A ${word} of ${id}`,
          upvotes: Math.floor((hourly * (now - at)) / hour),
        }));
      if (
        rows.length === 0 ||
        JSON.stringify(rows) === JSON.stringify(expected.lists.get(day)?.rows)
      )
        continue;
      await storeDay(db, day, rows, clock.now);
      expected.lists.set(day, { rows, at: clock.now });
    }
  }

  /** One life of the background: from an alarm to its end, or to its death. */
  async function live(death: Death | undefined) {
    let die = () => {};
    const died = new Promise<void>((resolve) => {
      die = resolve;
    });
    const counts = { refreshDue: 0, dueNotices: 0, create: 0, notified: 0 };
    const mortal =
      <A extends unknown[], T>(verb: Death['verb'], work: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        const mine = death?.verb === verb && death.nth === counts[verb]++ ? death : undefined;
        const stop = () => new Promise<never>(() => die());
        if (mine?.when === 'before') return stop();
        const done = await work(...args);
        return mine ? stop() : done;
      };
    screenOf.restart();
    screenOf.notifications.create.mockImplementation(
      mortal('create', async (key: string, options: { title: string; message: string }) => {
        const rows = (await db.told.toArray()).filter((row) => row.key === key);
        const papers = rows.map(({ id }) => id).sort();
        log.push({ at: now, topic: key.split('/')[0] ?? '', papers });
        screenOf.screen.set(key, options);
        return key;
      }),
    );
    const run = refreshAndTell({
      refreshDue: mortal('refreshDue', refresh),
      dueNotices: mortal('dueNotices', library.dueNotices),
      notified: mortal('notified', library.notified),
    });
    await Promise.race([run(), died]);
  }

  const verbs = ['refreshDue', 'dueNotices', 'create', 'notified'] as const;
  const late = 4 * dayLength;
  for (; now < begin + 30 * dayLength + late; now += 15 * minute) {
    const { skew, zone } = clockAt(now);
    clock.now = now + skew * hour;
    state.zone = zone;
    for (const one of followed) {
      if (now < one.from || now - 15 * minute >= one.from) continue;
      await library.putTopic(topic(one.n, one.word, one.notice));
      expected.follow(one.n, dayOf(clock.now));
    }
    if (now >= begin + 30 * dayLength) {
      // In the end all is quiet, so that nothing is left to tell.
      asleepUntil = 0;
      faultUntil = 0;
    } else {
      if (chance() < 0.012) asleepUntil = now + chance() * 14 * hour;
      if (chance() < 0.01) faultUntil = now + chance() * 8 * hour;
    }
    if (now < asleepUntil) continue;
    const quiet = now >= begin + 30 * dayLength;
    if (chance() < 0.2 && screenOf.screen.size > 0) {
      // The browser wakes a background for each that is closed.
      screenOf.restart();
      const settled: Promise<void>[] = [];
      const notified = async (keys: string[]) => {
        const done = library.notified(keys);
        settled.push(done);
        return done;
      };
      refreshAndTell({ refreshDue: refresh, dueNotices: library.dueNotices, notified });
      for (const key of screenOf.screen.keys()) screenOf.notifications.onClosed.tell(key);
      screenOf.screen.clear();
      await Promise.all(settled);
      expected.closed(clock.now, zone);
    }
    const death: Death | undefined =
      !quiet && chance() < 0.3
        ? {
            verb: verbs[Math.floor(chance() * 4)] ?? 'create',
            when: chance() < 0.5 ? 'before' : 'after',
            nth: chance() < 0.7 ? 0 : 1,
          }
        : undefined;
    // There is no second call of this.
    const real = death?.verb === 'refreshDue' ? { ...death, nth: 0 } : death;
    const old = new Map(expected.lists);
    await live(real);
    expected.alarm(now, clock.now, zone, real, old);
  }
  return { shown: log, expected: expected.shown, service };
}

describe('a month of alarms, deaths, sleeps, faults and changed clocks', () => {
  it.each([1, 2])('shows exactly what is to be shown (seed %i)', async (seed) => {
    const { shown, expected, service } = await month(seed);
    expect(shown).toEqual(expected);
    const llamas = topic(1, '').id;
    const pairs = shown.flatMap(({ topic: of, papers }) => papers.map((one) => `${of} ${one}`));
    // Never twice for the same paper, and at most once a day, at the hour or after it.
    expect(new Set(pairs).size).toBe(pairs.length);
    const days = shown
      .filter((one) => one.topic === llamas)
      .map(({ at }) => {
        const { skew, zone } = clockAt(at);
        return new Date(at + (skew + zone) * hour).toISOString();
      });
    expect(new Set(days.map((one) => one.slice(0, 10))).size).toBe(days.length);
    expect(days.filter((one) => Number(one.slice(11, 13)) < 9)).toEqual([]);
    // And none is lost: all papers of these days were told of in the end.
    const all = new Set(service.filter(({ word }) => word === 'llama').map(({ id }) => id));
    const told = new Set(
      shown.filter((one) => one.topic === llamas).flatMap(({ papers }) => papers),
    );
    expect(all.size).toBeGreaterThan(10);
    expect([...all].filter((one) => !told.has(one as never))).toEqual([]);
  });
});
