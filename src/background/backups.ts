// Backs up the library beside each refresh, and tells our pages what a person has to know of it.
import { browser } from 'wxt/browser';
import { openBackups, type Standing } from '../backup';
import { isLost, lookAtCanary } from '../backup/canary';
import { ownDay } from '../backup/folder';
import type { BackupAnswer, BackupAsk, RecoveryAsk, Told } from '../backup/messages';
import { backupsOf, openStore } from '../backup/store';
import type { Database } from '../library/tables';

/** Puts down what there is to tell, and takes away what is told no more. */
async function tell(told: { [Name in keyof Told]: Told[Name] | undefined }): Promise<void> {
  const { local } = browser.storage;
  const entries = Object.entries(told);
  await local.set(Object.fromEntries(entries.filter(([, value]) => value !== undefined)));
  const gone = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  if (gone.length > 0) await local.remove(gone);
}

/**
 * Looks, each time that the library's database is opened, whether it still is the one that was there. Registers its
 * listener for pages that want a backup now.
 * @returns the given refresh, with a backup before it, which is quick and fails alone
 */
export function backUpBefore(db: Database, refresh: () => Promise<void>): () => Promise<void> {
  const store = openStore();
  const { backUp } = openBackups({
    db,
    store,
    now: () => Date.now(),
    dayOf: ownDay,
  });

  async function look(): Promise<void> {
    const name = 'backup-canary' as const;
    const before: Told = await browser.storage.local.get(name);
    const seen = await lookAtCanary(db);
    await tell({ 'backup-newer': seen.newer || undefined });
    if (isLost(seen, before[name])) {
      const [last] = await backupsOf(store);
      await tell({ 'backup-lost': last ? { last: { ...last.counts, at: last.at } } : {} });
    }
    // From now on this is the library: the loss is told until a person closes it.
    if (seen.name && seen.name !== before[name]) await tell({ [name]: seen.name });
  }

  async function make(anew: boolean): Promise<void> {
    const { folder, remind }: Standing = await backUp(anew);
    await tell({ 'backup-folder': folder, 'backup-remind': remind });
  }

  // A database that begins anew is opened like any other: this is the one place where it shows at once.
  db.on('ready', () => void look().catch(console.error), true);

  const own = new URL(browser.runtime.getURL('/')).origin;
  browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
    const asked = message as Partial<BackupAsk | RecoveryAsk> | null;
    if (asked?.to !== 'paper-margin-background') return;
    if (asked.ask === 'recovery' && sender.id === browser.runtime.id) {
      void browser.tabs.create({ url: browser.runtime.getURL('/recovery.html') });
    }
    if (asked.ask !== 'backup') return;
    // A page of a site may not ask it: a backup is of all that the person wrote.
    if (sender.id !== browser.runtime.id || sender.origin !== own) return;
    const answer = (told: BackupAnswer) => reply(told);
    void make(asked.anew === true).then(
      () => answer({ made: true }),
      (cause: Error) => answer({ failed: cause.message }),
    );
    return true;
  });

  return async () => {
    await make(false).catch(console.error);
    await refresh();
  };
}
