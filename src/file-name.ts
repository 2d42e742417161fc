// The name under which a paper's PDF is stored: a template filled in, and nothing that a file system refuses. Pure.
import { isArxiv, type Paper, printPaperRef } from './paper';

/** UTF-8 bytes before `.pdf`. File systems take 255 bytes, encrypted ones about 143 characters, and folders need room. */
const most = 150;

/** A title that would keep less than so many of them is better not there at all. */
const leastOfTitle = 12;

/** The name of the first author takes at most so many of them. */
const mostOfAuthor = 60;

/** TeX's accents, as the marks that follow a letter in Unicode. */
const accents: Record<string, string> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
};

/** `a α b β` -> a map from `a` to `α` and from `b` to `β`. */
function pairs(text: string): Map<string, string> {
  const words = text.split(/\s+/);
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? '']] : [])));
}

/** TeX's commands for single letters, which take the space behind them along. */
const letters = pairs('ss ß ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı j ȷ');

/** TeX's commands for other signs. One that is not here stands for its own name: `\log`. */
const signs = pairs(
  `alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ
  pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
  Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ times × cdot · ast ∗ star ⋆ circ ∘ pm ± to → rightarrow →
  leftarrow ← leftrightarrow ↔ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ equiv ≡ ll ≪ gg ≫ in ∈ subset ⊂ cup ∪
  cap ∩ otimes ⊗ oplus ⊕ sqrt √ sum ∑ prod ∏ int ∫ dagger † prime ′ hbar ℏ odot ⊙ perp ⊥ ldots … dots … cdots ⋯`,
);

/** TeX's commands about the looks. */
const looks =
  /^(?:left|right|[bB]igg?[lr]?|rm|bf|it|tt|sc|sf|sl|em|cal|(?:display|text|script)style|mbox|hbox|protect|ensuremath|text[a-z]{0,2}|math[a-z]{1,4}|operatorname|emph|boldsymbol|bm)$/;

const above = pairs('0 ⁰ 1 ¹ 2 ² 3 ³ 4 ⁴ 5 ⁵ 6 ⁶ 7 ⁷ 8 ⁸ 9 ⁹ + ⁺ - ⁻');
const below = pairs('0 ₀ 1 ₁ 2 ₂ 3 ₃ 4 ₄ 5 ₅ 6 ₆ 7 ₇ 8 ₈ 9 ₉ + ₊ - ₋');

/** Digits of an exponent or index as Unicode has them; anything else stays behind its `^` or `_`. */
function raised(formula: string): string {
  return formula.replace(
    /([\^_])(?:\{([\d+-]+)\}|(\d))/g,
    (_, where: string, many?: string, one?: string) =>
      [...(many ?? one ?? '')].map((sign) => (where === '^' ? above : below).get(sign)).join(''),
  );
}

