// What the window is like, as a style sheet asks it.
import { useEffect, useState } from 'preact/hooks';

/** Follows a media query: `(min-width: 960px)`. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const gone = new AbortController();
    const look = () => setMatches(media.matches);
    media.addEventListener('change', look, { signal: gone.signal });
    look();
    return () => gone.abort();
  }, [query]);
  return matches;
}
