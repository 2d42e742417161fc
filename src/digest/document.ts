// The digest as it leaves the browser: an HTML document, Markdown, and the draft of a mail.
import type { DigestPaper } from '../library/api';
import { absUrl, hasHuggingFacePage, huggingFaceUrl } from '../paper';
import { authors, counted, day, linkedCounts, number, sinceYesterday } from '../ui/words';

/**
 * What is to leave. Of the person's own it tells the choice and the order of the papers and the names of the groups: no
 * marks, no notes.
 */
export interface Digest {
  /** Which papers these are, for a person: `Daily Papers, Wednesday, Aug 19, 2026`. */
  heading: string;
  /** In the order in which they are shown. A group without a name holds what is left. */
  groups: { name?: string; papers: DigestPaper[] }[];
  /** ms */
  madeAt: number;
}

/** Signs that a reader cannot see, but that turn the order of what follows. */
const bidi = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text from outside as one line. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(bidi, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The address, if a person may follow it from a document of ours. */
function safe(url: string): string | undefined {
  const parsed = URL.parse(url);
  const good = parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password;
  return good ? parsed.href : undefined;
}

/** Where the title leads. */
function pageOf({ id }: DigestPaper): string {
  return hasHuggingFacePage(id) ? huggingFaceUrl(id) : absUrl({ id });
}

function titleOf({ id, paper }: DigestPaper): string {
  return line(paper.title) || `arXiv:${id}`;
}

function authorsOf({ paper }: DigestPaper): string {
  return authors(paper.authors.map(line).filter(Boolean), 8);
}

/** Upvotes, and how many came since yesterday, each as a few words; what is not known is left out. */
function votesOf({ rise, trending: { upvotes } }: DigestPaper): string[] {
  return [
    upvotes === undefined ? '' : counted(upvotes, 'upvote'),
    rise ? sinceYesterday(rise) : '',
  ].filter(Boolean);
}

/** The same, and what else is known in numbers and names. */
function factsOf(listed: DigestPaper): string[] {
  const { trending } = listed;
  const { comments, organization = '', day: listedOn } = trending;
  return [
    ...votesOf(listed),
    comments === undefined ? '' : counted(comments, 'comment'),
    linkedCounts(trending),
    line(organization),
    listedOn === undefined ? '' : day(line(listedOn)),
  ].filter(Boolean);
}

interface Link {
  text: string;
  url: string;
  /** What stands behind it: `1,234 stars`. */
  more?: string;
}

function linksOf({ id, trending: { code, projectPage } }: DigestPaper): Link[] {
  const links: Link[] = [{ text: 'arXiv', url: absUrl({ id }) }];
  const codeUrl = code && safe(code.url);
  if (codeUrl) {
    const { stars } = code;
    links.push({
      text: line(code.label) || 'Code',
      url: codeUrl,
      ...(stars !== undefined && { more: counted(stars, 'star') }),
    });
  }
  const pageUrl = projectPage && safe(projectPage.url);
  if (pageUrl && pageUrl !== codeUrl)
    links.push({ text: line(projectPage.label) || 'Project page', url: pageUrl });
  return links;
}

/** What it is about, and who says so. */
function gistOf({ paper, trending }: DigestPaper): { head: string; text: string } | undefined {
  const summary = line(trending.aiSummary ?? '');
  if (summary) return { head: 'AI summary, by Hugging Face', text: summary };
  const text = line(paper.abstract);
  return text ? { head: 'Abstract', text } : undefined;
}

function groupsOf({ groups }: Digest): { name: string; papers: DigestPaper[] }[] {
  const filled = groups.filter(({ papers }) => papers.length > 0);
  const named = filled.some(({ name }) => name && line(name));
  return filled.map(({ name = '', papers }) => ({
    name: line(name) || (named ? 'Other papers' : ''),
    papers,
  }));
}

/** How many there are, who made the document, and when. */
function imprint({ groups, madeAt }: Digest): string {
  const total = groups.reduce((sum, { papers }) => sum + papers.length, 0);
  const made = day(new Date(madeAt).toISOString().slice(0, 10));
  return `${counted(total, 'paper')}. Made by Paper Margin on ${made}.`;
}

const css = `
:root { color-scheme: light dark; --ink: #1d1f23; --muted: #62666e; --line: #e4e2dc; --accent: #3448c5; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e7e3; --muted: #a0a5ae; --line: #31353d; --accent: #9daaff; --paper: #17191e }
}
* { box-sizing: border-box; margin: 0; padding: 0 }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 720px; margin: 0 auto; padding: 40px 16px 64px }
h1 { font-size: 26px; line-height: 1.25 }
section > h2 { margin-top: 40px; font-size: 20px; line-height: 1.3 }
ol { margin-top: 16px; list-style: none }
li { padding: 16px 0; border-top: 1px solid var(--line) }
.title { font-size: 17px; line-height: 1.35; font-weight: 650 }
a { color: var(--accent); text-underline-offset: 2px }
.title a { color: inherit; text-decoration: none }
.title a:hover { color: var(--accent); text-decoration: underline }
.muted { color: var(--muted) }
.muted, .links, details { margin-top: 4px; font-size: 14px }
.links > span { margin-inline-end: 14px; line-height: 24px }
summary { line-height: 24px; color: var(--muted); cursor: pointer }
@media print {
  main { max-width: none; padding: 0 }
  li { break-inside: avoid }
  details::details-content { display: block; content-visibility: visible }
  .links a::after { content: " " attr(href); color: var(--muted) }
}
`.trim();

/** Text as HTML's text, also within quotation marks. */
function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function htmlLink({ text, url }: Link): string {
  return `<a href="${html(url)}" rel="noopener noreferrer"><bdi>${html(text)}</bdi></a>`;
}

function htmlPaper(listed: DigestPaper, heading: 'h2' | 'h3'): string {
  const title = { text: titleOf(listed), url: pageOf(listed) };
  const names = authorsOf(listed);
  const facts = factsOf(listed);
  const gist = gistOf(listed);
  const links = linksOf(listed).map(
    (link) => `<span>${htmlLink(link)}${link.more ? ` ${html(link.more)}` : ''}</span>`,
  );
  return [
    '<li><article>',
    `<${heading} class="title" dir="auto">${htmlLink(title)}</${heading}>`,
    names && `<p class="muted authors" dir="auto">${html(names)}</p>`,
    facts.length > 0 &&
      `<p class="muted facts">${facts.map((fact) => `<bdi>${html(fact)}</bdi>`).join(' · ')}</p>`,
    `<p class="links">${links.join(' ')}</p>`,
    gist &&
      `<details><summary>${gist.head}</summary><p class="gist" dir="auto">${html(gist.text)}</p></details>`,
    '</article></li>',
  ]
    .filter(Boolean)
    .join('\n');
}

/**
 * The digest as one HTML file that loads nothing, runs nothing and can be printed; light and dark.
 * Every string of a paper is text in it, and its links lead to http and https only.
 */
export function asHtml(digest: Digest): string {
  const heading = html(line(digest.heading));
  const sections = groupsOf(digest).map(({ name, papers }) => {
    const rows = papers.map((paper) => htmlPaper(paper, name ? 'h3' : 'h2')).join('\n');
    const head = name && `<h2 dir="auto">${html(name)}</h2>\n`;
    return `<section>\n${head}<ol>\n${rows}\n</ol>\n</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${heading}</title>
<style>
${css}
</style>
</head>
<body>
<main>
<header>
<h1 dir="auto">${heading}</h1>
<p class="muted">${imprint(digest)}</p>
</header>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

/**
 * Text of one line as Markdown's text, also for readers that know tables, formulas and bare addresses.
 * Sources: CommonMark 0.31.2, 2.4; GitHub Flavored Markdown 0.29, 6.9.
 */
function markdown(text: string): string {
  return (
    text
      // Some readers end a link's text at `](`, though its bracket is escaped.
      .replace(/(?<=\])\(|[\\`*_[\]<>~|$&#@]/g, '\\$&')
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/www\./gi, (match) => `${match.slice(0, -1)}\\.`)
      // At the beginning of a block these would make a list, a rule or a heading.
      .replace(/^[-+=]/, '\\$&')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  );
}

/** Signs that end a destination, or begin something that goes before a link. */
const inDestination = /[()\\`*|$<>[\]]/g;

function markdownLink({ text, url }: Link): string {
  const destination = url
    .replace(inDestination, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?\w+;)/g, '\\&');
  return `[${markdown(text)}](${destination})`;
}

/**
 * The digest as Markdown: a heading for each group and paper. Every string of a paper is text in it, TeX too, and its
 * links lead to http and https only.
 */
export function asMarkdown(digest: Digest): string {
  const blocks = [`# ${markdown(line(digest.heading))}`, imprint(digest)];
  for (const { name, papers } of groupsOf(digest)) {
    if (name) blocks.push(`## ${markdown(name)}`);
    for (const listed of papers) {
      const title = markdownLink({ text: titleOf(listed), url: pageOf(listed) });
      const links = linksOf(listed).map(
        (link) => `${markdownLink(link)}${link.more ? ` (${link.more})` : ''}`,
      );
      const gist = gistOf(listed);
      blocks.push(
        `${name ? '###' : '##'} ${title}`,
        markdown(authorsOf(listed)),
        markdown(factsOf(listed).join(' · ')),
        links.join(' · '),
        gist ? `> ${gist.head}: ${markdown(gist.text)}` : '',
      );
    }
  }
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** The longest address that every mail program and system takes, in characters. */
const longestMailto = 1_800;

/** Of one line in such an address. */
const longestLine = 450;

/** As many characters of the text as fit into `most` when they are encoded; what is cut ends in `…`. */
function cut(text: string, most: number): string {
  if (encodeURIComponent(text).length <= most) return text;
  let kept = '';
  let room = most - encodeURIComponent('…').length;
  for (const sign of text) {
    room -= encodeURIComponent(sign).length;
    if (room < 0) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * The draft of a mail without an addressee: the first ten papers, or as many as fit, and how many more there are.
 * Source: RFC 6068 (lines end in CR LF).
 * @returns a `mailto:` address of at most 1,800 characters
 */
export function asMailto(digest: Digest): string {
  const papers = digest.groups.flatMap((group) => group.papers);
  const subject = cut(line(digest.heading), longestLine);
  const entries = papers.slice(0, 10).map((listed, at) => {
    return [
      `${at + 1}. ${cut(titleOf(listed), longestLine)}`,
      votesOf(listed).join(', '),
      pageOf(listed),
    ]
      .filter(Boolean)
      .join('\r\n');
  });
  const draft = (shown: number) => {
    const more = papers.length - shown;
    const made = 'Made by Paper Margin.';
    const end = more > 0 ? `And ${number(more)} more. ${made}` : made;
    const body = [...entries.slice(0, shown), end].join('\r\n\r\n');
    return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  };
  let shown = entries.length;
  while (shown > 0 && draft(shown).length > longestMailto) shown--;
  return draft(shown);
}
