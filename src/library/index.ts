// The Library: everything kept and fetched, behind few verbs. Runs in the background.
import type { PaperId } from '../paper';
import type { Change, Library } from './api';
import { openBin } from './bin';
import { openDigest } from './digest';
import { openTransfer } from './exchange/transfer';
import { openFitting } from './fit';
import { openHighlighting } from './highlights';
import { openHubSearch } from './hub-search';
import { openKeeping } from './kept';
import { openListing } from './listing';
import { views } from './look';
import { openLookups } from './lookups';
import { openMetadata } from './metadata';
import { openNoting } from './noting';
import { thinObserved } from './observed';
import { openRecent } from './opened';
import type { Seams } from './seams';
import { openSearch } from './search';
import { openSeen } from './seen';
import { openSettings } from './settings';
import { recountListed } from './tables';
import { openTagging } from './tagging';
import { openTopics } from './topics';

/** What must be given, and what may be: see `Seams`. */
export type Opening = Pick<Seams, 'db' | 'fetch' | 'consent' | 'recognise'> &
  Partial<Pick<Seams, 'now' | 'localTime' | 'access' | 'uuid' | 'pause'>>;

/** The day and hour of the time zone that the machine is in. */
function localTime(ms: number): { day: string; hour: number } {
  const time = new Date(ms);
  const two = (value: number) => `${value}`.padStart(2, '0');
  return {
    day: `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    hour: time.getHours(),
  };
}

/**
 * Opens the Library over a database. Nothing is read or asked for until a verb is called.
 *
 * Verbs reject with a `Failure` of our own storage only; what goes wrong at a service is the `trouble` of a view.
 * `onChange` calls a listener after every change, until the function that it returns is called.
 */
export function openLibrary({
  now = () => Date.now(),
  localTime: local = localTime,
  access = async () => true,
  uuid = () => crypto.randomUUID(),
  pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ...needed
}: Opening): Library & { onChange(listener: (change: Change) => void): () => void } {
  const listeners = new Set<(change: Change) => void>();
  const tell = (change: Change) => {
    for (const listener of listeners) listener(change);
  };
  const search = openSearch(needed, () => tell({ index: true }));
  const changed = (change: Change) => {
    search.noticed(change.all ? Number.POSITIVE_INFINITY : (change.papers?.length ?? 0));
    tell(change);
  };
  const seams: Seams = { ...needed, now, localTime: local, access, uuid, pause, changed };

  const { fits, bringUpToDate, bringUpToDateSoon, ...near } = openFitting(seams);
  const { fetchFor, fetchDue, ...digest } = openDigest(seams, fits);
  const lookups = openLookups(seams, fetchFor);
  const complete = openMetadata(seams, lookups.lookUp);
  /** Not waited for: what fails or dies is still wanted, and the next `refreshDue` goes on. */
  const completeSoon = () => void complete().catch(() => {});
  const imported = (lacking: boolean) => {
    if (lacking) completeSoon();
    // After the index: both read and write much, and finding papers is wanted first.
    void search.work().then(bringUpToDateSoon, bringUpToDateSoon);
  };
  const { dropOld, ...notes } = openNoting(seams, completeSoon);
  const { dropRemoved, ...highlights } = openHighlighting(seams, completeSoon);
  const { dropOldRemoved, ...bin } = openBin(seams, completeSoon);
  const { dropOldSeen, ...seen } = openSeen(seams);
  const { dropOldOpened, ...recent } = openRecent(seams);
  const { dropOldTopics, mergeTopics, ...topics } = openTopics(seams);

  let refreshing: Promise<void> | undefined;
  async function refreshAll(): Promise<void> {
    await dropOld();
    await dropRemoved();
    await dropOldRemoved();
    await dropOldOpened();
    await dropOldTopics();
    await dropOldSeen();
    // Once a day too: browsers count a large library for a second, and nothing can be written meanwhile.
    if (await thinObserved(seams)) await recountListed(seams.db);
    await search.work();
    await fetchDue();
    await complete();
    await bringUpToDate();
  }

  return {
    ...digest,
    ...near,
    ...seen,
    ...openHubSearch(seams),
    ...lookups,
    ...notes,
    ...highlights,
    ...recent,
    ...topics,
    ...openSettings(seams),
    ...openKeeping(seams, completeSoon),
    ...openListing(seams, search),
    ...openTagging(seams, completeSoon),
    ...bin,
    ...openTransfer(seams, imported, mergeTopics),
    look: (ids: PaperId[]) => views(seams, ids),
    refreshDue() {
      refreshing ??= refreshAll().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
