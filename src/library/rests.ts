// When a service may be asked again. Stored, so that it outlives the background.
import type { Trouble } from './api';
import type { Reply } from './service';
import { type Database, type Rest, write } from './tables';

/** What is asked: one paper, one day, or arXiv's metadata. */
export type Endpoint = 'papers' | 'daily_papers' | 'arxiv';

const minute = 60_000;

/** After a failure that is no overload, automatic calls pause this long. A click may try again at once. */
const short = 30_000;

/** arXiv asks for one request in three seconds. Source: info.arxiv.org/help/api/tou.html */
export const arxivPace = 3_000;

/** Overload without a hint of the service: from `first`, doubled each time, up to `last`. */
const overload = {
  huggingface: { first: minute, last: 30 * minute },
  arxiv: { first: 10 * minute, last: 24 * 60 * minute },
};

const key = (name: string) => `rest:${name}` as const;

/** Both of Hugging Face's endpoints spend one quota. */
const quotaOf = (endpoint: Endpoint) => key(endpoint === 'arxiv' ? 'arxiv' : 'huggingface');

async function rest(db: Database, name: ReturnType<typeof key>): Promise<Rest | undefined> {
  return (await db.meta.get(name))?.value as Rest | undefined;
}

/**
 * Why `endpoint` is not to be asked now, or undefined when it may be. Needs the table `meta`.
 * @param click a person asks: only the service's own quota holds them back
 */
export async function resting(
  db: Database,
  endpoint: Endpoint,
  now: number,
  click = false,
): Promise<Trouble | undefined> {
  const rests = await Promise.all([
    rest(db, quotaOf(endpoint)),
    click ? undefined : rest(db, key(endpoint)),
  ]);
  const running = rests.find((one) => one !== undefined && one.until > now);
  return running && { kind: running.kind, retryAt: running.until };
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
    const before = await rest(db, quota);
    const failed = 'trouble' in reply ? reply.trouble : undefined;
    // arXiv's overload has many faces: 429, 503, silence, an empty answer.
    const overloaded = failed === 'busy' || (failed && endpoint === 'arxiv');
    if (overloaded || reply.wait !== undefined) {
      const failures = overloaded ? (before?.failures ?? 0) + 1 : 0;
      const { first, last } = overload[endpoint === 'arxiv' ? 'arxiv' : 'huggingface'];
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
    } else if (before && before.until <= now) {
      await db.meta.delete(quota);
    }
    return undefined;
  });
}
