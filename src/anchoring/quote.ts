// A quote of a page's text: how a selection becomes one, and where it stands in another text of the same paper.
import { type Alignment, align, type Grams, indexGrams, likelyStarts } from './align';
import { foldInto, keyOf } from './fold';
import { flowAt, type PageText, pacer, type Seams, type Span, spanOf } from './text';

/**
 * A stretch of a text and what stands around it: TextQuoteSelector and TextPositionSelector of the W3C Web Annotation
 * Data Model (§4.2.4, §4.2.5) over `PageText.text`.
 */
export interface Quote {
  exact: string;
  /** 32 or more characters where the text has them; 128 or more if `exact` stands several times in its text. */
  prefix: string;
  suffix: string;
  /** A hint for quotes that stand several times. Other texts of the same paper have other offsets. */
  start?: number;
  end?: number;
}

export interface Found extends Span {
  /** `exact` if all letters and digits are the same. */
  how: 'exact' | 'approximate';
  /** From 0 to 1, which says that quote and context are the same. */
  score: number;
}

const context = { usual: 64, ambiguous: 128, most: 512 };

/** Quotes of no more letters than this are laid on the text whole, longer ones by their beginning and end. */
const whole = 512;
const part = 256;
/** So many letters in a row, six words, hardly stand in another sentence by chance. */
const unmistakable = 32;
/** Letters of the context that are compared. */
const near = 80;
/** Letters of a heading such as `Abstract`: before or after them there is nothing to compare. */
const heading = 12;

/** All places of a string in another, at most `most`. */
function placesOf(pattern: string, text: string, most = 400): number[] {
  const places: number[] = [];
  for (
    let at = text.indexOf(pattern);
    at >= 0 && places.length < most;
    at = text.indexOf(pattern, at + 1)
  )
    places.push(at);
  return places;
}

/**
 * Describes a selection so that it is found again elsewhere.
 * @returns null if it has no letter or digit of the page's text: empty, in a form field, in our own elements
 */
export function describe(text: PageText, range: Range): Quote | null {
  const span = spanOf(text, range);
  return span && quoteOf(text, span);
}

/** Describes a stretch of text. See `describe`. */
export function quoteOf(text: PageText, { start, end }: Span): Quote | null {
  const flow = flowAt(text, start);
  const exact = text.text.slice(start, end);
  const key = keyOf(exact);
  if (!flow || !key) return null;
  // Context never begins within a word, and never in another footnote.
  const cut = (length: number) => {
    const from = text.text.lastIndexOf(' ', Math.max(0, start - length)) + 1;
    const to = text.text.indexOf(' ', end + length);
    return {
      prefix: text.text.slice(Math.max(flow.start, start - length - 40, from), start),
      suffix: text.text.slice(end, Math.min(flow.end, end + length + 40, to < 0 ? flow.end : to)),
    };
  };
  let around = cut(context.usual);
  if (placesOf(key, text.key, 2).length > 1)
    for (let length = context.ambiguous; length <= context.most; length *= 2) {
      around = cut(length);
      const pattern = keyOf(around.prefix + exact + around.suffix);
      if (placesOf(pattern, text.key, 2).length < 2) break;
    }
  return { exact, ...around, start, end };
}

/** A candidate: a stretch of letters and how like the quote it and its sides are, each from 0 to 1. */
interface Candidate extends Span {
  quote: number;
  before: number;
  after: number;
}

/** How like two texts are: 1 less the share of edits. A side that the quote does not have says nothing. */
const likeness = (errors: number, length: number) =>
  length ? Math.max(0, 1 - errors / length) : 0;

const indexes = new WeakMap<PageText, Promise<Grams>>();

/**
 * Finds a quote: the place with the same letters and digits whose surroundings are most alike, else the place that
 * takes few edits and stands between the same neighbours. A quote whose place is empty, or filled by something else,
 * is not found, however like another sentence may be.
 *
 * The first approximate search indexes the text, the others share that. Call one after the other.
 * @returns null where it is not there (anymore)
 * @throws the signal's reason
 */
export async function find(text: PageText, quote: Quote, seams: Seams): Promise<Found | null> {
  const pace = pacer(seams);
  seams.signal?.throwIfAborted();
  const exact = keyOf(quote.exact);
  if (!exact) return null;
  const prefix = keyOf(quote.prefix);
  const suffix = keyOf(quote.suffix);
  // The whole of it, context and all.
  const places = placesOf(prefix + exact + suffix, text.key);
  if (prefix.length + suffix.length > 15 && places.length > 0) {
    const spans = places.map((at) => ({
      start: at + prefix.length,
      end: at + prefix.length + exact.length,
    }));
    return found(text, quote, nearest(text, quote, spans), 'exact', 1);
  }
  const sides = { prefix: prefix.slice(-near), suffix: suffix.slice(0, near) };
  const same = await findExact(text, quote, exact, sides, pace);
  // Words that stood several times, now between others, are compared with those that were edited.
  const sure =
    same &&
    (Math.min(same.before, same.after) >= 0.65 ||
      (exact.length >= unmistakable && !isAmbiguous(quote)));
  if (sure) return found(text, quote, same, 'exact', score(same));
  if (!indexes.has(text)) {
    const index = indexGrams(text.key, pace);
    indexes.set(text, index);
    index.catch(() => indexes.delete(text));
  }
  const grams = await (indexes.get(text) as Promise<Grams>);
  let best = same;
  for (const candidate of candidates(grams, exact, sides)) {
    const waiting = pace();
    if (waiting) await waiting;
    if (!admissible(text.key, exact, sides, candidate)) continue;
    if (!best || score(candidate) > score(best)) best = candidate;
  }
  return best && found(text, quote, best, best === same ? 'exact' : 'approximate', score(best));
}

