// export.arxiv.org: metadata of kept papers that came without any.
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { type Paper, type PaperId, parsePaperId } from '../paper';
import { present } from './merge';
import { get, type Reply } from './service';

export const host = 'export.arxiv.org';

/** So many papers fit one request. */
export const batch = 100;

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter(
    (child) => child instanceof XmlElement && child.name === name,
  ) as XmlElement[];
}

/** The text of a child as one line. */
function line(parent: XmlElement, name: string): string {
  return (elements(parent, name)[0]?.text ?? '').replace(/\s+/g, ' ').trim();
}

function day(parent: XmlElement, name: string): string | undefined {
  return /^\d{4}-\d\d-\d\d/.exec(line(parent, name))?.[0];
}

function readEntry(entry: XmlElement): Paper[] {
  const [, text] = line(entry, 'id').split('/abs/');
  const ref = parsePaperId(text ?? '');
  const title = line(entry, 'title');
  if (!ref || !title) return [];
  const primary = elements(entry, 'arxiv:primary_category').map(
    ({ attributes }) => attributes.term,
  );
  const others = elements(entry, 'category').map(({ attributes }) => attributes.term);
  const categories = [...new Set([...primary, ...others].filter((term) => term !== undefined))];
  return [
    // The entry's version is the latest one, not one that the person has seen.
    present<Paper>({
      id: ref.id,
      title,
      authors: elements(entry, 'author')
        .map((author) => line(author, 'name'))
        .filter(Boolean),
      abstract: line(entry, 'summary'),
      published: day(entry, 'published'),
      updated: day(entry, 'updated'),
      doi: line(entry, 'arxiv:doi') || undefined,
      categories: categories.length > 0 ? categories : undefined,
    }),
  ];
}

/** The papers of an Atom feed of arXiv's API, or null for anything else. Source: info.arxiv.org/help/api/user-manual.html */
export function readFeed(text: string): Paper[] | null {
  try {
    const feed = parseXml(text).root;
    return feed?.name === 'feed' ? elements(feed, 'entry').flatMap(readEntry) : null;
  } catch {
    return null;
  }
}

/**
 * Metadata of up to `batch` papers; papers that arXiv does not know are missing from the answer. An answer without any
 * paper counts as `busy`: that is how arXiv turns callers away.
 */
export async function askMetadata(
  fetch: typeof globalThis.fetch,
  now: number,
  ids: PaperId[],
): Promise<Reply<Paper[]>> {
  const url = new URL(`https://${host}/api/query`);
  url.search = `id_list=${ids.map((id) => encodeURIComponent(id)).join(',')}&max_results=${ids.length}`;
  const reply = await get(fetch, now, url, 'application/atom+xml');
  if ('trouble' in reply) return reply;
  const { value: sent, ...rest } = reply;
  const papers = readFeed(sent.text);
  if (!papers) return { ...rest, trouble: 'unreadable' };
  return papers.length > 0 ? { ...rest, value: papers } : { ...rest, trouble: 'busy' };
}
