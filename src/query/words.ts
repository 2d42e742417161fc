// The words of a text, folded so that spellings of one word are equal: the one tokenizer of queries and topics.

/** One word of a text. */
export interface Word {
  /** Folded: lower case, without accents. */
  word: string;
  /** Where it stands in the text, in UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
}

/** Letters that Unicode does not take apart, as people type them who lack the key. */
const plainLetters: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ȷ: 'j', ς: 'σ' },
};

/** A Greek letter that stands alone is its name, as in TeX: `π` and `$\pi$` are one word. */
const greek = new Map(
  `α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho
  σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega`
    .split(/\s+/)
    .flatMap((sign, at, all): [string, string][] => (at % 2 ? [] : [[sign, all[at + 1] ?? sign]])),
);

/** Letters of scripts that put no spaces between words; each is a word of its own. */
const spaceless = String.raw`[[[\p{L}\p{Nl}]&&[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]]--[ゟヿ\uff9e\uff9f]]`;
const letter = String.raw`[[\p{L}\p{Nl}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\uff9e\uff9f]]`;

/** TeX inside a word: `\"o`, `{\'e}`, `\v{s}`, `\ss`, `\o `. What is left of it without its signs is the letter. */
const texLetter = String.raw`\{?\\(?:["'\x60^~=.]|[uvHcdkrb](?=\{))\{?(?:\\[ij](?![a-zA-Z])|${letter})\}{0,2}|\{?\\(?:ss|ae|AE|oe|OE|[oOlLij])(?![a-zA-Z])(?:\{\}|\}|\x20)?`;

/** TeX about the looks is no word. Other commands are: `\alpha`, `\log`. */
const texLooks = String.raw`\\(?:math(?:bb|bf|cal|frak|it|rm|scr|sf|tt)|text(?:bf|it|normal|rm|sc|sf|sl|tt)?|operatorname|emph|underline|overline|bf|it|rm|cal|tt|sc|left|right|mbox|url|href|cite[pt]?|footnote|[dt]?frac|sqrt)(?![a-zA-Z])`;

const anyWord = new RegExp(
  String.raw`(${texLooks})|\p{Nd}+(?:\.\p{Nd}+)*|[⁰¹²³⁴-⁹]+|[₀-₉]+|${spaceless}[\p{M}\uff9e\uff9f]*|(?:${letter}|${texLetter})(?:${letter}|${texLetter}|[\p{M}\u00ad\u200c\u200d\u2060])*`,
  'gv',
);

/** Texts in which the simple expression finds the same words as the whole one: most are, and it is much faster. */
const simple = /^[\0-[\]-\x7f\u2010-\u2027]*$/;
const simpleWord = /[a-z]+|\d+(?:\.\d+)*/g;

/**
 * Folds a text: lower case, compatibility forms as plain ones, letters without accents and without TeX around them.
 * What is no letter or digit goes, save the point in a number. Folding twice is folding once, and the words of a text
 * are folded.
 * @param text one word. Nothing is split: `GPT-4` gives `gpt4`
 */
export function foldWord(text: string): string {
  if (/^[a-z\d]*$/.test(text)) return text;
  const folded = text
    .replace(/\\[uvHcdkrb]\{/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]|(?!(?<=\p{Nd})\.\p{Nd})[^\p{L}\p{Nl}\p{M}\p{Nd}]/gu, '')
    .replace(/[ßæœøłđðþıȷς]/g, (sign) => plainLetters[sign] ?? sign)
    .replace(/^\p{M}+/u, '')
    .normalize('NFC');
  return greek.get(folded) ?? folded;
}

/**
 * The words of a text, in order. A word is a run of letters, or a number with its decimals: `LLaMA3` is `llama` `3`,
 * `Qwen2.5` is `qwen` `2.5`, `state-of-the-art` is four, an arXiv id is one. Of Chinese, Japanese and Korean, each
 * character is one. TeX is read: `Schr\"odinger` is `schrodinger`, `$\mathcal{O}(\alpha)$` is `o` `alpha`.
 *
 * The words of a `word` are that word alone. No input throws; the time is linear.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  if (simple.test(text)) {
    const lower = text.toLowerCase();
    simpleWord.lastIndex = 0;
    for (let match = simpleWord.exec(lower); match; match = simpleWord.exec(lower)) {
      words.push({ word: match[0], start: match.index, end: simpleWord.lastIndex });
    }
    return words;
  }
  for (const match of text.matchAll(anyWord)) {
    const [raw, looks] = match;
    const word = looks === undefined && foldWord(raw);
    if (word) words.push({ word, start: match.index, end: match.index + raw.length });
  }
  return words;
}
