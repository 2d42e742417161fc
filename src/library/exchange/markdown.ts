// Papers with their notes and highlights as Markdown, for reading and for other programs.
import { isArxiv } from '../../paper';
import { byAge } from '../highlights';
import type { Highlight, Kept } from '../tables';
import { blockquote, oneLine, paperLink } from './markdown-text';

/**
 * Title, authors, link and note of a paper, then each highlight as a quotation with its comment, ended by a line end.
 * What the person typed is their Markdown and stays as it is; what pages said is text.
 */
export function printMarkdown({ id, paper, note }: Kept, highlights: Highlight[]): string {
  const ref = { id, ...(paper.version && { version: paper.version }) };
  const parts = [
    `# ${oneLine(paper.title) || (isArxiv(id) ? `arXiv:${id}` : oneLine(id))}`,
    paper.authors.map(oneLine).join(', '),
    paperLink(ref),
    note.trim(),
    ...[...highlights]
      .sort(byAge)
      .flatMap(({ quote, comment }) => [blockquote(quote.exact), comment.trim()]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
