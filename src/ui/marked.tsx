// A text in which the words of a search are marked.
import type { ComponentChildren } from 'preact';
import type { Match } from '../library/api';

/** The text of a match with its places as `<mark>`, and an ellipsis where something was left out. */
export function Marked({ match }: { match: Pick<Match, 'text' | 'places' | 'cut'> }) {
  const { text, places, cut } = match;
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { start, end } of places) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <>
      {cut?.before && '… '}
      {parts}
      {text.slice(at)}
      {cut?.after && ' …'}
    </>
  );
}
