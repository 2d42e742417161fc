// The keys of the library page: what they do, and the list of them. They never come between a person and their typing.
import { useEffect, useRef } from 'preact/hooks';
import { Dialog } from '../ui/dialog';

/** What a key can do. */
export type KeyAct =
  | ('next' | 'previous' | 'selectNext' | 'selectPrevious' | 'first' | 'last')
  | ('open' | 'page' | 'save' | 'note' | 'tag' | 'state' | 'select' | 'remove')
  | ('search' | 'help' | 'all' | 'clear' | 'undo');

interface Key {
  act: KeyAct;
  /** As `pressed` prints them. */
  keys: string[];
  does: string;
}

const keys: Key[] = [
  { act: 'next', keys: ['j', 'ArrowDown'], does: 'Next paper' },
  { act: 'previous', keys: ['k', 'ArrowUp'], does: 'Previous paper' },
  { act: 'first', keys: ['Home'], does: 'First paper' },
  { act: 'last', keys: ['End'], does: 'Last paper' },
  { act: 'open', keys: ['o', 'Enter'], does: 'Open its details' },
  { act: 'page', keys: ['v'], does: 'Open its web page in a new tab' },
  { act: 'save', keys: ['s'], does: 'Save it, or take it off the saved ones' },
  { act: 'note', keys: ['n'], does: 'Write its note' },
  { act: 'tag', keys: ['t'], does: 'Tag it, or what is selected' },
  { act: 'state', keys: ['e'], does: 'Unread, reading, read' },
  { act: 'remove', keys: ['#', 'Delete'], does: 'Remove it, or what is selected' },
  { act: 'select', keys: ['x'], does: 'Select it' },
  { act: 'selectNext', keys: ['Shift+ArrowDown'], does: 'Select down to the next one' },
  { act: 'selectPrevious', keys: ['Shift+ArrowUp'], does: 'Select up to the previous one' },
  { act: 'all', keys: ['Ctrl+a'], does: 'Select all that are found' },
  { act: 'clear', keys: ['Escape'], does: 'Close the details, or select nothing' },
  { act: 'undo', keys: ['Ctrl+z'], does: 'Undo' },
  { act: 'search', keys: ['/'], does: 'Search' },
  { act: 'help', keys: ['?'], does: 'This list' },
];

const acts = new Map(keys.flatMap(({ act, keys }) => keys.map((key) => [key, act] as const)));

/** `Ctrl+a` (Cmd is Ctrl), `Shift+ArrowDown`, `#`; letters with Shift have none. */
function pressed({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): string | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return shiftKey ? undefined : `Ctrl+${key.toLowerCase()}`;
  // On many keyboards signs need Shift.
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** Does what is pressed go into a field, a choice, a dialog, or something that takes the key itself? */
function taken(event: KeyboardEvent, act: KeyAct): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog')) return true;
  if (target.matches('input[type=checkbox]')) return false;
  // In an empty search, where the page begins, there is nothing else that these could be meant for.
  const empty = target instanceof HTMLInputElement && target.type === 'search' && !target.value;
  if (empty && /^(all|clear)$/.test(act)) return false;
  if (target.isContentEditable || /^(input|textarea|select)$/.test(target.localName)) return true;
  return act === 'open' && event.key === 'Enter' && target.matches('a, button, summary');
}

/**
 * Listens until `signal` aborts.
 * @param on asked at each key of a single sign: the person may turn these off
 * @param does does what is asked; false where there is nothing to do it with, and the key stays the browser's
 */
function followLibraryKeys(
  on: () => boolean,
  does: (act: KeyAct, key: string) => boolean,
  signal: AbortSignal,
): void {
  document.addEventListener(
    'keydown',
    (event) => {
      const key = pressed(event);
      const act = key === undefined ? undefined : acts.get(key);
      if (!key || !act || event.defaultPrevented || event.isComposing || taken(event, act)) return;
      if (key.length === 1 && !on()) return;
      // What is held down moves, and does nothing else.
      const moves = /^(next|previous|selectNext|selectPrevious)$/.test(act);
      if (event.repeat && !moves) return event.preventDefault();
      // Else Firefox's search-as-you-type would start with the same key.
      if (does(act, key)) event.preventDefault();
    },
    { signal },
  );
}

/** What the keys do while the page is there; `on`: those of a single sign too. */
export function useLibraryKeys(on: boolean, does: (act: KeyAct, key: string) => boolean): void {
  const latest = useRef({ on, does });
  latest.current = { on, does };
  useEffect(() => {
    const gone = new AbortController();
    followLibraryKeys(
      () => latest.current.on,
      (act, key) => latest.current.does(act, key),
      gone.signal,
    );
    return () => gone.abort();
  }, []);
}

const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', '#': '#' };

/** The list of all keys, in a dialog. */
export function KeysHelp({ on, onClose }: { on: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      {!on && <p class="muted">Keys of a single sign are turned off in the settings.</p>}
      <table class="keys">
        <tbody>
          {keys.map(({ act, keys, does }) => (
            <tr key={act}>
              <td>
                {keys.map((key) => (
                  <kbd key={key}>
                    {key.replace(
                      /[^+]+$/,
                      (last) =>
                        signs[last] ??
                        last.replace(/^[az]$/, (sign) =>
                          key.includes('+') ? sign.toUpperCase() : sign,
                        ),
                    )}
                  </kbd>
                ))}
              </td>
              <th scope="row">{does}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
