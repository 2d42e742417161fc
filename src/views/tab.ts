// The paper of the tab that the person looks at, and what the browser lets us do there.
import { type Browser, browser } from 'wxt/browser';
import { hosts, recognise } from '../sites';
import type { Page } from '../sites/site';

/** A tab that shows a paper. */
export interface PaperTab {
  tabId: number;
  page: Page;
  /** What the tab calls the paper; undefined where that is only its file name. */
  title?: string;
  /** The page has loaded: its panel would be there by now. */
  loaded: boolean;
}

/** arXiv writes `[id] Title`, Hugging Face `Paper page - Title`; a PDF's title says no more than its id. */
function titleOf(tab: Browser.tabs.Tab, page: Page): { title?: string } {
  if (page.kind === 'pdf' || !tab.title) return {};
  const title = tab.title.replace(/^\[[^\]]*\]\s*|^Paper page - /, '').trim();
  return title && !title.includes('://') ? { title } : {};
}

/** The active tab; where that is one of our own pages, the tab seen before it in the same window. */
async function seen(): Promise<PaperTab | null> {
  const own = browser.runtime.getURL('/');
  const tabs = await browser.tabs.query({ currentWindow: true });
  const tab = tabs
    .filter(({ url }) => !url?.startsWith(own))
    .sort(
      (a, b) =>
        Number(b.active) - Number(a.active) || (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0),
    )[0];
  const page = tab?.url === undefined ? null : recognise(tab.url);
  if (tab?.id === undefined || !page) return null;
  return { tabId: tab.id, page, loaded: tab.status !== 'loading', ...titleOf(tab, page) };
}

/** Calls `changed` now and whenever another paper, or none, is in view, until `signal` aborts. */
export function followTab(changed: (tab: PaperTab | null) => void, signal: AbortSignal): void {
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    const tab = await seen().catch(() => null);
    if (mine === turn && !signal.aborted) changed(tab);
  };
  const listener = () => void look();
  browser.tabs.onActivated.addListener(listener);
  browser.tabs.onUpdated.addListener(listener);
  signal.addEventListener('abort', () => {
    browser.tabs.onActivated.removeListener(listener);
    browser.tabs.onUpdated.removeListener(listener);
  });
  void look();
}

/** Does the tab's page run our content script? One that was open before the install does not. */
export async function present(tabId: number): Promise<boolean> {
  try {
    return (
      (await browser.tabs.sendMessage(tabId, { to: 'paper-margin-page', ask: 'present' })) !==
      undefined
    );
  } catch {
    return false;
  }
}

/** Runs our content script in the tab. Rejects where the browser does not allow it. */
export async function showHere(tabId: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId },
    files: ['/content-scripts/papers.js'],
  });
}

/** Does the browser let us read and reach the sites? A person may take that away at any time. */
export function allowed(): Promise<boolean> {
  return browser.permissions.contains({ origins: hosts() });
}

/** Asks the person for it. To be called in a click, before anything is awaited. */
export function allow(): Promise<boolean> {
  return browser.permissions.request({ origins: hosts() });
}

/** Calls `changed` when the person gave or took away a permission, until `signal` aborts. */
export function onPermission(changed: () => void, signal: AbortSignal): void {
  const listener = () => changed();
  browser.permissions.onAdded.addListener(listener);
  browser.permissions.onRemoved.addListener(listener);
  signal.addEventListener('abort', () => {
    browser.permissions.onAdded.removeListener(listener);
    browser.permissions.onRemoved.removeListener(listener);
  });
}
