// The menu `Copy citation` of one paper: in each form that people paste.
import { useRef } from 'preact/hooks';
import type { Citation, Files } from '../library/files';
import type { Paper } from '../paper';
import type { Said } from '../ui/controls';
import { DropMenu } from '../ui/drop-menu';

const forms: [name: string, what: string, of: (citation: Citation) => Record<string, string>][] = [
  ['BibTeX', 'An entry for LaTeX', ({ bibtex }) => ({ 'text/plain': bibtex })],
  ['RIS', 'A record for Zotero, EndNote and others', ({ ris }) => ({ 'text/plain': ris })],
  ['Markdown', 'A link with the title', ({ markdown }) => ({ 'text/plain': markdown })],
  [
    'Rich link',
    'A link with the title, for mails and documents',
    ({ html, text }) => ({ 'text/html': html, 'text/plain': text }),
  ],
  ['Plain text', 'Authors, title, year and address', ({ text }) => ({ 'text/plain': text })],
];

interface Props {
  files: Pick<Files, 'cite'>;
  paper: Paper;
  /** Says what was copied, in a status. */
  say: (said: Said) => void;
}

export function CopyCitation({ files, paper, say }: Props) {
  /** Made when the menu opens: browsers let only a fresh click write to the clipboard. */
  const citation = useRef<Promise<Citation> | undefined>(undefined);
  const copy = async (name: string, of: (typeof forms)[number][2]) => {
    try {
      const made = of(await (citation.current ?? files.cite(paper)));
      const blobs = Object.entries(made).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      say({ text: `Copied as ${name}.` });
    } catch {
      say({ text: 'The browser did not let it be copied. Try again, or export the paper.' });
    }
  };
  return (
    <DropMenu
      name="Copy citation"
      icon="copy"
      onOpen={() => {
        citation.current = files.cite(paper);
        // What is wrong with it is said when one is chosen.
        citation.current.catch(() => {});
      }}
      choices={forms.map(([name, what, of]) => ({
        name,
        what,
        onChoose: () => void copy(name, of),
      }))}
    />
  );
}
