// What a paper is: its identity by arXiv's id grammar, its metadata, and its canonical links.

declare const brand: unique symbol;

/** The canonical arXiv id: no version, no subject class, lower-case archive. `1810.04805`, `hep-th/9901001`. */
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
  /** First publication, `YYYY-MM-DD`. */
  published?: string;
  /** Latest revision, `YYYY-MM-DD`. */
  updated?: string;
  doi?: string;
  /** Primary first: `cs.CL`. */
  categories?: string[];
  /** The version that was seen. */
  version?: number;
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
