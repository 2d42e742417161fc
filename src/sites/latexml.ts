// Papers as web pages, as LaTeXML makes them: arXiv's own and those of ar5iv.
import { barePaper, type Paper, parsePaperId } from '../paper';
import { atEdge } from './place';
import type { Page, Place } from './site';
import { textOf } from './text';

/** Footnotes, numbers, and the names of commands that were not understood. */
const apparatus = '.ltx_note, .ltx_tag, .ltx_ERROR';

/** A person's name has two words at least. Affiliations, which look like names, give themselves away by other words. */
const name = /^\p{L}[\p{L}\p{M}.'’-]*( [\p{L}\p{M}.'’-]+){1,5}$/u;
const affiliation =
  /universi|institut|depart|laborator|school|college|academy|research|cent(er|re)/i;

/** The whole paper, or null on a page that says there is none. */
export function articleOf(document: Document): Element | null {
  return document.querySelector('article.ltx_document');
}

/**
 * The authors, where the page has them one by one. Many papers write affiliations, marks and addresses into the same
 * field: then there is no list rather than a wrong one.
 */
function authorsOf(article: Element): string[] {
  const fields = [...article.querySelectorAll('.ltx_authors .ltx_personname')];
  if (fields.some((field) => field.querySelector('br'))) return [];
  const names = fields
    .flatMap((field) => textOf(field, `${apparatus}, .ltx_contact, sup, math`).split(/[,;&]| and /))
    .map((part) => part.trim())
    .filter(Boolean);
  return names.every((text) => name.test(text) && !affiliation.test(text)) ? names : [];
}

/** The document has the paper, at least its beginning. */
export function showsLatexml(document: Document): boolean {
  return articleOf(document) !== null;
}

/** There is no right column: the window's edge, once all that `readLatexml` reads has come. */
export function placeLatexml(document: Document): Place | null {
  const ready = document.readyState !== 'loading' || document.querySelector('.ltx_section');
  return ready ? atEdge(document) : null;
}

/** Title, authors and abstract as the paper prints them; the version from the URL or arXiv's mark at the margin. */
export function readLatexml(document: Document, page: Page): Paper {
  const article = articleOf(document);
  if (!article) return barePaper(page);
  const mark = /arXiv:(\S+)/.exec(document.getElementById('watermark-tr')?.textContent ?? '');
  const marked = mark && parsePaperId(`${mark[1]}`);
  const version = page.version ?? (marked?.id === page.id ? marked.version : undefined);
  return {
    id: page.id,
    title: textOf(article.querySelector('.ltx_title_document'), apparatus),
    authors: authorsOf(article),
    abstract: textOf(article.querySelector('.ltx_abstract'), `${apparatus}, .ltx_title`),
    ...(version && { version }),
  };
}
