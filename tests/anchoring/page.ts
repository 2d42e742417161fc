// Pages for the tests of anchoring, and the texts of them.
import { type PageText, rangesOf, readText, type Seams } from '../../src/anchoring/text';

/** Gives way to nobody: for tests that are not about pauses. */
export const seams: Seams = { pause: () => Promise.resolve() };

/** Reads a page made of this HTML, which stands in the document of the test. */
export function read(html: string): Promise<PageText> {
  document.body.innerHTML = html;
  return readText(document.body, seams);
}

/** Where a string stands in a text. */
export function spanIn({ text }: PageText, part: string) {
  const start = text.indexOf(part);
  if (start < 0) throw new Error(`"${part}" is not in "${text}"`);
  return { start, end: start + part.length };
}

/** What ranges say, each on its own. */
export const said = (text: PageText, part: string) =>
  rangesOf(text, spanIn(text, part)).map((range) => range.toString());

/** A selection from one text of the document to another, both included. */
export function select(from: string, to = from): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(document, 4);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const start = node.data.indexOf(from);
    if (start >= 0 && range.collapsed) {
      range.setStart(node, start);
      range.setEnd(node, start + 1);
    }
    const end = node.data.indexOf(to);
    if (end >= 0 && !range.collapsed) {
      range.setEnd(node, end + to.length);
      return range;
    }
  }
  throw new Error(`"${from}" or "${to}" is not in the document`);
}
