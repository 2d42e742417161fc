// All tags in use: found, given another name, made one, taken off all papers. Each change can be taken back.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Tag } from '../library/api';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { counted, number } from '../ui/words';
import type { Bulk } from './bulk';
import { bulkOf, untag } from './bulk';
import { useKnownTags } from './known-tags';
import { tagTerm } from './query-terms';
import type { Library, Notices } from './reach';
import { sentence } from './sentence';

/** So many are drawn. */
const drawn = 200;

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** One function for all renders, so that it is called once: selected at each letter, the next would replace them all. */
const selectOnce = (field: HTMLInputElement | null) => {
  field?.focus();
  field?.select();
};

interface Props {
  library: Library;
  notices: Notices;
  say: (said: Said) => void;
  run: (ids: PaperId[], bulk: Bulk) => Promise<void>;
  /** Shows the papers that have it. */
  onFind: (tag: string) => void;
  onClose: () => void;
  /** What happened last. */
  children?: ComponentChildren;
}

/** One tag; while it gets another name, a field for that. */
function OneTag(props: {
  tag: Tag;
  tags: Tag[];
  editing: boolean;
  onEdit: (editing: boolean) => void;
  onFind: () => void;
  onRename: (name: string) => void;
  onRemove: () => void;
}) {
  const { tag, tags, editing, onEdit } = props;
  const [name, setName] = useState(tag.name);
  const other = tags.find((one) => same(one.name, name) && !same(one.name, tag.name));
  if (!editing) {
    return (
      <li>
        <button type="button" class="link name" title="Show its papers" onClick={props.onFind}>
          {tag.name}
        </button>
        <span class="count">{counted(tag.papers, 'paper')}</span>
        <button
          type="button"
          class="square quiet"
          title={`Rename “${tag.name}”`}
          onClick={() => {
            setName(tag.name);
            onEdit(true);
          }}
        >
          <Icon name="edit" />
          <span class="hidden">{`Rename “${tag.name}”`}</span>
        </button>
        <button
          type="button"
          class="square quiet"
          title={`Take “${tag.name}” off all papers`}
          onClick={props.onRemove}
        >
          <Icon name="bin" />
          <span class="hidden">{`Take “${tag.name}” off all papers`}</span>
        </button>
      </li>
    );
  }
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onEdit(false);
          if (name.trim() && name.trim() !== tag.name) props.onRename(name.trim());
        }}
      >
        <input
          type="text"
          aria-label={`New name of “${tag.name}”`}
          value={name}
          maxLength={5_000}
          ref={selectOnce}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            onEdit(false);
          }}
        />
        <button type="submit" class="plain">
          {other ? `Merge into “${other.name}”` : 'Rename'}
        </button>
        <button type="button" class="link quiet" onClick={() => onEdit(false)}>
          Cancel
        </button>
        {other && (
          <p class="muted" role="status">
            {`“${other.name}” is in use already, on ${counted(other.papers, 'paper')}. The two become one.`}
          </p>
        )}
      </form>
    </li>
  );
}

/** A dialog `Tags`. */
export function TagsDialog({ library, notices, say, run, onFind, onClose, children }: Props) {
  const known = useKnownTags(library, notices);
  const tags = known ?? [];
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<string>();
  const list = useRef<HTMLUListElement>(null);

  const rename = async (from: string, to: string) => {
    try {
      const tagged = await library.renameTag(from, to);
      const papers = new Set(tagged.removed.flatMap(({ ids }) => ids)).size;
      const undo = () =>
        void untag(library, tagged).then(
          () => say({ text: 'Undone.' }),
          (cause: unknown) => say({ text: sentence(cause) }),
        );
      say({ text: `“${from}” is now “${to}” on ${counted(papers, 'paper')}.`, undo });
    } catch (cause) {
      say({ text: sentence(cause) });
    }
  };
  const remove = async (tag: string) => {
    try {
      await run(await library.keptIds(tagTerm(tag)), bulkOf(library).untag(tag));
    } catch (cause) {
      say({ text: sentence(cause) });
    }
  };

  const found = tags.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Dialog title="Tags" onClose={onClose}>
      {known?.length === 0 ? (
        <p class="muted">
          No paper has a tag yet. Press <kbd>t</kbd> on a paper to give it one.
        </p>
      ) : (
        <>
          {tags.length > 10 && (
            <input
              type="text"
              class="field"
              aria-label="Find a tag"
              placeholder="Find a tag"
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          )}
          <ul class="tag-list" aria-label="Tags" ref={list}>
            {found.slice(0, drawn).map((tag) => (
              <OneTag
                key={tag.name}
                tag={tag}
                tags={tags}
                editing={editing === tag.name}
                onEdit={(on) => setEditing(on ? tag.name : undefined)}
                onFind={() => onFind(tag.name)}
                onRename={(name) => void rename(tag.name, name)}
                onRemove={() => void remove(tag.name)}
              />
            ))}
          </ul>
          {found.length > drawn && (
            <p class="muted">{`And ${number(found.length - drawn)} more: type to find them.`}</p>
          )}
          {known && found.length === 0 && <p class="muted">No tag has these letters.</p>}
        </>
      )}
      {children}
    </Dialog>
  );
}
