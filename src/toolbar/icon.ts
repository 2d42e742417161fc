// The text on the toolbar's icon: over a tab with a paper its saved mark or its rank; elsewhere how many papers are new.
import { browser } from 'wxt/browser';
import type { Change, Library, PaperView } from '../library/api';
import { recognise } from '../sites';

/** White on this has a contrast of 7.6 : 1; it is the light theme's accent. */
const colour = '#3448c5';

/** How long a word about something that just happened stays, ms. */
const moment = 2500;

/** What the icon says over a paper. `text` has at most the four characters that fit. */
export function saying({ saved, trending }: PaperView): { text: string; title: string } {
  const { rank, day } = trending ?? {};
  const place = rank === undefined ? '' : `#${rank}`;
  const said = [saved && 'saved', place && `${place} on Daily Papers${day ? ` of ${day}` : ''}`];
  const told = said.filter(Boolean).join(', ');
  return {
    text: saved ? '✓' : place.length <= 4 ? place : '',
    title: told ? `Paper Margin: ${told}` : 'Paper Margin',
  };
}

/** What the icon says elsewhere, of the papers of today's list that the person has not seen. */
export function counting(unseen: number): { text: string; title: string } {
  if (unseen === 0) return { text: '', title: 'Paper Margin' };
  const papers = unseen === 1 ? '1 new paper' : `${unseen} new papers`;
  return {
    text: unseen > 99 ? '99+' : String(unseen),
    title: `Paper Margin: ${papers} on Daily Papers`,
  };
}

export interface ToolbarIcon {
  /** The library told of a change. */
  changed(change: Change): void;
  /** Says something for a moment, then what it said before. */
  say(tabId: number | undefined, text: string, title: string): void;
}

const paperOf = (url: string | undefined) => (url ? recognise(url) : null);

/** Follows the tabs and what is new. Only stored data is shown: nothing here makes a request. */
export function followTabs(library: Pick<Library, 'look' | 'unseen'>): ToolbarIcon {
  /** The newest work on a tab: an answer to an older one comes too late. */
  const newest = new Map<number, object>();
  /** Tabs over which something is said for a moment. */
  const speaking = new Set<number>();

  /** A null text leaves the place to what the icon says everywhere. A tab that is gone needs none. */
  async function put(tabId: number, text: string | null, title: string): Promise<void> {
    await Promise.allSettled([
      // Both browsers take null; the types know of strings only.
      browser.action.setBadgeText({ tabId, text: text as string }),
      browser.action.setTitle({ tabId, title }),
    ]);
  }

  async function show(tabId: number): Promise<void> {
    const mine = {};
    newest.set(tabId, mine);
    try {
      const page = paperOf((await browser.tabs.get(tabId)).url);
      const [view] = page ? await library.look([page.id]) : [];
      const { text, title } = view ? saying(view) : { text: null, title: await everywhere };
      if (newest.get(tabId) !== mine) return;
      await put(tabId, text, title);
    } catch {
      // The tab is gone, or the storage fails, which our pages say better than an icon could.
    } finally {
      if (newest.get(tabId) === mine) newest.delete(tabId);
    }
  }

  /** Counts what is new, and says it wherever no paper is shown. Gives the title. */
  async function count(): Promise<string> {
    const { text, title } = counting(await library.unseen());
    await Promise.allSettled([
      browser.action.setBadgeText({ text }),
      browser.action.setTitle({ title }),
    ]);
    return title;
  }

  /** The title of tabs without a paper: Chrome cannot take a tab's own title back, so such tabs are told it too. */
  let everywhere = count().catch(() => 'Paper Margin');
  let again: Promise<void> | undefined;

  /** Counts anew, once for all changes that come while the last count runs. */
  function recount(): void {
    again ??= everywhere.then(async (before) => {
      again = undefined;
      everywhere = count().catch(() => before);
      if ((await everywhere) === before) return;
      for (const { id, url } of await browser.tabs.query({})) {
        if (id !== undefined && !paperOf(url) && !speaking.has(id)) void show(id);
      }
    });
    again.catch(() => {});
  }

  browser.tabs.onActivated.addListener(({ tabId }) => void show(tabId));
  browser.tabs.onUpdated.addListener((tabId, { url, status }) => {
    if (url || status) void show(tabId);
  });
  // A browser may have none of it after an update or a restart.
  void browser.action.setBadgeBackgroundColor({ color: colour });
  void browser.action.setBadgeTextColor({ color: '#ffffff' });

  return {
    changed({ papers, periods, digest, seen, all }) {
      if (!papers && !periods && !digest && !seen && !all) return;
      recount();
      const touched = (url: string | undefined) => {
        const page = paperOf(url);
        return page && (all || periods || papers?.includes(page.id));
      };
      const showAll = async () => {
        for (const { id, url } of await browser.tabs.query({})) {
          if (id !== undefined && touched(url)) void show(id);
        }
      };
      void showAll().catch(() => {});
    },
    say(tabId, text, title) {
      if (tabId === undefined) return;
      newest.set(tabId, {});
      speaking.add(tabId);
      void put(tabId, text, `Paper Margin: ${title}`);
      setTimeout(() => {
        speaking.delete(tabId);
        void show(tabId);
      }, moment);
    },
  };
}
