// The note of one row of a list, at the window's edge: a frame of our own in a panel's dress.
import type { PaperRef } from '../paper';
import { Frame } from './frame';

/** What the frame says to the page around it when Escape is pressed and it has no use for that: nothing else. */
export const CLOSE = 'paper-margin-close';

/**
 * `url`: the note frame, which alone holds what is typed. An empty `title` shows the id instead. `onReady`: the frame
 * has the focus.
 */
export function NoteBox(props: {
  paper: PaperRef;
  title: string;
  url: string;
  onReady: () => void;
  onClose: () => void;
}) {
  return (
    <section class="panel docked" aria-label="Paper Margin note">
      <header>
        <h2 class="cut" title={props.title}>
          {props.title || props.paper.id}
        </h2>
        <button type="button" class="square" title="Close" onClick={props.onClose}>
          <span aria-hidden="true">×</span>
          <span class="hidden">Close</span>
        </button>
      </header>
      <div class="note open">
        <Frame title="Your note" url={props.url} focused onReady={props.onReady} />
      </div>
    </section>
  );
}
