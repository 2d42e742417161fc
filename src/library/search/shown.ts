// Where a paper has the words of a search, to be shown. Pure.
import type { Query, TextField } from '../../query/language';
import { highlightsIn } from '../../query/matches';
import type { Match } from '../api';

/** Of a longer text, so many UTF-16 units are shown, of which so many stand before the first word. */
const [shown, lead] = [240, 60];

/** The texts of a paper, as they may be shown. */
export type Texts = { in: Match['in']; text: string }[];

const fields: Partial<Record<Match['in'], TextField>> = {
  title: 'title',
  author: 'author',
  keyword: 'keyword',
  org: 'org',
};

/** The part of a long text around its first places. */
function excerpt({ in: where, text, places }: Match): Match {
  const first = places[0]?.start ?? 0;
  if (text.length <= shown) return { in: where, text, places };
  // From a space on, so that no word and no character is cut.
  const near = Math.max(0, Math.min(first - lead, text.length - shown));
  const space = text.indexOf(' ', near);
  const start = near === 0 || space < 0 || space >= first ? Math.min(near, first) : space + 1;
  const begin = near === 0 ? 0 : start;
  const last = text.lastIndexOf(' ', begin + shown);
  const end = begin + shown >= text.length ? text.length : last > first ? last : begin + shown;
  const within = places.filter((place) => place.start >= begin && place.end <= end);
  return {
    in: where,
    text: text.slice(begin, end),
    places: within.map((place) => ({ start: place.start - begin, end: place.end - begin })),
    cut: { ...(begin > 0 && { before: true }), ...(end < text.length && { after: true }) },
  };
}

/** The texts in which words of the query stand, with their places; long ones cut to the part around the first. */
export function matchesOf(query: Query, texts: Texts): Match[] {
  return texts.flatMap(({ in: where, text }) => {
    const places = highlightsIn(query, text, fields[where]);
    if (places.length === 0) return [];
    const whole = where === 'title' || where === 'author';
    const match: Match = { in: where, text, places };
    return [whole ? match : excerpt(match)];
  });
}
