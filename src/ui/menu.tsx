// A button that opens a short list of things to do, over what lies below it.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';

/**
 * `children` gives its buttons and links, asked for only while it is open. One that was pressed, Escape, and leaving
 * it close it.
 */
export function Menu(props: {
  /** Its accessible name, which begins with its label. */
  name: string;
  label: string;
  icon: IconName;
  children: () => ComponentChildren;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  const shut = () => {
    if (!details.current?.open) return;
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  };
  return (
    <details
      class="menu"
      ref={details}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        // A popup itself would close on Escape.
        event.preventDefault();
        event.stopPropagation();
        shut();
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
      }}
    >
      <summary class="plain" title={props.name}>
        <Icon name={props.icon} />
        <span class="label">{props.label}</span>
        <span class="hidden">{props.name.slice(props.label.length)}</span>
      </summary>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a button is pressed by keys as a click. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears of what its buttons did. */}
      <div class="menu-items" onClick={shut}>
        {open && props.children()}
      </div>
    </details>
  );
}
