// "Save paper" in the menu of the right mouse button: on links to papers anywhere, and on pages of papers.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';
import { recognise } from '../sites';
import type { ToolbarIcon } from './icon';
import { paperNamed } from './named';
import { saveNamed } from './save';

/**
 * Addresses of papers as match patterns, which is all that a browser takes here; `paperNamed` then reads the one that was
 * clicked. A link can be saved from a page that we may not read: its address is all that is needed.
 */
export const paperPatterns = [
  ...['abs', 'pdf', 'html', 'format', 'tb', 'ftp'].map((kind) => `*://*.arxiv.org/${kind}/*`),
  // Links of the nineties: the id stands in the query.
  '*://*.arxiv.org/abs?*',
  // Lists of Hugging Face have no dot in their addresses, ids have.
  '*://huggingface.co/papers/*.*',
  '*://hf.co/papers/*.*',
  ...['abs', 'overview', 'pdf'].map((kind) => `*://*.alphaxiv.org/${kind}/*`),
  '*://ar5iv.org/*',
  '*://doi.org/10.48550/*',
];

const onLink = 'save-link';
const onPage = 'save-page';

/** Adds the entries at install and answers them. */
export function offerMenu(parts: {
  library: Pick<Library, 'look' | 'save'>;
  icon: Pick<ToolbarIcon, 'say'>;
}): void {
  browser.runtime.onInstalled.addListener(() => {
    const add = async () => {
      // The browser keeps the entries, over an update too.
      await browser.contextMenus.removeAll();
      const title = 'Save paper';
      browser.contextMenus.create({
        id: onLink,
        title,
        contexts: ['link'],
        targetUrlPatterns: paperPatterns,
      });
      browser.contextMenus.create({
        id: onPage,
        title,
        contexts: ['page'],
        documentUrlPatterns: paperPatterns,
      });
    };
    void add().catch(console.error);
  });

  browser.contextMenus.onClicked.addListener((clicked, tab) => {
    const { menuItemId, linkUrl = '', pageUrl = '' } = clicked;
    if (menuItemId !== onLink && menuItemId !== onPage) return;
    // A PDF's viewer may name itself as the page; the tab knows better.
    const url =
      menuItemId === onLink
        ? linkUrl
        : ([tab?.url, pageUrl].find((it) => it && recognise(it)) ?? '');
    void saveNamed(paperNamed(url), tab?.id, parts);
  });
}
