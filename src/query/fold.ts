// Folding of any text for search: apart from the words, so that a page that only searches carries no tokenizer.

/**
 * A text without accents and in lower case; compatibility forms are plain ones. What stands between words stays, so
 * that any part of a text can be found in it: `Schrödinger's` is `schrodinger's`.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
