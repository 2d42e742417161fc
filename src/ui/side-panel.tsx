// The paper beside any page: what it is, what is known of it, what the person does with it, and their note.
import type { ComponentChildren } from 'preact';
import { bareUrl } from '../artefacts';
import type { PaperView, Reading, Related, Trending } from '../library/api';
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
import { Notice, SaveButton } from './controls';
import { artefactMarks, Icon, type IconName } from './icon';
import { ReadingState } from './reading';
import { Near } from './related';
import { Rise, Trend } from './trend';
import { age, authors, counted, day, linkedCounts, rankAndDay, trouble } from './words';

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

function numbers(view: PaperView): string {
  const { upvotes, rank, day: listed, comments } = view.trending ?? {};
  const parts = [
    upvotes !== undefined && counted(upvotes, 'upvote'),
    listed !== undefined &&
      (rank === undefined ? `On Daily Papers, ${day(listed)}` : rankAndDay(rank, listed)),
    comments !== undefined && counted(comments, 'comment'),
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  if (view.known === 'yes') return 'On Hugging Face';
  return view.known === 'no' ? 'Not on Hugging Face' : 'Not on the stored lists';
}

interface Thing {
  icon: IconName;
  url: string;
  label: string;
  /** `1,234 stars`. */
  more?: string;
}

/** Code, page, models, datasets and Spaces, each once. */
function things(trending: Trending | undefined, artefacts: Artefact[]): Thing[] {
  const { code, projectPage, models, datasets, spaces } = trending ?? {};
  const stars = code?.stars;
  const all: Thing[] = [
    ...(code
      ? [
          {
            icon: 'code' as const,
            ...code,
            ...(stars !== undefined && { more: counted(stars, 'star') }),
          },
        ]
      : []),
    ...(projectPage ? [{ icon: 'link' as const, ...projectPage }] : []),
    ...artefacts.map(({ kind, url, label }) => ({ icon: artefactMarks[kind], url, label })),
    ...[models, datasets, spaces].flatMap((linked) =>
      (linked?.top ?? []).map(({ id, url, likes }) => ({
        icon: 'cube' as const,
        url,
        label: id,
        ...(likes !== undefined && { more: counted(likes, 'like') }),
      })),
    ),
  ];
  const seen = new Set<string>();
  return all.filter(({ url }) => {
    const known = seen.has(bareUrl(url));
    seen.add(bareUrl(url));
    return !known;
  });
}

function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function LookUp({ asking, onLookUp }: { asking: boolean; onLookUp: () => void }) {
  return (
    <button
      type="button"
      class="link"
      title="Sends this paper's id to huggingface.co"
      disabled={asking}
      onClick={onLookUp}
    >
      Look up
    </button>
  );
}

/** A region `Paper Margin` with `Save`, `Reading state`, `Download PDF` and what is known. */
export function SidePaper(props: Props) {
  const { paper, view, artefacts, on } = props;
  const { id } = paper;
  const known = view?.paper;
  const title = known?.title || props.title || `arXiv:${id}`;
  const trending = view?.trending;
  const rows = things(trending, artefacts);
  const sums = trending && linkedCounts(trending);
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
      <div class="known">
        <p class="numbers">
          <span>{view ? numbers(view) : ''}</span>
          <span class="went">
            <Rise rise={view?.rise} />
            <Trend history={view?.history} />
          </span>
          {view?.known === 'unasked' && !view.trouble && (
            <LookUp asking={props.asking} onLookUp={on.lookUp} />
          )}
        </p>
        {rows.length > 0 && (
          <ul class="things" aria-label="Code, models and data">
            {rows.map(({ icon, url, label, more }) => (
              <li key={url}>
                <Icon name={icon} />
                <a href={url} title={label} target="_blank" rel="noopener noreferrer">
                  {label}
                </a>
                {more && <span class="count">{more}</span>}
              </li>
            ))}
          </ul>
        )}
        {sums && <p class="muted">{sums}</p>}
        {trending && !view.lookedUpAt && !view.refreshDue && (
          <p class="numbers">
            <span class="muted">Models, datasets, Spaces</span>
            <LookUp asking={props.asking} onLookUp={on.lookUp} />
          </p>
        )}
        <p class="links">
          <Link href={pdfUrl(paper)}>PDF</Link>
          <Link href={htmlUrl(paper)}>HTML</Link>
          {hasHuggingFacePage(id) && <Link href={huggingFaceUrl(id)}>Hugging Face</Link>}
          <Link href={alphaXivUrl(paper)}>alphaXiv</Link>
        </p>
        {view?.trouble && (
          <Notice tone="warn" action="Try again" onAction={on.lookUp}>
            {trouble(view.trouble.kind)}{' '}
            {view.fetchedAt ? `Stored ${age(view.fetchedAt, props.now)}.` : ''}
          </Notice>
        )}
      </div>
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
