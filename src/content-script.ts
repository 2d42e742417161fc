// How long a content script lives: until a newer copy of it starts in the same page.
import { browser } from 'wxt/browser';

/**
 * Stands in for the class of that name in WXT, of which our scripts use nothing but `signal`: it is a kilobyte less in
 * every page. WXT's own start of a content script makes one and hands it to `main`.
 */
export class ContentScriptContext {
  #ended = new AbortController();

  /** @param name the script's entrypoint; each ends older copies of itself alone */
  constructor(name: string) {
    const started = `${browser.runtime.id}:${name}`;
    document.dispatchEvent(new Event(started));
    document.addEventListener(started, () => this.#ended.abort(), { once: true });
  }

  /** Aborts when a newer copy has taken over. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }
}
