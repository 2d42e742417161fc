// The extension's storage holds drafts of notes: no content script may read it, where the browser can forbid that.
import { browser } from 'wxt/browser';

/** Chromium gives the storage to our own pages alone after this. Firefox has no such rule. */
export function keepDraftsToOurselves(): void {
  void browser.storage.local
    .setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
    .catch(console.error);
}
