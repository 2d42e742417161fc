// What a paper is called. Apart from the other words, since the table of TeX signs is too much for a content script.
import { isArxiv, type Paper } from '../paper';
import { readable } from '../tex';

/** The title as a person reads it; where none is known, what names the paper: `arXiv:1810.04805`, `doi:10.1000/xyz`, an address. */
export function titleOf({ id, title }: Pick<Paper, 'id' | 'title'>): string {
  return readable(title) || (isArxiv(id) ? `arXiv:${id}` : id.replace(/^url:(https?:\/\/)?/, ''));
}
