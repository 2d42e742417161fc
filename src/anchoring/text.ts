// The text of a page with the way back to its nodes: what a person reads, and nothing that stands in between.
import { foldInto, normalise } from './fold';

/** What the caller provides, so that the page never waits. */
export interface Seams {
  /** Lets the page do its own work: a macrotask, such as `scheduler.yield()` or `setTimeout`. */
  pause(): Promise<void>;
  /** Ends the work: the promise rejects with its reason. */
  signal?: AbortSignal;
}

/** A text node or a formula, as a piece of the text. */
interface Part {
  node: Text | Element;
  /** The node's data when it was read; for a formula nothing. */
  data: string;
  start: number;
  end: number;
  /** 1 if the normalised data begin with a space that the text before has already. */
  cut: number;
  /** Nothing was left out between the part before and this one. */
  joined: boolean;
}

/** A stretch of parts in the order of the document: the page itself, then each footnote. */
interface Flow {
  root: Element;
  parts: Part[];
  start: number;
  end: number;
}

/** The text of a page at one moment. Only `text` is for reading; the rest belongs to this folder. */
export interface PageText {
  /** Normalised (see `normalise`), formulas as `$TeX$` where the page has the TeX. Footnotes come after the rest. */
  readonly text: string;
  readonly flows: readonly Flow[];
  /** Letters and digits of `text` (see `foldInto`), and the offset in `text` of each. */
  readonly key: string;
  readonly keyAt: Int32Array;
}

/** A stretch of `PageText.text`, in UTF-16 units, `end` not included. */
export interface Span {
  start: number;
  end: number;
}

/** Work is laid down after this many ms. */
const slice = 8;

/** When the page last had its turn. All readings and searches of a page share one thread, so they share this. */
let since = 0;

/** A function to call often: it pauses when a slice is over. The answer is undefined where there is nothing to await. */
export function pacer({ pause, signal }: Seams): () => Promise<void> | undefined {
  return () => {
    if (performance.now() - since < slice) return;
    return pause().then(() => {
      signal?.throwIfAborted();
      since = performance.now();
    });
  };
}

// By attribute: `.MathJax` also selects arXiv's own class `mathjax` in pages without a doctype.
const formulas = 'math, mjx-container, [class^="MathJax"]:not([class~="MathJax_Preview"]), .katex';

const skipped =
  'script, style, noscript, template, svg, canvas, iframe, object, audio, video, input, textarea, select, button, nav, [hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], [class~="MathJax_Preview"], .MJX_Assistive_MathML, .ltx_page_navbar, .ltx_page_header, .ltx_page_footer, .ltx_TOC, .ltx_note_mark, .ltx_tag_note, .ltx_tag_equation, .ltx_tag_listingline, .ltx_linenumber, .ltx_ERROR, .descriptor, .mobile-submission-download';

/** LaTeXML writes a footnote into its sentence and hides it: it is read after everything else. */
const notes = '.ltx_note_content';

const blocks =
  /^(?:address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|table|td|th|tr|ul)$/;

/** What a formula says, as `$TeX$` where the page has the TeX, else as its characters in a row. */
function formulaText(element: Element): string {
  const math = element.localName === 'math' ? element : element.querySelector('math');
  const beside = element.nextElementSibling;
  const tex =
    (beside?.matches('script[type^="math/tex"]') ? beside.textContent : null) ??
    math?.getAttribute('alttext') ??
    math?.querySelector('annotation[encoding="application/x-tex"]')?.textContent ??
    element.querySelector('[data-latex]')?.getAttribute('data-latex');
  if (tex) return normalise(`$${tex.replace(/%\n/g, '').trim()}$`);
  return normalise((math ?? element).textContent ?? '').replace(/ /g, '');
}

/**
 * Reads the text of an element: what a person reads there, normalised. Left out are scripts, styles, form fields,
 * what the markup hides, navigation, LaTeXML's numbers of equations and lines, and our own elements. Each formula
 * (MathJax 2 and 3, KaTeX, MathML, LaTeXML) is one piece. The page is not changed.
 *
 * The answer is a snapshot: after the page has changed, read it again. `rangesOf` gives nothing where it is stale.
 * @param root usually `document.body`
 * @param skip a selector of more elements to leave out
 * @throws the signal's reason
 */
