// Metadata for kept papers that came without a title or without authors: from what is stored, from Hugging Face, else from arXiv.

import type { Paper } from '../paper';
import { hasHuggingFacePage, type PaperId } from '../paper';
import { askMetadata, batch, control, host } from './arxiv';
import { lacking } from './kept';
import { fetchedOf } from './look';
import { fill } from './merge';
import { arxivPace, resting, settle, turnToArxiv } from './rests';
import type { Seams } from './seams';
import { type Kept, putKept, read, write } from './tables';

/** A paper that arXiv does not know is asked for again after this long. */
const unknownAgain = 7 * 24 * 3_600_000;

/** So many of those that wait longest are looked at to choose a batch. */
const looked = 500;

interface Answer {
  found: Map<PaperId, Paper>;
  /** What is not found arXiv does not know. */
  whole: boolean;
  /** arXiv refuses these papers, and answers otherwise. */
  refused: boolean;
}

/**
 * Completes what lacks a title or authors. What is to be done is read from the rows, so a run may die at any point. A
 * batch that fails, however it fails, is halved and goes behind all others; so an id that spoils every answer is alone
 * in the end, and holds up nothing. Concurrent calls share one run.
 * @param lookUp asks Hugging Face for one paper and stores the answer
 */
export function openMetadata(
  seams: Seams,
  lookUp: (id: PaperId) => Promise<unknown>,
): () => Promise<void> {
  const { db, fetch, now, access, pause, changed } = seams;
  let underWay: Promise<void> | undefined;
  let again = false;

  /** The papers to ask for next: first what goes in the largest batch, so what failed least; of these the oldest. */
  const next = () =>
    read(db, ['kept'], async () => {
      const rows = await db.kept.where('wantedAt').belowOrEqual(now()).limit(looked).toArray();
      const size = Math.max(...rows.map(({ wantedIn = batch }) => wantedIn));
      const ids = rows.filter(({ wantedIn = batch }) => wantedIn === size).map(({ id }) => id);
      return { ids: ids.slice(0, size), only: rows.length === 1 };
    });

  /**
   * Fills rows with papers found. `rest`: what becomes of a row that still lacks something; it stays as it is where
   * there is none. Gives how many rows are wanted no more.
   */
  async function apply(
    ids: PaperId[],
    found: Map<PaperId, Paper | undefined>,
    rest?: (row: Kept) => Kept,
  ): Promise<number> {
    const { titled, completed } = await write(db, ['kept'], async () => {
      const rows = (await db.kept.bulkGet(ids)).filter(
        (row): row is Kept => row?.wantedAt !== undefined,
      );
      const changes = rows.flatMap((row): Kept[] => {
        const paper = fill(row.paper, found.get(row.id));
        const { wantedAt: _, wantedIn: __, ...done } = row;
        if (!lacking(paper)) return [{ ...done, paper }];
        if (rest) return [{ ...rest(row), paper }];
        return paper.title && !row.paper.title ? [{ ...row, paper }] : [];
      });
      const before = new Map(rows.map((row) => [row.id, row]));
      await putKept(
        db,
        changes.map((after) => ({ before: before.get(after.id), after })),
      );
      return {
        titled: changes.filter(({ paper }) => paper.title).map(({ id }) => id),
        completed: changes.filter(({ wantedAt }) => wantedAt === undefined).length,
      };
    });
    if (titled.length > 0) changed({ papers: titled });
    return completed;
  }

  async function applyStored(ids: PaperId[]): Promise<number> {
    const known = await read(db, ['lookups', 'entries'], () => fetchedOf(db, ids));
    return apply(ids, new Map([...known].map(([id, { paper }]) => [id, paper])));
  }

  /** arXiv does not know it. */
  const unknown = ({ wantedIn: _, ...row }: Kept): Kept => ({
    ...row,
    wantedAt: now() + unknownAgain,
  });

  /** arXiv refuses it. It stays alone when it is asked for again. */
  const spoiling = (row: Kept): Kept => ({ ...row, wantedIn: 1, wantedAt: now() + unknownAgain });

  /** Whether arXiv knows it was not said. */
  const failed =
    (among: number) =>
    (row: Kept): Kept => ({
      ...row,
      wantedIn: Math.ceil(among / 2),
      wantedAt: now(),
    });

  /** Waits until arXiv may be asked. False where that is too long, or not allowed. */
  async function mayAsk(): Promise<boolean> {
    const rest = await read(db, ['meta'], () => resting(db, 'arxiv', now()));
    if (rest) {
      const wait = (rest.retryAt ?? 0) - now();
      if (wait > arxivPace) return false;
      await pause(wait);
    }
    return access(host);
  }

  /** One request, with `control`. Gives what came, and whether it says which of these papers arXiv does not know. */
  async function ask(ids: PaperId[]): Promise<Answer> {
    await turnToArxiv(db, now());
    const reply = await askMetadata(fetch, now(), ids);
    const papers = 'value' in reply && reply.value !== 'refused' ? reply.value : [];
    const found = new Map(papers.map((paper) => [paper.id, paper]));
    const whole = found.has(control);
    if ('value' in reply && reply.value === 'refused' && ids.length > 0) {
      // Is it one of these papers that arXiv refuses, or whatever we ask?
      const sane = (await mayAsk()) && (await ask([])).whole;
      return { found, whole, refused: sane };
    }
    await settle(db, 'arxiv', whole || 'trouble' in reply ? reply : { trouble: 'busy' }, now());
    return { found, whole, refused: false };
  }

  /** One round. True when there may be more to do. */
  async function round(): Promise<boolean> {
    const { ids, only } = await next();
    const [first] = ids;
    if (!first) return false;
    if ((await applyStored(ids)) > 0) return true;
    if (only && hasHuggingFacePage(first)) {
      await lookUp(first);
      if ((await applyStored(ids)) > 0) return true;
    }
    if (!(await mayAsk())) return false;
    const { found, whole, refused } = await ask(ids);
    if (whole) await apply(ids, found, unknown);
    else await apply(ids, found, refused && ids.length === 1 ? spoiling : failed(ids.length));
    return whole || refused;
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
