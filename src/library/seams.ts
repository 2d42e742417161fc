// What the Library needs from the world around it. Types only.
import type { Change, RecognisedPage } from './api';
import type { Database } from './tables';

export interface Seams {
  db: Database;
  fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** The person's own day, `YYYY-MM-DD`, and hour, 0 to 23, at a time in ms: as their time zone is now. */
  localTime: (ms: number) => { day: string; hour: number };
  /** The browser still allows automatic sending. The person's own choice is asked beside. */
  consent: () => Promise<boolean>;
  /** The browser lets us reach this host. */
  access: (host: string) => Promise<boolean>;
  /** What page a URL is, or null when it is no paper. Any string is allowed; nothing throws. */
  recognise: (url: string) => RecognisedPage | null;
  uuid: () => string;
  /** Waits that many milliseconds. */
  pause: (ms: number) => Promise<void>;
  /** Tells every surface. */
  changed: (change: Change) => void;
}
