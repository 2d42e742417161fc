// Accompanies one visit with highlights: paints them, and makes, changes and removes them as the person wants.
import { describe } from '../anchoring/quote';
import { spanOf } from '../anchoring/text';
import type { Change, HighlightColour, PageHighlight, PageVerbs, PaperView } from '../library/api';
import { LEAVE, type Mounted, mount, onEscape } from '../page/mount';
import { failureOf } from '../page/wish';
import type { Paper } from '../paper';
import type { Page, Site } from '../sites/site';
import type { Said } from '../ui/controls';
import { type Corner, Marking } from '../ui/marking';
import css from '../ui/marking.css?inline';
import panelCss from '../ui/panel.css?inline';
import { followAnchors } from './anchors';
import { cite } from './citation';
import { followNear } from './near';
import { isLight, paint } from './paint';

/** The most that one highlight may hold, in UTF-16 units: the library refuses more. */
const LONGEST = 10_000;

/** The pointer rests on a highlight so long, ms, before its card shows; and is away so long before it goes. */
const REST_MS = 350;

/** How long, ms, a highlight is shown that the person was led to. */
const FLASH_MS = 1600;

/** How long, ms, a sentence stays. */
const SAID_MS = 12_000;

/** What the toolbar and the card measure, CSS pixels, so that they stay in the window. */
const SIZE = { toolbar: { width: 300, height: 40 }, card: { width: 320, height: 164 }, row: 40 };

export interface HighlightVisit {
  page: Page;
  site: Site;
  library: PageVerbs;
  /** Calls back with every change of what is kept or fetched, until the signal aborts. */
  onChange: (seen: (change: Change) => void, signal: AbortSignal) => void;
  /** URL of the frame for comments: the fragment names a highlight, or with `?list` a paper. */
  frameUrl: string;
  /** A newer copy of this script has taken over. */
  onLeave: () => void;
  /** The person leaves the page. */
  signal: AbortSignal;
}

/** What others may want of a visit. */
export interface Highlights {
  mounted: Mounted;
  /** Offers the toolbar for what is selected now. */
  offer(): Promise<void>;
  /** Highlights what is selected now, in the last used colour. */
  highlight(): Promise<void>;
  openList(): void;
  /** Scrolls to a highlight and lets it flash. False where the page does not have it. */
  show(id: string): Promise<boolean>;
  /** The ids of those that the page has, once all were looked for. */
  found(): Promise<string[]>;
}

/** `pinned`: the person opened it; otherwise it goes when the pointer does. `top`: where its words were then. */
interface Card {
  id: string;
  at: Corner;
  range: Range;
  top: number;
  pinned: boolean;
  commenting?: boolean;
}

/** A highlight under the pointer: the line of it, and the stretch that has it. */
interface Hit {
  id: string;
  commented: boolean;
  box: DOMRect;
  range: Range;
}

/** A card beside words, which follows them. `tall`: it has a comment, or gets one. */
function cardAt(id: string, box: DOMRect, range: Range, tall: boolean): Omit<Card, 'pinned'> {
  const { width, height } = SIZE.card;
  const at = corner(box, { width, height: tall ? height : SIZE.row });
  return { id, at, range, top: range.getBoundingClientRect().top };
}

/** Where a card stands now: its words may have been scrolled, and the window may have become smaller. */
function placeOf({ at: { x, y }, range, top }: Card, tall: boolean): Corner {
  const height = tall ? SIZE.card.height : SIZE.row;
  const moved = range.startContainer.isConnected ? range.getBoundingClientRect().top - top : 0;
  return {
    x: Math.max(8, Math.min(x, window.innerWidth - SIZE.card.width - 8)),
    y: Math.max(8, Math.min(y + moved, window.innerHeight - height - 8)),
  };
}

/** Beside a box, below it where there is room, in the window. */
function corner(box: DOMRect, { width, height }: { width: number; height: number }): Corner {
  const below = box.bottom + 6;
  const y = below + height > window.innerHeight ? box.top - height - 6 : below;
  return {
    x: Math.max(8, Math.min(box.right - 24, window.innerWidth - width - 8)),
    y: Math.max(8, Math.min(y, window.innerHeight - height - 8)),
  };
}

/** Where a selection is on the screen: its end. */
function endOf(range: Range): DOMRect {
  return [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
}

/** Does the person type here? Then a selection is none of our business. */
function isField(element: Element | null): boolean {
  return element?.matches('input, textarea, select, [contenteditable]') === true;
}

/** What is selected in the page, if anything is. */
function selected(): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  return isField(document.activeElement) ? undefined : selection.getRangeAt(0).cloneRange();
}

