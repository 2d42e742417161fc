// What the registry asks of a site. Types only.
import type { Paper, PaperId } from '../paper';

/** What a URL says of its page. Two URLs of one paper differ in `kind`, `site` or `version`, never in `id`. */
export interface Page {
  site: 'arxiv' | 'huggingface';
  /** `abs`: the page about the paper (Hugging Face's paper page too). `pdf`: known to popup and icon only. */
  kind: 'abs' | 'pdf';
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

export interface Site {
  name: Page['site'];
  /** Match patterns of the hosts that the manifest asks for. */
  hosts: string[];
  /** What the URL alone says. Never throws. */
  recognise(url: URL): Page | null;
  /** The document shows this paper (a 404 does not). False while it is too early to say. */
  shows(document: Document, page: Page): boolean;
  /** Where the panel goes, or null while the place is not there yet. */
  place(document: Document, page: Page): Place | null;
  /** Metadata that the document itself carries; fields it lacks stay empty. */
  read(document: Document, page: Page): Paper;
}

/** URLs that prove a site's rules, each with what `recognise` gives. They stand beside the rules, but do not ship. */
export type Examples = Record<string, [id: string, kind: Page['kind'], version?: number] | null>;
