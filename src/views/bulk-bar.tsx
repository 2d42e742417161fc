// What can be done with the papers that are selected.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reading } from '../library/api';
import type { PaperId } from '../paper';
import { Icon } from '../ui/icon';
import { TagInput } from '../ui/tag-input';
import { counted, number } from '../ui/words';
import { type Bulk, bulkOf } from './bulk';
import { ExportSelected, type Exports } from './export-menu';
import { useKnownTags } from './known-tags';
import type { Library, Notices } from './reach';
import type { Selection } from './selecting';

interface Props {
  selection: Selection;
  /** All that are found. */
  total: number;
  /** The field for a tag is wanted; another number each time. */
  tagging: number;
  library: Library;
  exports: Exports;
  notices: Notices;
  run: (ids: PaperId[], bulk: Bulk) => Promise<void>;
}

/** A field for one tag, over what lies below its button. It closes when the focus leaves it. */
function TagPopup(
  props: Pick<Props, 'library' | 'notices'> & {
    puts: boolean;
    onTag: (tag: string) => void;
    onClose: () => void;
  },
) {
  const known = useKnownTags(props.library, props.notices) ?? [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears of what its field did not take.
    <div
      class="popup"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) props.onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <TagInput
        label={props.puts ? 'Tag to add' : 'Tag to take off'}
        tags={[]}
        known={known}
        creates={props.puts}
        autofocus
        onAdd={(tag) => {
          props.onTag(tag);
          props.onClose();
        }}
      />
    </div>
  );
}

/** A toolbar `Selected papers`. */
export function BulkBar({ selection, total, tagging, library, exports, notices, run }: Props) {
  const [popup, setPopup] = useState<'tag' | 'untag'>();
  const bar = useRef<HTMLDivElement>(null);
  const { ids } = selection;
  const bulks = bulkOf(library);
  const all = () => [...ids];
  useEffect(() => {
    if (tagging) setPopup('tag');
  }, [tagging]);
  const close = () => {
    const within = bar.current?.querySelector('.popup')?.contains(document.activeElement);
    setPopup(undefined);
    if (within) bar.current?.querySelector<HTMLElement>('button')?.focus();
  };
  const field = (which: 'tag' | 'untag', name: string) => (
    <div class="popup-place">
      <button
        type="button"
        class="plain"
        aria-expanded={popup === which}
        // Else the field would close by losing the focus, and open again.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setPopup(popup === which ? undefined : which)}
      >
        {which === 'tag' && <Icon name="tag" />}
        {name}
      </button>
      {popup === which && (
        <TagPopup
          library={library}
          notices={notices}
          puts={which === 'tag'}
          onTag={(tag) => void run(all(), bulks[which](tag))}
          onClose={close}
        />
      )}
    </div>
  );
  return (
    <div class="bulk" role="toolbar" aria-label="Selected papers" ref={bar}>
      <strong class="count">{`${number(ids.size)} selected`}</strong>
      {ids.size < total && (
        <button type="button" class="link" disabled={selection.busy} onClick={selection.all}>
          {`Select all ${number(total)}`}
        </button>
      )}
      {field('tag', 'Tag')}
      {field('untag', 'Remove tag')}
      <select
        class="reading"
        aria-label="Set the state"
        value=""
        onChange={({ currentTarget }) => {
          const reading = currentTarget.value as Reading | '';
          currentTarget.value = '';
          if (reading) void run(all(), bulks.read(reading));
        }}
      >
        <option value="">State</option>
        <option value="unread">Unread</option>
        <option value="reading">Reading</option>
        <option value="read">Read</option>
      </select>
      <ExportSelected exports={exports} ids={all()} />
      <button
        type="button"
        class="plain"
        title={`Remove ${counted(ids.size, 'paper')} from the library`}
        onClick={() => {
          const going = all();
          selection.clear();
          void run(going, bulks.remove());
        }}
      >
        <Icon name="bin" />
        Remove
      </button>
      <button type="button" class="square quiet" title="Select nothing" onClick={selection.clear}>
        <Icon name="close" />
        <span class="hidden">Select nothing</span>
      </button>
    </div>
  );
}
