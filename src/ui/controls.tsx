// The small controls that every view shares: Save, a toast with its undo, the privacy choice, a notice with one action.
import type { ComponentChildren } from 'preact';
import type { Choice } from '../library/api';
import { Icon, Mark } from './icon';

/** Toggle `Save`: pressed is saved. `about`: the id of the element that names the paper. */
export function SaveButton(props: {
  saved: boolean;
  about?: string;
  small?: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      class={props.small ? 'square save' : 'save'}
      aria-pressed={props.saved}
      aria-describedby={props.about}
      title={props.saved ? 'Saved in your library' : 'Save to your library'}
      onClick={props.onToggle}
    >
      <Mark name="bookmark" filled={props.saved} />
      <span class={props.small ? 'hidden' : undefined}>Save</span>
    </button>
  );
}

/** Something that just happened, and the way back. */
export interface Said {
  text: string;
  undo?: () => void;
}

/** One thing at a time, until the next one or until it is closed. The live region stays, so that it is read aloud. */
export function Toast({ said, onClose }: { said: Said | undefined; onClose: () => void }) {
  return (
    <div class="toast" role="status" data-shown={said ? '' : undefined}>
      {said && (
        <>
          <span>{said.text}</span>
          {said.undo && (
            <button type="button" class="link" onClick={said.undo}>
              Undo
            </button>
          )}
          <button type="button" class="square" onClick={onClose}>
            <Icon name="close" />
            <span class="hidden">Close</span>
          </button>
        </>
      )}
    </div>
  );
}

/** A plain sentence and at most one thing to do. `onClose`: it can be put away. */
export function Notice(props: {
  tone?: 'calm' | 'warn';
  children: ComponentChildren;
  action?: string;
  onAction?: () => void;
  onClose?: () => void;
}) {
  return (
    <p class="notice" data-tone={props.tone ?? 'calm'}>
      <span>{props.children}</span>
      {props.action && (
        <button type="button" class="plain" onClick={props.onAction}>
          {props.action}
        </button>
      )}
      {props.onClose && (
        <button type="button" class="square quiet" onClick={props.onClose}>
          <Icon name="close" />
          <span class="hidden">Close</span>
        </button>
      )}
    </p>
  );
}

/** May the id of an opened paper be sent by itself? Unanswered counts as `ask`. */
export function PrivacyChoice({
  choice,
  onChoose,
}: {
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}) {
  const option = (value: Choice, label: string, what: string) => (
    <label class="option">
      <input
        type="radio"
        name="choice"
        checked={(choice ?? 'ask') === value}
        // The browser has moved the mark already; the answer decides where it stays.
        onClick={() => onChoose(value)}
      />
      <span>
        <span class="label">{label}</span>
        <span class="what">{what}</span>
      </span>
    </label>
  );
  return (
    <fieldset class="choice">
      <legend>When you open a paper</legend>
      {option('automatic', 'Look up automatically', 'Its id is sent to huggingface.co.')}
      {option(
        'ask',
        'Only when I ask',
        'Its id is sent only when you press Look up, or save or import a paper whose title is not known yet.',
      )}
    </fieldset>
  );
}
