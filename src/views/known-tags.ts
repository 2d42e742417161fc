// The tags in use, for suggestions: asked for where there is a field for tags, and again when papers change.
import { useEffect, useState } from 'preact/hooks';
import type { Tag } from '../library/api';
import type { Library, Notices } from './reach';

/** ms: of many changes in a row, one question. */
const calm = 300;

/** Most papers first. Undefined until the answer is there, and where there is none: one can type all the same. */
export function useKnownTags(library: Pick<Library, 'tags'>, notices: Notices): Tag[] | undefined {
  const [tags, setTags] = useState<Tag[]>();
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () =>
      library.tags().then(
        (found) => {
          if (!gone.signal.aborted) setTags(found);
        },
        () => {},
      );
    notices(({ all, papers }) => {
      if (!all && !papers) return;
      clearTimeout(timer);
      timer = setTimeout(read, calm);
    }, gone.signal);
    void read();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [library, notices]);
  return tags;
}
