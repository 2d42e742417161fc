// The sites that a person may turn on, and one web page that belongs to none: each in few pages that name papers of this world.
import { type Answer, asText, page, redirect, type Site } from './answer.ts';
import { printId, readId } from './arxiv-id.ts';
import type { Catalogue } from './catalogue.ts';
import { latexml } from './latexml.ts';
import { papers } from './papers.ts';

const abs = (id: string) => `https://arxiv.org/abs/${id}`;
const link = (href: string, text: string) => `<a href="${asText(href)}">${asText(text)}</a>`;

const styles =
  'body{margin:0 auto;max-width:960px;padding:24px;font:16px/1.5 system-ui,sans-serif}header{padding-bottom:16px;border-bottom:1px solid #ddd}li{margin:8px 0}';

const document = (title: string, body: string, status = 200): Answer =>
  page(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${asText(title)}</title><style>${styles}</style></head><body>${body}</body></html>`,
    status,
  );

const missing = (site: string): Answer =>
  document(`404 - ${site}`, `<header>${site}</header><h1>404</h1>`, 404);

/** Addresses of papers on the other sites. */
export const elsewhere = {
  /** A paper of alphaXiv's own, with an id that only looks like arXiv's. */
  alphaxivOwn: 'https://www.alphaxiv.org/abs/2608.glm-5',
  /** The page names the paper that has everything, and another one among what it cites. */
  semanticScholar: `https://www.semanticscholar.org/paper/A-Made-up-Paper-Author/${'5'.repeat(40)}`,
  semanticScholarWithout: `https://www.semanticscholar.org/paper/Not-on-arXiv-Author/${'6'.repeat(40)}`,
  openreview: 'https://openreview.net/forum?id=madeUpOne1',
  openreviewWithout: 'https://openreview.net/forum?id=madeUpTwo2',
  /** Its README links one paper three times, once as an image. */
  githubOne: 'https://github.com/made-up-lab/lantern',
  githubSeveral: 'https://github.com/made-up-lab/reading-list',
  githubNone: 'https://github.com/made-up-lab/no-stars',
  /** A page of nobody's, with links of every form to papers. */
  anyPage: 'https://blog.example/',
} as const;

function alphaxiv(catalogue: Catalogue): Site {
  return ({ host, url }) => {
    if (host === 'alphaxiv.org')
      return redirect(`https://www.alphaxiv.org${url.pathname}${url.search}`, 308);
    const [, area, text = ''] = /^\/(abs|overview|pdf)\/(.+?)\/?$/.exec(url.pathname) ?? [];
    const asked = readId(text);
    const paper = asked && catalogue.arxiv.get(asked.id);
    const own = text === '2608.glm-5';
    if (!area || !(own || paper)) return missing('alphaXiv');
    const name = asked ? printId(asked) : text;
    const title = paper?.title ?? 'A Report that only alphaXiv Has';
    return document(
      `${title} | alphaXiv`,
      `<header>${link('/', 'alphaXiv')}</header><main><nav>${['abs', 'overview', 'pdf'].map((kind) => link(`/${kind}/${name}`, kind)).join(' ')}</nav>
<h1>${asText(title)}</h1><p>${asText(paper?.abstract ?? 'Made-up text.')}</p>${paper ? link(abs(paper.id), 'View on arXiv') : ''}</main>`,
    );
  };
}

function ar5iv(catalogue: Catalogue): Site {
  return ({ url }) => {
    const [, area, text = ''] = /^\/(html|abs)\/(.+?)\/?$/.exec(url.pathname) ?? [];
    const asked = readId(text);
    if (!area || !asked) return missing('ar5iv');
    if (area === 'abs') return redirect(`/html/${printId(asked)}`, 302);
    const paper = catalogue.arxiv.get(asked.id);
    // A paper that could not be converted is a success all the same.
    if (!paper?.html)
      return document(
        'No content available',
        `<main><h1>No content available</h1><p>Sorry, there is no conversion of ${link(abs(asked.id), asked.id)}.</p></main>`,
      );
    return document(
      paper.title,
      `<div class="ltx_page_main"><div class="ltx_page_content">${latexml(paper, [papers.plain])}</div>
<footer class="ltx_page_footer">${link(abs(paper.id), 'View original on arXiv')}</footer></div>`,
    );
  };
}

const semanticScholar: Site = ({ url }) => {
  const last = url.pathname.split('/').at(-1);
  if (!url.pathname.startsWith('/paper/') || !/^[56]{40}$/.test(last ?? ''))
    return missing('Semantic Scholar');
  const isOne = last?.startsWith('5');
  return document(
    'A Made-up Paper | Semantic Scholar',
    `<header>${link('/', 'Semantic Scholar')}</header><main id="paper-header"><h1>${isOne ? 'A Made-up Paper' : 'A Paper that is not on arXiv'}</h1>
<p>First Author, Second Author</p>${
      isOne
        ? `<ul class="flex-paper-actions-group"><li>${link(`https://www.arxiv.org/pdf/${papers.complete}`, '[PDF] arXiv')}</li><li>${link(`https://arxiv.org/abs/${papers.complete}v1`, 'View on arXiv')}</li></ul>
<h2>Citations</h2><ul><li>A made-up citation. ${link(abs(papers.plain), 'View on arXiv')}</li></ul>`
        : `<p>${link('https://publisher.example/10.99999/one', 'View via Publisher')}</p>`
    }</main>`,
  );
};

