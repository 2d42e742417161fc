// Why a paper is in a list, where its row does not show it: a few words of the abstract, or a keyword, around what matched.
import type { DigestPaper } from '../library/api';
import { fold } from '../query/fold';
import { parseQuery, topicFields } from '../query/language';
import { highlightsIn } from '../query/matches';
import { readable } from '../tex';

/** A place in a text, in UTF-16 units, `end` exclusive. */
interface Place {
  start: number;
  end: number;
}

/** Where a text holds what is looked for, in order and apart. */
export type Finder = (text: string, field?: 'title' | 'author' | 'org' | 'keyword') => Place[];

/** What the text of the filters looks for: each of its words, anywhere in a word. Undefined for no words. */
export function textFinder(typed: string): Finder | undefined {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  return (text) => {
    // Folding may change how long a text is: each folded unit knows the character that it comes from.
    const from: number[] = [];
    let folded = '';
    for (let at = 0; at < text.length; ) {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
      const plain = sign < '\x80' ? sign.toLowerCase() : fold(sign);
      for (let unit = 0; unit < plain.length; unit++) from.push(at);
      folded += plain;
      at += sign.length;
    }
    from.push(text.length);
    const places = words.flatMap((word): Place[] => {
      const at = folded.indexOf(word);
      return at < 0 ? [] : [{ start: from[at] ?? 0, end: from[at + word.length] ?? text.length }];
    });
    return apart(places);
  };
}

/** What the query of a topic looks for. Undefined where it cannot be read. */
export function queryFinder(query: string): Finder | undefined {
  const parsed = parseQuery(query, topicFields);
  if ('problem' in parsed) return undefined;
  return (text, field) => highlightsIn(parsed.query, text, field);
}

/** In order, those that touch as one. */
function apart(places: Place[]): Place[] {
  const all: Place[] = [];
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

/** Words with what matched in them marked: every second part, from the second on. */
export interface Excerpt {
  from: 'Abstract' | 'Keyword' | 'Author';
  parts: string[];
}

/** So many characters stand before the first match at most, so that it is in view, and so many in all. */
const lead = 24;
const longest = 220;

/** The first `shown` authors stand in a row already. */
const authorsShown = 3;

function marked(from: Excerpt['from'], text: string, places: Place[]): Excerpt {
  const first = places[0]?.start ?? 0;
  const space = text.indexOf(' ', Math.max(0, first - lead));
  const begin = first <= lead ? 0 : space >= 0 && space < first ? space + 1 : first;
  const end = Math.min(text.length, begin + longest);
  const parts = [begin > 0 ? '…' : ''];
  let at = begin;
  for (const place of places.filter((one) => one.end <= end)) {
    parts[parts.length - 1] += text.slice(at, place.start);
    parts.push(text.slice(place.start, place.end), '');
    at = place.end;
  }
  parts[parts.length - 1] += text.slice(at, end);
  return { from, parts };
}

/**
 * What matched in a paper, where its title, its first authors and its organization do not show it already.
 * @returns undefined where there is nothing to explain
 */
export function excerptOf({ paper, trending }: DigestPaper, find: Finder): Excerpt | undefined {
  const shown = [
    find(readable(paper.title), 'title'),
    ...paper.authors.slice(0, authorsShown).map((name) => find(name, 'author')),
    find(trending.organization ?? '', 'org'),
  ];
  if (shown.some((places) => places.length > 0)) return undefined;
  const abstract = readable(paper.abstract).replace(/\s+/g, ' ').trim();
  const inAbstract = find(abstract);
  if (inAbstract.length > 0) return marked('Abstract', abstract, inAbstract);
  for (const keyword of trending.keywords) {
    const places = find(keyword, 'keyword');
    if (places.length > 0) return marked('Keyword', keyword, places);
  }
  for (const name of paper.authors.slice(authorsShown)) {
    const places = find(name, 'author');
    if (places.length > 0) return marked('Author', name, places);
  }
  return undefined;
}
