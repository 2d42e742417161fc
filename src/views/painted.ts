// Highlights over texts of our own pages: found and painted as in any other page. Loaded where there are some.
import '../highlighting/paint.css';
import { find } from '../anchoring/quote';
import { rangesOf, readText } from '../anchoring/text';
import { isLight, type Painted, paint } from '../highlighting/paint';
import type { PageHighlight } from '../library/api';

/** A document has one registry of what is painted, so all of its texts are painted together. */
const painted = new Map<Element, Painted[]>();

/**
 * Finds highlights in the text of an element; those whose words it does not have are left out.
 * @throws the signal's reason
 */
export async function findIn(
  element: Element,
  highlights: PageHighlight[],
  signal: AbortSignal,
): Promise<Painted[]> {
  const seams = { pause: () => new Promise<void>((done) => setTimeout(done)), signal };
  const text = await readText(element, seams);
  const found: Painted[] = [];
  for (const { quote, colour } of highlights) {
    const span = await find(text, quote, seams);
    if (span) found.push({ colour, text, span, ranges: rangesOf(text, span) });
  }
  return found;
}

function paintAll(): void {
  paint([...painted.values()].flat(), {
    dark: isLight(getComputedStyle(document.body).color),
  });
}

/** Paints these over an element, and no others any more. */
export function paintOver(element: Element, found: Painted[]): void {
  if (found.length > 0) painted.set(element, found);
  else painted.delete(element);
  paintAll();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paintAll);
