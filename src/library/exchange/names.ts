// The names of authors: their parts, as bibliographies want them, and back to how a paper prints them. Pure.

/** A person's name in its parts, or a name that has none: of a collaboration, or of one word. */
export type Name =
  | { literal: string }
  | { given: string; particle?: string; family: string; suffix?: string };

const collaboration =
  /\b(?:collaborations?|consortium|team|group|initiative|project|community|network|alliance|committee|institute|university|organi[sz]ation)\b/i;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const particle =
  /^(?:van|von|vom|zu|zum|zur|der|den|de|del|della|dello|di|da|dal|dos|das|do|du|des|la|le|ter|ten|te|tot|'t|af|av|bin|ibn|ben|al|el|d'|in)$/;

/** Written so, the family name comes first: `李 明`, `山田 太郎`, `김 철수`. */
const familyFirst = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/** `Jan van der Berg Jr.` -> Jan, van der, Berg, Jr. What is put together again by `printName` is the same. */
export function splitName(name: string): Name {
  const [first = '', second, third, more] = name.split(/\s*,\s*/);
  if (collaboration.test(name) || more !== undefined) return { literal: name };
  // `Berg, Jan` and `Berg, Jr., Jan` are not how names come, but it happens.
  if (third && suffix.test(second ?? '')) return splitName(`${third} ${first} ${second}`);
  if (third !== undefined) return { literal: name };
  const [last = '', given = '', ...others] = name.split(/[\s,]+/).filter(Boolean);
  if (familyFirst.test(last) && familyFirst.test(given) && others.length === 0) {
    return { given, family: last };
  }
  if (second && !suffix.test(second)) return splitName(`${second} ${first}`);
  const words = first.split(/\s+/).filter(Boolean);
  const end = second || (words.length > 2 && suffix.test(words.at(-1) ?? '') ? words.pop() : '');
  const family = words.pop() ?? '';
  if (words.length === 0) return { literal: name };
  const start = words.findLastIndex((word) => !particle.test(word)) + 1;
  return {
    given: words.slice(0, start).join(' '),
    ...(start < words.length && { particle: words.slice(start).join(' ') }),
    family,
    ...(end && { suffix: end }),
  };
}

/** The name as a paper prints it, given name first, or family name first where it is written so. */
export function printName(name: Name): string {
  if ('literal' in name) return name.literal;
  if (familyFirst.test(name.family) && familyFirst.test(name.given)) {
    return `${name.family} ${name.given}`;
  }
  return [name.given, name.particle, name.family, name.suffix].filter(Boolean).join(' ');
}

/** The family name with its particle: `van der Berg`. Of any other name the whole. */
export function familyName(name: string): string {
  const parts = splitName(name);
  return 'literal' in parts
    ? parts.literal
    : [parts.particle, parts.family].filter(Boolean).join(' ');
}
