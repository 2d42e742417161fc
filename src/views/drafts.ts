// Drafts of notes: what was typed and may not be stored yet. They outlive a page that is closed right after a key.
import { browser } from 'wxt/browser';
import type { Drafts } from './reach';

/**
 * The drafts of our pages and frames, where the browser keeps what a page hands over while it goes away. In Chromium
 * that is the extension's own storage, one for all sites: it refuses `localStorage` to frames where a person blocks
 * third-party cookies. In Firefox it is `localStorage`, one for each site around a frame.
 */
export function openDrafts(): Promise<Drafts> {
  return import.meta.env.FIREFOX ? inPageStorage() : inExtensionStorage();
}

async function inPageStorage(): Promise<Drafts> {
  const trying = <Value>(work: () => Value) => {
    try {
      return work();
    } catch {
      // Full or refused: the note is written all the same, only a closing tab has no second chance.
      return undefined;
    }
  };
  return {
    getItem: (key) => trying(() => localStorage.getItem(key)) ?? null,
    setItem: (key, text) => trying(() => localStorage.setItem(key, text)),
    removeItem: (key) => trying(() => localStorage.removeItem(key)),
  };
}

async function inExtensionStorage(): Promise<Drafts> {
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
