// Remembers opened PDFs where the person wants that and no script of ours runs on them: in Firefox. Others tell it themselves.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';
import { barePaper } from '../paper';
import { recognise } from '../sites';

/** Follows the tabs, in Firefox only. What is remembered, and whether, the library decides. */
export function rememberPdfs(library: Pick<Library, 'opened'>): void {
  if (!import.meta.env.FIREFOX) return;
  browser.tabs.onUpdated.addListener((_, { status }, { url }) => {
    const page = status === 'complete' && url ? recognise(url) : null;
    if (page?.kind === 'pdf') void library.opened(barePaper(page), page).catch(console.error);
  });
}
