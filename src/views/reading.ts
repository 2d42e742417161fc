// Setting the reading state: stored at once, and said in a sentence where that fails.
import type { PaperView, Reading } from '../library/api';
import type { Paper } from '../paper';
import type { Said } from '../ui/controls';
import type { Library } from './reach';
import { sentence } from './sentence';

/** Stores how far the person is; `done` gets the new view. Never throws. */
export async function setReading(
  paper: Paper,
  reading: Reading,
  parts: { library: Library; done: (view: PaperView) => void; say: (said: Said) => void },
): Promise<void> {
  try {
    parts.done(await parts.library.setReading(paper, reading));
  } catch (cause) {
    parts.say({ text: sentence(cause) });
  }
}
