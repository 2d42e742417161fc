// The place for a panel where a page has no column for it.
import type { Place } from './site';

/** The window's edge, as soon as there is a body to stand in. */
export function atEdge({ body }: Document): Place | null {
  return body && { element: body, position: 'append', fit: 'docked' };
}
