// Backups as our own pages use them, brought to a page at their first use: what reads databases weighs more than the popup.
import { browser } from 'wxt/browser';
import type { PageBackups } from '../backup/for-pages';
import type { BackupAnswer, BackupAsk } from '../backup/messages';

/** Asks the background. @throws Error with a plain sentence */
async function ask(anew: boolean): Promise<void> {
  const message: BackupAsk = { to: 'paper-margin-background', ask: 'backup', anew };
  const answer: BackupAnswer | undefined = await browser.runtime.sendMessage(message);
  if (answer && 'failed' in answer) throw new Error(answer.failed);
  if (!answer) throw new Error('Paper Margin did not answer. Try again.');
}

async function load(): Promise<PageBackups> {
  const { openBackupsForPages } = await import('../backup/for-pages');
  return openBackupsForPages(ask);
}

/** Backups that are loaded when something is asked of them. */
export function backupsWhenNeeded(): PageBackups {
  let loaded: Promise<PageBackups> | undefined;
  const backups = () => {
    loaded ??= load().catch((cause: unknown) => {
      // The next try loads them anew.
      loaded = undefined;
      throw cause;
    });
    return loaded;
  };
  return {
    view: async () => (await backups()).view(),
    make: async () => (await backups()).make(),
    file: async (number) => (await backups()).file(number),
    take: async (number) => (await backups()).take(number),
    keepIn: async (folder) => (await backups()).keepIn(folder),
    renew: async () => (await backups()).renew(),
    remindEvery: async (days) => (await backups()).remindEvery(days),
    later: async () => (await backups()).later(),
  };
}
