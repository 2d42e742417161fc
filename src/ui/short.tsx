// A number in short for the eye, and in whole words for screen readers.
import type { ComponentChildren } from 'preact';

/** `8` drawn, `8 stars` read. */
export function Short({ drawn, words }: { drawn: ComponentChildren; words: string }) {
  return (
    <>
      <span class="hidden">{words}</span>
      <span aria-hidden="true">{drawn}</span>
    </>
  );
}
