// One paper of a day's list: place, upvotes, title, authors, marks, and its abstract on demand.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Listed, Reading, Trending } from '../library/api';
import { absUrl, huggingFaceUrl } from '../paper';
import { SaveButton } from './controls';
import { Icon, type IconName } from './icon';
import { ReadingState } from './reading';
import { authors, counted, number } from './words';

/** A short drawn form with the whole words for screen readers: `8` drawn, `8 stars` read. */
function Short({ drawn, words }: { drawn: string; words: string }) {
  return (
    <>
      <span aria-hidden="true">{drawn}</span>
      <span class="hidden">{words}</span>
    </>
  );
}

function Mark(props: {
  href: string;
  icon: IconName;
  title: string;
  /** Nothing is drawn beside the icon. */
  bare?: boolean;
  children: ComponentChildren;
}) {
  return (
    <a
      class={props.bare ? 'mark bare' : 'mark'}
      href={props.href}
      title={props.title}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Icon name={props.icon} />
      {props.children}
    </a>
  );
}

function Marks({ listed, trending }: { listed: Listed; trending: Trending }) {
  const { code, projectPage, comments } = trending;
  const from = trending.organization ?? trending.submitter;
  const linked = (['model', 'dataset', 'Space'] as const)
    .map((one, at) => ({
      one,
      total: [trending.models, trending.datasets, trending.spaces][at]?.total ?? 0,
    }))
    .filter(({ total }) => total > 0);
  const linkedWords = linked.map(({ one, total }) => counted(total, one)).join(', ');
  return (
    <div class="marks">
      <div class="links">
        {code && (
          <Mark href={code.url} icon="code" title={code.label}>
            <span class={code.stars === undefined ? undefined : 'hidden'}>Code</span>
            {code.stars !== undefined && (
              <Short drawn={number(code.stars)} words={counted(code.stars, 'star')} />
            )}
          </Mark>
        )}
        {comments !== undefined && (
          <Mark
            href={`${huggingFaceUrl(listed.id)}#community`}
            icon="comment"
            title="Comments on Hugging Face"
          >
            <Short drawn={number(comments)} words={counted(comments, 'comment')} />
          </Mark>
        )}
        {projectPage && (
          <Mark href={projectPage.url} icon="link" title={projectPage.label} bare>
            <span class="hidden">Project page</span>
          </Mark>
        )}
        <a class="mark" href={absUrl(listed)} target="_blank" rel="noopener noreferrer">
          arXiv
        </a>
        {linked.length > 0 && (
          <Mark href={huggingFaceUrl(listed.id)} icon="cube" title={linkedWords}>
            <Short
              drawn={number(linked.reduce((sum, { total }) => sum + total, 0))}
              words={linkedWords}
            />
          </Mark>
        )}
      </div>
      {from && (
        <div class="from">
          <span class="cut" title={from}>
            {from}
          </span>
        </div>
      )}
    </div>
  );
}

interface Props {
  /** From 1. */
  place: number;
  listed: Listed;
  onSave: () => void;
  onReading: (reading: Reading) => void;
  /** The opened abstract, where it is more than its text. */
  children?: ComponentChildren;
}

/** A listitem with `data-paper`. */
export function PaperRow({ place, listed, onSave, onReading, children }: Props) {
  const title = useId();
  const abstract = useId();
  const [open, setOpen] = useState(false);
  const { paper, trending } = listed;
  const upvotes = trending.upvotes;
  return (
    <li
      class="row"
      data-paper={listed.id}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        // From anywhere in the row; the popup itself would close on Escape.
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <span class="place">{place}</span>
      <span class="upvotes">
        {upvotes !== undefined && (
          <>
            <Icon name="up" filled />
            <Short drawn={number(upvotes)} words={counted(upvotes, 'upvote')} />
          </>
        )}
      </span>
      <div class="body">
        <h2 id={title}>
          <a
            href={huggingFaceUrl(listed.id)}
            title={paper.title}
            target="_blank"
            rel="noopener noreferrer"
          >
            {paper.title || `arXiv:${listed.id}`}
          </a>
        </h2>
        <p class="authors" title={paper.authors.slice(0, 50).join(', ')}>
          {authors(paper.authors)}
        </p>
        <div class="line">
          <Marks listed={listed} trending={trending} />
          <ReadingState small reading={listed.reading} about={title} onChange={onReading} />
        </div>
      </div>
      <div class="side">
        <SaveButton small saved={listed.saved} about={title} onToggle={onSave} />
        {listed.noted && (
          <span class="noted" title="You have a note on this paper">
            <Icon name="note" />
            <span class="hidden">Noted</span>
          </span>
        )}
        <button
          type="button"
          class="square quiet unfold"
          aria-expanded={open}
          aria-controls={open ? abstract : undefined}
          aria-describedby={title}
          title={open ? 'Hide the abstract' : 'Show the abstract'}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'fold' : 'unfold'} />
          <span class="hidden">Abstract</span>
        </button>
      </div>
      {open && (
        <p class="abstract" id={abstract}>
          {paper.abstract
            ? (children ?? paper.abstract)
            : 'The list has no abstract of this paper.'}
        </p>
      )}
    </li>
  );
}

/** Rows of the same height, while nothing is known yet. */
export function PaperSkeletons({ count }: { count: number }) {
  return (
    <div class="skeletons" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <div class="row" key={index}>
          <span class="place" />
          <span class="upvotes" />
          <div class="body">
            <i class="bone" style={{ width: '92%' }} />
            <i class="bone" style={{ width: '60%' }} />
            <i class="bone thin" style={{ width: '48%' }} />
            <i class="bone thin" style={{ width: '34%' }} />
          </div>
        </div>
      ))}
    </div>
  );
}
