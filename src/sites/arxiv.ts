// arXiv: its abstract pages and its PDFs.
import { type Paper, parsePaperId } from '../paper';
import type { Examples, Page, Site } from './site';

const hosts = /^(www\.|export\.)?arxiv\.org$/;

/** Where PDFs lay long ago: `/ftp/arxiv/papers/1110/1110.2832.pdf`, `/ftp/hep-th/papers/9901/9901001.pdf` */
const oldPdf = /^\/ftp\/([a-z-]+)\/papers\/\d{4}\/([\d.]+(?:v\d+)?)\.pdf$/;

/** The path without its escapes, or nothing where they are broken. */
function decoded({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}

/** The kind and the identifier, not yet proved, that a path and a query name. */
function named(path: string, query: URLSearchParams): [Page['kind'], string] | null {
  // Links of the nineties put the identifier, or its second half, into the query.
  if (path === '/abs') {
    // As text: Firefox lets content scripts iterate over no `URLSearchParams`.
    const keys = decodeURIComponent(`${query}`);
    const bare = /(?:^|&)([a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?=[=&]|$)/.exec(keys)?.[1];
    const id = query.get('id') ?? bare ?? `${query.get('archive')}/${query.get('papernum')}`;
    return ['abs', id];
  }
  const old = oldPdf.exec(path);
  if (old) return ['pdf', old[1] === 'arxiv' ? `${old[2]}` : `${old[1]}/${old[2]}`];
  const [, kind, rest = ''] = /^\/(abs|pdf)\/(.+)/s.exec(path) ?? [];
  // PDFs, unlike abstract pages, are not served under the prefix.
  return kind && !(kind === 'pdf' && /^arxiv:/i.test(rest)) ? [kind as Page['kind'], rest] : null;
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function metas(document: Document, name: string): string[] {
  return [...document.querySelectorAll(`meta[name="citation_${name}"]`)].map((meta) =>
    fold(meta.getAttribute('content') ?? ''),
  );
}

/** `Last, First` -> `First Last`. A collaboration has no comma and stays as it is. */
function inReadingOrder(name: string): string {
  return name.replace(/^(.+), (.+)$/, '$2 $1').replaceAll('. -', '.-');
}

/** `2018/10/11` -> `2018-10-11` */
function day(date: string | undefined): string | undefined {
  return date && /^\d{4}\/\d\d\/\d\d$/.test(date) ? date.replaceAll('/', '-') : undefined;
}

function recognise(url: URL): Page | null {
  if (!/^https?:$/.test(url.protocol) || !hosts.test(url.hostname)) return null;
  const [kind, text] = named(decoded(url), url.searchParams) ?? [];
  const ref = kind && parsePaperId(text ?? '');
  return ref ? { site: 'arxiv', kind, ...ref } : null;
}

export const arxiv: Site = {
  name: 'arxiv',
  hosts: ['https://*.arxiv.org/*'],
  recognise,

  // The page of a missing paper or version answers with 404 and lacks the element. The number in the page is no proof:
  // arXiv has papers whose records carry another one.
  shows: (document) => document.getElementById('abs') !== null,

  place(document) {
    const ready = document.readyState !== 'loading';
    // Other extensions rewrite what is inside the box of links, so the panel stands after it.
    const links = document.querySelector('.extra-services .full-text');
    if (links)
      return ready || links.nextSibling
        ? { element: links, position: 'after', fit: 'column' }
        : null;
    if (!ready) return null;
    const column = document.querySelector('.extra-services');
    return column
      ? { element: column, position: 'prepend', fit: 'column' }
      : { element: document.body, position: 'append', fit: 'docked' };
  },

  /** From `citation_*` tags, which MathJax leaves alone; categories and version from places it does not touch either. */
  read(document, page) {
    const published = day(metas(document, 'date')[0]);
    const updated = day(metas(document, 'online_date')[0]);
    const doi = metas(document, 'doi')[0]?.split(' ')[0];
    const subjects = document.querySelector('.metatable .subjects')?.textContent ?? '';
    const categories = [...subjects.matchAll(/\(([a-z-]+(?:\.[\w-]+)?)\)/gi)].map(
      ([, code]) => `${code}`,
    );
    const canonical =
      document.querySelector('meta[property="og:url"]')?.getAttribute('content') ?? '';
    const version =
      page.version ??
      (URL.canParse(canonical) ? recognise(new URL(canonical))?.version : undefined);
    const paper: Paper = {
      id: page.id,
      title: metas(document, 'title')[0] ?? '',
      // Punctuation between collaborations becomes an author of its own there.
      authors: metas(document, 'author')
        .filter((name) => /\p{L}/u.test(name))
        .map(inReadingOrder),
      abstract: metas(document, 'abstract')[0] ?? '',
    };
    if (published) paper.published = published;
    if (updated) paper.updated = updated;
    if (doi) paper.doi = doi;
    if (categories.length > 0) paper.categories = categories;
    if (version) paper.version = version;
    return paper;
  },
};

export const examples: Examples = {
  'https://arxiv.org/abs/1810.04805': ['1810.04805', 'abs'],
  'https://www.arxiv.org/abs/1810.04805v2?context=cs': ['1810.04805', 'abs', 2],
  'https://export.arxiv.org/abs/math.GT/0309136': ['math/0309136', 'abs'],
  'https://arxiv.org/abs?id=hep-th/9901001': ['hep-th/9901001', 'abs'],
  'https://arxiv.org/pdf/hep-th/9901001v3.pdf': ['hep-th/9901001', 'pdf', 3],
  'https://arxiv.org/ftp/arxiv/papers/1110/1110.2832.pdf': ['1110.2832', 'pdf'],
  'https://arxiv.org/': null,
  'https://arxiv.org/list/cs.CL/recent': null,
  'https://arxiv.org/abs/1313.0001': null,
  'https://arxiv.org/pdf/arXiv:1810.04805': null,
  'https://info.arxiv.org/abs/1810.04805': null,
  'https://arxiv.org.example.com/abs/1810.04805': null,
};
