// The library page: all that the person kept, found by its words, tidied by many at once, read in full beside the list.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { KeptRow as Kept, LibraryOrder, Reading } from '../library/api';
import type { Files } from '../library/files';
import type { PaperId } from '../paper';
import { Notice, Toast } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { Facets } from '../ui/facets';
import { Icon } from '../ui/icon';
import { BlankRow, KeptRow, type RowActs } from '../ui/kept-row';
import { ListBar, NoRows, SelectAll } from '../ui/library-head';
import { LibraryList } from '../ui/library-list';
import { SearchBox } from '../ui/search-box';
import { counted, number } from '../ui/words';
import { go, leave, type Place, placeNow, placeOf, printPlace } from './address';
import { Bin } from './bin';
import { bulkOf, useBulk } from './bulk';
import { BulkBar } from './bulk-bar';
import { useCursor } from './cursor';
import { useCutOff } from './cut-off';
import { ExportButton, useExport } from './export-menu';
import { useFacets } from './facets';
import { FailureNotice } from './failure-notice';
import { useHeadHeight } from './head-height';
import { ImportButton } from './import-dialog';
import { actsOf } from './library-acts';
import { KeysHelp, useLibraryKeys } from './library-keys';
import { useMedia } from './media';
import { asked, sameOrder, useOrder } from './ordering';
import { PaperDetail, type Part } from './paper-detail';
import { downloadPdf } from './pdf';
import { ProgressBar } from './progress-bar';
import { hasTerm, hasWords, quotedTag, tagTerm, toggleTerm } from './query-terms';
import type { Drafts, Library, Notices } from './reach';
import { useReading } from './reading';
import { useSaving } from './saving';
import { useSelection } from './selecting';
import { sentence } from './sentence';
import { followShelf, type ShelfState } from './shelf';
import { TagsDialog } from './tags-dialog';
import { useUndo } from './undoing';

interface Props {
  library: Library;
  files: Files;
  notices: Notices;
  drafts: Drafts;
  /** What the address says. */
  place?: Place;
  /** What else a person has to know, above the list. */
  warning?: ComponentChildren;
}

const nothing: ShelfState = {
  question: { query: '' },
  rows: new Map(),
  ...{ places: 0, total: 0, kept: 0, loaded: false, pending: true },
};

/** Is something being typed beside the list? */
const typing = () => document.activeElement?.matches('.detail textarea, .detail input') ?? false;

/**
 * The whole page. `data-state` on `<html>`: `loading` while an answer is still to come, else `ready`. `data-index` is
 * `building` while a search cannot find all papers yet.
 */
