// What a paper is: its identity by arXiv's id grammar, its metadata, and its canonical links.

declare const brand: unique symbol;

/**
 * What names a paper, in one of three forms. Mostly the canonical arXiv id: no version, no subject class, lower-case
 * archive (`1810.04805`, `hep-th/9901001`); `isArxiv` says so. A paper from elsewhere, which came by an import, has its
 * DOI in lower case (`doi:10.1000/xyz`), or else its normalised address (`url:https://example.org/paper`).
 */
export type PaperId = string & { readonly [brand]: 'PaperId' };

/** An id and, where the source named one, the version. */
export interface PaperRef {
  id: PaperId;
  version?: number;
}

/** Metadata of a paper. Strings are plain text, TeX left as it is. Absent means not known. */
export interface Paper {
  id: PaperId;
  /** Empty when not known yet. */
  title: string;
  /** In reading order, given name first. */
  authors: string[];
  /** Empty when not known. */
  abstract: string;
  /** First publication, `YYYY-MM-DD`; of a paper from elsewhere perhaps only `YYYY` or `YYYY-MM`. */
  published?: string;
  /** Latest revision, `YYYY-MM-DD`. */
  updated?: string;
  doi?: string;
  /** Primary first: `cs.CL`. */
  categories?: string[];
  /** The version that was seen. */
  version?: number;
  /** Where it appeared: a journal or a conference. Known only of papers that an import brought. */
  venue?: string;
  /** Its code, where an import named it; http or https. */
  code?: string;
}

/** A paper of which nothing is known but what names it. */
export function barePaper({ id, version }: PaperRef): Paper {
  return { id, title: '', authors: [], abstract: '', ...(version && { version }) };
}

/** A thing that belongs to a paper: its code, model, data, Space or page. */
export interface Artefact {
  kind: 'code' | 'model' | 'dataset' | 'space' | 'collection' | 'project';
  /** http or https only. */
  url: string;
  /** Short text for a person: `google/bert`, `showlab.github.io/videollm-online`. */
  label: string;
}

/**
 * Reads an arXiv identifier as arXiv's own router does: new style (`1810.04805v2`), old style (`math.GT/0309136`),
 * with prefix `arXiv:`, file suffix, wrong padding, missing hyphen or upper case repaired, and what follows `/` or `#`
 * ignored. The DOI of a paper, `10.48550/arXiv.1810.04805`, is read too.
 *
 * Like arXiv it checks the form only: a well-formed identifier may belong to no paper and to no archive.
 * Source: arXiv/arxiv-base, `arxiv/identifier`.
 *
 * @param text the identifier alone, without URL and without surrounding spaces
 * @returns the canonical id and the version, or null where arXiv refuses too. No input throws
 */
export function parsePaperId(text: string): PaperRef | null {
  // arXiv's own first look: at most 200 characters, the first eight of them plain.
  if (!/^[./\da-z:-]{8}.{0,192}$/i.test(text)) return null;
  const repaired = text
    .replace(/\.(pdf|ps|gz|ps\.gz)$/, '')
    .replace(/^\//, '')
    .replace(/^(arxiv:|10\.48550\/arxiv\.)/i, '')
    .replace(/\/{2,}/g, '/')
    .replace(/-{2,}/g, '-')
    .replace(/^[^/]+/, (head) => head.toLowerCase())
    .replace(/([^a-])(ph|ex|th|qc|mat|lat|sci)(\/|$)/, '$1-$2$3');
  const match =
    /^(?:([a-z]+(?:-[a-z]{2,})?)(?:\.[a-z-]{2,})?\/)?(\d\d)(\d\d)(?:\.(\d{4,5})|(\d{3}))(?:v([1-9]\d{0,4}))?(?:[#/].*)?$/.exec(
      repaired,
    );
  if (!match) return null;
  const [, archive, year, month, newNumber, oldNumber, version] = match;
  const number = Number(newNumber ?? oldNumber);
  if (number === 0 || Number(month) < 1 || Number(month) > 12) return null;
  const yymm = Number(`${year}${month}`);
  let id: string;
  if (archive && oldNumber) {
    // The old style ran from the nineties to March 2007.
    if (yymm < 9100 && yymm > 703) return null;
    id = `${archive}/${year}${month}${oldNumber}`;
  } else if (!archive && newNumber) {
    // The new style began in April 2007 with four digits and has five since 2015.
    const digits = yymm < 1501 ? 4 : 5;
    if (yymm < 704 || number >= 10 ** digits) return null;
    id = `${year}${month}.${String(number).padStart(digits, '0')}`;
  } else {
    return null;
  }
  return { id: id as PaperId, ...(version && { version: Number(version) }) };
}

/** Is it a paper at arXiv? Others have neither pages there nor at Hugging Face. */
export function isArxiv(id: PaperId): boolean {
  return !/^(?:doi|url):/.test(id);
}

/**
 * When a paper was first published, as exactly as is known: by its metadata, else the month that its arXiv id names.
 * @returns `2024-06-30`, `2024-06` or `2024`
 */
export function publishedOf({
  id,
  published,
}: Pick<Paper, 'id' | 'published'>): string | undefined {
  if (published || !isArxiv(id)) return published;
  const [, yy = '', mm = ''] = /(?:^|\/)(\d\d)(\d\d)/.exec(id) ?? [];
  return `${Number(yy) > 90 ? '19' : '20'}${yy}-${mm}`;
}

/** Longer names are refused: indexes and file names carry them. */
const longestKey = 2000;

/** Parts of an address that say who sent the reader, not what is read. */
const tracking = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id)$/;

/**
 * The DOI in a text, in lower case, since case does not count in DOIs. Null where there is none.
 * Source: DOI Handbook, 2.4 and 3.8; the shape is the one that Crossref recommends to match.
 *
 * @param text the DOI alone: bare, with `doi:`, or as an address at doi.org
 */
export function parseDoi(text: string): string | null {
  const address = /^https?:\/\/(?:dx\.|www\.)?doi\.org\//i.exec(text.trim())?.[0];
  let bare = text.trim().slice(address?.length ?? 0);
  if (address) {
    try {
      bare = decodeURIComponent(bare);
    } catch {
      // A stray percent sign stays what it is.
    }
  }
  const doi = /^(?:doi:\s*)?(10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}]+)$/iu.exec(bare)?.[1];
  return doi && doi.length <= longestKey
    ? doi.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : null;
}

