// Papers with their notes and highlights as Markdown, for reading and for other programs.
import { absUrl, printPaperRef } from '../../paper';
import { byAge } from '../highlights';
import type { Highlight, Kept } from '../tables';

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

/** Text of one line. */
function oneLine(text: string): string {
  return plain(text.replace(/\s+/g, ' ').trim());
}

function blockquote(text: string): string {
  return plain(text.trim())
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function printPaper({ id, paper, note }: Kept, highlights: Highlight[]): string {
  const ref = { id, ...(paper.version && { version: paper.version }) };
  return [
    `# ${oneLine(paper.title) || `arXiv:${id}`}`,
    paper.authors.map(oneLine).join(', '),
    `[arXiv:${printPaperRef(ref)}](${absUrl(ref)})`,
    note.trim(),
    ...[...highlights]
      .sort(byAge)
      .flatMap(({ quote, comment }) => [blockquote(quote.exact), comment.trim()]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/**
 * The text of the file: title, authors, link and note of each paper, then each highlight as a quotation with its comment.
 * What the person typed is their Markdown and stays as it is; what pages said is text.
 */
export function printMarkdown(rows: Kept[], highlights: Highlight[]): string {
  const marked = Map.groupBy(highlights, ({ paper }) => paper);
  return rows.map((row) => `${printPaper(row, marked.get(row.id) ?? [])}\n`).join('\n');
}
