// Changes of many papers: in small steps with progress, each of them can be stopped and taken back.
import { useCallback, useRef, useState } from 'preact/hooks';
import type { Reading, Tagged } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { counted, number } from '../ui/words';
import type { Library } from './reach';
import { sentence } from './sentence';

/** As many as the library changes in one transaction. */
const most = 500;

/** Does `work` for all, at most 500 at a time. It ends early, without an error, when `signal` aborts. */
export async function inChunks<Done>(
  ids: readonly PaperId[],
  work: (chunk: PaperId[]) => Promise<Done>,
  { signal, progress }: { signal?: AbortSignal; progress?: (done: number) => void } = {},
): Promise<Done[]> {
  const done: Done[] = [];
  for (let from = 0; from < ids.length && !signal?.aborted; from += most) {
    done.push(await work(ids.slice(from, from + most)));
    progress?.(Math.min(from + most, ids.length));
  }
  return done;
}

/** A change of many papers that was made: how many it changed, and the way back. */
interface Made {
  papers: number;
  back: () => Promise<void>;
}

/** A change that many papers can have. */
export interface Bulk {
  /** `Tagging`: what is being done. */
  doing: string;
  /** `1,234 papers tagged “vision”` */
  did: (papers: string) => string;
  work: (chunk: PaperId[]) => Promise<Made>;
}

const idsOf = (changes: { ids: PaperId[] }[]) => new Set(changes.flatMap(({ ids }) => ids)).size;

/** What a change of tags did, turned round. */
export async function untag(
  library: Pick<Library, 'tagPapers'>,
  { added, removed }: Tagged,
): Promise<void> {
  for (const { tag, ids } of added) {
    await inChunks(ids, (chunk) => library.tagPapers(chunk, { remove: [tag] }));
  }
  for (const { tag, ids } of removed) {
    await inChunks(ids, (chunk) => library.tagPapers(chunk, { add: [tag] }));
  }
}

/** The changes that a selection can have. */
export function bulkOf(library: Library): {
  tag(tag: string): Bulk;
  untag(tag: string): Bulk;
  read(reading: Reading): Bulk;
  remove(): Bulk;
} {
  const tags = (change: { add?: string[]; remove?: string[] }) => async (chunk: PaperId[]) => {
    const tagged = await library.tagPapers(chunk, change);
    return {
      papers: idsOf([...tagged.added, ...tagged.removed]),
      back: () => untag(library, tagged),
    };
  };
  return {
    tag: (tag) => ({
      doing: 'Tagging',
      did: (papers) => `${papers} tagged “${tag}”.`,
      work: tags({ add: [tag] }),
    }),
    untag: (tag) => ({
      doing: 'Taking the tag off',
      did: (papers) => `“${tag}” was taken off ${papers}.`,
      work: tags({ remove: [tag] }),
    }),
    read: (reading) => ({
      doing: 'Setting the state',
      did: (papers) => `${papers} set to ${reading}.`,
      work: async (chunk) => {
        const before = await library.setReadings(chunk, reading);
        const changes = Object.entries(before) as [Reading, PaperId[]][];
        return {
          papers: changes.reduce((sum, [, ids]) => sum + ids.length, 0),
          back: async () => {
            for (const [state, ids] of changes) await library.setReadings(ids, state);
          },
        };
      },
    }),
    remove: () => ({
      doing: 'Removing',
      did: (papers) => `${papers} removed. The bin keeps them for 30 days.`,
      work: async (chunk) => {
        const removed = await library.removePapers(chunk);
        return {
          papers: removed.length,
          back: async () => void (await library.restorePapers(removed)),
        };
      },
    }),
  };
}

/** A change under way: shown where it takes more than one step. */
export interface Progress {
  doing: string;
  done: number;
  of: number;
  cancel: () => void;
}

/**
 * Runs changes one after the other.
 * @param say shows what was done, with the way back
 */
export function useBulk(say: (said: Said) => void): {
  progress: Progress | undefined;
  run(ids: readonly PaperId[], bulk: Bulk): Promise<void>;
} {
  const [progress, setProgress] = useState<Progress>();
  const running = useRef(false);

  const run = useCallback(
    async (ids: readonly PaperId[], { doing, did, work }: Bulk) => {
      if (ids.length === 0) return;
      if (running.current) return say({ text: 'Another change is still under way. Wait for it.' });
      running.current = true;
      const stop = new AbortController();
      const cancel = () => stop.abort();
      const show = (done: number) =>
        ids.length > most && setProgress({ doing, done, of: ids.length, cancel });
      show(0);
      const made: Made[] = [];
      let failure: unknown;
      let reached = 0;
      try {
        await inChunks(ids, async (chunk) => made.push(await work(chunk)), {
          signal: stop.signal,
          progress: (done) => {
            reached = done;
            show(done);
          },
        });
      } catch (cause) {
        failure = cause;
      }
      running.current = false;
      setProgress(undefined);
      const papers = made.reduce((sum, one) => sum + one.papers, 0);
      const back = async () => {
        for (const one of [...made].reverse()) await one.back();
      };
      const undo = () =>
        void back().then(
          () => say({ text: 'Undone.' }),
          (cause: unknown) => say({ text: sentence(cause) }),
        );
      const stopped = reached < ids.length && !failure;
      const text = [
        failure !== undefined && sentence(failure),
        stopped && `Stopped after ${number(reached)} of ${counted(ids.length, 'paper')}.`,
        papers > 0 ? did(counted(papers, 'paper')) : failure === undefined && 'Nothing to change.',
      ]
        .filter(Boolean)
        .join(' ');
      say({ text, ...(papers > 0 && { undo }) });
    },
    [say],
  );
  return { progress, run };
}
