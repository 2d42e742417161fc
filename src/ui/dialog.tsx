// A dialog over the page: named, closed by its button, by Escape and by a click beside it.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon';

/** It opens with its first drawing. The browser keeps the focus in it and gives it back. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the way for keys.
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onClose={props.onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
    >
      <div class="dialog">
        <div class="line">
          <h2 id={title}>{props.title}</h2>
          <button type="button" class="square quiet" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            <span class="hidden">Close</span>
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}
