// The address bar after the keyword `pm`: finds kept papers by their words, opens any paper by its id or address, and
// offers to search Hugging Face for words that the library does not have.
import { browser } from 'wxt/browser';
import type { KeptRow, Library } from '../library/api';
import { absUrl, printPaperRef } from '../paper';
import { paperNamed } from './named';

const shown = 6;

export interface Suggestion {
  /** The address to open. */
  content: string;
  description: string;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as XML, without the signs that XML cannot say: Chrome reads descriptions as XML, and refuses others whole. */
export function asXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
      .replace(/[\0-\x1f\x7f\ufffe\uffff]+/g, ' ')
      .replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
  );
}

/** Before words that are meant for Hugging Face; what is picked stands in the address bar. */
const hub = /^hf:\s*(?=\S)/i;

/** What Enter does with the text as typed, in words. */
export function offer(text: string): string {
  if (hub.test(text)) return `Search Hugging Face for “${text.replace(hub, '').trim()}”`;
  const ref = paperNamed(text);
  if (ref) return `Open arXiv:${printPaperRef(ref)}`;
  const words = text.trim();
  return words
    ? `Search your library for “${words}”`
    : 'Type words to search your library, or paste an arXiv id or link';
}

/** The same for whatever may be typed. */
const offerAny = 'Search your library, or open an arXiv id or link';

/** Where Enter leads with the text as typed, or with the suggestion that was picked. `own` gives our page's address. */
export function destination(text: string, own: (path: string) => string): string {
  if (hub.test(text))
    return own(`/popup.html?search=${encodeURIComponent(text.replace(hub, '').trim())}`);
  const ref = paperNamed(text);
  if (ref) return absUrl(ref);
  const words = text.trim();
  return own(words ? `/library.html?q=${encodeURIComponent(words)}` : '/library.html');
}

/** A row of the library as one line: title, first author, id. */
export function suggestionOf({ id, paper }: KeptRow): Suggestion {
  const [first, ...rest] = paper.authors;
  const author = first && `${first}${rest.length > 0 ? ' et al.' : ''}`;
  return {
    content: absUrl({ id }),
    description: [paper.title, author, `arXiv:${id}`].filter(Boolean).join(' · '),
  };
}

/** The offer to search Hugging Face: nothing is sent before it is picked. */
function elsewhere(words: string): Suggestion {
  const content = `hf: ${words}`;
  return { content, description: offer(content) };
}

/** Listens to the address omnibox. Nothing is sent anywhere: only the library is asked. */
export function followOmnibox(library: Pick<Library, 'kept'>): void {
  const { omnibox, runtime, tabs } = browser;
  // Firefox shows descriptions as they are.
  const written = import.meta.env.FIREFOX ? (text: string) => text : asXml;
  const propose = (text: string) =>
    omnibox.setDefaultSuggestion({
      // Firefox shows what was said before the last key: there it has to be true of every text.
      description: written(import.meta.env.FIREFOX ? offerAny : offer(text)),
    });
  propose('');

  omnibox.onInputStarted.addListener(() => propose(''));
  omnibox.onInputChanged.addListener((text, suggest) => {
    propose(text);
    const find = async () => {
      const words = text.trim().slice(0, 500);
      const asked = words && !paperNamed(words) && !hub.test(words);
      const rows = asked ? (await library.kept(words, 0, shown)).rows : [];
      const suggestions = rows.map(suggestionOf);
      if (asked && rows.length === 0) suggestions.push(elsewhere(words));
      suggest(
        suggestions.map(({ content, description }) => ({
          content,
          description: written(description),
        })),
      );
    };
    void find().catch(console.error);
  });
  omnibox.onInputEntered.addListener((text, disposition) => {
    const url = destination(text, (path) => runtime.getURL(path as '/library.html'));
    const opened =
      disposition === 'currentTab'
        ? tabs.update({ url })
        : tabs.create({ url, active: disposition === 'newForegroundTab' });
    void opened.catch(console.error);
  });
}
