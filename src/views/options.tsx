// The options page: what is sent, which topics, which sites, which keys, how files are named, what is remembered.
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Browser, browser } from 'wxt/browser';
import type { PageBackups } from '../backup/for-pages';
import { fileName } from '../file-name';
import type { Opened, Settings } from '../library/api';
import type { Files } from '../library/files';
import { absUrl, type Paper, type PaperId } from '../paper';
import type { SiteName } from '../sites/site';
import { Notice, PrivacyChoice, type Said, Toast } from '../ui/controls';
import { Switch } from '../ui/switch';
import { age, counted } from '../ui/words';
import { Backups } from './backups';
import { useChoice } from './choice';
import { RecoveryLink } from './failure-notice';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';
import { shortcutOf } from './shortcut';
import { type OptionalSite, optionalSites, sitesOn, turnOff, turnOn } from './sites';
import { onPermission } from './tab';
import { Topics } from './topics';

type Say = (said: Said) => void;

interface Props {
  library: Library;
  notices: Notices;
}

interface PageProps extends Props {
  backups: PageBackups;
  files: Files;
}

/** What a name looks like: a paper that everybody knows. */
const example: Paper = {
  id: '1706.03762' as PaperId,
  title: 'Attention Is All You Need',
  authors: ['Ashish Vaswani', 'Noam Shazeer'],
  abstract: '',
  published: '2017-06-12',
  version: 7,
};

/** So many opened papers are listed. */
const listed = 100;

/** The settings in force, read again when they change; undefined until they were read. */
function useSettings({ library, notices }: Props, say: Say) {
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => {
    const gone = new AbortController();
    const read = () =>
      void library.settings().then(setSettings, (cause) => say({ text: sentence(cause) }));
    notices((change) => change.all && read(), gone.signal);
    read();
    return () => gone.abort();
  }, [library, notices, say]);

  const adjust = (change: Parameters<Library['adjust']>[0]) =>
    library
      .adjust(change)
      .then(() => library.settings())
      .then(setSettings)
      .catch((cause) => say({ text: sentence(cause) }));
  return { settings, adjust };
}

function Sites({ say }: { say: Say }) {
  const [on, setOn] = useState<ReadonlySet<SiteName>>(new Set());
  const read = useCallback(() => void sitesOn().then(setOn, () => {}), []);
  useEffect(() => {
    const gone = new AbortController();
    onPermission(read, gone.signal);
    read();
    return () => gone.abort();
  }, [read]);

  const turn = async (site: OptionalSite, wish: boolean) => {
    try {
      if (!wish) await turnOff(site);
      else if (!(await turnOn(site)))
        say({ text: `The browser was not allowed to show Paper Margin on ${site.label}.` });
    } catch (cause) {
      say({ text: sentence(cause) });
    }
    read();
  };
  return (
    <section aria-labelledby="sites">
      <h2 id="sites">More sites</h2>
      <p class="what">
        Paper Margin works on arXiv and Hugging Face. On these it works after you allow it, and only
        for papers that have an arXiv id. Open pages follow when they are reloaded.
      </p>
      {optionalSites.map((site) => (
        <Switch
          key={site.name}
          label={site.label}
          on={on.has(site.name)}
          onChange={(wish) => void turn(site, wish)}
        />
      ))}
    </section>
  );
}

/** In Firefox a page may change shortcuts, in Chrome only the browser's own page does. */
interface Changeable {
  update?(change: { name: string; shortcut: string }): Promise<void>;
  reset?(name: string): Promise<void>;
}
const changeable = () => browser.commands as unknown as Changeable;

const mac = /^Mac/.test(navigator.platform);

/** What the manifest's own command, which has no description, does. */
const popupCommand = 'Open the popup';

