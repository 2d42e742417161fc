// The popup: the digest, the paper of the open tab, and the privacy choice.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { PaperView } from '../library/api';
import { openSidePanel } from '../toolbar/side-panel';
import { Notice, PrivacyChoice, type Said, Toast } from '../ui/controls';
import { Icon } from '../ui/icon';
import { useChoice } from './choice';
import { useCurrent } from './current';
import { Digest, type Wanted } from './digest';
import { useHubSearch } from './hub-search';
import { followPeriod, type PeriodState } from './period';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useSaving } from './saving';
import { allow, allowed, onPermission } from './tab';
import { TabPaper } from './tab-paper';

interface Props extends Wanted {
  library: Library;
  notices: Notices;
  drafts: Drafts;
  /** What else a person has to know, above the list. */
  warning?: ComponentChildren;
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

/** Opens the side panel; to be called in the click itself. Gives whether the browser did. */
function useSidePanel(): () => Promise<boolean> {
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
  return () => openSidePanel(windowId.current);
}

/** The whole popup. */
export function Popup(props: Props) {
  const { library, notices, drafts } = props;
  const [said, setSaid] = useState<Said>();
  const [held, setHeld] = useState<PeriodState>({ pending: true, busy: false });
  const [editing, setEditing] = useState(false);
  const topicsButton = useRef<HTMLButtonElement>(null);
  const followed = useMemo(() => followPeriod(library, setHeld), [library]);
  const { current, lookUp, update: updateCurrent, mend } = useCurrent({ library, notices });
  const withheld = useWithheld();
  const { choice, change: choose } = useChoice({ library, notices }, setSaid);
  const hub = useHubSearch(library);
  const sidePanel = useSidePanel();

  const updateFound = useRef(hub.update);
  updateFound.current = hub.update;
  // What is done with a paper in one place is seen in the others.
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
  const shared = { library, notices, drafts, saving, reading, say: setSaid };

  return (
    <>
      <Digest
        {...props}
        {...shared}
        held={held}
        followed={followed}
        hub={hub}
        done={done}
        editing={editing}
        setEditing={setEditing}
        topicsButton={topicsButton}
        warning={
          withheld ? (
            <Notice tone="warn" action="Allow" onAction={() => void allow().catch(() => {})}>
              The browser does not let Paper Margin read arXiv and Hugging Face.
            </Notice>
          ) : (
            props.warning
          )
        }
      >
        {current && (
          <TabPaper
            {...shared}
            current={current}
            withheld={withheld}
            lookUp={lookUp}
            mend={mend}
            onSidePanel={() =>
              void sidePanel().then((opened) => {
                if (opened) close();
                else setSaid({ text: 'Open the side panel from the menu of your browser.' });
              })
            }
          />
        )}
      </Digest>
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
            onClick={() => setEditing(!editing)}
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
