// The menu `Export`: the whole library, or some of its papers, as a file in the format that is chosen.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExportFormat, Files } from '../library/files';
import type { PaperId } from '../paper';
import type { Said } from '../ui/controls';
import { DropMenu } from '../ui/drop-menu';
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
  /** The papers that are meant, in their order. Absent: the whole library. */
  ids?: PaperId[] | undefined;
  say: (said: Said) => void;
}

export function ExportMenu({ files, ids, say }: Props) {
  const [progress, setProgress] = useState<{ done: number; of: number }>();
  const [busy, setBusy] = useState<AbortController>();
  const now = useRef(busy);
  now.current = busy;
  useEffect(() => () => now.current?.abort(), []);

  const write = async (format: ExportFormat) => {
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

  return (
    <>
      <DropMenu
        name="Export"
        icon="download"
        disabled={busy !== undefined}
        head={ids ? `${counted(ids.length, 'paper')} as` : 'The whole library as'}
        choices={choices.map(([format, name, what]) => ({
          name,
          what,
          onChoose: () => void write(format),
        }))}
      />
      {progress && (
        <div class="exporting">
          <ProgressBar name="Writing the file" {...progress} onStop={() => busy?.abort()} />
        </div>
      )}
    </>
  );
}
