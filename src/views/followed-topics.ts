// The topics that a person follows, read again when they change.
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Topic } from '../library/api';
import type { Library, Notices } from './reach';

/**
 * The stored topics, undefined until they were read, and the way to show newer ones at once.
 * @param failed told each time they cannot be read; those that were read before stay
 */
export function useTopics(
  { library, notices }: { library: Library; notices: Notices },
  failed: (cause: unknown) => void,
) {
  const [topics, setTopics] = useState<Topic[]>();
  // Before the first frame: the answer may be there already.
  useLayoutEffect(() => {
    const gone = new AbortController();
    let turn = 0;
    const read = async () => {
      const mine = ++turn;
      const current = () => mine === turn && !gone.signal.aborted;
      try {
        const all = await library.topics();
        if (current()) setTopics(all);
      } catch (cause) {
        if (current()) failed(cause);
      }
    };
    notices(({ digest, all }) => {
      if (digest || all) void read();
    }, gone.signal);
    void read();
    return () => gone.abort();
  }, [library, notices, failed]);
  return { topics, setTopics };
}
