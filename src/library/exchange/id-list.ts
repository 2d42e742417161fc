// A list of papers as people type or paste it: one address, arXiv id or DOI a line. Pure.
import { parseDoi, parsePaperId } from '../../paper';
import { collector, type Recognise, type ReferenceFile, type Slices } from './reference';

/** Signs that people put before an item of a list: a bullet, a number, a quotation mark. */
const before = /^(?:[-*•>+]\s+|\d{1,5}[.)]\s+|["'<([]+)+/;

/** A link of Markdown, of which the address tells the paper. The address may have parentheses, as DOIs do. */
const link = /\[(?:\\.|[^\]\\\n]){0,1000}\]\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/g;

const longestLine = 5_000;

/**
 * Reads a list of papers. Empty lines, and lines that begin with `#` or `//`, are passed over; what follows the address
 * or id on its line, after a blank, is a comment of the person and passed over too.
 * @param text decoded, see `file-text.ts`
 */
export function* readIdList(text: string, recognise: Recognise): Slices<ReferenceFile> {
  const into = collector('line', recognise);
  let done = 0;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    if (index % 500 === 499) yield { done, of: text.length };
    done += line.length + 1;
    const at = index + 1;
    if (line.length > longestLine) {
      into.refuse(at, `it is longer than ${longestLine.toLocaleString('en')} characters`);
      continue;
    }
    const item = line.replace(link, ' $1 ').trim().replace(before, '');
    if (!item || /^(?:#|\/\/)/.test(item)) continue;
    const [one = ''] = item.replace(/^(arxiv|doi):\s+/i, '$1:').split(/\s+/);
    // A DOI may end with a parenthesis that was opened in it.
    const word = one.replace(/["'>)\],;.]+$/, (end) =>
      /\([^()]*$/.test(one.slice(0, -end.length)) && end.startsWith(')') ? ')' : '',
    );
    const ref = parsePaperId(word);
    // A bare host is an address too: `arxiv.org/abs/2501.00001`.
    const url =
      /^[\w-]+(?:\.[\w-]+)+\/./.test(word) && !parseDoi(word) && !ref ? `https://${word}` : word;
    if (ref || parseDoi(word) || /^https?:\/\/./i.test(url)) {
      into.add(at, ref ? { eprint: word } : { doi: word, urls: [url] });
    } else {
      const shown = item.length > 80 ? `${item.slice(0, 80)}…` : item;
      into.refuse(at, `“${shown}” is no address, no arXiv id and no DOI`);
    }
  }
  return into.file();
}
