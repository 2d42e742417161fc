// The terms of a text: single words and pairs of words, with their weight.
import { fold } from '../query/fold';

/** What is read of one paper. */
export interface Writing {
  title: string;
  abstract: string;
  keywords?: string[];
  /** What the person wrote about it: the note, comments on highlights. */
  note?: string;
}

/** A word, or two words in a row. */
export interface Term {
  /** Stands for the word in records: 32 bits, signed, so that two words hardly ever share one. */
  hash: number;
  /** Grows with the logarithm of how often it stands there; in the title, a keyword or the note it counts more. */
  weight: number;
  /** As it is written there, for a person to read. */
  words: string;
  /** It stands in the title, as a keyword or in the note, so that it tells what the paper is about. */
  telling: boolean;
  /** It stands in the note. */
  noted: boolean;
}

/** How much one occurrence in a field counts. */
const counting = { abstract: 1, title: 3, keyword: 1, note: 3 };
type Field = keyof typeof counting;

/** Characters of a field that are read: more than any abstract has. */
const most = 20_000;

/** Words that say nothing of a subject: English ones, then those of any abstract. */
const stopWords = new Set(
  `a about above after again against all also although am among an and another any are as at be because been before
  being below between both but by can cannot could did do does doing don down during each either et al etc few for from
  had has have having he her here hers him his how if i in into is it its itself just less like many may me might more
  most must my near neither no nor not now of off on once one only onto or other our ours out over own per same several
  she should since so some such than that the their theirs them then there therefore these they this those three
  through thus to too toward towards two under until up upon us use used uses using very via was we well were what when
  where whether which while who whom whose why will with within without would yet you your
  achieve achieved achieves achieving across address addresses approach approaches art available based challenge
  challenges challenging code demonstrate demonstrates demonstrating different effective effectively effectiveness
  enable enabled enables enabling existing experimental experiments extensive first further furthermore however improve
  improved improvement improvements improves improving including introduce introduces introducing key make method
  methods moreover additionally new novel outperform outperforming outperforms page paper performance present presents
  previous project propose proposed proposes provide provides providing publicly recent recently release released remain
  remains result results second show showing shows significant significantly specifically state various work works`.split(
    /\s+/,
  ),
);

/** What makes an address of a word: addresses name owners and hosts, not subjects. */
const address = /:\/\/|\bwww\.|\w\.(?:com|io|ai|org|net|cn|dev)\b/i;

/** Letters and digits in a row. Latin ones stand apart, as in notes of languages that put no spaces between words. */
const word = /[\p{Script=Latin}\p{N}\p{M}]+|[\p{L}--\p{Script=Latin}]+/gv;

/** The same of a text that is all ASCII, several times as fast. */
const plainWord = /[\da-z]+/gi;
const plain = /^[\0-\x7f]*$/;

const capitalised = /^\p{Lu}\p{Ll}+$/u;
const digits = /^\p{N}+$/u;

/** The text without addresses; what stands around one is no pair. */
function withoutAddresses(text: string): string {
  if (!address.test(text)) return text;
  return text
    .split(/\s+/)
    .map((part) => (address.test(part) ? ';' : part))
    .join(' ');
}

/** One space, one line's end or one hyphen stands between two words of a pair, and no other mark. */
function joined(text: string, end: number, start: number): boolean {
  return start === end + 1 && /[\s\p{Pd}]/u.test(text[end] as string);
}

/** Without the s of a plural: `models` -> `model`, but `loss`, `corpus` and `analysis` stay. */
function singular(folded: string): string {
  return folded.length > 3 && folded.endsWith('s') && !'isu'.includes(folded.at(-2) as string)
    ? folded.slice(0, -1)
    : folded;
}

/** FNV-1a, its bits mixed once more so that the low ones can be used alone. */
function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function mark(term: Term, field: Field): void {
  if (field !== 'abstract') term.telling = true;
  if (field === 'note') term.noted = true;
}

/**
 * Reads a paper's terms, each once. Any text is allowed; nothing throws.
 * @returns in the order in which they first stand there; none for empty texts
 */
export function readTerms({ title, abstract, keywords = [], note = '' }: Writing): Term[] {
  const found = new Map<string, Term>();
  const count = (folded: string, words: string, field: Field) => {
    const by = counting[field];
    const known = found.get(folded);
    if (!known) {
      const term = { hash: hashOf(folded), weight: by, words, telling: false, noted: false };
      found.set(folded, term);
      mark(term, field);
      return;
    }
    known.weight += by;
    mark(known, field);
    // Titles and sentences begin with capitals that say nothing.
    if (words !== known.words && capitalised.test(known.words) && !capitalised.test(words))
      known.words = words;
  };
  const read = (whole: string, field: Field) => {
    const text = withoutAddresses(whole.slice(0, most));
    const allPlain = plain.test(text);
    const words = allPlain ? plainWord : word;
    let before = '';
    let beforeStart = 0;
    let beforeEnd = 0;
    words.lastIndex = 0;
    for (let match = words.exec(text); match; match = words.exec(text)) {
      const start = match.index;
      const end = words.lastIndex;
      const folded = allPlain ? match[0].toLowerCase() : fold(match[0]);
      if (folded.length < 2 || stopWords.has(folded) || digits.test(folded)) {
        before = '';
        continue;
      }
      const one = singular(folded);
      count(one, match[0], field);
      if (before && joined(text, beforeEnd, start))
        count(`${before} ${one}`, text.slice(beforeStart, end).replace(/\s/g, ' '), field);
      before = one;
      beforeStart = start;
      beforeEnd = end;
    }
  };
  read(abstract, 'abstract');
  read(title, 'title');
  for (const keyword of keywords) read(keyword, 'keyword');
  read(note, 'note');

  const terms = [...found.values()];
  for (const term of terms) term.weight = Math.log1p(term.weight);
  return terms;
}
