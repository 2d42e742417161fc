// Which paper a text or an address names, for every surface of the browser that is handed one.
import { type PaperRef, parsePaperId } from '../paper';
import { recognise } from '../sites';

/** `10.48550/arXiv.1810.04805` is the DOI of a paper, and doi.org leads there. */
const doi = /^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i;

/**
 * Reads an id (`1810.04805v2`, `arXiv:hep-th/9901001`), a DOI, or the address of a page of a paper, with or without
 * `https://`; spaces around it do not matter.
 * @returns null where the text names no paper. No input throws
 */
export function paperNamed(text: string): PaperRef | null {
  const trimmed = text.trim();
  const page = recognise(trimmed) ?? (trimmed.includes('.') && recognise(`https://${trimmed}`));
  if (page) return { id: page.id, ...(page.version && { version: page.version }) };
  return parsePaperId(trimmed.replace(doi, ''));
}
