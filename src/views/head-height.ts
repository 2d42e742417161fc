// The height of what stays at the top of a page, told to its style sheet as `--head`.
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** What sticks below it, and what scrolls into view, has to know its height. */
export function useHeadHeight(head: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = head.current;
    if (!element) return;
    const { style } = document.documentElement;
    const sized = new ResizeObserver(() =>
      style.setProperty('--head', `${element.offsetHeight}px`),
    );
    sized.observe(element);
    return () => sized.disconnect();
  }, [head]);
}
