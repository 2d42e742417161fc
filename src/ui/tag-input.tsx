// A field for tags: those that are on as chips, and while one types, those that are in use or a new one.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Tag } from '../library/api';
import { Icon } from './icon';
import { number } from './words';

/** So many suggestions are drawn. */
const few = 8;

/** As tags are compared: case and accents make no other tag. */
const fold = (tag: string) =>
  tag.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim();

interface Props {
  /** `Add a tag`: what the field is called. */
  label: string;
  /** Those that are on. */
  tags: string[];
  /** Those in use, most papers first. */
  known: Tag[];
  /** A tag that is not in use can be made. */
  creates?: boolean;
  autofocus?: boolean;
  onAdd: (tag: string) => void;
  onRemove?: (tag: string) => void;
}

/** Those whose beginning, or the beginning of one of their words, is what was typed; then those that have it anywhere. */
function suggestions(typed: string, tags: string[], known: Tag[]): Tag[] {
  const text = fold(typed);
  const on = new Set(tags.map(fold));
  const free = known.filter(({ name }) => !on.has(fold(name)));
  const rank = ({ name }: Tag) => {
    const folded = fold(name);
    return folded.startsWith(text) ? 0 : ` ${folded}`.includes(` ${text}`) ? 1 : 2;
  };
  return free
    .filter(({ name }) => fold(name).includes(text))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, few);
}

/** A combobox with a list. Enter takes what is chosen in it, or else what was typed. */
export function TagInput({
  label,
  tags,
  known,
  creates = true,
  autofocus,
  onAdd,
  onRemove,
}: Props) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autofocus) field.current?.focus();
  }, [autofocus]);

  const typed = text.trim();
  const found = suggestions(text, tags, known);
  const isNew =
    creates &&
    typed !== '' &&
    ![...tags, ...known.map(({ name }) => name)].some((name) => fold(name) === fold(typed));
  const options = [
    ...found.map(({ name, papers }) => ({ name, papers: papers as number | undefined })),
    ...(isNew ? [{ name: typed, papers: undefined }] : []),
  ];
  const shown = open && options.length > 0;

  const take = (tag: string | undefined) => {
    if (!tag) return;
    onAdd(tag);
    setText('');
    setChosen(-1);
    field.current?.focus();
  };
  /** What was typed, in the spelling that is in use. */
  const same = () =>
    known.find(({ name }) => fold(name) === fold(typed))?.name ?? (creates ? typed : undefined);

  return (
    <div
      class="tag-input"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOpen(false);
      }}
    >
      {tags.map((tag) => (
        <span class="tag" key={tag}>
          {tag}
          {onRemove && (
            <button type="button" title={`Take the tag “${tag}” off`} onClick={() => onRemove(tag)}>
              <Icon name="close" />
              <span class="hidden">{`Take the tag “${tag}” off`}</span>
            </button>
          )}
        </span>
      ))}
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={label}
        placeholder={label}
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && chosen >= 0 ? `${list}-${chosen}` : undefined}
        autocomplete="off"
        spellcheck={false}
        maxLength={5_000}
        value={text}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setOpen(true);
          setChosen(-1);
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setOpen(true);
            const by = event.key === 'ArrowDown' ? 1 : -1;
            // Before the first and behind the last one lies what was typed.
            const all = options.length + 1;
            setChosen(((chosen + 1 + by + all) % all) - 1);
          } else if (event.key === 'Enter') {
            event.preventDefault();
            take(options[chosen]?.name ?? (typed ? same() : undefined));
          } else if (event.key === 'Escape' && (shown || text)) {
            // The first one closes the list, not what it stands in.
            event.preventDefault();
            event.stopPropagation();
            setOpen(false);
            setText('');
          } else if (event.key === 'Backspace' && text === '' && onRemove) {
            const last = tags.at(-1);
            if (last) onRemove(last);
          }
        }}
      />
      <div role="listbox" id={list} aria-label="Tags in use" hidden={!shown}>
        {shown &&
          options.map(({ name, papers }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
            <div
              key={name}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              // Else the field would lose the focus first, and with it the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(name)}
            >
              <span class="label">{papers === undefined ? `Create “${name}”` : name}</span>
              {papers !== undefined && <span class="count">{number(papers)}</span>}
            </div>
          ))}
      </div>
    </div>
  );
}
