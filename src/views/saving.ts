// Saving as a person sees it: the mark changes at once, and goes back with a sentence if it could not be kept.
import { useRef } from 'preact/hooks';
import type { PaperView } from '../library/api';
import type { Paper, PaperId } from '../paper';
import type { Said } from '../ui/controls';
import type { Library } from './reach';
import { useWishes } from './wishes';

interface Saving {
  /** `stored`, unless the person just wished otherwise. */
  isSaved(id: PaperId, stored: boolean): boolean;
  /** Saves or takes off. What was taken off here comes with an undo, and saved again it returns to its old place. */
  toggle(paper: Paper, saved: boolean): void;
}

/**
 * @param done called with the new view of the paper once it is stored
 * @param say shows a sentence, with an undo where there is one
 */
export function useSaving(
  library: Library,
  done: (view: PaperView) => void,
  say: (said: Said) => void,
): Saving {
  const { of, want } = useWishes<boolean>(done, say);
  const takenOff = useRef(new Set<PaperId>());

  return {
    isSaved: of,
    toggle: (paper, saved) => {
      const { id } = paper;
      const restore = () => want(id, true, () => library.restore(id), { text: 'Saved again.' });
      if (!saved && takenOff.current.has(id)) restore();
      else if (!saved) want(id, true, () => library.save(paper));
      else {
        takenOff.current.add(id);
        want(id, false, () => library.unsave(id), {
          text: 'Removed from saved.',
          undo: restore,
        });
      }
    },
  };
}
