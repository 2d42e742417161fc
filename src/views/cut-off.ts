// An import that nobody saw the end of: the page that ran it was closed, or its dialog. It is told of later.
import { useCallback, useEffect, useState } from 'preact/hooks';

/** An import under way, as it is remembered beside the page. */
interface Begun {
  /** Of the file; absent for a pasted text. */
  name?: string;
  /** A backup is restored. */
  restores: boolean;
}

/** The name of the lock that a page holds while it imports, and of what it leaves behind. */
const importing = 'importing';

/** Without a storage nobody hears of it later, no more. */
function trying<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/**
 * Runs an import; those of several pages one after the other. The person is asked before the page closes meanwhile.
 * @param work gives whether there is nothing to tell: all is in, or the person saw how it ended. Throws nothing
 */
export async function watched(begun: Begun, work: () => Promise<boolean>): Promise<void> {
  // Only the browser can tell of a page that is gone without a word: it gives its lock back.
  await navigator.locks.request(importing, async () => {
    trying(() => localStorage.setItem(importing, JSON.stringify(begun)));
    const over = new AbortController();
    addEventListener('beforeunload', (event) => event.preventDefault(), { signal: over.signal });
    if (await work()) trying(() => localStorage.removeItem(importing));
    over.abort();
  });
}

/** What happened, what is to be done, and that it does no harm. */
function told({ name, restores }: Begun): string {
  const what = restores ? 'The restoring of a backup' : `The import${name ? ` of “${name}”` : ''}`;
  const again = restores ? 'Restore the same backup' : `Import the same ${name ? 'file' : 'list'}`;
  return `${what} was cut off: what came in until then is here, the rest is not. ${again} again to go on. Nothing will be doubled.`;
}

/**
 * Tells of an import that was cut off. One that is still under way, here or in another page, is waited for.
 * @returns the sentence, if there is one; `look` asks again; `forget` when the person has read it
 */
export function useCutOff(): { cutOff: string | undefined; look(): void; forget(): void } {
  const [cutOff, setCutOff] = useState<string>();
  const look = useCallback(() => {
    void navigator.locks.request(importing, () => {
      const begun = trying(() => JSON.parse(localStorage.getItem(importing) ?? 'null'));
      setCutOff(begun ? told(begun) : undefined);
    });
  }, []);
  useEffect(look, [look]);
  const forget = () => {
    trying(() => localStorage.removeItem(importing));
    setCutOff(undefined);
  };
  return { cutOff, look, forget };
}
