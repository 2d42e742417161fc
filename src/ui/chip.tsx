// The chip over a PDF: what fits over someone else's viewer. Data in, callbacks out.
import type { Failure, PaperView, Reading } from '../library/api';
import { SaveButton } from './controls';
import { Mark } from './icon';
import { Failed, type PanelState, ReadingButton, Votes } from './panel';
import { rankAndDay } from './words';

/** The chip. Its note is typed in the side panel. */
export function Chip(props: {
  /** Absent while nothing was heard from the library. */
  view?: PaperView | undefined;
  state: PanelState;
  /** As the person wants it, also while that is still being stored. */
  saved: boolean;
  reading: Reading;
  failure?: Failure | undefined;
  /** The browser would not open the side panel. */
  refused: boolean;
  on: { save(): void; read(): void; note(): void; retry(): void; reload(): void; recover(): void };
}) {
  const { view, state, failure, on } = props;
  const { upvotes, rank, day } = view?.trending ?? {};
  return (
    <section class="panel docked chip" aria-label="Paper Margin" aria-busy={state === 'loading'}>
      <div class="row">
        <Votes upvotes={upvotes} title={rank && day ? rankAndDay(rank, day) : undefined} />
        <SaveButton saved={props.saved} onToggle={on.save} />
        <ReadingButton reading={props.reading} offered onCycle={on.read} />
        <button type="button" class={view?.noted ? 'noted' : undefined} onClick={on.note}>
          <Mark name="note" />
          <span>Note</span>
        </button>
      </div>
      <div role="status">
        {failure && <Failed failure={failure} on={on} />}
        {!failure && props.refused && (
          <p class="notice">
            The browser did not open the side panel. Right-click the Paper Margin icon in the
            toolbar and choose “Open side panel”, or write the note in the popup.
          </p>
        )}
      </div>
    </section>
  );
}
