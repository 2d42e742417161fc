// Papers with their notes and highlights as Markdown, for reading and for other programs.
import { isArxiv } from '../../paper';
import { byAge } from '../highlights';
import type { Highlight, Kept } from '../tables';
import { tagsIn } from '../tags';
import { blockquote, oneLine, paperLink } from './markdown-text';
import { dateOf } from './reference';

/**
 * Title, authors, year, link, tags and note of a paper, then each highlight as a quotation with its comment, ended by a line end.
 * What the person typed is their Markdown and stays as it is; what pages said is text.
 */
export function printMarkdown(row: Kept, highlights: Highlight[]): string {
  const { id, paper, note } = row;
  const authors = paper.authors.map(oneLine).join(', ');
  const tags = tagsIn(row.tags);
  const year = dateOf({ paper, tags })?.slice(0, 4) ?? '';
  const ref = { id, ...(paper.version && { version: paper.version }) };
  const parts = [
    `# ${oneLine(paper.title) || (isArxiv(id) ? `arXiv:${id}` : oneLine(id))}`,
    authors && year ? `${authors} (${year})` : authors || year,
    paperLink(ref),
    tags.length > 0 ? `Tags: ${tags.map(oneLine).join(', ')}` : '',
    note.trim(),
    ...[...highlights]
      .sort(byAge)
      .flatMap(({ quote, comment }) => [blockquote(quote.exact), comment.trim()]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
