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
  /** Upvotes as they were observed, oldest first: when (ms) and how many. Absent with fewer than two. */
  history?: [at: number, upvotes: number][];
  /** Upvotes since about a day ago; may be negative. Absent where nothing was observed then, or nothing lately. */
  rise?: number;
  /** The person does not want more like it. */
  dismissed?: true;
  /**
   * The highest version that the person read, where it was known: in its full text, or by what they said of it. The
   * newest one that was seen is `paper.version`.
   */
  readVersion?: number;
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

/** One paper of a list. */
export interface Listed extends PaperView {
  paper: Paper;
  trending: Trending;
}

/** Which list of Hugging Face: a day of Daily Papers, an ISO week, a month, or what trends now. */
export type PeriodKind = 'day' | 'week' | 'month' | 'trending';

/** A paper of the digest: what the list says, and what it is to this person. */
export interface DigestPaper extends Listed {
  /** Never seen, in its first 90 days; or since the person saw it 10 upvotes more, and a quarter of what it had. */
  fresh?: 'new' | 'rose';
  /**
   * How near it is to what the person saved, noted and read, for ordering papers, and why in a few words. Absent where
   * the digest is not wanted in that order, or where there is nothing to compare with.
   */
  fit?: { score: number; why: string };
  /** Ids of the topics that it matches. */
  topics?: string[];
}

/** A list as stored. Periods are named `2026-08-19`, `2026-W34`, `2026-08` and `trending`; all in UTC. */
export interface PeriodView {
  kind: PeriodKind;
  /** The period asked for. */
  asked: string;
  /** The period shown: the one asked for, or the nearest one with papers. */
  shown: string;
  /** Days in order of upvotes, highest first; the others in the service's own order. */
  papers: DigestPaper[];
  /** When the list of `shown` was fetched, ms. */
  fetchedAt?: number;
  /** Where the two buttons lead; absent when there is nothing that way. */
  older?: string;
  newer?: string;
  /** Today's list is still short: the last full day. */
  fuller?: string;
  /** The service has no such week, so it was put together from its days. */
  fromDays?: true;
  /** Call `refreshPeriod`: something between `asked` and `shown` is missing or old. */
  refreshDue: boolean;
  trouble?: Trouble;
}

/** Which list. Absent `at` is the present one. An empty day is passed over in direction `toward`. */
export interface PeriodQuestion {
  kind: PeriodKind;
  at?: string;
  toward?: 'older' | 'newer';
}

/** What the digest leaves out. The defaults leave nothing out. */
export interface DigestFilters {
  /** Words, as in a search. */
  text: string;
  /** At least so many upvotes. */
  upvotes: number;
  code: boolean;
  /** Has models, datasets or Spaces. */
  linked: boolean;
  /** Empty: any. */
  organization: string;
  /** Not the ones that are read. */
  unread: boolean;
}

export type DigestSort = 'list' | 'upvotes' | 'rise' | 'stars' | 'comments' | 'fit' | 'newest';

/** How the person wants the digest. */
export interface DigestSettings {
  kind: PeriodKind;
  sort: DigestSort;
  filters: DigestFilters;
  /** What becomes of papers that are read or saved. */
  known: 'show' | 'dim' | 'hide';
}

/** When a topic tells of its papers by itself. `hour`: of the person's own day, 0 to 23. */
export type TopicNotice =
  | { when: 'never' }
  | { when: 'daily'; hour: number }
  | { when: 'upvotes'; upvotes: number };

/** What a person follows: a name and a query in the language of `query/language`. */
export interface Topic {
  /** A UUID in lower case: the same on every device. */
  id: string;
  name: string;
  query: string;
  notice: TopicNotice;
  /** When it was made, ms. */
  createdAt: number;
}

/** What is wrong with a query. `at` and `length`: where, in UTF-16 units. */
export interface QueryProblem {
  at: number;
  length: number;
  says: string;
}

/** What a query finds in the stored lists of the last 30 days, newest first. */
export interface TopicPreview {
  problem?: QueryProblem;
  total: number;
  /** The first few. */
  papers: Listed[];
}

/** An answer of Hugging Face's own search. */
export interface HubSearch {
  papers: DigestPaper[];
  trouble?: Trouble;
}

