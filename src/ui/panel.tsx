// The panel of a paper page: data in, callbacks out. Its height is the same whatever is known, and whenever it comes.
import type { ComponentChildren } from 'preact';
import { bareUrl } from '../artefacts';
import type { Failure, Linked, PaperView, Reading, Trouble } from '../library/api';
import {
  type Artefact,
  absUrl,
  alphaXivUrl,
  hasHuggingFacePage,
  htmlUrl,
  huggingFaceUrl,
  type PaperRef,
  pdfUrl,
} from '../paper';
import { nextReading } from './badge';
import { SaveButton } from './controls';
import { Frame } from './frame';
import { artefactMarks, Mark, type MarkName } from './icon';
import { Short } from './short';
import { Rise, Trend } from './trend';
import { age, counted, day, linkedCounts, number, rankAndDay } from './words';

/** As `data-state` tells it to the outside. `error` is a failure of our own, `offline` one of the service. */
export type PanelState = 'loading' | 'ready' | 'offline' | 'error';

export interface PanelProps {
  /** The paper, in the version that the page shows. */
  paper: PaperRef;
  /** What the panel stands on: it needs no link to itself. */
  page: { site: string; kind: string };
  state: PanelState;
  /** Absent while nothing was heard from the library. */
  view?: PaperView | undefined;
  /** As the person wants it, also while that is still being stored. */
  saved: boolean;
  reading: Reading;
  folded: boolean;
  /** Floats at the window's edge. */
  docked: boolean;
  /** The service is being asked. */
  asking: boolean;
  /** Links found in the abstract. */
  artefacts: Artefact[];
  failure?: Failure | undefined;
  /** The frame in which the person types; only it ever holds their text. A new `key` is a new frame. */
  note: { url: string; key: number; shown: boolean; open: boolean };
  /** How many papers of the library are near this one, and the frame that lists them, with their notes. */
  related: { url: string; count: number; open: boolean };
  /** Milliseconds since the epoch. */
  now: number;
  on: {
    save(): void;
    /** The next reading state. */
    read(): void;
    note(): void;
    lookUp(): void;
    /** What failed, once more. */
    retry(): void;
    reload(): void;
    recover(): void;
    fold(): void;
    /** The list of highlights. */
    highlights(): void;
    /** The list of related papers. */
    related(): void;
  };
}

const troubles: Record<Trouble['kind'], string> = {
  unreachable: 'Hugging Face cannot be reached.',
  busy: 'Hugging Face is busy now.',
  failing: 'Hugging Face has a problem.',
  unreadable: 'Hugging Face sent no readable answer.',
  access: 'The browser keeps us from huggingface.co. Allow it in the toolbar popup.',
};

