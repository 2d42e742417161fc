// `Export`, its other formats and `Import`, each with what it did in plain words.
import { useRef, useState } from 'preact/hooks';
import type { PaperId } from '../paper';
import { Icon } from '../ui/icon';
import { counted, imported, number } from '../ui/words';
import { download } from './file';
import type { Library } from './reach';
import { sentence } from './sentence';

/** Bytes. The text goes to the background as one message of at most 64 MB, in which quotes and line ends count twice. */
const largestFile = 50_000_000;

/**
 * The text of a chosen file.
 * @throws Error with a plain sentence when it is too large, before any of it is read
 */
async function textOf(chosen: File): Promise<string> {
  if (chosen.size > largestFile) {
    const megabytes = (bytes: number) => `${number(Math.ceil(bytes / 1_000_000))} MB`;
    throw new Error(
      `This file is too large: it has ${megabytes(chosen.size)}, and an import takes up to ${megabytes(largestFile)}. Choose an exported file, or split its papers into several files.`,
    );
  }
  return chosen.text();
}

/** The name of a file of today. */
function dated(what: string, ending: string): string {
  return `paper-margin-${what}${new Date().toISOString().slice(0, 10)}.${ending}`;
}

/** `Export`, its other formats and `Import`, each with what it did in plain words. */
export function Exchange({ library, say }: { library: Library; say: (lines: string[]) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);

  const during = async (work: () => Promise<string[]>) => {
    setBusy(true);
    try {
      say(await work());
    } catch (cause) {
      say([sentence(cause)]);
    }
    setBusy(false);
  };
  const exportAll = () =>
    during(async () => {
      const name = dated('', 'json');
      download(name, await library.exportJson(), 'application/json');
      return [`Your library was written to ${name}.`];
    });
  const exportAnnotations = () =>
    during(async () => {
      const name = dated('highlights-', 'jsonld');
      download(name, await library.exportAnnotations(), 'application/ld+json');
      return [`Your highlights were written to ${name}.`];
    });
  const exportMarkdown = () =>
    during(async () => {
      const name = dated('', 'md');
      download(name, await library.exportMarkdown(), 'text/markdown');
      return [`Your notes and highlights were written to ${name}.`];
    });
  const formats = useRef<HTMLDetailsElement>(null);
  /** Closes the menu, and brings the focus back to it. */
  const choose = (work: () => Promise<void>) => () => {
    if (formats.current) formats.current.open = false;
    formats.current?.querySelector('summary')?.focus();
    void work();
  };
  const importOne = (chosen: File) =>
    during(async () => imported(await library.importJson(await textOf(chosen))));

  return (
    <div class="exchange">
      <button type="button" class="plain" disabled={busy} onClick={() => void exportAll()}>
        <Icon name="download" />
        Export
      </button>
      <details
        class="formats"
        ref={formats}
        onKeyDown={(event) => {
          if (event.key === 'Escape') choose(async () => {})();
        }}
        onFocusOut={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
        }}
      >
        <summary class="square" title="More formats">
          <Icon name="unfold" />
          <span class="hidden">More formats</span>
        </summary>
        <div>
          <button type="button" class="plain" disabled={busy} onClick={choose(exportAnnotations)}>
            Highlights as W3C annotations
          </button>
          <button type="button" class="plain" disabled={busy} onClick={choose(exportMarkdown)}>
            Notes and highlights as Markdown
          </button>
        </div>
      </details>
      <button type="button" class="plain" disabled={busy} onClick={() => file.current?.click()}>
        <Icon name="upload" />
        Import
      </button>
      <input
        ref={file}
        type="file"
        accept=".json,.jsonld,application/json,application/ld+json"
        hidden
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0];
          if (chosen) void importOne(chosen);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** `Export selected`: notes and highlights of these papers, as Markdown. */
export function ExportSelected({
  ids,
  library,
  say,
}: {
  ids: () => PaperId[];
  library: Library;
  say: (text: string) => void;
}) {
  const write = async () => {
    try {
      const name = dated('', 'md');
      download(name, await library.exportMarkdown(ids()), 'text/markdown');
      say(`${counted(ids().length, 'paper')} written to ${name}.`);
    } catch (cause) {
      say(sentence(cause));
    }
  };
  return (
    <button type="button" class="plain" onClick={() => void write()}>
      <Icon name="download" />
      Export selected
    </button>
  );
}