/** A paper of the library that is near another one. */
export interface Related {
  id: PaperId;
  title: string;
  /** The first line of its note; empty when there is none. */
  note: string;
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
  /** Its tags, in alphabetical order. Absent: none. */
  tags?: string[];
  /** The highest version that the person read, where it was known. The newest one that was seen is `paper.version`. */
  readVersion?: number;
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

/** A tag, and how many papers of the library have it. */
export interface Tag {
  name: string;
  papers: number;
}

/** What the library can be sorted by. `match`: the best first, of a search by words. */
export type LibrarySort = 'match' | 'saved' | 'published' | 'read' | 'upvotes' | 'title';

/** An order of the library: newest, highest or first of the alphabet first, or the other way round. */
export interface LibraryOrder {
  by: LibrarySort;
  reverse?: true;
}

/** A part of what was found, as a term to add to the query: `tag:vision`, `is:read`, `has:code`, `cat:cs.CL`. */
export interface Facet {
  term: string;
  /** For a person: `vision`. */
  label: string;
  papers: number;
}

/** The parts of what was found, most papers first (years: newest first); none is empty. */
export interface Facets {
  tags: Facet[];
  states: Facet[];
  years: Facet[];
  categories: Facet[];
  organizations: Facet[];
  has: Facet[];
  /** The search index is being built, as after an import: not all papers are counted yet. */
  indexing?: true;
}

/** What a change of tags did, and so what takes it back. Papers that had it so already are not named. */
export interface Tagged {
  added: { tag: string; ids: PaperId[] }[];
  removed: { tag: string; ids: PaperId[] }[];
}

/** One paper of the bin. Times in ms. */
export interface Removed {
  id: PaperId;
  paper: Paper;
  removedAt: number;
  /** When it goes for good. */
  goesAt: number;
  /** The first line of its note, where it has one. */
  note?: string;
  /** How many highlights go with it; absent when there are none. */
  highlights?: number;
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
  /** Topics, where the file has any. */
  topics?: { added: number; changed: number; same: number };
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
  digest: DigestSettings;
}

/** The settings that a content script may know: without text that the person typed. */
export type PageSettings = Omit<Settings, 'fileName' | 'digest'>;

/** A paper that was opened, remembered because the person wanted it. */
export interface Opened {
  id: PaperId;
  title: string;
  /** The last time, ms. */
  openedAt: number;
}

/** A notification to show. */
export interface DueNotice {
  /** The same for the same content, always. */
  key: string;
  topic: string;
  title: string;
  message: string;
}

/** What changed, told to every open surface. A surface that shows any of it asks again. */
export interface Change {
  papers?: PaperId[];
  /** Papers whose highlights changed; they stand in `papers` too. */
  highlights?: PaperId[];
  /** Lists that were fetched, by name. */
  periods?: string[];
  /** Topics, or how the digest is wanted. */
  digest?: true;
  /** Papers were seen: a list in view marks them as it did, only the count of unseen ones is another. */
  seen?: true;
  /** Lists are being fetched: how many of how many are there. Told while it lasts, and once with `done` equal to `of`. */
  progress?: { done: number; of: number };
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
  /**
   * The person opened this paper. Remembered only where they turned that on. Of a paper that is kept it is stored which
   * versions there are, and which one they read.
   * @param page where it was. An abstract tells of a version; whoever opens the full text of one reads it, and that of
   * no version in particular is the newest one known
   */
  opened(paper: Paper, page?: Pick<RecognisedPage, 'kind' | 'version'>): Promise<void>;
  settings(): Promise<PageSettings>;
  /** How many papers of the library are near this one, 0 to 3. */
  nearby(id: PaperId): Promise<number>;
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
  /** A list as stored. No network. */
  period(question: PeriodQuestion): Promise<PeriodView>;
  /** The same after asking the service for what is missing or old; `force` asks even when fresh. */
  refreshPeriod(question: PeriodQuestion, force?: boolean): Promise<PeriodView>;
  /** The person has seen these papers in the digest: they are no longer new. */
  seen(ids: PaperId[]): Promise<void>;
  /** More like it is not wanted; false takes it back. */
  dismiss(paper: Paper, dismissed: boolean): Promise<PaperView>;
  /** Sends these words to Hugging Face's search of papers. Only ever called because a person asked for it. */
  searchHub(words: string): Promise<HubSearch>;
  /** The papers of the library nearest to this one, nearest first, at most three. */
  related(id: PaperId): Promise<Related[]>;
  /** In the order in which they were made. */
  topics(): Promise<Topic[]>;
  /**
   * Stores a topic: a new one, or changes of it.
   * @throws Failure `invalid`, when it has no name or its query cannot be read
   */
  putTopic(topic: Topic): Promise<Topic[]>;
  /** Removes it; for 30 days it can be restored. */
  removeTopic(id: string): Promise<Topic[]>;
  /** Takes back a `removeTopic`. */
  restoreTopic(id: string): Promise<Topic[]>;
  /** What such a topic would find. */
  previewTopic(query: string): Promise<TopicPreview>;
  note(id: PaperId): Promise<Note>;
  /** Stores the text. Where the stored note moved on since `base`, both texts are kept. */
  writeNote(write: NoteWrite): Promise<Note>;
  /** The editor closed with everything stored. */
  endNote(id: PaperId): Promise<void>;
  /** The highlights of a paper with their comments, oldest first. */
  annotations(id: PaperId): Promise<Annotation[]>;
  /** Those that were removed in the last 30 days and can be restored, last removed first. */
  removedHighlights(id: PaperId): Promise<Annotation[]>;
  /** One highlight with its comment. Null when there is none, or when it was removed. */
  annotation(id: string): Promise<Annotation | null>;
  /** Stores the comment; an empty one is none. Where the stored one moved on since `base`, both texts are kept. */
  comment(write: CommentWrite): Promise<Annotation | null>;
  /**
   * Saved, noted and highlighted papers and those that are not unread: all, newest first, for a blank `query`; else
   * those that match it, the best first. `query` is of the language of `query/language`, with the fields of the
   * library, and may be half typed: its last word may go on.
   */
  kept(query: string, offset: number, limit: number, order?: LibraryOrder): Promise<KeptPage>;
  /** The ids of all papers that `kept` would give, in its order. */
  keptIds(query: string, order?: LibraryOrder): Promise<PaperId[]>;
  /** The parts of what a query finds, or of the whole library for a blank one. */
  facets(query: string): Promise<Facets>;
  /** Tags in use, most papers first. */
  tags(): Promise<Tag[]>;
  /** Of one paper, in alphabetical order. */
  tagsOf(id: PaperId): Promise<string[]>;
  /**
   * Puts tags on papers and takes tags off, in one transaction; papers without a row get one. At most 500 papers a
   * call. A tag is one line of 1 to 5,000 characters; spaces at its ends and case make no other tag.
   * @throws Failure `invalid`, when a tag is none
   */
  tagPapers(papers: PaperId[], change: { add?: string[]; remove?: string[] }): Promise<Tagged>;
  /** Gives a tag another name on all papers; where that one exists, they become one. Says which papers had it. */
  renameTag(from: string, to: string): Promise<Tagged>;
  /** Sets the state of papers, at most 500 a call, and says which had which one before. */
  setReadings(ids: PaperId[], reading: Reading): Promise<Partial<Record<Reading, PaperId[]>>>;
  /** Removes papers with all they have, at most 500 a call: they stand in the bin for 30 days. Says which were there. */
  removePapers(ids: PaperId[]): Promise<PaperId[]>;
  /** Takes papers out of the bin, to their old places; at most 500 a call. */
  restorePapers(ids: PaperId[]): Promise<PaperId[]>;
  /** The bin, last removed first. */
  bin(offset: number, limit: number): Promise<{ total: number; rows: Removed[] }>;
  /** Removes what is in the bin for good: these papers, or what came into it until then (ms), or all. */
  emptyBin(which?: PaperId[] | number): Promise<void>;
  /** Takes back an `unsave`: the paper returns to its old place. */
  restore(id: PaperId): Promise<PaperView>;
  /**
   * Merges records of a file, at most 500 papers and 500 topics a call, each call one transaction: `exchange/README.md`
   * says what they hold. Nothing here is overwritten, and doing it again changes nothing.
   */
  importRecords(papers: unknown[], topics?: unknown[]): Promise<ImportReport>;
  choose(choice: Choice): Promise<void>;
  /**
   * Changes settings other than the privacy choice. Turning `remember` off forgets what was remembered; an empty
   * `fileName` brings its default back.
   */
  adjust(
    settings: Partial<Pick<Settings, 'keys' | 'remember' | 'fileName' | 'digest'>>,
  ): Promise<void>;
  /** Opened papers of the last 90 days, newest first, one row a paper. Opening one more is not announced. */
  recentlyOpened(limit: number): Promise<Opened[]>;
  forgetOpened(): Promise<void>;
}

export interface Library extends OwnVerbs {
  /** Brings stored lists up to date and goes on with unfinished work. Idempotent; called by alarm and start. */
  refreshDue(): Promise<void>;
  /** How many papers of the list of the day shown at first are unseen and pass the person's filters. */
  unseen(): Promise<number>;
  /**
   * Notifications that are due now. Each is given again until `notified` was called with its key, so that none is lost
   * when the background is stopped in between; whoever shows them uses the key as their id, so that none shows twice.
   * @param refreshing a refresh comes next: a daily notification waits for it, unless today's list is less than an hour
   * old. There is only one a day, and it is to have the papers that came while the machine slept
   */
  dueNotices(refreshing?: boolean): Promise<DueNotice[]>;
  notified(keys: string[]): Promise<void>;
}
