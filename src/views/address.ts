// What the address of the library page says: the words that are searched and the paper that is open.
import { type PaperId, parseKey } from '../paper';

export interface Place {
  query: string;
  paper?: PaperId;
}

/** Reads `?q=words&paper=1810.04805`. What is no paper's id is passed over. */
export function placeOf(search: string): Place {
  const named = new URLSearchParams(search);
  const paper = parseKey(named.get('paper') ?? '');
  return { query: named.get('q') ?? '', ...(paper && { paper }) };
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
  const now = placeOf(location.search);
  const opens = place.paper && !now.paper;
  history[opens ? 'pushState' : 'replaceState'](null, '', printPlace(place));
}
