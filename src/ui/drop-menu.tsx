// A button that opens a list of choices below it, each with a line that says more.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

export interface MenuChoice {
  name: string;
  /** One line below the name. */
  what?: string;
  onChoose: () => void;
}

interface Props {
  name: string;
  icon: IconName;
  /** Of the list: what the choice is about. */
  head?: string | undefined;
  choices: MenuChoice[];
  disabled?: boolean;
  /** Its name is for the ear and the pointer only. */
  small?: boolean;
  onOpen?: () => void;
}

/** Arrow keys go through the list; Escape, a choice and leaving it close it, and the focus is on the button again. */
export function DropMenu(props: Props) {
  const { name, icon, head, choices, disabled = false, small = false, onOpen } = props;
  const [open, setOpen] = useState(false);
  const list = useId();
  const around = useRef<HTMLDivElement>(null);
  const buttons = () => [...(around.current?.querySelectorAll<HTMLElement>('.drop button') ?? [])];
  const shut = () => {
    setOpen(false);
    around.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    if (open) around.current?.querySelector<HTMLElement>('.drop button')?.focus();
  }, [open]);
  const step = (by: number) => {
    const all = buttons();
    const now = all.indexOf(document.activeElement as HTMLElement);
    all.at((now + by + all.length) % all.length)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears of what its buttons are told.
    <div
      class="drop-menu"
      ref={around}
      onKeyDown={(event) => {
        if (!open) return;
        if (event.key === 'Escape') shut();
        else if (event.key === 'ArrowDown') step(1);
        else if (event.key === 'ArrowUp') step(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        type="button"
        class={small ? 'square' : 'plain'}
        title={small ? name : undefined}
        aria-expanded={open}
        aria-controls={list}
        disabled={disabled}
        onClick={() => {
          if (!open) onOpen?.();
          setOpen(!open);
        }}
      >
        <Icon name={icon} />
        {small ? <span class="hidden">{name}</span> : name}
      </button>
      <div class="drop" id={list} hidden={!open}>
        {head && <p class="muted">{head}</p>}
        <ul aria-label={name}>
          {choices.map((choice, at) => (
            <li key={choice.name}>
              <button
                type="button"
                aria-label={choice.name}
                aria-describedby={choice.what && `${list}-${at}`}
                // Safari and Firefox on macOS give a pressed button no focus, and the list would be gone before the click.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  shut();
                  choice.onChoose();
                }}
              >
                <span>{choice.name}</span>
                {choice.what && (
                  <span class="muted" id={`${list}-${at}`}>
                    {choice.what}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
