// Two forms of a text: as a person reads it, and the letters and digits by which its places are compared.

/** Signs that take no room, such as soft hyphens, zero-width spaces and MathML's invisible operators. */
const nothing = /^(?:[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|[\ufe0e\ufe0f])$/;

/** What a sign outside ASCII becomes in a normalised text. */
function plain(sign: string): string {
  if (nothing.test(sign)) return '';
  if (/^\s$/.test(sign)) return ' ';
  if (/^[‘’‚‛]$/.test(sign)) return "'";
  if (/^[“”„‟]$/.test(sign)) return '"';
  if (/^[‐-―−]$/.test(sign)) return '-';
  return /^[ﬀ-ﬆ]$/.test(sign) ? sign.normalize('NFKC') : sign;
}

/**
 * The normalised form of a text: each run of white space one space; soft hyphens and zero-width signs gone; ligatures
 * as letters; quotation marks and dashes as those of ASCII. Case, accents and all other signs stay.
 * @param at if given, is filled with the offset in `raw` of each character of the answer
 */
export function normalise(raw: string, at?: number[]): string {
  let text = '';
  let from = 0;
  let space = false;
  for (let index = 0; index < raw.length; index++) {
    const code = raw.charCodeAt(index);
    if (code > 0x20 && code < 0x7f) {
      space = false;
      at?.push(index);
      continue;
    }
    const sign = raw.charAt(index);
    let fold = code < 0x7f ? ' ' : plain(sign);
    if (fold === ' ' && space) fold = '';
    if (fold) space = fold === ' ';
    for (let more = 0; more < fold.length; more++) at?.push(index);
    if (fold === sign) continue;
    text += raw.slice(from, index) + fold;
    from = index + 1;
  }
  return from === 0 ? raw : text + raw.slice(from);
}

/** TeX commands that are a letter, and the letter. Commands of Greek letters are found by their Unicode names. */
const letters: Record<string, string> = {
  ...{ ell: 'l', hbar: 'ħ', Re: 'r', Im: 'i', i: 'i', j: 'j', imath: 'ı', jmath: 'ȷ' },
  ...{
    o: 'ø',
    O: 'ø',
    l: 'ł',
    L: 'ł',
    ss: 'ß',
    ae: 'æ',
    AE: 'æ',
    oe: 'œ',
    OE: 'œ',
    aa: 'a',
    AA: 'a',
  },
};
'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho . sigma tau upsilon phi chi psi omega'
  .split(' ')
  .forEach((name, index) => {
    const letter = String.fromCharCode(0x3b1 + index);
    for (const form of [name, `var${name}`, name.charAt(0).toUpperCase() + name.slice(1)])
      letters[form] = letter;
  });

/** TeX commands that a formula shows as their own name. */
const spoken =
  /^(?:arc(?:cos|sin|tan)|arg|(?:cos|sin|tan|cot)h?|csc|sec|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim(?:inf|sup)?|ln|log|max|min|[bp]?mod|Pr|sup)$/;

/** TeX commands with an argument that nobody sees. */
const unseen = /^(?:begin|end|label|color|[hv]space|phantom)$/;

const folded = new Map<string, string>();

/** The letters and digits of a sign outside ASCII, without case and accents: `é` is `e`, `ﬁ` is `fi`, `𝛼` is `α`. */
function bare(sign: string): string {
  let known = folded.get(sign);
  if (known === undefined) {
    known = sign
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
      .replace(/ς/g, 'σ');
    folded.set(sign, known);
  }
  return known;
}

/**
 * Reads the letters and digits of a text, the same ones whether its formulas are TeX, Unicode or a drawing's text:
 * lower case, no accents, TeX commands only if they are letters (`\alpha` is `α`) or names (`\log`), and no space,
 * brace, sign or operator at all.
 * @param push gets each character (its UTF-16 code) and the offset in `text` it comes from
 * @returns the offset after the last sign read, which may lie a little after `to`
 */
export function foldInto(
  text: string,
  from: number,
  to: number,
  push: (code: number, at: number) => void,
): number {
  let index = from;
  while (index < to) {
    const at = index++;
    const code = text.charCodeAt(at);
    if ((code > 0x60 && code < 0x7b) || (code > 0x2f && code < 0x3a)) push(code, at);
    else if (code > 0x40 && code < 0x5b) push(code + 0x20, at);
    else if (code === 0x5c) {
      let end = index;
      while (/[a-z]/i.test(text.charAt(end))) end++;
      const name = text.slice(index, end);
      const letter = Object.hasOwn(letters, name) ? letters[name] : undefined;
      if (letter) push(letter.charCodeAt(0), at);
      if (letter || !spoken.test(name)) index = end;
      else if (/^[bp]mod$/.test(name)) index++;
      if (unseen.test(name) && text[end] === '{') {
        const close = text.indexOf('}', end);
        if (close > 0 && close - end < 40) index = close + 1;
      }
    } else if (code > 0x7f) {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
      index = at + sign.length;
      const letter = bare(sign);
      for (let more = 0; more < letter.length; more++) push(letter.charCodeAt(more), at);
    }
  }
  return index;
}

/** The letters and digits of a whole short text. See `foldInto`. */
export function keyOf(text: string): string {
  const codes: string[] = [];
  foldInto(text, 0, text.length, (code) => codes.push(String.fromCharCode(code)));
  return codes.join('');
}
