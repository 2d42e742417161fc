// The popup: the paper of the open tab, the digest of a day, week or month, and the privacy choice.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { activeFilters, noFilters } from '../digest/filters';
import type { DigestSettings, PaperView, PeriodKind, Topic } from '../library/api';
import type { PaperId } from '../paper';
import { openSidePanel } from '../toolbar/side-panel';
import { Notice, PrivacyChoice, type Said, Toast } from '../ui/controls';
import { CurrentPaper } from '../ui/current-paper';
import { FilterBar } from '../ui/filter-bar';
import { Icon } from '../ui/icon';
import { PaperSkeletons } from '../ui/paper-row';
import { PeriodHeader } from '../ui/period-header';
import {
  age,
  counted,
  number,
  passedOver,
  period,
  periodHeading,
  trouble,
  weekday,
} from '../ui/words';
import { useChoice } from './choice';
import { type Current, paperOf, refOf, useCurrent } from './current';
import { useDigestSettings } from './digest-settings';
import { useTopics } from './followed-topics';
import { type Search, useHubSearch } from './hub-search';
import { followListKeys } from './list-keys';
import { NoteOf } from './note';
import { type Group, groupId, Papers } from './papers';
import { downloadPdf } from './pdf';
import { followPeriod, type PeriodState, stateOf } from './period';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useSaving } from './saving';
import { type FollowedRows, followRows } from './seeing';
import { sentence } from './sentence';
import { Share } from './share';
import { type ShownPapers, useShown } from './shown';
import { allow, allowed, onPermission } from './tab';
import { Topics } from './topics';

interface Props {
  library: Library;
  notices: Notices;
  drafts: Drafts;
  /** The topic whose group is to be in view: its day is shown then. */
  topic?: string;
  /** The paper that is to be in view: the day on which it was on Daily Papers is shown then. */
  paper?: PaperId;
  /** Words to search Hugging Face for, as the person chose in the address bar. */
  words?: string;
}

/** Does the browser withhold our hosts? */
function useWithheld() {
  const [withheld, setWithheld] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const check = () =>
      void allowed().then(
        (yes) => setWithheld(!yes),
        () => {},
      );
    onPermission(check, gone.signal);
    check();
    return () => gone.abort();
  }, []);
  return withheld;
}

/** The day on which a paper was on Daily Papers: null where there is none, undefined until that is known. */
function useDayOf(library: Library, paper: PaperId | undefined) {
  const [day, setDay] = useState<string | null | undefined>(paper ? undefined : null);
  useEffect(() => {
    if (!paper) return;
    library.look([paper]).then(
      ([view]) => setDay(view?.trending?.day ?? null),
      () => setDay(null),
    );
  }, [library, paper]);
  return day;
}

const none: Topic[] = [];

interface Todo {
  now: number;
  retry: () => void;
  go: (at: string) => void;
  change: (part: Partial<DigestSettings>) => void;
  /** The paper that is to be in view. */
  wanted: PaperId | undefined;
}

