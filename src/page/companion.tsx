// Accompanies one visit of a paper page: asks the library, shows the panel, and keeps the two in step.

import { artefactsIn } from '../artefacts';
import type { Change, Failure, PageVerbs, PaperView, Reading } from '../library/api';
import type { Artefact } from '../paper';
import type { Page, Place, Site } from '../sites/site';
import { nextReading } from '../ui/badge';
import { Chip } from '../ui/chip';
import { Panel, type PanelState } from '../ui/panel';
import panelCss from '../ui/panel.css?inline';
import { type Mounted, mount, onEscape } from './mount';
import { wish } from './wish';

/** Below this width a docked panel would cover the text: it starts folded. */
const ROOMY_PX = 1100;

export interface Visit {
  page: Page;
  site: Site;
  library: PageVerbs;
  /** Calls back with every change of what is kept or fetched, until the signal aborts. */
  onChange: (seen: (change: Change) => void, signal: AbortSignal) => void;
  /** URL of the note frame. `?edit` opens it for writing, the fragment names the paper. */
  noteUrl: string;
  /** URL of the frame with the related papers of the library. The fragment names the paper. */
  relatedUrl: string;
  /** Asks the browser to open the side panel, while the person's click still counts; false where it refused. */
  openSidePanel: () => Promise<boolean>;
  /** Opens the page that helps where the library cannot be opened. */
  openRecovery: () => void;
  /** Brings the script of highlights, which comes only where there is a use for it; `list` opens their list too. */
  highlights: (what: 'load' | 'list') => void;
  /** The person leaves the page. */
  signal: AbortSignal;
}

/** Chromium loads pages ahead of their being opened. Such a page is not opened yet: its id is nobody's business. */
async function activated(signal: AbortSignal): Promise<void> {
  if (!('prerendering' in document && document.prerendering)) return;
  await new Promise((resolve) =>
    document.addEventListener('prerenderingchange', resolve, { once: true, signal }),
  );
}

/**
 * Sends one `look` at once, before there is a document to show anything in; draws the panel as a skeleton as soon as
 * the page shows that it is the paper, and fills it with the answer. A page that never shows the paper gets nothing.
 * Over a PDF stands a chip instead of the panel, since nothing can stand beside it.
 * @returns what it mounted, so that tests can look into the closed root
 */
