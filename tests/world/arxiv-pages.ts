// The pages of arxiv.org with the structure that the real ones have, in words and styles of our own.
import { type Answer, asText, page } from './answer.ts';
import { type ArxivId, printId } from './arxiv-id.ts';
import type { ArxivPaper } from './catalogue.ts';

const frame = (head: string, content: string): string => `<!DOCTYPE html>
<html lang="en">

<head><script>document.documentElement.classList.add('js');</script>  ${head}
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="icon" type="image/png" sizes="32x32" href="/static/browse/0.3.4/images/icons/favicon-32x32.png">
  <link rel="stylesheet" type="text/css" media="screen" href="/static/browse/0.3.4/css/arXiv.css?v=20260318" />
  <script src="/static/browse/0.3.4/js/mathjaxToggle.min.js" type="text/javascript"></script>
</head>

<body ><div class="flex-wrap-footer">
    <a href="#content" class="ds-skip-link">Skip to main content</a>
<header class="ds-site-header">
  <a aria-hidden="true" tabindex="-1" href="https://arxiv.org/IgnoreMe" class="is-sr-only"></a>
  <a href="https://arxiv.org/" class="ds-site-header-logo" aria-label="archive home">archive</a>
  <nav class="ds-site-header-nav" id="ds-site-header-nav" aria-label="Main navigation">
    <a id="arxiv-search-toggle" href="https://arxiv.org/search">Search</a>
    <a href="https://arxiv.org/user/create">Submit</a>
    <span class="ds-site-header-divider" aria-hidden="true"></span>
    <a href="https://arxiv.org/login" class="ds-site-header-login">Log in</a>
  </nav>
</header>
    <main>
      <div id="content">
${content}
      </div>
    </main>
<footer class="ds-site-footer">
  <div class="ds-site-footer-grid"><nav class="ds-site-footer-links" aria-label="Site navigation">
    <a href="https://info.arxiv.org/about">About</a> <a href="https://info.arxiv.org/help">Help</a>
  </nav></div>
</footer>
</div></body>
</html>
`;

/** As arXiv sends its pages: only framing is restricted. */
const headers = {
  'content-security-policy': "frame-ancestors 'none'",
  'x-frame-options': 'SAMEORIGIN',
  'cache-control': 'max-age=3600',
};

/** A page of arXiv. `head`, `content`: HTML. */
export const html = (head: string, content: string, status = 200): Answer =>
  page(frame(head, content), status, headers);

/** A page of arXiv that has another frame than the others. */
export const bareHtml = (document: string): Answer => page(document, 200, headers);

