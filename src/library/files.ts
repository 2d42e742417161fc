// What the library page reads and writes files by: their preview before anything is changed, and exports. Types only.
import type { Paper, PaperId } from '../paper';

/** How far a work is, in whatever unit; and how to stop it. */
export interface Watch {
  signal: AbortSignal;
  progress(at: { done: number; of: number }): void;
}

/** One paper of a file, as a preview shows it. */
export interface PreviewPaper {
  /** Its line or record in the file, from 1. */
  at: number;
  id: PaperId;
  /** Empty when it is not known yet. */
  title: string;
  /** What changes of a paper that is there: `tags`, `abstract`. */
  changes?: string[];
  /** What the file says otherwise and is not taken: `title`, `authors`, `date`, `DOI`. */
  stays?: string[];
}

/**
 * New, changed, changed with a note that differs on both sides (both are kept), going to the bin, there already and
 * otherwise than in the file (`stays`), or there already as it is.
 */
export type PreviewGroup = 'new' | 'changed' | 'conflict' | 'removed' | 'stays' | 'same';

/** What a file holds, beside what is in the library. Nothing was changed yet. */
export interface Preview {
  /** As a person knows it: `PaperMemory`. */
  format: string;
  /** What places in the file count. */
  unit: 'line' | 'record';
  groups: Record<PreviewGroup, { total: number /** The first of them. */; papers: PreviewPaper[] }>;
  /** Papers of the file that the person removed here, later than the file says. */
  binned: number;
  /** They come back with this import. Else they stay in the bin, or gone. */
  returning: boolean;
  /** Topics that are new or changed. */
  topics: number;
  /** What could not be read, and why. The rest of the file is good. */
  refused: { at: number; why: string }[];
  /** What was read, but may not be as the person expects. Absent `at`: the file as a whole. */
  remarks: { at?: number; what: string }[];
  /** Annotations of pages that are no papers, and those without a quote: they are left out. */
  elsewhere: number;
  unquoted: number;
  /** How many records there are to import: what changes nothing is not among them. */
  records: number;
  /** The arguments of each call of `importRecords`. */
  batches(): Iterable<[papers: unknown[], topics?: unknown[]]>;
}

/** What an export is written as. */
export type ExportFormat =
  | 'json'
  | 'bibtex'
  | 'ris'
  | 'cslJson'
  | 'csv'
  | 'markdown'
  | 'notes'
  | 'annotations';

export interface Written {
  /** Of the file: `paper-margin-2026-08-19.bib`. */
  name: string;
  file: Blob;
  /** How many papers are in it. */
  papers: number;
}

/** The citation of one paper, in each form that people paste. Nothing in it is what the person wrote. */
export interface Citation {
  bibtex: string;
  ris: string;
  /** `[Title](address)` */
  markdown: string;
  /** A link as HTML; `text` goes to the clipboard beside it. */
  html: string;
  /** `First Author, Second Author et al.: Title. arXiv:2501.00001, 2025. https://arxiv.org/abs/2501.00001` */
  text: string;
}

/** Files in and out. Reads the library itself and never writes it. */
export interface Files {
  /**
   * Reads a file or a pasted text, whatever format it has, and compares it with the library.
   * A file may be compressed by gzip, as backups are.
   * @param returning papers that were removed here later come back, as they should from a backup
   * @throws Failure `invalid` with a plain sentence, when the file as a whole cannot be read; the reason of the signal
   */
  preview(source: Blob | string, watch: Watch, returning?: boolean): Promise<Preview>;
  /** Writes these papers, or the whole library. @throws the reason of the signal */
  write(format: ExportFormat, ids: PaperId[] | undefined, watch: Watch): Promise<Written>;
  /** How many papers lack a title or authors: those that arXiv is still asked for, and those that it did not know. */
  missing(): Promise<{ asked: number; unknown: number }>;
  cite(paper: Paper): Promise<Citation>;
}
