// The badge of a row in a list: one line of marks and buttons. Drawn once and copied, since a page may have thousands.
import { render } from 'preact';
import type { Reading, Trending } from '../library/api';
import { Mark } from './icon';
import { counted, number, rankAndDay } from './words';

export interface BadgeState {
  /** As the person wants it, also while that is still being stored. */
  saved: boolean;
  reading: Reading;
  noted: boolean;
  /** Absent: nothing is known. */
  trending: Trending | undefined;
  /** What went wrong and what to do. */
  said: string | undefined;
}

/** Of a paper that nothing is known of. */
const blank: BadgeState = {
  saved: false,
  reading: 'unread',
  noted: false,
  trending: undefined,
  said: undefined,
};

/** What a badge's buttons do. */
export type BadgeButton = 'save' | 'reading' | 'note';

export interface Badge {
  host: HTMLElement;
  /** Closed to the page; only this reference leads in. */
  root: ShadowRoot;
  set(state: BadgeState): void;
  /** Keys act on this row now: a ring is drawn. */
  mark(current: boolean): void;
}

/** What comes after a state when its button is pressed. */
export const nextReading: Record<Reading, Reading> = {
  unread: 'reading',
  reading: 'read',
  read: 'unread',
};

const saveTitle = (saved: boolean) => (saved ? 'Saved in your library' : 'Save to your library');
const readingTitle = (reading: Reading) => `Reading state: ${reading}`;
const noteTitle = (noted: boolean) =>
  noted ? 'You have a note on this paper' : 'Write a note on this paper';

/** The marks of a badge in the state `blank`; those that say nothing then are hidden. `fill` counts on this order. */
function Face() {
  return (
    <span class="badge">
      <button type="button" class="save" aria-pressed="false" title={saveTitle(false)}>
        <Mark name="bookmark" />
        <span class="hidden">Save</span>
      </button>
      <button type="button" class="reading" data-reading="unread" title={readingTitle('unread')}>
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <circle cx="8" cy="8" r="5.3" fill="none" stroke="currentColor" stroke-width="1.4" />
          <path class="half" d="M8 4.6a3.4 3.4 0 0 0 0 6.8z" fill="currentColor" />
          <path class="half rest" d="M8 4.6a3.4 3.4 0 0 1 0 6.8z" fill="currentColor" />
        </svg>
        <span class="hidden">{readingTitle('unread')}</span>
      </button>
      <button type="button" class="note" title={noteTitle(false)}>
        <Mark name="note" />
        <span class="hidden">Note</span>
      </button>
      <span class="votes" hidden>
        <Mark name="up" />
        <span aria-hidden="true" />
        <span class="hidden" />
      </span>
      <span class="rank" hidden>
        <span aria-hidden="true" />
        <span class="hidden" />
      </span>
      {/* biome-ignore lint/a11y/useValidAnchor: it gets its address when there is one, and is hidden before */}
      <a class="code" target="_blank" rel="noopener noreferrer" hidden>
        <Mark name="code" />
        <span class="hidden">Code</span>
      </a>
    </span>
  );
}

let drawn: Node | undefined;

function copyOfFace(document: Document): HTMLElement {
  if (!drawn) {
    const box = document.createElement('div');
    render(<Face />, box);
    drawn = box.firstChild as Node;
  }
  return drawn.cloneNode(true) as HTMLElement;
}

/** The sheet that all badges share, or their text where the browser lets a content script share none. */
function dress(root: ShadowRoot, css: string, shared: { sheet?: CSSStyleSheet | null }): void {
  try {
    if (shared.sheet === undefined) {
      shared.sheet = new CSSStyleSheet();
      shared.sheet.replaceSync(css);
    }
    if (shared.sheet) {
      root.adoptedStyleSheets = [shared.sheet];
      return;
    }
  } catch {
    shared.sheet = null;
  }
  const style = root.ownerDocument.createElement('style');
  style.textContent = css;
  root.append(style);
}

/**
 * Makes badges for one page.
 * @param css the style sheet of all
 * @param press a person pressed a button of this badge
 */
export function badges(
  css: string,
  press: (badge: Badge, button: BadgeButton) => void,
  document = globalThis.document,
): (id: string) => Badge {
  const shared = {};
  return (id) => {
    const host = document.createElement('paper-margin-badge');
    host.dataset.paper = id;
    const root = host.attachShadow({ mode: 'closed' });
    dress(root, css, shared);
    const face = copyOfFace(document);
    root.append(face);
    let shown = blank;
    const badge: Badge = {
      host,
      root,
      set(state) {
        fill(face, shown, state);
        host.toggleAttribute('data-said', state.said !== undefined);
        shown = state;
      },
      mark: (current) => face.classList.toggle('current', current),
    };
    root.addEventListener('click', (event) => {
      const pressed = (event.target as Element).closest('button, a');
      if (!pressed) return;
      // A row may be one large link; and only what a person did counts.
      event.stopPropagation();
      if (pressed.localName === 'a' && event.isTrusted) return;
      event.preventDefault();
      if (event.isTrusted) press(badge, pressed.classList[0] as BadgeButton);
    });
    return badge;
  };
}

/** Writes what differs, and nothing else: a page may have thousands of badges. */
function fill(face: HTMLElement, before: BadgeState, now: BadgeState): void {
  const [save, state, note, votes, rank, code] = face.children as unknown as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLAnchorElement,
  ];
  if (now.saved !== before.saved) {
    save.setAttribute('aria-pressed', String(now.saved));
    save.title = saveTitle(now.saved);
  }
  if (now.reading !== before.reading) {
    state.dataset.reading = now.reading;
    state.title = readingTitle(now.reading);
    write(state, [state.title]);
  }
  if (now.noted !== before.noted) {
    note.classList.toggle('noted', now.noted);
    note.title = noteTitle(now.noted);
  }
  if (now.trending !== before.trending) {
    const { upvotes, rank: place, day, code: link } = now.trending ?? {};
    votes.hidden = upvotes === undefined;
    if (upvotes !== undefined) {
      const words = counted(upvotes, 'upvote');
      write(votes, [number(upvotes), words]);
      votes.title = `${words} on Hugging Face`;
    }
    rank.hidden = !place || !day;
    if (place && day) {
      rank.title = rankAndDay(place, day);
      write(rank, [`#${place}`, rank.title]);
    }
    code.hidden = !link || !/^https?:\/\//i.test(link.url);
    if (link && !code.hidden) {
      code.href = link.url;
      code.title = link.label;
    }
  }
  if (now.said !== before.said) {
    face.querySelector('.said')?.remove();
    if (!now.said) return;
    const sentence = face.ownerDocument.createElement('span');
    sentence.className = 'said';
    sentence.setAttribute('role', 'alert');
    sentence.textContent = now.said;
    face.append(sentence);
  }
}

/** The texts of the `span` in `element`, in order. */
function write(element: HTMLElement, texts: string[]): void {
  const spans = element.querySelectorAll('span');
  for (const [at, text] of texts.entries()) {
    const span = spans[at];
    if (span) span.textContent = text;
  }
}
