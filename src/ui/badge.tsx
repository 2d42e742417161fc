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

/** The dot in the ring of the reading state: half of it while one reads, all of it afterwards. */
const dots: Record<Reading, string> = {
  unread: '',
  reading: 'M8 4.6a3.4 3.4 0 0 0 0 6.8z',
  read: 'M8 4.6a3.4 3.4 0 0 0 0 6.8a3.4 3.4 0 0 0 0-6.8z',
};

/** The badge of a paper that nothing is known of. `fill` counts on this order. */
function Face() {
  return (
    <span class="badge">
      <button
        type="button"
        class="save"
        aria-pressed="false"
        aria-label="Save"
        title={saveTitle(false)}
      >
        <Mark name="bookmark" />
      </button>
      <button
        type="button"
        class="reading"
        data-reading="unread"
        aria-label={readingTitle('unread')}
        title={readingTitle('unread')}
      >
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <circle cx="8" cy="8" r="5.3" fill="none" stroke="currentColor" stroke-width="1.4" />
          <path d={dots.unread} fill="currentColor" />
        </svg>
      </button>
      <button type="button" class="note" aria-label="Note" title={noteTitle(false)}>
        <Mark name="note" />
      </button>
    </span>
  );
}

/** What is known of it at Hugging Face, which most papers of a long list have nothing of. */
function Trend() {
  return (
    <>
      <span class="votes">
        <Mark name="up" />
        <span aria-hidden="true" />
        <span class="hidden" />
      </span>
      <span class="rank">
        <span aria-hidden="true" />
        <span class="hidden" />
      </span>
      {/* biome-ignore lint/a11y/useValidAnchor: it gets its address with its copy */}
      <a class="code" target="_blank" rel="noopener noreferrer">
        <Mark name="code" />
        <span class="hidden">Code</span>
      </a>
    </>
  );
}

let drawn: { face: HTMLElement; trend: HTMLElement } | undefined;

/** Both, drawn once: a copy costs less. */
function templates(document: Document) {
  if (!drawn) {
    const face = document.createElement('div');
    const trend = document.createElement('div');
    render(<Face />, face);
    render(<Trend />, trend);
    drawn = { face: face.firstChild as HTMLElement, trend };
  }
  return drawn;
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
 * Makes badges for one page. Each is empty, in the room that it will take, until its state is set: what then comes
 * into it lays out nothing else of the page, however long that is.
 * @param css the style sheet of all
 * @param press a person pressed a button of this badge
 * @param loose they stand in sentences rather than in rows, and take no more room than they need
 */
export function badges(
  css: string,
  press: (badge: Badge, button: BadgeButton) => void,
  loose: boolean,
  document = globalThis.document,
): (id: string) => Badge {
  const shared = {};
  return (id) => {
    const host = document.createElement('paper-margin-badge');
    host.dataset.paper = id;
    host.toggleAttribute('data-loose', loose);
    const root = host.attachShadow({ mode: 'closed' });
    dress(root, css, shared);
    const face = templates(document).face.cloneNode(true) as HTMLElement;
    let shown: BadgeState | undefined;
    const badge: Badge = {
      host,
      root,
      set(state) {
        fill(face, shown ?? blank, state);
        if (!shown) root.append(face);
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
  const [save, reading, note] = face.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  if (now.saved !== before.saved) {
    save.setAttribute('aria-pressed', String(now.saved));
    save.title = saveTitle(now.saved);
  }
  if (now.reading !== before.reading) {
    reading.dataset.reading = now.reading;
    reading.title = readingTitle(now.reading);
    reading.setAttribute('aria-label', reading.title);
    reading.querySelector('path')?.setAttribute('d', dots[now.reading]);
  }
  if (now.noted !== before.noted) {
    note.classList.toggle('noted', now.noted);
    note.title = noteTitle(now.noted);
  }
  if (now.trending !== before.trending) {
    for (const old of face.querySelectorAll('.votes, .rank, .code')) old.remove();
    if (now.trending) note.after(...trend(face.ownerDocument, now.trending));
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

/** The marks of what is known at Hugging Face. */
function trend(document: Document, { upvotes, rank, day, code }: Trending): HTMLElement[] {
  const [votes, place, link] = templates(document).trend.cloneNode(true).childNodes as unknown as [
    HTMLElement,
    HTMLElement,
    HTMLAnchorElement,
  ];
  const marks: HTMLElement[] = [];
  if (upvotes !== undefined) {
    const words = counted(upvotes, 'upvote');
    write(votes, [number(upvotes), words]);
    votes.title = `${words} on Hugging Face`;
    marks.push(votes);
  }
  if (rank && day) {
    place.title = rankAndDay(rank, day);
    write(place, [`#${rank}`, place.title]);
    marks.push(place);
  }
  if (code && /^https?:\/\//i.test(code.url)) {
    link.href = code.url;
    link.title = code.label;
    marks.push(link);
  }
  return marks;
}

/** The texts of the `span` in `element`, in order. */
function write(element: HTMLElement, texts: string[]): void {
  const spans = element.querySelectorAll('span');
  for (const [at, text] of texts.entries()) {
    const span = spans[at];
    if (span) span.textContent = text;
  }
}
