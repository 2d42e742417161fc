// How to get the icon into the toolbar, in the words of each browser.
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

/** Chromium says whether the icon is in the toolbar, and when that changes. Undefined until it did, and elsewhere. */
function usePinned(): boolean | undefined {
  const [pinned, setPinned] = useState<boolean>();
  useEffect(() => {
    if (import.meta.env.FIREFOX) return;
    const changed = ({ isOnToolbar }: { isOnToolbar?: boolean }) => {
      if (isOnToolbar !== undefined) setPinned(isOnToolbar);
    };
    browser.action.getUserSettings().then(changed, () => {});
    browser.action.onUserSettingsChanged.addListener(changed);
    return () => browser.action.onUserSettingsChanged.removeListener(changed);
  }, []);
  return pinned;
}

/** A section. */
export function Pin() {
  const pinned = usePinned();
  return (
    <section class="card" aria-labelledby="pin">
      <h2 id="pin">Keep the icon in sight</h2>
      <p>
        It shows whether you saved the paper in view, and how many papers are new. One click on it
        opens the papers of the day.
      </p>
      <div role="status">
        {pinned ? (
          <p class="done">The icon is in your toolbar already.</p>
        ) : import.meta.env.FIREFOX ? (
          <ol>
            <li>Click the puzzle piece at the right of the toolbar.</li>
            <li>Click the gear beside Paper Margin.</li>
            <li>Choose “Pin to Toolbar”.</li>
          </ol>
        ) : (
          <ol>
            <li>Click the puzzle piece at the right of the address bar.</li>
            <li>Click the pin beside Paper Margin.</li>
          </ol>
        )}
      </div>
    </section>
  );
}
