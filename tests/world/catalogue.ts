// What the replica world knows: papers on arXiv, papers on Hugging Face, the day lists. Types, and how a paper enters.

/** One version of a paper on arXiv. */
export interface Version {
  /** ISO time. */
  date: string;
  /** `227 KB` */
  size: string;
  withdrawn?: true;
}

/** A paper as arXiv has it. */
export interface ArxivPaper {
  id: string;
  /** With its TeX. */
  title: string;
  /** Given name first. */
  authors: string[];
  abstract: string;
  versions: Version[];
  /** Primary first: name and code, `['Machine Learning', 'cs.LG']`. */
  subjects: [name: string, code: string][];
  comments?: string;
  doi?: string;
  /** The latest version is withdrawn, by an author or by arXiv itself. */
  withdrawn?: 'author' | 'admin';
  /** There is an HTML version. */
  html?: true;
}

/** The `paper` of a day's list, and with more fields the answer about one paper. Fields as the service sends them. */
export interface HubPaper {
  id: string;
  title: string;
  upvotes?: number;
  submittedOnDailyAt?: string;
  publishedAt?: string;
  [field: string]: unknown;
}

/** An entry of a day's list, as the service sends it. */
export interface DailyItem {
  paper: HubPaper;
  title: string;
  numComments?: number;
  publishedAt?: string;
  [field: string]: unknown;
}

export interface Catalogue {
  arxiv: Map<string, ArxivPaper>;
  /** Answers about one paper, by id. */
  hub: Map<string, HubPaper>;
  /** Comments of a paper on Hugging Face, by id; absent means none. */
  comments: Map<string, number>;
  /** Entries by day, highest upvotes first. A day without entries is not in it. */
  days: Map<string, DailyItem[]>;
  /** Entries for the lists of the present week and month that no day's list has. */
  periodOnly: DailyItem[];
  /** Whole recorded pages, by path with query; paths of arXiv and of Hugging Face are never the same. */
  pages: Map<string, { status: number; html: string }>;
  /** The present day onto which a recorded day is mapped. */
  shown: Map<string, string>;
}

export function emptyCatalogue(): Catalogue {
  return {
    arxiv: new Map(),
    hub: new Map(),
    comments: new Map(),
    days: new Map(),
    periodOnly: [],
    pages: new Map(),
    shown: new Map(),
  };
}

/** Adds a day's list, in order of upvotes, and the answer about each of its papers. */
export function addDay(catalogue: Catalogue, day: string, items: DailyItem[]): void {
  if (items.length === 0) return;
  const sorted = items.toSorted(
    (one, other) => (other.paper.upvotes ?? 0) - (one.paper.upvotes ?? 0),
  );
  catalogue.days.set(day, sorted);
  for (const item of sorted) {
    const { id } = item.paper;
    catalogue.hub.set(id, { ...noneLinked, ...catalogue.hub.get(id), ...item.paper });
    catalogue.comments.set(id, item.numComments ?? 0);
  }
}

/** What the answer about a paper says when no repository names it. */
export const noneLinked = {
  linkedModels: [],
  numTotalModels: 0,
  linkedDatasets: [],
  numTotalDatasets: 0,
  linkedSpaces: [],
  numTotalSpaces: 0,
} as const;