/** A recorded page, with the headers of a real one. */
export function recordedPage(text: string, status: number): Answer {
  return page(text, status, headers);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `15 Jan 2026` */
export function shortDate(iso: string): string {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `Thu, 15 Jan 2026` */
export function dayWithName(iso: string): string {
  return `${weekdays[new Date(iso).getUTCDay()]}, ${shortDate(iso)}`;
}

/** `Thu, 15 Jan 2026 18:00:01 UTC` */
function longDate(iso: string): string {
  return `${dayWithName(iso)} ${new Date(iso).toISOString().slice(11, 19)} UTC`;
}

/** Paragraphs of an abstract start with two spaces; the page parts them by `<br>`. */
function paragraphs(abstract: string): string {
  return linked(abstract)
    .replace(/\n {2,}/g, '\n<br>')
    .trim();
}

/** Text with the addresses and arXiv ids in it made links, as arXiv does in titles, comments and abstracts. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>]*[^\s<>.,;:)\]]|arXiv:\d{4}\.\d{4,5})/)
    .map((part, at) => {
      if (at % 2 === 0) return asText(part);
      const id = /^arXiv:(.+)$/.exec(part)?.[1];
      if (id)
        return `<a href="https://arxiv.org/abs/${id}" data-arxiv-id="${id}" class="link-https">${asText(part)}</a>`;
      return `<a href="${asText(part)}" rel="external noopener nofollow" class="link-external link-https">this ${asText(
        new URL(part).protocol.replace(':', ''),
      )} URL</a>`;
    })
    .join('');
}

function lastNameFirst(author: string): string {
  const [, first = '', last = author] = /^(.*) (\S+)$/.exec(author) ?? [];
  return first ? `${last}, ${first}` : last;
}

/** The abstract page of a paper, of one version or the latest. */
export function absPage(paper: ArxivPaper, asked: ArxivId): Answer {
  const { id, versions } = paper;
  const latest = versions.length;
  const shown = asked.version ?? latest;
  const withVersion = (number: number) => `https://arxiv.org/abs/${id}v${number}`;
  const first = versions[0];
  const current = versions[shown - 1];
  const last = versions[latest - 1];
  if (!first || !current || !last) return absNotFound(asked, paper);

  const link = (number: number) => `<a href="${withVersion(number)}">v${number}</a>`;
  const v1 = `Submitted on ${shortDate(first.date)}`;
  const newest = `<em>latest version ${shortDate(last.date)}</em> (${link(latest)})`;
  const dateline =
    latest === 1
      ? v1
      : shown === latest
        ? `${v1} (${link(1)}), last revised ${shortDate(current.date)} (this version, v${shown})`
        : shown === 1
          ? `${v1} (this version), ${newest}`
          : `${v1} (${link(1)}), revised ${shortDate(current.date)} (this version, v${shown}), ${newest}`;

  const [primary = ['', '']] = paper.subjects;
  const archive = primary[1].split('.')[0];
  const subjects = paper.subjects.map(([name, code], at) =>
    at === 0 ? `<span class="primary-subject">${name} (${code})</span>` : `${name} (${code})`,
  );
  const suffix = asked.version === undefined ? id : `${id}v${shown}`;
  const gone = current.withdrawn === true;
  const error = !gone
    ? ''
    : `<span class="error" style="border: 2px solid grey">This paper has been withdrawn by ${
        paper.withdrawn === 'admin' ? 'arXiv Admin' : asText(paper.authors[0] ?? '')
      }</span>`;
  const row = (label: string, kind: string, content: string) =>
    `<tr>
          <td class="tablecell label">${label}</td>
          <td class="tablecell ${kind}">${content}</td>
        </tr>`;
  const title = asText(paper.title);
  const meta = (name: string, content: string) =>
    `<meta name="${name}" content="${asText(content)}" />`;
  const slashed = (iso: string) => iso.slice(0, 10).replaceAll('-', '/');

  const head = `<title>[${printId(asked)}] ${title}</title>
  <link rel="canonical" href="https://arxiv.org/abs/${id}"/>
  <meta name="description" content="Abstract page for arXiv paper ${printId(asked)}: ${title}"><meta property="og:type" content="website" />
<meta property="og:title" content="${title}" />
<meta property="og:url" content="${withVersion(shown)}" />
${meta('citation_title', paper.title)}${paper.authors.map((author) => meta('citation_author', lastNameFirst(author))).join('')}${
  paper.doi ? meta('citation_doi', paper.doi) : ''
}${meta('citation_date', slashed(first.date))}${meta('citation_online_date', slashed(current.date))}${meta(
  'citation_pdf_url',
  `https://arxiv.org/pdf/${id}`,
)}${meta('citation_arxiv_id', id)}${meta('citation_abstract', ` ${paper.abstract.replace(/\n {2,}/g, ' ')}\n`)}`;

  const history = versions
    .map(({ date, size, withdrawn }, at) => {
      const label = `[v${at + 1}]`;
      const name =
        at + 1 === shown ? label : `<a href="/abs/${id}v${at + 1}" rel="nofollow">${label}</a>`;
      return `<strong>${name}</strong>\n        ${longDate(date)} (${size})${withdrawn ? ' <em>(withdrawn)</em>' : ''}<br/>`;
    })
    .join('\n            ');

  const described = `View a PDF of the paper titled ${title}, by ${asText(paper.authors[0] ?? '')}`;
  const fullText = gone
    ? '<li>Withdrawn</li>'
    : `<li><a href="/pdf/${suffix}" aria-describedby="download-button-info" accesskey="f" class="abs-button download-pdf">View PDF</a></li>${
        paper.html
          ? `<li><a href="https://arxiv.org/html/${id}v${shown}" class="abs-button" id="latexml-download-link">HTML (experimental)</a></li>`
          : ''
      }<li><a href="/src/${suffix}" class="abs-button download-eprint">TeX Source
 </a></li>`;

  return html(
    head,
    `<div id="abs-outer">

  <div class="leftcolumn">
    <div class="subheader">
      <h1>${archive === 'cs' ? 'Computer Science > ' : ''}${primary[0]}</h1>
    </div>

    <div class="header-breadcrumbs-mobile">
      <strong>arXiv:${suffix}</strong> (${archive})
    </div>
<div id="content-inner">
  <div id="abs">
    ${error}
    <div class="dateline">
  [${dateline}]</div>
    <h1 class="title mathjax"><span class="descriptor">Title:</span>${linked(paper.title)}</h1>
    <div class="authors"><span class="descriptor">Authors:</span>${paper.authors
      .map(
        (author) =>
          `<a href="https://arxiv.org/search/${archive}?searchtype=author&amp;query=made-up" rel="nofollow">${asText(author)}</a>`,
      )
      .join(', ')}</div>            <div id="download-button-info" hidden>${described}</div>
    <a class="mobile-submission-download" href="${gone ? '#other' : `/pdf/${suffix}`}">${gone ? 'No PDF available, click to view other formats' : 'View PDF'}</a>

    <blockquote class="abstract mathjax">
            <span class="descriptor">Abstract:</span>  ${paragraphs(paper.abstract)}

    </blockquote>

    <!--CONTEXT-->
    <div class="metatable">
      <table summary="Additional metadata">${
        paper.comments ? row('Comments:', 'comments mathjax', linked(paper.comments)) : ''
      }
${row('Subjects:', 'subjects', `\n            ${subjects.join('; ')}`)}${row(
  'Cite as:',
  'arxivid',
  `<span class="arxivid"><a href="https://arxiv.org/abs/${id}">arXiv:${id}</a> [${primary[1]}]</span>`,
)}
        ${row(
          '&nbsp;',
          'arxividv',
          `(or <span class="arxivid">
              <a href="${withVersion(shown)}">arXiv:${id}v${shown}</a> [${primary[1]}]</span> for this version)`,
        )}
        ${row('&nbsp;', 'arxivdoi', `<a href="https://doi.org/10.48550/arXiv.${id}" id="arxiv-doi-link">https://doi.org/10.48550/arXiv.${id}</a>`)}${
          paper.doi
            ? row(
                'Related DOI:',
                'doi',
                `<a href="https://doi.org/${paper.doi}">https://doi.org/${paper.doi}</a>`,
              )
            : ''
        }</table>
    </div>
  </div>
</div>
    <div class="submission-history">
      <h2>Submission history</h2> From: ${asText(paper.authors[0] ?? '')} [<a href="/show-email/made-up/${id}" rel="nofollow">view email</a>]      <br/>    ${history}
</div>
  </div>
  <!--end leftcolumn-->
<div class="extra-services">    <div class="full-text">
      <a name="other"></a>
      <span class="descriptor">Full-text links:</span>
      <h2>Access Paper:</h2>
      <ul>
  <div id="download-button-info" hidden>
${described}</div>${fullText}</ul>
      <div class="abs-license"><a href="http://arxiv.org/licenses/nonexclusive-distrib/1.0/" title="Rights to this article">view license</a></div>
    </div>
    <!--end full-text-->    <div class="browse">
    <h3 class="browse-context-heading">Current browse context:</h3>
  <div class="current">${primary[1]}</div>

  <div class="prevnext">
<span class="arrow">
      <a class="abs-button prev-url" href="/prevnext?id=${id}&amp;function=prev&amp;context=${primary[1]}"
         accesskey="p" title="previous in ${primary[1]} (accesskey p)" rel="nofollow">&lt;&nbsp;prev</a>
    </span>
    <span class="is-hidden-mobile">&nbsp; | &nbsp;</span>    <span class="arrow">
      <a class="abs-button next-url" href="/prevnext?id=${id}&amp;function=next&amp;context=${primary[1]}" accesskey="n"
         title="next in ${primary[1]} (accesskey n)"  rel="nofollow">next&nbsp;&gt;</a>
    </span><br/>
  </div><div class="list">
    <a class="abs-button abs-button-grey abs-button-small context-new" href="/list/${primary[1]}/new"  rel="nofollow">new</a>
    <span class="is-hidden-mobile"> | </span>
    <a class="abs-button abs-button-grey abs-button-small context-recent" href="/list/${primary[1]}/recent" rel="nofollow">recent</a>
  </div><div class="abs-switch-cat">
    Change to browse by:
    <div class="switch context-change">
        <a href="/abs/${id}?context=${archive}" rel="nofollow">${archive}</a><br class="is-hidden-mobile">
    </div>
  </div>

    </div>
      <div class="extra-ref-cite">
        <h3>References &amp; Citations</h3>
        <ul>
          <li><a  class="abs-button abs-button-small cite-ads" href="https://ui.adsabs.harvard.edu/abs/arXiv:${id}">NASA ADS</a></li><li><a  class="abs-button abs-button-small cite-google-scholar" href="https://scholar.google.com/scholar_lookup?arxiv_id=${id}" target="_blank" rel="noopener">Google Scholar</a></li>
          <li><a  class="abs-button abs-button-small cite-semantic-scholar" href="https://api.semanticscholar.org/arXiv:${id}" target="_blank" rel="noopener">Semantic Scholar</a></li>
        </ul>
        <div style="clear:both;"></div>
      </div>

<div class='extra-ref-cite'>
    <button type="button" id='bib-cite-trigger' class="bib-cite-button abs-button">export BibTeX citation</button>
</div>
<div class="bookmarks">
  <div><h3>Bookmark</h3></div><a class="abs-button abs-button-grey abs-button-small" href="http://www.bibsonomy.org/BibtexHandler?requTask=upload&amp;url=https://arxiv.org/abs/${id}"
     title="Bookmark on BibSonomy">BibSonomy</a>
</div>  </div>
  <!--end extra-services-->
<!-- LABS AREA -->
<div id="labstabs">
  <div class="labstabs" role="tablist" aria-label="arXivLabs tools"><input type="radio" name="tabs" id="tabone" checked="checked" class="labs-tab-input">
    <label for="tabone" role="tab" aria-selected="true" aria-controls="tabpanel-one" id="tab-label-one">Bibliographic Tools</label>
    <div class="tab labs-display-bib" role="tabpanel" id="tabpanel-one" aria-labelledby="tab-label-one">
      <h1>Bibliographic and Citation Tools</h1>
      <div class="toggle"><div class="columns is-mobile lab-row"><div class="column lab-switch"><label class="switch">
        <input id="bibex-toggle" type="checkbox" class="lab-toggle" data-script-url="/static/browse/0.3.4/bibex/bibex.js?20241202">
        <span class="slider"></span><span class="is-sr-only">Bibliographic Explorer Toggle</span>
      </label></div><div class="column lab-name"><span id="label-for-bibex">Bibliographic Explorer</span></div></div></div>
    </div>
    <input type="radio" name="tabs" id="tabtwo" class="labs-tab-input">
    <label for="tabtwo" role="tab" aria-selected="false" aria-controls="tabpanel-two" id="tab-label-two">Code, Data, Media</label>
    <div class="tab" role="tabpanel" id="tabpanel-two" aria-labelledby="tab-label-two">
      <h1>Code, Data and Media Associated with this Article</h1>
      <div id="huggingface-output"></div>
    </div>
  </div>
</div>
</div>`,
  );
}

const forms = `<p>Identifiers for arXiv articles have the form YYMM.NNNNN, e.g. 1507.00123, YYMM.NNNN, e.g. 0704.0001, or
  arch-ive/YYMMNNN for older articles, e.g. hep-th/9901001.</p>`;

/** 404 of a well-formed id: an unknown paper, or a version that a known paper does not have. */
export function absNotFound(asked: ArxivId, paper?: ArxivPaper): Answer {
  const name = printId(asked);
  if (!paper) {
    return html(
      `<title>[${name}] Article identifier not recognized</title>`,
      `    <h1>Article identifier '${name}' not recognized</h1>
    <p>You might instead try to <a href="https://arxiv.org/search">search for articles</a>.</p>`,
      404,
    );
  }
  return html(
    `<title>[${name}] Article not found
</title>`,
    `      <h1>Article ${name} not found</h1>
      <p>There is no record of an article with identifier '${name}'.
      You might instead look at the latest version of
      this article: '<a href="/abs/${paper.id}">arXiv:${paper.id}</a>'.</p>${forms}`,
    404,
  );
}

/** 404 of something that is no id at all. */
export function malformed(): Answer {
  return html('<title></title>', `      <h1>Invalid article identifier</h1>${forms}`, 404);
}

/** Any other page that is not there. */
export function notFound(status = 404): Answer {
  return html('<title>404 Not Found</title>', '      <h1>Not Found</h1>', status);
}

export function homePage(): Answer {
  return html(
    '<title>arXiv.org e-Print archive</title>',
    '<h1>arXiv is a free distribution service</h1><ul><li><a href="/list/cs.LG/recent">Machine Learning</a></li></ul>',
  );
}

/** The formats of a paper. */
export function formatPage({ id }: ArxivId): Answer {
  return html(
    `<title>Format selector for ${id}</title>`,
    `<h1>Format selector for <a href="/abs/${id}">${id}</a></h1>
<dl>
<dt><b>PDF</b></dt>
<dd><form action="/pdf/${id}" method="get"><input type="submit" value="Download PDF" /></form></dd>
<dt><b>Source</b></dt>
<dd>[ <a href="/src/${id}">Download source</a> ]</dd>
</dl>`,
  );
}

/** The trackbacks of a paper. */
export function trackbacksPage({ id }: ArxivId): Answer {
  return html(
    '<title>Trackbacks</title>',
    `<div class="columns"><div class="column"><h1>arXiv<br><span style="color:grey;">Trackbacks</span></h1></div></div>
  <div class="large-data-list bold-divided-list trackback-styles">
  <p><em>There are no trackback pings recorded for <a href="/abs/${id}">${id}</a>.</em></p>
  </div>`,
  );
}

/** 404 of a paper without an HTML version. */
export function noHtml(name: string): Answer {
  return html(
    '<title> | arXiv e-print repository</title>',
    `<h1>No HTML for '${asText(name)}'</h1>
<p>HTML is not available for the source.</p>
<p>This could be due to the source files not being HTML, LaTeX, or a conversion failure.</p>`,
    404,
  );
}
