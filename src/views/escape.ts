// Escape in a frame of ours within someone else's page: the page around closes the frame.
import { useEffect, useState } from 'preact/hooks';
import { CLOSE } from '../ui/note-box';

/**
 * Where the frame has no use for Escape, tells the page around it. That learns of this key alone.
 * @param stored what was typed is stored: until then the frame is not to be closed
 */
export function useEscape(stored = true): void {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const pressed = ({ key, defaultPrevented, isComposing }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented && !isComposing) setWanted(true);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
  useEffect(() => {
    if (!wanted || !stored) return;
    setWanted(false);
    if (window.parent !== window) window.parent.postMessage(CLOSE, '*');
  }, [wanted, stored]);
}
