// The digest: the list of a day, week, month or Trending with its filters, or in its place a search or the topics.
import type { ComponentChildren, RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { beside, kindOf, presentOf } from '../calendar';
import { textFinder } from '../digest/excerpt';
import { activeFilters } from '../digest/filters';
import type { PaperView, PeriodKind, Topic } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { FilterBar } from '../ui/filter-bar';
import { PaperSkeletons } from '../ui/paper-row';
import { PeriodHeader } from '../ui/period-header';
import { counted, number, periodHeading } from '../ui/words';
import { rememberKind } from './ahead';
import { cleared, isShown, PeriodNotice, SearchNotice } from './digest-notices';
import { useDigestSettings } from './digest-settings';
import { useTopics } from './followed-topics';
import type { Search, useHubSearch } from './hub-search';
import { followListKeys } from './list-keys';
import { type Group, groupId, Papers } from './papers';
import { type FollowedPeriod, type PeriodState, stateOf } from './period';
import type { Drafts, Library, Notices } from './reach';
import type { useReading } from './reading';
import { rememberArranged, remembered, rememberView } from './remembered';
import type { useSaving } from './saving';
import { type FollowedRows, followRows } from './seeing';
import { sentence } from './sentence';
import { Share } from './share';
import { type ShownPapers, useShown } from './shown';
import { Topics } from './topics';

/** What is to be in view when it opens. */
export interface Wanted {
  /** The topic whose group is to be in view: its day is shown then. */
  topic?: string;
  /** The paper that is to be in view: the day on which it was on Daily Papers is shown then. */
  paper?: PaperId;
  /** Words to search Hugging Face for, as the person chose in the address bar. */
  words?: string;
}

interface Props extends Wanted {
  library: Library;
  notices: Notices;
  drafts: Drafts;
  held: PeriodState;
  followed: FollowedPeriod;
  hub: ReturnType<typeof useHubSearch>;
  saving: ReturnType<typeof useSaving>;
  reading: ReturnType<typeof useReading>;
  /** A newer view of a paper. */
  done: (view: PaperView) => void;
  say: (said: Said) => void;
  /** The topics stand in place of the list. */
  editing: boolean;
  setEditing: (editing: boolean) => void;
  /** What opened the topics, and has the focus again when they are closed. */
  topicsButton: RefObject<HTMLButtonElement | null>;
  /** Stands above the list, or whatever is in its place. */
  warning: ComponentChildren;
  /** Stands between the head and the list. */
  children: ComponentChildren;
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
/** Rows that were really seen are told to the library; gives what looks for new rows after they were drawn. */
function useSeen(library: Library, list: RefObject<HTMLElement | null>): () => void {
  const rows = useRef<FollowedRows>(undefined);
  useEffect(() => {
    if (!list.current) return;
    const gone = new AbortController();
    rows.current = followRows(
      list.current,
      (ids) => void library.seen(ids).catch(() => {}),
      gone.signal,
    );
    rows.current.look();
    return () => gone.abort();
  }, [library, list]);
  return useCallback(() => rows.current?.look(), []);
}

/** Head and list. `data-state` on `<html>` says what the list is. */
export function Digest(props: Props) {
  const { library, notices, drafts, topic, paper, words } = props;
  const { held, followed, hub, saving, reading, done, say, editing, setEditing } = props;
  const [kind, setKind] = useState<PeriodKind>();
  const [rowNote, setRowNote] = useState<PaperId>();
  const list = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // A list that nobody asked for is not drawn on the way to the one that somebody did.
  const [before] = useState(() => (topic || paper || words ? undefined : remembered(Date.now())));
  const { digest, keys, answered, change } = useDigestSettings(
    { library, notices },
    say,
    before?.digest,
  );
  const [topicless, setTopicless] = useState(false);
  const { topics: read } = useTopics(
    props,
    useCallback(() => setTopicless(true), []),
  );
  // Where they cannot be read, the list is one without groups.
  const topics = read ?? (topicless ? none : before?.topics);
  // No list is grouped or filtered under a person's eyes: it is shown once its topics and filters are there.
  const arranged = answered && (read || topicless) ? held : { pending: true, busy: held.busy };
  const ahead =
    arranged.pending && !arranged.view && (kind ?? before?.view.kind) === before?.view.kind;
  const state = ahead && before ? { ...arranged, view: before.view } : arranged;
  const { search } = hub;

  useEffect(() => {
    const gone = new AbortController();
    notices(followed.noticed, gone.signal);
    return () => gone.abort();
  }, [followed, notices]);
  const day = useDayOf(library, paper);
  // A topic tells of the papers of a day.
  const first = topic || paper ? 'day' : digest.kind;
  const prepared = answered && day !== undefined && kind === undefined;
  // Before the next frame: a list that is there already is drawn in it.
  useLayoutEffect(() => {
    if (!prepared) return;
    setKind(first);
    rememberKind(first);
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
  const shown = useShown(view, digest, topics, !ahead);
  const answer = arranged.pending ? undefined : arranged.view;
  // After a paint: nobody waits for it.
  useEffect(() => answer && rememberView(answer, Date.now()), [answer]);
  useEffect(() => {
    if (answered && read) rememberArranged({ digest, topics: read });
  }, [answered, digest, read]);
  const typed = digest.filters.text;
  const find = useMemo(() => textFinder(typed), [typed]);
  const listWord = stateOf(state);
  const [whole, setWhole] = useState(false);
  const word = search
    ? searchState(search)
    : listWord !== 'ready'
      ? listWord
      : shown.count === 0
        ? 'empty'
        : // A long list is drawn a screen at a time.
          whole
          ? 'ready'
          : 'loading';
  useLayoutEffect(() => {
    document.documentElement.dataset.state = word;
  }, [word]);
  const searched = search?.words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top.
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [shown.of, searched, editing]);
  const look = useSeen(library, list);
  const reached = useRef<'group' | 'paper'>(undefined);
  /** The paper that is to be in view is in the list: its row is waited for. */
  const expected = useRef(false);
  expected.current = paper !== undefined && isShown(shown, paper);
  const drawn = useCallback(() => {
    look();
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
  }, [look, topic, paper]);

  const keysOn = useRef(true);
  keysOn.current = answered && keys;
  const openRowNote = useRef((_: PaperId) => {});
  openRowNote.current = (id) => {
    const listed = (search?.found ?? view)?.papers.find((one) => one.id === id);
    const next = rowNote === id ? undefined : id;
    setRowNote(next);
    if (next && listed)
      void library.beginNote(listed.paper).catch((cause) => say({ text: sentence(cause) }));
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

  const retry = () =>
    view
      ? followed.retry()
      : followed.ask({ kind: kind ?? 'day', ...(kind === 'day' && day && { at: day }) });
  /** Back to the list, from whatever stands in its place. */
  const leave = () => {
    hub.close();
    setEditing(false);
  };
  /** Where a step leads: on from the period that was asked for last, shown or not, so that each click counts. */
  const target = (toward: 'older' | 'newer') => {
    const waiting = followed.waiting();
    if (!waiting) return view?.kind === kind ? view?.[toward] : undefined;
    const now = Date.now();
    const from = waiting.at ?? presentOf(waiting.kind, now);
    return beside(from, toward === 'older' ? -1 : 1, now);
  };
  const step = (toward: 'older' | 'newer') =>
    target(toward)
      ? () => {
          const at = target(toward);
          if (!at) return;
          leave();
          followed.ask({ kind: kindOf(at), at, toward });
        }
      : undefined;
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
    say,
    onDrawn: drawn,
  };

  return (
    <>
      <header>
        <PeriodHeader
          heading={heading}
          count={countOf(state, shown)}
          kind={kind ?? before?.view.kind ?? 'day'}
          busy={state.busy}
          progress={state.progress}
          older={step('older')}
          newer={step('newer')}
          onKind={(chosen) => {
            leave();
            setKind(chosen);
            rememberKind(chosen);
            change({ kind: chosen });
            followed.ask({ kind: chosen });
          }}
        >
          {view && view.papers.length > 0 && (
            <Share period={view.shown} digest={shared(shown.groups)} say={say} />
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
      {props.children}
      <main ref={list} aria-busy={state.busy || search?.busy}>
        {props.warning}
        {editing ? (
          <Topics
            library={library}
            notices={notices}
            say={say}
            onClose={() => {
              setEditing(false);
              props.topicsButton.current?.focus();
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
                find={find}
                dim={digest.known === 'dim'}
                onWhole={setWhole}
                beside={(group) =>
                  view &&
                  group.topic && (
                    <Share
                      period={view.shown}
                      topic={group.topic.name}
                      digest={shared([group], group.topic.name)}
                      say={say}
                    />
                  )
                }
              />
            )}
          </>
        )}
      </main>
    </>
  );
}
