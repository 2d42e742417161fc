// A dialog over the page: named, closed by its button, by Escape and by a click beside it.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon';

interface Props {
  title: string;
  /** `drawer`: along one side of the window, for what narrows down the page behind it. */
  as?: 'drawer';
  /** A click beside it leaves it open, since what is in it would be lost. */
  stays?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}

/** It opens with its first drawing. The browser keeps the focus in it and gives it back. */
export function Dialog({ title, as, stays = false, onClose, children }: Props) {
  const name = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the way for keys.
    <dialog
      class={as}
      ref={dialog}
      aria-labelledby={name}
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget && !stays) currentTarget.close();
      }}
    >
      <div class="dialog">
        <div class="line">
          <h2 id={name}>{title}</h2>
          <button type="button" class="square quiet" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            <span class="hidden">Close</span>
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
