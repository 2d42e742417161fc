// What frames of ours in the pages of others have in common: their address, and Escape.
import { useEffect, useState } from 'preact/hooks';
import { type PaperId, parsePaperId } from '../paper';
import { CLOSE } from '../ui/note-box';

/** `?edit#1810.04805` -> that id, for writing; `#hep-th/9901001` -> for reading what is there. */
export function frameOf({ search, hash }: { search: string; hash: string }): {
  id?: PaperId;
  writing: boolean;
} {
  const writing = new URLSearchParams(search).has('edit');
  let text = hash.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    // Left as it is: no paper's id has such a sign.
  }
  const id = parsePaperId(text)?.id;
  return { writing, ...(id && { id }) };
}

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
