// One paper of the library in full: its words, what is known of it, and all that the person made of it.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { artefactsIn } from '../artefacts';
import type { KeptRow, PaperView, Reading } from '../library/api';
import type { Files } from '../library/files';
import {
  absUrl,
  barePaper,
  isArxiv,
  type Paper,
  type PaperId,
  paperUrl,
  publishedOf,
} from '../paper';
import { Notice, type Said, SaveButton } from '../ui/controls';
import { Icon } from '../ui/icon';
import { Known, Link } from '../ui/known';
import { ReadingState } from '../ui/reading';
import { TagInput } from '../ui/tag-input';
import { titleOf } from '../ui/title';
import { counted, day, number } from '../ui/words';
import { Abstract } from './abstract';
import { CopyCitation } from './copy-citation';
import { useExportOne } from './export-menu';
import { HighlightsOf } from './highlights';
import { useKnownTags } from './known-tags';
import { NearOf } from './near';
import { NoteOf } from './note';
import { downloadPdf } from './pdf';
import type { Drafts, Library, Notices } from './reach';
import { sentence } from './sentence';

/** What of a paper is wanted at once. */
export type Part = 'note' | 'tags' | 'highlights';

interface Props {
  id: PaperId;
  /** What the list knows of it, so that there is something to read at once. */
  row: KeptRow | undefined;
  /** What to show first, and to write in. `time` differs for each wish. */
  wish: { part?: Part; time: number } | undefined;
  library: Library;
  files: Files;
  notices: Notices;
  drafts: Drafts;
  /** The state as the person just wished it, until it is stored. */
  saved: (stored: boolean) => boolean;
  reading: (stored: Reading) => Reading;
  on: {
    save(paper: Paper, saved: boolean): void;
    read(paper: Paper, reading: Reading): void;
    tag(id: PaperId, tag: string, put: boolean): Promise<void>;
    remove(id: PaperId): void;
    /** What it shows of itself in its row. */
    row(id: PaperId, more: Partial<KeptRow>): void;
    say(said: Said): void;
    close(): void;
  };
}

/** What the library knows of a paper, followed as it changes. */
function useView(id: PaperId, { library, notices }: Pick<Props, 'library' | 'notices'>) {
  const [known, setKnown] = useState<{ id: PaperId; view: PaperView; tags: string[] }>();
  const [failure, setFailure] = useState<string>();
  const [asking, setAsking] = useState(false);
  const asked = useRef(0);
  const read = useCallback(async () => {
    const question = ++asked.current;
    try {
      const [[view], tags] = await Promise.all([library.look([id]), library.tagsOf(id)]);
      // An answer to an earlier question never replaces one to a later question.
      if (question !== asked.current || !view) return;
      setKnown({ id, view, tags });
      setFailure(undefined);
    } catch (cause) {
      if (question === asked.current) setFailure(sentence(cause));
    }
  }, [id, library]);
  useEffect(() => {
    const gone = new AbortController();
    notices((change) => {
      if (change.all || change.papers?.includes(id)) void read();
    }, gone.signal);
    void read();
    return () => {
      gone.abort();
      asked.current++;
    };
  }, [id, notices, read]);
  const lookUp = async () => {
    setAsking(true);
    try {
      await library.lookUp(id);
      await read();
    } catch (cause) {
      setFailure(sentence(cause));
    }
    setAsking(false);
  };
  const now = known?.id === id ? known : undefined;
  return { view: now?.view, tags: now?.tags, failure, asking, lookUp, read };
}

/** `v3 is out, you read v1`. Nothing where there is no newer one. */
function Versions({ paper, read }: { paper: Paper; read: number | undefined }) {
  const { id, version } = paper;
  if (!version || !read || read >= version) return null;
  return (
    <p class="versions-seen">
      <span>{`Version ${number(version)} is out. You read version ${number(read)}.`}</span>
      <Link href={absUrl({ id, version })}>{`Open version ${number(version)}`}</Link>
    </p>
  );
}

