// What tests of our own pages stand on: a library in memory, a browser that says what it is told, and a page to draw on.
import { render, type VNode } from 'preact';
import { act } from 'preact/test-utils';
import { type Mocked, vi } from 'vitest';
import type { PageBackups } from '../../src/backup/for-pages';
import type {
  Annotation,
  Change,
  DigestFilters,
  DigestPaper,
  DigestSettings,
  KeptRow,
  Note,
  PaperView,
  PeriodView,
  Settings,
  Topic,
} from '../../src/library/api';
import type { Files } from '../../src/library/files';
import type { PaperId } from '../../src/paper';
import type { Library, Notices } from '../../src/views/reach';

/** A made-up paper of a list. */
export function listed(id: string, more: Partial<DigestPaper> = {}): DigestPaper {
  return {
    id: id as PaperId,
    paper: {
      id: id as PaperId,
      title: `Title of ${id}`,
      authors: ['First Author', 'Second Author'],
      abstract: `Abstract of ${id}`,
    },
    trending: { keywords: [] },
    saved: false,
    noted: false,
    reading: 'unread',
    editing: false,
    known: 'yes',
    refreshDue: false,
    folded: false,
    ...more,
  };
}

export function periodView(more: Partial<PeriodView> = {}): PeriodView {
  return {
    kind: 'day',
    asked: '2026-08-21',
    shown: '2026-08-21',
    papers: [listed('2608.00001'), listed('2608.00002')],
    refreshDue: false,
    ...more,
  };
}

/** A topic; `at` makes its id. */
export function topic(name: string, at = 1, more: Partial<Topic> = {}): Topic {
  return {
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name,
    query: name,
    notice: { when: 'never' },
    createdAt: 0,
    ...more,
  };
}

export function keptRow(id: string, more: Partial<KeptRow> = {}): KeptRow {
  const { paper } = listed(id);
  return { id: id as PaperId, paper, saved: true, reading: 'unread', note: '', keptAt: 0, ...more };
}

/** A highlight with its comment; `at` makes its id. */
export function annotation(id: string, at: number, more: Partial<Annotation> = {}): Annotation {
  return {
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    paper: id as PaperId,
    version: 2,
    site: 'arxiv',
    kind: 'abs',
    quote: { exact: `Sentence ${at}`, prefix: '', suffix: '' },
    colour: 'yellow',
    createdAt: Date.parse('2026-08-19T10:00:00Z'),
    updatedAt: Date.parse('2026-08-19T10:00:00Z'),
    commented: Boolean(more.comment),
    comment: '',
    ...more,
  };
}

/** How the digest is wanted by default, and what differs. */
export function digestSettings(
  more: Partial<Omit<DigestSettings, 'filters'>> & { filters?: Partial<DigestFilters> } = {},
): DigestSettings {
  return {
    kind: 'day',
    sort: 'list',
    known: 'show',
    ...more,
    filters: {
      text: '',
      upvotes: 0,
      code: false,
      linked: false,
      organization: '',
      unread: false,
      ...more.filters,
    },
  };
}

/** The defaults, and what differs. */
export function settings(more: Partial<Settings> = {}): Settings {
  return {
    folded: false,
    keys: true,
    remember: false,
    fileName: '{title} ({id})',
    digest: digestSettings(),
    ...more,
  };
}

export function note(id: string, text = ''): Note {
  return { id: id as PaperId, text, revision: text ? 1 : 0, versions: [], saved: false };
}

const noFacets = { tags: [], states: [], years: [], categories: [], organizations: [], has: [] };

/** Files of which nothing is to be read and which are written at once; a test says what else. */
export function fakeFiles(verbs: Partial<Files> = {}) {
  const write = vi.fn<Files['write']>(async (format, ids) => ({
    name: `paper-margin.${format}`,
    file: new Blob([format]),
    papers: ids?.length ?? 9,
  }));
  const files: Files = {
    preview: async () => {
      throw new Error('no file is read here');
    },
    missing: async () => ({ asked: 0, unknown: 0 }),
    cite: async () => ({ bibtex: '', ris: '', markdown: '', html: '', text: '' }),
    ...verbs,
    write: verbs.write ?? write,
  };
  return { files, write };
}

/** Backups of which there are none; a test says what else. Each verb is a mock. */
export function fakeBackups(verbs: Partial<PageBackups> = {}) {
  const file = async () => ({ name: 'paper-margin-2026-08-19.json.gz', file: new Blob(['a']) });
  const backups = {
    view: async () => ({ backups: [], remindEvery: 30 }),
    make: async () => {},
    ...{ file, take: file },
    keepIn: async () => {},
    renew: async () => true,
    remindEvery: async () => {},
    later: async () => {},
    ...verbs,
  } satisfies PageBackups;
  const mocks = Object.entries(backups).map(([name, verb]) => [name, vi.fn(verb as () => unknown)]);
  return Object.fromEntries(mocks) as unknown as Mocked<PageBackups>;
}

