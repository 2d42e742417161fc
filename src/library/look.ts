// What is stored of papers, put together into the views that surfaces show. No network.

import { kindOf } from '../calendar';
import { hasHuggingFacePage, type Paper, type PaperId } from '../paper';
import type { DigestPaper, PaperView, Trending } from './api';
import type { Fits } from './fit';
import { freshness } from './fresh';
import { topicsOf } from './matching';
import { bare, fill, present } from './merge';
import { overTime } from './observed';
import { resting } from './rests';
import type { Seams } from './seams';
import { readSettings } from './settings';
import { type Database, type Entry, type Lookup, read } from './tables';

const minute = 60_000;
const hour = 60 * minute;

/** How long an answer of Hugging Face about one paper holds. That it does not know a paper holds longer. */
const fresh = { found: hour, missing: 12 * hour };

/** The tables that `views` reads. */
const viewTables = ['kept', 'editing', 'lookups', 'entries', 'observed', 'meta'] as const;

/** The answer is still good enough not to ask again. */
export function isFresh(lookup: Lookup | undefined, now: number): boolean {
  if (lookup?.fetchedAt === undefined || lookup.fetchedAt > now) return false;
  return now - lookup.fetchedAt < (lookup.found ? fresh.found : fresh.missing);
}

/** All that was fetched about one paper, as one: the newest value of a field wins, a silent source takes nothing away. */
interface Fetched {
  paper?: Paper;
  trending?: Trending;
  fetchedAt?: number;
}

function fetched(lookup: Lookup | undefined, entries: Entry[]): Fetched {
  // Of lists that came in the same moment the later one counts.
  const lists = entries.toSorted((a, b) => (a.period < b.period ? 1 : -1));
  const all: Fetched[] = [...(lookup?.found ? [lookup] : []), ...lists];
  // A look-up is more exact than the list that is fetched right after it, for the rank.
  const age = (one: Fetched) => (one.fetchedAt ?? 0) + (one === lookup ? minute : 0);
  all.sort((a, b) => age(b) - age(a));
  if (all.length === 0) return {};
  const merged = all.reduce<Fetched>(
    (known, older) =>
      present<Fetched>({
        paper: known.paper ? fill(known.paper, older.paper) : older.paper,
        trending: known.trending ? fill(known.trending, older.trending) : older.trending,
        fetchedAt: Math.max(known.fetchedAt ?? 0, older.fetchedAt ?? 0),
      }),
    {},
  );
  if (!merged.trending) return merged;
  // Day and rank belong together, and only lists of days know them. A paper that was on several shows its newest one.
  const { day: _day, rank: _rank, ...rest } = merged.trending;
  const last = entries
    .filter(({ period }) => kindOf(period) === 'day')
    .reduce<Entry | undefined>((a, b) => (a && a.period > b.period ? a : b), undefined);
  const elsewhere = last ? undefined : entries[0]?.trending.day;
  const told = lookup?.trending?.day ?? elsewhere;
  const place =
    last && (!told || told <= last.period)
      ? { day: last.period, rank: last.rank }
      : told
        ? { day: told }
        : {};
  return { ...merged, trending: { ...rest, ...place } };
}

/** What was fetched of many papers, by id. Needs the tables `lookups` and `entries`. */
export async function fetchedOf(
  db: Database,
  ids: PaperId[],
): Promise<Map<PaperId, Fetched & { lookup?: Lookup }>> {
  // A question for each paper: one for all of them goes from row to row, which takes browsers several times as long.
  const [lookups, ...entries] = await Promise.all([
    db.lookups.bulkGet(ids),
    ...ids.map((id) => db.entries.where({ id }).toArray()),
  ]);
  return new Map(
    ids.map((id, index) => {
      const lookup = lookups[index];
      return [id, { ...fetched(lookup, entries[index] ?? []), ...(lookup && { lookup }) }];
    }),
  );
}

