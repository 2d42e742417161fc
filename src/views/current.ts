// The paper of the tab in view, as popup and side panel follow it.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PaperView } from '../library/api';
import { barePaper, type Paper, type PaperRef } from '../paper';
import type { Library, Notices } from './reach';
import { followTab, type PaperTab, present, showHere } from './tab';

/** What is known of the open tab's paper. */
export interface Current {
  tab: PaperTab;
  /** Undefined until it was read. */
  view?: PaperView;
  /** `absent`: its page does not run our script. `stuck`: and could not be made to. */
  panel?: 'absent' | 'stuck';
}

/** The paper as far as it is known; a tab's title is no metadata. */
export function paperOf({ tab, view }: Current): Paper {
  return view?.paper ?? barePaper(tab.page);
}

/** The paper in the version that the person looks at. */
export function refOf({ tab, view }: Current): PaperRef {
  const { id } = tab.page;
  const version = tab.page.version ?? view?.paper?.version;
  return { id, ...(version && { version }) };
}

/**
 * The tab's paper, kept up to date: undefined until the tab was looked at, null where it shows no paper. `lookUp` asks
 * the service, `update` takes a newer view, `mend` runs our script in a page that lacks it.
 */
export function useCurrent({ library, notices }: { library: Library; notices: Notices }) {
  const [current, setCurrent] = useState<Current | null>();
  const tab = useRef<PaperTab | null>(null);

  const read = useCallback(
    async (ask: 'look' | 'lookUp' | 'refresh') => {
      const mine = tab.current;
      if (!mine) return;
      const { id, kind } = mine.page;
      const view = ask === 'look' ? (await library.look([id]))[0] : await library[ask](id);
      if (view && tab.current?.page.id === id) {
        setCurrent((shown) => shown && { ...shown, view });
        // A page with our panel looks up its own paper; others have nobody who could.
        const alone = kind === 'pdf' || kind === 'other';
        if (ask === 'look' && view.refreshDue && alone) await read('refresh');
      }
    },
    [library],
  );

  const find = useCallback(async () => {
    const mine = tab.current;
    if (!mine?.loaded || mine.page.kind !== 'abs') return;
    const there = await present(mine.tabId);
    if (tab.current !== mine) return;
    setCurrent((shown) => {
      if (!shown) return shown;
      const { panel: _, ...rest } = shown;
      return there ? rest : { ...rest, panel: 'absent' };
    });
  }, []);

  useEffect(() => {
    const gone = new AbortController();
    const quietly = (work: Promise<void>) => void work.catch(() => {});
    followTab((next) => {
      const same = tab.current?.page.id === next?.page.id;
      tab.current = next;
      setCurrent((shown) => (next ? { ...(same ? shown : {}), tab: next } : null));
      if (!same) quietly(read('look'));
      quietly(find());
    }, gone.signal);
    notices((change) => {
      if (tab.current && (change.all || change.papers?.includes(tab.current.page.id)))
        quietly(read('look'));
    }, gone.signal);
    return () => gone.abort();
  }, [notices, read, find]);

  return {
    current,
    lookUp: () => read('lookUp'),
    update: useCallback((view: PaperView) => {
      setCurrent((shown) => (shown?.tab.page.id === view.id ? { ...shown, view } : shown));
    }, []),
    mend: async () => {
      const mine = tab.current;
      if (!mine) return;
      try {
        await showHere(mine.tabId);
        await find();
      } catch {
        setCurrent((shown) => shown && { ...shown, panel: 'stuck' });
      }
    },
  };
}
