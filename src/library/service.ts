// One request to a service: its answer, or the kind of trouble, and how long the service wants to be left alone.
import type { Trouble } from './api';
import { present } from './merge';

const timeout = 20_000;
const longestWait = 3_600_000;

/** What the service says of its quota. `wait`: milliseconds for which it asks not to be asked. */
interface Left {
  wait?: number;
  /** Little of the quota is left; ms until there is a new one. */
  low?: number;
}

/** What came back. */
export type Reply<T> = ({ value: T } | { trouble: Trouble['kind'] }) & Left;

/** A text that the service sent, as it is. */
export interface Sent {
  status: number;
  text: string;
  /** The service names a next page. */
  next: boolean;
}

/** A quota of which less than this share is left is low. */
const lowShare = 1 / 5;

/** Hugging Face's own, where an answer does not say how much it is: requests in 5 minutes without an account. */
const usualQuota = 500;

/** `"api";r=0;t=120`, maybe several, in seconds, and `"fixed window";"api";q=500;w=300`. Source: hub-docs, rate-limits. */
function quotas(headers: Headers): { spent?: number; low?: number } {
  const said = headers.get('ratelimit') ?? '';
  const left = [...said.matchAll(/"\w+"\s*;\s*r\s*=\s*(\d+)\s*;\s*t\s*=\s*(\d+)/g)];
  const quota = Number(
    /q\s*=\s*(\d+)/.exec(headers.get('ratelimit-policy') ?? '')?.[1] ?? usualQuota,
  );
  const longest = (most: number) => {
    const resets = left
      .filter(([, remaining]) => Number(remaining) <= most)
      .map(([, , reset]) => (Number(reset) + 1) * 1000);
    return resets.length > 0 ? Math.max(...resets) : undefined;
  };
  return present({ spent: longest(0), low: longest(quota * lowShare - 1) });
}

/** `Retry-After` in seconds or as a date. Source: RFC 9110, 10.2.3. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return wait > 0 ? wait : undefined;
}

/**
 * Asks for one URL, without cookies and cache, for at most 20 seconds.
 * @param normal statuses beside 2xx that are an answer
 * @returns never rejects
 */
export async function get(
  fetch: typeof globalThis.fetch,
  now: number,
  url: URL,
  accept: string,
  normal: number[] = [],
): Promise<Reply<Sent>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { accept },
      credentials: 'omit',
      cache: 'no-store',
      // A redirect could lead to a host that nobody agreed to.
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeout),
    });
    text = await response.text();
  } catch {
    return { trouble: 'unreachable' };
  }
  const { status, headers } = response;
  const { spent, low } = quotas(headers);
  const asked = spent ?? (status === 429 || status === 503 ? retryAfter(headers, now) : undefined);
  const bounded = (ms: number | undefined) => ms && Math.min(ms, longestWait);
  const left = present<Left>({ wait: bounded(asked), low: bounded(low) });
  if (status === 429) return { trouble: 'busy', ...left };
  if (!response.ok && !normal.includes(status)) return { trouble: 'failing', ...left };
  return { value: { status, text, next: /rel="?next"?/.test(headers.get('link') ?? '') }, ...left };
}
