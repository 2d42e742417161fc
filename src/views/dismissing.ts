// Not wanting more like a paper, as a person sees it: it folds at once, and unfolds by an undo.
import type { PaperView } from '../library/api';
import type { Paper, PaperId } from '../paper';
import type { Said } from '../ui/controls';
import type { Library } from './reach';
import { useWishes } from './wishes';

/**
 * @param done called with the new view of the paper once it is stored
 * @param say shows a sentence, with an undo where there is one
 */
export function useDismissing(
  library: Library,
  done: (view: PaperView) => void,
  say: (said: Said) => void,
): {
  /** `stored`, unless the person just wished otherwise. */
  isDismissed(id: PaperId, stored: boolean): boolean;
  set(paper: Paper, dismissed: boolean): void;
} {
  const { of, want } = useWishes<boolean>(done, say);
  const bringBack = (paper: Paper) =>
    want(paper.id, false, () => library.dismiss(paper, false), { text: 'It is back in the list.' });
  return {
    isDismissed: of,
    set: (paper, dismissed) => {
      if (!dismissed) return bringBack(paper);
      want(paper.id, true, () => library.dismiss(paper, true), {
        text: 'Papers like this one count for less.',
        undo: () => bringBack(paper),
      });
    },
  };
}
