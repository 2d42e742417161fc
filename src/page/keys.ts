// Single keys on a list: to move through it and act on its rows. They never come between a person and their typing.

export interface KeyActions {
  /** What may be a row, in the page's order. */
  elements(): Element[];
  /** Makes `element` the one that keys act on and shows that; false where it is no paper. */
  reach(element: Element): boolean;
  /** A note was opened and does not take what is typed yet. */
  opening(): boolean;
  /** No row is the one any more. */
  leave(element: Element): void;
  save(element: Element): void;
  note(element: Element): void;
  open(element: Element): void;
  /** Closes what is open; false where nothing is. */
  close(): boolean;
}

/** Does what is pressed go into a text? Where that cannot be told, the answer is yes. */
function typing(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  const { localName, isContentEditable } = target;
  return (
    isContentEditable ||
    /^(input|textarea|select|iframe|embed|object)$/.test(localName) ||
    /^(textbox|searchbox|combobox|listbox|menu|application)$/.test(target.role ?? '') ||
    // What lies inside a closed element of someone else is not told.
    (localName.includes('-') && !localName.startsWith('paper-margin-'))
  );
}

function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return element.isConnected && bottom > 0 && top < window.innerHeight;
}

/**
 * Listens until `signal` aborts: `j` next row, `k` the one before, `s` save, `n` note, `o` open, Escape. Keys with a
 * modifier, keys that the page has used, and keys that no person pressed are left alone.
 * @param on asked at each key: the person may turn the keys off
 */
export function followKeys(on: () => boolean, actions: KeyActions, signal: AbortSignal): void {
  let current: Element | undefined;

  const move = (by: 1 | -1) => {
    const elements = actions.elements();
    const from = current && inView(current) ? elements.indexOf(current) : -1;
    // Without a row to start from, or with one that was scrolled away: the first one in view.
    let at = from < 0 ? elements.findIndex(inView) : from + by;
    for (; elements[at]; at += by) {
      const element = elements[at] as Element;
      const before = current;
      if (!actions.reach(element)) continue;
      if (before && before !== element) actions.leave(before);
      current = element;
      return;
    }
  };

  const pressed = (event: KeyboardEvent): boolean => {
    const { key, repeat } = event;
    if (key === 'j' || key === 'k') {
      move(key === 'j' ? 1 : -1);
      return true;
    }
    if (repeat) return false;
    if (key === 'Escape') {
      if (actions.close()) return true;
      if (current) actions.leave(current);
      current = undefined;
      return false;
    }
    if (!current?.isConnected) return false;
    if (key === 's') actions.save(current);
    else if (key === 'n') actions.note(current);
    else if (key === 'o') actions.open(current);
    else return false;
    return true;
  };

  window.addEventListener(
    'keydown',
    (event) => {
      const { isTrusted, defaultPrevented, isComposing } = event;
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (!isTrusted || defaultPrevented || isComposing || modified) return;
      if (!on() || typing(event)) return;
      // What is typed right after `n` is meant for the note.
      if (actions.opening() && !/^(n|Escape)$/.test(event.key)) {
        event.preventDefault();
        return;
      }
      // Else Firefox's search-as-you-type would start with the same key.
      if (pressed(event)) event.preventDefault();
    },
    { signal },
  );
}
