// Drafts of notes: what was typed and may not be stored yet. They outlive a page that is closed right after a key.
import { browser } from 'wxt/browser';
import type { Drafts } from './reach';

/**
 * The drafts of all our pages and frames. Not in `localStorage`: browsers keep one for a frame on each site, or refuse
 * it to frames altogether. What is handed to the extension's own storage is kept even as the page goes away.
 */
export async function openDrafts(): Promise<Drafts> {
  const { local } = browser.storage;
  const texts = new Map<string, string>();
  const take = (key: string, text: unknown) => {
    if (typeof text === 'string') texts.set(key, text);
    else texts.delete(key);
  };
  local.onChanged.addListener((changes) => {
    for (const [key, { newValue }] of Object.entries(changes)) take(key, newValue);
  });
  // Without a storage nothing is lost but the second chance.
  const nothing = () => ({});
  for (const [key, text] of Object.entries(await local.get().catch(nothing))) take(key, text);
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem(key, text) {
      texts.set(key, text);
      local.set({ [key]: text }).catch(nothing);
    },
    removeItem(key) {
      texts.delete(key);
      local.remove(key).catch(nothing);
    },
  };
}
