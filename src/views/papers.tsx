// A list of papers as our pages show it: the first screen at once, the rest right after, and what the person does with each.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
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

/** More rows than fit into a popup, or into most tabs. */
const firstScreen = 30;
/** So many more at a time, each in less than a frame. */
const more = 40;

/**
 * How many rows are drawn: the first screen of each new list at once, then more and more, until all are there.
 * @param of names the list: another one begins anew
 */
function useGrowing(of: string, total: number): number {
  const [grown, setGrown] = useState({ of, to: firstScreen });
  const to = grown.of === of ? grown.to : firstScreen;
  useEffect(() => {
    if (to >= total) return;
    // After what was drawn is painted, and never in the way of a key that is pressed meanwhile.
    const timer = setTimeout(() => setGrown({ of, to: to + more }), 20);
    return () => clearTimeout(timer);
  }, [of, to, total]);
  return to;
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
  /** What stands beside the heading of a group. */
  beside?: (group: Group, about: string) => ComponentChildren;
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

  const { onDrawn } = props;
  useEffect(() => onDrawn?.());

  let room = drawn;
  return (
    <ol class="papers" aria-label={props.name}>
      {groups.flatMap((group) => {
        const id = groupId(group.topic);
        const papers = group.papers.slice(0, Math.max(0, room));
        room -= papers.length;
        return papers.map((listed, at) => {
          const saved = saving.isSaved(listed.id, listed.saved);
          const read = reading.of(listed.id, listed.reading);
          return (
            <PaperRow
              key={listed.id}
              place={props.places?.get(listed.id)}
              listed={listed}
              saved={saved}
              reading={read}
              dismissed={dismissing.isDismissed(listed.id, listed.dismissed ?? false)}
              dim={Boolean(props.dim) && isKnown({ saved, reading: read })}
              level={titled ? 3 : 2}
              why={props.why ?? false}
              noteOpen={noteOf === listed.id}
              act={act}
              abstract={abstract}
              heading={
                titled &&
                at === 0 && (
                  <div class="group">
                    <h2 id={id}>
                      {group.topic ? group.topic.name : 'Other papers'}{' '}
                      <span class="count">{number(group.papers.length)}</span>
                    </h2>
                    {props.beside?.(group, id)}
                  </div>
                )
              }
            >
              {noteOf === listed.id && (
                <NoteOf
                  id={listed.id}
                  writing
                  library={library}
                  notices={notices}
                  drafts={props.drafts}
                />
              )}
            </PaperRow>
          );
        });
      })}
    </ol>
  );
}
