// Plain text as TeX, and TeX as plain text: formulas between dollar signs stay what they are. Pure.

/** TeX's accents, as the marks that follow a letter in Unicode. */
const accents = new Map(
  Object.entries({
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
    b: '\u0331',
    t: '\u0361',
  }),
);

/** Commands that stand for a text. */
const signs = new Map(
  `ss ß SS ẞ ae æ AE Æ oe œ OE Œ aa å AA Å o ø O Ø l ł L Ł i ı j ȷ th þ TH Þ dh ð DH Ð dj đ DJ Đ ng ŋ NG Ŋ
  S § P ¶ dag † ddag ‡ copyright © pounds £ textsterling £ texteuro € euro € textregistered ® texttrademark ™
  textdegree ° textmu µ textpm ± texttimes × textordfeminine ª textordmasculine º textbullet • textexclamdown ¡
  textquestiondown ¿ ldots … dots … textellipsis … textendash – textemdash — textquoteleft ‘ textquoteright ’
  textquotedblleft “ textquotedblright ” quotesinglbase ‚ quotedblbase „ guillemotleft « guillemotright »
  textquotesingle ' textquotedbl " textbackslash \\ textasciitilde ~ textasciicircum ^ textbraceleft { textbraceright }
  lbrace { rbrace } textdollar $ textunderscore _ textless < textgreater > textbar | textasciigrave \` slash / TeX TeX
  LaTeX LaTeX BibTeX BibTeX backslash \\`
    .split(/\s+/)
    .flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1] ?? ''] as const] : [])),
);

/** Commands about the looks, or for the typesetter alone: they go, what they are about stays. */
const looks =
  /^(?:emph|text(?:it|bf|rm|sf|tt|sc|up|md|sl|normal|super|sub|superscript|subscript)|math(?:rm|bf|it|sf|tt)|it|bf|rm|sf|tt|sc|em|sl|(?:it|sl|sc|up)shape|(?:bf|md)series|(?:rm|sf|tt)family|[mh]box|url|href|path|protect|relax|nobreak|xspace|bibinfo|natexlab|ensuremath|MakeUppercase|MakeLowercase|small|large|sortnoop|noopsort)$/;

/** Commands that mean something in formulas only, so they become one. */
const formulas =
  /^(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|ell|infty|times|pm|to|rightarrow|leq?|geq?|neq?|approx|sim)$/;

/** What stands for another sign without a command. A map, since an object also knows `constructor`. */
const ligatures = new Map([
  ['~', ' '],
  ['--', '–'],
  ['---', '—'],
  ['``', '“'],
  ["''", '”'],
]);

