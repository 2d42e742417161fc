// Puts one view into someone else's page, in a closed shadow root, and keeps it there until the signal aborts.
import { type ComponentChild, render } from 'preact';
import type { Place } from '../sites/site';
import { CLOSE } from '../ui/note-box';

/** Names of elements of ours. */
export const OWN = /^paper-margin-/i;

/** Tells the script that owns a host to give it up: a newer copy of the script has taken over. */
export const LEAVE = 'paper-margin-leave';

/** How often a docked view looks for a column, in ms: to search a document at each of its changes would slow it down. */
const SEARCH_MS = 250;

/** A site that throws our host out this often does not want it; we do not fight on. */
const PATIENCE = 100;

export interface Mounted {
  host: HTMLElement;
  /** Closed to the page; only this reference leads in. */
  root: ShadowRoot;
  /** Draws the view again, if it stands in the page. */
  redraw(): void;
}

/** Chromium 133 and Firefox 144 move a node without reloading the frames in it. */
type Mover = Node & { moveBefore?: (node: Node, before: Node | null) => void };

/** Puts `host` into its place. */
export function put(
  host: Element,
  { element, position }: Pick<Place, 'element' | 'position'>,
): void {
  const inside = position === 'append' || position === 'prepend';
  const parent: Mover | null = inside ? element : element.parentNode;
  if (!parent) return;
  const next = {
    before: element,
    after: element.nextSibling,
    prepend: element.firstChild,
    append: null,
  }[position];
  if (host.isConnected && parent.moveBefore) parent.moveBefore(host, next);
  else parent.insertBefore(host, next);
}

/** Calls back with a frame of ours in `root` when it has no use for Escape, until the signal aborts. */
export function onEscape(
  root: ShadowRoot,
  seen: (frame: HTMLIFrameElement) => void,
  signal: AbortSignal,
): void {
  window.addEventListener(
    'message',
    ({ source, data }) => {
      if (data !== CLOSE || !source) return;
      // The page's own scripts and frames may send the same word.
      const frames = [...root.querySelectorAll('iframe')];
      const frame = frames.find(({ contentWindow }) => contentWindow === source);
      if (frame) seen(frame);
    },
    { signal },
  );
}

/**
 * Shows `view` in the page as soon as `place` names a place, puts it back whenever the site drops it, and moves it
 * from the window's edge into a column once there is one. All is gone when `signal` aborts. There is never a second
 * host: older ones, left by an earlier copy of this script, are removed first.
 * @param view what to draw, given how it stands; called only while it is in the page
 * @param options `name`: the element that the page sees of us, one of each name. `css`: the style sheet of the shadow
 * root. `place`: asked again at every change of the document.
 */
export function mount(
  view: (fit: Place['fit']) => ComponentChild,
  options: {
    name: 'paper-margin-panel' | 'paper-margin-note' | 'paper-margin-selection';
    css: string;
    place: () => Place | null;
    signal: AbortSignal;
    document?: Document;
  },
): Mounted {
  const { name, css, place, document = globalThis.document } = options;
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = css;
  const body = document.createElement('div');
  root.append(style, body);

  let fit: Place['fit'] | undefined;
  let patience = PATIENCE;
  let search: ReturnType<typeof setTimeout> | undefined;

  const redraw = () => {
    if (fit) render(view(fit), body);
  };

  const settle = () => {
    const found = place();
    if (!found || (host.isConnected && found.fit === fit) || patience-- <= 0) return;
    fit = found.fit;
    redraw();
    put(host, found);
  };

  const changed = () => {
    for (const other of document.querySelectorAll(name)) {
      if (other === host) continue;
      other.dispatchEvent(new Event(LEAVE));
      other.remove();
    }
    if (!host.isConnected) settle();
    else if (fit === 'docked') {
      search ??= setTimeout(() => {
        search = undefined;
        settle();
      }, SEARCH_MS);
    }
  };

  const observer = new MutationObserver(changed);
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    observer.disconnect();
    clearTimeout(search);
    fit = undefined;
    render(null, body);
    host.remove();
  };

  // Only what a person did counts: no script may press our buttons.
  for (const type of ['click', 'keydown', 'submit']) {
    root.addEventListener(
      type,
      (event) => {
        if (event.isTrusted) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { capture: true },
    );
  }

  if (options.signal.aborted) return { host, root, redraw };
  options.signal.addEventListener('abort', end, { signal: ended.signal });
  host.addEventListener(LEAVE, end, { signal: ended.signal });
  // What a place waits for may be the end of parsing, which changes no node.
  document.addEventListener('readystatechange', changed, { signal: ended.signal });
  observer.observe(document, { childList: true, subtree: true });
  changed();
  return { host, root, redraw };
}
