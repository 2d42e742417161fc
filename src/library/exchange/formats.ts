// The formats of other programs: what each keeps of a paper on its way out and back in. Data only.

/** What an export can hold of a paper. */
export type Field =
  | 'id'
  | 'version'
  | 'title'
  | 'authors'
  | 'abstract'
  | 'published'
  | 'updated'
  | 'doi'
  | 'venue'
  | 'categories'
  | 'tags'
  | 'reading'
  | 'note'
  | 'highlights'
  | 'savedAt';

/**
 * `whole`: export, then import gives the same. Any other text says what of it comes back. `written`: it is there to be
 * read by people and other programs, and import passes it over. Absent: the format has no place for it.
 */
export type Extent = 'whole' | 'written' | (string & {});

export interface Format {
  /** As a person knows it. */
  name: string;
  /** Of the file, without the dot. */
  extension: string;
  mediaType: string;
  fields: Partial<Record<Field, Extent>>;
}

/** A test holds each line of it by a round trip. */
export const formats = {
  bibtex: {
    name: 'BibTeX',
    extension: 'bib',
    mediaType: 'application/x-bibtex',
    fields: {
      id: 'whole',
      version: 'of arXiv papers',
      title: 'whole',
      authors: 'whole',
      abstract: 'whole',
      published: 'year and month',
      doi: 'whole',
      venue: 'whole',
      categories: 'the primary one, of arXiv papers',
      tags: 'whole',
      reading: 'reading and read',
      note: 'whole',
    },
  },
  ris: {
    name: 'RIS',
    extension: 'ris',
    mediaType: 'application/x-research-info-systems',
    fields: {
      id: 'whole',
      version: 'of arXiv papers',
      title: 'whole',
      authors: 'whole',
      abstract: 'whole',
      published: 'whole',
      doi: 'whole',
      venue: 'whole',
      tags: 'whole',
      note: 'whole',
    },
  },
  cslJson: {
    name: 'CSL-JSON',
    extension: 'json',
    mediaType: 'application/vnd.citationstyles.csl+json',
    fields: {
      id: 'whole',
      version: 'whole',
      title: 'whole',
      authors: 'whole',
      abstract: 'whole',
      published: 'whole',
      doi: 'whole',
      venue: 'whole',
      categories: 'whole',
      tags: 'whole',
      reading: 'whole',
      note: 'whole',
      savedAt: 'whole',
    },
  },
  csv: {
    name: 'CSV',
    extension: 'csv',
    mediaType: 'text/csv',
    fields: {
      id: 'whole',
      version: 'whole',
      title: 'whole',
      authors: 'whole',
      abstract: 'whole',
      published: 'whole',
      updated: 'whole',
      doi: 'whole',
      venue: 'whole',
      categories: 'whole',
      tags: 'whole',
      reading: 'whole',
      note: 'whole',
      highlights: 'written',
      savedAt: 'whole',
    },
  },
  notes: {
    name: 'Markdown notes',
    extension: 'zip',
    mediaType: 'application/zip',
    fields: {
      id: 'written',
      version: 'written',
      title: 'written',
      authors: 'written',
      abstract: 'written',
      published: 'written',
      updated: 'written',
      doi: 'written',
      venue: 'written',
      categories: 'written',
      tags: 'written',
      reading: 'written',
      note: 'written',
      highlights: 'written',
      savedAt: 'written',
    },
  },
} as const satisfies Record<string, Format>;