export async function readText(root: Element, seams: Seams, skip = ''): Promise<PageText> {
  seams.signal?.throwIfAborted();
  const pace = pacer(seams);
  const leaves = skip ? `${skipped}, ${skip}` : skipped;
  const pieces: string[] = [];
  const flows: Flow[] = [];
  const roots = [root];
  let length = 0;
  // The text so far ends with white space or is empty.
  let spaced = true;
  const add = (piece: string) => {
    pieces.push(piece);
    length += piece.length;
    spaced = piece.endsWith(' ');
  };

  for (const top of roots) {
    const flow: Flow = { root: top, parts: [], start: length, end: length };
    let joined = false;
    const part = (node: Text | Element, data: string, text: string) => {
      const cut = spaced && text.startsWith(' ') ? 1 : 0;
      if (text.length === cut) return;
      flow.parts.push({ node, data, start: length, end: length + text.length - cut, cut, joined });
      add(cut ? text.slice(1) : text);
      joined = true;
    };
    const space = () => {
      if (!spaced) add(' ');
    };
    /** Reads what is at a node. Gives whether its children are to be read too. */
    const enter = (node: Node): boolean => {
      if (node.nodeType === 3) {
        const { data } = node as Text;
        part(node as Text, data, normalise(data));
      }
      if (node.nodeType !== 1) return false;
      const element = node as Element;
      const name = element.localName;
      if (name === 'span' && !element.hasAttributes()) return true;
      if (element.matches(formulas)) {
        part(element, '', formulaText(element));
        return false;
      }
      if (element !== top && element.matches(notes)) roots.push(element);
      else if (!name.startsWith('paper-margin') && !element.matches(leaves)) {
        if (blocks.test(name)) space();
        return true;
      }
      joined = false;
      return false;
    };

    let node: Node | null = top;
    while (node) {
      const waiting = pace();
      if (waiting) await waiting;
      let next: Node | null = enter(node) ? node.firstChild : null;
      while (!next && node && node !== top) {
        next = node.nextSibling;
        if (next) break;
        node = node.parentNode;
        if (node?.nodeType === 1 && blocks.test((node as Element).localName)) space();
      }
      // A page that changed meanwhile may have taken the node out: what was read by then is the text.
      node = next;
    }
    space();
    flow.end = length;
    flows.push(flow);
  }

  const text = pieces.join('');
  const codes = new Uint16Array(text.length * 2);
  const at = new Int32Array(text.length * 2);
  let size = 0;
  const push = (code: number, from: number) => {
    codes[size] = code;
    at[size++] = from;
  };
  let key = '';
  for (let done = 0, kept = 0; done < text.length; kept = size) {
    done = foldInto(text, done, Math.min(done + 8192, text.length), push);
    for (let from = kept; from < size; from += 8192)
      key += String.fromCharCode(...codes.subarray(from, Math.min(from + 8192, size)));
    const waiting = pace();
    if (waiting) await waiting;
  }
  return { text, flows, key, keyAt: at.slice(0, size) };
}

/** The letters of a stretch of text, as a stretch of its key. */
export function keySpan({ keyAt }: PageText, { start, end }: Span): Span {
  return {
    start: firstWhere(keyAt.length, (index) => (keyAt[index] as number) >= start),
    end: firstWhere(keyAt.length, (index) => (keyAt[index] as number) >= end),
  };
}

/** The index of the first item for which `test` holds; it must hold for all items after it. */
export function firstWhere(length: number, test: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The flow at an offset. */
export function flowAt(text: PageText, offset: number): Flow | undefined {
  return text.flows.find(({ start, end }) => start <= offset && offset < end);
}

/**
 * Where a DOM range stands in the text; formulas that it touches count whole, white space at its ends does not.
 * @returns null where it has no text in common with the page's
 */
export function spanOf({ flows, text }: PageText, range: Range): Span | null {
  const shared = range.commonAncestorContainer;
  // The first flow is the page; a footnote contains nothing of another.
  const flow = flows.findLast(({ root }) => root.contains(shared)) ?? flows[0];
  if (range.collapsed || !flow || !(flow.root.contains(shared) || shared.contains(flow.root)))
    return null;
  const { parts } = flow;
  const before = ({ node }: Part) => !range.intersectsNode(node) && range.comparePoint(node, 0) < 0;
  const after = ({ node }: Part) => !range.intersectsNode(node) && range.comparePoint(node, 0) > 0;
  const is = (test: (part: Part) => boolean) => (index: number) => test(parts[index] as Part);
  const first =
    parts[
      firstWhere(
        parts.length,
        is((part) => !before(part)),
      )
    ];
  const last = parts[firstWhere(parts.length, is(after)) - 1];
  if (!first || !last) return null;
  /** The offset in the text of an offset in a text node. */
  const inside = (part: Part, raw: number) => {
    const at: number[] = [];
    normalise(part.data, at);
    const index = firstWhere(at.length, (index) => (at[index] as number) >= raw);
    return part.start + Math.max(0, index - part.cut);
  };
  let start =
    range.startContainer === first.node && first.data
      ? inside(first, range.startOffset)
      : first.start;
  let end =
    range.endContainer === last.node && last.data ? inside(last, range.endOffset) : last.end;
  while (start < end && text[start] === ' ') start++;
  while (start < end && text[end - 1] === ' ') end--;
  return start < end ? { start, end } : null;
}

/**
 * The DOM ranges of a stretch of text, in order, for painting: they cover its text and formulas and nothing that
 * stands in between and was left out.
 * @returns nothing where the page has changed there since it was read
 */
export function rangesOf({ flows }: PageText, { start, end }: Span): Range[] {
  const ranges: Range[] = [];
  for (const { parts } of flows) {
    let open: Range | undefined;
    for (
      let index = firstWhere(parts.length, (at) => (parts[at] as Part).end > start);
      index < parts.length;
      index++
    ) {
      const part = parts[index] as Part;
      const { node, data, cut } = part;
      if (part.start >= end) break;
      if (!node.isConnected || (data && (node as Text).data !== data)) return [];
      if (!open || !part.joined) {
        open = node.ownerDocument.createRange();
        ranges.push(open);
        if (data) open.setStart(node, rawOffset(data, start - part.start + cut, cut));
        else open.setStartBefore(node);
      }
      if (!data) open.setEndAfter(node);
      else if (end >= part.end) open.setEnd(node, data.length);
      else open.setEnd(node, rawOffset(data, end - part.start + cut - 1, 0) + 1);
    }
  }
  return ranges;
}

/** The offset in a node's data of an offset in its normalised form. */
function rawOffset(data: string, offset: number, least: number): number {
  const at: number[] = [];
  normalise(data, at);
  return at[Math.max(offset, least)] ?? data.length;
}
