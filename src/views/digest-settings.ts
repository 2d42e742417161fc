// How the person wants the digest: shown at once, stored over what was read, followed when it changes elsewhere.
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { digestDefaults } from '../digest/filters';
import type { DigestFilters, DigestSettings, Settings } from '../library/api';
import type { Said } from '../ui/controls';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/**
 * Typed text is stored after so long without another key, ms: a word is one change. It is short, and choices do not
 * wait at all, since a popup closes at any moment and a message from a closing page does not arrive.
 */
const calm = 150;

/** What is wanted, as far as it is known. */
interface Wanted {
  digest: DigestSettings;
  /** Single keys are on. */
  keys: boolean;
  /** The settings were read, or could not be read: the digest need not be waited for. */
  answered: boolean;
}

/** What was chosen here: only what changed, so that it can be laid over settings that are read later. */
type Chosen = Partial<Omit<DigestSettings, 'filters'>> & { filters?: Partial<DigestFilters> };

const over = (digest: DigestSettings, { filters, ...rest }: Chosen): DigestSettings => ({
  ...digest,
  ...rest,
  filters: { ...digest.filters, ...filters },
});

/** The fields of `next` that are not as in `before`. */
function changes<T extends object>(before: T, next: Partial<T>): Partial<T> {
  const names = Object.keys(next) as (keyof T)[];
  return Object.fromEntries(
    names.filter((name) => next[name] !== before[name]).map((name) => [name, next[name]]),
  ) as Partial<T>;
}

/**
 * Follows the settings of the digest. Until they were read once, what is chosen is shown over the defaults and nothing
 * is stored: a stored whole would take the place of choices that nobody saw. A read that failed is tried again with the
 * next change.
 */
function followSettings(
  library: Pick<Library, 'settings' | 'adjust'>,
  changed: (wanted: Wanted) => void,
  say: (said: Said) => void,
  first: DigestSettings,
) {
  let read: Pick<Settings, 'digest' | 'keys'> | undefined;
  let answered = false;
  let chosen: Chosen = {};
  let typing: ReturnType<typeof setTimeout> | undefined;
  let reading = false;
  /** The settings may have changed since the question was asked. */
  let stale = false;
  let storing = 0;

  const wanted = (): Wanted => ({
    digest: over(read?.digest ?? first, chosen),
    keys: read?.keys ?? true,
    answered,
  });

  async function look(): Promise<void> {
    stale = true;
    if (reading || storing > 0) return;
    reading = true;
    try {
      while (stale && storing === 0) {
        stale = false;
        const { digest, keys } = await library.settings();
        // What was stored from here meanwhile is newer than the answer.
        if (!stale || !read) read = { digest, keys };
      }
    } catch (cause) {
      stale = false;
      if (!read && Object.keys(chosen).length > 0) say({ text: sentence(cause) });
    } finally {
      reading = false;
    }
    answered = true;
    changed(wanted());
    if (typing === undefined) store();
  }

  function store(): void {
    clearTimeout(typing);
    typing = undefined;
    if (!read || Object.keys(chosen).length === 0) return;
    read = { ...read, digest: over(read.digest, chosen) };
    chosen = {};
    stale ||= reading;
    storing++;
    library
      .adjust({ digest: read.digest })
      .catch((cause) => say({ text: sentence(cause) }))
      .finally(() => {
        if (--storing === 0 && stale) void look();
      });
  }

  return {
    look: () => void look(),
    change({ filters, ...rest }: Partial<DigestSettings>): void {
      const { digest } = wanted();
      const filtered = changes(digest.filters, filters ?? {});
      chosen = { ...chosen, ...changes<Chosen>(digest, rest) };
      if (Object.keys(filtered).length > 0) chosen.filters = { ...chosen.filters, ...filtered };
      changed(wanted());
      clearTimeout(typing);
      typing = undefined;
      if (filtered.text || filtered.organization) typing = setTimeout(store, calm);
      else store();
      if (!read && !reading) void look();
    },
    end: store,
  };
}

/**
 * What is wanted, and the way to change it.
 * @param first what is shown until it was read
 */
export function useDigestSettings(
  { library, notices }: { library: Library; notices: Notices },
  say: (said: Said) => void,
  first = digestDefaults,
): Wanted & { change: (part: Partial<DigestSettings>) => void } {
  const [wanted, setWanted] = useState<Wanted>({
    digest: first,
    keys: true,
    answered: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown first is chosen once.
  const followed = useMemo(() => followSettings(library, setWanted, say, first), [library, say]);
  // Before the first frame: the answer may be there already.
  useLayoutEffect(() => {
    const gone = new AbortController();
    notices(({ all, digest }) => {
      if (all || digest) followed.look();
    }, gone.signal);
    followed.look();
    return () => {
      followed.end();
      gone.abort();
    };
  }, [followed, notices]);
  return { ...wanted, change: followed.change };
}