function Shortcut(props: {
  command: Browser.commands.Command;
  onChange: (shortcut: string) => void;
  onReset: () => void;
}) {
  const { description, shortcut } = props.command;
  const [waiting, setWaiting] = useState(false);
  const does = description || popupCommand;
  return (
    <li>
      <span class="does">{does}</span>
      {changeable().update ? (
        <>
          <button
            type="button"
            class="plain key"
            aria-label={`${does}: ${waiting ? 'Press the new keys' : `${shortcut || 'No key'}. Change`}`}
            onClick={() => setWaiting(true)}
            onBlur={() => setWaiting(false)}
            onKeyDown={(event) => {
              if (!waiting) return;
              // Tab leaves and Escape gives up, as everywhere.
              if (event.key === 'Escape') setWaiting(false);
              if (event.key === 'Escape' || event.key === 'Tab') return;
              event.preventDefault();
              const pressed = shortcutOf(event, mac);
              if (!pressed) return;
              setWaiting(false);
              props.onChange(pressed);
            }}
          >
            {waiting ? 'Press the new keys' : <kbd>{shortcut || 'No key'}</kbd>}
          </button>
          <button
            type="button"
            class="link"
            aria-label={`Reset the key: ${does}`}
            onClick={props.onReset}
          >
            Reset
          </button>
        </>
      ) : (
        <kbd>{shortcut || 'No key'}</kbd>
      )}
    </li>
  );
}

function Shortcuts({ say }: { say: Say }) {
  const [commands, setCommands] = useState<Browser.commands.Command[]>([]);
  const read = useCallback(() => void browser.commands.getAll().then(setCommands, () => {}), []);
  useEffect(() => {
    const gone = new AbortController();
    // In Chrome they are changed on another page.
    addEventListener('focus', read, { signal: gone.signal });
    read();
    return () => gone.abort();
  }, [read]);

  const change = async (work: Promise<void> | undefined) => {
    try {
      await work;
    } catch {
      say({ text: 'The browser does not take these keys. Try others, such as Alt+Shift+K.' });
    }
    read();
  };
  return (
    <section aria-labelledby="shortcuts">
      <h2 id="shortcuts">Shortcuts everywhere</h2>
      <p class="what">
        They work in every tab. In the address bar, <kbd>pm</kbd> and a space search your library.
      </p>
      <ul class="shortcuts" aria-label="Shortcuts">
        {commands.map((command) => (
          <Shortcut
            key={command.name}
            command={command}
            onChange={(shortcut) =>
              void change(changeable().update?.({ name: command.name ?? '', shortcut }))
            }
            onReset={() => void change(changeable().reset?.(command.name ?? ''))}
          />
        ))}
      </ul>
      {!changeable().update && (
        <button
          type="button"
          class="plain"
          onClick={() => void browser.tabs.create({ url: 'chrome://extensions/shortcuts' })}
        >
          Change shortcuts
        </button>
      )}
    </section>
  );
}

function FileNames({
  template,
  adjust,
}: {
  template: string;
  adjust: (change: { fileName: string }) => Promise<void>;
}) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? template;
  return (
    <section aria-labelledby="files">
      <h2 id="files">Names of PDF files</h2>
      <p class="what">
        For PDFs that you download through Paper Margin. Fields: <code>{'{author}'}</code>,{' '}
        <code>{'{year}'}</code>, <code>{'{title}'}</code>, <code>{'{id}'}</code>.
      </p>
      <div class="template">
        <input
          type="text"
          aria-label="File name"
          value={shown}
          maxLength={500}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget: { value } }) => {
            setTyped(value);
            void adjust({ fileName: value });
          }}
          // An emptied field goes back to the default, which is then seen.
          onBlur={() => setTyped(undefined)}
        />
        <button
          type="button"
          class="plain"
          onClick={() => {
            setTyped(undefined);
            void adjust({ fileName: '' });
          }}
        >
          Reset
        </button>
      </div>
      <p class="preview">
        <span class="muted">For example </span>
        <output aria-label="Preview">{fileName(shown, example)}</output>
      </p>
    </section>
  );
}

