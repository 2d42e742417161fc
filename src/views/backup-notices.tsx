// What a person has to know of their library and its backups, in one sentence with one thing to do: the gravest alone.
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { PageBackups } from '../backup/for-pages';
import { Notice } from '../ui/controls';
import { counted, localDay } from '../ui/words';
import { download } from './file';
import { sentence } from './sentence';
import { forget, useTold } from './told';

interface Props {
  backups: PageBackups;
  /** The browser asks for nothing over a popup, so that it has to be done on a page. */
  popup?: boolean;
}

/** Where all is said and offered. */
const recovery = '/recovery.html';
const settings = '/options.html#backups';

function show(path: typeof recovery | typeof settings): void {
  void browser.tabs.create({ url: browser.runtime.getURL(path as '/options.html') });
}

/** One notice, or nothing. */
export function BackupNotices({ backups, popup = false }: Props) {
  const told = useTold();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [done, setDone] = useState<string>();

  const doing = async (work: () => Promise<string | undefined>) => {
    setBusy(true);
    setFailure(undefined);
    try {
      setDone(await work());
    } catch (cause) {
      setFailure(sentence(cause));
    }
    setBusy(false);
  };
  const renew = () =>
    doing(async () => {
      if (await backups.renew()) return 'Backups go into your folder again.';
      if (popup) show(settings);
      else throw new Error('The browser was not allowed to write into the folder.');
      return undefined;
    });
  const take = () =>
    doing(async () => {
      await backups.make();
      const { name, file } = await backups.take();
      download(name, file, file.type);
      return `${name} is in your downloads.`;
    });

  if (failure) {
    return (
      <Notice tone="warn" onClose={() => setFailure(undefined)}>
        {failure}
      </Notice>
    );
  }
  const lost = told['backup-lost'];
  if (lost) {
    const { last } = lost;
    return (
      <Notice
        tone="warn"
        action="Restore"
        onAction={() => show(recovery)}
        onClose={() => void forget('backup-lost')}
      >
        {last
          ? `The browser has removed papers of your library. There is a backup of ${localDay(last.at)} with ${counted(last.papers, 'paper')}.`
          : 'The browser has removed papers of your library.'}
      </Notice>
    );
  }
  if (told['backup-newer']) {
    return (
      <Notice tone="warn" action="What to do" onAction={() => show(recovery)}>
        A newer version of Paper Margin has written your library. Nothing in it is changed until you
        update.
      </Notice>
    );
  }
  if (told['backup-folder'] === 'lapsed') {
    return (
      <Notice tone="warn" {...(!busy && { action: 'Allow again' })} onAction={() => void renew()}>
        The browser no longer lets Paper Margin write backups into your folder.
      </Notice>
    );
  }
  if (told['backup-folder'] === 'failed') {
    return (
      <Notice tone="warn" action="Settings" onAction={() => show(settings)}>
        The last backup could not be written into your folder.
      </Notice>
    );
  }
  if (told['backup-remind']) {
    return (
      <Notice
        {...(!busy && { action: 'Download' })}
        onAction={() => void take()}
        onClose={() => void backups.later().catch((cause) => setFailure(sentence(cause)))}
      >
        {busy ? 'Writing the backup.' : 'Keep a backup outside the browser.'}
      </Notice>
    );
  }
  return done ? <Notice onClose={() => setDone(undefined)}>{done}</Notice> : null;
}
