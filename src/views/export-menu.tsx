// `Export`: the whole library, or some of its papers, as a file in the format that is chosen.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExportFormat, Files } from '../library/files';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { DropMenu } from '../ui/drop-menu';
import { Icon } from '../ui/icon';
import { counted } from '../ui/words';
import { download } from './file';
import { ProgressBar } from './progress-bar';
import { sentence } from './sentence';

const choices: [format: ExportFormat, name: string, what: string][] = [
  ['json', 'JSON', 'Everything, complete. Import it here again, also in another browser.'],
  ['bibtex', 'BibTeX', 'For LaTeX and reference managers, with tags and notes. No highlights.'],
  ['ris', 'RIS', 'For Zotero, EndNote and others, with tags and notes. No highlights.'],
  ['cslJson', 'CSL-JSON', 'For Pandoc and Zotero, with tags, notes and states. No highlights.'],
  ['csv', 'CSV', 'A table for spreadsheets, one paper a row, with notes and highlights.'],
  ['markdown', 'Markdown', 'One file to read: titles, notes and highlights.'],
  ['notes', 'Zip of notes', 'One Markdown file a paper, for Obsidian and Logseq.'],
  ['annotations', 'W3C annotations', 'Highlights and their comments alone, for other annotators.'],
];

/** An export of fewer papers is done before anyone could read how far it is. */
const worthTelling = 2_000;

interface Props {
  files: Files;
  say: (said: Said) => void;
}

/** Exports that go on while the page is there, whatever happens to the button that began one. */
export interface Exports {
  /** Of these papers, in this order, as they are now; else of the whole library. */
  write(format: ExportFormat, ids?: PaperId[]): Promise<void>;
  /** How far it is, where that takes long enough to be read. */
  bar: ComponentChildren;
  busy: boolean;
}

/** Writes files, one at a time. */
export function useExport({ files, say }: Props): Exports {
  const [progress, setProgress] = useState<{ done: number; of: number }>();
  const [busy, setBusy] = useState<AbortController>();
  const now = useRef(busy);
  now.current = busy;
  useEffect(() => () => now.current?.abort(), []);

  const write = async (format: ExportFormat, ids?: PaperId[]) => {
    const stop = new AbortController();
    setBusy(stop);
    try {
      const { name, file, papers } = await files.write(format, ids, {
        signal: stop.signal,
        progress: (at) => {
          if (at.of > worthTelling) setProgress(at);
        },
      });
      download(name, file, file.type);
      say({ text: `${counted(papers, 'paper')} written to ${name}.` });
    } catch (cause) {
      say({ text: stop.signal.aborted ? 'Nothing was exported.' : sentence(cause) });
    }
    setProgress(undefined);
    setBusy(undefined);
  };
  const bar = progress && (
    <div class="exporting">
      <ProgressBar name="Writing the file" {...progress} onStop={() => busy?.abort()} />
    </div>
  );
  return { write, bar, busy: busy !== undefined };
}

const choicesOf = ({ write }: Exports, ids?: PaperId[]) =>
  choices.map(([format, name, what]) => ({
    name,
    what,
    onChoose: () => void write(format, ids),
  }));

/** The button `Export` writes all that there is; `More formats` has what other programs read. */
export function ExportButton({ exports }: { exports: Exports }) {
  const { write, bar, busy } = exports;
  return (
    <>
      <div class="split">
        <button
          type="button"
          class="plain"
          title="The whole library as JSON, complete: it can be imported here again, also in another browser"
          disabled={busy}
          onClick={() => void write('json')}
        >
          <Icon name="download" />
          Export
        </button>
        <DropMenu
          {...{ small: true, name: 'More formats', icon: 'unfold', disabled: busy }}
          head="The whole library as"
          choices={choicesOf(exports)}
        />
      </div>
      {bar}
    </>
  );
}

/** The menu `Export selected`: these papers, in this order. */
export function ExportSelected({ ids, exports }: { ids: PaperId[]; exports: Exports }) {
  return (
    <DropMenu
      {...{ name: 'Export selected', icon: 'download', disabled: exports.busy }}
      head={`${counted(ids.length, 'paper')} as`}
      choices={choicesOf(exports, ids)}
    />
  );
}

/** Writes one paper with its note and highlights, as Markdown. */
export function useExportOne(props: Props): (id: PaperId) => void {
  const { write } = useExport(props);
  return (id) => void write('markdown', [id]);
}
