// The citation of one paper, ready to be copied in each form that people paste. Pure.
import { isArxiv, paperUrl, printPaperRef } from '../../paper';
import type { Citation } from '../files';
import { citationKeys, printEntry } from './bibtex';
import { address, oneLine as markdownLine } from './markdown-text';
import { dateOf, oneLine, type Reference } from './reference';
import { printRecord } from './ris';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Nothing in it is what the person wrote, so that a copied citation can be sent to anyone. */
export function cite(reference: Reference): Citation {
  const { paper, venue } = reference;
  const url = paperUrl({ id: paper.id });
  const ref = { id: paper.id, ...(paper.version && { version: paper.version }) };
  const name = isArxiv(paper.id) ? `arXiv:${printPaperRef(ref)}` : paper.id.replace(/^url:/, '');
  const title = oneLine(paper.title) || name;
  const authors =
    paper.authors.slice(0, 3).join(', ') + (paper.authors.length > 3 ? ' et al.' : '');
  const where = [venue, isArxiv(paper.id) ? name : undefined, dateOf(reference)?.slice(0, 4)];
  const sentence = `${authors ? `${authors}: ` : ''}${title}${/[.?!]$/.test(title) ? '' : '.'}`;
  const place = where.filter(Boolean).join(', ');
  return {
    bibtex: printEntry(reference, citationKeys([reference]).get(paper.id) ?? '', false),
    ris: printRecord(reference, false),
    markdown: `[${markdownLine(title)}](${address(url)})`,
    html: `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`,
    text: `${sentence}${place ? ` ${place}.` : ''} ${url}`,
  };
}
