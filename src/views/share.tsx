// What is shown, as a document that leaves the browser: copied, kept as a file, or as the draft of a mail.
import { asHtml, asMailto, asMarkdown, type Digest } from '../digest/document';
import type { Said } from '../ui/controls';
import { Menu } from '../ui/menu';
import { download } from './file';

/** `LLaMA & friends` -> `-llama-friends` */
function tail(name: string): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word) => `-${word}`)
    .join('')
    .slice(0, 60);
}

interface Props {
  /** The period's name, `2026-08-21`. */
  period: string;
  /** The topic that it is about, for one of a topic's group. */
  topic?: string;
  digest: () => Omit<Digest, 'madeAt'>;
  say: (said: Said) => void;
}

/** The menu `Share`. */
export function Share({ period, topic = '', digest, say }: Props) {
  const made = () => ({ ...digest(), madeAt: Date.now() });
  const name = `paper-margin-${period}${tail(topic)}`;
  const keep = (ending: string, text: string, type: string) => {
    download(`${name}.${ending}`, text, type);
    say({ text: `It was written to ${name}.${ending}.` });
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(asMarkdown(made()));
      say({ text: 'Copied as Markdown.' });
    } catch {
      say({ text: 'The browser did not let it be copied. Download it instead.' });
    }
  };
  return (
    <Menu name={`Share ${topic}`.trim()} label="Share" icon="share">
      {() => (
        <>
          <button type="button" onClick={() => void copy()}>
            Copy as Markdown
          </button>
          <button
            type="button"
            onClick={() => keep('md', asMarkdown(made()), 'text/markdown;charset=utf-8')}
          >
            Download Markdown
          </button>
          <button
            type="button"
            onClick={() => keep('html', asHtml(made()), 'text/html;charset=utf-8')}
          >
            Download HTML
          </button>
          {/* In a popup a mail program that is a web page would open in place of the popup. */}
          <a href={asMailto(made())} target="_blank" rel="noopener">
            Email draft
          </a>
        </>
      )}
    </Menu>
  );
}
