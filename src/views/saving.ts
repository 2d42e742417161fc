// Saving as a person sees it: the mark changes at once, and goes back with a sentence if it could not be kept.
import { useCallback, useRef, useState } from 'preact/hooks';
import type { PaperView } from '../library/api';
import type { Paper, PaperId } from '../paper';
import type { Said } from '../ui/controls';
import type { Library } from './reach';

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
  const [wishes, setWishes] = useState<ReadonlyMap<PaperId, { saved: boolean }>>(new Map());
  const takenOff = useRef(new Set<PaperId>());

  const keep = useCallback(
    async (id: PaperId, saved: boolean, ask: () => Promise<PaperView>, after?: Said) => {
      const wish = { saved };
      setWishes((all) => new Map(all).set(id, wish));
      try {
        done(await ask());
        if (after) say(after);
      } catch (failure) {
        say({
          text: failure instanceof Error ? failure.message : 'This could not be stored. Try again.',
        });
      }
      setWishes((all) => {
        if (all.get(id) !== wish) return all;
        const rest = new Map(all);
        rest.delete(id);
        return rest;
      });
    },
    [done, say],
  );

  return {
    isSaved: (id, stored) => wishes.get(id)?.saved ?? stored,
    toggle: (paper, saved) => {
      const { id } = paper;
      const restore = () =>
        void keep(id, true, () => library.restore(id), { text: 'Saved again.' });
      if (!saved && takenOff.current.has(id)) restore();
      else if (!saved) void keep(id, true, () => library.save(paper));
      else {
        takenOff.current.add(id);
        void keep(id, false, () => library.unsave(id), {
          text: 'Removed from saved.',
          undo: restore,
        });
      }
    },
  };
}
