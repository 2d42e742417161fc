// What a page asks of the background itself, not of the library.
import { browser } from 'wxt/browser';

/** Sent at once, in the click that asks for it: browsers open a side panel for nothing less. False where they refuse. */
export async function openSidePanel(): Promise<boolean> {
  const ask = { to: 'paper-margin-background', ask: 'side-panel' };
  const answer: { opened: boolean } | undefined = await browser.runtime.sendMessage(ask);
  return answer?.opened === true;
}

/** Opens the recovery page in a tab of its own, which a page of a site cannot. */
export function openRecovery(): void {
  const ask = { to: 'paper-margin-background', ask: 'recovery' };
  void (async () => browser.runtime.sendMessage(ask))().catch(() => {});
}

/** Asks for the script of highlights in this page; `list` opens their list too. */
export function bringHighlights(what: 'load' | 'list'): void {
  const ask = { to: 'paper-margin-background', ask: 'highlights', what };
  // After an update an old page has nobody to ask; its panel says so at the next thing the person does there.
  void (async () => browser.runtime.sendMessage(ask))().catch(() => {});
}
