// A key press as the browser's name of a keyboard shortcut. Pure.

/** What a key event tells, as far as a shortcut needs it. */
export type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

const named: Record<string, string> = {
  Comma: 'Comma',
  Period: 'Period',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Space: 'Space',
  Insert: 'Insert',
  Delete: 'Delete',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/**
 * `Alt+Shift+S` for those keys, as `commands.update` takes it; undefined while only modifiers are held or where a
 * browser would refuse: a letter needs Ctrl or Alt (on a Mac Command or Control), only function keys stand alone.
 * Source: MDN, manifest.json/commands, "Shortcut values".
 * @param mac Control is `MacCtrl` there, and Command is `Command`
 */
export function shortcutOf(pressed: Pressed, mac: boolean): string | undefined {
  const { code, ctrlKey, altKey, metaKey, shiftKey } = pressed;
  const key =
    /^Key([A-Z])$/.exec(code)?.[1] ??
    /^Digit(\d)$/.exec(code)?.[1] ??
    /^F([1-9]|1[0-2])$/.exec(code)?.[0] ??
    named[code];
  if (!key || (metaKey && !mac)) return undefined;
  const main = [
    ctrlKey && (mac ? 'MacCtrl' : 'Ctrl'),
    altKey && 'Alt',
    metaKey && 'Command',
  ].filter((word) => typeof word === 'string');
  const alone = /^F\d+$/.test(key) && !shiftKey;
  // Two modifiers at most, and Shift never as the only one.
  if (main.length + Number(shiftKey) > 2 || (main.length === 0 && !alone)) return undefined;
  return [...main, ...(shiftKey ? ['Shift'] : []), key].join('+');
}
