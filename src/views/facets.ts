// The parts of what is found, asked for after the rows and never instead of them.
import { useEffect, useState } from 'preact/hooks';
import type { Facets } from '../library/api';
import type { Library } from './reach';

/** ms without a new question or answer: while a person types, nobody counts. */
const calm = 120;

/**
 * @param query whose parts; undefined while its rows are not there, or while nobody sees the parts
 * @param time changes whenever the same query may have other parts
 * @returns the parts of the latest query that was answered. Where they cannot be had, those before stay
 */
export function useFacets(
  library: Pick<Library, 'facets'>,
  query: string | undefined,
  time: unknown,
): { facets: Facets | undefined; pending: boolean } {
  const [found, setFound] = useState<{ query: string; facets: Facets }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `time` says that the answer may be another.
  useEffect(() => {
    if (query === undefined) return;
    let gone = false;
    const timer = setTimeout(async () => {
      try {
        const facets = await library.facets(query);
        if (!gone) setFound({ query, facets });
      } catch {
        // The rows say what is wrong with the library.
      }
    }, calm);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [library, query, time]);
  return { facets: found?.facets, pending: query !== undefined && found?.query !== query };
}
