// Shows what topics tell, where the browser may notify, and opens the topic that a person clicks on.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';

const permission = { permissions: ['notifications'] as 'notifications'[] };

/**
 * Shows due notices when `tell` is called and when the person allows notifications.
 *
 * A notification has the key of its notice as its id, and the notice is settled after it was shown. A background that
 * is stopped in between finds it on the screen the next time, and only settles it. Without the permission nothing is
 * reserved, so what is still recent is told when it comes.
 */
export function notify(library: Pick<Library, 'dueNotices' | 'notified'>): {
  tell: () => Promise<void>;
} {
  async function show(): Promise<void> {
    if (!(await browser.permissions.contains(permission))) return;
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
  }

  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (!permissions?.includes('notifications')) return;
    listen();
    void tell().catch(console.error);
  });
  listen();
  return { tell };
}

/** The topic of a notification: its key begins with it. */
async function open(key: string): Promise<void> {
  const topic = key.split('/')[0] ?? '';
  const url = browser.runtime.getURL(
    `/popup.html?topic=${encodeURIComponent(topic)}` as '/popup.html',
  );
  await browser.tabs.create({ url });
  await browser.notifications.clear(key);
}
