// arXiv: abstract pages, PDFs, papers as web pages, and lists.
import { barePaper, type Paper, parsePaperId } from '../paper';
import { articleOf, placeLatexml, readLatexml, showsLatexml } from './latexml';
import { linkedPaper, listKey } from './links';
import { atEdge } from './place';
import type { Examples, List, Page, Row, Site } from './site';
import { fold, textOf } from './text';

const hosts = /^(www\.|export\.)?arxiv\.org$/;

/** First words of paths that name a paper, and what stands there. */
const kinds: Record<string, Page['kind']> = {
  abs: 'abs',
  pdf: 'pdf',
  html: 'html',
  format: 'other',
  tb: 'other',
  bibtex: 'other',
  src: 'other',
  'e-print': 'other',
  ps: 'other',
  dvi: 'other',
  audio: 'other',
};

/** `/list/cs.CL/recent`, `/catchup/cs/2026-11-20`, `/a/author_f_1`, `/search/cs`. A month may be `2026-11` or `202611`. */
const lists =
  /^\/(list\/[\w.-]+\/(new|recent|pastweek|current|((19|20)?\d\d|(19|20)\d\d(-\d\d?|\d\d)))|catchup\/[\w.-]+\/\d{4}-\d\d-\d\d|a\/[\w-]+(\.html)?|search(\/[\w-]*)?)\/?$/;

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
  const [, first = '', rest = ''] = /^\/([\w-]+)\/(.+)/s.exec(path) ?? [];
  const kind = Object.hasOwn(kinds, first) && kinds[first];
  // PDFs, unlike abstract pages, are not served under the prefix.
  return kind && !(kind === 'pdf' && /^arxiv:/i.test(rest)) ? [kind as Page['kind'], rest] : null;
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

/** `Computation and Language (cs.CL); Mathematical Physics (math-ph)` -> `['cs.CL', 'math-ph']` */
function categoriesIn(subjects: string | null | undefined): string[] {
  const codes = (subjects ?? '').matchAll(/\(([a-z-]+(?:\.[\w-]+)?)\)/gi);
  return [...codes].map(([, code]) => `${code}`);
}

function isHere(url: URL): boolean {
  return /^https?:$/.test(url.protocol) && hosts.test(url.hostname);
}

function recognise(url: URL): Page | null {
  if (!isHere(url)) return null;
  const [kind, text] = named(decoded(url), url.searchParams) ?? [];
  const ref = kind && parsePaperId(text ?? '');
  return ref ? { site: 'arxiv', kind, ...ref } : null;
}

/** An entry of a listing is a `dt` with links and a `dd` with the rest; a search result is one `li`. */
function rowOf(element: Element, base: URL): Row | null {
  const entry = element.localName === 'dt';
  const line = entry ? element : element.querySelector('.list-title');
  const link = line?.querySelector('a[href*="/abs/"]');
  const linked = link && linkedPaper(link, base, [recognise]);
  // The badge stands at the end of the line: while more of the line may come, there is no telling where that is.
  const coming = !line?.nextElementSibling && element.ownerDocument.readyState === 'loading';
  if (!line || !linked || coming) return null;
  return {
    ...linked,
    row: element,
    place: { element: line, position: 'append' },
    read() {
      const details = entry ? element.nextElementSibling : element;
      const find = (inEntry: string, inResult: string) =>
        details?.querySelector(entry ? inEntry : inResult);
      const authors = find('.list-authors', '.authors');
      const categories = entry
        ? categoriesIn(find('.list-subjects', '')?.textContent)
        : [...element.querySelectorAll('.tag[data-tooltip]')].map((tag) => textOf(tag));
      return {
        ...barePaper(linked.ref),
        title: textOf(find('.list-title', '.title'), '.descriptor'),
        // A list that ends in "et al." is none.
        authors: /\bet al\b/.test(authors?.textContent ?? '')
          ? []
          : [...(authors?.querySelectorAll('a') ?? [])]
              .map((author) => textOf(author))
              .filter(Boolean),
        // Where the whole abstract is shown, a link to shorten it stands at its end.
        abstract: textOf(find('p.mathjax', '.abstract-full'), 'a.is-size-7'),
        ...(categories.length > 0 && { categories }),
      };
    },
  };
}

export const arxiv: Site = {
  name: 'arxiv',
  hosts: ['https://*.arxiv.org/*'],
  recognise,

  list(url): List | null {
    if (!isHere(url) || !lists.test(url.pathname)) return null;
    return {
      site: 'arxiv',
      key: listKey(url),
      // One `dl` for each day or section, all of the same id.
      selector: 'dl#articles > dt, li.arxiv-result',
      row: (element) => rowOf(element, url),
      keys: true,
    };
  },

  // The page of a missing paper or version answers with 404 and lacks the element. The number in the page is no proof:
  // arXiv has papers whose records carry another one.
  shows(document, { kind }) {
    if (kind === 'html') return showsLatexml(document);
    if (kind === 'pdf') return document.contentType === 'application/pdf';
    return kind === 'abs' && document.getElementById('abs') !== null;
  },

  place(document, { kind }) {
    if (kind === 'html') return placeLatexml(document);
    if (kind !== 'abs') return atEdge(document);
    const ready = document.readyState !== 'loading';
    // Other extensions rewrite what is inside the box of links, so the panel stands after it.
    const links = document.querySelector('.extra-services .full-text');
    if (links)
      return ready || links.nextSibling
        ? { element: links, position: 'after', fit: 'column' }
        : null;
    if (!ready) return null;
    const column = document.querySelector('.extra-services');
    return column ? { element: column, position: 'prepend', fit: 'column' } : atEdge(document);
  },

  text: (document, { kind }) =>
    kind === 'html' ? articleOf(document) : document.getElementById('abs'),

  /** From `citation_*` tags, which MathJax leaves alone; categories and version from places it does not touch either. */
  read(document, page) {
    if (page.kind !== 'abs') return readLatexml(document, page);
    const published = day(metas(document, 'date')[0]);
    const updated = day(metas(document, 'online_date')[0]);
    const doi = metas(document, 'doi')[0]?.split(' ')[0];
    const categories = categoriesIn(document.querySelector('.metatable .subjects')?.textContent);
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
  'https://arxiv.org/html/1810.04805v2#S1': ['1810.04805', 'html', 2],
  'https://arxiv.org/format/1810.04805': ['1810.04805', 'other'],
  'https://arxiv.org/list/cs.CL/recent?skip=25&show=25': {
    list: '/list/cs.CL/recent?skip=25&show=25',
  },
  'https://arxiv.org/': null,
  'https://arxiv.org/list/cs.CL': null,
  'https://arxiv.org/abs/1313.0001': null,
  'https://arxiv.org/pdf/arXiv:1810.04805': null,
  'https://info.arxiv.org/abs/1810.04805': null,
  'https://arxiv.org.example.com/abs/1810.04805': null,
};
