// Optional sites: where the person allowed one, our script runs there; where they took that back, it does not.
import { browser } from 'wxt/browser';
import { askedHosts, sites } from '../sites';

/**
 * Keeps the registered scripts true to the permissions: at every start, since an update forgets them, and whenever the
 * person gives or takes one.
 */
export function followOptionalSites(): void {
  /** One after the other: two at once would register the same script twice. */
  let work = Promise.resolve();
  const follow = () => {
    work = work.then(register).catch(console.error);
  };
  browser.permissions.onAdded.addListener(follow);
  browser.permissions.onRemoved.addListener(follow);
  follow();
}

async function register(): Promise<void> {
  // The same file that the manifest names for the other sites; Firefox names it by its whole address there.
  const js = browser.runtime
    .getManifest()
    .content_scripts?.flatMap((script) => script.js ?? [])
    .map((file) => new URL(file, browser.runtime.getURL('/')).pathname);
  const registered = new Set(
    (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id),
  );
  for (const site of sites) {
    const { name, hosts } = site;
    if (!site.optional || !js) continue;
    const allowed = await browser.permissions.contains({ origins: askedHosts(site) });
    if (allowed && !registered.has(name)) {
      await browser.scripting.registerContentScripts([
        { id: name, matches: hosts, js, runAt: 'document_start', persistAcrossSessions: true },
      ]);
    } else if (!allowed && registered.has(name)) {
      await browser.scripting.unregisterContentScripts({ ids: [name] });
    }
  }
}
