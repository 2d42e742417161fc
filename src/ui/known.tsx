// What is known of a paper beyond its own words: upvotes and how they went, code, models and data, where else it is.
import type { ComponentChildren } from 'preact';
import { bareUrl } from '../artefacts';
import type { PaperView, Trending } from '../library/api';
import {
  type Artefact,
  alphaXivUrl,
  hasHuggingFacePage,
  htmlUrl,
  huggingFaceUrl,
  isArxiv,
  type PaperRef,
  paperUrl,
  pdfUrl,
} from '../paper';
import { Notice } from './controls';
import { artefactMarks, Icon, type IconName } from './icon';
import { Rise, Trend } from './trend';
import { age, counted, day, linkedCounts, number, rankAndDay, trouble } from './words';

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

/** What a plot of upvotes shows, in words: `From 12 on Aug 12, 2026 to 163`. Nothing below two points. */
function went(history: PaperView['history'] = []): string | undefined {
  const [first, last] = [history[0], history.at(-1)];
  if (!first || !last || history.length < 2) return undefined;
  const since = day(new Date(first[0]).toISOString().slice(0, 10));
  return `From ${number(first[1])} on ${since} to ${number(last[1])}`;
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

/** Leads out of our pages. */
export function Link({ href, children }: { href: string; children: ComponentChildren }) {
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

interface Props {
  paper: PaperRef;
  /** Undefined until it was read. */
  view: PaperView | undefined;
  /** Links found in the abstract. */
  artefacts: Artefact[];
  /** The service is being asked. */
  asking: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  onLookUp: () => void;
}

/** With `Look up` where the service was not asked and can be. */
export function Known({ paper, view, artefacts, asking, now, onLookUp }: Props) {
  const { id } = paper;
  const trending = view?.trending;
  const rows = things(trending, artefacts);
  const sums = trending && linkedCounts(trending);
  const course = went(view?.history);
  // A paper from elsewhere is at no service that we know.
  const asks = isArxiv(id);
  return (
    <div class="known">
      <p class="numbers">
        <span>{view && (asks || trending) ? numbers(view) : ''}</span>
        <span class="went">
          <Rise rise={view?.rise} />
          <Trend history={view?.history} />
          {course && <span class="muted">{course}</span>}
        </span>
        {asks && view?.known === 'unasked' && !view.trouble && (
          <LookUp asking={asking} onLookUp={onLookUp} />
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
      {asks && trending && !view.lookedUpAt && !view.refreshDue && (
        <p class="numbers">
          <span class="muted">Models, datasets, Spaces</span>
          <LookUp asking={asking} onLookUp={onLookUp} />
        </p>
      )}
      <p class="links">
        {isArxiv(id) && <Link href={pdfUrl(paper)}>PDF</Link>}
        {isArxiv(id) && <Link href={htmlUrl(paper)}>HTML</Link>}
        {hasHuggingFacePage(id) && <Link href={huggingFaceUrl(id)}>Hugging Face</Link>}
        {isArxiv(id) && <Link href={alphaXivUrl(paper)}>alphaXiv</Link>}
        {!isArxiv(id) && <Link href={paperUrl(paper)}>Page of the paper</Link>}
      </p>
      {view?.trouble && (
        <Notice tone="warn" action="Try again" onAction={onLookUp}>
          {trouble(view.trouble.kind)} {view.fetchedAt ? `Stored ${age(view.fetchedAt, now)}.` : ''}
        </Notice>
      )}
    </div>
  );
}
