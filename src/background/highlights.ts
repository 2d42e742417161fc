// Brings the script of highlights into a tab where there is a use for it, and passes it what the person wants.
import { browser } from 'wxt/browser';
import { recognise } from '../sites';

/** The styles go in from here too: so they need no element in the page, and no page forbids them. */
const files = {
  script: '/content-scripts/highlights.js',
  style: '/content-scripts/highlights.css',
} as const;

/** `load`: look at what is selected. `list`: open the list. `highlight`: what is selected. The rest: for lists. */
interface Wish {
  do: 'load' | 'list' | 'highlight' | 'found' | 'show';
  id?: string;
}

interface Asked {
  to?: string;
  ask?: string;
  what?: unknown;
  id?: unknown;
  tabId?: unknown;
}

/** A message to the script in a page. A page without it has nobody to answer. */
function send(tabId: number, wish: Wish): Promise<unknown> {
  const addressed = { to: 'paper-margin-highlights', ...wish };
  return browser.tabs.sendMessage(tabId, addressed, { frameId: 0 }).catch(() => undefined);
}

/**
 * Answers `{ ask: 'highlights', what }`: pages ask for the script (`load`, `list`), from the top of a tab with a paper
 * only; lists on our own pages ask what the page has (`found`) and lead there (`show`, with an `id`), in the tab named
 * or in the one around them. Firefox tells a frame of ours in a page nothing of that tab.
 * @returns how the keyboard shortcut highlights what is selected in a tab
 */
export function answerHighlights(): { highlightIn: (tabId: number) => void } {
  /** By tab, one after the other: two scripts at once would only take over from each other. */
  const turns = new Map<number, Promise<unknown>>();

  /** Tells the script, and brings it first where it is not there and the tab shows a paper. */
  async function tell(tabId: number, wish: Wish): Promise<unknown> {
    const answer = await send(tabId, wish);
    if (answer !== undefined) return answer;
    const { url } = await browser.tabs.get(tabId);
    if (!url || !recognise(url)) return undefined;
    const target = { tabId };
    await browser.scripting.insertCSS({ target, files: [files.style] });
    await browser.scripting.executeScript({ target, files: [files.script] });
    return send(tabId, wish);
  }

  function inTurn(tabId: number, wish: Wish): Promise<unknown> {
    const mine = (turns.get(tabId) ?? Promise.resolve())
      .then(() => tell(tabId, wish))
      // The tab went away, or the browser keeps us from this page.
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(tabId) === mine) turns.delete(tabId);
      });
    turns.set(tabId, mine);
    return mine;
  }

  const own = new URL(browser.runtime.getURL('/')).origin;
  browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
    const asked = message as Asked | null;
    if (asked?.to !== 'paper-margin-background' || asked.ask !== 'highlights') return;
    const { id, tab, frameId, origin } = sender;
    if (id !== browser.runtime.id) return;
    const { what } = asked;
    if (what === 'load' || what === 'list') {
      if (tab?.id !== undefined && frameId === 0) void inTurn(tab.id, { do: what });
      return;
    }
    const tabId = typeof asked.tabId === 'number' ? asked.tabId : tab?.id;
    if (origin !== own || tabId === undefined || !(what === 'found' || what === 'show')) return;
    void inTurn(tabId, { do: what, id: `${asked.id}` }).then(reply);
    return true;
  });
  return { highlightIn: (tabId) => void inTurn(tabId, { do: 'highlight' }) };
}
