// Opening the side panel, which every browser does in its own way and only in answer to the person.
import { browser } from 'wxt/browser';

/** Firefox calls it the sidebar, and opens it in the window that the person is in. */
interface Sidebar {
  sidebarAction?: { open(): Promise<void> };
}

/**
 * Opens the side panel beside the tabs of a window. To be called in the listener itself, before anything is awaited:
 * browsers count only that as the person's wish.
 * @returns whether the browser did it
 */
export async function openSidePanel(windowId: number | undefined): Promise<boolean> {
  const { sidebarAction } = browser as unknown as Sidebar;
  try {
    if (sidebarAction) await sidebarAction.open();
    else if (windowId === undefined) return false;
    else await browser.sidePanel.open({ windowId });
    return true;
  } catch {
    return false;
  }
}

/** Answers pages that ask for the side panel: `{ opened }`, false where the browser wants the person to open it. */
export function answerSidePanel(): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
    const asked = message as { to?: string; ask?: string } | null;
    if (asked?.to !== 'paper-margin-background' || asked.ask !== 'side-panel') return;
    if (sender.id !== browser.runtime.id) return;
    void openSidePanel(sender.tab?.windowId).then((opened) => reply({ opened }));
    return true;
  });
}
