// What the address of the library page says: the words that are searched and the paper that is open; and beside it, in the history, their order.
import type { LibraryOrder } from '../library/api';
import { type PaperId, parseKey } from '../paper';

export interface Place {
  query: string;
  paper?: PaperId;
  order?: LibraryOrder;
}

/** What the history remembers of an entry besides its address. */
interface Entry {
  order?: LibraryOrder;
  /** It came with the paper: the entry before is the list. */
  opened?: boolean;
}

const entry = (): Entry => history.state ?? {};

/** Reads `?q=words&paper=1810.04805`. What is no paper's id is passed over. */
export function placeOf(search: string): Place {
  const named = new URLSearchParams(search);
  const paper = parseKey(named.get('paper') ?? '');
  return { query: named.get('q') ?? '', ...(paper && { paper }) };
}

/** Where the page is in its history now, with the order that belonged there. */
export function placeNow(): Place {
  const { order } = entry();
  return { ...placeOf(location.search), ...(order && { order }) };
}

/** The address of a place, from the page's own. */
export function printPlace({ query, paper }: Place): string {
  const named = new URLSearchParams();
  if (query.trim()) named.set('q', query);
  if (paper) named.set('paper', paper);
  const text = named.toString();
  return text ? `?${text}` : location.pathname;
}

/** Shows the place in the address: a paper that opens is a step that `Back` takes back, words are none. */
export function go(place: Place): void {
  const opens = Boolean(place.paper) && !placeOf(location.search).paper;
  const opened = opens || (Boolean(place.paper) && entry().opened);
  const state = { ...(place.order && { order: place.order }), ...(opened && { opened }) };
  history[opens ? 'pushState' : 'replaceState'](state, '', printPlace(place));
}

/** Takes the step back that opening a paper was. @returns false where it was none: then there is no `popstate` to come */
export function leave(): boolean {
  const { opened = false } = entry();
  if (opened) history.back();
  return opened;
}