const token =
  /\$[^$\\]*(?:\\[\s\S][^$\\]*)*\$|\\(?:([A-Za-z]+)(?:[^\S\n]*(?:\n[^\S\n]*)?(?=\S)|\s*$)?|([\s\S]))|[{}~]|-{2,3}|``|''|[^\\${}~`'-]+|[\s\S]/y;

const accented =
  /\s*(?:\{\s*(?:\\([A-Za-z]+)\s*|(\p{L}))?|\\([A-Za-z]+)(?:\s*\{\}|\s+(?=\S))?|(\p{L}))/uy;

/**
 * TeX as people read it: accents and letters as Unicode, escapes and braces undone. Formulas between dollar signs and
 * commands that are not known stay as they are. Any text is allowed, however deeply its braces nest; it takes time in
 * proportion to its length.
 */
export function decodeTex(tex: string): string {
  if (!/[\\${}~`'-]/.test(tex)) return tex;
  const out: string[] = [];
  /** Of each open brace: is it shown, since it belongs to a command that stays? */
  const shown: boolean[] = [];
  let keepNext = false;
  let at = 0;
  while (at < tex.length) {
    token.lastIndex = at;
    const match = token.exec(tex);
    if (!match) break;
    const [text, name, sign] = match;
    at += text.length;
    const keep = keepNext;
    keepNext = false;
    if (text === '{') {
      shown.push(keep);
      if (keep) out.push('{');
    } else if (text === '}') {
      if (shown.pop()) {
        out.push('}');
        keepNext = tex[at] === '{';
      }
    } else if (name === undefined && sign === undefined) {
      out.push(ligatures.get(text) ?? text);
    } else {
      const command = name ?? sign ?? '';
      const mark = accents.get(command);
      // `\t`, `\b`, `\c` and the like are accents only before a letter; `\'` before anything else is nothing.
      if (mark !== undefined) {
        accented.lastIndex = at;
        const found = accented.exec(tex);
        const [all = '', braced, bracedLetter, bare, letter] = found ?? [];
        const of = braced ?? bare;
        const base = of === 'i' || of === 'j' ? of : of ? signs.get(of) : (bracedLetter ?? letter);
        if (base !== undefined) {
          out.push((base + mark).normalize('NFC'));
          at += all.length;
          if (all.trimStart().startsWith('{')) shown.push(false);
          continue;
        }
        out.push(/\s*\{\s*\}/y.test(tex.slice(at, at + 9)) && !/\w/.test(command) ? command : '');
      } else if (sign !== undefined) {
        out.push(/[&%$#_{}]/.test(sign) ? sign : /[\s,;:\\]/.test(sign) ? ' ' : '');
      } else if (signs.has(command)) out.push(signs.get(command) ?? '');
      else if (formulas.test(command)) out.push(`$\\${command}$`);
      else if (command === 'par') out.push('\n');
      else if (!looks.test(command)) {
        // As it was, with the blank that parts it from what follows.
        out.push(text);
        keepNext = tex[at] === '{';
      }
    }
  }
  return out.join('');
}

/** A formula: its dollar signs touch what is inside, and no digit follows, as in the prices $5-$6. */
const formula = /((?<!\\)\$(?=\S)(?:\\.|[^$\\])*?(?<=\S)\$(?!\d))/;

/** Do all braces have their partner? BibTeX counts escaped ones too. */
function balanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth++;
    if (sign === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

/** Would TeX stop at it? At an index without its letter, and at signs that mean something else to it. */
const broken = /(?<!\\)(?:[_^]\s*[_^$]|[%#&])/;

const escapes: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** A run of text without formulas. */
function escaped(text: string): string {
  return (
    text
      .replace(/[\\{}~^]|[&%$#_]/g, (sign) => escapes[sign] ?? `\\${sign}`)
      // Two of these in a row would be a dash or a quotation mark, one after ? or ! another sign.
      .replace(/-(?=-)|'(?=')|`(?=`)|[?!](?=`)/g, '$&{}')
  );
}

/** Plain text as TeX that BibTeX takes: braces in it are balanced, Unicode stays as it is. `decodeTex` undoes it. */
export function encodeTex(text: string, ofText: (text: string) => string = escaped): string {
  return text
    .split(formula)
    .map((part, index) =>
      index % 2 === 1 && balanced(part) && !broken.test(part) ? part : ofText(part),
    )
    .join('');
}

const core = /[\p{L}\p{N}](?:\S*[\p{L}\p{N}])?/u;

/**
 * A title as TeX, with braces round the words whose capitals a bibliography style must not change: those with a capital
 * inside (`BERT`, `arXiv`), and in a title that has few capitals the names in it too.
 */
export function encodeTitle(title: string): string {
  const long = title
    .split(/\s+/)
    .slice(1)
    .filter((word) => /^\p{L}{4,}/u.test(word) && !/(?<=.)\p{Lu}/u.test(word));
  const sentence = long.filter((word) => /^\p{Lu}/u.test(word)).length < long.length / 2;
  let first = true;
  return encodeTex(title, (text) =>
    text.replace(/\S+/gu, (word) => {
      const [inner = ''] = core.exec(word) ?? [];
      const protect = /(?<=.)\p{Lu}/u.test(inner) || (sentence && !first && /^\p{Lu}/u.test(inner));
      first = false;
      if (!inner || !protect) return escaped(word);
      const at = word.indexOf(inner);
      return `${escaped(word.slice(0, at))}{${escaped(inner)}}${escaped(word.slice(at + inner.length))}`;
    }),
  );
}
