// When a service may be asked again. Stored, so that it outlives the background.
import type { Trouble } from './api';
import type { Reply } from './service';
import { type Database, type Rest, write } from './tables';

/** What is asked: one paper, a list, words of the person's, or arXiv's metadata. */
type Endpoint = 'papers' | 'daily_papers' | 'search' | 'arxiv';

/**
 * How much a request matters. `spare`: nobody waits for it, so it goes slowly, and leaves what is left of a small quota
 * to opened papers. `click`: only the service's own quota holds it back.
 */
export type Urgency = 'spare' | 'usual' | 'click';

const minute = 60_000;

/** After a failure that is no overload, automatic calls pause this long. A click may try again at once. */
const short = 30_000;

/** arXiv asks for one request in three seconds. Source: info.arxiv.org/help/api/tou.html */
export const arxivPace = 3_000;

/** Requests that nobody waits for come so far apart, ms, and no more of them in a minute. */
const sparePace = 700;
const mostAMinute = 30;

/** No rest is meant to be longer: what ends later was stored under another clock. */
const longest = { huggingface: 65 * minute, arxiv: 31 * 60 * minute };

/** Overload without a hint of the service: from `first`, doubled each time, up to `last`. */
const overload = {
  huggingface: { first: minute, last: 30 * minute },
  arxiv: { first: 10 * minute, last: 24 * 60 * minute },
};

const key = (name: string) => `rest:${name}` as const;

/** Papers and lists spend one quota of Hugging Face, its search another one. */
function quotaOf(endpoint: Endpoint) {
  if (endpoint === 'arxiv') return key('arxiv');
  return key(endpoint === 'search' ? 'search-quota' : 'huggingface');
}

/** Until the quota that is nearly spent is a new one. */
const low = key('low');

const service = (endpoint: Endpoint) => (endpoint === 'arxiv' ? 'arxiv' : 'huggingface');

async function rest(db: Database, name: ReturnType<typeof key>): Promise<Rest | undefined> {
  return (await db.meta.get(name))?.value as Rest | undefined;
}

/** Why `endpoint` is not to be asked now, or undefined when it may be. Needs the table `meta`. */
export async function resting(
  db: Database,
  endpoint: Endpoint,
  now: number,
  urgency: Urgency = 'usual',
): Promise<Trouble | undefined> {
  const rests = await Promise.all([
    rest(db, quotaOf(endpoint)),
    urgency === 'click' ? undefined : rest(db, key(endpoint)),
    urgency === 'spare' ? rest(db, low) : undefined,
  ]);
  const end = now + longest[service(endpoint)];
  const running = rests.find((one) => one !== undefined && one.until > now && one.until <= end);
  return running && { kind: running.kind, retryAt: running.until };
}

/**
 * How long to wait before a request that nobody waits for, ms; the next one is reckoned from then on. Stored, so that
 * starts of the background in quick succession make no burst.
 */
export function spareTurn(db: Database, now: number): Promise<number> {
  return write(db, ['meta'], async () => {
    const row = await db.meta.get('paced');
    // A turn that is far away was given under another clock.
    const turns = row?.key === 'paced' ? row.value.filter((turn) => turn <= now + 2 * minute) : [];
    const afterLast = (turns.at(-1) ?? Number.NEGATIVE_INFINITY) + sparePace;
    const minuteAgo = (turns.at(-mostAMinute) ?? Number.NEGATIVE_INFINITY) + minute;
    const turn = Math.max(now, afterLast, minuteAgo);
    await db.meta.put({ key: 'paced', value: [...turns, turn].slice(-mostAMinute) });
    return turn - now;
  });
}

/**
 * Puts down that a request to arXiv is about to be made: the next one keeps its distance, even if the background ends
 * before this one is settled.
 */
export function turnToArxiv(db: Database, now: number): Promise<void> {
  return write(db, ['meta'], async () => {
    const { failures = 0 } = (await rest(db, key('arxiv'))) ?? {};
    const value: Rest = { until: now + arxivPace, kind: 'busy', failures };
    await db.meta.put({ key: key('arxiv'), value });
  });
}

/** Remembers how a request went. Gives the trouble to show, or undefined after a success. */
export function settle(
  db: Database,
  endpoint: Endpoint,
  reply: Reply<unknown>,
  now: number,
): Promise<Trouble | undefined> {
  return write(db, ['meta'], async () => {
    const quota = quotaOf(endpoint);
    if (quota === key('huggingface')) {
      if (reply.low !== undefined) {
        const value: Rest = { until: now + reply.low, kind: 'busy', failures: 0 };
        await db.meta.put({ key: low, value });
      } else if ('value' in reply) await db.meta.delete(low);
    }
    const before = await rest(db, quota);
    const failed = 'trouble' in reply ? reply.trouble : undefined;
    // arXiv's overload has many faces: 429, 503, silence, an empty answer.
    const overloaded = failed === 'busy' || (failed && endpoint === 'arxiv');
    if (overloaded || reply.wait !== undefined) {
      const failures = overloaded ? (before?.failures ?? 0) + 1 : 0;
      const { first, last } = overload[service(endpoint)];
      const guess = Math.min(
        last,
        first * 2 ** Math.min(failures - 1, 20) * (1 + Math.random() / 4),
      );
      const wait = endpoint === 'arxiv' ? Math.max(reply.wait ?? 0, guess) : (reply.wait ?? guess);
      const kind = failed ?? 'busy';
      await db.meta.put({ key: quota, value: { until: now + wait, kind, failures } });
      return failed && { kind: failed, retryAt: now + wait };
    }
    if (failed) {
      await db.meta.put({
        key: key(endpoint),
        value: { until: now + short, kind: failed, failures: 0 },
      });
      return { kind: failed, retryAt: now + short };
    }
    await db.meta.delete(key(endpoint));
    if (endpoint === 'arxiv') {
      await db.meta.put({
        key: quota,
        value: { until: now + arxivPace, kind: 'busy', failures: 0 },
      });
    } else if (before && (before.until <= now || before.until > now + longest.huggingface)) {
      await db.meta.delete(quota);
    }
    return undefined;
  });
}
