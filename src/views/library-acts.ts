// What each key of the library page does: to the row it is on, or to what is selected.
import type { KeptRow, Reading } from '../library/api';
import { type PaperId, paperUrl } from '../paper';
import type { RowActs } from '../ui/kept-row';
import type { KeyAct } from './library-keys';
import type { Part } from './paper-detail';
import type { Selection } from './selecting';

const nextState: Record<Reading, Reading> = { unread: 'reading', reading: 'read', read: 'unread' };

interface Seams {
  /** The active row, as the person wished it last. */
  row: KeptRow | undefined;
  at: number | undefined;
  places: number;
  /** @returns the nearest place that there is, where it went */
  move(to: number): number;
  selection: Selection;
  on: RowActs;
  show(id: PaperId, part?: Part): void;
  /** A field for a tag of all that are selected. */
  tag(): void;
  remove(ids: PaperId[]): void;
  /** False where there is nothing to take back. */
  undo(): boolean;
  search(): void;
  help(): void;
  /** Closes the details; absent where none are open. */
  close?: () => void;
}

/** @returns does what a key asks; false where there is nothing to do it with */
export function actsOf(seams: Seams): (act: KeyAct, key: string) => boolean {
  const { row, at, places, move, selection, on, show, undo, close } = seams;
  const many = selection.ids.size > 0;
  const within = (where: string) => document.activeElement?.closest(where);
  /** With nothing to do it with, the key stays the browser's. */
  const given = <Thing>(thing: Thing | undefined, work: (thing: Thing) => void) => {
    if (thing !== undefined) work(thing);
    return thing !== undefined;
  };
  const any = places > 0 ? places : undefined;
  const range = (by: 1 | -1) =>
    given(at, (at) => {
      if (!many) selection.toggle(at);
      selection.extend(move(at + by));
    });
  const done = (work: () => void) => {
    work();
    return true;
  };

  const acts: Record<KeyAct, () => boolean> = {
    next: () => given(any, () => move(at === undefined ? 0 : at + 1)),
    previous: () => given(any, () => move(at === undefined ? 0 : at - 1)),
    first: () => given(any, () => move(0)),
    last: () => given(any, (places) => move(places - 1)),
    selectNext: () => range(1),
    selectPrevious: () => range(-1),
    open: () => given(row, ({ id }) => show(id)),
    page: () => given(row, (row) => open(paperUrl(row), '_blank', 'noopener')),
    save: () => given(row, on.save),
    note: () => given(row, ({ id }) => show(id, 'note')),
    tag: () => (many ? done(seams.tag) : given(row, ({ id }) => show(id, 'tags'))),
    state: () =>
      many
        ? given(document.querySelector<HTMLElement>('.bulk select') ?? undefined, (choice) =>
            choice.focus(),
          )
        : given(row, (row) => on.read(row, nextState[row.reading])),
    remove: () =>
      given(many ? [...selection.ids] : row && [row.id], (ids) => {
        selection.clear();
        seams.remove(ids);
      }),
    select: () => given(at, selection.toggle),
    all: () => given(any, selection.all),
    undo,
    search: () => done(seams.search),
    help: () => done(seams.help),
    clear: () =>
      many && !within('.detail') ? done(selection.clear) : given(close, (close) => close()),
  };
  return (act, key) => {
    const scrolls = key.length > 1 && /Arrow|Home|End|Delete/.test(key);
    if (scrolls && within('.detail, .aside')) return false;
    return acts[act]();
  };
}
