// The registry of sites: which page a URL is, and which hosts the manifest asks for.
import { alphaxiv } from './alphaxiv';
import { ar5iv } from './ar5iv';
import { arxiv } from './arxiv';
import { github } from './github';
import { huggingface } from './huggingface';
import { openreview } from './openreview';
import { semanticScholar } from './semantic-scholar';
import type { List, Page, Site } from './site';

export const sites: Site[] = [
  arxiv,
  huggingface,
  alphaxiv,
  ar5iv,
  semanticScholar,
  openreview,
  github,
];

/** Match patterns of the hosts that every install asks for, for the manifest and the content script. */
export function hosts(): string[] {
  return sites.filter((site) => !site.optional).flatMap((site) => site.hosts);
}

/**
 * Where the content script of every install must not run although those patterns cover it: the optional sites. Each has
 * a registration of its own while it is on.
 */
export function excludedHosts(): string[] {
  return sites.filter((site) => site.optional).flatMap((site) => site.hosts);
}

/**
 * What the browser is asked for when an optional site is turned on, and gives back when it is turned off: its hosts,
 * but for those that every install has (ar5iv's host at arXiv). Browsers refuse to take back what is required.
 */
export function askedHosts(site: Site): string[] {
  const required = hosts().flatMap((pattern) => pattern.split('https://*')[1] ?? []);
  return site.hosts.filter((host) => !required.some((end) => host.endsWith(end)));
}

/** Match patterns of all that a person may be asked for, for the manifest. */
export function optionalHosts(): string[] {
  return sites.filter((site) => site.optional).flatMap(askedHosts);
}

/** What page of many papers `url` is, or null. Any string is allowed; nothing throws. */
export function recogniseList(url: string): List | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  for (const site of sites) {
    const list = site.list?.(parsed);
    if (list) return list;
  }
  return null;
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
