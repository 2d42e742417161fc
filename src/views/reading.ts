// Setting the reading state as a person sees it: the choice holds at once, however many follow each other.
import type { PaperView, Reading } from '../library/api';
import type { Paper, PaperId } from '../paper';
import type { Said } from '../ui/controls';
import type { Library } from './reach';
import { useWishes } from './wishes';

/**
 * @param done called with the new view of the paper once it is stored
 * @param say shows a sentence where it could not be
 */
export function useReading(
  library: Library,
  done: (view: PaperView) => void,
  say: (said: Said) => void,
): {
  /** `stored`, unless the person just chose otherwise. */
  of(id: PaperId, stored: Reading): Reading;
  set(paper: Paper, reading: Reading): void;
} {
  const wishes = useWishes<Reading>(done, say);
  return {
    of: wishes.of,
    set: (paper, reading) =>
      wishes.want(paper.id, reading, () => library.setReading(paper, reading)),
  };
}