export function LibraryPage({
  library,
  files,
  notices,
  drafts,
  place = { query: '' },
  warning,
}: Props) {
  const [state, setState] = useState(nothing);
  const [query, setQuery] = useState(place.query);
  const [shown, setShown] = useState(place.paper);
  const [wish, setWish] = useState<{ part?: Part; time: number }>();
  const [dialog, setDialog] = useState<'tags' | 'bin' | 'keys'>();
  const [drawer, setDrawer] = useState(false);
  const [tagging, setTagging] = useState(0);
  const [changes, setChanges] = useState(0);
  const [singleKeys, setSingleKeys] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const head = useRef<HTMLElement>(null);
  const shelf = useMemo(() => followShelf(library, setState), [library]);
  /** There is room for two columns; for three. */
  const wide = useMedia('(min-width: 960px)');
  const widest = useMedia('(min-width: 1241px)');
  /** The filters stand beside the list; else a button opens them over it. */
  const beside = widest || (wide && !shown);
  const { said, say, undo } = useUndo();
  const { progress, run } = useBulk(say);
  const { orderOf, choose, take } = useOrder();
  const searching = hasWords(query);
  const order = orderOf(searching);
  const patch = useCallback(
    ({ id, saved, reading }: { id: PaperId; saved: boolean; reading: Reading }) =>
      shelf.patch(id, { saved, reading }),
    [shelf],
  );
  const saving = useSaving(library, patch, say);
  const reading = useReading(library, patch, say);
  const { rows, places, total, question } = state;
  const selection = useSelection(
    rows,
    () => library.keptIds(question.query, question.order),
    (cause) => say({ text: sentence(cause) }),
  );
  const { facets, pending: counting } = useFacets(
    library,
    (beside || drawer) && state.loaded ? question.query : undefined,
    changes,
  );

  const exports = useExport({ files, say });
  const { cutOff, look, forget } = useCutOff();
  const cursor = useCursor(rows, places, main);
  const { at } = cursor;
  useHeadHeight(head);

  const ask = (next: string, nextOrder: LibraryOrder) => {
    setQuery(next);
    cursor.clear();
    selection.clear();
    scrollTo({ top: 0 });
    shelf.find({ query: next, order: asked(nextOrder, hasWords(next)) });
  };
  const find = (next: string, nextOrder = orderOf(hasWords(next))) => {
    go({ query: next, order: nextOrder, ...(shown && { paper: shown }) });
    ask(next, nextOrder);
  };
  const toggle = (term: string) => find(toggleTerm(query, term));

  /** A step back is under way that closes a paper. */
  const leaving = useRef(false);

  const show = (paper: PaperId | undefined, part?: Part) => {
    setShown(paper);
    setWish(paper && { ...(part && { part }), time: Date.now() + Math.random() });
    leaving.current = false;
    if (paper) go({ query, paper, order });
    else {
      leaving.current = true;
      if (!leave()) {
        leaving.current = false;
        go({ query, order });
      }
      cursor.focus();
      shelf.noticed();
    }
  };
  const close = () => show(undefined);
  /** `Back` and `Forward` of the browser: all of the entry is there again. */
  const arrive = () => {
    // Our own step back out of a paper: words typed since stay.
    if (leaving.current) {
      leaving.current = false;
      return go({ query, order });
    }
    const there = placeNow();
    const words = hasWords(there.query);
    const thatOrder = there.order ?? orderOf(words);
    take(words, thatOrder);
    setShown(there.paper);
    setWish(there.paper && { time: Date.now() + Math.random() });
    if (there.query !== query || !sameOrder(thatOrder, order)) ask(there.query, thatOrder);
    else if (shown && !there.paper) {
      cursor.focus();
      shelf.noticed();
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: what the page begins with is asked once.
  useEffect(() => {
    const gone = new AbortController();
    const settings = () =>
      library.settings().then(
        ({ keys }) => setSingleKeys(keys),
        () => {},
      );
    notices(({ all, index, papers }) => {
      // What is typed beside the list must not search its own row away.
      const own = papers?.every((id) => id === placeOf(location.search).paper) && typing();
      if (!all && !index && (!papers || own)) return;
      shelf.noticed();
      setChanges((times) => times + 1);
      if (all) void settings();
    }, gone.signal);
    addEventListener('popstate', () => latest.current.arrive(), { signal: gone.signal });
    void settings();
    go({ ...placeNow(), order });
    shelf.find({ query: place.query, order: asked(order, searching) });
    return () => gone.abort();
  }, [library, notices, shelf]);

  const { pending, indexing } = state;
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.state = pending ? 'loading' : 'ready';
    if (indexing) dataset.index = 'building';
    else delete dataset.index;
  }, [pending, indexing]);

  const move = (to: number) => {
    const next = cursor.move(to);
    const row = rows.get(next);
    if (shown && row && wide) {
      setShown(row.id);
      setWish(undefined);
      go({ query, paper: row.id, order });
    }
    return next;
  };

  const on: RowActs = {
    select: (place, range) => {
      cursor.put(place);
      if (range) selection.extend(place);
      else selection.toggle(place);
    },
    open: ({ id }, place) => {
      cursor.put(place);
      show(id);
    },
    save: ({ id, paper, saved }) => {
      // Else the next row would slide under the pointer, and a second click would take that one off.
      if (saved) shelf.hold(id);
      saving.toggle(paper, saved);
    },
    note: ({ id }, place) => {
      cursor.put(place);
      show(id, 'note');
    },
    highlights: ({ id }, place) => {
      cursor.put(place);
      show(id, 'highlights');
    },
    read: ({ paper }, chosen) => reading.set(paper, chosen),
    download: ({ paper }) => void downloadPdf(paper),
    tag: (tag) => toggle(tagTerm(tag)),
  };
  const wished = (row: Kept): Kept => ({
    ...row,
    saved: saving.isSaved(row.id, row.saved),
    reading: reading.of(row.id, row.reading),
  });

  const bulks = bulkOf(library);
  const many = selection.ids.size > 0;
  const acts = actsOf({
    row: cursor.row && wished(cursor.row),
    ...{ at, places, move, selection, on, show, undo },
    tag: () => setTagging(tagging + 1),
    remove: (ids) => void run(ids, bulks.remove()),
    search: () => {
      field.current?.focus();
      field.current?.select();
    },
    help: () => setDialog('keys'),
    ...(shown && { close }),
  });
  useLibraryKeys(singleKeys, acts);
  const latest = useRef({ arrive });
  latest.current = { arrive };

  // Over a dialog, too: else nobody would see it.
  const told = (
    <>
      {progress && (
        <ProgressBar
          name={progress.doing}
          {...progress}
          says={`${number(progress.done)} of ${number(progress.of)}`}
          onStop={progress.cancel}
        />
      )}
      <Toast said={said} onClose={() => say(undefined)} />
    </>
  );
  const over = shown && !wide;
  const filters = (
    <Facets
      facets={facets}
      pending={counting}
      isOn={(term) => hasTerm(query, term)}
      onToggle={toggle}
    />
  );
  return (
    <>
      <header inert={over} ref={head}>
        <div class="line">
          <h1>Library</h1>
          <div class="exchange">
            <button type="button" class="plain" onClick={() => setDialog('tags')}>
              <Icon name="tag" />
              Tags
            </button>
            <button type="button" class="plain" onClick={() => setDialog('bin')}>
              <Icon name="bin" />
              Bin
            </button>
            <ExportButton exports={exports} />
            <ImportButton files={files} library={library} onClosed={look} />
            <button
              type="button"
              class="square quiet"
              title="Keys (?)"
              onClick={() => setDialog('keys')}
            >
              <Icon name="keys" />
              <span class="hidden">Keys</span>
            </button>
          </div>
        </div>
        <SearchBox
          query={query}
          field={field}
          answer={state}
          onInput={(text) => find(text)}
          onDown={() => move(0)}
        />
        <div class="over">
          {state.loaded && (many || total > 0) && (
            <SelectAll
              selected={selection.ids.size}
              total={total}
              onAll={selection.all}
              onNone={selection.clear}
            />
          )}
          {many ? (
            <BulkBar {...{ selection, total, tagging, library, exports, notices, run }} />
          ) : (
            <ListBar
              total={state.loaded && state.kept > 0 ? total : undefined}
              // What says nothing that can be searched for leaves all papers there.
              found={question.query.trim() !== '' && !(state.problem && total === state.kept)}
              {...{ order, searching }}
              onOrder={(next) => {
                choose(searching, next);
                find(query, next);
              }}
              onFilters={beside ? undefined : () => setDrawer(true)}
            />
          )}
        </div>
      </header>
      <div class="columns" data-open={shown ? '' : undefined}>
        {beside && state.kept > 0 && (
          <aside class="aside" aria-label="Filters">
            {filters}
          </aside>
        )}
        <main
          ref={main}
          aria-busy={pending}
          inert={over}
          onFocusIn={({ target }) => {
            const row = (target as Element).closest<HTMLElement>('[data-at]');
            if (!row) return;
            const there = Number(row.dataset.at);
            if (there !== at) cursor.put(there);
          }}
        >
          {warning}
          {cutOff && (
            <Notice tone="warn" onClose={forget}>
              {cutOff}
            </Notice>
          )}
          {state.failure && <FailureNotice failure={state.failure} onRetry={shelf.noticed} />}
          <LibraryList
            label="Library"
            places={state.loaded || state.failure ? places : 6}
            keyOf={(place) => rows.get(place)?.id}
            active={at}
            onView={shelf.around}
            draw={(place, key, placed) => {
              const row = rows.get(place);
              if (!row) return <BlankRow key={key} placed={placed} />;
              return (
                <KeptRow
                  key={key}
                  kept={wished(row)}
                  at={place}
                  placed={placed}
                  selected={selection.ids.has(row.id)}
                  open={row.id === shown}
                  href={printPlace({ query, paper: row.id })}
                  on={on}
                />
              );
            }}
          />
          {state.loaded && places === 0 && (
            <NoRows
              kept={state.kept}
              query={question.query}
              problem={state.problem}
              meant={quotedTag(question.query)}
              onQuery={(next) => find(next)}
            />
          )}
        </main>
        {shown && (
          <PaperDetail
            id={shown}
            row={[...rows.values()].find(({ id }) => id === shown)}
            wish={wish}
            {...{ library, files, notices, drafts }}
            saved={(stored) => saving.isSaved(shown, stored)}
            reading={(stored) => reading.of(shown, stored)}
            on={{
              save: (paper, saved) => {
                if (saved) shelf.hold(paper.id);
                saving.toggle(paper, saved);
              },
              read: reading.set,
              tag: (id, tag, put) => run([id], put ? bulks.tag(tag) : bulks.untag(tag)),
              remove: (id) => {
                close();
                void run([id], bulks.remove());
              },
              row: shelf.patch,
              say,
              close,
            }}
          />
        )}
      </div>
      {dialog === 'tags' && (
        <TagsDialog
          {...{ library, notices, say, run }}
          onFind={(tag) => {
            setDialog(undefined);
            find(tagTerm(tag));
          }}
          onClose={() => setDialog(undefined)}
        >
          {told}
        </TagsDialog>
      )}
      {dialog === 'bin' && (
        <Bin {...{ library, notices, say }} onClose={() => setDialog(undefined)}>
          {told}
        </Bin>
      )}
      {dialog === 'keys' && <KeysHelp on={singleKeys} onClose={() => setDialog(undefined)} />}
      {drawer && !beside && (
        <Dialog title="Filters" as="drawer" onClose={() => setDrawer(false)}>
          {filters}
          <button type="button" class="plain" onClick={() => setDrawer(false)}>
            {`Show ${counted(total, 'paper')}`}
          </button>
        </Dialog>
      )}
      {(!dialog || dialog === 'keys') && told}
    </>
  );
}
