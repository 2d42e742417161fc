// A quote with where it is from, to be pasted anywhere: as text, and as a rich text with a link.
import { absUrl, type Paper, printPaperRef } from '../paper';

const markup: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => markup[sign] ?? sign);
}

/** `“Words” Title. First Author, Second Author. arXiv:2601.90001v2, https://arxiv.org/abs/2601.90001v2` */
export function cite(words: string, paper: Paper): { text: string; html: string } {
  const url = absUrl(paper);
  const name = `arXiv:${printPaperRef(paper)}`;
  const about = [paper.title, paper.authors.join(', ')]
    .filter(Boolean)
    .map((part) => (/[.?!]$/.test(part) ? part : `${part}.`))
    .join(' ');
  const lead = about && `${about} `;
  return {
    text: `“${words}”\n\n${lead}${name}, ${url}`,
    html: `<blockquote>${escaped(words)}</blockquote><p>${escaped(lead)}<a href="${escaped(url)}">${escaped(name)}</a></p>`,
  };
}