function Link({
  href,
  title,
  children,
}: {
  href: string;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function LookUp({ asking, onLookUp }: { asking: boolean; onLookUp: () => void }) {
  return (
    <button
      type="button"
      class="small"
      title="Sends this paper's id to huggingface.co"
      disabled={asking}
      onClick={onLookUp}
    >
      Look up
    </button>
  );
}

/** Upvotes in short, where they are known. */
export function Votes({
  upvotes,
  title,
}: {
  upvotes: number | undefined;
  title?: string | undefined;
}) {
  if (upvotes === undefined) return null;
  return (
    <span class="votes" title={title}>
      <Mark name="up" />
      <Short drawn={number(upvotes)} words={counted(upvotes, 'upvote')} />
    </span>
  );
}

/** What went wrong on our side, and what to do. */
export function Failed({
  failure,
  on,
}: {
  failure: Failure;
  on: { retry(): void; reload(): void; recover(): void };
}) {
  const updated = failure.code === 'updated';
  return (
    <p class="notice">
      {failure.message}{' '}
      <button type="button" class="link" onClick={updated ? on.reload : on.retry}>
        {updated ? 'Reload page' : 'Try again'}
      </button>
      {failure.code === 'storage' && (
        <>
          {' '}
          <button type="button" class="link" onClick={on.recover}>
            Recovery
          </button>
        </>
      )}
    </p>
  );
}

/** New nodes for each kind of headline: one that is used again counts as moved. */
function Headline({ view, state, asking, now, on }: PanelProps) {
  const { upvotes, rank, day: listed } = view?.trending ?? {};
  const place = listed && (rank ? rankAndDay(rank, listed) : `On Daily Papers, ${day(listed)}`);
  if (upvotes !== undefined) {
    return (
      <div class="headline" key="upvotes">
        <span class="figure" aria-hidden="true">
          {number(upvotes)}
        </span>
        <div>
          <p class="votes-line">
            <Short
              drawn={upvotes === 1 ? 'upvote' : 'upvotes'}
              words={counted(upvotes, 'upvote')}
            />
            <Rise rise={view?.rise} />
            <Trend history={view?.history} />
          </p>
          <p class="muted">{place ?? 'on Hugging Face'}</p>
        </div>
      </div>
    );
  }
  if (!view || state === 'loading') {
    return (
      <div class="headline" key="bones">
        <span class="bone figure-bone" />
        <div>
          <span class="bone" />
          <span class="bone" />
        </div>
      </div>
    );
  }
  const [line, second] =
    view.known === 'yes'
      ? ['On Hugging Face', place ?? 'Its upvotes are not known']
      : view.known === 'no'
        ? ['Not on Hugging Face', view.lookedUpAt && `Looked up ${age(view.lookedUpAt, now)}`]
        : ['Not looked up yet', 'on Hugging Face'];
  return (
    <div class="headline" key="line">
      <div>
        <p>{line}</p>
        <p class="muted">{second}</p>
      </div>
      {view.known === 'unasked' && !view.trouble && <LookUp asking={asking} onLookUp={on.lookUp} />}
    </div>
  );
}

function Fact({
  icon,
  children,
  aside,
}: {
  icon: MarkName;
  children: ComponentChildren;
  aside?: ComponentChildren;
}) {
  return (
    <li>
      <Mark name={icon} />
      <span class="fact">{children}</span>
      {aside}
    </li>
  );
}

function sameLink(one: string, other: string): boolean {
  return bareUrl(one) === bareUrl(other);
}

/** `★ 1,234` */
function Sum({ sign, value, one }: { sign: string; value: number | undefined; one: string }) {
  if (value === undefined) return null;
  return (
    <span class="stars">
      <Short drawn={`${sign} ${number(value)}`} words={counted(value, one)} />
    </span>
  );
}

/** Rows in an order in which later answers only add at the end: nothing that stands there moves. */
function Facts({ view, state, asking, artefacts, paper, on }: PanelProps) {
  const trending = view?.trending;
  const { code, projectPage, comments } = trending ?? {};
  const row = (icon: MarkName, { url, label }: { url: string; label: string }, stars?: number) => (
    <Fact key={url} icon={icon} aside={<Sum sign="★" value={stars} one="star" />}>
      <Link href={url} title={label}>
        {label}
      </Link>
    </Fact>
  );
  const rows = artefacts.map((artefact) =>
    row(
      artefactMarks[artefact.kind],
      artefact,
      code && sameLink(code.url, artefact.url) ? code.stars : undefined,
    ),
  );
  const isNew = (link: { url: string }) => !artefacts.some(({ url }) => sameLink(url, link.url));
  if (code && isNew(code)) rows.push(row('code', code, code.stars));
  if (projectPage && isNew(projectPage) && !(code && sameLink(code.url, projectPage.url)))
    rows.push(row('link', projectPage));
  if (comments !== undefined) {
    rows.push(
      <Fact key="comments" icon="comment">
        <Link
          href={`${huggingFaceUrl(paper.id)}#community`}
        >{`${counted(comments, 'comment')} on Hugging Face`}</Link>
      </Fact>,
    );
  }
  const counts = trending && linkedCounts(trending);
  if (counts) {
    rows.push(
      <Fact key="linked" icon="cube">
        <span class="counts" title={counts}>
          {counts}
        </span>
      </Fact>,
    );
  } else if (view && trending && !view.lookedUpAt && !view.refreshDue) {
    rows.push(
      <Fact key="linked" icon="cube" aside={<LookUp asking={asking} onLookUp={on.lookUp} />}>
        <span class="muted">Models, datasets</span>
      </Fact>,
    );
  }
  const waiting = !view || state === 'loading';
  return (
    // A list with more than four rows scrolls in its place; the rows hold links, so the keyboard reaches them.
    <div class="facts">
      {rows.length > 0 && <ul>{rows}</ul>}
      {waiting && <span class="bone row-bone" />}
      {waiting && rows.length < 3 && <span class="bone row-bone" />}
      {!waiting && rows.length === 0 && !view?.trouble && (
        <p class="muted">
          {view?.known === 'unasked'
            ? 'Look up sends this paper’s id to huggingface.co.'
            : 'No code, models or datasets are known for this paper yet.'}
        </p>
      )}
    </div>
  );
}

/** The paper's other pages. */
function Links({ paper, page }: PanelProps) {
  const here = `${page.site} ${page.kind}`;
  return (
    <span class="links">
      {here !== 'arxiv abs' && <Link href={absUrl(paper)}>Abstract</Link>}
      <Link href={pdfUrl(paper)}>PDF</Link>
      {here !== 'arxiv html' && <Link href={htmlUrl(paper)}>HTML</Link>}
      {page.site !== 'huggingface' && hasHuggingFacePage(paper.id) && (
        <Link href={huggingFaceUrl(paper.id)}>Hugging Face</Link>
      )}
      {page.site !== 'alphaxiv' && <Link href={alphaXivUrl(paper)}>alphaXiv</Link>}
    </span>
  );
}

/** What went wrong and what to do, in the place where the links stand otherwise. */
function Notice({ state, failure, view, asking, now, on }: PanelProps) {
  if (state === 'error' && failure) return <Failed failure={failure} on={on} />;
  if (state !== 'offline' || !view?.trouble) return null;
  return (
    <p class="notice">
      {troubles[view.trouble.kind]}{' '}
      {view.fetchedAt ? `Stored ${age(view.fetchedAt, now)}.` : 'Nothing is stored yet.'}{' '}
      <button type="button" class="link" disabled={asking} onClick={on.retry}>
        Try again
      </button>
    </p>
  );
}

function TopList({ name, linked }: { name: string; linked: Linked | undefined }) {
  if (!linked?.top.length) return null;
  return (
    <section>
      <h3>{name}</h3>
      <ul>
        {linked.top.map(({ id, url, likes }) => (
          <li key={id}>
            <span class="fact">
              <Link href={url} title={id}>
                {id}
              </Link>
            </span>
            <Sum sign="♥" value={likes} one="like" />
          </li>
        ))}
      </ul>
      {linked.total > linked.top.length && (
        <p class="muted">and {number(linked.total - linked.top.length)} more</p>
      )}
    </section>
  );
}

/** All that the person sees only by opening it; growth is then their doing. */
function More({ notice, ...props }: PanelProps & { notice: boolean }) {
  const { view, now } = props;
  const {
    aiSummary,
    aiSummaryModel,
    keywords = [],
    models,
    datasets,
    spaces,
    organization,
    submitter,
  } = view?.trending ?? {};
  const listed = [models, datasets, spaces].some((linked) => linked?.top.length);
  if (!aiSummary && keywords.length === 0 && !listed && !organization && !submitter && !notice)
    return <p class="summary muted">{view && 'Nothing more is known yet.'}</p>;
  return (
    <details>
      <summary class="summary">
        <Mark name="unfold" />
        <span>More</span>
        <span class="muted cut">{aiSummary && 'AI summary'}</span>
      </summary>
      <div class="more">
        {aiSummary && (
          <section>
            <h3>AI summary, by Hugging Face</h3>
            <p>{aiSummary}</p>
            {aiSummaryModel && <p class="muted">Written by {aiSummaryModel}</p>}
          </section>
        )}
        {keywords.length > 0 && (
          <section>
            <h3>Keywords</h3>
            <p>{keywords.join(', ')}</p>
          </section>
        )}
        <TopList name="Models" linked={models} />
        <TopList name="Datasets" linked={datasets} />
        <TopList name="Spaces" linked={spaces} />
        {(organization || submitter) && (
          <section>
            {organization && <p>Organization: {organization}</p>}
            {submitter && <p>Submitted by {submitter}</p>}
          </section>
        )}
        {notice && <Links {...props} />}
        {view?.fetchedAt && <p class="muted">From Hugging Face, {age(view.fetchedAt, now)}</p>}
      </div>
    </details>
  );
}

/** It comes when all else is there, so it stands where nothing else does. The list grows by the person's own press. */
function Related({ related, on }: PanelProps) {
  if (!related.count) return null;
  return (
    <>
      <button
        type="button"
        class="small state on related"
        aria-expanded={related.open}
        title="Related in your library"
        onClick={on.related}
      >
        {related.count} related
      </button>
      {related.open && (
        <div class="related-list" style={{ height: `${related.count * 68}px` }}>
          <Frame title="Related in your library" url={related.url} focused />
        </div>
      )}
    </>
  );
}

function NoteSlot({ note, on }: PanelProps) {
  return (
    <div class={note.open ? 'note open' : 'note'}>
      {note.shown ? (
        <Frame key={note.key} title="Your note" url={note.url} focused={note.open} />
      ) : (
        <button type="button" class="write" onClick={on.note}>
          Write a note
        </button>
      )}
    </div>
  );
}

/**
 * The reading state, and the next one at a press. `offered`: the page shows the paper's text, so an unread paper may be
 * the one that the person begins to read; the button then asks.
 */
export function ReadingButton(props: { reading: Reading; offered: boolean; onCycle: () => void }) {
  const { reading, offered } = props;
  const names: Record<Reading, string> = {
    unread: offered ? 'Reading?' : 'Unread',
    reading: 'Reading',
    read: 'Read',
  };
  const next = nextReading[reading];
  return (
    <button
      type="button"
      class={reading === 'unread' && !offered ? 'small state' : 'small state on'}
      aria-label={`Reading state: ${reading}`}
      title={`Mark as ${next}`}
      onClick={props.onCycle}
    >
      {names[reading]}
    </button>
  );
}

/** The panel. Every string in `props` is text from outside; none is ever markup. */
export function Panel(props: PanelProps) {
  const { view, saved, folded, docked, state, note, on } = props;
  const upvotes = view?.trending?.upvotes;
  const notice = Notice(props);
  return (
    <section
      class={`panel ${props.page.site}${docked ? ' docked' : ''}${folded ? ' folded' : ''}`}
      aria-label="Paper Margin"
      aria-busy={state === 'loading'}
    >
      <header>
        <h2>Paper Margin</h2>
        {folded && <Votes upvotes={upvotes} />}
        {folded && view?.noted && (
          <span class="noted">
            <Mark name="note" />
            <span class="hidden">Noted</span>
          </span>
        )}
        {!folded && view?.highlights && (
          <button
            type="button"
            class="small state on marked"
            aria-label={counted(view.highlights, 'highlight')}
            title={counted(view.highlights, 'highlight')}
            onClick={on.highlights}
          >
            <Mark name="highlight" />
            {number(view.highlights)}
          </button>
        )}
        {folded ? (
          <SaveButton small saved={saved} onToggle={on.save} />
        ) : (
          <ReadingButton
            reading={props.reading}
            offered={props.page.kind === 'html'}
            onCycle={on.read}
          />
        )}
        <button
          type="button"
          class="square"
          aria-expanded={!folded}
          title={folded ? 'Unfold' : 'Fold'}
          onClick={on.fold}
        >
          <Mark name={folded ? 'unfold' : 'fold'} />
          <span class="hidden">{folded ? 'Unfold' : 'Fold'}</span>
        </button>
      </header>
      <div class="body" hidden={folded}>
        <Headline {...props} />
        <Facts {...props} />
        <div class="slot">
          <div role="status">{notice}</div>
          {!notice && <Links {...props} />}
        </div>
        <div class="more-row">
          <More {...props} notice={notice !== null} />
          <Related {...props} />
        </div>
        <NoteSlot {...props} />
        <div class="actions">
          {!folded && <SaveButton saved={saved} onToggle={on.save} />}
          <button
            type="button"
            class={view?.noted ? 'noted' : undefined}
            aria-expanded={note.open}
            onClick={on.note}
          >
            <Mark name="note" />
            <span>Note</span>
          </button>
        </div>
      </div>
    </section>
  );
}