/** One sentence about the list and at most one action. */
function PeriodNotice({
  state,
  shown,
  digest,
  now,
  retry,
  go,
  change,
  wanted,
}: Todo & { state: PeriodState; shown: ShownPapers; digest: DigestSettings }) {
  const { view, failure } = state;
  const word = stateOf(state);
  if (word === 'error') {
    return (
      <Notice tone="warn" action="Try again" onAction={retry}>
        {failure}
      </Notice>
    );
  }
  if (!view) return null;
  if (word === 'offline' && view.trouble) {
    const stored =
      view.papers.length === 0
        ? 'No list is stored yet.'
        : view.fetchedAt === undefined
          ? 'This is the stored list.'
          : `This list was fetched ${age(view.fetchedAt, now)}.`;
    return (
      <Notice tone="warn" action="Try again" onAction={retry}>
        {trouble(view.trouble.kind)} {stored}
      </Notice>
    );
  }
  if (word === 'empty') {
    return (
      <Notice action="Look again" onAction={retry}>
        {view.kind === 'trending'
          ? 'Nothing is trending now.'
          : `There are no papers ${view.kind === 'day' ? 'on' : 'in'} ${period(view.asked)}.`}
      </Notice>
    );
  }
  if (wanted && !isShown(shown, wanted) && view.papers.some(({ id }) => id === wanted)) {
    return (
      <Notice action="Clear filters" onAction={() => change(cleared(digest))}>
        Your filters hide the paper that you were notified of.
      </Notice>
    );
  }
  if (view.papers.length > 0 && shown.count === 0) {
    const hidden = activeFilters(digest.filters) === 0;
    return (
      <Notice
        action={hidden ? 'Show them' : 'Clear filters'}
        onAction={() => change(hidden ? { known: 'dim' } : cleared(digest))}
      >
        {hidden
          ? 'You have read or saved all papers of this list.'
          : 'No paper passes your filters.'}
      </Notice>
    );
  }
  if (view.papers.length > 0 && view.shown !== view.asked)
    return <Notice>{passedOver(view.asked, view.shown, now)}</Notice>;
  const { fuller } = view;
  if (fuller) {
    return (
      <Notice action={`See ${weekday(fuller)}’s`} onAction={() => go(fuller)}>
        Today’s list is still short.
      </Notice>
    );
  }
  if (digest.sort === 'fit' && view.papers.length > 0 && !view.papers.some(({ fit }) => fit))
    return <Notice>There is nothing to compare with yet. Save papers, or write notes.</Notice>;
  if (view.fromDays && view.papers.length > 0)
    return <Notice>Hugging Face has no list of this week, so its days are put together.</Notice>;
  return null;
}

const isShown = ({ groups }: ShownPapers, wanted: PaperId) =>
  groups.some(({ papers }) => papers.some(({ id }) => id === wanted));

/** All papers pass, and those that are read or saved are not hidden. */
function cleared({ known }: DigestSettings): Partial<DigestSettings> {
  return { filters: noFilters, known: known === 'hide' ? 'show' : known };
}

/** What stands above the answers of Hugging Face's search. */
function SearchNotice({
  search: { words, busy, found, failure },
  onSend,
  onBack,
}: {
  search: Search;
  onSend: () => void;
  onBack: () => void;
}) {
  const again = found ? found.trouble && 'Try again' : failure && 'Try again';
  const tone = failure || found?.trouble ? 'warn' : 'calm';
  return (
    <>
      <div class="results">
        <button type="button" class="square" title="Back to the list" onClick={onBack}>
          <Icon name="older" />
          <span class="hidden">Back to the list</span>
        </button>
        <h2>Hugging Face: {words}</h2>
        <span class="count">
          {found && !found.trouble && counted(found.papers.length, 'paper')}
        </span>
      </div>
      <div role="status">
        {busy && <Notice>Searching Hugging Face. These words were sent to huggingface.co.</Notice>}
        {found?.trouble && (
          <Notice tone={tone} {...(again && { action: again })} onAction={onSend}>
            {trouble(found.trouble.kind)}
          </Notice>
        )}
        {failure && (
          <Notice tone={tone} action="Try again" onAction={onSend}>
            {failure}
          </Notice>
        )}
        {found && !found.trouble && found.papers.length === 0 && (
          <Notice>Hugging Face finds no papers for these words.</Notice>
        )}
        {!busy && !found && !failure && (
          <Notice action="Search Hugging Face" onAction={onSend}>
            These words are sent to huggingface.co.
          </Notice>
        )}
      </div>
    </>
  );
}

function searchState({ busy, found, failure }: Search) {
  if (busy) return 'loading';
  if (failure) return 'error';
  if (!found) return 'ready';
  return found.trouble ? 'offline' : found.papers.length === 0 ? 'empty' : 'ready';
}

function countOf(state: PeriodState, shown: ShownPapers): string {
  const all = state.view?.papers.length ?? 0;
  if (all === 0) return stateOf(state) === 'loading' ? 'Loading papers' : '';
  const papers = counted(all, 'paper');
  const fresh = shown.fresh > 0 ? ` · ${number(shown.fresh)} new` : '';
  return `${shown.count < all ? `${number(shown.count)} of ${papers}` : papers}${fresh}`;
}