/** Views of papers, in the order asked. Runs inside a transaction over `viewTables`. */
async function viewsWithin(
  db: Database,
  ids: PaperId[],
  now: number,
  allowed: boolean,
): Promise<PaperView[]> {
  const [kept, markers, known, observed, settings, rest] = await Promise.all([
    db.kept.bulkGet(ids),
    // All there are, one question: hardly ever is more than one note open.
    db.editing.toArray(),
    fetchedOf(db, ids),
    db.observed.bulkGet(ids),
    readSettings(db),
    resting(db, 'papers', now),
  ]);
  const editing = new Set(markers.map(({ id }) => id));
  const automatic = allowed && settings.choice === 'automatic';
  return ids.map((id, index) => {
    const stored = kept[index];
    // One in the bin is as if it was never kept.
    const row = stored?.removed ? undefined : stored;
    const { lookup, ...found } = known.get(id) ?? {};
    const due = automatic && hasHuggingFacePage(id) && !isFresh(lookup, now);
    const no = lookup?.found === false || !hasHuggingFacePage(id);
    return present<PaperView>({
      id,
      paper: row ? fill(row.paper, found.paper) : found.paper,
      saved: row?.saved === 1,
      noted: Boolean(row?.note),
      reading: row?.reading ?? 'unread',
      editing: editing.has(id),
      known: found.trending ? 'yes' : no ? 'no' : 'unasked',
      trending: found.trending,
      fetchedAt: found.fetchedAt ?? lookup?.fetchedAt,
      lookedUpAt: lookup?.fetchedAt,
      refreshDue: due && !rest,
      trouble: lookup?.trouble ?? (due ? rest : undefined),
      folded: settings.folded,
      highlights: row?.highlights || undefined,
      dismissed: stored?.dismissed ? true : undefined,
      readVersion: row?.readVersion,
      ...overTime(observed[index], now),
    });
  });
}

/** May an opened paper's id be sent by itself? */
async function automaticAllowed({ db, consent }: Seams): Promise<boolean> {
  const settings = await read(db, ['meta'], () => readSettings(db));
  return settings.choice === 'automatic' && (await consent());
}

/** Stored data of many papers, in the order asked; an unknown paper gives a plain view. */
export async function views(seams: Seams, ids: PaperId[]): Promise<PaperView[]> {
  if (ids.length === 0) return [];
  const allowed = await automaticAllowed(seams);
  return read(seams.db, [...viewTables], () => viewsWithin(seams.db, ids, seams.now(), allowed));
}

/** The same for one paper. */
export async function view(seams: Seams, id: PaperId): Promise<PaperView> {
  const [one] = await views(seams, [id]);
  return one as PaperView;
}

/** A paper of a list, and what that list says of it before anything else, where it says anything. */
interface Place {
  id: PaperId;
  paper?: Paper;
  trending?: Trending;
}

/** The papers of a list as the digest shows them, in the order given. `fits`: where the ranking by fit is wanted. */
export async function digestPapers(
  seams: Seams,
  places: Place[],
  fits?: Fits,
): Promise<DigestPaper[]> {
  const { db, now } = seams;
  const ids = places.map(({ id }) => id);
  const rank = fits?.();
  const [known, [seen, first]] = await Promise.all([
    views(seams, ids),
    read(db, ['seen'], () => Promise.all([db.seen.bulkGet(ids), db.seen.orderBy('at').first()])),
  ]);
  const papers = places.map((place, index) => {
    const view = known[index] as PaperView;
    const paper = fill(place.paper ?? bare(place.id), view.paper);
    const said = fill(place.trending ?? { keywords: [] }, view.trending);
    // A list that knows no rank does not say which day a rank is of.
    const day = place.trending?.rank === undefined ? view.trending?.day : undefined;
    const trending = day ? { ...said, day } : said;
    return present<DigestPaper>({
      ...view,
      known: 'yes',
      paper: { ...paper, title: paper.title || place.id },
      trending,
      fresh: freshness(view.trending ?? trending, seen[index], first?.at, now()),
    });
  });
  const [topics, near] = await Promise.all([topicsOf(db, papers), rank?.(papers)]);
  return papers.map((one, index) =>
    present<DigestPaper>({ ...one, topics: topics.get(one.id), fit: near?.[index] }),
  );
}

/** The papers of one stored list, in its order. */
export async function listed(seams: Seams, period: string, fits?: Fits): Promise<DigestPaper[]> {
  const { db } = seams;
  const places = await read(db, ['entries', 'periods'], async (): Promise<Place[]> => {
    if (kindOf(period) !== 'day') {
      const { ids = [] } = (await db.periods.get(period)) ?? {};
      return ids.map((id) => ({ id }));
    }
    const entries = await db.entries.where({ period }).toArray();
    return entries.sort((a, b) => a.rank - b.rank);
  });
  return digestPapers(seams, places, fits);
}
