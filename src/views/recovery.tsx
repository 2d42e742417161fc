// The recovery page: what happened to the library, what can still be read of it, the last backup, what to do next. It deletes nothing.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Condition, Examined } from '../backup/examine';
import { ownDay } from '../backup/folder';
import type { BackupRow, PageBackups } from '../backup/for-pages';
import type { Raw } from '../backup/raw';
import type { Recovering } from '../backup/recovering';
import type { Files } from '../library/files';
import { type Said, Toast } from '../ui/controls';
import { counted, localMoment } from '../ui/words';
import { BackupLine, RestoreDialog, useBackups } from './backups';
import { download } from './file';
import type { Library } from './reach';
import { sentence } from './sentence';
import { forget, useTold } from './told';

interface Props {
  /** Brings what reads the database. */
  load: () => Promise<Recovering>;
  backups: PageBackups;
  files: Files;
  library: Pick<Library, 'importRecords' | 'kept'>;
}

type Word = Condition | 'lost';

/** What there is to go on with. */
interface There {
  /** What of the database can be read is offered below. */
  readable: boolean;
  /** The backup to begin with; null where there is none, undefined where that is not known. */
  backup: BackupRow | null | undefined;
}

interface Words {
  heading: string;
  what: string;
  next: string[];
  calm?: true;
}

/** The sentences that are true. */
const those = (...sentences: (string | false | null | undefined)[]): string[] =>
  sentences.filter((one) => typeof one === 'string');

/** What is said of each state: what happened, and what to do next. */
const words: Record<Word, (there: There) => Words> = {
  whole: ({ backup }) => ({
    calm: true,
    heading: 'Your library is in order',
    what: 'It can be opened, and nothing that belongs into it is missing.',
    next: [
      'If a page still says that it cannot use its storage, restart the browser and open the page again.',
      `If papers are missing, look into the bin of the library${backup ? ', or restore a backup below' : ''}.`,
    ],
  }),
  lost: ({ backup }) => ({
    heading: 'The browser has removed papers of your library',
    what: those(
      'Browsers may do so when the disk is nearly full, or when the data of websites is cleared.',
      backup && `What was there on ${localMoment(backup.at)} is in a backup below.`,
      backup === null && 'There is no backup of it in this browser.',
    ).join(' '),
    next: those(
      backup &&
        `Restore the backup of ${localMoment(backup.at)}, below. You see what comes back before anything is changed.`,
      backup === null &&
        'If you downloaded a backup, or keep backups in a folder, import it in the library.',
      'Free some space on the disk.',
      'In the settings of Paper Margin, ask the browser to keep your library, and keep backups outside the browser.',
    ),
  }),
  newer: ({ readable }) => ({
    heading: 'A newer version of Paper Margin has written your library',
    what: 'This version does not know all of it. So it changes nothing in it: you can read your papers, and not save or write.',
    next: those(
      'Update Paper Margin: open the page of extensions of your browser, let it look for updates, then restart the browser.',
      'Your library is then as it was. Nothing is to be restored.',
      readable && 'To be safe, download what can be read, below.',
    ),
  }),
  partial: ({ readable, backup }) => ({
    heading: 'A part of your library is missing or broken',
    what: `It was not written to its end, or the disk lost a part of it.${readable ? ' The rest can still be read.' : ''}`,
    next: those(
      readable && 'Download what can be read, below. This keeps it whatever comes.',
      'Restart the browser, then open this page again.',
      backup &&
        'Restore the last backup below. It adds what is missing, and overwrites nothing that you wrote.',
    ),
  }),
  closed: ({ readable, backup }) => {
    const files = those(readable && 'what can be read', backup && 'the last backup');
    return {
      heading: 'Your library cannot be opened',
      what: 'The browser does not give Paper Margin its storage. Mostly the disk is full, or another copy of the browser uses the same profile. Your library is probably still there.',
      next: those(
        'Free some space on the disk.',
        'Close all windows of the browser and start it again. Then open this page again.',
        files.length > 0 &&
          `If that does not help, download ${files.join(' and ')}, below. Then import ${
            files.length > 1 ? 'both files' : 'the file'
          } in the library of another browser or profile.`,
        'Do not remove Paper Margin: the browser would delete its library and its backups.',
      ),
    };
  },
  none: ({ backup }) => ({
    heading: 'There is no library here',
    what: 'Nothing was saved yet in this profile of the browser, or the browser has removed it.',
    next: [
      `If you had a library, ${backup ? 'restore a backup below, or ' : ''}import a file that you downloaded.`,
      'If you use several profiles or browsers, look into the others: each has a library of its own.',
    ],
  }),
};

