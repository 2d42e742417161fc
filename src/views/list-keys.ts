// Single keys on a list of our own: to move through its papers and act on them. They never come between a person and their typing.

export interface ListKeys {
  /** The rows in their order; each has a link to its paper. */
  rows(): HTMLElement[];
  save(row: HTMLElement): void;
  note(row: HTMLElement): void;
  /** The field that `/` leads to, if it is there. */
  field(): HTMLElement | null;
}

const titleOf = (row: HTMLElement) => row.querySelector<HTMLElement>('.title a');

/** Does what is pressed go into a field, a choice or something that moves by arrows itself? */
function taken({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/.test(target.localName))
  );
}

/**
 * Listens until `signal` aborts: `j` and `k` (arrows too, once a row has the focus) move through the rows, `s` saves,
 * `n` opens the note, `o` opens the paper, `/` leads to the field. Keys with a modifier are left alone.
 * @param on asked at each key: the person may turn the keys off
 */
export function followListKeys(on: () => boolean, keys: ListKeys, signal: AbortSignal): void {
  const move = (rows: HTMLElement[], from: number, by: 1 | -1) => {
    const next = from < 0 ? rows[0] : rows[from + by];
    if (!next) return;
    titleOf(next)?.focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  const pressed = (key: string, repeat: boolean): boolean => {
    if (key === '/') {
      const field = keys.field();
      field?.focus();
      return field !== null;
    }
    const rows = keys.rows();
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const arrow = key === 'ArrowDown' || key === 'ArrowUp';
    if (key === 'j' || key === 'k' || (arrow && at >= 0)) {
      move(rows, at, key === 'j' || key === 'ArrowDown' ? 1 : -1);
      return true;
    }
    const row = rows[at];
    if (!row || repeat) return false;
    if (key === 's') keys.save(row);
    else if (key === 'n') keys.note(row);
    else if (key === 'o') titleOf(row)?.click();
    else return false;
    return true;
  };

  document.addEventListener(
    'keydown',
    (event) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
      if (event.defaultPrevented || event.isComposing || modified || taken(event) || !on()) return;
      // Else Firefox's search-as-you-type would start with the same key.
      if (pressed(event.key, event.repeat)) event.preventDefault();
    },
    { signal },
  );
}
