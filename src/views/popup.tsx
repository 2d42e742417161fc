// The popup: the paper of the open tab, a day of Daily Papers, and the privacy choice.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { DayView, PaperView } from '../library/api';
import { openSidePanel } from '../toolbar/side-panel';
import { Notice, PrivacyChoice, type Said, Toast } from '../ui/controls';
import { CurrentPaper } from '../ui/current-paper';
import { Icon } from '../ui/icon';
import { PaperRow, PaperSkeletons } from '../ui/paper-row';
import { age, counted, dayOfWeek, passedOver, trouble } from '../ui/words';
import { Abstract } from './abstract';
import { useChoice } from './choice';
import { type Current, paperOf, refOf, useCurrent } from './current';
import { type DayState, followDay, stateOf } from './day';
import { NoteOf } from './note';
import { downloadPdf } from './pdf';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useSaving } from './saving';
import { sentence } from './sentence';
import { allow, allowed, onPermission } from './tab';

interface Props {
  library: Library;
  notices: Notices;
  drafts: Drafts;
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

function Header({
  view,
  busy,
  onDay,
}: {
  view: DayView | undefined;
  busy: boolean;
  onDay: (go: 'older' | 'newer') => void;
}) {
  const empty = !view || view.papers.length === 0;
  return (
    <header class="bar">
      <div class="what">
        <h1>{view ? dayOfWeek(view.day) : 'Daily Papers'}</h1>
        <span class="count">{empty ? '' : counted(view.papers.length, 'paper')}</span>
      </div>
      <button
        type="button"
        class="square"
        title="Previous day"
        disabled={!view?.older}
        onClick={() => onDay('older')}
      >
        <Icon name="older" />
        <span class="hidden">Previous day</span>
      </button>
      <button
        type="button"
        class="square"
        title="Next day"
        disabled={!view?.newer}
        onClick={() => onDay('newer')}
      >
        <Icon name="newer" />
        <span class="hidden">Next day</span>
      </button>
      {busy && <div class="progress" />}
    </header>
  );
}

/** One sentence about the day and at most one action: another day is shown, or the service gave no answer. */
function DayNotice({ state, now, onRetry }: { state: DayState; now: number; onRetry: () => void }) {
  const { view, failure } = state;
  const word = stateOf(state);
  if (word === 'error') {
    return (
      <Notice tone="warn" action="Try again" onAction={onRetry}>
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
      <Notice tone="warn" action="Try again" onAction={onRetry}>
        {trouble(view.trouble.kind)} {stored}
      </Notice>
    );
  }
  if (word === 'empty') {
    return (
      <Notice action="Look again" onAction={onRetry}>
        There are no papers on {dayOfWeek(view.asked)}.
      </Notice>
    );
  }
  if (view.papers.length > 0 && view.day !== view.asked)
    return <Notice>{passedOver(view.asked, view.day, now)}</Notice>;
  return null;
}

/** The whole popup. `data-state` on `<html>` says what the list is. */
export function Popup({ library, notices, drafts }: Props) {
  const [state, setState] = useState<DayState>({ pending: true, busy: false });
  const [said, setSaid] = useState<Said>();
  const [noteOf, setNoteOf] = useState<string>();
  const list = useRef<HTMLElement>(null);
  const day = useMemo(() => followDay(library, setState), [library]);
  const { current, lookUp, update: updateCurrent, mend } = useCurrent({ library, notices });
  const withheld = useWithheld();
  const { choice, change } = useChoice({ library, notices }, setSaid);

  const done = useCallback(
    (view: PaperView) => {
      day.update(view);
      updateCurrent(view);
    },
    [day, updateCurrent],
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
    notices(day.noticed, gone.signal);
    day.ask({});
    return () => gone.abort();
  }, [day, notices]);

  const word = stateOf(state);
  useLayoutEffect(() => {
    document.documentElement.dataset.state = word;
  }, [word]);
  const shownDay = state.view?.day;
  useLayoutEffect(() => {
    if (shownDay && list.current) list.current.scrollTop = 0;
  }, [shownDay]);

  const { view } = state;
  const id = current?.tab.page.id;
  const openNote = (of: Current) => {
    const next = noteOf === of.tab.page.id ? undefined : of.tab.page.id;
    setNoteOf(next);
    if (next)
      void library.beginNote(paperOf(of)).catch((cause) => setSaid({ text: sentence(cause) }));
  };
  const retry = () => (view ? day.retry() : day.ask({}));

  return (
    <>
      <Header
        view={view}
        busy={state.busy}
        onDay={(go) => {
          const to = view?.[go];
          if (to) day.ask({ day: to, toward: go });
        }}
      />
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
      <main ref={list} aria-busy={state.busy}>
        {withheld && (
          <Notice tone="warn" action="Allow" onAction={() => void allow().catch(() => {})}>
            The browser does not let Paper Margin read arXiv and Hugging Face.
          </Notice>
        )}
        <DayNotice state={state} now={Date.now()} onRetry={retry} />
        {word === 'loading' && !view?.papers.length ? (
          <>
            <p class="hidden" role="status">
              Loading papers
            </p>
            <PaperSkeletons count={6} />
          </>
        ) : (
          <ol class="papers" aria-label="Papers">
            {view?.papers.map((listed, index) => {
              const saved = saving.isSaved(listed.id, listed.saved);
              return (
                <PaperRow
                  key={listed.id}
                  place={index + 1}
                  listed={{ ...listed, saved, reading: reading.of(listed.id, listed.reading) }}
                  onSave={() => saving.toggle(listed.paper, saved)}
                  onReading={(chosen) => reading.set(listed.paper, chosen)}
                >
                  <Abstract
                    id={listed.id}
                    text={listed.paper.abstract}
                    highlighted={Boolean(listed.highlights)}
                    {...{ library, notices }}
                  />
                </PaperRow>
              );
            })}
          </ol>
        )}
      </main>
      <Toast said={said} onClose={() => setSaid(undefined)} />
      <footer class="bar">
        <details>
          <summary>
            <Icon name="settings" />
            Privacy
          </summary>
          <PrivacyChoice choice={choice} onChoose={change} />
        </details>
        <span class="pages">
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
