// Which papers of the library are near one paper, kept in step with what is kept.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Related } from '../library/api';
import type { PaperId } from '../paper';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/**
 * Undefined until the answer is there. What is typed in the note of this very paper changes none of it.
 * @returns `failure`: why there is no answer, a sentence
 */
export function useRelated(
  id: PaperId | undefined,
  { library, notices }: { library: Library; notices: Notices },
): { papers: Related[] | undefined; failure: string | undefined; retry: () => void } {
  const [found, setFound] = useState<{ id: PaperId; papers: Related[] }>();
  const [failure, setFailure] = useState<string>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      if (!id) return;
      try {
        const papers = await library.related(id);
        if (signal?.aborted) return;
        setFound({ id, papers });
        setFailure(undefined);
      } catch (cause) {
        if (!signal?.aborted) setFailure(sentence(cause));
      }
    },
    [id, library],
  );

  useEffect(() => {
    const gone = new AbortController();
    notices(({ all, papers }) => {
      if (all || papers?.some((changed) => changed !== id)) void read(gone.signal);
    }, gone.signal);
    void read(gone.signal);
    return () => gone.abort();
  }, [id, notices, read]);

  return {
    // What was found for another paper says nothing of this one.
    papers: found?.id === id ? found?.papers : undefined,
    failure,
    retry: () => void read(),
  };
}
