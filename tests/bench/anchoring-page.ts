// What the anchoring bench does inside a browser: pages are mutated, and quotes of them looked for, with the place known.
import { describe, find, type Quote, quoteOf } from '../../src/anchoring/quote.ts';
import {
  keySpan,
  type PageText,
  rangesOf,
  readText,
  type Seams,
  type Span,
  spanOf,
} from '../../src/anchoring/text.ts';
import { followAnchors } from '../../src/highlighting/anchors.ts';
import { followNear } from '../../src/highlighting/near.ts';
import { paint } from '../../src/highlighting/paint.ts';
import type { HighlightColour } from '../../src/library/api.ts';
import type { PaperId } from '../../src/paper.ts';
import type { Page } from '../../src/sites/site.ts';

/** A page as its HTML, and for a cross-site pair the selector of the abstract. */
export interface Source {
  name: string;
  html: string;
}

/** The same abstract on two pages. */
export interface Pair {
  from: Source & { abstract: string };
  to: Source & { abstract: string };
}

export interface Tally {
  passages: number;
  exact: number;
  approximate: number;
  wrong: number;
  missed: number;
  /** Up to a few cases that failed, for a person. */
  failures: string[];
}

export interface Timing {
  html: number;
  letters: number;
  read: number;
  /** Per quote, found exactly; found approximately or not at all. */
  exact: number;
  approximate: number;
  index: number;
  all: number;
  found: number;
  longest: number;
}

type Random = () => number;

/** mulberry32, a public-domain generator. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seams = { pause: () => Promise.resolve() };
const whole = (random: Random, count: number) => Math.floor(random() * count);
const pick = <T>(random: Random, from: readonly T[]): T => from[whole(random, from.length)] as T;

/** A page, without the menus and offers that stand around what a person highlights. */
function parse(html: string): Document {
  const document = new DOMParser().parseFromString(html, 'text/html');
  const core = document.querySelectorAll('#abs > .title, #abs > .authors, #abs > .abstract');
  if (core.length) document.body.replaceChildren(...core);
  return document;
}

const words =
  'almost broad cotton during earlier fourteen gently however inside jointly kernel longer mostly newer often plainly quite rather seldom twice under various without yearly'.split(
    ' ',
  );

const unrelated = (random: Random, count: number) =>
  `${Array.from({ length: count }, () => pick(random, words)).join(' ')}.`;

/** One live range over a stretch of text: it follows what happens to the document. */
function liveRange(text: PageText, span: Span): Range {
  const ranges = rangesOf(text, span);
  const range = ranges[0] as Range;
  const last = ranges.at(-1) as Range;
  range.setEnd(last.endContainer, last.endOffset);
  return range;
}

