// Which papers of a period the person wants to see, in their order and groups.
import { useCallback, useMemo, useRef } from 'preact/hooks';
import { grouped, passes, sorted } from '../digest/filters';
import type { DigestPaper, DigestSettings, PeriodView, Topic } from '../library/api';
import type { PaperId } from '../paper';
import { type Group, isKnown } from './papers';

export interface ShownPapers {
  /** Names the list: another period, filter or order is another list. */
  of: string;
  groups: Group[];
  count: number;
  /** How many of them are new. */
  fresh: number;
  /** Places in the service's list, from 1. */
  places: ReadonlyMap<PaperId, number>;
}

/**
 * Scores as they first were, so that rows do not move under the hand that saves or dismisses a paper, until another
 * period or order is chosen.
 */
function useSteadyFit(): (of: string) => (listed: DigestPaper) => number | undefined {
  const first = useRef({ of: '', scores: new Map<PaperId, number>() });
  return useCallback((of) => {
    if (first.current.of !== of) first.current = { of, scores: new Map() };
    const { scores } = first.current;
    return ({ id, fit }) => {
      if (fit && !scores.has(id)) scores.set(id, fit.score);
      return scores.get(id);
    };
  }, []);
}

/**
 * The papers that pass. One that was there stays until the list is another one: a paper that is saved or read does not
 * vanish under the hand that did it.
 * @param settled false while the list is the one of an earlier time: then none stays for having been there
 */
export function useShown(
  view: PeriodView | undefined,
  digest: DigestSettings,
  topics: Topic[] | undefined,
  settled: boolean,
): ShownPapers {
  const stayed = useRef<{ of: string; ids: ReadonlySet<PaperId> }>({ of: '', ids: new Set() });
  const steady = useSteadyFit();
  return useMemo(() => {
    if (!view) return { of: '', groups: [], count: 0, fresh: 0, places: new Map() };
    const { filters, sort, known } = digest;
    const of = JSON.stringify([view.kind, view.shown, filters, sort, known]);
    const stay = stayed.current.of === of ? stayed.current.ids : new Set<PaperId>();
    const asked = passes(filters);
    const staying = passes({ ...filters, unread: false });
    const papers = view.papers.filter((listed) =>
      stay.has(listed.id)
        ? staying(listed)
        : asked(listed) && !(known === 'hide' && isKnown(listed)),
    );
    if (settled) stayed.current = { of, ids: new Set(papers.map(({ id }) => id)) };
    return {
      of,
      groups: grouped(
        sorted(papers, sort, steady(JSON.stringify([view.kind, view.shown, sort]))),
        topics ?? [],
      ),
      count: papers.length,
      fresh: papers.filter(({ fresh }) => fresh === 'new').length,
      places: new Map(view.papers.map(({ id }, index) => [id, index + 1])),
    };
  }, [view, digest, topics, steady, settled]);
}
