// The comment of a highlight as it is typed: stored at every key, and in step with what is typed elsewhere.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Annotation } from '../library/api';
import type { Library } from './reach';
import { sentence } from './sentence';

/** What is typed is stored at once, and follows what is typed elsewhere while nobody types here. */
export function useComment(
  { id, comment, updatedAt }: Annotation,
  library: Pick<Library, 'comment'>,
): {
  text: string;
  /** All that was typed is stored. */
  stored: boolean;
  /** Why it could not be stored: a sentence. */
  failure: string | undefined;
  type: (text: string) => void;
  retry: () => void;
} {
  const [text, setText] = useState(comment);
  const [stored, setStored] = useState(true);
  const [failure, setFailure] = useState<string>();
  const typed = useRef(comment);
  /** The text that `typed` stands upon. */
  const base = useRef(comment);
  const storing = useRef(false);
  /** When what is shown here was stored: an answer to an earlier question may come after it. */
  const seen = useRef(updatedAt);

  useEffect(() => {
    if (updatedAt <= seen.current || storing.current || typed.current !== base.current) return;
    seen.current = updatedAt;
    typed.current = base.current = comment;
    setText(comment);
  }, [comment, updatedAt]);

  async function store(): Promise<void> {
    if (storing.current) return;
    storing.current = true;
    setFailure(undefined);
    setStored(false);
    try {
      while (typed.current !== base.current) {
        const sent = typed.current;
        const stored = await library.comment({
          id,
          text: sent,
          base: base.current.trim() ? base.current : '',
        });
        if (!stored) throw new Error('This highlight was deleted, so its comment was not stored.');
        base.current = sent;
        seen.current = stored.updatedAt;
        // What was typed elsewhere was merged in. Whoever goes on typing sees it later.
        if (typed.current === sent && sent.trim()) {
          typed.current = base.current = stored.comment;
          setText(stored.comment);
        }
      }
      setStored(true);
    } catch (cause) {
      setFailure(sentence(cause));
    }
    storing.current = false;
  }

  return {
    text,
    stored,
    failure,
    type(next) {
      typed.current = next;
      setText(next);
      void store();
    },
    retry: () => void store(),
  };
}
