// TeX in titles and abstracts as a person reads it: `$\alpha$-Net` is `α-Net`. Pure; for the eye only, never stored.

/** Signs of commands, by name. Made by a call, so that scripts which read no TeX go without it. */
const signs = /* @__PURE__ */ allSigns();

function allSigns(): Record<string, string> {
  const all: Record<string, string> = {
    ...{ times: '×', cdot: '·', pm: '±', mp: '∓', ast: '∗', star: '⋆', circ: '∘', bullet: '•' },
    ...{ le: '≤', leq: '≤', ge: '≥', geq: '≥', ne: '≠', neq: '≠', ll: '≪', gg: '≫', equiv: '≡' },
    ...{ approx: '≈', sim: '∼', simeq: '≃', propto: '∝', infty: '∞', ell: 'ℓ', hbar: 'ħ' },
    ...{ to: '→', rightarrow: '→', longrightarrow: '→', leftarrow: '←', leftrightarrow: '↔' },
    ...{ Rightarrow: '⇒', Leftarrow: '⇐', Leftrightarrow: '⇔', mapsto: '↦', uparrow: '↑' },
    ...{ downarrow: '↓', in: '∈', notin: '∉', subset: '⊂', subseteq: '⊆', cup: '∪', cap: '∩' },
    ...{ emptyset: '∅', forall: '∀', exists: '∃', neg: '¬', wedge: '∧', vee: '∨', oplus: '⊕' },
    ...{ otimes: '⊗', sum: '∑', prod: '∏', int: '∫', partial: '∂', nabla: '∇', sqrt: '√' },
    ...{ ldots: '…', dots: '…', cdots: '⋯', dagger: '†', langle: '⟨', rangle: '⟩', mid: '|' },
    ...{ vert: '|', Vert: '‖', lVert: '‖', rVert: '‖', perp: '⊥', parallel: '∥', prime: '′' },
    ...{ lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉', quad: ' ', qquad: ' ', texttt: '' },
    ...{
      o: 'ø',
      O: 'Ø',
      l: 'ł',
      L: 'Ł',
      ss: 'ß',
      ae: 'æ',
      AE: 'Æ',
      oe: 'œ',
      OE: 'Œ',
      aa: 'å',
      AA: 'Å',
    },
    ...{ i: 'i', j: 'j', lambdabar: 'ƛ', left: '', right: '', textdegree: '°', degree: '°' },
    ...{ varepsilon: 'ε', vartheta: 'ϑ', varphi: 'φ', varrho: 'ϱ', varsigma: 'ς', phi: 'ϕ' },
  };
  const letters =
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho . sigma tau upsilon phi chi psi omega';
  for (const [at, name] of letters.split(' ').entries()) {
    all[name] ??= String.fromCharCode(0x3b1 + at);
    all[name.charAt(0).toUpperCase() + name.slice(1)] ??= String.fromCharCode(0x391 + at);
  }
  const functions = 'log ln exp max min sup inf lim arg sin cos tan det dim ker gcd deg Pr';
  for (const name of functions.split(' ')) all[name] = name;
  all.bmod = 'mod';
  return all;
}

/** Commands about the looks: what they hold is read. */
const looks =
  /^(?:math(?:bb|bf|cal|frak|it|rm|scr|sf|tt|normal)|text(?:bf|it|normal|rm|sc|sf|sl|tt)?|operatorname|emph|underline|boldsymbol|bm|mbox|bar|hat|tilde|vec|overline|widetilde|widehat|mathrm)$/;

const doubled: Record<string, string> = {
  ...{
    A: '𝔸',
    C: 'ℂ',
    D: '𝔻',
    E: '𝔼',
    F: '𝔽',
    H: 'ℍ',
    N: 'ℕ',
    P: 'ℙ',
    Q: 'ℚ',
    R: 'ℝ',
    S: '𝕊',
    Z: 'ℤ',
  },
};

/** Each sign with the one in the same place. */
function pairs(signs: string, drawn: string): Map<string, string> {
  const there = [...drawn];
  return new Map([...signs].map((sign, at) => [sign, there[at] ?? '']));
}
const raised = /* @__PURE__ */ pairs('0123456789+-=()ni*', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ*');
const lowered = /* @__PURE__ */ pairs(
  '0123456789+-=()aeioxhklmnpst',
  '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒₓₕₖₗₘₙₚₛₜ',
);

/** Accents as TeX writes them, and as Unicode adds them to a letter. */
const accents: Record<string, string> = {
  ...{ '"': '\u0308', "'": '\u0301', '`': '\u0300', '^': '\u0302', '~': '\u0303' },
  ...{ '=': '\u0304', '.': '\u0307', u: '\u0306', v: '\u030c', H: '\u030b', c: '\u0327' },
};

/** A raised or lowered text: by its own signs where there are some for all of it. */
function script(mark: string, text: string): string {
  const signsOf = mark === '^' ? raised : lowered;
  const drawn = [...text].map((sign) => signsOf.get(sign));
  if (drawn.every((sign) => sign !== undefined)) return drawn.join('');
  return text.length > 1 ? `${mark}(${text})` : `${mark}${text}`;
}

/** Commands outside and inside formulas. What is not known stays as it is. */
function commands(text: string): string {
  let before: string;
  let now = text;
  // From within to without; nesting is shallow, and each turn takes a pair of braces away.
  let turns = 20;
  do {
    before = now;
    now = now
      .replace(/\\([a-zA-Z]+)\s*\{([^{}\\]*)\}/g, (all, name: string, held: string) => {
        if (name === 'mathbb') return [...held].map((one) => doubled[one] ?? one).join('');
        if (name === 'sqrt') return held.length > 1 ? `√(${held})` : `√${held}`;
        return looks.test(name) ? held : all;
      })
      .replace(
        /\{?\\(["'`^~=.]|[uvHc](?=\{))\{?\\?([a-zA-Z])\}{0,2}/g,
        (_, mark: string, letter: string) => `${letter}${accents[mark]}`.normalize('NFC'),
      )
      .replace(/\\d?frac\{([^{}\\]*)\}\{([^{}\\]*)\}/g, '$1/$2')
      .replace(/\\([a-zA-Z]+)(?![a-zA-Z]|\s*\{)( ?)/g, (all, name: string, space: string) => {
        const sign = Object.hasOwn(signs, name) ? signs[name] : undefined;
        return sign === undefined ? all : sign + space;
      });
  } while (now !== before && --turns > 0);
  return now.replace(/\\([%&_#${}])/g, '$1').replace(/\\[,;:!> ]/g, ' ');
}

/** A formula without its dollars, or null where a part of it is not known. */
function formula(tex: string): string | null {
  const read = commands(tex)
    .replace(
      /([\^_])(?:\{([^{}]*)\}|([^\s{}\\]))/g,
      (_, mark: string, held: string | undefined, one: string) => script(mark, held ?? one),
    )
    .replace(/[{}]/g, '')
    .replace(/~|\s+/g, ' ');
  return read.includes('\\') ? null : read;
}

/** Is it a formula that stands between two dollars, and no price? */
const isFormula = (tex: string) => !/^\s|\s$|^\d[\d.,]*\s.*\p{L}{3}/u.test(tex);

/**
 * A text with its TeX as Unicode, as far as that is known: Greek, signs, accents, raised and lowered digits, fonts as
 * plain letters. What is not known stays as it was written, and a text without TeX stays the same.
 */
export function readable(text: string): string {
  if (!/[\\$]/.test(text)) return text;
  const parts = text.split(/(?<!\\)(\$\$?[^$]{1,300}?(?<!\\)\$\$?)/);
  return parts
    .map((part, at) => {
      if (at % 2 === 0) return commands(part);
      const tex = part.replace(/^\$+|\$+$/g, '');
      return isFormula(tex) ? (formula(tex) ?? part) : part;
    })
    .join('');
}