/** Where looking itself failed: nothing is known of the library. */
const unseen: Words = {
  heading: 'Your library could not be looked at',
  what: 'A part of Paper Margin did not load or did not answer. That says nothing of your library.',
  next: [
    'Try again.',
    'If that fails too, reload this page, or restart the browser and open this page again.',
  ],
};

/** What is said of the backups, which were read, of a library in that state. */
function ofBackups(list: BackupRow[], word: Word | undefined): string {
  const writable = word && usable.includes(word);
  if (list.length === 0) {
    return those(
      'There is no backup in this browser.',
      writable && 'If you downloaded one, or keep backups in a folder, use Import in the library.',
    ).join(' ');
  }
  return those(
    'They lie apart from the library.',
    writable && 'To restore one adds what is missing, and overwrites nothing that you wrote.',
    word === 'newer' && 'They can be restored once Paper Margin is updated.',
    word === 'closed' && 'They can be restored once the library can be opened again.',
    'All of them are in the settings.',
  ).join(' ');
}

/** The database is opened by others to write into it. */
const usable: Word[] = ['whole', 'lost', 'partial', 'none'];

/** What of the database can be read, as files. */
function Readable({
  raw,
  database,
  say,
}: {
  raw: Raw;
  database: Recovering;
  say: (said: Said) => void;
}) {
  const [busy, setBusy] = useState('');
  const [found, setFound] = useState<string>();
  const act = async (what: string, work: () => Promise<void>) => {
    if (busy) return;
    setBusy(what);
    try {
      await work();
    } catch (cause) {
      say({ text: sentence(cause) });
    }
    setBusy('');
  };
  const papers = () =>
    act('papers', async () => {
      const { file, papers, strange } = await database.recover(raw);
      const name = `paper-margin-recovered-${ownDay(Date.now())}.json`;
      download(name, file, file.type);
      const lost = raw.unread() + strange;
      setFound(
        `${counted(papers, 'paper')} written to ${name}.${
          lost > 0
            ? ` ${counted(lost, 'record')} could not be read as papers; what there is of them is in the file of all rows.`
            : ''
        }`,
      );
    });
  const rows = () =>
    act('rows', async () => {
      const name = `paper-margin-rows-${ownDay(Date.now())}.json`;
      const file = await database.dump(raw);
      download(name, file, file.type);
      setFound(`All rows written to ${name}.`);
    });
  return (
    <section aria-labelledby="readable">
      <h2 id="readable">What can still be read</h2>
      <p class="what">
        Papers, tags, notes, highlights and topics as a JSON file, which Import in the library reads
        again. The file of all rows has everything just as it lies there, for somebody who repairs
        it.
      </p>
      <div class="acts">
        <button
          type="button"
          class="plain"
          aria-disabled={busy !== ''}
          onClick={() => void papers()}
        >
          {busy === 'papers' ? 'Reading…' : 'Download what can be read'}
        </button>
        <button type="button" class="plain" aria-disabled={busy !== ''} onClick={() => void rows()}>
          {busy === 'rows' ? 'Reading…' : 'Download all rows'}
        </button>
      </div>
      <p role="status" class="result">
        {found}
      </p>
    </section>
  );
}

/**
 * The whole page. `data-state` on `<html>`: `loading` until the database was looked at, then `ready`; `error` where
 * looking failed.
 */