/** The whole popup. `data-state` on `<html>` says what the list is. */
export function Popup(props: Props) {
  const { library, notices, drafts, topic, paper, words } = props;
  const [held, setHeld] = useState<PeriodState>({ pending: true, busy: false });
  const [kind, setKind] = useState<PeriodKind>();
  const [said, setSaid] = useState<Said>();
  const [noteOf, setNoteOf] = useState<string>();
  const [rowNote, setRowNote] = useState<PaperId>();
  const [editing, setEditing] = useState(false);
  const list = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const topicsButton = useRef<HTMLButtonElement>(null);
  const followed = useMemo(() => followPeriod(library, setHeld), [library]);
  const { current, lookUp, update: updateCurrent, mend } = useCurrent({ library, notices });
  const withheld = useWithheld();
  const { choice, change: choose } = useChoice({ library, notices }, setSaid);
  const { digest, keys, answered, change } = useDigestSettings({ library, notices }, setSaid);
  const [topicless, setTopicless] = useState(false);
  const { topics: read } = useTopics(
    props,
    useCallback(() => setTopicless(true), []),
  );
  // Where they cannot be read, the list is one without groups.
  const topics = read ?? (topicless ? none : undefined);
  // No list is grouped or filtered under a person's eyes: it is shown once its topics and filters are there.
  const state = topics && answered ? held : { pending: true, busy: held.busy };
  const hub = useHubSearch(library);
  const { search } = hub;

  const updateFound = useRef(hub.update);
  updateFound.current = hub.update;
  const done = useCallback(
    (view: PaperView) => {
      followed.update(view);
      updateCurrent(view);
      updateFound.current(view);
    },
    [followed, updateCurrent],
  );
  const saving = useSaving(library, done, setSaid);
  const reading = useReading(library, done, setSaid);
  const windowId = useRef<number>(undefined);
  useEffect(() => {
    // Known before the click, in which nothing may be awaited.
    browser.windows.getCurrent().then(
      ({ id }) => {
        windowId.current = id;
      },
      () => {},
    );
  }, []);
  const beside = () =>
    void openSidePanel(windowId.current).then((opened) => {
      if (opened) close();
      else setSaid({ text: 'Open the side panel from the menu of your browser.' });
    });

  useEffect(() => {
    const gone = new AbortController();
    notices(followed.noticed, gone.signal);
    return () => gone.abort();
  }, [followed, notices]);
  const day = useDayOf(library, paper);
  // A topic tells of the papers of a day.
  const first = topic || paper ? 'day' : digest.kind;
  const prepared = answered && day !== undefined && kind === undefined;
  useEffect(() => {
    if (!prepared) return;
    setKind(first);
    followed.ask({ kind: first, ...(day && { at: day }) });
  }, [prepared, first, day, followed]);
  const proposed = useRef(false);
  useEffect(() => {
    if (!words || proposed.current) return;
    proposed.current = true;
    // A tab that is loaded again later sends nothing again.
    history.replaceState(null, '', location.pathname);
    hub.propose(words);
  }, [words, hub]);

  const { view } = state;
  const shown = useShown(view, digest, topics);
  const listWord = stateOf(state);
  const word = search
    ? searchState(search)
    : listWord === 'ready' && shown.count === 0
      ? 'empty'
      : listWord;
  useLayoutEffect(() => {
    document.documentElement.dataset.state = word;
  }, [word]);
  const searched = search?.words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [shown.of, searched]);
  const reached = useRef<'group' | 'paper'>(undefined);
  const rows = useRef<FollowedRows>(undefined);
  useEffect(() => {
    if (!list.current) return;
    const gone = new AbortController();
    const { signal } = gone;
    const followedRows = followRows(
      list.current,
      (ids) => void library.seen(ids).catch(() => {}),
      signal,
    );
    rows.current = followedRows;
    followedRows.look();
    return () => gone.abort();
  }, [library]);
  /** The paper that is to be in view is in the list: its row is waited for. */
  const expected = useRef(false);
  expected.current = paper !== undefined && isShown(shown, paper);
  const drawn = useCallback(() => {
    rows.current?.look();
    if (reached.current === 'paper') return;
    if (expected.current) {
      const row = list.current?.querySelector(`[data-paper="${paper}"]`);
      if (!row) return;
      reached.current = 'paper';
      row.scrollIntoView({ block: 'center' });
      return;
    }
    const heading = topic && !reached.current && document.getElementById(groupId({ id: topic }));
    if (!heading) return;
    reached.current = 'group';
    heading.scrollIntoView({ block: 'start' });
  }, [topic, paper]);

  const keysOn = useRef(true);
  keysOn.current = answered && keys;
  const openRowNote = useRef((_: PaperId) => {});
  openRowNote.current = (id) => {
    const listed = (search?.found ?? view)?.papers.find((one) => one.id === id);
    const next = rowNote === id ? undefined : id;
    setRowNote(next);
    if (next && listed)
      void library.beginNote(listed.paper).catch((cause) => setSaid({ text: sentence(cause) }));
  };
  useEffect(() => {
    const gone = new AbortController();
    followListKeys(
      () => keysOn.current,
      {
        rows: () => [...(list.current?.querySelectorAll<HTMLElement>('[data-paper]') ?? [])],
        save: (row) => row.querySelector<HTMLElement>('.save')?.click(),
        note: (row) => openRowNote.current(row.dataset.paper as PaperId),
        field: () => field.current,
      },
      gone.signal,
    );
    return () => gone.abort();
  }, []);

  const organizations = useMemo(() => {
    const names = view?.papers.map(({ trending }) => trending.organization);
    return [...new Set(names?.filter((name) => name !== undefined))].sort();
  }, [view?.papers]);

  const id = current?.tab.page.id;
  const openNote = (of: Current) => {
    const next = noteOf === of.tab.page.id ? undefined : of.tab.page.id;
    setNoteOf(next);
    if (next)
      void library.beginNote(paperOf(of)).catch((cause) => setSaid({ text: sentence(cause) }));
  };
  const retry = () =>
    view
      ? followed.retry()
      : followed.ask({ kind: kind ?? 'day', ...(kind === 'day' && day && { at: day }) });
  /** Back to the list, from whatever stands in its place. */
  const leave = () => {
    hub.close();
    setEditing(false);
  };
  // While another kind is read, what is shown leads nowhere.
  const step = (toward: 'older' | 'newer') => {
    const at = view?.kind === kind ? view?.[toward] : undefined;
    return at && view
      ? () => {
          leave();
          followed.ask({ kind: view.kind, at, toward });
        }
      : undefined;
  };
  const heading = view ? periodHeading(view.shown) : 'Daily Papers';
  const wantedPapers = (group: Group) => group.papers.filter(({ dismissed }) => !dismissed);
  const shared = (groups: Group[], of?: string) => () => ({
    heading: of ? `${of} · ${heading}` : heading,
    groups: groups.map((group) => ({
      ...(group.topic && !of && { name: group.topic.name }),
      papers: wantedPapers(group),
    })),
  });
  const common = {
    library,
    notices,
    drafts,
    saving,
    reading,
    noteOf: rowNote,
    onNote: setRowNote,
    done,
    say: setSaid,
    onDrawn: drawn,
  };

  return (
    <>
      <header>
        <PeriodHeader
          heading={heading}
          count={countOf(state, shown)}
          kind={kind ?? 'day'}
          busy={state.busy}
          progress={state.progress}
          older={step('older')}
          newer={step('newer')}
          onKind={(chosen) => {
            leave();
            setKind(chosen);
            change({ kind: chosen });
            followed.ask({ kind: chosen });
          }}
        >
          {view && view.papers.length > 0 && (
            <Share period={view.shown} digest={shared(shown.groups)} say={setSaid} />
          )}
        </PeriodHeader>
        <FilterBar
          digest={digest}
          active={activeFilters(digest.filters)}
          organizations={organizations}
          field={field}
          onChange={change}
          onClear={() => change(cleared(digest))}
          onSearch={(typed) => {
            hub.send(typed);
            setEditing(false);
          }}
        />
      </header>
      {current && (
        <CurrentPaper
          id={current.tab.page.id}
          view={
            current.view && {
              ...current.view,
              saved: saving.isSaved(current.view.id, current.view.saved),
              reading: reading.of(current.view.id, current.view.reading),
            }
          }
          title={current.tab.title}
          noteOpen={noteOf === id}
          fullText={current.tab.page.kind === 'pdf' || current.tab.page.kind === 'html'}
          onReading={(chosen) => reading.set(paperOf(current), chosen)}
          onDownload={() => void downloadPdf(refOf(current))}
          onSidePanel={beside}
          onSave={() =>
            saving.toggle(
              paperOf(current),
              saving.isSaved(current.tab.page.id, current.view?.saved ?? false),
            )
          }
          onNote={() => openNote(current)}
          onLookUp={() => void lookUp().catch((cause) => setSaid({ text: sentence(cause) }))}
        >
          {noteOf === id && (
            <NoteOf
              key={id}
              id={current.tab.page.id}
              writing
              library={library}
              notices={notices}
              drafts={drafts}
            />
          )}
          {current.panel === 'absent' && !withheld && (
            <Notice action="Show it here" onAction={() => void mend()}>
              This page was open before Paper Margin was installed or updated, so it has no panel.
            </Notice>
          )}
          {current.panel === 'stuck' && (
            <Notice>The browser does not allow it on this page. Reload the page.</Notice>
          )}
        </CurrentPaper>
      )}
      <main ref={list} aria-busy={state.busy || search?.busy}>
        {withheld && (
          <Notice tone="warn" action="Allow" onAction={() => void allow().catch(() => {})}>
            The browser does not let Paper Margin read arXiv and Hugging Face.
          </Notice>
        )}
        {editing ? (
          <Topics
            library={library}
            notices={notices}
            say={setSaid}
            onClose={() => {
              setEditing(false);
              topicsButton.current?.focus();
            }}
          />
        ) : search ? (
          <>
            <SearchNotice
              search={search}
              onSend={() => hub.send(search.words)}
              onBack={() => {
                hub.close();
                field.current?.focus();
              }}
            />
            {search.found && (
              <Papers
                {...common}
                name="Search results"
                of={`search ${search.words}`}
                groups={[{ papers: search.found.papers }]}
              />
            )}
          </>
        ) : (
          <>
            <PeriodNotice
              state={state}
              shown={shown}
              digest={digest}
              now={Date.now()}
              retry={retry}
              go={(at) => followed.ask({ kind: 'day', at })}
              change={change}
              wanted={paper}
            />
            {listWord === 'loading' && !view?.papers.length ? (
              <PaperSkeletons count={6} />
            ) : (
              <Papers
                {...common}
                name="Papers"
                of={shown.of}
                groups={shown.groups}
                places={shown.places}
                why={digest.sort === 'fit'}
                dim={digest.known === 'dim'}
                beside={(group) =>
                  view &&
                  group.topic && (
                    <Share
                      period={view.shown}
                      topic={group.topic.name}
                      digest={shared([group], group.topic.name)}
                      say={setSaid}
                    />
                  )
                }
              />
            )}
          </>
        )}
      </main>
      <Toast said={said} onClose={() => setSaid(undefined)} />
      <footer class="bar">
        <details>
          <summary>
            <Icon name="settings" />
            Privacy
          </summary>
          <PrivacyChoice choice={choice} onChoose={choose} />
        </details>
        <span class="pages">
          <button
            type="button"
            class="plain"
            ref={topicsButton}
            aria-expanded={editing}
            onClick={() => {
              if (list.current) list.current.scrollTop = 0;
              setEditing(!editing);
            }}
          >
            <Icon name="topic" />
            Topics
          </button>
          <a class="plain" href="library.html" target="_blank" rel="noopener">
            <Icon name="library" />
            Library
          </a>
          <a class="plain" href="options.html" target="_blank" rel="noopener">
            Settings
          </a>
        </span>
      </footer>
    </>
  );
}
