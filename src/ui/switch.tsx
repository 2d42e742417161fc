// A switch with its name and what it does.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** `on` is what is in force: a change that is refused leaves the switch where it was. */
export function Switch(props: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  /** What it does, in a sentence. */
  children?: ComponentChildren;
}) {
  const what = useId();
  return (
    <div class="switch">
      <button
        type="button"
        role="switch"
        aria-checked={props.on}
        aria-describedby={props.children ? what : undefined}
        onClick={() => props.onChange(!props.on)}
      >
        <span>{props.label}</span>
        <i class="knob" aria-hidden="true" />
      </button>
      {props.children && (
        <p class="what" id={what}>
          {props.children}
        </p>
      )}
    </div>
  );
}
