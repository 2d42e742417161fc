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

/** A thing that belongs to a paper: its code, model, data, Space or page. */
export interface Artefact {
  kind: 'code' | 'model' | 'dataset' | 'space' | 'collection' | 'project';
  /** http or https only. */
  url: string;
  /** Short text for a person: `google/bert`, `showlab.github.io/videollm-online`. */
  label: string;
}
