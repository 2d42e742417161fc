// Which of very many ranges are worth painting: those near the window.

/** Up to so many are painted wherever they stand. */
const FEW = 300;

/** Beyond the window, above and below it: so much is scrolled before the next frame is painted at most. */
const MARGIN = '3000px 0px';

/** The element whose box tells where a range is. */
function boxOf({ commonAncestorContainer: node }: Range): Element | null {
  let element = node.nodeType === 1 ? (node as Element) : node.parentElement;
  while (element && getComputedStyle(element).display === 'contents')
    element = element.parentElement;
  return element;
}

/**
 * A browser goes over everything that is painted whenever its page changes at all (in Chromium 0.06 ms a range), so a
 * page with very many highlights has only those painted that are near its window, and all of them when it is printed.
 * @param changed called when others are near than before
 * @returns takes all ranges that there are now, gives whether one is to be painted
 */
export function followNear(
  changed: () => void,
  signal: AbortSignal,
): (ranges: Range[]) => (range: Range) => boolean {
  const near = new Set<Element>();
  const watched = new Set<Element>();
  const boxes = new WeakMap<Range, Element | null>();
  let printing = false;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      changed();
    },
    { rootMargin: MARGIN },
  );
  signal.addEventListener('abort', () => observer.disconnect());
  for (const type of ['beforeprint', 'afterprint']) {
    window.addEventListener(
      type,
      () => {
        printing = type === 'beforeprint';
        changed();
      },
      { signal },
    );
  }

  const box = (range: Range) => {
    let known = boxes.get(range);
    if (known === undefined) {
      known = boxOf(range);
      boxes.set(range, known);
    }
    return known;
  };

  return (ranges) => {
    const many = ranges.length > FEW;
    const wanted = new Set(many ? ranges.map(box).filter((element) => element !== null) : []);
    for (const element of watched.difference(wanted)) {
      observer.unobserve(element);
      watched.delete(element);
      near.delete(element);
    }
    for (const element of wanted.difference(watched)) {
      observer.observe(element);
      watched.add(element);
    }
    return (range) => !many || printing || near.has(box(range) as Element);
  };
}
