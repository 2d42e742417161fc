// The library page: all that the person kept, found by its words, tidied by many at once, read in full beside the list.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { KeptRow as Kept, Reading } from '../library/api';
import type { Files } from '../library/files';
import { type PaperId, paperUrl } from '../paper';
import { Toast } from '../ui/controls';
import { Facets } from '../ui/facets';
import { Icon } from '../ui/icon';
import { BlankRow, KeptRow, type RowActs } from '../ui/kept-row';
import { NoRows, OrderChoice } from '../ui/library-head';
import { LibraryList } from '../ui/library-list';
import { SearchBox } from '../ui/search-box';
import { counted, number } from '../ui/words';
import { go, type Place, placeOf, printPlace } from './address';
import { Bin } from './bin';
import { bulkOf, useBulk } from './bulk';
import { BulkBar } from './bulk-bar';
import { ExportButton } from './export-menu';
import { useFacets } from './facets';
import { FailureNotice } from './failure-notice';
import { ImportButton } from './import-dialog';
import { followLibraryKeys, type KeyAct, KeysHelp } from './library-keys';
import { useMedia } from './media';
import { asked, useOrder } from './ordering';
import { PaperDetail, type Part } from './paper-detail';
import { downloadPdf } from './pdf';
import { hasTerm, hasWords, tagTerm, toggleTerm } from './query-terms';
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

