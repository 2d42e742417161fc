// Where recorded data of the real services lies, if it is there: tests over it run only then.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder =
  process.env.PAPER_MARGIN_RECORDINGS ?? fileURLToPath(new URL('../../shared/fixtures', import.meta.url));

/** The folder of recordings, or undefined where there is none. */
export const recordings: string | undefined = existsSync(folder) ? folder : undefined;