export function accompany({
  page,
  site,
  library,
  onChange,
  noteUrl,
  relatedUrl,
  openSidePanel,
  openRecovery,
  highlights,
  signal,
}: Visit): Mounted {
  const { id } = page;
  let view: PaperView | undefined;
  /** A failure of our own, the verb that met it, and how to try that again. */
  let failed: { failure: Failure; verb: keyof PageVerbs; again: () => void } | undefined;
  /** Questions to the service that are under way. */
  let asking = 0;
  /** The automatic look-up comes once a visit: a service in trouble is not asked again whenever something changes. */
  let mayRefresh = true;
  /** The browser would not open the side panel. */
  let refused = false;
  /** The person opened or closed the note here. */
  let noteOpen: boolean | undefined;
  /** The frame is drawn; it stays when the panel is folded, so that nothing in it is lost. */
  let framed = false;
  /** Which frame it is, and whether it opens for writing. A new one instead of a new address leaves no trace in the history. */
  let frame = { key: 0, query: '' };
  /** As the person folded it here, before the library knows. */
  let folding: boolean | undefined;
  /** How many papers of the library are near this one; absent while nobody asked. */
  let near: number | undefined;
  let nearOpen = false;
  let placed = false;
  let artefacts: Artefact[] = [];

  const saved = () => saving.pending() ?? view?.saved ?? false;
  const reading = () => readingState.pending() ?? view?.reading ?? 'unread';
  const cramped = (fit: Place['fit']) => fit === 'docked' && window.innerWidth < ROOMY_PX;
  const folded = (fit: Place['fit']) => folding ?? (cramped(fit) || (view?.folded ?? false));

  const refreshing = () => asking > 0 || (view?.refreshDue === true && mayRefresh);

  const state = (): PanelState => {
    if (failed) return 'error';
    if (!view || (refreshing() && !view.fetchedAt && !view.lookedUpAt)) return 'loading';
    return view.trouble ? 'offline' : 'ready';
  };

  /** A note to read, or a draft that only the frame can recover. A folded panel loads no frame. */
  const noteShown = (fit: Place['fit']) => {
    const wanting = view?.noted || (view?.editing && noteOpen === undefined);
    framed = noteOpen || (Boolean(wanting) && (framed || !folded(fit)));
    return framed;
  };

  const paper = () => {
    const read = site.read(document, page);
    // Where the document carries no metadata, what is stored says more.
    return read.title || !view?.paper
      ? read
      : { ...view.paper, ...(page.version && { version: page.version }) };
  };

  const draw = (fit: Place['fit']) => {
    if (!placed) {
      placed = true;
      queueMicrotask(() => {
        void refreshDue();
        void tellOpened();
        void askNear();
      });
    }
    if (page.kind === 'pdf') {
      return (
        <Chip
          view={view}
          state={state()}
          saved={saved()}
          reading={reading()}
          failure={failed?.failure}
          refused={refused}
          on={{ save, read, note: openNoteBeside, retry, reload, recover: openRecovery }}
        />
      );
    }
    if (artefacts.length === 0)
      artefacts = artefactsIn(paper().abstract || view?.paper?.abstract || '');
    return (
      <Panel
        paper={page}
        page={page}
        state={state()}
        view={view}
        saved={saved()}
        reading={reading()}
        folded={folded(fit)}
        docked={fit === 'docked'}
        asking={refreshing()}
        artefacts={artefacts}
        failure={failed?.failure}
        note={{
          url: `${noteUrl}${frame.query}#${id}`,
          key: frame.key,
          shown: noteShown(fit),
          open: noteOpen ?? false,
        }}
        related={{ url: `${relatedUrl}#${id}`, count: near ?? 0, open: nearOpen }}
        now={Date.now()}
        on={{
          save,
          read,
          note: toggleNote,
          lookUp: () => void ask('lookUp'),
          retry,
          reload,
          recover: openRecovery,
          fold: () => toggleFold(fit),
          highlights: () => highlights('list'),
          related: toggleNear,
        }}
      />
    );
  };

  const save = () => void saving.want(!saved());
  const read = () => void readingState.want(nextReading[reading()]);
  const retry = () => (failed ? failed.again() : void ask('lookUp'));
  const reload = () => location.reload();

  /** In the click itself: only then does the browser open the side panel. */
  const openNoteBeside = () => {
    const opening = openSidePanel();
    void beginNote();
    opening.then(
      (opened) => {
        refused = !opened;
        show();
      },
      () => {
        refused = true;
        show();
      },
    );
  };

  const show = () => {
    if (signal.aborted) return;
    mounted.host.dataset.state = state();
    mounted.redraw();
    void askNear();
  };

  /** Once, when the panel shows all that it is for. Where it fails, the panel lacks nothing that one waits for. */
  const askNear = async () => {
    if (near !== undefined || !placed || page.kind === 'pdf' || state() === 'loading') return;
    near = 0;
    near = await library.nearby(id).catch(() => 0);
    if (near) show();
  };

  const toggleNear = () => {
    nearOpen = !nearOpen;
    show();
  };

  /** Escape in the list of related papers. */
  const closeNear = (frame: HTMLIFrameElement) => {
    if (!frame.closest('.related-list')) return;
    toggleNear();
    mounted.root.querySelector<HTMLElement>('.related')?.focus();
  };

  /** One call to the library: its answer is the new view; where it fails, a sentence is shown, and `again` retries. */
  const tell = async (
    verb: keyof PageVerbs,
    call: () => Promise<PaperView | undefined>,
    again: () => void,
  ) => {
    try {
      view = (await call()) ?? view;
      // To look at what is stored mends nothing that another verb met.
      if (verb !== 'look' || failed?.verb === 'look') failed = undefined;
      return true;
    } catch (cause) {
      failed = { failure: cause as Failure, verb, again };
      return false;
    } finally {
      show();
    }
  };

  /** Asks the service: `refresh` by the person's standing choice, `lookUp` by their click. */
  const ask = async (verb: 'refresh' | 'lookUp') => {
    asking++;
    show();
    await tell(
      verb,
      () => library[verb](id).finally(() => asking--),
      () => void ask(verb),
    );
  };

  /** The automatic look-up, for a paper that is shown: not for a page that turns out to be a 404. */
  const refreshDue = async () => {
    await activated(signal);
    if (signal.aborted || !placed || !view?.refreshDue || !mayRefresh) return;
    mayRefresh = false;
    await ask('refresh');
  };

  let looking = false;
  let lookAgain = false;
  /** Looks at what is stored. Calls that come while one is under way are one more look after it. */
  const look = async () => {
    lookAgain = looking;
    if (looking) return;
    looking = true;
    await tell(
      'look',
      async () => (await library.look([id]))[0],
      () => void look(),
    );
    looking = false;
    if (signal.aborted) return;
    if (view?.highlights) load();
    await (lookAgain ? look() : refreshDue());
  };

  let loaded = false;
  const load = () => {
    if (!loaded && site.text) highlights('load');
    loaded = true;
  };

  /** Before the script of highlights is there, it is fetched for the first words that the person selects. */
  const selected = ({ isTrusted }: Event) => {
    if (isTrusted && placed && getSelection()?.isCollapsed === false) load();
  };

  const saving = wish(async (want: boolean): Promise<boolean> => {
    const store = () => (want ? library.save(paper()) : library.unsave(id));
    return tell(want ? 'save' : 'unsave', store, () => void saving.want(want));
  }, show);

  const readingState = wish(async (want: Reading): Promise<boolean> => {
    const store = () => library.setReading(paper(), want);
    return tell('setReading', store, () => void readingState.want(want));
  }, show);

  /** Remembered only where the person turned that on; nothing depends on it. */
  const tellOpened = async () => {
    await activated(signal);
    if (signal.aborted) return;
    try {
      await library.opened(paper(), {
        kind: page.kind,
        ...(page.version && { version: page.version }),
      });
    } catch {
      // The list of opened papers lacks this one; whatever else fails says so itself.
    }
  };

  const beginNote = () => tell('beginNote', () => library.beginNote(paper()), beginNote);

  const toggleNote = () => {
    noteOpen = !noteOpen;
    frame = { key: frame.key + 1, query: noteOpen ? '?edit' : '' };
    show();
    if (noteOpen) void beginNote();
  };

  /** The person went into the frame itself: it grows around them. Nothing but the window's loss of focus tells. */
  const focusLost = () => {
    if (noteOpen || !mounted.root.activeElement?.matches('.note > iframe')) return;
    noteOpen = true;
    show();
    void beginNote();
  };

  const fold = (how: boolean) =>
    tell(
      'fold',
      async () => {
        await library.fold(how);
        folding = undefined;
        return view && { ...view, folded: how };
      },
      () => void fold(how),
    );

  const toggleFold = (fit: Place['fit']) => {
    folding = !folded(fit);
    show();
    // At the edge of a narrow window folding is a matter of this page, not of all.
    if (!cramped(fit)) void fold(folding);
  };

  void look();
  const mounted = mount(draw, {
    name: 'paper-margin-panel',
    css: panelCss,
    place: () => (site.shows(document, page) ? site.place(document, page) : null),
    signal,
  });
  mounted.host.dataset.paper = id;
  mounted.host.dataset.state = state();
  onChange(({ papers, all }) => {
    if (all || papers?.includes(id)) void look();
  }, signal);
  window.addEventListener('blur', focusLost, { signal });
  onEscape(mounted.root, closeNear, signal);
  window.addEventListener('pointerup', selected, { signal, capture: true });
  window.addEventListener('keyup', selected, { signal, capture: true });
  window.addEventListener(
    'pageshow',
    (event) => {
      if (!event.persisted) return;
      mayRefresh = true;
      void look();
    },
    { signal },
  );
  return mounted;
}
