// Shows what topics tell, where the browser may notify, and opens the topic that a person clicks on.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';

const permission = { permissions: ['notifications'] as 'notifications'[] };

/**
 * Shows due notices before and after each refresh, and when the person allows notifications. A refresh may pause for
 * minutes, and a background may be stopped in it, so what is due already does not wait. Registers its listeners at once.
 *
 * A notification has the key of its notice as its id, and the notice is settled after it was shown. A background that
 * is stopped in between finds it on the screen the next time, and only settles it. Without the permission nothing is
 * reserved, so what is still recent is told when it comes.
 * @returns tells, refreshes and tells again; rejects as the refresh does, after telling, else as the last telling
 */
export function refreshAndTell(
  library: Pick<Library, 'refreshDue' | 'dueNotices' | 'notified'>,
): () => Promise<void> {
  async function show(refreshing = false): Promise<void> {
    if (!(await browser.permissions.contains(permission))) return;
    listen();
    const due = await library.dueNotices(refreshing);
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
  function tell(refreshing = false): Promise<void> {
    const mine = last.then(() => show(refreshing));
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
  return async () => {
    await tell(true).catch(console.error);
    try {
      await library.refreshDue();
    } catch (cause) {
      await tell().catch(console.error);
      throw cause;
    }
    await tell();
  };
}

/** Opens the topic of a notification at its paper: the key is both, and old papers have a slash in their id. */
async function open(key: string): Promise<void> {
  const [topic = '', ...paper] = key.split('/');
  const asked = new URLSearchParams({ topic, paper: paper.join('/') });
  // The popup's page is the digest; in a tab it has room.
  await browser.tabs.create({ url: `${browser.runtime.getURL('/popup.html')}?${asked}` });
  await browser.notifications.clear(key);
}
