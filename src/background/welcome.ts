// Opens the welcome page, once: at install.
import { browser } from 'wxt/browser';

/** Not at an update of the extension or the browser, which the same event tells. */
export function welcome(): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install')
      void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  });
}