interface Sides {
  prefix: string;
  suffix: string;
}

async function findExact(
  text: PageText,
  quote: Quote,
  exact: string,
  { prefix, suffix }: Sides,
  pace: () => Promise<void> | undefined,
): Promise<Candidate | null> {
  // A short quote stands everywhere: ask for some of its context at once.
  const short = exact.length < 8;
  const starts = short
    ? [
        ...placesOf(prefix.slice(-12) + exact, text.key).map(
          (at) => at + Math.min(12, prefix.length),
        ),
        ...placesOf(exact + suffix.slice(0, 12), text.key),
      ]
    : placesOf(exact, text.key);
  const all: Candidate[] = [];
  for (const start of new Set(starts)) {
    const waiting = pace();
    if (waiting) await waiting;
    const end = start + exact.length;
    all.push({
      ...{ start, end, quote: 1 },
      before: sideLikeness(
        prefix,
        text.key.slice(Math.max(0, start - prefix.length - 16), start),
        true,
      ),
      after: sideLikeness(suffix, text.key.slice(end, end + suffix.length + 16), false),
    });
  }
  const top = Math.max(...all.map(score));
  const best = nearest(
    text,
    quote,
    all.filter((candidate) => score(candidate) > top - 0.02),
  );
  if (!best) return null;
  const { before, after } = best;
  const [most, least] = [Math.max(before, after), Math.min(before, after)];
  // Where an abstract is all that a page has, its first and last words have one neighbour only.
  const first = best.start <= heading && suffix.length >= unmistakable && after >= 0.9;
  const last =
    text.key.length - best.end <= heading && prefix.length >= unmistakable && before >= 0.9;
  // Another program may have stored the words alone: then nothing but their being there once can tell.
  const alone = !prefix && !suffix && starts.length === 1 && exact.length >= 12;
  const told =
    alone ||
    first ||
    last ||
    (least >= (exact.length < 12 ? 0.8 : 0.65) && most >= 0.9) ||
    (exact.length >= unmistakable && (most >= 0.8 || !isAmbiguous(quote))) ||
    (most > 0 &&
      withinSentence(text.key, quote, best) >= unmistakable * (isAmbiguous(quote) ? 1.5 : 1));
  return told ? best : null;
}

/** The quote stood several times in its own text: then `quoteOf` gives it more context. */
const isAmbiguous = ({ prefix, suffix }: Quote) =>
  Math.max(prefix.length, suffix.length) >= context.ambiguous;

/**
 * How many letters the quote and its context in the same sentence have in common with a place, without a gap: a few
 * words are known by their sentence. A neighbouring sentence proves nothing, as it stays when this one goes.
 */
function withinSentence(
  key: string,
  { exact, prefix, suffix }: Quote,
  { start, end }: Span,
): number {
  const before = keyOf(/[^.?!]*$/.exec(prefix)?.[0] ?? '');
  const closed = /[.?!]\W*$/.test(exact);
  const after = closed ? '' : keyOf(/^[^.?!]*/.exec(suffix)?.[0] ?? '');
  let low = 0;
  while (low < before.length && before[before.length - 1 - low] === key[start - 1 - low]) low++;
  let high = 0;
  while (high < after.length && after[high] === key[end + high]) high++;
  return low + end - start + high;
}

/** How like a side of the quote is to what stands there, from the quote outwards. */
function sideLikeness(side: string, there: string, before: boolean): number {
  if (!side || !there) return 0;
  if (before ? there.endsWith(side) : there.startsWith(side)) return 1;
  const { errors } = align(['', side, ''], there, 0, there.length);
  return likeness(errors[1], side.length);
}

