// Metadata for kept papers that came without a title or without authors: from what is stored, from Hugging Face, else from arXiv.

import type { Paper } from '../paper';
import { hasHuggingFacePage, type PaperId } from '../paper';
import { askMetadata, batch, host } from './arxiv';
import { lacking } from './kept';
import { fetchedOf } from './look';
import { fill } from './merge';
import { arxivPace, resting, settle } from './rests';
import type { Seams } from './seams';
import { type Kept, putKept, read, write } from './tables';

/** A paper that arXiv does not know is asked for again after this long. */
const unknownAgain = 7 * 24 * 3_600_000;

/**
 * Completes what lacks a title or authors. What is to be done is read from the rows, so a run may die at any point. Concurrent
 * calls share one run.
 * @param lookUp asks Hugging Face for one paper and stores the answer
 */
export function openMetadata(
  seams: Seams,
  lookUp: (id: PaperId) => Promise<unknown>,
): () => Promise<void> {
  const { db, fetch, now, access, pause, changed } = seams;
  let underWay: Promise<void> | undefined;
  let again = false;

  const wanted = () =>
    read(db, ['kept'], () =>
      db.kept.where('wantedAt').belowOrEqual(now()).limit(batch).primaryKeys(),
    );

  /** Fills rows with papers found; those for which there is none get `missing`, the time to ask again, if given. */
  async function apply(
    ids: PaperId[],
    found: Map<PaperId, Paper | undefined>,
    missing?: number,
  ): Promise<void> {
    const filled = await write(db, ['kept'], async () => {
      const rows = (await db.kept.bulkGet(ids)).filter(
        (row): row is Kept => row?.wantedAt !== undefined,
      );
      const changes = rows.flatMap((row): Kept[] => {
        const paper = fill(row.paper, found.get(row.id));
        const { wantedAt: _, ...rest } = row;
        if (!lacking(paper)) return [{ ...rest, paper }];
        if (missing !== undefined) return [{ ...row, paper, wantedAt: missing }];
        return paper.title && !row.paper.title ? [{ ...row, paper }] : [];
      });
      const before = new Map(rows.map((row) => [row.id, row]));
      await putKept(
        db,
        changes.map((after) => ({ before: before.get(after.id), after })),
      );
      return changes.filter(({ paper }) => paper.title).map(({ id }) => id);
    });
    if (filled.length > 0) changed({ papers: filled });
  }

  async function applyStored(ids: PaperId[]): Promise<void> {
    const known = await read(db, ['lookups', 'entries'], () => fetchedOf(db, ids));
    await apply(ids, new Map([...known].map(([id, { paper }]) => [id, paper])));
  }

  /** One round. True when there may be more to do. */
  async function round(): Promise<boolean> {
    await applyStored(await wanted());
    const [first, ...others] = await wanted();
    if (!first) return false;
    if (others.length === 0 && hasHuggingFacePage(first)) {
      await lookUp(first);
      await applyStored([first]);
    }
    const ids = await wanted();
    if (ids.length === 0) return false;
    const rest = await read(db, ['meta'], () => resting(db, 'arxiv', now()));
    if (rest) {
      const wait = (rest.retryAt ?? 0) - now();
      if (wait > arxivPace) return false;
      await pause(wait);
    }
    if (!(await access(host))) return false;
    const reply = await askMetadata(fetch, now(), ids);
    await settle(db, 'arxiv', reply, now());
    if ('trouble' in reply) return false;
    await apply(ids, new Map(reply.value.map((paper) => [paper.id, paper])), now() + unknownAgain);
    return true;
  }

  async function run(): Promise<void> {
    do {
      again = false;
      while (await round());
    } while (again);
  }

  return () => {
    // A paper saved while a run is ending must not be left for later.
    again = true;
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
