// In Chromium the extension's storage holds drafts of notes: no content script may read it.
import { browser } from 'wxt/browser';

/** Gives the storage to our own pages alone. Firefox has no such rule, and no drafts there. */
export function keepDraftsToOurselves(): void {
  void browser.storage.local
    .setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
    .catch(console.error);
}
