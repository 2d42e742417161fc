// The paper beside any page: what it is, what is known of it, what the person does with it, and their note.
import type { ComponentChildren } from 'preact';
import type { PaperView, Reading, Related } from '../library/api';
import { type Artefact, absUrl, type PaperRef } from '../paper';
import { SaveButton } from './controls';
import { Icon } from './icon';
import { Known, Link } from './known';
import { ReadingState } from './reading';
import { Near } from './related';
import { authors } from './words';

interface Props {
  paper: PaperRef;
  /** Undefined until it was read. */
  view: PaperView | undefined;
  /** What the tab calls the paper, where nothing better is known. */
  title: string | undefined;
  /** The tab shows the text itself: then `Reading` is offered. */
  fullText: boolean;
  /** Links found in the abstract. */
  artefacts: Artefact[];
  /** The papers of the library that are near this one. */
  related: Related[];
  /** The service is being asked. */
  asking: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  on: {
    save(): void;
    reading(reading: Reading): void;
    download(): void;
    lookUp(): void;
  };
  /** The note. */
  children?: ComponentChildren;
}

/** A region `Paper Margin` with `Save`, `Reading state`, `Download PDF` and what is known. */
export function SidePaper(props: Props) {
  const { paper, view, artefacts, on } = props;
  const { id } = paper;
  const known = view?.paper;
  const title = known?.title || props.title || `arXiv:${id}`;
  const reading = view?.reading ?? 'unread';
  return (
    <section class="side-paper" aria-label="Paper Margin" aria-busy={!view} data-paper={id}>
      <h1 id="paper-title">
        <Link href={absUrl(paper)}>{title}</Link>
      </h1>
      {known && known.authors.length > 0 && (
        <p class="authors" title={known.authors.slice(0, 50).join(', ')}>
          {authors(known.authors, 5)}
        </p>
      )}
      <div class="doing">
        <SaveButton saved={view?.saved ?? false} about="paper-title" onToggle={on.save} />
        <ReadingState reading={reading} about="paper-title" onChange={on.reading} />
        <button type="button" class="plain" aria-describedby="paper-title" onClick={on.download}>
          <Icon name="download" />
          Download PDF
        </button>
      </div>
      {props.fullText && view && reading === 'unread' && (
        <p class="offer">
          <span>Are you reading it?</span>
          <button type="button" class="link" onClick={() => on.reading('reading')}>
            Mark as reading
          </button>
        </p>
      )}
      <Known
        paper={paper}
        view={view}
        artefacts={artefacts}
        asking={props.asking}
        now={props.now}
        onLookUp={on.lookUp}
      />
      <Near papers={props.related} />
      <h2 class="hidden">Your note</h2>
      {props.children}
    </section>
  );
}

/** The same region where the tab shows no paper. */
export function NoPaper() {
  return (
    <section class="none" aria-label="Paper Margin">
      <h1>No paper in this tab</h1>
      <p>
        Open a paper on arXiv or Hugging Face, also as PDF. Here you then see what is known of it,
        and your note.
      </p>
      <a class="plain" href="popup.html" target="_blank" rel="noopener">
        Today’s papers
      </a>
    </section>
  );
}
