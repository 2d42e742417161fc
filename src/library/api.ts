// The Library interface and the views it returns: all that any surface may ask of what is kept and fetched. Types only.
import type { Paper, PaperId } from '../paper';

/** May the id of an opened paper be sent to huggingface.co by itself? Unanswered counts as `ask`. */
export type Choice = 'automatic' | 'ask';

/** Why the service gave no usable answer. `access`: the browser withholds the host from us. */
export interface Trouble {
  kind: 'unreachable' | 'busy' | 'failing' | 'unreadable' | 'access';
  /** Milliseconds since the epoch; not asked again before. */
  retryAt?: number;
}

/** How far the person is with a paper; they alone set it. */
export type Reading = 'unread' | 'reading' | 'read';

/** A model, dataset or Space that names the paper. */
export interface LinkedRepo {
  /** `nvidia/GR00T-N1-2B` */
  id: string;
  url: string;
  likes?: number;
}

export interface Linked {
  /** All there are; `top` is a short list of them. */
  total: number;
  top: LinkedRepo[];
}

/** What Hugging Face says of a paper. Absent is not zero: it means that the service did not say. */
export interface Trending {
  upvotes?: number;
  comments?: number;
  /** Day on Daily Papers, UTC, `YYYY-MM-DD`. */
  day?: string;
  /** Place on that day when the list was fetched, from 1. */
  rank?: number;
  code?: { url: string; label: string; stars?: number };
  projectPage?: { url: string; label: string };
  aiSummary?: string;
  aiSummaryModel?: string;
  keywords: string[];
  organization?: string;
  submitter?: string;
  /** The three below are known only after a look-up. */
  models?: Linked;
  datasets?: Linked;
  spaces?: Linked;
}

/** All that a paper page shows. Holds no text that the person typed. */
export interface PaperView {
  id: PaperId;
  /** Stored metadata, where there is any. */
  paper?: Paper;
  saved: boolean;
  /** The paper has a note. */
  noted: boolean;
  reading: Reading;
  /** An editor for this paper went away without closing; its frame should be shown, so that it can recover a draft. */
  editing: boolean;
  /** Does Hugging Face have the paper? `unasked`: not found in stored lists and never looked up. */
  known: 'yes' | 'no' | 'unasked';
  trending?: Trending;
  /** When the newest of it was fetched, ms. */
  fetchedAt?: number;
  /** When it was looked up by its id, ms; absent when only lists are behind it. */
  lookedUpAt?: number;
  /** A look-up is due and the person allowed it: call `refresh`. */
  refreshDue: boolean;
  /** The last try failed and nothing newer came since. */
  trouble?: Trouble;
  /** The person folded the panel. */
  folded: boolean;
  /** How many highlights it has; absent when there are none. A page asks for them only where there are any. */
  highlights?: number;
}

/** The colours of highlights. */
export type HighlightColour = 'yellow' | 'green' | 'blue' | 'pink';

/**
 * The words of a highlight, and what stands around them: `prefix` and `suffix` have 32 characters or more where the
 * text has them. Source: W3C Web Annotation Data Model, 4.2.4 Text Quote Selector.
 */
export interface Quote {
  exact: string;
  prefix: string;
  suffix: string;
}

/** A page as the registry of sites recognises it: see `Page` of `sites/site`. */
export interface RecognisedPage {
  id: PaperId;
  version?: number;
  /** A site's name: lower-case letters, digits and hyphens. */
  site: string;
  kind: 'abs' | 'html' | 'pdf' | 'other';
}

/** A highlight as a page makes it. `site`, `kind` and `version` say where it was made. */
export interface NewHighlight {
  /** A UUID in lower case: the same on every device. */
  id: string;
  version?: number;
  site: string;
  kind: RecognisedPage['kind'];
  quote: Quote;
  /** Where the quote stood in the text of that page, in UTF-16 units: a hint, no more. */
  position?: { start: number; end: number };
  colour: HighlightColour;
}

/** A highlight as a page may know it: without the comment, which the person typed. */
export interface PageHighlight extends NewHighlight {
  paper: PaperId;
  /** It has a comment. */
  commented: boolean;
  /** When it was made, ms. */
  createdAt: number;
}

/** A highlight with its comment, for our own pages. */
export interface Annotation extends PageHighlight {
  /** Plain text or Markdown; empty when there is none. */
  comment: string;
  /** The last change of its colour or comment, ms. */
  updatedAt: number;
}

/** What came of a new highlight. */
export interface HighlightAdded {
  highlight: PageHighlight;
  /** The paper, which is saved now if it was not. */
  view: PaperView;
  /** This saved the paper: taking it back is `removeHighlight` and `unsave`. */
  savedNow?: true;
}

/** A comment as an editor sends it: the text, and the one it was typed upon, so that nothing typed elsewhere is lost. */
export interface CommentWrite {
  id: string;
  text: string;
  base: string;
}

/** One paper of a day's list. */
export interface Listed extends PaperView {
  paper: Paper;
  trending: Trending;
}

