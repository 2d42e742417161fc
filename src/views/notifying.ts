// May Paper Margin notify? The permission as pages see it and ask for it.
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { onPermission } from './tab';

const permission = { permissions: ['notifications'] as 'notifications'[] };

/**
 * Asks the browser, which asks the person where they did not allow it yet. To be called in the click itself, before
 * anything is awaited. False where they refuse. Never rejects.
 */
export async function allowNotifying(): Promise<boolean> {
  try {
    return await browser.permissions.request(permission);
  } catch {
    return false;
  }
}

/** Is it allowed? Undefined until that is known. */
export function useNotifying(): boolean | undefined {
  const [allowed, setAllowed] = useState<boolean>();
  useEffect(() => {
    const gone = new AbortController();
    const check = () =>
      void browser.permissions.contains(permission).then(
        (yes) => !gone.signal.aborted && setAllowed(yes),
        () => {},
      );
    onPermission(check, gone.signal);
    check();
    return () => gone.abort();
  }, []);
  return allowed;
}
