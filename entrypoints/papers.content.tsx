// The content script of pages with papers: follows what the tab shows and accompanies each visit.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { PageVerbs } from '../src/library/api';
import { showBadges } from '../src/page/badges';
import { accompany } from '../src/page/companion';
import { followVisits, keyOf } from '../src/page/visits';
import { bringHighlights, openRecovery, openSidePanel } from '../src/rpc/ask';
import { answerPresence, connect, onChange } from '../src/rpc/connect';
import { excludedHosts, hosts, recognise, recogniseList, siteOf } from '../src/sites';

export default defineContentScript({
  matches: hosts(),
  excludeMatches: excludedHosts(),
  runAt: 'document_start',
  noScriptStartedPostMessage: true,
  main({ signal }) {
    const library = connect<PageVerbs>();
    const noteUrl = browser.runtime.getURL('/note.html');
    const shared = { library, onChange, noteUrl };
    answerPresence();
    followVisits(
      recognise,
      keyOf,
      (page, leaving) => {
        if (page.kind === 'other') return;
        const relatedUrl = browser.runtime.getURL('/related.html');
        const beside = { relatedUrl, openSidePanel, openRecovery, highlights: bringHighlights };
        accompany({ page, site: siteOf(page), ...beside, ...shared, signal: leaving });
      },
      signal,
    );
    followVisits(
      recogniseList,
      ({ site, key }) => `${site} ${key}`,
      (list, leaving) => showBadges({ list, ...shared, signal: leaving }),
      signal,
    );
  },
});
