// Finds the links of code, models, data and pages in a text such as an abstract, and names them for a person. Pure.
import type { Artefact } from './paper';

/** How a link begins. The last two are nothing but a place from which a host follows. */
const beginnings = [
  /https?:\/\//,
  /(?<![\w@./-])www\./,
  // Hosts that are known without a protocol.
  /(?<![\w@./-])(?=(?:github\.com|gitlab\.com|huggingface\.co|hf\.co)\/|[\w-]+\.github\.io(?!\w))/,
  /(?<=\\(?:url|href)\{)(?=[\w-]+\.\w)/,
];

/**
 * How it goes on. What cannot stand in a URL ends it, and so do TeX's braces and dollars; `\_` and its like are TeX
 * for the character itself. A second link glued on by a comma or bracket is none of it.
 */
const character = /(?![,;()[\]]{1,4}https?:)[\w!#%&'()*+,./:;=?@[\]~-]|\\[_%#&~-]/;

const links = new RegExp(
  `(?:${beginnings.map(({ source }) => source).join('|')})(?:${character.source})+`,
  'gi',
);

/** Papers and licences: linked often, but no thing that belongs to the paper. */
const elsewhere = /(^|\.)(arxiv\.org|alphaxiv\.org|doi\.org|creativecommons\.org)$/;

const codeHosts = /^(github\.com|gitlab\..+|bitbucket\.org|codeberg\.org|gitee\.com)$/;
const dataHosts =
  /(^|\.)(zenodo\.org|figshare\.com|datadryad\.org|osf\.io|physionet\.org)$|dataverse/;

/** First words of paths at huggingface.co that are no owner of models. */
const ownPages =
  /^(blog|docs|learn|tasks|posts|models|datasets|spaces|collections|organizations|join|settings)$/;

/** Takes off what the sentence added: TeX's backslashes, closing brackets opened outside, the punctuation at the end. */
function clean(found: string): string {
  const url = found.replaceAll('\\', '');
  let open = 0;
  let end = 0;
  for (; end < url.length; end++) {
    const character = url.charAt(end);
    if ('(['.includes(character)) open++;
    if (')]'.includes(character) && --open < 0) break;
  }
  return url.slice(0, end).replace(/[.,:;!?'*~&#%@([]+$/, '');
}

/** What a link is, by its host and path; null where it is nothing of the paper's own. */
function kindOf(host: string, [first = '', second]: string[]): Artefact['kind'] | null {
  if (elsewhere.test(host)) return null;
  if (codeHosts.test(host)) return first ? 'code' : null;
  if (host === 'anonymous.4open.science' || host === 'gist.github.com') return 'code';
  if (host.endsWith('.hf.space')) return 'space';
  if (dataHosts.test(host) || (first === 'datasets' && second)) return 'dataset';
  if (host !== 'huggingface.co') return 'project';
  if (!first || first === 'papers') return null;
  if (!second) return 'project';
  if (first === 'spaces') return 'space';
  if (first === 'collections') return 'collection';
  return ownPages.test(first) ? 'project' : 'model';
}

function labelOf(kind: Artefact['kind'], host: string, path: string[]): string {
  if (codeHosts.test(host))
    return path
      .slice(0, 2)
      .join('/')
      .replace(/\.git$/, '');
  if (host === 'huggingface.co') {
    if (kind === 'model') return path.slice(0, 2).join('/');
    // A collection's name ends in a long number of no meaning to a person.
    if (kind !== 'project')
      return path
        .slice(1, 3)
        .join('/')
        .replace(/-[\da-f]{16,}$/, '');
  }
  const label = [host, ...path].join('/');
  return label.length > 48 ? `${label.slice(0, 47)}…` : label;
}

/**
 * What a single link from outside is.
 *
 * @param text a URL; spaces around it are allowed
 * @returns null for anything but http and https, for links with a user name, and for papers and licences.
 *   No input throws
 */
export function artefactOf(text: string): Artefact | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, hostname, pathname, href } = new URL(text);
  if (!/^https?:$/.test(protocol) || username || !/\.(\d+|[a-z][a-z\d-]+)$/.test(hostname))
    return null;
  const host = hostname.replace(/^www\./, '').replace(/^hf\.co$/, 'huggingface.co');
  const path = pathname.split('/').filter(Boolean);
  const kind = kindOf(host, path);
  return kind && { kind, url: href, label: labelOf(kind, host, path) };
}

/** What two spellings of one address have in common: neither protocol, `www.`, `.git` nor the case. */
export function bareUrl(url: string): string {
  return url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/(\.git)?\/*$/, '')
    .toLowerCase();
}

/**
 * The links in a text, cleaned of the punctuation, brackets and TeX around them, each once, in their order.
 *
 * @param text plain text, TeX or Markdown
 * @returns links to code, models, data and pages; papers and licences are left out. No input throws
 */
export function artefactsIn(text: string): Artefact[] {
  const found = new Map<string, Artefact>();
  // The tilde of a home page, in TeX's spellings.
  const plain = text.replace(/\\~\{\}|\$\\sim\$/g, '~');
  for (const [match] of plain.matchAll(links)) {
    const url = clean(match);
    const artefact = artefactOf(/^https?:/i.test(url) ? url : `https://${url}`);
    const address = artefact && bareUrl(artefact.url);
    if (address && !found.has(address)) found.set(address, artefact);
  }
  return [...found.values()];
}
