// Highlights over texts of our own pages: found and painted as in any other page. Loaded where there are some.
import '../highlighting/paint.css';
import { find } from '../anchoring/quote';
import { type PageText, rangesOf, readText, type Span } from '../anchoring/text';
import { isLight, overlaps, paint } from '../highlighting/paint';
import type { HighlightColour, PageHighlight } from '../library/api';

/** The highlights that an element's text has. */
export interface Found {
  text: PageText;
  highlights: { colour: HighlightColour; span: Span }[];
}

/** A document has one registry of what is painted, so all of its texts are painted together. */
const painted = new Map<Element, Found>();

/**
 * Finds highlights in the text of an element.
 * @throws the signal's reason
 */
export async function findIn(
  element: Element,
  highlights: PageHighlight[],
  signal: AbortSignal,
): Promise<Found> {
  const seams = { pause: () => new Promise<void>((done) => setTimeout(done)), signal };
  const found: Found = { text: await readText(element, seams), highlights: [] };
  for (const { quote, colour } of highlights) {
    const span = await find(found.text, quote, seams);
    if (span) found.highlights.push({ colour, span });
  }
  return found;
}

function paintAll(): void {
  const all = [...painted.values()];
  paint(
    all.flatMap(({ text, highlights }) =>
      highlights.map(({ colour, span }) => ({ colour, ranges: rangesOf(text, span) })),
    ),
    {
      overlap: all.flatMap(({ text, highlights }) =>
        overlaps(highlights.map(({ span }) => span)).flatMap((span) => rangesOf(text, span)),
      ),
      dark: isLight(getComputedStyle(document.body).color),
    },
  );
}

/** Paints these over an element, and no others any more; without `found` none. */
export function paintOver(element: Element, found?: Found): void {
  if (found) painted.set(element, found);
  else painted.delete(element);
  paintAll();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paintAll);
