// What is new to the person, by what they have seen. Pure.

import { dayOf } from '../calendar';
import type { DigestPaper, Trending } from './api';
import type { Seen } from './tables';

/** That a paper was seen is remembered this long, ms. */
export const remembered = 90 * 24 * 3_600_000;

/** Upvotes since it was seen by which a paper rose: so many, and such a share of what it had. */
const rise = { votes: 10, share: 1 / 4 };

/**
 * Is a paper new to the person, or did it rise since they saw it? Before their first look nothing is new, as there is
 * nothing to compare with; nor is a paper of an earlier day than that, or of one longer ago than what is seen is
 * remembered.
 * @param since when the first paper was seen of those that are remembered, ms
 */
export function freshness(
  { upvotes = 0, day }: Pick<Trending, 'upvotes' | 'day'>,
  seen: Seen | undefined,
  since: number | undefined,
  now: number,
): DigestPaper['fresh'] {
  if (!seen) {
    if (since === undefined) return undefined;
    return day && day < dayOf(Math.max(since, now - remembered)) ? undefined : 'new';
  }
  if (seen.upvotes === undefined) return undefined;
  const more = upvotes - seen.upvotes;
  return more >= rise.votes && more >= seen.upvotes * rise.share ? 'rose' : undefined;
}