/** Candidates for an approximate match, the likeliest first. */
function* candidates(grams: Grams, exact: string, { prefix, suffix }: Sides): Generator<Candidate> {
  const { text } = grams;
  const on = (pieces: [string, string, string], start: number): Alignment => {
    const length = pieces.join('').length;
    const slack = 96 + (length >> 2);
    return align(
      pieces,
      text,
      Math.max(0, start - slack),
      Math.min(text.length, start + length + slack),
    );
  };
  const candidate = (
    start: number,
    end: number,
    errors: [number, number, number],
    length: number,
  ) => ({
    start,
    end,
    quote: likeness(errors[1], length),
    before: likeness(errors[0], prefix.length),
    after: likeness(errors[2], suffix.length),
  });
  if (exact.length <= whole) {
    for (const start of likelyStarts(grams, prefix + exact + suffix, 6)) {
      const { start: from, end, errors } = on([prefix, exact, suffix], start);
      yield candidate(from, end, errors, Math.max(exact.length, end - from));
    }
    return;
  }
  const [head, tail] = [exact.slice(0, part), exact.slice(-part)];
  const heads = likelyStarts(grams, prefix + head, 3).map((start) => on([prefix, head, ''], start));
  const tails = likelyStarts(grams, tail + suffix, 3).map((start) => on(['', tail, suffix], start));
  for (const first of heads)
    for (const last of tails) {
      const length = last.end - first.start;
      if (length < exact.length / 2 || length > exact.length * 2) continue;
      const errors: [number, number, number] = [
        first.errors[0],
        first.errors[1] + last.errors[1],
        last.errors[2],
      ];
      yield candidate(first.start, last.end, errors, 2 * part);
    }
}

/** The field's weights: the quote counts most, its sides the same, each less than half of it. */
function score({ quote, before, after }: Candidate): number {
  return (50 * quote + 20 * before + 20 * after) / 90;
}

/** The candidate nearest to where the quote stood. */
function nearest<T extends Span>({ keyAt }: PageText, { start = 0 }: Quote, spans: T[]): T {
  const distance = ({ start: at }: T) => Math.abs((keyAt[at] as number) - start);
  return spans.reduce(
    (best, span) => (distance(span) < distance(best) ? span : best),
    spans[0] as T,
  );
}

/** Whether a place that is not the same is the quote's, edited: its neighbours decide. Numbers found by the bench. */
function admissible(
  key: string,
  exact: string,
  { prefix, suffix }: Sides,
  place: Candidate,
): boolean {
  const { start, end, quote, before, after } = place;
  const [most, least] = [Math.max(before, after), Math.min(before, after)];
  // Between neighbours that are the same, a few words may be mostly new.
  if (exact.length < 24 && least >= 0.95) return quote >= 0.3;
  if (end - start < exact.length / 2) return false;
  // A neighbour that still stands, but elsewhere, shows where the quote was: this is another sentence.
  const reach = 400;
  for (const length of [near, 40]) {
    const neighbour = prefix.slice(-length);
    const stands = neighbour.length >= 24 ? placesOf(neighbour, key) : [];
    const at = stands.map((place) => place + neighbour.length);
    if (at.length && !at.some((place) => place <= start + 4 && place > start - reach)) return false;
  }
  for (const length of [near, 40]) {
    const neighbour = suffix.slice(0, length);
    const at = neighbour.length >= 24 ? placesOf(neighbour, key) : [];
    if (at.length && !at.some((place) => place >= end - 4 && place < end + reach)) return false;
  }
  if (least >= 0.8) return quote >= 0.65;
  if (least >= 0.6) return quote >= 0.75 && exact.length >= 24;
  if (most >= 0.8) return quote >= 0.8 && exact.length >= 24;
  return quote >= 0.9 && exact.length >= 120;
}

/** A stretch of letters as one of text, with the signs at its ends that the quote has there too. */
function found(
  { text, keyAt }: PageText,
  { exact, prefix, suffix }: Quote,
  { start: from, end: to }: Span,
  how: Found['how'],
  score: number,
): Found {
  let start = keyAt[from] as number;
  let end = foldInto(text, keyAt[to - 1] as number, (keyAt[to - 1] as number) + 1, () => {});
  if (how === 'approximate') {
    if (!/[\p{L}\p{N}]$/u.test(prefix)) start = wordEdge(text, start);
    if (!/^[\p{L}\p{N}]/u.test(suffix)) end = wordEdge(text, end);
    while (text[start] === ' ') start++;
    while (text[end - 1] === ' ') end--;
  }
  const edges: number[] = [];
  foldInto(exact, 0, exact.length, (_, at) => edges.push(at));
  const lead = exact.slice(0, edges[0]);
  const final = edges.at(-1) ?? 0;
  const trail = exact.slice(foldInto(exact, final, final + 1, () => {}));
  if (lead && text.slice(0, start).endsWith(lead)) start -= lead.length;
  if (text.startsWith(trail, end)) end += trail.length;
  return { start, end, how, score };
}

/** The offset nearest to this one that is not within a word. */
function wordEdge(text: string, at: number): number {
  const within = (offset: number) => /^[\p{L}\p{N}]{2}/u.test(text.slice(offset - 1, offset + 1));
  for (let distance = 0; ; distance++)
    for (const offset of [at - distance, at + distance]) if (!within(offset)) return offset;
}
