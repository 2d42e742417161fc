// Opens the library, serves it, and sets its alarms. Every listener is registered before the first await.
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { announce } from '../src/background/announce';
import { access, consent, followConsent } from '../src/background/consent';
import { keepDraftsToOurselves } from '../src/background/drafts';
import { schedule } from '../src/background/schedule';
import { openLibrary } from '../src/library';
import { openDatabase } from '../src/library/tables';
import { serve } from '../src/rpc/serve';
import { hosts } from '../src/sites';

export default defineBackground(() => {
  const library = openLibrary({
    db: openDatabase(),
    fetch: (...request) => fetch(...request),
    now: () => Date.now(),
    consent,
    access,
  });
  keepDraftsToOurselves();
  serve(library, hosts());
  library.onChange((change) => void announce(change));
  followConsent(library);
  schedule(() => library.refreshDue());
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install')
      void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
  });
});
