// Accompanies one visit of a page of many papers: a badge on each row, all of them in step with the library.
import type { Change, PageVerbs, PaperView, Reading } from '../library/api';
import type { Paper, PaperId } from '../paper';
import type { List, Row } from '../sites/site';
import { type Badge, badges as badgeMaker, nextReading } from '../ui/badge';
import badgeCss from '../ui/badge.css?inline';
import { NoteBox } from '../ui/note-box';
import panelCss from '../ui/panel.css?inline';
import { followKeys } from './keys';
import { LEAVE, mount, OWN, onEscape, put } from './mount';
import { followRows } from './rows';
import { failureOf, type Wish, wish } from './wish';

/** A site that throws a badge out this often does not want it; we do not fight on. */
const PATIENCE = 100;

export interface ListVisit {
  list: List;
  library: PageVerbs;
  /** Calls back with every change of what is kept or fetched, until the signal aborts. */
  onChange: (seen: (change: Change) => void, signal: AbortSignal) => void;
  /** URL of the note frame. `?edit` opens it for writing, the fragment names the paper. */
  noteUrl: string;
  /** The person leaves the page. */
  signal: AbortSignal;
}

/** A paper on this page, in however many rows. */
interface Known {
  view?: PaperView;
  /** The number of the question whose answer `view` is: an answer that comes late changes nothing. */
  asked: number;
  /** What is stored may have changed since. */
  stale: boolean;
  saving: Wish<boolean>;
  reading: Wish<Reading>;
  said?: string | undefined;
  rows: Set<Shown>;
}

/** A row and its badge. */
interface Shown {
  badge: Badge;
  row: Row;
  known: Known;
  patience: number;
}

function stands({ host }: Badge, { element, position }: Row['place']): boolean {
  const inside = position === 'append' || position === 'prepend';
  return host.isConnected && host.parentNode === (inside ? element : element.parentNode);
}

/**
 * Gives each row near the viewport its badge. One `look` a frame for all rows that are new; nothing is asked of any
 * service. When `signal` aborts, or a newer copy of this script comes, all badges go.
 * @returns how to get at the closed roots, for tests
 */