const openreview: Site = ({ url }) => {
  const id = url.searchParams.get('id');
  if (url.pathname !== '/forum' || !/^madeUp(One1|Two2)$/.test(id ?? ''))
    return missing('OpenReview');
  return document(
    'A Made-up Submission | OpenReview',
    `<header>${link('/', 'OpenReview')}</header><main id="content"><div class="forum-note"><h2 class="citation_title">A Made-up Submission</h2>
<div class="forum-authors">First Author, Second Author</div>
<div class="note-content"><div><strong class="note-content-field">Abstract:</strong> <span class="note-content-value">Made-up text.</span></div>${
      id === 'madeUpOne1'
        ? `<div><strong class="note-content-field">Preprint:</strong> <span class="note-content-value">${link(abs(papers.complete), abs(papers.complete))}</span></div>`
        : ''
    }</div></div></main>`,
  );
};

/** READMEs, by repository of the made-up lab. */
const readmes: Record<string, string> = {
  lantern: `<p>${link(abs(papers.complete), 'Paper')} <a href="https://arxiv.org/pdf/${papers.complete}v1"><img alt="arXiv" width="90" height="20"></a></p>
<p>Cite us: <a href="https://huggingface.co/papers/${papers.complete}">the paper page</a>.</p>`,
  'reading-list': `<ul>${[papers.complete, papers.plain, papers.yesterday].map((id) => `<li>${link(abs(id), `arXiv:${id}`)}</li>`).join('')}</ul>`,
  'no-stars': `<p>Code without a paper. See ${link('https://project.example/', 'the project page')}.</p>`,
};

const github: Site = ({ url }) => {
  const [, name = '', more] = /^\/made-up-lab\/([\w-]+)\/?(.*)$/.exec(url.pathname) ?? [];
  const readme = Object.hasOwn(readmes, name) && readmes[name];
  if (!readme) return missing('GitHub');
  const body = more
    ? `<div class="js-issue-title">An issue</div><div class="comment-body markdown-body"><p>Compare ${link(abs(papers.plain), 'another paper')}.</p></div>`
    : `<div id="readme" class="Box"><article class="markdown-body entry-content container-lg" itemprop="text"><div class="markdown-heading"><h1 class="heading-element">${name}</h1></div>${readme}</article></div>`;
  const answer = document(
    `made-up-lab/${name}`,
    `<header>${link('/', 'GitHub')}</header><turbo-frame id="repo-content-turbo-frame"><main id="js-repo-pjax-container"><nav>${link(`/made-up-lab/${name}`, 'Code')} ${link(`/made-up-lab/${name}/issues/1`, 'Issues')}</nav>${body}</main></turbo-frame>`,
  );
  // As strict as the real one, but for the style sheet of this page.
  answer.headers['content-security-policy'] =
    "default-src 'none'; base-uri 'self'; connect-src 'self'; frame-src 'none'; img-src 'self' data:; " +
    "script-src github.githubassets.com; style-src 'unsafe-inline' github.githubassets.com; frame-ancestors 'none'";
  return answer;
};

/** Texts of the links on the page of nobody's, and where they lead. */
export const anyPageLinks = {
  'An abstract page': abs(papers.complete),
  'A version of it': abs(`${papers.math}v2`),
  'A PDF': `https://arxiv.org/pdf/${papers.plain}.pdf`,
  'An HTML version': `https://arxiv.org/html/${papers.replaced}v2`,
  'An old paper': `http://www.arxiv.org/abs/math.GT/0309999`,
  'A paper page': `https://huggingface.co/papers/${papers.yesterday}`,
  'At alphaXiv': `https://www.alphaxiv.org/overview/${papers.neverDaily}`,
  'A paper that is not there': abs(papers.unknown),
  'A list': 'https://arxiv.org/list/cs.LG/recent',
  'No paper': 'https://project.example/',
} as const;

const anyPage: Site = ({ url }) =>
  url.pathname === '/'
    ? document(
        'A page of nobody',
        `<main><h1>What I read this week</h1><ul>${Object.entries(anyPageLinks)
          .map(([text, href]) => `<li>${link(href, text)}</li>`)
          .join('')}</ul></main>`,
      )
    : missing('blog.example');

/** Every other site by its host. */
export function otherSites(catalogue: Catalogue): [host: string, site: Site][] {
  return [
    ['alphaxiv.org', alphaxiv(catalogue)],
    ['www.alphaxiv.org', alphaxiv(catalogue)],
    ['ar5iv.labs.arxiv.org', ar5iv(catalogue)],
    ['ar5iv.org', ar5iv(catalogue)],
    ['www.semanticscholar.org', semanticScholar],
    ['openreview.net', openreview],
    ['github.com', github],
    ['blog.example', anyPage],
  ];
}
