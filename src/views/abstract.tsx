// The abstract of a paper in one of our own pages, its highlights painted over it.
import { useEffect, useRef } from 'preact/hooks';
import type { PaperId } from '../paper';
import type { Library, Notices } from './reach';

interface Props {
  id: PaperId;
  text: string;
  /** The paper has highlights: only then are they asked for. */
  highlighted: boolean;
  library: Pick<Library, 'highlights'>;
  notices: Notices;
}

/** Those made on any site whose words the abstract has. What finds them is loaded with the first that is needed. */
export function Abstract({ id, text, highlighted, library, notices }: Props) {
  const words = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = words.current;
    if (!highlighted || !element || !text) return;
    const gone = new AbortController();
    const { signal } = gone;
    let clear = () => {};
    let asked = 0;
    const show = async () => {
      const question = ++asked;
      try {
        const [{ findIn, paintOver }, all] = await Promise.all([
          import('./painted'),
          library.highlights(id),
        ]);
        const found = await findIn(element, all, signal);
        // An answer to an earlier question never replaces one to a later question.
        if (signal.aborted || question !== asked) return;
        paintOver(element, found);
        clear = () => paintOver(element, []);
      } catch {
        // An abstract is read without its highlights too.
      }
    };
    notices((change) => {
      if (change.all || change.highlights?.includes(id)) void show();
    }, signal);
    void show();
    return () => {
      gone.abort();
      clear();
    };
  }, [id, text, highlighted, library, notices]);
  return <span ref={words}>{text}</span>;
}
