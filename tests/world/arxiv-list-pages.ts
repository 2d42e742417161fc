// The pages of arxiv.org that show many papers: rows of listings, and results of its search.
import { type Answer, asText } from './answer.ts';
import { html } from './arxiv-pages.ts';
import type { ArxivPaper } from './catalogue.ts';

/** What the row of a listing says beside its paper. */
export interface RowShown {
  /** Its number on the page, from 1. */
  number: number;
  /** `cross-list from stat.ML`, `replaced` */
  mark?: string | undefined;
  withAbstract?: boolean | undefined;
}

const subjectsOf = ({ subjects }: ArxivPaper): string =>
  subjects
    .map(([name, code], at) =>
      at === 0 ? `<span class="primary-subject">${name} (${code})</span>` : `; ${name} (${code})`,
    )
    .join('');

/** The row of a paper in a listing: a `dt` and a `dd`. */
export function row(paper: ArxivPaper, { number, mark, withAbstract }: RowShown): string {
  const { id, versions } = paper;
  const other = (address: string, title: string, prefix: string, label: string) =>
    `<a href="${address}" title="${title}" id="${prefix}-${id}" aria-labelledby="${prefix}-${id}">${label}</a>`;
  const formats = [
    other(`/pdf/${id}`, 'Download PDF', 'pdf', 'pdf'),
    ...(paper.html ? [other(`/html/${id}v${versions.length}`, 'View HTML', 'html', 'html')] : []),
    other(`/format/${id}`, 'Other formats', 'oth', 'other'),
  ];
  return `
    <dt>
      <a name='item${number}'>[${number}]</a>
      <a href ="/abs/${id}" title="Abstract" id="${id}">
        arXiv:${id}
      </a>
      ${mark ? `    (${mark})\n` : ''}
        [${formats.join(', ')}]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          ${asText(paper.title)}
        </div>
        <div class='list-authors'>${paper.authors.map((author) => `<a href="https://arxiv.org/search/cs?searchtype=author">${asText(author)}</a>`).join(', ')}</div>
${
  paper.comments
    ? `
        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>
          ${asText(paper.comments)}
        </div>`
    : ''
}
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          ${subjectsOf(paper)}
        </div>
        ${withAbstract ? `<p class='mathjax'>\n          ${asText(paper.abstract)}\n        </p>` : ''}
      </div>
    </dd>`;
}

/** A part of a listing. Without rows it says so. */
export interface Section {
  /** Empty where the part has no heading of its own. */
  heading: string;
  rows: string[];
}

export interface ListShown {
  title: string;
  /** HTML between the title and the rows. */
  above: string;
  sections: Section[];
}

/** A listing. arXiv writes one `dl` a section, all with the same id. */
export function listPage({ title, above, sections }: ListShown): Answer {
  const lists = sections.map(
    ({ heading, rows }) => `
      <dl id='articles'>
${heading ? `    <h3>${heading}</h3>\n` : ''}
${rows.length > 0 ? rows.join('\n') : '    <p>No updates for this time period.</p>'}
</dl>`,
  );
  return html(
    `<title>${asText(title)}</title>`,
    `<div id='content-inner'>
<div id='dlpage'>
  <h1>${asText(title)}</h1>
${above}
  ${lists.join('\n')}
</div></div>`,
  );
}

/** Words that were searched for are marked within an element, as the search does it. */
function marked(text: string, words: string[]): string {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (escaped.length === 0) return asText(text);
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'i'))
    .map((part, at) =>
      at % 2 === 0 ? asText(part) : `<span class="search-hit mathjax">${asText(part)}</span>`,
    )
    .join('');
}

const label = (text: string) =>
  `<span class="has-text-black-bis has-text-weight-semibold">${text}</span>`;

