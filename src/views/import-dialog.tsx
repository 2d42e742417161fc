// `Import`: a file or a pasted text is read, compared with the library and shown, and merged only when the person says so.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Files, Preview, PreviewGroup } from '../library/files';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { counted, imported, number } from '../ui/words';
import { watched } from './cut-off';
import { type Imported, importAll } from './importing';
import { ProgressBar } from './progress-bar';
import type { Library } from './reach';
import { sentence } from './sentence';

interface Props {
  files: Files;
  library: Pick<Library, 'importRecords'>;
}

/** A file that is there already, a backup: nothing is to be chosen. */
export interface Given {
  title: string;
  /** @throws Error with a plain sentence */
  file(): Promise<Blob>;
  /** It was merged, or a part of it. */
  onDone?(): void;
}

type State =
  /** `asks`: the browser's choice of a file opens by itself. */
  | { step: 'choose'; asks?: boolean; failure?: string }
  | { step: 'reading'; done: number; of: number }
  | { step: 'preview'; preview: Preview; source: Blob | string }
  /** Of a given file. */
  | { step: 'failed'; failure: string }
  | { step: 'importing'; done: number; of: number }
  | { step: 'done'; preview: Preview; result: Imported };

const groups: [PreviewGroup, heading: string, says: string][] = [
  ['new', 'New', 'They come into your library.'],
  [
    'changed',
    'Changes',
    'What is missing here is added, and none of your texts is overwritten. Tags, the reading state and whether a paper is saved follow what was said last, here or in the file.',
  ],
  ['conflict', 'Notes that differ', 'Both notes are kept, yours first.'],
  [
    'removed',
    'Go to the bin',
    'The file says that they were removed after you last changed them here. They stay in the bin for 30 days with all they have.',
  ],
  [
    'stays',
    'Already here, with other details in the file',
    'Nothing changes: your title, authors, date and DOI stay.',
  ],
  ['same', 'Already here', 'Nothing changes.'],
];

/** How often what is still missing is counted, ms. */
const countAgain = 3_000;

/** The button `Import` and its dialog. */
export function ImportButton({ onClosed, ...props }: Props & { onClosed: () => void }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClosed();
  };
  return (
    <>
      <button type="button" class="plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="upload" />
        Import
      </button>
      {open && (
        <Dialog title="Import papers" stays onClose={close}>
          <Import {...props} onClose={close} />
        </Dialog>
      )}
    </>
  );
}

/** The same dialog for a file that is given. Papers that were removed since come back, unless the person says no. */
export function RestoreFrom({
  given,
  onClose,
  ...props
}: Props & { given: Given; onClose: () => void }) {
  return (
    <Dialog title={given.title} stays onClose={onClose}>
      <Import {...props} given={given} onClose={onClose} />
    </Dialog>
  );
}

