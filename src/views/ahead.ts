// What a page needs first, asked before the page is drawn: the answers travel meanwhile.
import type { PeriodKind } from '../library/api';
import type { Library, Notices } from './reach';

/** Where the popup keeps which kind of list it showed last: what to ask for before the settings are known. */
const place = 'kind';

/** Remembers the kind of list that is shown. */
export function rememberKind(kind: PeriodKind): void {
  try {
    localStorage.setItem(place, kind);
  } catch {
    // The next popup asks for a list a little later, no more.
  }
}

function rememberedKind(): PeriodKind {
  try {
    const kind = localStorage.getItem(place);
    return kind === 'week' || kind === 'month' || kind === 'trending' ? kind : 'day';
  } catch {
    return 'day';
  }
}

/**
 * The same library. Settings, topics and the list shown last are asked for at once, and the first to ask for one of
 * them has that answer, unless anything changed since.
 */
export function askAhead(library: Library, notices: Notices): Library {
  const asked = new Map<string, Promise<unknown>>();
  const gone = new AbortController();
  const key = (verb: string, args: unknown[]) => JSON.stringify([verb, args]);
  const ask = (verb: 'settings' | 'topics' | 'period', ...args: unknown[]) => {
    const answer = (library[verb] as (...args: unknown[]) => Promise<unknown>)(...args);
    // Whoever asks hears of a failure.
    answer.catch(() => {});
    asked.set(key(verb, args), answer);
  };
  notices(() => asked.clear(), gone.signal);
  ask('settings');
  ask('topics');
  ask('period', { kind: rememberedKind() });
  return new Proxy(library, {
    get(target, verb) {
      const own = Reflect.get(target, verb);
      if (asked.size === 0 || typeof own !== 'function') return own;
      return (...args: unknown[]) => {
        const name = key(String(verb), args);
        const answer = asked.get(name);
        asked.delete(name);
        if (asked.size === 0) gone.abort();
        return answer ?? own(...args);
      };
    },
  });
}
