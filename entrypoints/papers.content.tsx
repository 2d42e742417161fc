// The content script of paper pages: follows which paper the tab shows and accompanies each visit.
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import type { PageVerbs } from '../src/library/api';
import { accompany } from '../src/page/companion';
import { followVisits } from '../src/page/visits';
import { answerPresence, connect, onChange } from '../src/rpc/connect';
import { hosts, recognise, siteOf } from '../src/sites';

export default defineContentScript({
  matches: hosts(),
  runAt: 'document_start',
  noScriptStartedPostMessage: true,
  main({ signal }) {
    const library = connect<PageVerbs>();
    const noteUrl = browser.runtime.getURL('/note.html');
    const visit = (page: Parameters<typeof siteOf>[0], leaving: AbortSignal) => {
      if (page.kind !== 'abs') return;
      accompany({ page, site: siteOf(page), library, onChange, noteUrl, signal: leaving });
    };
    answerPresence();
    followVisits(recognise, visit, signal);
  },
});