function Recent({
  library,
  remember,
  adjust,
  say,
}: Pick<Props, 'library'> & {
  remember: boolean;
  adjust: (change: { remember: boolean }) => Promise<void>;
  say: Say;
}) {
  const [opened, setOpened] = useState<Opened[]>([]);
  const read = useCallback(
    () => void library.recentlyOpened(listed).then(setOpened, () => {}),
    [library],
  );
  useEffect(() => {
    const gone = new AbortController();
    addEventListener('focus', read, { signal: gone.signal });
    if (remember) read();
    else setOpened([]);
    return () => gone.abort();
  }, [read, remember]);

  return (
    <section aria-labelledby="recent">
      <h2 id="recent">Recently opened</h2>
      <Switch
        label="Remember opened papers"
        on={remember}
        onChange={(on) => void adjust({ remember: on })}
      >
        For 90 days, on this machine only. Turning it off forgets them.
      </Switch>
      {remember && (
        <>
          {opened.length === 0 && <p class="muted none">No paper was opened yet.</p>}
          <ol class="recent" aria-label="Recently opened">
            {opened.map(({ id, title, openedAt }) => (
              <li key={id} data-paper={id}>
                <a href={absUrl({ id })} target="_blank" rel="noopener noreferrer">
                  {title || `arXiv:${id}`}
                </a>
                <span class="count">{age(openedAt, Date.now())}</span>
              </li>
            ))}
          </ol>
          {opened.length > 0 && (
            <button
              type="button"
              class="plain"
              onClick={() =>
                void library.forgetOpened().then(
                  () => {
                    say({ text: `Forgot ${counted(opened.length, 'opened paper')}.` });
                    read();
                  },
                  (cause) => say({ text: sentence(cause) }),
                )
              }
            >
              Forget
            </button>
          )}
        </>
      )}
    </section>
  );
}

/** The whole page. `data-state` on `<html>`: `loading` until the settings were read, then `ready`. */
export function Options({ library, notices, backups, files }: PageProps) {
  const [said, setSaid] = useState<Said>();
  const { settings, adjust } = useSettings({ library, notices }, setSaid);
  const { choice, change } = useChoice({ library, notices }, setSaid);
  const state = settings ? 'ready' : 'loading';
  useLayoutEffect(() => {
    document.documentElement.dataset.state = state;
  }, [state]);

  return (
    <>
      <header>
        <img src="/icon/48.png" width="32" height="32" alt="" />
        <h1>Paper Margin settings</h1>
        <a class="plain" href="library.html">
          Library
        </a>
      </header>
      <main aria-busy={!settings}>
        <section aria-label="Privacy">
          <PrivacyChoice choice={choice} onChoose={change} />
        </section>
        <section aria-labelledby="topics">
          <h2 id="topics">Topics</h2>
          <p class="what">
            Papers of your topics stand first in the digest. Everything is matched on this machine.
          </p>
          <Topics library={library} notices={notices} say={setSaid} />
        </section>
        <Backups {...{ backups, files, library }} say={setSaid} />
        <Sites say={setSaid} />
        <section aria-labelledby="keys">
          <h2 id="keys">Keys on lists</h2>
          <Switch
            label="Move through lists by single keys"
            on={settings?.keys ?? true}
            onChange={(keys) => void adjust({ keys })}
          >
            <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>s</kbd> save, <kbd>n</kbd> note,{' '}
            <kbd>o</kbd> open. They rest while you type.
          </Switch>
        </section>
        <Shortcuts say={setSaid} />
        {settings && <FileNames template={settings.fileName} adjust={adjust} />}
        {settings && (
          <Recent library={library} remember={settings.remember} adjust={adjust} say={setSaid} />
        )}
        {!settings && said && (
          <Notice tone="warn">
            The settings could not be read. <RecoveryLink />
          </Notice>
        )}
      </main>
      <Toast said={said} onClose={() => setSaid(undefined)} />
    </>
  );
}