/** A library whose verbs answer as told; each is a mock, to be asked what it was called with. */
export function fakeLibrary(verbs: Partial<Library> = {}) {
  const view = async (id: PaperId): Promise<PaperView> => listed(id);
  const library: Library = {
    look: async (ids) => ids.map((id) => listed(id)),
    refresh: view,
    lookUp: view,
    save: async ({ id }) => ({ ...listed(id), saved: true }),
    unsave: view,
    restore: async (id) => ({ ...listed(id), saved: true }),
    beginNote: ({ id }) => view(id),
    fold: async () => {},
    setReading: async ({ id }, reading) => ({ ...listed(id), reading }),
    opened: async () => {},
    highlights: async () => [],
    addHighlight: async () => {
      throw new Error('no page is open here');
    },
    recolourHighlight: async () => null,
    removeHighlight: async () => null,
    restoreHighlight: async () => null,
    annotations: async () => [],
    removedHighlights: async () => [],
    annotation: async () => null,
    comment: async () => null,
    adjust: async () => {},
    recentlyOpened: async () => [],
    forgetOpened: async () => {},
    period: async () => periodView(),
    refreshPeriod: async () => periodView(),
    seen: async () => {},
    dismiss: async ({ id }, dismissed) => ({ ...listed(id), ...(dismissed && { dismissed }) }),
    searchHub: async () => ({ papers: [] }),
    related: async () => [],
    topics: async () => [],
    putTopic: async (topic) => [topic],
    removeTopic: async () => [],
    restoreTopic: async () => [],
    previewTopic: async () => ({ total: 0, papers: [] }),
    nearby: async () => 0,
    note: async (id) => note(id),
    writeNote: async ({ id, text }) => note(id, text),
    endNote: async () => {},
    kept: async () => ({ total: 0, kept: 0, rows: [] }),
    keptIds: async () => [],
    facets: async () => noFacets,
    tags: async () => [],
    tagsOf: async () => [],
    tagPapers: async () => ({ added: [], removed: [] }),
    renameTag: async () => ({ added: [], removed: [] }),
    setReadings: async () => ({}),
    removePapers: async (ids) => ids,
    restorePapers: async (ids) => ids,
    bin: async () => ({ total: 0, rows: [] }),
    emptyBin: async () => {},
    importRecords: async () => ({ added: 0, changed: 0, same: 0, refused: [] }),
    settings: async () => settings(),
    choose: async () => {},
    ...verbs,
  };
  for (const verb of Object.keys(library) as (keyof Library)[]) vi.spyOn(library, verb);
  const seen = new Set<(change: Change) => void>();
  const notices: Notices = (listener, signal) => {
    seen.add(listener);
    signal.addEventListener('abort', () => seen.delete(listener));
  };
  const tell = (change: Change) =>
    rest(() => {
      for (const listener of seen) listener(change);
    });
  return { library, notices, tell };
}

/** Does `work` and waits until nothing is left to do: every answer of the fakes comes before the next task. */
export async function rest(work: () => void = () => {}): Promise<void> {
  await act(async () => {
    work();
    await new Promise((resolve) => setTimeout(resolve));
  });
}

let root: HTMLElement | undefined;

/** What the page before held is free for the next one. */
let locks: Promise<unknown>;
const navigatorLocks = {
  /** One after the other, whatever their names. happy-dom has none. */
  request: (_: string, work: () => unknown) => {
    const done = locks.then(work);
    locks = done.catch(() => {});
    return done;
  },
};
Object.defineProperty(navigator, 'locks', { value: navigatorLocks });

/** Draws `view` in place of the one before, and waits until its first answers are in. */
export async function show(view: VNode): Promise<void> {
  if (root) render(null, root);
  locks = Promise.resolve();
  document.documentElement.removeAttribute('data-state');
  root = document.createElement('div');
  document.body.replaceChildren(root);
  const page = root;
  await rest(() => render(view, page));
  await rest();
}

/** A button or link by its accessible text: what is drawn and not hidden from screen readers. */
export function named(name: string, tag = 'button', within: ParentNode = document): HTMLElement {
  const spoken = (element: Element) => {
    const label = element.getAttribute('aria-label');
    if (label) return label;
    const copy = element.cloneNode(true) as Element;
    for (const silent of copy.querySelectorAll('[aria-hidden="true"]')) silent.remove();
    return copy.textContent?.trim();
  };
  const found = [...within.querySelectorAll<HTMLElement>(tag)].find(
    (element) => spoken(element) === name,
  );
  if (!found) throw new Error(`There is no ${tag} named ${name}`);
  return found;
}

export async function press(
  name: string,
  tag = 'button',
  within: ParentNode = document,
): Promise<void> {
  const target = named(name, tag, within);
  await rest(() => target.click());
}

export async function type(field: Element | null, text: string): Promise<void> {
  const box = field as HTMLInputElement;
  await rest(() => {
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
