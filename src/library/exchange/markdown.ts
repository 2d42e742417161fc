// Papers with their notes and highlights as Markdown, for reading and for other programs.
import { isArxiv } from '../../paper';
import { byAge } from '../highlights';
import type { Highlight, Kept } from '../tables';
import { blockquote, oneLine, paperLink } from './markdown-text';

function printPaper({ id, paper, note }: Kept, highlights: Highlight[]): string {
  const ref = { id, ...(paper.version && { version: paper.version }) };
  return [
    `# ${oneLine(paper.title) || (isArxiv(id) ? `arXiv:${id}` : oneLine(id))}`,
    paper.authors.map(oneLine).join(', '),
    paperLink(ref),
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
