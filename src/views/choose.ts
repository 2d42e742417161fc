// The privacy choice: stored by the library, and in Firefox also given or taken back as a permission.
import { browser } from 'wxt/browser';
import type { Choice, OwnVerbs } from '../library/api';

/** Firefox's name for "the ids of papers that you open", in its own consent. */
const activity = { data_collection: ['browsingActivity'] } as unknown as { permissions: [] };

/** Firefox keeps such a permission itself; other browsers refuse the question. */
const asksBrowser = import.meta.env.FIREFOX;

/**
 * Stores the choice. To be called in the click itself, before anything is awaited: the browser may have to ask.
 * @returns what is now in force: `ask` where the person refused the browser's own question
 */
export async function choose(choice: Choice, library: Pick<OwnVerbs, 'choose'>): Promise<Choice> {
  if (choice === 'ask') {
    await library.choose('ask');
    if (asksBrowser) await browser.permissions.remove(activity);
    return 'ask';
  }
  const granted = !asksBrowser || (await browser.permissions.request(activity));
  const inForce = granted ? 'automatic' : 'ask';
  await library.choose(inForce);
  return inForce;
}