function Import({
  files,
  library,
  given,
  onClose,
}: Props & { given?: Given; onClose: () => void }) {
  const [state, setState] = useState<State>(
    given ? { step: 'reading', done: 0, of: 0 } : { step: 'choose', asks: true },
  );
  const work = useRef<AbortController | undefined>(undefined);
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
      work.current?.abort();
    },
    [],
  );
  useEffect(() => {
    // A file that misses the field would else be opened in place of the page.
    const gone = new AbortController();
    for (const event of ['dragover', 'drop'])
      addEventListener(event, (dropped) => dropped.preventDefault(), { signal: gone.signal });
    return () => gone.abort();
  }, []);
  const begin = () => {
    work.current?.abort();
    const next = new AbortController();
    work.current = next;
    return next.signal;
  };

  const readFrom = async (source: Blob | string | Given, returning = false) => {
    const signal = begin();
    setState({ step: 'reading', done: 0, of: 0 });
    try {
      const progress = (at: { done: number; of: number }) => setState({ step: 'reading', ...at });
      const file =
        typeof source === 'string' || source instanceof Blob ? source : await source.file();
      const preview = await files.preview(file, { signal, progress }, returning);
      if (!signal.aborted) setState({ step: 'preview', preview, source: file });
    } catch (cause) {
      if (signal.aborted) return;
      const failure = sentence(cause);
      setState(given ? { step: 'failed', failure } : { step: 'choose', failure });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the given file is read once.
  useEffect(() => {
    if (given) void readFrom(given, true);
  }, []);
  /** The preview that is imported already: clicks come faster than its button goes. */
  const taken = useRef<Preview | undefined>(undefined);
  const apply = async (preview: Preview, source: Blob | string) => {
    if (taken.current === preview) return;
    taken.current = preview;
    const signal = begin();
    setState({ step: 'importing', done: 0, of: preview.records });
    const begun = {
      ...(source instanceof File && { name: source.name }),
      restores: given !== undefined,
    };
    await watched(begun, async () => {
      const result = await importAll(library, preview, {
        signal,
        progress: ({ done, of }) => setState({ step: 'importing', done, of }),
      });
      setState({ step: 'done', preview, result });
      if (result.done > 0 || !result.failure) given?.onDone?.();
      return !gone.current || (result.done === result.of && !result.failure);
    });
  };
  const back = (asks = false) => {
    work.current?.abort();
    setState({ step: 'choose', asks });
  };

  switch (state.step) {
    case 'choose':
      return (
        <>
          <Choose
            asks={state.asks ?? false}
            failure={state.failure}
            onSource={(source) => void readFrom(source)}
          />
          <Missing files={files} />
        </>
      );
    case 'reading':
      return (
        <section class="import" aria-live="polite">
          <ProgressBar
            name="Reading the file"
            done={state.done}
            of={state.of}
            onStop={() => (given ? onClose() : back())}
          />
        </section>
      );
    case 'failed':
      return (
        <section class="import">
          <p class="failure" role="alert">
            {state.failure}
          </p>
          <footer>
            <button type="button" class="plain" onClick={onClose}>
              Cancel
            </button>
          </footer>
        </section>
      );
    case 'preview':
      return (
        <PreviewOf
          preview={state.preview}
          restores={given !== undefined}
          onImport={() => void apply(state.preview, state.source)}
          onReturning={(returning) => void readFrom(state.source, returning)}
          onBack={() => (given ? onClose() : back())}
        />
      );
    case 'importing':
      return (
        <section class="import" aria-live="polite">
          <ProgressBar
            name={given ? 'Restoring' : 'Importing'}
            done={state.done}
            of={state.of}
            says={`${number(state.done)} of ${number(state.of)}`}
            stop="Stop"
            onStop={() => work.current?.abort()}
          />
        </section>
      );
    case 'done':
      return (
        <Report
          files={files}
          preview={state.preview}
          result={state.result}
          onAgain={given ? undefined : () => back(true)}
          onClose={onClose}
        />
      );
  }
}

function Choose({
  asks,
  failure,
  onSource,
}: {
  asks: boolean;
  failure: string | undefined;
  onSource: (source: Blob | string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  // Most people come with a file: the click that opened the dialog opens the browser's choice too.
  useEffect(() => {
    if (asks && navigator.userActivation?.isActive) input.current?.click();
  }, [asks]);
  const [over, setOver] = useState(false);
  const [text, setText] = useState('');
  const field = useId();
  return (
    <section class="import">
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its button does the same by keys. */}
      <div
        class="drop-zone"
        data-over={over ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const source =
            event.dataTransfer?.files[0] ?? event.dataTransfer?.getData('text/plain') ?? '';
          if (source) onSource(source);
        }}
      >
        <button type="button" class="plain" autofocus onClick={() => input.current?.click()}>
          <Icon name="upload" />
          Choose a file
        </button>
        <span>or drop one here</span>
        <input
          ref={input}
          type="file"
          hidden
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.files?.[0];
            if (chosen) onSource(chosen);
          }}
        />
      </div>
      <p class="muted">
        Exports of Paper Margin, PaperMemory and Hypothesis, BibTeX, RIS, CSL-JSON, CSV, and W3C
        annotations; our backups too. Nothing is changed before you have seen what the file holds.
      </p>
      <label for={field}>
        Or paste a list of arXiv ids, DOIs or addresses, or any of these formats
      </label>
      <textarea
        id={field}
        rows={5}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <footer>
        <button type="button" class="plain" disabled={!text.trim()} onClick={() => onSource(text)}>
          Read the text
        </button>
      </footer>
    </section>
  );
}

