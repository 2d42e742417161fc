// One paper of the digest: place, upvotes and their rise, title, authors, marks, and its abstract on demand.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Excerpt } from '../digest/excerpt';
import type { DigestPaper, Listed, Reading, Trending } from '../library/api';
import { absUrl, huggingFaceUrl } from '../paper';
import { readable } from '../tex';
import { SaveButton } from './controls';
import { Icon, type IconName } from './icon';
import { ReadingState } from './reading';
import { Short } from './short';
import { Rise, Trend } from './trend';
import { authors, counted, number } from './words';

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

/** What a person does with rows; the same object for all of them, and for as long as the list lasts. */
export interface RowActions {
  save(listed: DigestPaper, saved: boolean): void;
  read(listed: DigestPaper, reading: Reading): void;
  note(listed: DigestPaper): void;
  dismiss(listed: DigestPaper, dismissed: boolean): void;
}

interface Shown {
  /** From 1, in the list as the service gave it; none in a list without places. */
  place: number | undefined;
  listed: DigestPaper;
  /** What holds now, which may be newer than what is stored. */
  saved: boolean;
  reading: Reading;
  dismissed: boolean;
  /** Of the heading that the title is. */
  level: 2 | 3;
  /** Say why it fits. */
  why: boolean;
  /** What matched, where nothing else in the row shows it. */
  excerpt: Excerpt | undefined;
  noteOpen: boolean;
  act: RowActions;
  /** The abstract where it is opened; the same function for all rows, too. */
  abstract: (listed: DigestPaper) => ComponentChildren;
}

function Title({ level, id, listed }: { level: 2 | 3; id: string; listed: Listed }) {
  const Heading = `h${level}` as 'h2';
  const title = readable(listed.paper.title);
  return (
    <Heading class="title" id={id}>
      <a href={huggingFaceUrl(listed.id)} title={title} target="_blank" rel="noopener noreferrer">
        {title || `arXiv:${listed.id}`}
      </a>
    </Heading>
  );
}

/** One line of what matched, its words marked. */
function Matched({ excerpt: { from, parts } }: { excerpt: Excerpt }) {
  return (
    <p class="matched" title={parts.join('')}>
      <span class={from === 'Abstract' ? 'hidden' : undefined}>{from}: </span>
      {parts.map((part, at) => (at % 2 === 0 ? part : <mark key={at}>{part}</mark>))}
    </p>
  );
}

function Row({
  place,
  listed,
  saved,
  reading,
  dismissed,
  level,
  why,
  excerpt,
  noteOpen,
  act,
  abstract,
}: Shown) {
  const title = useId();
  const opened = useId();
  const [open, setOpen] = useState(false);
  const { paper, trending, fresh, rise = 0, history, fit } = listed;
  const { upvotes } = trending;
  const save = (
    <SaveButton small saved={saved} about={title} onToggle={() => act.save(listed, saved)} />
  );
  if (dismissed) {
    return (
      <div class="row folded">
        <Title level={level} id={title} listed={listed} />
        <span class="muted">Not interested</span>
        <button
          type="button"
          class="link"
          aria-describedby={title}
          onClick={() => act.dismiss(listed, false)}
        >
          Undo
        </button>
        {save}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape of what is in it.
    <div
      class="row"
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        // From anywhere in the row; the popup itself would close on Escape.
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
      }}
    >
      <span class="place">
        {fresh && (
          <span class="dot" data-fresh={fresh} title={fresh === 'new' ? 'New' : 'Rose'}>
            <span class="hidden">{fresh === 'new' ? 'New' : 'Rose'}</span>
          </span>
        )}
        {place}
      </span>
      <span class="upvotes">
        {upvotes !== undefined && (
          <>
            <Icon name="up" filled />
            <Short drawn={number(upvotes)} words={counted(upvotes, 'upvote')} />
          </>
        )}
        {rise > 0 && <Rise rise={rise} />}
        <Trend history={history} />
      </span>
      <div class="body">
        <Title level={level} id={title} listed={listed} />
        <p class="authors" title={paper.authors.slice(0, 50).join(', ')}>
          {authors(paper.authors)}
        </p>
        {why && fit && (
          <p class="why" title={fit.why}>
            {fit.why}
          </p>
        )}
        {excerpt && <Matched excerpt={excerpt} />}
        <div class="line">
          <Marks listed={listed} trending={trending} />
          <ReadingState
            small
            reading={reading}
            about={title}
            onChange={(chosen) => act.read(listed, chosen)}
          />
        </div>
      </div>
      <div class="side">
        {save}
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
          aria-controls={open ? opened : undefined}
          aria-describedby={title}
          title={open ? 'Hide the abstract' : 'Show the abstract'}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'fold' : 'unfold'} />
          <span class="hidden">Abstract</span>
        </button>
      </div>
      <button
        type="button"
        class="square quiet dismiss"
        aria-describedby={title}
        title="Not interested: papers like this one count for less"
        onClick={() => act.dismiss(listed, true)}
      >
        <Icon name="dismiss" />
        <span class="hidden">Not interested</span>
      </button>
      {open && (
        <div class="abstract" id={opened}>
          <p>{paper.abstract ? abstract(listed) : 'The list has no abstract of this paper.'}</p>
          <button
            type="button"
            class="link"
            aria-expanded={noteOpen}
            aria-describedby={title}
            onClick={() => act.note(listed)}
          >
            Note
          </button>
        </div>
      )}
    </div>
  );
}

/** A listitem with `data-paper`. `heading` stands above the first paper of a group, `children` below the row. */
export function PaperRow({
  dim,
  heading,
  children,
  ...shown
}: Shown & { dim: boolean; heading?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <li class="paper" data-paper={shown.listed.id} data-dim={dim ? '' : undefined}>
      {heading}
      <Row {...shown} />
      {children}
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