/** One form of a web address: https, no fragment, no user, nothing that tracks, no slash at the end. Or null. */
function normalUrl(text: string): string | null {
  if (!/^https?:\/\/.{1,10000}$/i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  url.protocol = 'https:';
  url.hash = '';
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()]) {
    if (tracking.test(name)) url.searchParams.delete(name);
  }
  url.pathname = url.pathname.replace(/(?!^)\/+$/, '');
  return url.hostname && url.href.length <= longestKey ? url.href : null;
}

/**
 * The name of a paper by whatever is known of it: arXiv's id, else its DOI, else its address. Null where there is none.
 * A DOI that arXiv gives its papers is the arXiv id, and an address at doi.org is the DOI.
 */
export function keyOf({ doi = '', url = '' }: { doi?: string; url?: string }): PaperId | null {
  const named = parseDoi(doi) ?? parseDoi(url);
  const paper = named && parsePaperId(named);
  if (paper) return paper.id;
  const key = named ? `doi:${named}` : normalUrl(url.trim());
  if (!key) return null;
  return (named ? key : `url:${key}`) as PaperId;
}

/**
 * Reads what names a paper, in any of the three forms of `PaperId`, and gives it its canonical form:
 * `parseKey('doi:10.1000/XYZ')` -> `doi:10.1000/xyz`. Null for anything else; no input throws.
 */
export function parseKey(text: string): PaperId | null {
  if (/^doi:/i.test(text)) return keyOf({ doi: text });
  if (/^url:/i.test(text)) return keyOf({ url: text.slice(4) });
  return parsePaperId(text)?.id ?? null;
}

/** `{ id: '1810.04805', version: 2 }` -> `1810.04805v2` */
export function printPaperRef({ id, version }: PaperRef): string {
  return version ? `${id}v${version}` : id;
}

/** Can Hugging Face have a page of this paper? It takes identifiers of the new style only. */
export function hasHuggingFacePage(id: PaperId): boolean {
  return /^\d{4}\.\d{4,5}$/.test(id);
}

/** The abstract page at arXiv. */
export function absUrl(ref: PaperRef): string {
  return `https://arxiv.org/abs/${printPaperRef(ref)}`;
}

/** The page of a paper, wherever it is from. */
export function paperUrl(ref: PaperRef): string {
  if (ref.id.startsWith('url:')) return ref.id.slice(4);
  if (!ref.id.startsWith('doi:')) return absUrl(ref);
  // Of the characters that a DOI may have, these would end the path of an address or be taken for something else.
  return `https://doi.org/${ref.id.slice(4).replace(/[%?#"<>\\^`{|}]/g, encodeURIComponent)}`;
}

/** The PDF at arXiv. */
export function pdfUrl(ref: PaperRef): string {
  return `https://arxiv.org/pdf/${printPaperRef(ref)}`;
}

/** The paper as a web page at arXiv; not every paper has one. */
export function htmlUrl(ref: PaperRef): string {
  return `https://arxiv.org/html/${printPaperRef(ref)}`;
}

/** The paper page at Hugging Face, which knows no versions. Ask `hasHuggingFacePage` first. */
export function huggingFaceUrl(id: PaperId): string {
  return `https://huggingface.co/papers/${id}`;
}

/** The paper at alphaXiv. */
export function alphaXivUrl(ref: PaperRef): string {
  return `https://www.alphaxiv.org/abs/${printPaperRef(ref)}`;
}