const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `15 January, 2026` */
function searchDate(iso: string): string {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${longMonths[date.getUTCMonth()]}, ${date.getUTCFullYear()}`;
}

/** A result of the search. `version`: of an older version; its links name it. */
export function result(paper: ArxivPaper, words: string[], version?: number): string {
  const latest = paper.versions.length;
  const name = version ? `${paper.id}v${version}` : paper.id;
  const key = `${paper.id}v${version ?? latest}`;
  const shown = paper.authors.slice(0, 25);
  const first = searchDate(paper.versions[0]?.date ?? '');
  const submitted = searchDate(paper.versions[(version ?? latest) - 1]?.date ?? '');
  const show = (id: string, display: string) =>
    `document.getElementById('${key}-abstract-${id}').style.display = '${display}';`;
  const toggle = (id: string, text: string) =>
    `<a class="is-size-7" style="white-space: nowrap;" onclick="${show(id === 'full' ? 'full' : 'short', 'inline')} ${show(id === 'full' ? 'short' : 'full', 'none')}">${text}</a>`;
  return `
  <li class="arxiv-result">
    <div class="is-marginless">
      <p class="list-title is-inline-block"><a href="https://arxiv.org/abs/${name}">arXiv:${name}</a>
        <span>&nbsp;[<a href="https://arxiv.org/pdf/${name}">pdf</a>, <a href="https://arxiv.org/format/${name}">other</a>]&nbsp;</span>
      </p>
      <div class="tags is-inline-block">
${paper.subjects.map(([subject, code], at) => `        <span class="tag is-small ${at === 0 ? 'is-link' : 'is-grey'} tooltip is-tooltip-top" data-tooltip="${subject}">${code}</span>`).join('\n')}
      </div>
    </div>
    <p class="title is-5 mathjax">
        ${marked(paper.title, words)}
    </p>
    <p class="authors">
      ${label('Authors:')}
${shown.map((author) => `<a href="/search/?searchtype=author&amp;query=made-up">${asText(author)}</a>`).join(', ')}${paper.authors.length > shown.length ? ', et al.' : ''}
    </p>
    <p class="abstract mathjax">
      ${label('Abstract')}:
      <span class="abstract-short has-text-grey-dark mathjax" id="${key}-abstract-short" style="display: inline;">
        ${marked(paper.abstract.slice(0, 120), words)}…
        ${toggle('full', '&#9661; More')}
      </span>
      <span class="abstract-full has-text-grey-dark mathjax" id="${key}-abstract-full" style="display: none;">
        ${marked(paper.abstract, words)}
        ${toggle('short', '&#9651; Less')}
      </span>
    </p>
    <p class="is-size-7">${label('Submitted')} ${submitted}; ${submitted === first ? '' : `${label('v1')} submitted ${first}; `}${label('originally announced')} January 2026.
    </p>${
      version
        ? `
    <p class="is-size-7">${label('Latest version:')} <a href="https://arxiv.org/abs/${paper.id}">arXiv:${paper.id}</a></p>`
        : ''
    }
  </li>`;
}

export interface SearchShown {
  query: string;
  /** How many results there are. */
  total: number;
  /** Where this page begins, from 0, and how many results it has. */
  start: number;
  count: number;
  /** The `ol` of results. Empty where there are none. */
  results: string;
}

/** A page of the search. */
export function searchPage({ query, total, start, count, results }: SearchShown): Answer {
  const words = asText(query);
  return html(
    '<title>Search | arXiv e-print repository</title>',
    `<div class="search">
<h1 class="title is-clearfix">${
      total > 0
        ? `Showing ${start + 1}&ndash;${start + count} of ${total} results for all: <span class="mathjax">${words}</span>`
        : query
          ? 'Sorry, your query returned no results'
          : 'Search'
    }</h1>
<form method="GET" action="/search/"><input class="input" name="query" type="text" value="${words}" aria-label="Search term or terms"><button class="button">Search</button></form>
${results}</div>`,
  );
}

/** The list of results, `start` from 0. */
export function resultList(start: number, results: string[]): string {
  return `<ol class="breathe-horizontal" start="${start + 1}">${results.join('')}
</ol>`;
}
