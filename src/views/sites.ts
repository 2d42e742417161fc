// The optional sites as the options page turns them on and off: what is in force is the browser's permission, nothing else.
import { browser } from 'wxt/browser';
import { askedHosts, sites } from '../sites';
import type { SiteName } from '../sites/site';

export interface OptionalSite {
  name: SiteName;
  label: string;
  /** Match patterns that the browser is asked for. */
  hosts: string[];
}

/** All sites that a person may turn on. */
export const optionalSites: OptionalSite[] = sites.flatMap((site) =>
  site.optional ? [{ name: site.name, hosts: askedHosts(site), label: site.optional.label }] : [],
);

/** The names of those that are on. */
export async function sitesOn(): Promise<ReadonlySet<SiteName>> {
  const on = await Promise.all(
    optionalSites.map(({ hosts }) => browser.permissions.contains({ origins: hosts })),
  );
  return new Set(optionalSites.filter((_, index) => on[index]).map(({ name }) => name));
}

/**
 * Asks the browser for exactly this site's hosts; the background then runs our script there. To be called in the click,
 * before anything is awaited.
 * @returns whether the person allowed it
 */
export function turnOn({ hosts }: OptionalSite): Promise<boolean> {
  return browser.permissions.request({ origins: hosts });
}

/** Gives the hosts back; the background then takes our script away. */
export async function turnOff({ hosts }: OptionalSite): Promise<void> {
  await browser.permissions.remove({ origins: hosts });
}