export function followHighlights(visit: HighlightVisit): Highlights {
  const { page, site, library, onChange, frameUrl, signal } = visit;
  const { id } = page;
  let highlights: PageHighlight[] = [];
  let view: PaperView | undefined;
  let colour: HighlightColour = 'yellow';
  let toolbar: { range: Range; refused?: string } | undefined;
  let card: Card | undefined;
  /** A press of a button or key is on its way to the library: a second one must not make a second highlight. */
  let adding = false;
  /** What was deleted since the toast that says so came, so that its undo takes all of it back. */
  let deleted: string[] = [];
  let frame = 0;
  let said: Said | undefined;
  let listed = false;
  let flashing: string | undefined;

  const root = () => (site.shows(document, page) ? (site.text?.(document, page) ?? null) : null);

  const near = followNear(() => paintAll(), signal);

  const paintAll = () => {
    if (signal.aborted) return;
    const all = anchors.all();
    paint(
      all.flatMap(({ highlight: { colour }, text, span, ranges }) =>
        span && ranges.length > 0 ? { colour, text, span, ranges } : [],
      ),
      {
        near,
        dark: isLight(getComputedStyle(root() ?? document.body).color),
        flash: all.find(({ highlight }) => highlight.id === flashing)?.ranges ?? [],
      },
    );
  };

  const anchors = followAnchors({
    page,
    root,
    pause: () => new Promise((done) => setTimeout(done)),
    changed: paintAll,
    signal,
  });

  const draw = () => {
    const shown = card && highlights.find((one) => one.id === card?.id);
    const tall = shown?.commented || card?.commenting === true;
    return (
      <Marking
        toolbar={
          toolbar && {
            at: corner(endOf(toolbar.range), SIZE.toolbar),
            ...(toolbar.refused && { refused: toolbar.refused }),
          }
        }
        card={
          card &&
          shown && {
            at: placeOf(card, tall),
            highlight: shown,
            ...(tall && {
              frame: {
                url: `${frameUrl}#${shown.id}`,
                key: frame,
                focus: card.commenting === true,
              },
            }),
          }
        }
        said={said}
        list={listed ? { url: `${frameUrl}?list#${id}` } : undefined}
        on={{
          highlight: (chosen) => void add(chosen),
          comment: () => void add(colour, true),
          copy: () => void copy(),
          recolour: (chosen) => void recolour(chosen),
          openComment,
          remove: () => void remove(),
          closeCard: () => close(),
          closeToast: () => say(undefined),
          closeList,
        }}
      />
    );
  };

  let silence: ReturnType<typeof setTimeout> | undefined;
  const say = (what: Said | undefined) => {
    deleted = [];
    said = what;
    mounted.redraw();
    clearTimeout(silence);
    if (what) silence = setTimeout(hush, SAID_MS);
  };

  /** Not while the person is about to press something in it. */
  const hush = () => {
    if (mounted.root.querySelector('.toast:hover, .toast:focus-within')) {
      silence = setTimeout(hush, SAID_MS);
    } else say(undefined);
  };

  /** Where something fails, a sentence says so. */
  const attempt = async <Done,>(call: () => Promise<Done>): Promise<Done | undefined> => {
    try {
      return await call();
    } catch (cause) {
      if (!signal.aborted) say({ text: failureOf(cause).message });
      return undefined;
    }
  };

  const setAll = (all: PageHighlight[]) => {
    highlights = all;
    if (card && !all.some((one) => one.id === card?.id)) card = undefined;
    anchors.set(all);
    mounted.redraw();
  };

  let asked = 0;
  /** Reads what is stored. An answer to an earlier question never replaces one to a later question. */
  const refresh = async () => {
    const question = ++asked;
    const [all, views] = await Promise.all([library.highlights(id), library.look([id])]);
    if (signal.aborted || question !== asked) return;
    view = views[0];
    // The colour used last, as far as this paper tells.
    if (highlights.length === 0) colour = all.at(-1)?.colour ?? colour;
    setAll(all);
  };

  const paper = (): Paper => {
    const read = site.read(document, page);
    // Where the document carries no metadata, what is stored says more.
    return read.title || !view?.paper ? read : view.paper;
  };

  const close = () => {
    toolbar = undefined;
    card = undefined;
    mounted.redraw();
  };

  const closeList = () => {
    listed = false;
    mounted.redraw();
  };

  /** Offers the toolbar where words of the paper are selected. */
  const offer = async () => {
    const range = selected();
    const text = range && (await attempt(() => anchors.text()));
    const span = text && selected() ? spanOf(text, range) : undefined;
    toolbar = undefined;
    if (range && span) {
      card = undefined;
      toolbar = {
        range,
        ...(span.end - span.start > LONGEST && {
          refused: 'This is too long for one highlight. Select at most 10,000 characters.',
        }),
      };
    }
    mounted.redraw();
  };

  const add = async (chosen: HighlightColour, commenting = false) => {
    const range = toolbar?.range ?? selected();
    if (!range || toolbar?.refused || adding) return;
    adding = true;
    const box = endOf(range);
    await attempt(async () => {
      const text = await anchors.text();
      const described = text && describe(text, range);
      if (!described) {
        say({ text: 'No words of the paper are selected here.' });
        return;
      }
      const { start, end, ...quote } = described;
      colour = chosen;
      const twin = anchors.all().find(({ span }) => span?.start === start && span?.end === end);
      if (twin) {
        toolbar = undefined;
        getSelection()?.removeAllRanges();
        frame++;
        const { id: which, commented } = twin.highlight;
        const tall = commented || commenting;
        card = { ...cardAt(which, box, range, tall), pinned: true, commenting };
        await recolour(chosen);
        mounted.redraw();
        return;
      }
      // The version of this page, not one that was seen elsewhere.
      const { version } = site.read(document, page);
      const added = await library.addHighlight(paper(), {
        id: crypto.randomUUID(),
        ...(version && { version }),
        ...{ site: page.site, kind: page.kind, quote, colour: chosen },
        ...(start !== undefined && end !== undefined && { position: { start, end } }),
      });
      if (signal.aborted) return;
      asked++;
      view = added.view;
      toolbar = undefined;
      getSelection()?.removeAllRanges();
      const { highlight, savedNow } = added;
      if (commenting) {
        frame++;
        card = { ...cardAt(highlight.id, box, range, true), pinned: true, commenting: true };
      }
      if (savedNow) {
        const undo = async () => {
          await attempt(async () => {
            await library.removeHighlight(highlight.id);
            // Others may have been made since; then the paper is wanted.
            if ((await library.highlights(id)).length === 0) await library.unsave(id);
            say(undefined);
          });
        };
        say({ text: 'Highlighted, and saved to your library.', undo: () => void undo() });
      } else if (said) say(undefined);
      setAll([...highlights.filter((one) => one.id !== highlight.id), highlight]);
    });
    adding = false;
  };

  const copy = async () => {
    const range = toolbar?.range;
    if (!range) return;
    const text = await attempt(() => anchors.text());
    const described = text && describe(text, range);
    if (!described) return;
    const { text: plain, html } = cite(described.exact, paper());
    try {
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/plain': new Blob([plain], { type: 'text/plain' }),
          'text/html': new Blob([html], { type: 'text/html' }),
        }),
      ]);
      toolbar = undefined;
      say({ text: 'Copied with its citation.' });
    } catch {
      say({ text: 'The browser did not let us copy. Copy the selected words yourself.' });
    }
  };

  const recolour = (chosen: HighlightColour) =>
    attempt(async () => {
      if (!card) return;
      colour = chosen;
      const changed = await library.recolourHighlight(card.id, chosen);
      if (changed) setAll(highlights.map((one) => (one.id === changed.id ? changed : one)));
    });

  const openComment = () => {
    if (!card) return;
    frame++;
    card = { ...card, pinned: true, commenting: true };
    mounted.redraw();
  };

  const remove = () =>
    attempt(async () => {
      const gone = card?.id;
      if (!gone) return;
      await library.removeHighlight(gone);
      asked++;
      const all = [...deleted, gone];
      const undo = () =>
        attempt(async () => {
          for (const one of all) await library.restoreHighlight(one);
          say(undefined);
          await refresh();
        });
      const inside = mounted.root.activeElement !== null;
      say({
        text: all.length > 1 ? `${all.length} highlights deleted.` : 'Highlight deleted.',
        undo: () => void undo(),
      });
      deleted = all;
      setAll(highlights.filter((one) => one.id !== gone));
      // The button that had the focus is gone.
      if (inside) mounted.root.querySelector<HTMLElement>('.toast .link')?.focus();
    });

  /** The highlight at a place of the window, the one made last where several lie there. */
  const at = (x: number, y: number): Hit | undefined => {
    const caret = document.caretPositionFromPoint(x, y);
    if (!caret) return undefined;
    for (const { highlight, ranges } of anchors.all().toReversed()) {
      for (const range of ranges) {
        if (!range.isPointInRange(caret.offsetNode, caret.offset)) continue;
        // The nearest letter may be far away.
        const box = [...range.getClientRects()].find(
          (rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom,
        );
        if (box) return { id: highlight.id, commented: highlight.commented, box, range };
      }
    }
    return undefined;
  };

  const openCard = (hit: Hit, pinned: boolean, x: number) => {
    const place = new DOMRect(x, hit.box.top, 0, hit.box.height);
    if (card?.id !== hit.id) frame++;
    card =
      card?.id === hit.id
        ? { ...card, pinned: card.pinned || pinned }
        : { ...cardAt(hit.id, place, hit.range, hit.commented), pinned };
    mounted.redraw();
  };

  const ours = (event: Event) => event.composedPath().includes(mounted.host);

  let resting: ReturnType<typeof setTimeout> | undefined;
  const moved = (event: PointerEvent) => {
    clearTimeout(resting);
    if (!event.isTrusted || event.buttons > 0 || toolbar || anchors.all().length === 0) return;
    const { clientX: x, clientY: y } = event;
    const over = ours(event);
    resting = setTimeout(() => {
      const hit = over ? undefined : at(x, y);
      // What lies under the pointer while one reads is shown where it says more than the page does.
      const tells = highlights.some((one) => one.id === hit?.id && one.commented);
      const typing = mounted.root.activeElement?.localName === 'iframe';
      if (hit && tells && !card?.pinned) openCard(hit, false, x);
      else if (!hit && !over && card && !card.pinned && !typing) close();
    }, REST_MS);
  };

  const pressed = (event: Event) => {
    if (!event.isTrusted || ours(event)) {
      if (card && ours(event)) card.pinned = true;
      return;
    }
    if (toolbar || card) close();
  };

  const clicked = (event: MouseEvent) => {
    if (!event.isTrusted || ours(event) || selected()) return;
    if ((event.target as Element | null)?.closest?.('a[href], button, input')) return;
    const hit = at(event.clientX, event.clientY);
    if (hit) openCard(hit, true, event.clientX);
  };

  const typed = (event: KeyboardEvent) => {
    if (!event.isTrusted) return;
    if (event.key === 'Escape' && (toolbar || card)) {
      close();
      event.stopImmediatePropagation();
      return;
    }
    // The toolbar stands at the end of the document: from the selected words it is one key away.
    if (event.key !== 'Tab' || event.shiftKey || ours(event)) return;
    const first = (toolbar || card) && mounted.root.querySelector<HTMLElement>('.beside button');
    if (!first || isField(document.activeElement)) return;
    event.preventDefault();
    first.focus();
  };

  const released = (event: Event) => {
    if (!event.isTrusted || ours(event)) return;
    // A click into what was selected takes the selection back only after this event.
    setTimeout(() => {
      if (!signal.aborted && (selected() || toolbar)) void offer();
    });
  };

  const mounted = mount(draw, {
    name: 'paper-margin-selection',
    css: panelCss + css,
    place: () => root() && { element: document.body, position: 'append', fit: 'docked' },
    signal,
  });
  mounted.host.addEventListener(LEAVE, visit.onLeave, { signal });
  // A frame that goes gives the focus back to the page.
  onEscape(mounted.root, (frame) => (frame.closest('.list') ? closeList() : close()), signal);
  signal.addEventListener('abort', () => {
    clearTimeout(resting);
    clearTimeout(silence);
    paint([]);
  });
  onChange((change) => {
    if (change.all || change.highlights?.includes(id)) void attempt(refresh);
  }, signal);
  const capture = { signal, capture: true };
  window.addEventListener('pointermove', moved, { ...capture, passive: true });
  window.addEventListener('pointerdown', pressed, capture);
  window.addEventListener('pointerup', released, capture);
  window.addEventListener('click', clicked, capture);
  window.addEventListener('keydown', typed, capture);
  window.addEventListener(
    'keyup',
    (event) => {
      // Keys that move no selection would only place the toolbar anew.
      if (event.shiftKey || /^(Shift|Arrow|Home|End|Page|a$)/.test(event.key)) released(event);
    },
    capture,
  );
  window.addEventListener(
    'scroll',
    () => {
      if (card && !card.pinned) card = undefined;
      if (toolbar || card) mounted.redraw();
    },
    { ...capture, passive: true },
  );
  window.addEventListener('resize', () => (toolbar || card) && mounted.redraw(), { signal });
  // A page that turns dark says so on its root element.
  const theme = new MutationObserver(paintAll);
  theme.observe(document.documentElement, { attributes: true });
  signal.addEventListener('abort', () => theme.disconnect());
  const first = attempt(refresh);

  return {
    mounted,
    offer,
    async highlight() {
      if (selected()) await add(colour);
      else say({ text: 'Select some words of the paper first.' });
    },
    openList() {
      listed = true;
      mounted.redraw();
    },
    async show(which) {
      await first;
      await anchors.settled();
      const one = anchors.all().find(({ highlight }) => highlight.id === which);
      const [range] = one?.ranges ?? [];
      const element = range?.startContainer.parentElement;
      if (!range || !element) return false;
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      flashing = which;
      paintAll();
      setTimeout(() => {
        if (flashing !== which) return;
        flashing = undefined;
        paintAll();
      }, FLASH_MS);
      return true;
    },
    async found() {
      await first;
      await anchors.settled();
      return anchors
        .all()
        .flatMap(({ highlight, ranges }) => (ranges.length > 0 ? highlight.id : []));
    },
  };
}
