// Backups in the settings: the last one, all that are kept, and where else they go; and whether the browser keeps the library.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { BackupRow, BackupsView, PageBackups } from '../backup/for-pages';
import type { Folder } from '../backup/store';
import type { Files } from '../library/files';
import { Notice, type Said } from '../ui/controls';
import { age, counted, localDay, localMoment, size } from '../ui/words';
import { download } from './file';
import { RestoreFrom } from './import-dialog';
import type { Library } from './reach';
import { sentence } from './sentence';

interface Props {
  backups: PageBackups;
  files: Files;
  library: Pick<Library, 'importRecords'>;
  say: (said: Said) => void;
}

/** Chromium's; other browsers let no page write into a folder. */
interface FolderPicker {
  showDirectoryPicker?(options: { id: string; mode: 'readwrite' }): Promise<Folder>;
}

const reminders: [days: number, name: string][] = [
  [7, 'Every week'],
  [30, 'Every 30 days'],
  [90, 'Every 90 days'],
  [0, 'Never'],
];

/** What a backup has: `230 papers, 1 note, 12 highlights`. */
export function countsOf({ counts: { papers, notes, highlights } }: Pick<BackupRow, 'counts'>) {
  return [
    counted(papers, 'paper'),
    notes > 0 && counted(notes, 'note'),
    highlights > 0 && counted(highlights, 'highlight'),
  ]
    .filter(Boolean)
    .join(', ');
}

/** One backup, and what can be done with it. */
export function BackupLine({
  backup,
  busy,
  onRestore,
  onDownload,
}: {
  backup: BackupRow;
  busy: boolean;
  /** Absent: there is no library to restore it into. */
  onRestore?: (() => void) | undefined;
  onDownload: () => void;
}) {
  const when = localMoment(backup.at);
  return (
    <li>
      <span class="body">
        <span>{when}</span>
        <span class="muted">
          {countsOf(backup)}
          {backup.earlier && ' · of an earlier library'}
        </span>
      </span>
      {onRestore && (
        <button
          type="button"
          class="plain"
          aria-label={`Restore… the backup of ${when}`}
          aria-haspopup="dialog"
          onClick={onRestore}
        >
          Restore…
        </button>
      )}
      <button
        type="button"
        class="plain"
        aria-label={`Download the backup of ${when}`}
        aria-disabled={busy}
        onClick={onDownload}
      >
        Download
      </button>
    </li>
  );
}

/** What is known of backups, and the ways to do something with them. `view` is undefined until it was read. */
export function useBackups(backups: PageBackups, say: (said: Said) => void) {
  const [view, setView] = useState<BackupsView>();
  const [failure, setFailure] = useState<string>();
  const [doing, setDoing] = useState('');
  const read = useCallback(
    () =>
      backups.view().then(
        (now) => {
          setView(now);
          setFailure(undefined);
          return now;
        },
        () => {
          setFailure('The backups could not be read. Restart the browser, then try again.');
          return undefined;
        },
      ),
    [backups],
  );
  useEffect(() => {
    const gone = new AbortController();
    addEventListener('focus', () => void read(), { signal: gone.signal });
    void read();
    return () => gone.abort();
  }, [read]);

  const busy = useRef(false);

  /** One thing at a time; what it gives is said. Buttons stay where the focus is, and wait. */
  const act = async (what: string, work: () => Promise<string | undefined>) => {
    if (busy.current) return;
    busy.current = true;
    setDoing(what);
    try {
      const text = await work();
      if (text) say({ text });
    } catch (cause) {
      say({ text: sentence(cause) });
    }
    await read();
    busy.current = false;
    setDoing('');
  };
  const take = (number?: number) =>
    act('take', async () => {
      const { name, file } = await backups.take(number);
      download(name, file, file.type);
      return `${name} is in your downloads.`;
    });
  return { view, failure, doing, act, read, take };
}

