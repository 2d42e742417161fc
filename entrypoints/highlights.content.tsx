// The script of highlights: brought into a page only where there are highlights or words are selected.
import '../src/highlighting/paint.css';
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { followHighlights, type Highlights } from '../src/highlighting/visit';
import type { PageVerbs } from '../src/library/api';
import { followVisits, keyOf } from '../src/page/visits';
import { connect, onChange } from '../src/rpc/connect';
import { onHighlightWish } from '../src/rpc/highlight-wish';
import { recognise, siteOf } from '../src/sites';

export default defineContentScript({
  registration: 'runtime',
  cssInjectionMode: 'manual',
  noScriptStartedPostMessage: true,
  main({ signal }) {
    const library = connect<PageVerbs>();
    const frameUrl = browser.runtime.getURL('/highlight.html');
    const ended = new AbortController();
    const ending = AbortSignal.any([signal, ended.signal]);
    const onLeave = () => ended.abort();
    let now: Highlights | undefined;
    followVisits(
      recognise,
      keyOf,
      (page, leaving) => {
        now = undefined;
        const site = siteOf(page);
        if (!site.text || !/^(abs|html)$/.test(page.kind)) return;
        const visit = { page, site, library, onChange, frameUrl, onLeave, signal: leaving };
        now = followHighlights(visit);
      },
      ending,
    );
    onHighlightWish(() => now, ending);
  },
});
