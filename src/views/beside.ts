// Which highlights the page in a tab has, for the lists beside it, and how to lead there.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { PaperId } from '../paper';
import type { Notices } from './reach';

/** `around`: the tab that this frame stands in. */
export type Beside = number | 'around';

async function ask(where: Beside, what: 'found' | 'show', id?: string): Promise<unknown> {
  const tab = where === 'around' ? {} : { tabId: where };
  const message = { to: 'paper-margin-background', ask: 'highlights', what, id, ...tab };
  return browser.runtime.sendMessage(message).catch(() => undefined);
}

/**
 * Follows which highlights of a paper the page in a tab has.
 * @param tabId undefined while it is not known
 * @param page a new value is another page in that tab
 * @returns undefined where the page does not tell: a PDF, or a page without text of the paper
 */
export function useHighlightsBeside(
  id: PaperId | undefined,
  tabId: Beside | undefined,
  page: string,
  notices: Notices,
): { found: ReadonlySet<string>; show: (id: string) => void } | undefined {
  const [found, setFound] = useState<ReadonlySet<string>>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page in the same tab is asked anew.
  useEffect(() => {
    setFound(undefined);
    if (tabId === undefined || !id) return;
    const gone = new AbortController();
    let asked = 0;
    const look = async () => {
      const question = ++asked;
      const answer = await ask(tabId, 'found');
      if (gone.signal.aborted || question !== asked || !Array.isArray(answer)) return;
      setFound(new Set(answer.map(String)));
    };
    notices((change) => {
      if (change.all || change.highlights?.includes(id)) void look();
    }, gone.signal);
    void look();
    return () => gone.abort();
  }, [id, tabId, page, notices]);

  const show = useCallback(
    (which: string) => {
      if (tabId !== undefined) void ask(tabId, 'show', which);
    },
    [tabId],
  );
  return found && { found, show };
}
