// Tells every open surface what changed: our own pages and frames, and the content scripts of our sites.
import { browser } from 'wxt/browser';
import type { Change } from '../library/api';
import type { Notice } from '../rpc/message';
import { recognise, recogniseList } from '../sites';

/** Sends `change` to all that listen. Nobody listening is the normal case, so failures are silent. */
export async function announce(change: Change): Promise<void> {
  const notice: Notice = { from: 'paper-margin', change };
  const quiet = () => {};
  browser.runtime.sendMessage(notice).catch(quiet);
  // Only tabs with papers have someone to tell, and only about papers or settings.
  if (!change.papers && !change.all) return;
  for (const tab of await browser.tabs.query({})) {
    if (tab.id !== undefined && tab.url && (recognise(tab.url) ?? recogniseList(tab.url))) {
      browser.tabs.sendMessage(tab.id, notice).catch(quiet);
    }
  }
}