/** A text of TeX as plain text, as far as that is simple: accents, letters, Greek, exponents. */
function plain(text: string): string {
  return (
    text
      .replaceAll('\\\\', ' ')
      // A price is no formula: the dollar signs of one touch what is inside, and no digit follows.
      .replace(/(?<!\\)\$(?=\S)((?:\\.|[^$\\])*?(?<=\S))\$(?!\d)/g, (_, formula: string) =>
        raised(formula),
      )
      .replace(
        /\\([`'^"~=.]|[urHvdck](?=\s*\{|\s+\p{L}|\\[ij]))\s*(?:\{\s*\\?(\p{L})\s*\}|\\?(\p{L}))/gu,
        (_, accent: string, braced?: string, bare?: string) =>
          (braced ?? bare ?? '') + (accents[accent] ?? ''),
      )
      .replace(
        /\\([A-Za-z]{1,2})(?![A-Za-z])(?:\{\}|\s+)?/g,
        (whole, name: string) => letters.get(name) ?? whole,
      )
      .replace(/\\([A-Za-z]+)(?:\{\})?/g, (_, name: string) =>
        looks.test(name) ? '' : (signs.get(name) ?? name),
      )
      .replace(/\\[,;:! ]/g, ' ')
      .replace(/\\([&%#_$])/g, '$1')
      .replace(/\\?[{}]/g, '')
      .replaceAll('---', '—')
      .replaceAll('``', '“')
      .replaceAll("''", '”')
  );
}

/**
 * A text without what file systems and browsers refuse: separators, control and formatting characters (those that join
 * letters stay, some scripts need them), halves of characters.
 * Source: Chromium's base/i18n/file_util_icu.cc, and Windows' "Naming Files, Paths, and Namespaces".
 */
function allowed(text: string): string {
  return (
    text
      .toWellFormed()
      // Line ends and tabs part words; other control and formatting characters do not.
      .replace(/[\s~*?<>\ufffd]+/g, ' ')
      .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}]/gu, '')
      .normalize('NFC')
      .replace(/ ?:(?: |$)/g, ' - ')
      .replace(/[/\\|:]/g, '-')
      .replace(/"/g, "'")
      .replace(/ {2,}/g, ' ')
      .replace(/^ | (?:- )?$/g, '')
  );
}

const collaboration =
  /\b(?:collaborations?|consortium|team|group|initiative|project|community|network|alliance)\b/i;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const particle =
  /^(?:van|von|vom|zu|zum|zur|der|den|de|del|della|dello|di|da|dal|dos|das|do|du|des|la|le|ter|ten|te|tot|'t|af|av|bin|ibn|ben|al|el)$/;
/** Those that are hardly anything else even with a capital. */
const capital = /^(?:Van|Von|De|Der|Den|Del|Della|Dos)$/;

/** `Jan van der Berg` -> `van der Berg`. A collaboration stays whole, a name of one word too. */
function familyName(name: string): string {
  const [first = '', second] = name
    .replace(/\([^)]*\)/g, ' ')
    .trim()
    .split(/\s*,\s*/);
  if (collaboration.test(first)) return first;
  // `Berg, Jan van der` is not how names come, but it happens.
  if (second && !suffix.test(second)) return first;
  const words = first.split(/\s+/);
  while (words.length > 1 && suffix.test(words.at(-1) ?? '')) words.pop();
  let start = words.length - 1;
  while (start > 0) {
    const before = words[start - 1] ?? '';
    if (!particle.test(before) && !(start > 1 && capital.test(before))) break;
    start--;
  }
  return words.slice(start).join(' ');
}

/** The year of the first publication: what the metadata says, else what the id says. */
function year({ id, published }: Paper): string {
  const said = /^\d{4}(?=-|$)/.exec(published ?? '')?.[0];
  if (!isArxiv(id)) return said ?? '';
  const two = /(?:^|\/)(\d\d)/.exec(id)?.[1] ?? '';
  return said ?? (Number(two) > 90 ? '19' : '20') + two;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** The beginning of a text that fits into `room` bytes, cut after a word where there is one in its second half. */
function cut(text: string, room: number): string {
  if (bytes(text) <= room) return text;
  let left = room;
  let fits = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    left -= bytes(segment);
    if (left < 0) break;
    fits += segment;
  }
  const space = text[fits.length] === ' ' ? fits.length : fits.lastIndexOf(' ');
  const end = space >= fits.length / 2 ? space : fits.length;
  return fits.slice(0, end).replace(/[\s,;.&([{–—-]+$/, '');
}

/** Stands for a field whose value is not known, while the template is put in order. */
const gap = '\0';

const parting = '[\\s,;:._+&|/–—-]*';
const alone = new RegExp(`[([{]${parting}(?:${gap}${parting})+[)\\]}]`, 'g');
const leading = new RegExp(`(^|[([{])(?:${parting}${gap})+${parting}`, 'g');
const later = new RegExp(`${parting}${gap}`, 'g');

/** A template without its gaps: with each goes what parts it from the field before it, and brackets that held only it. */
function closed(template: string): string {
  const inner = template.replace(alone, gap);
  return inner === template ? inner.replace(leading, '$1').replace(later, '') : closed(inner);
}

/** Names that Windows keeps for devices, whatever follows their first dot. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[\d¹²³])(?=\s*(?:\.|$))/i;

/** A whole name as file systems take it, but for its length. */
function tidy(name: string): string {
  const inside = allowed(name).replace(/^[\s.]+|[\s.]+$/g, '');
  return device.test(inside) ? `_${inside}` : inside;
}

const placeholder = /\{(\w+)\}/g;

function stem(template: string, fields: Map<string, string>): string {
  const field = (name: string) => fields.get(name) ?? '';
  const frame = closed(
    template
      .replaceAll(gap, '')
      .replace(placeholder, (whole, name: string) => (field(name) ? whole : gap)),
  );
  const filled = (title: string) =>
    tidy(frame.replace(placeholder, (_, name: string) => (name === 'title' ? title : field(name))));
  const titles = frame.split('{title}').length - 1;
  const whole = field('title');
  if (titles === 0) return tidy(cut(filled(whole), most));
  const room = Math.floor((most - bytes(filled('x'))) / titles) + 1;
  const title = room < Math.min(bytes(whole), leastOfTitle) ? '' : cut(whole, room);
  return title ? tidy(cut(filled(title), most)) : stem(template, new Map(fields).set('title', ''));
}

/**
 * The file name of a paper's PDF, such as `Vaswani 2017 - Attention Is All You Need (1706.03762v7).pdf`.
 *
 * It is legal on Windows, macOS and Linux, is never hidden, and has at most 150 UTF-8 bytes before `.pdf`: a long title
 * is cut after a word. Unicode stays, as NFC.
 *
 * @param template any text, with `{author}` (family name of the first author), `{year}`, `{title}` and `{id}` (with the
 * version where it is known, `-` for the slash of old ids). What is not known, or is no field, leaves no trace
 */
export function fileName(template: string, paper: Paper): string {
  const authors = paper.authors.map((name) => allowed(familyName(plain(name))));
  const id = allowed(printPaperRef(paper));
  const fields = new Map([
    ['author', cut(authors.find((name) => /\p{L}/u.test(name)) ?? '', mostOfAuthor)],
    ['year', year(paper)],
    ['title', allowed(plain(paper.title))],
    ['id', id],
  ]);
  return `${stem(template, fields) || id}.pdf`;
}
