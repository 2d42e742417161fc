// Shows what topics tell, where the browser may notify, and opens the topic that a person clicks on.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';

const permission = { permissions: ['notifications'] as 'notifications'[] };

/**
 * Shows due notices after each refresh, and when the person allows notifications. Registers its listeners at once.
 *
 * A notification has the key of its notice as its id, and the notice is settled after it was shown. A background that
 * is stopped in between finds it on the screen the next time, and only settles it. Without the permission nothing is
 * reserved, so what is still recent is told when it comes.
 * @returns refreshes what is due, then tells what is due; rejects as the refresh does, after telling
 */
export function refreshAndTell(
  library: Pick<Library, 'refreshDue' | 'dueNotices' | 'notified'>,
): () => Promise<void> {
  async function show(): Promise<void> {
    if (!(await browser.permissions.contains(permission))) return;
    listen();
    const due = await library.dueNotices();
    if (due.length === 0) return;
    const onScreen = await browser.notifications.getAll();
    for (const { key, title, message } of due) {
      try {
        if (!Object.hasOwn(onScreen, key)) {
          await browser.notifications.create(key, {
            type: 'basic',
            iconUrl: browser.runtime.getURL('/icon/128.png'),
            title,
            message,
          });
        }
        await library.notified([key]);
      } catch (cause) {
        // It stays due; the others need not wait for it.
        console.error(cause);
      }
    }
  }

  /** One after the other: two at once would both show what is due. */
  let last: Promise<unknown> = Promise.resolve();
  function tell(): Promise<void> {
    const mine = last.then(show);
    last = mine.catch(() => {});
    return mine;
  }

  /** The browser may only have notifications after the permission came. */
  let listening = false;
  function listen(): void {
    if (listening || !browser.notifications) return;
    listening = true;
    browser.notifications.onClicked.addListener((key) => void open(key).catch(console.error));
    // Who closes one has seen it, though the background was stopped before it could put that down.
    browser.notifications.onClosed.addListener(
      (key) => void library.notified([key]).catch(console.error),
    );
  }

  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (!permissions?.includes('notifications')) return;
    listen();
    void tell().catch(console.error);
  });
  listen();
  return () => library.refreshDue().finally(tell);
}

/** Opens the topic of a notification: its key begins with it. */
async function open(key: string): Promise<void> {
  const topic = encodeURIComponent(key.split('/')[0] ?? '');
  // The popup's page is the digest; in a tab it has room.
  await browser.tabs.create({ url: `${browser.runtime.getURL('/popup.html')}?topic=${topic}` });
  await browser.notifications.clear(key);
}
