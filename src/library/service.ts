// One request to a service: its answer, or the kind of trouble, and how long the service wants to be left alone.
import type { Trouble } from './api';

const timeout = 20_000;
const longestWait = 3_600_000;

/** What came back. `wait`: milliseconds for which the service asks not to be asked. */
export type Reply<T> = { value: T; wait?: number } | { trouble: Trouble['kind']; wait?: number };

/** A text that the service sent, as it is. */
export interface Sent {
  status: number;
  text: string;
  /** The service names a next page. */
  next: boolean;
}

/** Hugging Face: `ratelimit: "api";r=0;t=120`, maybe several, in seconds. Source: hub-docs, rate-limits. */
function spent(headers: Headers): number | undefined {
  const quotas = (headers.get('ratelimit') ?? '').matchAll(
    /"\w+"\s*;\s*r\s*=\s*(\d+)\s*;\s*t\s*=\s*(\d+)/g,
  );
  const seconds = [...quotas]
    .filter(([, left]) => Number(left) === 0)
    .map(([, , reset]) => Number(reset) + 1);
  return seconds.length > 0 ? Math.max(...seconds) * 1000 : undefined;
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
  const asked =
    spent(headers) ?? (status === 429 || status === 503 ? retryAfter(headers, now) : undefined);
  const wait = asked === undefined ? {} : { wait: Math.min(asked, longestWait) };
  if (status === 429) return { trouble: 'busy', ...wait };
  if (!response.ok && !normal.includes(status)) return { trouble: 'failing', ...wait };
  return { value: { status, text, next: /rel="?next"?/.test(headers.get('link') ?? '') }, ...wait };
}
