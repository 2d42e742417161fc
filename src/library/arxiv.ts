// export.arxiv.org: metadata of kept papers that came without any.
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { type Paper, type PaperId, parsePaperId } from '../paper';
import { present } from './merge';
import { get, type Reply } from './service';

export const host = 'export.arxiv.org';

/** So many papers are asked for in one request, beside `control`. */
export const batch = 99;

/**
 * The first paper with an identifier of today's form. It goes into every request: an answer that has it was no way to
 * turn us away, so what it lacks arXiv does not know. It is the same for everybody, and so tells nothing of anybody.
 */
export const control = '0704.0001' as PaperId;

/** Statuses by which a service finds fault with the request itself. Source: RFC 9110, 15.5. */
const faults = [400, 413, 414, 422, 431];

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

/** What arXiv's API sent: papers, or that it takes the request for faulty, for which one id in it is enough. */
export type Feed = Paper[] | 'refused';

/** Reads an Atom feed of arXiv's API; null for anything else. Source: info.arxiv.org/help/api/user-manual.html, 3.4 */
export function readFeed(text: string): Feed | null {
  try {
    const feed = parseXml(text).root;
    if (feed?.name !== 'feed') return null;
    const entries = elements(feed, 'entry');
    const error = entries.some((entry) => line(entry, 'id').includes('/api/errors'));
    return error ? 'refused' : entries.flatMap(readEntry);
  } catch {
    return null;
  }
}

/**
 * Metadata of up to `batch` papers, and of `control`. Papers that arXiv does not know are missing from the answer. One
 * that lacks `control` is none: arXiv turns callers away with an empty feed too.
 */
export async function askMetadata(
  fetch: typeof globalThis.fetch,
  now: number,
  ids: PaperId[],
): Promise<Reply<Feed>> {
  const all = [...new Set([...ids, control])];
  const url = new URL(`https://${host}/api/query`);
  url.search = `id_list=${all.map((id) => encodeURIComponent(id)).join(',')}&max_results=${all.length}`;
  const reply = await get(fetch, now, url, 'application/atom+xml', faults);
  if ('trouble' in reply) return reply;
  const { value: sent, ...rest } = reply;
  const feed = faults.includes(sent.status) ? 'refused' : readFeed(sent.text);
  return feed ? { ...rest, value: feed } : { ...rest, trouble: 'unreadable' };
}