/** Copies outside the browser: a folder where the browser can write into one, and else a reminder. */
function Outside({
  view,
  backups,
  doing,
  act,
}: {
  view: BackupsView;
  backups: PageBackups;
  doing: string;
  act: (what: string, work: () => Promise<string | undefined>) => Promise<void>;
}) {
  const { showDirectoryPicker } = globalThis as unknown as FolderPicker;
  const { folder, downloadedAt } = view;
  const choose = () =>
    act('folder', async () => {
      let chosen: Folder;
      try {
        // At once: the browser asks only in the click itself.
        chosen = await (showDirectoryPicker as NonNullable<FolderPicker['showDirectoryPicker']>)({
          id: 'backups',
          mode: 'readwrite',
        });
      } catch (cause) {
        if ((cause as Error).name === 'AbortError') return undefined;
        throw new Error(
          'The browser does not let Paper Margin write there. Choose another folder.',
        );
      }
      await backups.keepIn(chosen);
      return `Backups are written into ${chosen.name} from now on.`;
    });
  return (
    <>
      <h3 id="outside">Outside the browser</h3>
      <p class="what">
        A copy on your disk is there even if the browser loses its data. A file that you downloaded
        comes back by Import in the library.
      </p>
      {folder && (
        <p class={folder.granted ? undefined : 'trouble'}>
          {folder.granted
            ? `Each new backup is also written into your folder “${folder.name}”.`
            : `The browser no longer lets Paper Margin write into your folder “${folder.name}”.`}
          {folder.writtenAt !== undefined &&
            ` The last one there is of ${localDay(folder.writtenAt)}.`}
        </p>
      )}
      <div class="acts">
        {folder && !folder.granted && (
          <button
            type="button"
            class="plain"
            aria-disabled={doing !== ''}
            onClick={() =>
              void act('renew', async () => {
                if (await backups.renew()) return 'Backups go into your folder again.';
                throw new Error('The browser was not allowed to write into the folder.');
              })
            }
          >
            Allow again
          </button>
        )}
        {showDirectoryPicker && (
          <button
            type="button"
            class="plain"
            aria-disabled={doing !== ''}
            onClick={() => void choose()}
          >
            {folder ? 'Choose another folder…' : 'Choose a folder…'}
          </button>
        )}
        {folder && (
          <button
            type="button"
            class="plain"
            aria-disabled={doing !== ''}
            onClick={() =>
              void act('folder', async () => {
                await backups.keepIn(undefined);
                return 'No more backups go into the folder. The files in it stay.';
              })
            }
          >
            Stop using it
          </button>
        )}
      </div>
      {!folder && (
        <label class="remind">
          <span>Remind me to download a backup</span>
          <select
            value={String(view.remindEvery)}
            onChange={({ currentTarget }) => {
              const days = Number(currentTarget.value);
              void act('remind', async () => {
                await backups.remindEvery(days);
                return undefined;
              });
            }}
          >
            {reminders.map(([days, name]) => (
              <option key={days} value={days}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {!folder && downloadedAt !== undefined && (
        <p class="what">You downloaded the last one {age(downloadedAt, Date.now())}.</p>
      )}
    </>
  );
}

/** How much is stored, and whether the browser may throw it away by itself. */
function StorageUse() {
  const [used, setUsed] = useState<number>();
  const [kept, setKept] = useState<boolean>();
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const { storage } = navigator;
    storage?.estimate().then(
      ({ usage }) => setUsed(usage),
      () => {},
    );
    storage?.persisted().then(setKept, () => {});
  }, []);
  const persist = () =>
    void navigator.storage.persist().then(
      (granted) => {
        setKept(granted);
        setRefused(!granted);
      },
      () => setRefused(true),
    );
  return (
    <>
      <h3 id="storage">Storage</h3>
      <p class="what" role="status">
        {used !== undefined && `Paper Margin uses ${size(used)} on this machine. `}
        {kept === true && 'The browser keeps it until you remove it yourself.'}
        {kept === false &&
          !refused &&
          'The browser may remove it when the disk is nearly full. You can ask the browser to keep it.'}
        {refused &&
          'The browser said no: it may still remove your library when the disk is nearly full. Keep a backup outside the browser.'}
      </p>
      {kept === false && !refused && (
        <button type="button" class="plain" onClick={persist}>
          Ask the browser to keep it
        </button>
      )}
    </>
  );
}

/** The part of the page. */
export function Backups({ backups, files, library, say }: Props) {
  const { view, failure, doing, act, read, take } = useBackups(backups, say);
  const [restoring, setRestoring] = useState<BackupRow>();
  const there = view !== undefined;
  useEffect(() => {
    // Whoever was sent here lands here: the page was not drawn yet when the browser looked for the place.
    if (there && location.hash === '#backups') document.getElementById('backups')?.scrollIntoView();
  }, [there]);
  const now = Date.now();
  const last = view?.backups.find(({ earlier }) => !earlier);

  const make = () =>
    act('make', async () => {
      const before = view?.backups[0]?.number;
      await backups.make();
      const [made] = (await read())?.backups ?? [];
      if (!made) return 'There is nothing to back up yet.';
      return made.number === before
        ? 'Nothing changed since the last backup.'
        : `Backed up ${countsOf(made)}.`;
    });

  return (
    <section aria-labelledby="backups" class="backups">
      <h2 id="backups">Backups</h2>
      <p class="what">
        Once a day Paper Margin copies what you wrote and saved: papers, tags, notes, highlights,
        topics. The last copy of each of seven days stays in this browser, and one a week for five
        weeks.
      </p>
      {failure && (
        <Notice tone="warn" action="Try again" onAction={() => void read()}>
          {failure}
        </Notice>
      )}
      {view && (
        <>
          <div class="acts last">
            <p role="status">
              {doing === 'make'
                ? 'Backing up.'
                : last
                  ? `Last backup: ${age(last.at, now)}, ${counted(last.counts.papers, 'paper')}.${
                      view.lookedAt !== undefined && view.lookedAt - last.at > 60_000
                        ? ` Nothing changed since, as of ${age(view.lookedAt, now)}.`
                        : ''
                    }`
                  : 'There is no backup yet. The first one is made by itself within a day after you save a paper.'}
            </p>
            <button
              type="button"
              class="plain"
              aria-disabled={doing !== ''}
              onClick={() => void make()}
            >
              Back up now
            </button>
          </div>
          {view.backups.length > 0 && (
            <ul class="kept-backups" aria-label="Backups">
              {view.backups.map((backup) => (
                <BackupLine
                  key={backup.number}
                  backup={backup}
                  busy={doing !== ''}
                  onRestore={() => setRestoring(backup)}
                  onDownload={() => void take(backup.number)}
                />
              ))}
            </ul>
          )}
          <Outside {...{ view, backups, doing, act }} />
        </>
      )}
      <StorageUse />
      <p class="what">
        Is something wrong with your library?{' '}
        <a class="text-link" href="recovery.html">
          Open the recovery page
        </a>
      </p>
      {restoring && (
        <RestoreDialog
          {...{ backups, files, library }}
          backup={restoring}
          onClosed={() => setRestoring(undefined)}
        />
      )}
    </section>
  );
}

/** A backup beside the library, and what comes back of it when the person says so. */
export function RestoreDialog({
  backup,
  backups,
  files,
  library,
  onDone,
  onClosed,
}: Omit<Props, 'say'> & { backup: BackupRow; onDone?: () => void; onClosed: () => void }) {
  return (
    <RestoreFrom
      {...{ files, library }}
      onClose={onClosed}
      given={{
        title: `Restore the backup of ${localDay(backup.at)}`,
        file: async () => (await backups.file(backup.number)).file,
        ...(onDone && { onDone }),
      }}
    />
  );
}
