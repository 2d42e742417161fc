// What a person wants of papers until it is stored: shown at once, and gone back with a sentence where it could not be kept.
import { useCallback, useState } from 'preact/hooks';
import type { PaperView } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { sentence } from './sentence';

interface Wishes<Value> {
  /** `stored`, unless the person just wished otherwise. */
  of(id: PaperId, stored: Value): Value;
  /** Shows `value` until `ask` is answered; `after` is said once it is. An older wish never undoes a newer one. */
  want(id: PaperId, value: Value, ask: () => Promise<PaperView>, after?: Said): void;
}

/**
 * @param done called with the new view of the paper once it is stored
 * @param say shows a sentence
 */
export function useWishes<Value>(
  done: (view: PaperView) => void,
  say: (said: Said) => void,
): Wishes<Value> {
  const [wishes, setWishes] = useState<ReadonlyMap<PaperId, { value: Value }>>(new Map());

  const want = useCallback(
    async (id: PaperId, value: Value, ask: () => Promise<PaperView>, after?: Said) => {
      const wish = { value };
      setWishes((all) => new Map(all).set(id, wish));
      try {
        done(await ask());
        if (after) say(after);
      } catch (cause) {
        say({ text: sentence(cause) });
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
    of: (id, stored) => {
      const wish = wishes.get(id);
      return wish ? wish.value : stored;
    },
    want: (id, value, ask, after) => void want(id, value, ask, after),
  };
}
