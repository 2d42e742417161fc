// What a page needs first, asked before the page is drawn: the answers travel meanwhile.
import { browser } from 'wxt/browser';
import type { PeriodKind } from '../library/api';
import { connect, onChange } from '../rpc/connect';
import { openDrafts } from './drafts';
import type { Drafts, Library, Notices } from './reach';

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

/** What the popup is opened with. */
interface Opened {
  library: Library;
  drafts: Promise<Drafts>;
  /** It is a page in a tab, not the popup of the icon. */
  inTab: Promise<boolean>;
}

declare global {
  /** Handed by the first script of the popup to the one that draws it. */
  var paperMarginOpened: Opened | undefined;
}

/** Asks for all that the popup waits for. */
export function openAhead(): Opened {
  const opened: Opened = {
    library: askAhead(connect(), onChange),
    drafts: openDrafts(),
    inTab: browser.tabs.getCurrent().then(Boolean),
  };
  globalThis.paperMarginOpened = opened;
  return opened;
}

/** What was asked for before, or is now. */
export function openedAhead(): Opened {
  return globalThis.paperMarginOpened ?? openAhead();
}