/** The sentence around an offset. */
function sentenceAt({ text }: PageText, at: number): Span {
  const ends = /[.?!]['")\]]* (?=\S)/g;
  // No sentence that is taken is longer.
  ends.lastIndex = Math.max(0, at - 3000);
  let start = ends.lastIndex;
  for (let match = ends.exec(text); match; match = ends.exec(text)) {
    if (match.index >= at) return { start, end: match.index + match[0].length - 1 };
    start = match.index + match[0].length;
  }
  return { start, end: text.length };
}

/** A passage as people select them: some words, a sentence, or some sentences. */
function passage(text: PageText, random: Random): { span: Span; sentence: Span } | null {
  const { start: low, end: high } = text.flows[0] as Span;
  for (let tries = 0; tries < 100; tries++) {
    const at = low + whole(random, high - low);
    const sentence = sentenceAt(text, at);
    const length = sentence.end - sentence.start;
    if (length < 25 || length > 900) continue;
    const kind = random();
    if (kind < 0.45) return { span: sentence, sentence };
    if (kind < 0.6) {
      const { end } = sentenceAt(text, Math.min(sentence.end + 2, high - 1));
      if (end - sentence.start < 2000) return { span: { start: sentence.start, end }, sentence };
    }
    const inner = text.text.slice(sentence.start, sentence.end);
    const starts = [...inner.matchAll(/\S+/g)];
    const first = whole(random, starts.length);
    const last = Math.min(starts.length - 1, first + whole(random, 14));
    const [from, to] = [starts[first], starts[last]];
    if (!from || !to) continue;
    const span = {
      start: sentence.start + from.index,
      end: sentence.start + to.index + to[0].length,
    };
    if (/[\p{L}\p{N}]{2}/u.test(text.text.slice(span.start, span.end))) return { span, sentence };
  }
  return null;
}

/** Replaces, inserts or deletes a word in each of some stretches of text. */
function editWords(text: PageText, stretches: Span[], random: Random) {
  // All are looked up before the first is changed: afterwards the text is stale.
  const chosen: Range[] = [];
  for (const { start, end } of stretches) {
    const found = [...text.text.slice(start, end).matchAll(/(?<= |^)[A-Za-z]{3,}(?= |$)/g)];
    if (!found.length) continue;
    const word = pick(random, found);
    const at = start + word.index;
    const [range] = rangesOf(text, { start: at, end: at + word[0].length });
    if (range?.startContainer.nodeType === 3 && range.startContainer === range.endContainer)
      chosen.push(range);
  }
  for (const range of chosen) {
    const { startContainer, startOffset, endOffset } = range;
    // A word may be chosen twice; the first time may have taken it away.
    if (range.collapsed) continue;
    const node = startContainer as Text;
    const kind = random();
    if (kind < 0.5) {
      // From within, so that a live range that ends with this word goes on doing so.
      const word = pick(random, words);
      node.insertData(startOffset + 1, word);
      node.deleteData(startOffset + 1 + word.length, endOffset - startOffset - 1);
      node.deleteData(startOffset, 1);
    } else if (kind < 0.75) node.insertData(endOffset, ` ${pick(random, words)}`);
    else node.deleteData(startOffset, endOffset - startOffset);
  }
}

const beforeOf = ({ span }: Case) => ({ start: Math.max(0, span.start - 70), end: span.start - 1 });
const afterOf = ({ span }: Case) => ({ start: span.end + 1, end: span.end + 70 });

/** Changes the data of all text nodes in place, so that live ranges follow. */
function editData(root: Element, each: (node: Text) => void) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  for (const node of nodes)
    if (!node.parentElement?.closest('script, style, math, annotation')) each(node);
}

function replaceAll(node: Text, pattern: RegExp, by: (match: string) => string) {
  for (const match of [...node.data.matchAll(pattern)].reverse())
    node.replaceData(match.index, match[0].length, by(match[0]));
}

/** A formula as another page would have it: TeX, Unicode, or drawn by MathJax 2, MathJax 3 or KaTeX. */
function otherFormula(math: Element, random: Random): Node {
  const document = math.ownerDocument;
  const tex = math.getAttribute('alttext') ?? '';
  const clean = math.cloneNode(true) as Element;
  for (const annotation of clean.querySelectorAll('annotation, annotation-xml'))
    annotation.remove();
  clean.removeAttribute('alttext');
  const shown = clean.textContent ?? '';
  const box = document.createElement('span');
  const drawn = document.createElement('span');
  drawn.textContent = shown;
  switch (whole(random, 5)) {
    case 0:
      return document.createTextNode(`$${tex}$`);
    case 1:
      return document.createTextNode(shown);
    case 2: {
      const script = document.createElement('script');
      script.setAttribute('type', 'math/tex');
      script.textContent = tex;
      drawn.className = 'MathJax';
      box.innerHTML = '<span class="MathJax_Preview"></span>';
      box.append(drawn, script);
      return box;
    }
    case 3: {
      const container = document.createElement('mjx-container');
      const assistive = document.createElement('mjx-assistive-mml');
      assistive.append(clean);
      drawn.setAttribute('aria-hidden', 'true');
      container.append(drawn, assistive);
      return container;
    }
    default: {
      box.className = 'katex';
      const hidden = document.createElement('span');
      hidden.className = 'katex-mathml';
      const copy = math.cloneNode(true) as Element;
      copy.removeAttribute('alttext');
      hidden.append(copy);
      drawn.setAttribute('aria-hidden', 'true');
      box.append(hidden, drawn);
      return box;
    }
  }
}

interface Case {
  quote: Quote;
  truth: Range;
  /** The passage with all of the sentence it begins in. */
  around: Range;
  span: Span;
  sentence: Span;
}

