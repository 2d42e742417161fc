// The library page: what the person kept, found by its words, with its notes, and the file to carry it all.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Files } from '../library/files';
import type { PaperId } from '../paper';
import { Notice, type Said, Toast } from '../ui/controls';
import { Icon } from '../ui/icon';
import { KeptRow } from '../ui/kept-row';
import { counted, number } from '../ui/words';
import { ExportMenu } from './export-menu';
import { download } from './file';
import { HighlightsOf } from './highlights';
import { ImportButton } from './import-dialog';
import { followKept, type KeptState } from './kept';
import { NearOf } from './near';
import { NoteOf } from './note';
import { downloadPdf } from './pdf';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useSaving } from './saving';
import { sentence } from './sentence';

interface Props {
  library: Library;
  files: Files;
  notices: Notices;
  drafts: Drafts;
  /** The words to begin with. */
  query?: string;
}

function Empty({ state }: { state: KeptState }) {
  if (state.kept === 0) {
    return (
      <div class="empty">
        <h2>Nothing is kept here yet</h2>
        <p>
          Open a paper on arXiv or Hugging Face and press Save, or write a note. Papers that you
          save or note appear here.
        </p>
        <a class="plain" href="popup.html">
          Today’s papers
        </a>
      </div>
    );
  }
  return (
    <div class="empty">
      <h2>Nothing found</h2>
      <p>No kept paper has all these words in its title, authors, note, highlights or id.</p>
    </div>
  );
}

function Skeletons() {
  return (
    <div aria-hidden="true">
      {[80, 62, 71, 55].map((width) => (
        <div class="kept" key={width}>
          <div class="body">
            <i class="bone" style={{ width: `${width}%` }} />
            <i class="bone thin" style={{ width: '44%' }} />
            <i class="bone thin" style={{ width: '30%' }} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Calls `seen` when its end of the page comes near. */
function End({ seen }: { seen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen();
      },
      { rootMargin: '400px' },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [seen]);
  return <div ref={mark} />;
}

/**
 * The whole page. `data-state` on `<html>`: `loading` while an answer is still to come, else `ready`. `data-index` is
 * `building` while a search cannot find all papers yet.
 */
export function LibraryPage({ library, files, notices, drafts, query = '' }: Props) {
  const [state, setState] = useState<KeptState>();
  const [said, setSaid] = useState<Said>();
  const [open, setOpen] = useState<ReadonlySet<PaperId>>(new Set());
  const [marked, setMarked] = useState<ReadonlySet<PaperId>>(new Set());
  /** Rows in which something may be typed. */
  const openNow = useRef<ReadonlySet<PaperId>>(new Set());
  const kept = useMemo(() => followKept(library, setState), [library]);
  const saving = useSaving(library, kept.update, setSaid);
  const reading = useReading(library, kept.update, setSaid);

  useEffect(() => {
    const gone = new AbortController();
    notices(({ all, index, papers }) => {
      // What is typed into an open note or comment must not search its own row away.
      if (all || index || papers?.some((id) => !openNow.current.has(id))) kept.noticed();
    }, gone.signal);
    kept.find(query);
    return () => gone.abort();
  }, [kept, notices, query]);

  const pending = state?.pending ?? true;
  useLayoutEffect(() => {
    document.documentElement.dataset.state = pending ? 'loading' : 'ready';
  }, [pending]);

  const { indexing } = state ?? {};
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (indexing) dataset.index = 'building';
    else delete dataset.index;
  }, [indexing]);

  /** Opens or closes the note or the highlights of a row. */
  const flip = (id: PaperId, what: 'note' | 'highlights') => {
    const next = new Set(what === 'note' ? open : marked);
    if (!next.delete(id)) next.add(id);
    openNow.current = new Set([...next, ...(what === 'note' ? marked : open)]);
    (what === 'note' ? setOpen : setMarked)(next);
    if (!next.has(id)) kept.noticed();
  };
  const exportOne = async (id: PaperId) => {
    try {
      const name = `${id.replace('/', '-')}.md`;
      const { signal } = new AbortController();
      const { file } = await files.write('markdown', [id], { signal, progress: () => {} });
      download(name, file, file.type);
      setSaid({ text: `Written to ${name}.` });
    } catch (cause) {
      setSaid({ text: sentence(cause) });
    }
  };

  const rows = state?.rows ?? [];
  const searched = state?.query.trim() ? ' found' : '';
  const count = state?.loaded && state.kept > 0 ? counted(state.total, 'paper') + searched : '';
  return (
    <>
      <header>
        <div class="line">
          <h1>Library</h1>
          <span class="count">{count}</span>
          <div class="exchange">
            <ExportMenu files={files} say={setSaid} />
            <ImportButton files={files} library={library} />
          </div>
        </div>
        <label class="search">
          <Icon name="search" />
          <span class="hidden">Search your library</span>
          <input
            type="search"
            placeholder="Search title, authors, note, highlights or id"
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            autofocus
            defaultValue={query}
            onInput={({ currentTarget }) => kept.find(currentTarget.value)}
          />
        </label>
        <div class="report" role="status">
          {indexing && (
            <p>
              {`Your library is being made ready for search: ${number(indexing.done)} of ${counted(indexing.of, 'paper')}. Not all can be found yet.`}
            </p>
          )}
        </div>
      </header>
      <main aria-busy={pending}>
        {state?.failure && (
          <Notice tone="warn" action="Try again" onAction={kept.noticed}>
            {state.failure}
          </Notice>
        )}
        {!state?.loaded && !state?.failure && <Skeletons />}
        <ul class="list" aria-label="Library">
          {rows.map((row) => {
            const saved = saving.isSaved(row.id, row.saved);
            return (
              <KeptRow
                key={row.id}
                kept={{ ...row, saved, reading: reading.of(row.id, row.reading) }}
                noteOpen={open.has(row.id)}
                highlightsOpen={marked.has(row.id)}
                onSave={() => {
                  // Else the next row would slide under the pointer, and a second click would take that one off.
                  if (saved) kept.hold(row.id);
                  saving.toggle(row.paper, saved);
                }}
                onNote={() => flip(row.id, 'note')}
                onHighlights={() => flip(row.id, 'highlights')}
                onReading={(chosen) => reading.set(row.paper, chosen)}
                onDownload={() => void downloadPdf(row.paper)}
              >
                {open.has(row.id) && (
                  <NoteOf id={row.id} writing library={library} notices={notices} drafts={drafts} />
                )}
                {marked.has(row.id) && (
                  <HighlightsOf
                    id={row.id}
                    label={`Highlights of ${row.paper.title || `arXiv:${row.id}`}`}
                    library={library}
                    notices={notices}
                    say={setSaid}
                    onCount={(count) => kept.counted(row.id, count)}
                    onExport={() => void exportOne(row.id)}
                  />
                )}
                {(open.has(row.id) || marked.has(row.id)) && (
                  <NearOf id={row.id} library={library} notices={notices} />
                )}
              </KeptRow>
            );
          })}
        </ul>
        {state?.loaded && rows.length === 0 && <Empty state={state} />}
        {state?.more && (
          <>
            <End key={rows.length} seen={kept.more} />
            <button type="button" class="plain more" onClick={kept.more}>
              Show more
            </button>
          </>
        )}
      </main>
      <Toast said={said} onClose={() => setSaid(undefined)} />
    </>
  );
}
