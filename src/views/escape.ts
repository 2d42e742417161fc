// Escape in a frame of ours, for the page around it.
import { useEffect } from 'preact/hooks';
import { CLOSE } from '../ui/note-box';

/** Where nothing here has a use for Escape, the page around may close the frame. It learns of that key alone. */
export function useEscape(): void {
  useEffect(() => {
    const pressed = ({ key, defaultPrevented, isComposing }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented && !isComposing && window.parent !== window)
        window.parent.postMessage(CLOSE, '*');
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
