// Looking one paper up at Hugging Face, once however many ask.
import { hasHuggingFacePage, type PaperId } from '../paper';
import type { PaperView, Trouble } from './api';
import { askPaper, host, type Item } from './huggingface';
import { isFresh, view } from './look';
import { fill, present } from './merge';
import { observe } from './observed';
import { resting, settle } from './rests';
import type { Seams } from './seams';
import { type Lookup, read, write } from './tables';

export interface Lookups {
  /** A person asks: the service is asked unless the answer is fresh. */
  lookUp(id: PaperId): Promise<PaperView>;
  /** A page asks by itself: the service is asked only when it is due and the person allowed it. */
  refresh(id: PaperId): Promise<PaperView>;
}

/** Look-ups of single papers. `fetchFor` gets the list of a paper's day, for the rank on it. */
export function openLookups(
  seams: Seams,
  fetchFor: (id: PaperId, day: string) => Promise<void>,
): Lookups {
  const { db, fetch, now, access, changed } = seams;
  const underWay = new Map<PaperId, Promise<void>>();

  function failed(id: PaperId, trouble: Trouble): Promise<unknown> {
    return write(db, ['lookups'], async () =>
      db.lookups.put({ ...(await db.lookups.get(id)), id, trouble }),
    );
  }

  function store(id: PaperId, item: Item | null): Promise<unknown> {
    const fetchedAt = now();
    return write(db, ['lookups', 'observed'], async () => {
      if (!item) return db.lookups.put({ id, fetchedAt, found: false });
      await observe(db, [item], fetchedAt);
      const before = await db.lookups.get(id);
      return db.lookups.put(
        present<Lookup>({
          id,
          fetchedAt,
          found: true,
          // A field that came broken this time keeps its last good value.
          paper: fill(item.paper, before?.paper),
          trending: fill(item.trending, before?.trending),
          trouble: undefined,
        }),
      );
    });
  }

  async function ask(id: PaperId, click: boolean): Promise<void> {
    const [lookup, rest] = await read(db, ['lookups', 'meta'], () =>
      Promise.all([db.lookups.get(id), resting(db, 'papers', now(), click ? 'click' : 'usual')]),
    );
    if (isFresh(lookup, now())) return;
    if (rest) {
      await failed(id, rest);
      changed({ papers: [id] });
      return;
    }
    const reply = (await access(host))
      ? await askPaper(fetch, now(), id)
      : ({ trouble: 'access' } as const);
    const trouble = await settle(db, 'papers', reply, now());
    if ('trouble' in reply) {
      if (trouble) await failed(id, trouble);
    } else {
      await store(id, reply.value);
      const day = reply.value?.trending.day;
      if (day) await fetchFor(id, day);
    }
    changed({ papers: [id] });
  }

  function once(id: PaperId, click: boolean): Promise<void> {
    const running = underWay.get(id);
    if (running) return running;
    const asked = ask(id, click).finally(() => underWay.delete(id));
    underWay.set(id, asked);
    return asked;
  }

  async function lookUp(id: PaperId): Promise<PaperView> {
    if (hasHuggingFacePage(id)) await once(id, true);
    return view(seams, id);
  }

  async function refresh(id: PaperId): Promise<PaperView> {
    if (!underWay.has(id)) {
      const before = await view(seams, id);
      if (!before.refreshDue) return before;
    }
    await once(id, false);
    return view(seams, id);
  }

  return { lookUp, refresh };
}
