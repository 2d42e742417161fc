// Searching Hugging Face Papers: words leave the machine only when the person asks for it, here and in the browser's own consent.
import { useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { HubSearch, PaperView } from '../library/api';
import { joined } from './period';
import type { Library } from './reach';
import { sentence } from './sentence';

/** Firefox's name for "words that you search for", in its own consent. */
const terms = { data_collection: ['searchTerms'] } as unknown as { permissions: [] };

/** Firefox keeps such a permission itself; other browsers refuse the question. */
const asksBrowser = import.meta.env.FIREFOX;

/** What the service takes. */
const longest = 250;

/** Was the sending of words allowed already, so that no click has to come first? */
export async function maySend(): Promise<boolean> {
  return !asksBrowser || browser.permissions.contains(terms);
}

export interface Search {
  words: string;
  /** Absent while it waits for the person, or for the answer. */
  found?: HubSearch;
  /** The service is being asked. */
  busy: boolean;
  /** Why nothing was sent, or what went wrong: a sentence. */
  failure?: string;
}

/** The search that is shown instead of the list, if any. */
export function useHubSearch(library: Pick<Library, 'searchHub'>): {
  search: Search | undefined;
  /** To be called in the click itself, before anything is awaited: the browser may have to ask. */
  send(words: string): void;
  /** Shows the words and waits for the click, unless sending was allowed before. */
  propose(words: string): void;
  close(): void;
  /** A newer view of one of the papers. */
  update(view: PaperView): void;
} {
  const [search, setSearch] = useState<Search>();
  const turn = useRef(0);

  const run = async (typed: string, allowed: Promise<boolean> | true) => {
    const words = typed.trim().slice(0, longest);
    if (!words) return;
    const mine = ++turn.current;
    const show = (next: Search) => mine === turn.current && setSearch(next);
    show({ words, busy: true });
    try {
      if (allowed !== true && !(await allowed)) {
        const failure = 'Not allowed in the browser, so nothing was sent.';
        return show({ words, busy: false, failure });
      }
      show({ words, busy: false, found: await library.searchHub(words) });
    } catch (cause) {
      show({ words, busy: false, failure: sentence(cause) });
    }
  };

  return {
    search,
    send: (words) => void run(words, asksBrowser ? browser.permissions.request(terms) : true),
    propose: (words) => {
      const mine = ++turn.current;
      setSearch({ words, busy: false });
      void maySend().then(
        (may) => {
          if (may && mine === turn.current) void run(words, true);
        },
        () => {},
      );
    },
    close: () => {
      turn.current++;
      setSearch(undefined);
    },
    update: (view) =>
      setSearch((shown) => {
        if (!shown?.found) return shown;
        const papers = shown.found.papers.map((listed) =>
          listed.id === view.id ? joined(listed, view) : listed,
        );
        return { ...shown, found: { ...shown.found, papers } };
      }),
  };
}
