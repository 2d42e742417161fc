// The registry of sites: which page a URL is, and which hosts the manifest asks for.
import { arxiv } from './arxiv';
import { huggingface } from './huggingface';
import type { Page, Site } from './site';

export const sites: Site[] = [arxiv, huggingface];

/** Match patterns of all hosts, for the manifest and the content script. */
export function hosts(): string[] {
  return sites.flatMap((site) => site.hosts);
}

/** What page `url` is, or null when it is no paper. Any string is allowed; nothing throws. */
export function recognise(url: string): Page | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  for (const site of sites) {
    const page = site.recognise(parsed);
    if (page) return page;
  }
  return null;
}

/** The site that a page belongs to. */
export function siteOf(page: Page): Site {
  const site = sites.find(({ name }) => name === page.site);
  if (!site) throw new Error(`No site named ${page.site}`);
  return site;
}
