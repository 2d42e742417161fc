// Links to papers: which paper a link names, and the pages that have such links here and there.
import { barePaper, type PaperRef } from '../paper';
import type { List, Row, Site, SiteName } from './site';

type Recognise = Site['recognise'];

/** Selects what may be a link to a paper at arXiv or Hugging Face. */
export const paperLinks = 'a[href*="arxiv.org/"], a[href*="/papers/"]';

/** What makes two URLs of lists the same: the path and what is asked of it. */
export function listKey({ pathname, search }: URL): string {
  return pathname.replace(/(.)\/+$/, '$1') + search;
}

/**
 * The paper that a link leads to, to whatever of its pages, and the full address.
 * @param base the URL of the page that has the link
 * @param recognisers of the sites that the link may lead to
 */
export function linkedPaper(
  link: Element,
  base: URL,
  recognisers: Recognise[],
): { ref: PaperRef; href: string } | null {
  const href = link.getAttribute('href') ?? '';
  if (!URL.canParse(href, base.href)) return null;
  const url = new URL(href, base);
  for (const recognise of recognisers) {
    const page = recognise(url);
    if (page && page.kind !== 'other') {
      const { id, version } = page;
      return { ref: { id, ...(version && { version }) }, href: url.href };
    }
  }
  return null;
}

/** The row that consists of one link in a text. */
export function mention(link: Element, { ref, href }: { ref: PaperRef; href: string }): Row {
  return {
    ref,
    href,
    row: link,
    place: { element: link, position: 'after' },
    read: () => barePaper(ref),
  };
}

/** A page that mentions papers here and there: one link to each, the first that is asked about, is its row. */
export function mentions(site: SiteName, url: URL, recognisers: Recognise[]): List {
  const first = new Map<string, Element>();
  return {
    site,
    key: listKey(url),
    selector: paperLinks,
    keys: false,
    row(link) {
      const linked = linkedPaper(link, url, recognisers);
      if (!linked) return null;
      const { id } = linked.ref;
      const holder = first.get(id);
      // A link that left the page, or leads elsewhere now, gives its place up.
      if (holder?.isConnected && linkedPaper(holder, url, recognisers)?.ref.id === id)
        return holder === link ? mention(link, linked) : null;
      first.set(id, link);
      return mention(link, linked);
    },
  };
}

/** What a site says of itself that has no pages of papers, but links to them. */
export const linksOnly: Pick<Site, 'recognise' | 'shows' | 'place' | 'read'> = {
  recognise: () => null,
  shows: () => false,
  place: () => null,
  read: (_, page) => barePaper(page),
};
