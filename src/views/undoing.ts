// What was said last, and all that can still be taken back, the last one first.
import { useCallback, useRef, useState } from 'preact/hooks';
import type { Said } from '../ui/controls';

/** So many steps back are remembered. */
const most = 50;

/** `said`: to be shown, its undo takes one back. `undo` takes back the last; false where there is nothing. */
export function useUndo(): {
  said: Said | undefined;
  say: (said: Said | undefined) => void;
  undo: () => boolean;
} {
  const [said, setSaid] = useState<Said>();
  const steps = useRef<(() => void)[]>([]);

  const say = useCallback((next: Said | undefined) => {
    if (!next?.undo) return setSaid(next);
    const { text, undo } = next;
    const step = () => {
      steps.current = steps.current.filter((one) => one !== step);
      setSaid(undefined);
      undo();
    };
    steps.current = [...steps.current, step].slice(-most);
    setSaid({ text, undo: step });
  }, []);

  const undo = useCallback(() => {
    const last = steps.current.at(-1);
    last?.();
    return last !== undefined;
  }, []);

  return { said, say, undo };
}
