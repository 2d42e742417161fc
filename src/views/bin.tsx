// The bin: what was removed, when it goes for good, and the way back.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Removed } from '../library/api';
import type { PaperId } from '../paper';
import { Notice, type Said } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { titleOf } from '../ui/title';
import { age, counted, number } from '../ui/words';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

const step = 50;

/** `Deleted in 12 days`. */
function goes(at: number, now: number): string {
  const days = Math.ceil((at - now) / 86_400_000);
  return days < 2 ? 'Deleted within a day' : `Deleted in ${counted(days, 'day')}`;
}

interface Props {
  library: Library;
  notices: Notices;
  say: (said: Said) => void;
  onClose: () => void;
  /** What happened last. */
  children?: ComponentChildren;
}

/** A dialog `Bin`. */
export function Bin({ library, notices, say, onClose, children }: Props) {
  const [found, setFound] = useState<{ total: number; rows: Removed[]; at: number }>();
  const [failure, setFailure] = useState<string>();
  const [asks, setAsks] = useState(false);
  const [wanted, setWanted] = useState(step);
  const asked = useRef(0);

  const read = useCallback(async () => {
    const question = ++asked.current;
    try {
      // What comes into it after this was not counted, and is not deleted with it.
      const at = Date.now();
      const next = await library.bin(0, wanted);
      if (question !== asked.current) return;
      setFound({ ...next, at });
      setFailure(undefined);
    } catch (cause) {
      if (question === asked.current) setFailure(sentence(cause));
    }
  }, [library, wanted]);
  useEffect(() => {
    const gone = new AbortController();
    notices((change) => {
      if (change.all || change.papers) void read();
    }, gone.signal);
    void read();
    return () => gone.abort();
  }, [notices, read]);

  const doing = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      say({ text: done });
      await read();
    } catch (cause) {
      say({ text: sentence(cause) });
    }
  };
  const restore = (id: PaperId) => doing(() => library.restorePapers([id]), 'Restored.');

  const now = Date.now();
  return (
    <Dialog title="Bin" onClose={onClose}>
      {failure && (
        <Notice tone="warn" action="Try again" onAction={() => void read()}>
          {failure}
        </Notice>
      )}
      {found?.total === 0 && (
        <p class="muted">The bin is empty. Papers that you remove stay here for 30 days.</p>
      )}
      {found && found.total > 0 && (
        <>
          <p class="line">
            <span class="muted">{`${counted(found.total, 'paper')}, kept 30 days with notes, tags and highlights.`}</span>
            {!asks && (
              <button type="button" class="plain" onClick={() => setAsks(true)}>
                Empty bin
              </button>
            )}
          </p>
          {asks && (
            <div class="notice" data-tone="warn" role="alert">
              <span>{`Delete ${counted(found.total, 'paper')} with notes and highlights for good? Only a backup could bring them back.`}</span>
              <button
                type="button"
                class="plain"
                onClick={() => {
                  setAsks(false);
                  void doing(() => library.emptyBin(found.at), 'Deleted for good.');
                }}
              >
                Delete for good
              </button>
              <button type="button" class="plain" onClick={() => setAsks(false)}>
                Keep them
              </button>
            </div>
          )}
          <ul class="bin" aria-label="Removed papers">
            {found.rows.map(({ id, paper, removedAt, goesAt, note, highlights }) => (
              <li key={id}>
                <div class="body">
                  <p class="title">{titleOf(paper)}</p>
                  <p class="facts">
                    <span>{`Removed ${age(removedAt, now)}`}</span>
                    <span>{goes(goesAt, now)}</span>
                    {highlights !== undefined && <span>{counted(highlights, 'highlight')}</span>}
                  </p>
                  {note && <p class="excerpt">{note}</p>}
                </div>
                <button
                  type="button"
                  class="plain"
                  aria-label={`Restore ${titleOf(paper)}`}
                  onClick={() => void restore(id)}
                >
                  Restore
                </button>
              </li>
            ))}
          </ul>
          {found.rows.length < found.total && (
            <button type="button" class="plain" onClick={() => setWanted(wanted + step)}>
              {`Show more of ${number(found.total)}`}
            </button>
          )}
        </>
      )}
      {children}
    </Dialog>
  );
}
