// What a view is given: the library's verbs as messages reach them, and word of every change. Types only.
import type { Change, OwnVerbs } from '../library/api';

export type Library = OwnVerbs;

/** Texts by key, read and written at once, that outlive a page which is closed right after. Never throws. */
export type Drafts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Calls back with every change that the background tells, until the signal aborts. */
export type Notices = (seen: (change: Change) => void, signal: AbortSignal) => void;
