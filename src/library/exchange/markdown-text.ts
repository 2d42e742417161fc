// Texts and addresses as Markdown in which nothing is markup that was not meant. Pure.
import { isArxiv, type PaperRef, paperUrl, printPaperRef } from '../../paper';

/** What would be markup, made to mean itself. TeX stays TeX, but for what could begin a tag, a link or a picture. */
function plain(text: string): string {
  return text
    .split(/(\$[^$\n]+\$)/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replaceAll('<', '\\lt ').replaceAll('[', '\\lbrack ')
        : part
            .replace(/[\\`*_[\]]/g, '\\$&')
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replace(/^(\s*)([#+=~>-]|\d+(?=[.)]))/gm, (_, space: string, mark: string) =>
              /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
            ),
    )
    .join('');
}

/** Text of one line that is no markup. */
export function oneLine(text: string): string {
  // What ends a heading after a blank is none of its text.
  return plain(text.replace(/\s+/g, ' ').trim()).replace(/(?<= )#+$/, '\\$&');
}

/** A text of several lines as a quotation. */
export function blockquote(text: string): string {
  return plain(text.trim())
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** A link to the paper, by its name. */
export function paperLink(ref: PaperRef): string {
  const name = isArxiv(ref.id) ? `arXiv:${printPaperRef(ref)}` : ref.id.replace(/^url:/, '');
  return `[${plain(name)}](${address(paperUrl(ref))})`;
}

/** An address as the target of a link: what would end the target is in percent. */
export function address(url: string): string {
  return url.replace(/[()<>\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