export function Recovery({ load, backups, files, library }: Props) {
  const lost = useTold()['backup-lost'];
  const [said, setSaid] = useState<Said>();
  const [examined, setExamined] = useState<(Examined & { database: Recovering }) | 'failed'>();
  const [restoring, setRestoring] = useState<BackupRow>();
  const [turn, setTurn] = useState(0);
  const { view, failure, doing, read, take } = useBackups(backups, setSaid);
  /** Loads, then looks. */
  const look = useRef(async () => {
    const database = await load();
    return { ...(await database.examine(() => library.kept('', 0, 1))), database };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn looks anew.
  useEffect(() => {
    const looking = look.current();
    setExamined(undefined);
    let gone = false;
    void looking.then(
      (now) => {
        if (!gone) setExamined(now);
      },
      (cause: unknown) => {
        console.error(cause);
        if (!gone) setExamined('failed');
      },
    );
    return () => {
      gone = true;
      void looking.then(
        ({ raw }) => raw?.close(),
        () => {},
      );
    };
  }, [turn]);
  const lookAgain = () => {
    setTurn(turn + 1);
    void read();
  };
  const seen = examined === 'failed' ? undefined : examined;
  const state = seen ? 'ready' : examined ? 'error' : 'loading';
  useLayoutEffect(() => {
    document.documentElement.dataset.state = state;
  }, [state]);

  const word = seen && (lost && usable.includes(seen.condition) ? 'lost' : seen.condition);
  const all = failure ? undefined : view?.backups;
  // Backups made since the loss lack what was lost.
  const first = word === 'lost' ? all?.find(({ at }) => at <= (lost?.last?.at ?? 0)) : all?.[0];
  const there = { readable: seen?.raw !== undefined, backup: all && (first ?? null) };
  const says = word ? words[word](there) : state === 'error' ? unseen : undefined;
  const list = all?.filter((one, at) => at < 3 || one === first);
  return (
    <>
      <header>
        <img src="/icon/48.png" width="32" height="32" alt="" />
        <h1>Paper Margin recovery</h1>
      </header>
      <main aria-busy={!examined}>
        <section
          class="found"
          data-tone={says && !says.calm ? 'warn' : undefined}
          aria-labelledby="found"
        >
          <h2 id="found">{says?.heading ?? 'Looking at your library'}</h2>
          {says ? (
            <>
              <p>{says.what}</p>
              <p class="what">This page deletes nothing.</p>
              <h3 class="next">What to do next</h3>
              <ol class="steps">
                {says.next.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <div class="acts">
                <button type="button" class="plain" onClick={lookAgain}>
                  {seen ? 'Look again' : 'Try again'}
                </button>
                <a class="plain" href="library.html">
                  Library
                </a>
                <a class="plain" href="options.html#backups">
                  Settings
                </a>
              </div>
            </>
          ) : (
            <p class="what">This takes a moment.</p>
          )}
        </section>
        {seen?.raw && <Readable raw={seen.raw} database={seen.database} say={setSaid} />}
        <section aria-labelledby="backups" class="backups">
          <h2 id="backups">Backups</h2>
          <p class="what">{failure ?? (list ? ofBackups(list, word) : 'Looking for backups.')}</p>
          {list && list.length > 0 && (
            <ul class="kept-backups" aria-label="Backups">
              {list.map((backup) => (
                <BackupLine
                  key={backup.number}
                  backup={backup}
                  busy={doing !== ''}
                  onRestore={word && usable.includes(word) ? () => setRestoring(backup) : undefined}
                  onDownload={() => void take(backup.number)}
                />
              ))}
            </ul>
          )}
        </section>
      </main>
      {restoring && (
        <RestoreDialog
          {...{ backups, files, library }}
          backup={restoring}
          onDone={() => void forget('backup-lost')}
          onClosed={() => {
            setRestoring(undefined);
            lookAgain();
          }}
        />
      )}
      <Toast said={said} onClose={() => setSaid(undefined)} />
    </>
  );
}