/** What happens to a page: each gives whether the passage is still there in some form. */
const mutations: Record<string, (text: PageText, cases: Case[], random: Random) => boolean> = {
  'nothing changed': () => true,
  'words before edited': (text, cases, random) => {
    editWords(text, [...cases, ...cases].map(beforeOf), random);
    return true;
  },
  'words after edited': (text, cases, random) => {
    editWords(text, [...cases, ...cases].map(afterOf), random);
    return true;
  },
  'words inside edited': (text, cases, random) => {
    const times = ({ span }: Case) => 1 + Math.floor((span.end - span.start) / 90);
    editWords(
      text,
      cases.flatMap((one) => Array(times(one)).fill(one.span)),
      random,
    );
    return true;
  },
  'words before, inside and after edited': (text, cases, random) => {
    editWords(
      text,
      cases.flatMap((one) => [beforeOf(one), one.span, afterOf(one)]),
      random,
    );
    return true;
  },
  'white space': (text, _, random) => {
    editData((text.flows[0] as { root: Element }).root, (node) =>
      replaceAll(node, / /g, () => pick(random, [' ', '\n    ', '\u00a0', ' '])),
    );
    return true;
  },
  'soft hyphens and zero-width signs': (text, _, random) => {
    editData((text.flows[0] as { root: Element }).root, (node) => {
      for (const match of [...node.data.matchAll(/[a-z](?=[a-z])/g)].reverse())
        if (random() < 0.1) node.insertData(match.index + 1, pick(random, ['\u00ad', '\u200b']));
    });
    return true;
  },
  'ligatures and typographic signs': (text) => {
    const signs: Record<string, string> = {
      ffi: 'ﬃ',
      ffl: 'ﬄ',
      ff: 'ﬀ',
      fi: 'ﬁ',
      fl: 'ﬂ',
      "'": '’',
      '"': '”',
      '-': '–',
    };
    editData((text.flows[0] as { root: Element }).root, (node) =>
      replaceAll(node, /ffi|ffl|ff|fi|fl|['"-]/g, (match) => signs[match] ?? match),
    );
    return true;
  },
  'formulas as TeX, Unicode, MathJax, KaTeX': (text, _, random) => {
    for (const math of [...(text.flows[0] as { root: Element }).root.querySelectorAll('math')]) {
      math.parentNode?.insertBefore(otherFormula(math, random), math);
      math.remove();
    }
    return true;
  },
  'sentence moved': (text, cases, random) => {
    for (const one of cases) {
      // All of the passage moves, with its sentence.
      const range = one.around;
      const block = (node: Node) =>
        (node as Element).closest?.('p, dd, blockquote') ??
        node.parentElement?.closest('p, dd, blockquote');
      // What stands in several paragraphs is no sentence that an author moves.
      if (block(range.startContainer) !== block(range.endContainer)) {
        one.truth.collapse();
        continue;
      }
      const home = (text.flows[0] as { root: Element }).root;
      const paragraphs = [...home.querySelectorAll('p, dd, blockquote')].filter(
        (paragraph) =>
          !range.intersectsNode(paragraph) && (paragraph.textContent?.length ?? 0) > 80,
      );
      const target = pick(random, paragraphs);
      if (!target) continue;
      const box = home.ownerDocument.createElement('span');
      const [startNode, startOffset] = [one.truth.startContainer, one.truth.startOffset];
      const [endNode, endOffset] = [one.truth.endContainer, one.truth.endOffset];
      const marks = ['start', 'end'].map((name) => {
        const mark = home.ownerDocument.createElement('i');
        mark.dataset.mark = name;
        return mark;
      }) as [HTMLElement, HTMLElement];
      const point = home.ownerDocument.createRange();
      point.setStart(endNode, endOffset);
      point.insertNode(marks[1]);
      point.setStart(startNode, startOffset);
      point.collapse(true);
      point.insertNode(marks[0]);
      range.setStart(range.startContainer, range.startOffset);
      if (!range.intersectsNode(marks[0])) range.setStartBefore(marks[0]);
      if (!range.intersectsNode(marks[1])) range.setEndAfter(marks[1]);
      box.append(' ', range.extractContents(), ' ');
      target.append(box);
      one.truth.setStartAfter(marks[0]);
      one.truth.setEndBefore(marks[1]);
    }
    return true;
  },
  'sentence deleted': (_, cases) => {
    for (const { around } of cases) around.deleteContents();
    return false;
  },
  'sentence replaced by another': (_, cases, random) => {
    for (const { around: range } of cases) {
      const length = range.toString().split(/\s+/).length;
      range.deleteContents();
      range.insertNode(new Text(` ${unrelated(random, length)} `));
    }
    return false;
  },
  'sentence deleted, its like elsewhere stays': (_, cases) => {
    for (const { around } of cases) around.deleteContents();
    return false;
  },
  'sentence deleted, its like next to it stays': (_, cases) => {
    for (const { around } of cases) around.deleteContents();
    return false;
  },
  'whole paragraph deleted': (_, cases) => {
    for (const { around } of cases) {
      const block = (node: Node) => node.parentElement?.closest('p, dd, li, blockquote');
      for (const node of [around.startContainer, around.endContainer]) block(node)?.remove();
      // What stands in no paragraph, such as a title, goes by itself.
      around.deleteContents();
    }
    return false;
  },
};

/** Adds to a page a sentence that says nearly the same as each of some sentences, far from it or right after it. */
async function addSiblings(
  root: Element,
  random: Random,
  count: number,
  beside: boolean,
): Promise<Span[]> {
  const text = await readText(root, seams);
  const spots: { sentence: string; range: Range }[] = [];
  for (let tries = 0; spots.length < count && tries < count * 20; tries++) {
    const sentence = sentenceAt(text, whole(random, (text.flows[0] as Span).end));
    const words = text.text.slice(sentence.start, sentence.end);
    if (words.length < 60 || words.length > 500 || spots.some((spot) => spot.sentence === words))
      continue;
    const range = liveRange(text, sentence);
    if (
      range.startContainer.parentElement?.closest('p') !==
      range.endContainer.parentElement?.closest('p')
    )
      continue;
    if (!range.startContainer.parentElement?.closest('p')) continue;
    spots.push({ sentence: words, range });
  }
  const paragraphs = [...root.querySelectorAll('p')];
  for (const { sentence, range } of spots) {
    const parts = sentence.split(' ');
    for (let times = 0; times < 2; times++)
      parts[whole(random, parts.length)] = pick(random, words);
    const like = new Text(` ${parts.join(' ')} `);
    if (beside) {
      const after = range.cloneRange();
      after.collapse(false);
      after.insertNode(like);
    } else pick(random, paragraphs).append(like);
  }
  const again = await readText(root, seams);
  return spots.map(({ range }) => spanOf(again, range)).filter((span) => span !== null);
}

function judge(
  tally: Tally,
  text: PageText,
  quote: Quote,
  truth: Span | null,
  found: Awaited<ReturnType<typeof find>>,
) {
  tally.passages++;
  const tell = (what: string) => {
    if (tally.failures.length < 12)
      tally.failures.push(
        `${what}: "${quote.exact.slice(0, 160)}" [${quote.prefix.slice(-30)}|${quote.suffix.slice(0, 30)}] -> ${found ? `${found.how} ${found.score.toFixed(2)} "${text.text.slice(found.start, found.end).slice(0, 160)}" [${text.text.slice(Math.max(0, found.start - 30), found.start)}|${text.text.slice(found.end, found.end + 30)}]` : 'nothing'}${truth ? ` instead of "${text.text.slice(truth.start, truth.end).slice(0, 160)}"` : ''}`,
      );
  };
  if (!found) {
    tally.missed++;
    if (truth) tell('missed');
    return;
  }
  if (truth) {
    const [a, b] = [keySpan(text, found), keySpan(text, truth)];
    const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
    const both = Math.max(a.end, b.end) - Math.min(a.start, b.start);
    if (shared / both >= 0.7) {
      tally[found.how]++;
      return;
    }
  }
  tally.wrong++;
  tell('wrong');
}

/** At least half of a passage's words are still there: a passage of one word that was replaced is gone. */
function isLeft(before: string, after: string): boolean {
  const left = new Set(after.split(' '));
  const all = before.split(' ');
  return all.filter((word) => left.has(word)).length >= all.length / 2;
}

const empty = (): Tally => ({
  passages: 0,
  exact: 0,
  approximate: 0,
  wrong: 0,
  missed: 0,
  failures: [],
});

/** Mutates pages in every way and looks for passages of them. Rows by mutation; `gone` ones must not be found. */
export async function evaluate(
  pages: Source[],
  batches: number,
  seed: number,
): Promise<{ name: string; gone: boolean; tally: Tally }[]> {
  const rows: { name: string; gone: boolean; tally: Tally }[] = [];
  for (const [name, mutate] of Object.entries(mutations)) {
    const tally = empty();
    let stays = true;
    const random = seeded(seed);
    for (const page of pages)
      for (let batch = 0; batch < batches; batch++) {
        if (/Unicode/.test(name) && !page.html.includes('<math')) continue;
        const root = parse(page.html).body;
        const siblings = /its like/.test(name)
          ? await addSiblings(root, random, 12, /next/.test(name))
          : undefined;
        const text = await readText(root, seams);
        const cases: Case[] = [];
        for (let count = 0; count < (siblings?.length ?? 12); count++) {
          const sibling = siblings?.[count];
          const chosen = sibling ? { span: sibling, sentence: sibling } : passage(text, random);
          if (!chosen) continue;
          const { span, sentence } = chosen;
          // Passages of a batch are far from each other, so that each is changed by its own mutation only.
          if (cases.some((other) => Math.abs(other.span.start - span.start) < 700)) continue;
          const truth = liveRange(text, span);
          const around = liveRange(text, {
            start: Math.min(span.start, sentence.start),
            end: Math.max(span.end, sentence.end),
          });
          const quote = describe(text, truth);
          if (quote) cases.push({ quote, truth, around, span, sentence });
        }
        stays = mutate(text, cases, random);
        const changed = await readText(root, seams);
        for (const { quote, truth } of cases) {
          const place = stays ? spanOf(changed, truth) : null;
          if (
            stays &&
            !(
              place &&
              (!/edited/.test(name) ||
                isLeft(quote.exact, changed.text.slice(place.start, place.end)))
            )
          )
            continue;
          judge(tally, changed, quote, place, await find(changed, quote, seams));
        }
      }
    rows.push({ name, gone: !stays, tally });
  }
  const other = empty();
  const random = seeded(seed);
  for (const [index, page] of pages.entries()) {
    const text = await readText(parse(page.html).body, seams);
    // Versions of a paper have the same number, and so do names that begin with it.
    const id = (name: string) => /\d{4}\.\d{4,5}|\d{7}|^[a-z]+/.exec(name)?.[0];
    const next = [...pages.slice(index + 1), ...pages].find(
      (one) => id(one.name) !== id(page.name),
    );
    const foreign = await readText(parse((next as Source).html).body, seams);
    for (let count = 0; count < batches * 8; count++) {
      const chosen = passage(text, random);
      const quote = chosen && quoteOf(text, chosen.span);
      // Both pages of a site say some things in the same words, such as their menus.
      if (!quote || quote.exact.length < 20 || foreign.text.includes(quote.exact)) continue;
      judge(other, foreign, quote, null, await find(foreign, quote, seams));
    }
  }
  rows.push({ name: 'another paper', gone: true, tally: other });
  return rows;
}

/** Looks for passages of an abstract on the other site's page. */
export async function evaluatePairs(pairs: Pair[], each: number, seed: number): Promise<Tally> {
  const tally = empty();
  const random = seeded(seed);
  for (const { from, to } of pairs) {
    const [one, two] = [parse(from.html).body, parse(to.html).body];
    const [source, target] = [await readText(one, seams), await readText(two, seams)];
    const place = (root: Element, text: PageText, selector: string) => {
      const range = root.ownerDocument.createRange();
      range.selectNodeContents(root.querySelector(selector) as Element);
      return spanOf(text, range);
    };
    const [home, there] = [place(one, source, from.abstract), place(two, target, to.abstract)];
    if (!home || !there) continue;
    const [homeKey, thereKey] = [keySpan(source, home), keySpan(target, there)];
    for (let count = 0; count < each; count++) {
      const starts = [...source.text.slice(home.start, home.end).matchAll(/(?<=^| )\S+/g)];
      const first = whole(random, starts.length);
      const last =
        count === 0
          ? starts.length - 1
          : Math.min(starts.length - 1, first + 2 + whole(random, 40));
      const [a, b] = [starts[count === 0 ? 0 : first], starts[last]];
      if (!a || !b) continue;
      const span = { start: home.start + a.index, end: home.start + b.index + b[0].length };
      const quote = quoteOf(source, span);
      if (!quote) continue;
      const key = keySpan(source, span);
      // Where the abstracts differ (a footnote, a citation), the same share of the way.
      const scale = (thereKey.end - thereKey.start) / (homeKey.end - homeKey.start);
      const at = (offset: number) =>
        target.keyAt[
          Math.min(
            target.keyAt.length - 1,
            thereKey.start + Math.round((offset - homeKey.start) * scale),
          )
        ] as number;
      // Where both say the same, the truth is there; where they differ, at the same share of the way.
      const letters = source.key.slice(key.start, key.end);
      const expected = thereKey.start + (key.start - homeKey.start) * scale;
      const same = [...target.key.matchAll(new RegExp(letters, 'g'))]
        .map(({ index }) => index)
        .filter((index) => index >= thereKey.start && index < thereKey.end)
        .sort((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0];
      const truth =
        same === undefined
          ? { start: at(key.start), end: at(key.end - 1) + 1 }
          : {
              start: target.keyAt[same] as number,
              end: (target.keyAt[same + letters.length - 1] as number) + 1,
            };
      judge(tally, target, quote, truth, await find(target, quote, seams));
    }
  }
  return tally;
}

/** Shows a page, and gives quotes of its earlier version; half of them were edited since. */
async function openPage(html: string, highlights: number, seed: number, seams: Seams) {
  document.body.replaceChildren(...parse(html).body.childNodes);
  const random = seeded(seed);
  const old = await readText(document.body, seams);
  const quotes: Quote[] = [];
  const edited: Span[] = [];
  while (quotes.length < highlights) {
    const chosen = passage(old, random);
    const quote = chosen && quoteOf(old, chosen.span);
    if (!quote) continue;
    quotes.push(quote);
    if (quotes.length % 2) edited.push(chosen.span);
  }
  editWords(old, edited, random);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return quotes;
}

/** Finds and paints highlights, as in any page; marks its begin and its end. */
export async function paintIn(
  html: string,
  highlights: number,
  seed: number,
): Promise<{ all: number; found: number }> {
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
  const quotes = await openPage(html, highlights, seed, { pause });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const { signal } = new AbortController();
  const page = { site: 'arxiv', kind: 'html' } as Page;
  const colours = ['yellow', 'green', 'blue', 'pink'] as const;
  const paintAll = () =>
    paint(
      anchors
        .all()
        .flatMap(({ highlight: { colour }, text, span, ranges }) =>
          span ? { colour, text, span, ranges } : [],
        ),
      { near },
    );
  const near = followNear(paintAll, signal);
  const anchors = followAnchors({
    ...{ page, pause, changed: paintAll, signal },
    root: () => document.body,
  });
  performance.mark('begin');
  const begin = performance.now();
  anchors.set(
    quotes.map((quote, at) => ({
      ...{ ...page, id: String(at), paper: 'a' as PaperId, quote, createdAt: at, commented: false },
      colour: colours[at % 4] as HighlightColour,
    })),
  );
  await anchors.settled();
  const all = performance.now() - begin;
  // What is painted is drawn, and what is near is known after that.
  for (let frames = 0; frames < 6; frames++) await frame();
  performance.mark('end');
  return { all, found: anchors.all().filter(({ span }) => span).length };
}

/** Reads a page and finds 200 highlights of its earlier version in it, half of them edited since. Times in ms. */
export async function time(html: string, highlights: number, seed: number): Promise<Timing> {
  const channel = new MessageChannel();
  let since = performance.now();
  let longest = 0;
  const note = () => {
    longest = Math.max(longest, performance.now() - since);
  };
  const patient = {
    pause: () => {
      note();
      return new Promise<void>((resolve) => {
        channel.port1.onmessage = () => {
          since = performance.now();
          resolve();
        };
        channel.port2.postMessage(0);
      });
    },
  };
  const quotes = await openPage(html, highlights, seed, patient);
  since = performance.now();
  longest = 0;
  const begin = performance.now();
  const text = await readText(document.body, patient);
  const read = performance.now() - begin;
  const spent = { exact: [] as number[], approximate: [] as number[] };
  let index = 0;
  let found = 0;
  for (const quote of quotes) {
    const from = performance.now();
    const at = await find(text, quote, patient);
    const took = performance.now() - from;
    if (at) {
      found++;
      rangesOf(text, at);
    }
    if (at?.how === 'exact') spent.exact.push(took);
    else if (!index) index = took;
    else spent.approximate.push(took);
  }
  note();
  const mean = (times: number[]) =>
    times.reduce((sum, one) => sum + one, 0) / Math.max(1, times.length);
  return {
    html: html.length,
    letters: text.key.length,
    read,
    exact: mean(spent.exact),
    approximate: mean(spent.approximate),
    index,
    all: performance.now() - begin,
    found,
    longest,
  };
}