/** A day of Daily Papers, as stored. */
export interface DayView {
  /** The day asked for, UTC, `YYYY-MM-DD`. */
  asked: string;
  /** The day shown: the one asked for, or the nearest one with papers. */
  day: string;
  /** In order of upvotes, highest first. */
  papers: Listed[];
  /** When the list of `day` was fetched, ms. */
  fetchedAt?: number;
  /** `older`/`newer`: where the two buttons lead; absent when there is nothing that way. */
  older?: string;
  newer?: string;
  /** Call `refreshDay`: something between `asked` and `day` is missing or old. */
  refreshDue: boolean;
  trouble?: Trouble;
}

/** Which day: absent `day` is today. An empty day is passed over in direction `toward`. */
export interface DayQuestion {
  day?: string;
  toward?: 'older' | 'newer';
}

/** An earlier text of a note, kept 30 days. */
export interface NoteVersion {
  key: string;
  text: string;
  /** When it was replaced, ms. */
  replacedAt: number;
}

export interface Note {
  id: PaperId;
  /** Empty when there is no note. */
  text: string;
  /** Grows with every change; 0 when there never was a note. */
  revision: number;
  updatedAt?: number;
  /** Newest first. */
  versions: NoteVersion[];
  saved: boolean;
  /** This write saved the paper, since a note had none before. */
  savedNow?: boolean;
}

/** A note as an editor sends it: the text, and the state it was typed upon, so that nothing typed elsewhere is lost. */
export interface NoteWrite {
  id: PaperId;
  text: string;
  base: { revision: number; text: string };
  /** One editor from opening to closing; a UUID. */
  editor: string;
}

/** A row of the library page. */
export interface KeptRow {
  id: PaperId;
  paper: Paper;
  saved: boolean;
  reading: Reading;
  note: string;
  /** When it came into the library, ms. */
  keptAt: number;
  trending?: Trending;
  /** How many highlights it has; absent when there are none. */
  highlights?: number;
  /** Where it has the words of the search. Absent: it was not found by words. */
  matches?: Match[];
}

/** A text of a paper in which words of a search stand. */
export interface Match {
  in: 'title' | 'author' | 'abstract' | 'keyword' | 'org' | 'note' | 'highlight' | 'comment';
  /** A title or name is whole; of longer texts it is the part around the first places. */
  text: string;
  /** The words, in UTF-16 units of `text`; `end` is exclusive. In order and apart. */
  places: { start: number; end: number }[];
  /** Something of the text was left out before it or behind it. */
  cut?: { before?: true; after?: true };
}

export interface KeptPage {
  /** All that match. */
  total: number;
  /** All that are kept. */
  kept: number;
  rows: KeptRow[];
  /** What is wrong with the query, and where, in UTF-16 units. The rows have its words, taken as they are. */
  problem?: { at: number; length: number; says: string };
  /** No paper has the words as they were typed: these have words that are spelled almost so. */
  near?: true;
  /** The search index is being built over so many papers: not all can be found yet. */
  indexing?: { done: number; of: number };
}

/** What an import did. The first three count papers. */
export interface ImportReport {
  added: number;
  changed: number;
  same: number;
  /** Highlights of those papers, where the file has any. */
  highlights?: { added: number; changed: number; same: number };
  /** Annotations of pages that are no papers. They were left out. */
  elsewhere?: number;
  /** Annotations without a quote: replies, and notes on a whole page. They were left out. */
  unquoted?: number;
  /** Records that could not be read, with their place in the file (from 1) and the reason. */
  refused: { at: number; why: string }[];
}

export interface Settings {
  /** Absent: the question was not answered yet. */
  choice?: Choice;
  folded: boolean;
  /** Single keys on lists: `j`, `k`, `s`, `n`, `o`. On unless turned off. */
  keys: boolean;
  /** Remember opened papers for 90 days, on this machine. Off unless turned on. */
  remember: boolean;
  /** Template of the names of downloaded PDFs: `{author} {year} - {title} ({id})`. */
  fileName: string;
}

/** The settings that a content script may know: without text that the person typed. */
export type PageSettings = Omit<Settings, 'fileName'>;

/** A paper that was opened, remembered because the person wanted it. */
export interface Opened {
  id: PaperId;
  title: string;
  /** The last time, ms. */
  openedAt: number;
}

/** What changed, told to every open surface. A surface that shows any of it asks again. */
export interface Change {
  papers?: PaperId[];
  /** Papers whose highlights changed; they stand in `papers` too. */
  highlights?: PaperId[];
  days?: string[];
  /** The search index took in more of the library: a search that did not see everything can find more. */
  index?: true;
  /** Settings, or anything at all (an import). */
  all?: true;
}

/** A failure of our own side: the storage or the extension itself. The message is a plain sentence. */
export interface Failure {
  code: 'storage-full' | 'storage' | 'invalid' | 'refused' | 'updated' | 'unexpected';
  message: string;
}

