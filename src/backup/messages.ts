// What the background and our pages tell each other of backups, by the extension's storage and one message. Types only.
import type { Counts } from './store';

/**
 * Asks the background for a backup where one is due, or `anew` in any case; and to look again what there is to tell.
 * Answered by `BackupAnswer`.
 */
export interface BackupAsk {
  to: 'paper-margin-background';
  ask: 'backup';
  anew: boolean;
}

/** Asks the background for the recovery page in a tab. Answered by nothing. */
export interface RecoveryAsk {
  to: 'paper-margin-background';
  ask: 'recovery';
}

export type BackupAnswer = { made: true } | { failed: string };

/** What stands in the extension's storage, each under its own name. Absent: there is nothing to tell. */
export interface Told {
  /** The canary of the library that was seen last. */
  'backup-canary'?: string;
  /** The library is lost, or a part of it. `last`: what the last backup has, where there is one; `at` in ms. */
  'backup-lost'?: { last?: Counts & { at: number } };
  /** A newer version of this extension wrote the library. */
  'backup-newer'?: true;
  /** Why the last backup is not in the folder. */
  'backup-folder'?: 'lapsed' | 'failed';
  /** None was downloaded for long. */
  'backup-remind'?: true;
}
