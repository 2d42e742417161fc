// How the person wants the digest: shown at once, stored a moment later, followed when it changes elsewhere.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { noFilters } from '../digest/filters';
import type { DigestSettings, Settings } from '../library/api';
import type { Said } from '../ui/controls';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/** A change is stored after so long without another one, ms: a word that is typed is one change. */
const calm = 400;

/** Until the settings are read, and where they cannot be: the list is shown whole. */
export const plain: DigestSettings = {
  kind: 'day',
  sort: 'list',
  filters: noFilters,
  known: 'show',
};

interface Wanted {
  digest: DigestSettings;
  /** Single keys are on. */
  keys: boolean;
}

/** What is wanted, undefined until it was read, and the way to change it. */
export function useDigestSettings(
  { library, notices }: { library: Library; notices: Notices },
  say: (said: Said) => void,
): { wanted: Wanted | undefined; change: (part: Partial<DigestSettings>) => void } {
  const [wanted, setWanted] = useState<Wanted>();
  const latest = useRef(wanted);
  const unstored = useRef<ReturnType<typeof setTimeout>>(undefined);
  const storing = useRef(0);

  const take = useCallback((next: Wanted) => {
    latest.current = next;
    setWanted(next);
  }, []);

  const store = useCallback(() => {
    if (unstored.current === undefined || !latest.current) return;
    clearTimeout(unstored.current);
    unstored.current = undefined;
    storing.current++;
    library
      .adjust({ digest: latest.current.digest })
      .catch((cause) => say({ text: sentence(cause) }))
      .finally(() => storing.current--);
  }, [library, say]);

  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const read = async () => {
      const settings: Pick<Settings, 'digest' | 'keys'> = await library
        .settings()
        .catch(() => ({ digest: latest.current?.digest ?? plain, keys: true }));
      // What was just chosen here is newer than what was stored when the question was answered.
      if (signal.aborted || unstored.current !== undefined || storing.current > 0) return;
      take({ digest: settings.digest, keys: settings.keys });
    };
    notices(({ all, digest }) => {
      if (all || digest) void read();
    }, signal);
    const leaving = () => {
      if (document.hidden) store();
    };
    document.addEventListener('visibilitychange', leaving, { signal });
    addEventListener('pagehide', store, { signal });
    void read();
    return () => {
      store();
      gone.abort();
    };
  }, [library, notices, store, take]);

  const change = useCallback(
    (part: Partial<DigestSettings>) => {
      const { digest = plain, keys = true } = latest.current ?? {};
      take({ digest: { ...digest, ...part }, keys });
      clearTimeout(unstored.current);
      unstored.current = setTimeout(store, calm);
    },
    [store, take],
  );
  return { wanted, change };
}