/** A region `Paper details`. */
export function PaperDetail(props: Props) {
  const { id, row, wish, library, files, notices, drafts, on } = props;
  const exportOne = useExportOne({ files, say: on.say });
  const { view, tags = row?.tags ?? [], failure, asking, lookUp } = useView(id, props);
  const paper = { ...barePaper({ id }), ...row?.paper, ...view?.paper };
  const saved = props.saved(view?.saved ?? row?.saved ?? false);
  const kept = saved || row !== undefined || view?.noted || view?.highlights;
  const highlights = view?.highlights ?? row?.highlights ?? 0;
  /** The last highlight may be deleted: what can be restored stays in view. */
  const listed = useRef<PaperId>(undefined);
  if (highlights > 0) listed.current = id;
  const section = useRef<HTMLElement>(null);
  const known = useKnownTags(library, notices) ?? [];
  const { part, time } = wish ?? {};

  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish is followed once, also the same one again.
  useEffect(() => {
    const pane = section.current;
    if (!pane || time === undefined) return;
    if (part === 'tags') pane.querySelector<HTMLElement>('.tags input')?.focus();
    else if (part !== 'note') pane.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    if (part) pane.querySelector(`[data-part=${part}]`)?.scrollIntoView?.({ block: 'nearest' });
    else pane.scrollTop = 0;
  }, [id, part, time]);

  const published = publishedOf(paper);
  const facts = [
    published && day(published),
    paper.updated && paper.updated !== published && `revised ${day(paper.updated)}`,
    paper.venue,
    isArxiv(id) ? `arXiv:${id}` : paper.doi && `doi:${paper.doi}`,
    paper.version && `version ${number(paper.version)}`,
    paper.categories?.slice(0, 4).join(', '),
  ].filter(Boolean);

  return (
    <section
      class="detail"
      aria-label="Paper details"
      ref={section}
      onKeyDown={(event) => {
        const { key, defaultPrevented, target, currentTarget } = event;
        if (key !== 'Escape' || defaultPrevented || event.isComposing) return;
        if (!(target as Element).matches('input, textarea')) return;
        // Out of the field; the next one closes the details.
        event.preventDefault();
        currentTarget.querySelector('h2')?.focus({ preventScroll: true });
      }}
    >
      <div class="line">
        <h2 tabIndex={-1} id="detail-title">
          <Link href={paperUrl(paper)}>{titleOf(paper)}</Link>
        </h2>
        <button type="button" class="square quiet" title="Close details" onClick={on.close}>
          <Icon name="close" />
          <span class="hidden">Close details</span>
        </button>
      </div>
      {paper.authors.length > 0 && (
        <p class="names">
          {paper.authors.slice(0, 30).join(', ')}
          {paper.authors.length > 30 && ` and ${number(paper.authors.length - 30)} more`}
        </p>
      )}
      <p class="facts">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <Versions paper={paper} read={view?.readVersion} />
      {failure && (
        <Notice tone="warn" action="Try again" onAction={() => void lookUp()}>
          {failure}
        </Notice>
      )}
      <div class="doing">
        <SaveButton saved={saved} about="detail-title" onToggle={() => on.save(paper, saved)} />
        <ReadingState
          reading={props.reading(view?.reading ?? row?.reading ?? 'unread')}
          about="detail-title"
          onChange={(reading) => on.read(paper, reading)}
        />
        {isArxiv(id) && (
          <button type="button" class="plain" onClick={() => void downloadPdf(paper)}>
            <Icon name="download" />
            PDF
          </button>
        )}
        <CopyCitation files={files} paper={paper} say={on.say} />
        {kept && (
          <button
            type="button"
            class="square quiet"
            title="Remove from the library, with its note, tags and highlights"
            onClick={() => on.remove(id)}
          >
            <Icon name="bin" />
            <span class="hidden">Remove</span>
          </button>
        )}
      </div>
      <div class="tags" data-part="tags">
        <TagInput
          label="Add a tag"
          tags={tags}
          known={known}
          onAdd={(tag) => void on.tag(id, tag, true)}
          onRemove={(tag) => void on.tag(id, tag, false)}
        />
      </div>
      <section data-part="note" aria-label="Your note">
        <h3>Note</h3>
        <NoteOf
          key={`${id} ${part === 'note' ? time : ''}`}
          id={id}
          writing={part === 'note'}
          library={library}
          notices={notices}
          drafts={drafts}
          onState={({ loaded, text }) => {
            if (loaded && row && text !== row.note) on.row(id, { note: text });
          }}
        />
      </section>
      {paper.abstract && (
        <section aria-label="Abstract">
          <h3>Abstract</h3>
          <p class="abstract">
            <Abstract
              key={id}
              id={id}
              text={paper.abstract}
              highlighted={highlights > 0}
              library={library}
              notices={notices}
            />
          </p>
        </section>
      )}
      <Known
        paper={paper}
        view={view}
        artefacts={artefactsIn(paper.abstract)}
        asking={asking}
        now={Date.now()}
        onLookUp={() => void lookUp()}
      />
      {listed.current === id && (
        <section data-part="highlights" aria-label="Your highlights">
          <h3>{highlights > 0 ? counted(highlights, 'highlight') : 'No highlights'}</h3>
          <HighlightsOf
            key={id}
            id={id}
            label={`Highlights of ${titleOf(paper)}`}
            library={library}
            notices={notices}
            say={on.say}
            onCount={(count) => on.row(id, { highlights: count })}
            onExport={() => exportOne(id)}
          />
        </section>
      )}
      <NearOf key={id} id={id} library={library} notices={notices} />
    </section>
  );
}
