// What stands beside selected and highlighted words: the toolbar, the card of a highlight, a toast, the list.
import type { HighlightColour, PageHighlight } from '../library/api';
import type { Said } from './controls';
import { Mark } from './icon';

/** In the order in which they are offered, and what they are called. */
export const colours: [HighlightColour, string][] = [
  ['yellow', 'yellow'],
  ['green', 'green'],
  ['blue', 'blue'],
  ['pink', 'pink'],
];

/** A corner of the window, in CSS pixels. */
export interface Corner {
  x: number;
  y: number;
}

export interface MarkingProps {
  /** At the end of what is selected. `refused`: why it cannot be highlighted, a sentence. */
  toolbar?: { at: Corner; refused?: string } | undefined;
  /** At a highlight. `frame`: the frame with its comment, which alone ever holds it; a new `key` is a new frame. */
  card?:
    | { at: Corner; highlight: PageHighlight; frame?: { url: string; key: number; focus: boolean } }
    | undefined;
  said?: Said | undefined;
  /** The frame with the list of all. */
  list?: { url: string } | undefined;
  on: {
    highlight(colour: HighlightColour): void;
    comment(): void;
    copy(): void;
    recolour(colour: HighlightColour): void;
    openComment(): void;
    remove(): void;
    closeCard(): void;
    closeToast(): void;
    closeList(): void;
  };
}

function Frame(props: { title: string; url: string; focus: boolean }) {
  return (
    <iframe
      title={props.title}
      src={props.url}
      referrerpolicy="no-referrer"
      onLoad={({ currentTarget }) => props.focus && currentTarget.focus()}
    />
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" class="square" title="Close" onClick={onClose}>
      <span aria-hidden="true">×</span>
      <span class="hidden">Close</span>
    </button>
  );
}

/** All of it; each part is there or not. Strings are text from outside, never markup. */
export function Marking({ toolbar, card, said, list, on }: MarkingProps) {
  const style = ({ x, y }: Corner) => ({ left: `${x}px`, top: `${y}px` });
  return (
    <>
      {toolbar && (
        <div
          class="beside"
          role="toolbar"
          aria-label="Highlight the selected words"
          style={style(toolbar.at)}
        >
          {toolbar.refused ? (
            <p>{toolbar.refused}</p>
          ) : (
            <div class="row">
              {colours.map(([colour, name]) => (
                <button
                  key={colour}
                  type="button"
                  class={`colour ${colour}`}
                  aria-label={`Highlight ${name}`}
                  title={`Highlight ${name}`}
                  onClick={() => on.highlight(colour)}
                />
              ))}
              <span class="rule" />
              <button type="button" title="Highlight and comment" onClick={on.comment}>
                <Mark name="comment" />
                <span>Comment</span>
              </button>
              <button type="button" title="Copy with citation" onClick={on.copy}>
                <Mark name="copy" />
                <span class="hidden">Copy with citation</span>
              </button>
            </div>
          )}
        </div>
      )}
      {card && (
        <section class="beside card" aria-label="Highlight" style={style(card.at)}>
          <div class="row">
            {colours.map(([colour, name]) => (
              <button
                key={colour}
                type="button"
                class={`colour ${colour}`}
                aria-pressed={card.highlight.colour === colour}
                aria-label={`Make it ${name}`}
                title={`Make it ${name}`}
                onClick={() => on.recolour(colour)}
              />
            ))}
            {!card.frame && (
              <>
                <span class="rule" />
                <button type="button" onClick={on.openComment}>
                  <Mark name="comment" />
                  <span>Comment</span>
                </button>
              </>
            )}
            <button type="button" class="end" onClick={on.remove}>
              Delete
            </button>
            <Close onClose={on.closeCard} />
          </div>
          {card.frame && (
            <div class="comment">
              <Frame
                key={card.frame.key}
                title="Your comment"
                url={card.frame.url}
                focus={card.frame.focus}
              />
            </div>
          )}
        </section>
      )}
      {list && (
        <section class="panel docked list" aria-label="Paper Margin highlights">
          <header>
            <h2>Highlights of this paper</h2>
            <Close onClose={on.closeList} />
          </header>
          <div class="frame">
            <Frame title="Your highlights" url={list.url} focus />
          </div>
        </section>
      )}
      <div class="toast" role="status">
        {said && (
          <>
            <span>{said.text}</span>
            {said.undo && (
              <button type="button" class="link" onClick={said.undo}>
                Undo
              </button>
            )}
            <Close onClose={on.closeToast} />
          </>
        )}
      </div>
    </>
  );
}