const nextState: Record<Reading, Reading> = { unread: 'reading', reading: 'read', read: 'unread' };

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
  const [active, setActive] = useState<{ at: number; id: PaperId | undefined }>();
  const [dialog, setDialog] = useState<'tags' | 'bin' | 'keys'>();
  const [drawer, setDrawer] = useState(false);
  const [tagging, setTagging] = useState(0);
  const [changes, setChanges] = useState(0);
  const [singleKeys, setSingleKeys] = useState(true);
  const field = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const shelf = useMemo(() => followShelf(library, setState), [library]);
  const wide = useMedia('(min-width: 960px)');
  const { said, say, undo } = useUndo();
  const { progress, run } = useBulk(say);
  const { orderOf, choose } = useOrder();
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
    (wide || drawer) && state.loaded ? question.query : undefined,
    changes,
  );

  const find = (next: string, nextOrder = orderOf(hasWords(next))) => {
    setQuery(next);
    setActive(undefined);
    selection.clear();
    scrollTo({ top: 0 });
    go({ query: next, ...(shown && { paper: shown }) });
    shelf.find({ query: next, order: asked(nextOrder, hasWords(next)) });
  };
  const toggle = (term: string) => find(toggleTerm(query, term));

  const show = (paper: PaperId | undefined, part?: Part) => {
    setShown(paper);
    setWish(paper && { ...(part && { part }), time: Date.now() + Math.random() });
    go({ query, ...(paper && { paper }) });
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
    addEventListener(
      'popstate',
      () => {
        const there = placeOf(location.search);
        setShown(there.paper);
        setQuery(there.query);
        shelf.find({ query: there.query, order: asked(order, searching) });
      },
      { signal: gone.signal },
    );
    void settings();
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

  // A paper keeps the focus where others come before it; where it went, its place has it.
  let at = active?.at;
  if (active?.id !== undefined && rows.get(active.at)?.id !== active.id) {
    for (const [place, row] of rows) if (row.id === active.id) at = place;
  }
  if (at !== undefined && places > 0) at = Math.min(at, places - 1);
  const current = at === undefined ? undefined : rows.get(at);

  const head = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = head.current;
    if (!element) return;
    // What sticks below it, and what scrolls into view, has to know its height.
    const { style } = document.documentElement;
    const sized = new ResizeObserver(() =>
      style.setProperty('--head', `${element.offsetHeight}px`),
    );
    sized.observe(element);
    return () => sized.disconnect();
  }, []);

  /** Focus is wanted in the active row as soon as it is there; it was in the list when it was drawn last. */
  const focus = useRef({ wanted: false, was: false });
  useLayoutEffect(() => {
    const list = main.current;
    const row = list?.querySelector<HTMLElement>(`[data-at="${at}"]`);
    const lost = focus.current.was && document.activeElement === document.body;
    if (row && (focus.current.wanted || lost)) {
      const link = row.querySelector<HTMLElement>('.title a');
      (link ?? row).focus({ preventScroll: true });
      if (focus.current.wanted) row.scrollIntoView?.({ block: 'nearest' });
      if (link) focus.current.wanted = false;
    }
    focus.current.was = Boolean(list?.contains(document.activeElement));
  });

  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, places - 1));
    const row = rows.get(next);
    focus.current.wanted = true;
    setActive({ at: next, id: row?.id });
    if (shown && row && wide) {
      setShown(row.id);
      setWish(undefined);
      go({ query, paper: row.id });
    }
    return next;
  };
  const close = () => {
    show(undefined);
    focus.current.wanted = at !== undefined;
    shelf.noticed();
  };

  const on: RowActs = {
    select: (place, range) => {
      setActive({ at: place, id: rows.get(place)?.id });
      if (range) selection.extend(place);
      else selection.toggle(place);
    },
    open: ({ id }, place) => {
      setActive({ at: place, id });
      show(id);
    },
    save: ({ id, paper, saved }) => {
      // Else the next row would slide under the pointer, and a second click would take that one off.
      if (saved) shelf.hold(id);
      saving.toggle(paper, saved);
    },
    note: ({ id }, place) => {
      setActive({ at: place, id });
      show(id, 'note');
    },
    highlights: ({ id }, place) => {
      setActive({ at: place, id });
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
  const doKey = (act: KeyAct, key: string): boolean => {
    const scrolls = key.length > 1 && /Arrow|Home|End|Delete/.test(key);
    if (scrolls && document.activeElement?.closest('.detail, .aside')) return false;
    const row = current && wished(current);
    const range = (by: 1 | -1) => {
      if (at === undefined) return;
      if (!many) selection.toggle(at);
      selection.extend(move(at + by));
    };
    const own: Record<KeyAct, () => unknown> = {
      next: () => places > 0 && [move(at === undefined ? 0 : at + 1)],
      previous: () => places > 0 && [move(at === undefined ? 0 : at - 1)],
      first: () => places > 0 && [move(0)],
      last: () => places > 0 && [move(places - 1)],
      selectNext: () => at !== undefined && [range(1)],
      selectPrevious: () => at !== undefined && [range(-1)],
      open: () => row && [show(row.id)],
      page: () => row && [open(paperUrl(row), '_blank', 'noopener')],
      save: () => row && [on.save(row)],
      note: () => row && [show(row.id, 'note')],
      tag: () => (many ? [setTagging(tagging + 1)] : row && [show(row.id, 'tags')]),
      state: () =>
        many
          ? [document.querySelector<HTMLElement>('.bulk select')?.focus()]
          : row && [on.read(row, nextState[row.reading])],
      remove: () => {
        const ids = many ? [...selection.ids] : row ? [row.id] : [];
        selection.clear();
        return ids.length > 0 && [run(ids, bulks.remove())];
      },
      select: () => at !== undefined && [selection.toggle(at)],
      all: () => places > 0 && [selection.all()],
      undo,
      search: () => [field.current?.focus(), field.current?.select()],
      help: () => [setDialog('keys')],
      clear: () => {
        if (drawer) return [setDrawer(false)];
        if (many && !document.activeElement?.closest('.detail')) return [selection.clear()];
        return shown && [close()];
      },
    };
    return Boolean(own[act]());
  };
  const latest = useRef({ doKey, singleKeys });
  latest.current = { doKey, singleKeys };
  useEffect(() => {
    const gone = new AbortController();
    followLibraryKeys(
      () => latest.current.singleKeys,
      (act, key) => latest.current.doKey(act, key),
      gone.signal,
    );
    return () => gone.abort();
  }, []);

  const toast = <Toast said={said} onClose={() => say(undefined)} />;
  const over = shown && !wide;
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
            <ExportButton files={files} say={say} />
            <ImportButton files={files} library={library} />
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
        {many ? (
          <BulkBar {...{ selection, total, tagging, library, files, notices, say, run }} />
        ) : (
          <div class="bar">
            <span class="count" role="status">
              {state.loaded &&
                state.kept > 0 &&
                counted(total, 'paper') + (question.query.trim() ? ' found' : '')}
            </span>
            {!wide && state.kept > 0 && (
              <button type="button" class="plain" onClick={() => setDrawer(true)}>
                <Icon name="filter" />
                Filters
              </button>
            )}
            {state.kept > 0 && (
              <OrderChoice
                {...{ order, searching }}
                onOrder={(next) => {
                  choose(searching, next);
                  find(query, next);
                }}
              />
            )}
          </div>
        )}
        {progress && (
          <div class="progress" role="status">
            <span>{`${progress.doing}: ${number(progress.done)} of ${number(progress.of)}`}</span>
            <progress aria-label={progress.doing} value={progress.done} max={progress.of} />
            <button type="button" class="plain" onClick={progress.cancel}>
              Cancel
            </button>
          </div>
        )}
      </header>
      <div class="columns" data-open={shown ? '' : undefined}>
        {(wide ? state.kept > 0 : drawer) && (
          <aside class="aside" aria-label="Filters" inert={over}>
            {!wide && (
              <div class="line">
                <h2>Filters</h2>
                <button type="button" class="plain" onClick={() => setDrawer(false)}>
                  Done
                </button>
              </div>
            )}
            <Facets
              facets={facets}
              pending={counting}
              isOn={(term) => hasTerm(query, term)}
              onToggle={toggle}
            />
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
            if (there !== at) setActive({ at: there, id: rows.get(there)?.id });
          }}
        >
          {warning}
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
          {state.loaded && places === 0 && <NoRows kept={state.kept} onClear={() => find('')} />}
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
          {toast}
        </TagsDialog>
      )}
      {dialog === 'bin' && (
        <Bin {...{ library, notices, say }} onClose={() => setDialog(undefined)}>
          {toast}
        </Bin>
      )}
      {dialog === 'keys' && <KeysHelp on={singleKeys} onClose={() => setDialog(undefined)} />}
      {(!dialog || dialog === 'keys') && toast}
    </>
  );
}
