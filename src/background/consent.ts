// Whether the browser lets us send by ourselves: Firefox lets a person take that permission away at any time.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';

/** Firefox's permission "browsing activity" where it exists; elsewhere the answer on the welcome page alone decides. */
export async function consent(): Promise<boolean> {
  const granted = (await browser.permissions.getAll()) as { data_collection?: string[] };
  return granted.data_collection?.includes('browsingActivity') ?? true;
}

/** Whether the browser lets us reach `host`; a person may withhold it. */
export async function access(host: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [`https://${host}/*`] });
}

/** Keeps the stored answer true to the permission: taken away in the add-ons manager, it is `ask` from then on. */
export function followConsent(library: Library): void {
  const follow = async () => {
    const { choice } = await library.settings();
    if (choice === 'automatic' && !(await consent())) await library.choose('ask');
  };
  browser.permissions.onRemoved.addListener(() => void follow().catch(console.error));
  void follow().catch(console.error);
}
