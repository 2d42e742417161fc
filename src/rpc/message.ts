// The shape of the messages between contexts. Types only.
import type { Change, Failure, Library } from '../library/api';

export type Verb = Exclude<keyof Library, 'refreshDue' | 'unseen' | 'dueNotices' | 'notified'>;

/** From a surface to the background. */
export interface Call {
  to: 'paper-margin';
  verb: Verb;
  args: unknown[];
}

/** The background's answer to a call. */
export type Answer = { done: unknown } | { failed: Failure };

/** From the background to every open surface. */
export interface Notice {
  from: 'paper-margin';
  change: Change;
}