export function showBadges({ list, library, onChange, noteUrl, signal }: ListVisit): {
  root(host: Element): ShadowRoot | undefined;
} {
  const ended = new AbortController();
  const ending = AbortSignal.any([signal, ended.signal]);
  /** All badges by their row, also those that are empty still. */
  const seats = new Map<Element, Badge>();
  const shown = new Map<Element, Shown>();
  const papers = new Map<PaperId, Known>();
  const hosts = new Map<Element, Shown>();
  let questions = 0;
  let noteOpen: { id: PaperId; close: () => void; ready: boolean } | undefined;
  let keys = false;

  /** Badges of the same paper show the same. */
  const draw = ({ view, saving, reading, said, rows }: Known) => {
    const state = {
      saved: saving.pending() ?? view?.saved ?? false,
      reading: reading.pending() ?? view?.reading ?? 'unread',
      noted: view?.noted ?? false,
      trending: view?.trending,
      said,
    };
    for (const { badge } of rows) badge.set(state);
  };

  const heard = (known: Known, question: number, view: PaperView | undefined) => {
    if (!view || question < known.asked) return;
    known.asked = question;
    known.view = view;
  };

  const paperOf = ({ row, known }: Shown): Paper => {
    const read = row.read();
    // Where the row carries no metadata, what is stored says more.
    return read.title || !known.view?.paper ? read : known.view.paper;
  };

  /** One call to the library: its answer is the new view; where it fails, the badge says why. */
  const tell = async (known: Known, call: () => Promise<PaperView>): Promise<boolean> => {
    const question = ++questions;
    try {
      heard(known, question, await call());
      known.said = undefined;
      return true;
    } catch (cause) {
      known.said = failureOf(cause).message;
      return false;
    } finally {
      draw(known);
    }
  };

  const meet = (id: PaperId): Known => {
    const before = papers.get(id);
    if (before) return before;
    /** Any of its rows: they are about the same paper. */
    const paper = () => {
      const [one] = known.rows;
      if (!one) throw new Error('The row is gone');
      return paperOf(one);
    };
    const known: Known = {
      asked: 0,
      stale: true,
      rows: new Set(),
      saving: wish(
        (want) => tell(known, async () => (want ? library.save(paper()) : library.unsave(id))),
        () => draw(known),
      ),
      reading: wish(
        (want) => tell(known, async () => library.setReading(paper(), want)),
        () => draw(known),
      ),
    };
    papers.set(id, known);
    return known;
  };

  /** Looks at what is stored of all papers that need it: one message. */
  const look = async (ids: PaperId[]) => {
    const question = ++questions;
    const marked = (stale: boolean) => {
      for (const id of ids) {
        const known = papers.get(id);
        if (known) known.stale = stale;
      }
    };
    marked(false);
    try {
      const views = await library.look(ids);
      if (ending.aborted) return;
      views.forEach((view, at) => {
        const known = papers.get(ids[at] as PaperId);
        if (!known) return;
        heard(known, question, view);
        draw(known);
      });
    } catch {
      // Nothing is said that the person did not ask for; what they do next tells them.
      marked(true);
      for (const id of ids) {
        const known = papers.get(id);
        if (known) draw(known);
      }
    }
  };

  const wanted = new Set<PaperId>();

  const press = {
    save: ({ known }: Shown) =>
      void known.saving.want(!(known.saving.pending() ?? known.view?.saved ?? false)),
    reading: ({ known }: Shown) =>
      void known.reading.want(
        nextReading[known.reading.pending() ?? known.view?.reading ?? 'unread'],
      ),
    note: (one: Shown) => {
      const { id } = one.row.ref;
      const open = noteOpen?.id === id;
      noteOpen?.close();
      if (!open) openNote(one);
    },
  };

  const openNote = (one: Shown) => {
    const { ref } = one.row;
    const closing = new AbortController();
    const close = () => {
      closing.abort();
      noteOpen = undefined;
    };
    const opened = { id: ref.id, close, ready: false };
    noteOpen = opened;
    void tell(one.known, async () => library.beginNote(paperOf(one)));
    const signal = AbortSignal.any([ending, closing.signal]);
    const { root } = mount(
      () => (
        <NoteBox
          paper={ref}
          title={paperOf(one).title}
          url={`${noteUrl}?edit#${ref.id}`}
          onReady={() => {
            opened.ready = true;
          }}
          onClose={close}
        />
      ),
      {
        name: 'paper-margin-note',
        css: panelCss,
        place: () => ({ element: document.body, position: 'append', fit: 'docked' }),
        signal,
      },
    );
    onEscape(root, close, signal);
  };

  const makeBadge = badgeMaker(
    badgeCss,
    (badge, button) => {
      const one = hosts.get(badge.host);
      if (one) press[button](one);
    },
    !list.keys,
  );

  const take = (element: Element) => {
    seats.get(element)?.host.remove();
    seats.delete(element);
    const one = shown.get(element);
    if (!one) return;
    shown.delete(element);
    hosts.delete(one.badge.host);
    one.known.rows.delete(one);
    // Nobody keeps it in step any more; if it comes again it is looked at anew.
    if (one.known.rows.size === 0) papers.delete(one.row.ref.id);
  };

  /** Room for a badge, before anything is in it: put in while scrolling, each would lay out the page anew. */
  const reserve = (element: Element, row: Row): Badge => {
    const before = seats.get(element);
    if (before?.host.dataset.paper === row.ref.id) return before;
    take(element);
    const badge = makeBadge(row.ref.id);
    seats.set(element, badge);
    put(badge.host, row.place);
    return badge;
  };

  const give = (element: Element, row: Row): Shown => {
    const badge = reserve(element, row);
    let one = shown.get(element);
    if (!one) {
      const known = meet(row.ref.id);
      one = { badge, row, known, patience: PATIENCE };
      shown.set(element, one);
      hosts.set(badge.host, one);
      known.rows.add(one);
      // Drawn with its first answer, all at once; a key may want it before.
      if (known.view) draw(known);
    }
    one.row = row;
    if (!stands(badge, row.place) && one.patience-- > 0) put(badge.host, row.place);
    if (one.known.stale) wanted.add(row.ref.id);
    return one;
  };

  /** Badges that are not ours: copies that the site made of rows, or those of another copy of this script. */
  const clean = () => {
    const ours = new Set<Element>([...seats.values()].map(({ host }) => host));
    for (const host of document.querySelectorAll('paper-margin-badge')) {
      if (ours.has(host)) continue;
      host.dispatchEvent(new Event(LEAVE));
      host.remove();
    }
  };

  const end = () => {
    ended.abort();
    for (const element of [...seats.keys()]) take(element);
  };

  if (ending.aborted) return { root: () => undefined };
  signal.addEventListener('abort', end, { once: true });
  clean();
  // A newer copy of this script finds our badges and tells one of them.
  document.addEventListener(LEAVE, ({ target }) => hosts.has(target as Element) && end(), {
    capture: true,
    signal: ending,
  });

  const rows = followRows(
    list,
    {
      seen: reserve,
      near: give,
      gone: take,
      settled(changed) {
        if (changed) clean();
        if (wanted.size === 0) return;
        void look([...wanted]);
        wanted.clear();
      },
    },
    OWN,
    ending,
  );

  const refresh = () => {
    for (const known of papers.values()) known.stale = true;
    rows.again();
  };

  const askKeys = async () => {
    try {
      if (list.keys) keys = (await library.settings()).keys;
    } catch {
      // Without an answer there are no keys.
    }
  };

  onChange((change) => {
    if (change.all) {
      void askKeys();
      refresh();
    }
    for (const id of change.papers ?? []) if (papers.has(id)) wanted.add(id);
    if (wanted.size > 0) rows.again();
  }, ending);
  window.addEventListener('pageshow', ({ persisted }) => persisted && refresh(), {
    signal: ending,
  });

  if (list.keys) {
    void askKeys();
    const act = (element: Element, button: keyof typeof press) => {
      const one = shown.get(element);
      if (one) press[button](one);
    };
    followKeys(
      () => keys,
      {
        elements: rows.elements,
        reach(element) {
          const row = list.row(element);
          if (!row) return false;
          const { badge } = give(element, row);
          rows.again();
          badge.mark(true);
          badge.host.scrollIntoView({ block: 'nearest', behavior: 'instant' });
          return true;
        },
        opening: () => noteOpen?.ready === false,
        leave: (element) => shown.get(element)?.badge.mark(false),
        save: (element) => act(element, 'save'),
        note: (element) => act(element, 'note'),
        open(element) {
          const href = shown.get(element)?.row.href;
          if (href && /^https?:/.test(href)) location.assign(href);
        },
        close() {
          const open = noteOpen;
          open?.close();
          return open !== undefined;
        },
      },
      ending,
    );
  }
  return { root: (host) => hosts.get(host)?.badge.root };
}