/** What content scripts may ask. Nothing here returns text that the person typed. */
export interface PageVerbs {
  /** Stored data of many papers, in the order asked; an unknown paper gives a plain view. No network. */
  look(ids: PaperId[]): Promise<PaperView[]>;
  /** The automatic look-up of an opened paper: asks the service only when it is due and the person allowed it. */
  refresh(id: PaperId): Promise<PaperView>;
  /** The person clicked `Look up`. Asks the service unless the answer is fresh. */
  lookUp(id: PaperId): Promise<PaperView>;
  /** Saves the paper. Twice is once. */
  save(paper: Paper): Promise<PaperView>;
  /** Takes the paper off the saved ones; its note stays. */
  unsave(id: PaperId): Promise<PaperView>;
  /** An editor is about to be shown for this paper: remembers its metadata for the first text. */
  beginNote(paper: Paper): Promise<PaperView>;
  /** Folds or unfolds the panel on every page. */
  fold(folded: boolean): Promise<void>;
  /** Sets how far the person is. A paper that is `reading` or `read` is kept and listed in the library. */
  setReading(paper: Paper, reading: Reading): Promise<PaperView>;
  /** The person opened this paper. Remembered only where they turned that on. */
  opened(paper: Paper): Promise<void>;
  settings(): Promise<PageSettings>;
  /** The highlights of a paper, oldest first, without those that were removed. */
  highlights(id: PaperId): Promise<PageHighlight[]>;
  /**
   * Adds a highlight, and saves its paper if it is not. The same id twice is once.
   * @throws Failure `invalid`, when there are no words in it or more than 10,000 characters
   */
  addHighlight(paper: Paper, highlight: NewHighlight): Promise<HighlightAdded>;
  /** Gives it another colour. Null when there is no such highlight. */
  recolourHighlight(id: string, colour: HighlightColour): Promise<PageHighlight | null>;
  /** Removes it; for 30 days it can be restored. Null when there never was such a highlight. */
  removeHighlight(id: string): Promise<PaperView | null>;
  /** Takes back a `removeHighlight`. Null when there is nothing to restore. */
  restoreHighlight(id: string): Promise<PageHighlight | null>;
}

/** What the extension's own pages may ask: the same and more. */
export interface OwnVerbs extends PageVerbs {
  settings(): Promise<Settings>;
  /** A day as stored. No network. */
  day(question: DayQuestion): Promise<DayView>;
  /** The same after asking the service for what is missing or old; `force` asks even when fresh. */
  refreshDay(question: DayQuestion, force?: boolean): Promise<DayView>;
  note(id: PaperId): Promise<Note>;
  /** Stores the text. Where the stored note moved on since `base`, both texts are kept. */
  writeNote(write: NoteWrite): Promise<Note>;
  /** The editor closed with everything stored. */
  endNote(id: PaperId): Promise<void>;
  /** The highlights of a paper with their comments, oldest first. */
  annotations(id: PaperId): Promise<Annotation[]>;
  /** One highlight with its comment. Null when there is none, or when it was removed. */
  annotation(id: string): Promise<Annotation | null>;
  /** Stores the comment; an empty one is none. Where the stored one moved on since `base`, both texts are kept. */
  comment(write: CommentWrite): Promise<Annotation | null>;
  /**
   * Saved, noted and highlighted papers and those that are not unread: all, newest first, for a blank `query`; else
   * those that match it, the best first. `query` is of the language of `query/language`, with the fields of the
   * library, and may be half typed: its last word may go on.
   */
  kept(query: string, offset: number, limit: number): Promise<KeptPage>;
  /** Takes back an `unsave`: the paper returns to its old place. */
  restore(id: PaperId): Promise<PaperView>;
  /** Everything the person wrote, as the text of a JSON file. */
  exportJson(): Promise<string>;
  /** All highlights as the text of a W3C annotation collection (JSON-LD). */
  exportAnnotations(): Promise<string>;
  /** Notes and highlights of these papers, or of all that are kept, as Markdown. */
  exportMarkdown(ids?: PaperId[]): Promise<string>;
  /**
   * Merges such a JSON file, or W3C annotations, or an export of Hypothesis: its content decides. Nothing here is
   * overwritten. Importing twice changes nothing.
   */
  importJson(text: string): Promise<ImportReport>;
  choose(choice: Choice): Promise<void>;
  /**
   * Changes settings other than the privacy choice. Turning `remember` off forgets what was remembered; an empty
   * `fileName` brings its default back.
   */
  adjust(settings: Partial<Pick<Settings, 'keys' | 'remember' | 'fileName'>>): Promise<void>;
  /** Opened papers of the last 90 days, newest first, one row a paper. Opening one more is not announced. */
  recentlyOpened(limit: number): Promise<Opened[]>;
  forgetOpened(): Promise<void>;
}

export interface Library extends OwnVerbs {
  /** Brings stored lists up to date and goes on with unfinished work. Idempotent; called by alarm, start and popup. */
  refreshDue(): Promise<void>;
}
