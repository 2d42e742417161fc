// How the script of highlights hears what other parts of the extension want of it.
import { browser } from 'wxt/browser';

/** What a page with highlights can do. */
interface Able {
  offer(): Promise<void>;
  highlight(): Promise<void>;
  openList(): void;
  show(id: string): Promise<boolean>;
  found(): Promise<string[]>;
}

/** A message to a tab. `load` looks at what is selected; `found` and `show` come from lists. */
export interface HighlightWish {
  to: 'paper-margin-highlights';
  do: 'load' | 'list' | 'highlight' | 'found' | 'show';
  id?: string;
}

/**
 * Answers such messages until the signal aborts. No answer means that the script is not there.
 * @param now the highlights of the page that the tab shows at this moment
 */
export function onHighlightWish(now: () => Able | undefined, signal: AbortSignal): void {
  const answer = async ({ do: what, id }: HighlightWish): Promise<unknown> => {
    const able = now();
    // A page without text of a paper does not tell.
    if (what === 'found') return able?.found() ?? null;
    if (what === 'show') return able?.show(`${id}`) ?? false;
    if (what === 'load') await able?.offer();
    if (what === 'highlight') await able?.highlight();
    if (what === 'list') able?.openList();
    return true;
  };
  const listener = (message: unknown, _sender: unknown, reply: (answer: unknown) => void) => {
    const wish = message as HighlightWish | null;
    if (wish?.to !== 'paper-margin-highlights') return;
    answer(wish).then(reply, () => reply(true));
    return true as const;
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => browser.runtime?.onMessage?.removeListener(listener), {
    once: true,
  });
}
