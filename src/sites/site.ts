// What the registry asks of a site. Types only.
import type { Paper, PaperId, PaperRef } from '../paper';

export type SiteName =
  | 'arxiv'
  | 'huggingface'
  | 'alphaxiv'
  | 'ar5iv'
  | 'semantic-scholar'
  | 'openreview'
  | 'github';

/** What a URL says of its page. Two URLs of one paper differ in `kind`, `site` or `version`, never in `id`. */
export interface Page {
  site: SiteName;
  /**
   * `abs`: the page about the paper (Hugging Face's paper page too). `html`: its full text. Both get the panel.
   * `pdf`: gets a chip where the browser lets us. `other`: about the paper, but without a box of ours (formats,
   * trackbacks); known to popup, icon and side panel, as all are.
   */
  kind: 'abs' | 'html' | 'pdf' | 'other';
  id: PaperId;
  version?: number;
}

/** Where the panel goes: beside `element`, never inside nodes that the site rewrites. */
export interface Place {
  element: Element;
  position: 'before' | 'after' | 'prepend' | 'append';
  /** `column`: in the flow of a column. `docked`: no column was found, the panel floats at the window's edge. */
  fit: 'column' | 'docked';
}

/** One paper on a page of many. */
export interface Row {
  ref: PaperRef;
  /** Where its badge goes. */
  place: { element: Element; position: 'before' | 'after' | 'prepend' | 'append' };
  /** The whole row, for moving through the list by keys. */
  row: Element;
  /** The address that opens the paper. */
  href: string;
  /** Metadata that the row itself carries, read when it is needed; fields it lacks stay empty. */
  read(): Paper;
}

/** A page of many papers, or one with links to papers that deserve a badge. */
export interface List {
  site: SiteName;
  /** Two URLs with the same key show the same list. */
  key: string;
  /** Selects what may be a row; more may come later, and what was one may become another. */
  selector: string;
  /** What the element is, or null where it is no paper, or not yet: the page is still coming. Two elements of one paper in one row give one row. Never throws. */
  row(element: Element): Row | null;
  /** The page is a list that one reads from top to bottom: keys move through it. */
  keys: boolean;
}

export interface Site {
  name: SiteName;
  /** Match patterns of its hosts. */
  hosts: string[];
  /** Off until the person turns it on; its hosts are asked for then. */
  optional?: { label: string };
  /** What page of many papers the URL is. Never throws. */
  list?(url: URL): List | null;
  /** What the URL alone says. Never throws. */
  recognise(url: URL): Page | null;
  /** The document shows this paper (a 404 does not). False while it is too early to say. */
  shows(document: Document, page: Page): boolean;
  /** Where the panel goes, or null while the place is not there yet. */
  place(document: Document, page: Page): Place | null;
  /** Metadata that the document itself carries; fields it lacks stay empty. */
  read(document: Document, page: Page): Paper;
  /** The element with the paper's own text, in which one may highlight, or null where the page has none, or not yet. */
  text?(document: Document, page: Page): Element | null;
}

/**
 * URLs that prove a site's rules: what `recognise` gives, the key of the `list`, or null for neither. They stand beside
 * the rules, but do not ship.
 */
export type Examples = Record<
  string,
  [id: string, kind: Page['kind'], version?: number] | { list: string } | null
>;
