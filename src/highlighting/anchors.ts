// Where the highlights of a paper stand in a page, and follows the page when it changes.
import { find } from '../anchoring/quote';
import { type PageText, pacer, rangesOf, readText, type Seams, type Span } from '../anchoring/text';
import type { PageHighlight } from '../library/api';
import type { Page } from '../sites/site';

/** A highlight and its place in the page; `span` is null where the page does not have its words. */
export interface Anchored {
  highlight: PageHighlight;
  /** The text in which `span` counts. */
  text: PageText;
  span: Span | null;
  ranges: Range[];
}

/** What is found is shown after so long, ms, while others are still looked for; then after twice as long, and so on. */
const SHOW_MS = 200;

/** After the page changed, so long, ms, is waited for it to come to rest; a page that takes long to read gets more. */
const REST_MS = 250;

export interface Anchors {
  /** The text of the page as it is now; null where it has none. */
  text(): Promise<PageText | null>;
  /** All of them from now on. */
  set(highlights: PageHighlight[]): void;
  /** What was found so far, oldest first. */
  all(): Anchored[];
  /** Resolves when all were looked for. */
  settled(): Promise<void>;
}

/**
 * Finds highlights in `root()`, again whenever that changes, until the signal aborts.
 * @param changed called when `all()` has changed
 */
export function followAnchors(parts: {
  page: Page;
  root: () => Element | null;
  pause: () => Promise<void>;
  changed: () => void;
  signal: AbortSignal;
}): Anchors {
  const { page, root, changed, signal } = parts;
  const seams: Seams = { pause: parts.pause, signal };
  const pace = pacer(seams);
  const anchored = new Map<string, Anchored>();
  let wanted: PageHighlight[] = [];
  let known: { text: PageText; root: Element; took: number } | undefined;
  let fresh = false;
  let work: Promise<void> | undefined;
  let again = false;

  async function text(): Promise<PageText | null> {
    const at = root();
    if (!at) return null;
    if (known && fresh && known.root === at) return known.text;
    fresh = true;
    const start = performance.now();
    const read = await readText(at, seams);
    known = { text: read, root: at, took: performance.now() - start };
    return read;
  }

  async function anchor(highlight: PageHighlight, text: PageText): Promise<Anchored> {
    const { site, kind, quote, position } = highlight;
    // An offset says something only in the same text.
    const hint = site === page.site && kind === page.kind ? position : {};
    const span = await find(text, { ...quote, ...hint }, seams);
    return { highlight, text, span, ranges: span ? rangesOf(text, span) : [] };
  }

  async function look(): Promise<void> {
    const all = wanted;
    const now = await text();
    if (!now) return;
    let shown = performance.now();
    let show = SHOW_MS;
    const found = new Map<string, Anchored>();
    for (const highlight of all) {
      // One that is found at once takes no pause of its own.
      const waiting = pace();
      if (waiting) await waiting;
      const before = anchored.get(highlight.id);
      const one = before?.text === now ? { ...before, highlight } : await anchor(highlight, now);
      found.set(highlight.id, one);
      anchored.set(highlight.id, one);
      if (performance.now() - shown < show) continue;
      changed();
      show *= 2;
      shown = performance.now();
    }
    anchored.clear();
    for (const [id, one] of found) anchored.set(id, one);
    changed();
  }

  function run(): void {
    again = true;
    work ??= (async () => {
      try {
        while (again) {
          again = false;
          await look();
        }
      } catch (cause) {
        if (!signal.aborted) throw cause;
      } finally {
        work = undefined;
      }
    })();
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver((records) => {
    const at = root();
    const touched =
      at !== (known?.root ?? null) || records.some(({ target }) => at?.contains(target));
    if (!touched) return;
    fresh = false;
    timer ??= setTimeout(
      () => {
        timer = undefined;
        if (wanted.length > 0) run();
      },
      REST_MS + 4 * (known?.took ?? 0),
    );
  });
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });

  return {
    text,
    set(highlights) {
      wanted = highlights;
      run();
    },
    all: () => [...anchored.values()],
    settled: async () => {
      await work;
    },
  };
}
