// A note's Markdown as VNodes: no HTML is ever made, and nothing is loaded.
import { lexer, type MarkedToken, type Token } from 'marked';
import type { ComponentChildren } from 'preact';

/** Beyond these a note is shown as plain text: nesting and length cost time, and no person writes such a note. */
const deepest = 24;
const longest = 100_000;

/** `url` if a person may follow it from a note, else undefined. */
function safe(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed && ['http:', 'https:', 'mailto:'].includes(parsed.protocol)
    ? parsed.href
    : undefined;
}

function Link({ href, children }: { href: string; children: ComponentChildren }) {
  const url = safe(href);
  if (!url) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function all(tokens: Token[] | undefined, depth: number): ComponentChildren {
  if (depth > deepest) throw new RangeError('nested too deep');
  return tokens?.map((token) => one(token as MarkedToken, depth + 1));
}

function one(token: MarkedToken, depth: number): ComponentChildren {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      // One level for all: a note may skip levels, a page may not.
      return <h2 data-depth={token.depth}>{all(token.tokens, depth)}</h2>;
    case 'paragraph':
      return <p>{all(token.tokens, depth)}</p>;
    case 'blockquote':
      return <blockquote>{all(token.tokens, depth)}</blockquote>;
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'list': {
      const items = token.items.map((item) => (
        <li class={item.task ? 'task' : undefined}>{all(item.tokens, depth)}</li>
      ));
      if (!token.ordered) return <ul>{items}</ul>;
      return <ol start={token.start === '' ? 1 : token.start}>{items}</ol>;
    }
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {token.header.map((cell) => (
                <th>{all(cell.tokens, depth)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {token.rows.map((row) => (
              <tr>
                {row.map((cell) => (
                  <td>{all(cell.tokens, depth)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'hr':
      return <hr />;
    case 'br':
      return <br />;
    case 'strong':
      return <strong>{all(token.tokens, depth)}</strong>;
    case 'em':
      return <em>{all(token.tokens, depth)}</em>;
    case 'del':
      return <del>{all(token.tokens, depth)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'link':
      return <Link href={token.href}>{all(token.tokens, depth)}</Link>;
    case 'image':
      return <Link href={token.href}>{token.text || token.href}</Link>;
    case 'text':
      return 'tokens' in token && token.tokens ? all(token.tokens, depth) : token.text;
    case 'escape':
      return token.text;
    default:
      // HTML too: it is shown as the text that was typed.
      return token.raw;
  }
}

/** The note `text` rendered. Any string is allowed; one that cannot be rendered is shown as it was typed. */
export function Markdown({ text }: { text: string }) {
  let shown: ComponentChildren;
  try {
    if (text.length > longest) throw new RangeError('too long');
    shown = all(lexer(text, { gfm: true, breaks: true }), 0);
  } catch {
    shown = <p class="plain">{text}</p>;
  }
  return <div class="markdown">{shown}</div>;
}
