// Where recorded data of the real services lies, if it is there: tests over it run only then.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder =
  process.env.PAPER_MARGIN_RECORDINGS ?? join(import.meta.dirname, '../../shared/fixtures');

/** The folder of recordings, or undefined where there is none. */
export const recordings: string | undefined = existsSync(folder) ? folder : undefined;