/** A heading that opens to a list of the first, and how many more there are. */
function Group({
  heading,
  total,
  says,
  open,
  children,
}: {
  heading: string;
  total: number;
  says?: string;
  open?: boolean;
  children: ComponentChildren[];
}) {
  if (total === 0) return null;
  return (
    <details class="group" open={open ?? false}>
      <summary>
        {heading} <span class="count">{number(total)}</span>
      </summary>
      {says && <p class="muted">{says}</p>}
      <ul>{children}</ul>
      {total > children.length && <p class="muted">and {number(total - children.length)} more</p>}
    </details>
  );
}

/** `4 papers are new, 2 change, 1 has a note that differs, 5 are already here.` */
function summary({ groups: { new: fresh, changed, conflict, removed, ...rest } }: Preview): string {
  const here = rest.same.total + rest.stays.total;
  const parts = [
    fresh.total && `${number(fresh.total)} new`,
    changed.total && `${number(changed.total)} with changes`,
    conflict.total && `${number(conflict.total)} with two notes`,
    removed.total && `${number(removed.total)} going to the bin`,
    here > 0 && `${number(here)} already here`,
  ].filter(Boolean);
  const all = fresh.total + changed.total + conflict.total + removed.total + here;
  return all === 0 ? 'No papers.' : `${counted(all, 'paper')}: ${parts.join(', ')}.`;
}

/** What was left out, and what is to be known of the rest. */
function left({ elsewhere, unquoted, topics }: Preview): string[] {
  return [
    topics > 0
      ? `${counted(topics, 'topic')} to follow ${topics === 1 ? 'is' : 'are'} new or changed.`
      : '',
    elsewhere > 0
      ? `Left out, since they are not of a paper: ${counted(elsewhere, 'annotation')}.`
      : '',
    unquoted > 0
      ? `Left out, since they quote nothing (replies, notes on a whole page): ${counted(unquoted, 'annotation')}.`
      : '',
  ].filter(Boolean);
}

const most = 100;

function PreviewOf({
  preview,
  restores,
  onImport,
  onReturning,
  onBack,
}: {
  preview: Preview;
  /** It is a backup. */
  restores: boolean;
  onImport: () => void;
  /** The person wants papers back that they removed, or does not. */
  onReturning: (returning: boolean) => void;
  onBack: () => void;
}) {
  const { format, unit, refused, remarks, records, topics, binned, returning } = preview;
  const { new: fresh, changed, conflict } = preview.groups;
  const papers = fresh.total + changed.total + conflict.total;
  const here = preview.groups.same.total + preview.groups.stays.total;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <section class="import">
      <p role="status">
        {!restores && `Read as ${format}. `}
        {summary(preview)}
      </p>
      {left(preview).map((line) => (
        <p key={line}>{line}</p>
      ))}
      {binned > 0 && (
        <label class="choice">
          <input
            type="checkbox"
            checked={returning}
            onChange={({ currentTarget }) => onReturning(currentTarget.checked)}
          />
          Bring back {counted(binned, 'paper')} that you removed since then
        </label>
      )}
      {groups.map(([group, heading, says]) => (
        <Group
          key={group}
          heading={heading}
          says={says}
          total={preview.groups[group].total}
          open={group === 'conflict' || group === 'removed'}
        >
          {preview.groups[group].papers.map(({ at, id, title, changes, stays }) => (
            <li key={`${at} ${id}`}>
              {title || id}
              {changes && changes.length > 0 && <span class="muted"> {changes.join(', ')}</span>}
              {stays && <span class="muted"> (yours stays: {stays.join(', ')})</span>}
            </li>
          ))}
        </Group>
      ))}
      <Group
        heading="Could not be read"
        {...(records > 0 && {
          says: 'The rest of the file is good, and can be imported without them.',
        })}
        total={refused.length}
        open
      >
        {refused.slice(0, most).map(({ at, why }) => (
          <li key={`${at} ${why}`}>
            {unit === 'line' ? 'Line' : 'Record'} {number(at)} was not read: {why}.
          </li>
        ))}
      </Group>
      <Group heading="Please check" total={remarks.length} open={remarks.length < 4}>
        {remarks.slice(0, most).map(({ at, what }) => (
          <li key={`${at} ${what}`}>
            {at === undefined ? 'The file' : `${unit === 'line' ? 'Line' : 'Record'} ${number(at)}`}
            : {what}.
          </li>
        ))}
      </Group>
      <footer>
        <button type="button" class="plain" onClick={onBack}>
          {restores ? 'Cancel' : 'Back'}
        </button>
        {records > 0 || topics > 0 ? (
          <button type="button" class="plain main" ref={first} onClick={onImport}>
            {[
              restores ? 'Restore' : 'Import',
              papers > 0 ? counted(papers, 'paper') : topics > 0 && counted(topics, 'topic'),
            ]
              .filter(Boolean)
              .join(' ')}
          </button>
        ) : (
          <span class="muted">
            {here > 0 || refused.length === 0
              ? `There is nothing to ${restores ? 'restore' : 'import'}: all of it is here already.`
              : 'No paper was found in it. Choose an exported file, or paste ids or addresses.'}
          </span>
        )}
      </footer>
    </section>
  );
}

