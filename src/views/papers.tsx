// A list of papers as our pages show it: the first screen at once, the rest right after, and what the person does with each.
import type { ComponentChildren, VNode } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { excerptOf, type Finder, queryFinder } from '../digest/excerpt';
import type { DigestPaper, PaperView, Topic } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { PaperRow, type RowActions } from '../ui/paper-row';
import { number } from '../ui/words';
import { Abstract } from './abstract';
import { useDismissing } from './dismissing';
import { NoteOf } from './note';
import type { Drafts, Library, Notices } from './reach';
import type { useReading } from './reading';
import type { useSaving } from './saving';
import { sentence } from './sentence';

/** More rows than fit into a popup; a tall tab has the others a frame later. */
const firstScreen = 8;
/** So many more at a time: about what a frame has time for. */
const more = 24;

/**
 * How many rows are drawn: the first screen of each new list at once, then more and more, until all are there.
 * @param of names the list: another one begins anew
 */
function useGrowing(of: string, total: number): number {
  const grown = useRef({ of, to: firstScreen });
  const [, draw] = useState(0);
  if (grown.current.of !== of) grown.current = { of, to: firstScreen };
  const { to } = grown.current;
  useEffect(() => {
    if (to >= total) return;
    // After what was drawn is painted, so that a key that is pressed meanwhile does not wait for all of them.
    const timer = setTimeout(() => {
      grown.current = { of, to: to + more };
      draw((times) => times + 1);
    }, 4);
    return () => clearTimeout(timer);
  }, [of, to, total]);
  return to;
}

/** Rows as they were drawn: one whose inputs are the same is the same, and costs nothing however long the list is. */
function useRows() {
  const rows = useRef(new Map<PaperId, { inputs: unknown[]; row: VNode }>());
  return (id: PaperId, inputs: unknown[], make: () => VNode): VNode => {
    const old = rows.current.get(id);
    if (old?.inputs.every((input, at) => input === inputs[at])) return old.row;
    const row = make();
    rows.current.set(id, { inputs, row });
    return row;
  };
}

/** What finds the words of a query; the same one each time, so that no row is drawn again for it. */
function useQueryFinders() {
  const known = useRef(new Map<string, Finder | undefined>());
  return (query: string) => {
    if (!known.current.has(query)) known.current.set(query, queryFinder(query));
    return known.current.get(query);
  };
}

/** The papers of a topic, or the others. */
export interface Group {
  topic?: Topic;
  papers: DigestPaper[];
}

interface Props {
  name: string;
  /** Names the list: another one begins at its top. */
  of: string;
  groups: Group[];
  /** Places in the service's list, where it has any. */
  places?: ReadonlyMap<PaperId, number>;
  /** Say why papers fit. */
  why?: boolean;
  /** What the person filters by: papers say where they have it. The same one as long as that is. */
  find?: Finder | undefined;
  /** Draw those that are read or saved less strongly. */
  dim?: boolean;
  library: Library;
  notices: Notices;
  drafts: Drafts;
  saving: ReturnType<typeof useSaving>;
  reading: ReturnType<typeof useReading>;
  /** The paper whose note is open, and its other setting. */
  noteOf: PaperId | undefined;
  onNote: (id: PaperId | undefined) => void;
  /** A newer view of a paper. */
  done: (view: PaperView) => void;
  say: (said: Said) => void;
  /** Called after rows were drawn. */
  onDrawn?: () => void;
  /** Told whether all rows are drawn, also when the list goes. */
  onWhole?: (whole: boolean) => void;
  /** What stands beside the heading of a group. */
  beside?: (group: Group) => ComponentChildren;
}

/** Is it read or saved? */
export const isKnown = ({ saved, reading }: Pick<PaperView, 'saved' | 'reading'>) =>
  saved || reading === 'read';

/** The id of the heading of a group. */
export const groupId = (topic: Pick<Topic, 'id'> | undefined) => `group-${topic?.id ?? 'others'}`;

/** One ordered list of all groups, each group under its heading where there are topics. */
export function Papers(props: Props) {
  const { groups, library, saving, reading, noteOf, onNote, say } = props;
  const dismissing = useDismissing(library, props.done, say);
  const total = groups.reduce((sum, { papers }) => sum + papers.length, 0);
  const drawn = useGrowing(props.of, total);
  const titled = groups.some(({ topic }) => topic);

  const note = ({ id, paper }: DigestPaper) => {
    const open = noteOf !== id;
    onNote(open ? id : undefined);
    if (open) void library.beginNote(paper).catch((cause) => say({ text: sentence(cause) }));
  };
  // Rows keep what they were first given, so that they need not be drawn again; it asks for the newest.
  const newest = useRef({ saving, reading, dismissing, note });
  newest.current = { saving, reading, dismissing, note };
  const act = useMemo<RowActions>(
    () => ({
      save: ({ paper }, saved) => newest.current.saving.toggle(paper, saved),
      read: ({ paper }, chosen) => newest.current.reading.set(paper, chosen),
      dismiss: ({ paper }, dismissed) => newest.current.dismissing.set(paper, dismissed),
      note: (listed) => newest.current.note(listed),
    }),
    [],
  );

  const { notices } = props;
  const abstract = useCallback(
    ({ id, paper, highlights }: DigestPaper) => (
      <Abstract
        id={id}
        text={paper.abstract}
        highlighted={Boolean(highlights)}
        library={library}
        notices={notices}
      />
    ),
    [library, notices],
  );

  const { onDrawn, onWhole } = props;
  useEffect(() => onDrawn?.());
  const whole = drawn >= total;
  useLayoutEffect(() => onWhole?.(whole), [onWhole, whole]);
  useEffect(() => () => onWhole?.(true), [onWhole]);

  const row = useRows();
  const finderOf = useQueryFinders();
  let room = drawn;
  return (
    <ol class="papers" aria-label={props.name}>
      {groups.flatMap((group) => {
        const id = groupId(group.topic);
        const find = props.find ?? (group.topic && finderOf(group.topic.query));
        const papers = group.papers.slice(0, Math.max(0, room));
        room -= papers.length;
        return papers.map((listed, at) => {
          const shown = {
            listed,
            place: props.places?.get(listed.id),
            saved: saving.isSaved(listed.id, listed.saved),
            reading: reading.of(listed.id, listed.reading),
            dismissed: dismissing.isDismissed(listed.id, listed.dismissed ?? false),
            level: titled ? (3 as const) : (2 as const),
            why: props.why ?? false,
            noteOpen: noteOf === listed.id,
          };
          const dim = Boolean(props.dim) && isKnown(shown);
          const headed = titled && at === 0 && group;
          return row(listed.id, [...Object.values(shown), dim, headed, find], () => (
            <PaperRow
              key={listed.id}
              {...shown}
              excerpt={find && excerptOf(listed, find)}
              dim={dim}
              act={act}
              abstract={abstract}
              heading={
                headed && (
                  <div class="group">
                    <h2 id={id}>
                      {group.topic ? group.topic.name : 'Other papers'}{' '}
                      <span class="count">{number(group.papers.length)}</span>
                    </h2>
                    {props.beside?.(group)}
                  </div>
                )
              }
            >
              {shown.noteOpen && (
                <NoteOf
                  id={listed.id}
                  writing
                  library={library}
                  notices={notices}
                  drafts={props.drafts}
                />
              )}
            </PaperRow>
          ));
        });
      })}
    </ol>
  );
}