/**
 * How many papers still lack a title, counted again until none does.
 * @param all also those that arXiv did not know
 */
function Missing({ files, all = false }: { files: Files; all?: boolean }) {
  /** How many there were at most since this is shown. */
  const most = useRef(0);
  const [{ asked, unknown }, setMissing] = useState({ asked: 0, unknown: 0 });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const count = async () => {
      const now = await files.missing().catch(() => ({ asked: 0, unknown: 0 }));
      if (gone) return;
      most.current = Math.max(most.current, now.asked);
      setMissing(now);
      if (now.asked > 0) timer = setTimeout(count, countAgain);
    };
    void count();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [files]);
  return (
    <>
      {asked > 0 && (
        <p>
          {counted(asked, 'paper')} still {asked === 1 ? 'lacks its' : 'lack their'} title or
          authors. arXiv is asked for them, 100 papers at a time, also after you close this page.{' '}
          <progress aria-label="Papers completed" value={most.current - asked} max={most.current} />
        </p>
      )}
      {all && unknown > 0 && (
        <p>
          {counted(unknown, 'paper')} of your library {unknown === 1 ? 'is' : 'are'} not known at
          arXiv. Look whether the id is right; arXiv is asked again in a week.
        </p>
      )}
    </>
  );
}

function Report({
  files,
  preview,
  result,
  onAgain,
  onClose,
}: {
  files: Files;
  preview: Preview;
  result: Imported;
  onAgain: (() => void) | undefined;
  onClose: () => void;
}) {
  const { report, done, of, failure } = result;
  const last = useRef<HTMLButtonElement>(null);
  useEffect(() => last.current?.focus(), []);
  const refused = preview.refused.length;
  return (
    <section class="import">
      <div role="status">
        {failure && <p class="failure">{failure}</p>}
        {imported(report).map((line) => (
          <p key={line}>{line}</p>
        ))}
        {done < of && (
          <p>
            {`It stopped after ${number(done)} of ${counted(of, 'record')}. What came in stays; import the same file again to go on.`}
          </p>
        )}
        {refused > 0 && <p>{`${counted(refused, 'record')} of the file could not be read.`}</p>}
      </div>
      <Missing files={files} all />
      <footer>
        {onAgain && (
          <button type="button" class="plain" onClick={onAgain}>
            Import more
          </button>
        )}
        <button type="button" class="plain main" ref={last} onClick={onClose}>
          Done
        </button>
      </footer>
    </section>
  );
}
