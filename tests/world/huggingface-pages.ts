// The pages of huggingface.co in the layout of 2026: server-rendered islands that a script takes over.
import { type Answer, asText, page } from './answer.ts';
import type { DailyItem, HubPaper } from './catalogue.ts';
import { addDays, weekOf } from './clock.ts';
import type { Period } from './periods.ts';

/** Strict, so that nothing of ours leans on what a page allows. */
const headers = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "frame-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
};

const frame = (title: string, main: string, status = 200): Answer =>
  page(
    `<!doctype html>
<html class="" lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1.0" />
<link rel="stylesheet" href="/front/build/replica/style.css" />
<title>${asText(title)}</title>
</head>
<body class="flex flex-col min-h-dvh bg-white">
<div class="flex min-h-dvh flex-col">
<div class="SVELTE_HYDRATER contents" data-target="MainHeader" data-props="{}"><header class="border-b border-gray-100"><div class="container header">
<a class="logo" href="/">Hugging Face</a><nav aria-label="Main"><ul><li><a href="/models">Models</a></li><li><a href="/datasets">Datasets</a></li><li><a href="/spaces">Spaces</a></li><li><a href="/papers">Daily Papers</a></li><li><a href="/login">Log In</a></li></ul></nav>
</div></header></div>
<main class="flex flex-1 flex-col">${main}</main>
<footer class="container footer"><a href="/terms-of-service">TOS</a> <a href="/privacy">Privacy</a></footer>
</div>
<script src="/front/build/replica/hydrate.js" defer></script>
</body>
</html>
`,
    status,
    headers,
  );

/** An island, and apart from it what its script will render in place of what the server sent. */
const island = (target: string, props: unknown, content: string): string =>
  `<div class="SVELTE_HYDRATER contents" data-target="${target}" data-props="${asText(JSON.stringify(props))}">${content}</div><template data-renders="${target}">${content}</template>`;

const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** `Jan 15` */
function shortDay(iso: string): string {
  const date = new Date(iso);
  return `${monthNames[date.getUTCMonth()]} ${date.getUTCDate()}`;
}

const one = (text: string): string => asText(text.replace(/\s+/g, ' '));

interface Account {
  fullname?: string;
  name?: string;
}

interface Listed {
  id: string;
  likes?: number;
}

function section(name: string, base: string, total: unknown, list: unknown): string {
  const entries = Array.isArray(list) ? (list as Listed[]) : [];
  const count = Number(total ?? 0);
  const content =
    count === 0
      ? `<p class="text-gray-500">No ${name.toLowerCase().replace(/s$/, '')} linking this paper</p>
      <p class="text-sm text-gray-500">Cite it in a README.md to link it from this page.</p>`
      : entries
          .map(
            ({ id, likes }) =>
              `<article class="overview-card-wrapper"><a href="${base}/${asText(id)}"><h4>${asText(id)}</h4></a>${likes === undefined ? '' : `<span>${likes}</span>`}</article>`,
          )
          .join('');
  return `<section class="linked"><h2>${name} citing this paper <span class="count">${count}</span></h2>${content}</section>`;
}

/** The page of one paper. `comments`: how many it has. */
export function paperPage(paper: HubPaper, comments: number, rank: number): Answer {
  const authors = Array.isArray(paper.authors)
    ? (paper.authors as { name?: string; hidden?: boolean }[])
    : [];
  const submitter = paper.submittedOnDailyBy as Account | undefined;
  const organization = paper.organization as Account | undefined;
  const title = one(paper.title);
  const summary = typeof paper.summary === 'string' ? paper.summary : '';
  const upvote = `<div class="vote"><a class="vote-button" href="/login?next=%2Fpapers%2F${paper.id}">Upvote</a><div class="leading-none">${paper.upvotes ?? 0}</div></div>`;
  const repo = typeof paper.githubRepo === 'string' ? paper.githubRepo : '';
  const project = typeof paper.projectPage === 'string' ? paper.projectPage.trim() : '';
  const safe = (url: string) => /^https?:/.test(url);
  const content = `<section class="container paper-grid">
<div class="paper-main">
  <div class="crumbs"><a href="/papers">Papers</a> <span>arxiv:${paper.id}</span> <button type="button">Copy markdown</button></div>
  <h1 class="mb-2 text-2xl font-semibold">${title}</h1>
  <div class="mb-6 text-sm text-gray-500"><div>Published on ${shortDay(paper.publishedAt ?? '')}</div>${
    submitter
      ? `<div>· Submitted by <a href="/${asText(submitter.name ?? '')}">${asText(submitter.fullname ?? '')}</a> on ${shortDay(paper.submittedOnDailyAt ?? '')}</div>`
      : ''
  }</div>
  ${rank > 0 ? `<div class="rank">#${rank} Paper of the day</div>` : ''}
  ${organization ? `<a class="organization" href="/${asText(organization.name ?? '')}">${asText(organization.fullname ?? '')}</a>` : ''}
  ${upvote}
  <div class="authors"><span>Authors:</span> ${authors
    .filter(({ hidden }) => !hidden)
    .map(({ name }) => `<span class="author">${asText(name ?? '')}</span>`)
    .join(', ')}</div>
  <div class="abstract"><h2>Abstract</h2>
    ${typeof paper.ai_summary === 'string' ? `<div class="ai"><p>${asText(paper.ai_summary)}</p><span>AI-generated summary by ${asText(String(paper.ai_summary_model ?? ''))}</span></div>` : ''}
    <p class="text-gray-600">${asText(summary)}</p>
  </div>
  <div class="buttons"><a class="btn" href="https://arxiv.org/abs/${paper.id}">View arXiv page</a> <a class="btn" href="https://arxiv.org/pdf/${paper.id}">View PDF</a>${
    safe(project) ? ` <a class="btn" href="${asText(project)}">Project page</a>` : ''
  }${safe(repo) ? ` <a class="btn" href="${asText(repo)}">GitHub <span>${asText(String(paper.githubStars ?? ''))}</span></a>` : ''} <a class="btn" href="/login?next=%2Fpapers%2F${paper.id}">Add to collection</a></div>
  <section id="community" class="community"><h2>Community</h2>${Array.from({ length: comments }, (_, at) => `<article class="comment"><b>a-reader</b><p>Made-up comment ${at + 1}</p></article>`).join('')}
  <p class="text-gray-500">Upload images, audio, and videos by dragging in the text input.</p></section>
</div>
<div class="paper-side">
  ${upvote}
  ${section('Models', '', paper.numTotalModels, paper.linkedModels)}
  ${section('Datasets', '/datasets', paper.numTotalDatasets, paper.linkedDatasets)}
  ${section('Spaces', '/spaces', paper.numTotalSpaces, paper.linkedSpaces)}
  <section class="linked"><h2>Collections including this paper <span class="count">1</span></h2><article class="overview-card-wrapper"><a href="/collections/a-reader/made-up"><h4>Made-up collection</h4></a></article></section>
</div>
</section>`;
  const { linkedModels, linkedDatasets, linkedSpaces, ...inProps } = paper;
  return frame(
    `Paper page - ${paper.title.replace(/\s+/g, ' ')}`,
    island(
      'PaperContent',
      {
        comments: [],
        primaryEmailConfirmed: false,
        paper: inProps,
        dailyPaperRank: rank,
        upvoted: false,
        upvoters: [],
        query: {},
      },
      content,
    ),
  );
}

interface ListShown {
  period: 'day' | Period;
  /** The day, week or month that it really shows, as addresses name it; for Trending the words that it was searched for. */
  name: string;
  today: string;
  items: DailyItem[];
  /** Where the cards of this answer begin. */
  from: number;
}

/** Cards that the pages of long periods send at once, and all that they ever show. */
const cardsAtOnce = 40;
const cardsInAll = 105;

/** One card: the paper is linked three times, and four times with many authors. No abstract, no names of authors. */
function card({ paper, submittedBy, numComments, organization }: DailyItem): string {
  const title = one(paper.title);
  const path = `/papers/${paper.id}`;
  const submitter = submittedBy as Account | undefined;
  const authors = Array.isArray(paper.authors) ? paper.authors.length : 0;
  return `<article class="card"><a href="${path}" class="thumbnail" tabindex="-1" aria-label="${title}"></a>
<div class="card-body"><div class="submitter">Submitted by <span>${asText(submitter?.fullname ?? '')}</span></div>
<div class="card-row"><label class="vote"><input type="checkbox" disabled class="hidden"/><div class="leading-none">${paper.upvotes ?? 0}</div></label>
<div><h3 class="mb-1 text-lg"><a href="${path}" class="line-clamp-3">${title}</a></h3>
<div class="chips">${authors > 3 ? `<a href="${path}" class="chip">${authors} authors</a>` : ''}${organization ? `<span class="chip">${asText((organization as Account).fullname ?? '')}</span>` : ''}${paper.githubStars === undefined ? '' : `<span class="chip">GitHub ${paper.githubStars}</span>`}<a href="${path}#community" class="chip">${numComments ?? 0}</a></div></div></div></div></article>`;
}

/** The page of a period. Long ones send their cards by and by; the buttons lead to the present one of each kind. */
export function listPage({ period, name, today, items, from }: ListShown): Answer {
  const isLong = period !== 'day';
  const end = isLong ? Math.min(from + cardsAtOnce, cardsInAll) : items.length;
  const cards = items.slice(from, end);
  const address =
    period === 'trending'
      ? `/papers/trending?${name ? `q=${encodeURIComponent(name)}&` : ''}`
      : `/papers/${period}/${name}?`;
  const more = isLong && end < Math.min(items.length, cardsInAll);
  const periods = [
    ['Daily', `/papers/date/${today}`, 'day'],
    ['Weekly', `/papers/week/${weekOf(today)}`, 'week'],
    ['Monthly', `/papers/month/${today.slice(0, 7)}`, 'month'],
  ] as const;
  const dayBeside = (count: number, sign: string) =>
    `<a href="/papers/date/${addDays(name, count)}">${sign}</a>`;
  const content = `<section class="container list">
<div class="list-head"><h1 class="text-2xl">${period === 'trending' ? 'Trending Papers' : 'Daily Papers'}</h1><div class="by">by <a href="/made-up-curator">curator</a> and the research community</div>
<div class="periods">${periods.map(([label, path, kind]) => `<button type="button" data-path="${path}"${kind === period ? ' class="active"' : ''}>${label}</button>`).join('')}<a class="btn" href="/papers/trending">Trending</a><form action="/papers/trending"><input type="search" name="q" aria-label="Search papers" placeholder="Search papers"/></form></div>
<div class="day">${
    period === 'day'
      ? `${dayBeside(-1, '‹')} <time datetime="${name}">${shortDay(name)}</time> ${dayBeside(1, '›')}`
      : `<time>${asText(name)}</time>`
  }</div></div>
<div class="cards">${cards.map(card).join('\n')}</div>${more ? `<div class="more" data-more="${asText(`${address}from=${end}`)}">Loading more papers</div>` : ''}</section>`;
  return frame(
    'Daily Papers - Hugging Face',
    island(
      'DailyPapers',
      {
        authLight: {},
        canSubmit: false,
        dateString: period === 'day' ? name : today,
        dailyPapers: cards,
        periodType: period === 'trending' ? 'day' : period,
        isTrending: period === 'trending',
        query: {},
      },
      content,
    ),
  );
}

/** A model, dataset or Space, with a tag for each paper that its README names; one is named in the text too. */
export function repositoryPage(path: string, ids: string[]): Answer {
  const name = path.replace(/^\/(datasets|spaces)\//, '').replace(/^\//, '');
  // Some tags lead to the paper page, some to arXiv.
  const address = (id: string, at: number) =>
    at % 2 === 0 ? `/papers/${id}` : `https://arxiv.org/abs/${id}`;
  const tags = ids.map(
    (id, at) =>
      `<a class="tag" href="${address(id, at)}"><span class="text-gray-500">arxiv:</span><span>${id}</span></a>`,
  );
  const header = `<header class="container repository"><h1 class="text-lg"><a href="/${asText(name.split('/')[0] ?? '')}">${asText(name.split('/')[0] ?? '')}</a>/<a href="${path}">${asText(name.split('/')[1] ?? '')}</a></h1>
<div class="tags"><a class="tag" href="/models?pipeline_tag=text-generation">Text Generation</a>${tags.join('')}<a class="tag" href="/models?license=mit">License: mit</a></div></header>`;
  const readme = ids[0]
    ? `<p>It goes with <a href="https://arxiv.org/abs/${ids[0]}">our paper</a>.</p>`
    : '<p>It goes with no paper.</p>';
  return frame(
    `${name} · Hugging Face`,
    `${island('ModelHeader', { model: { id: name, tags: ids.map((id) => `arxiv:${id}`) } }, header)}
<section class="container"><div class="prose"><h2>Made-up Card</h2>${readme}</div></section>`,
  );
}

/** A well-formed id that Hugging Face has not indexed. */
export function unindexedPage(id: string): Answer {
  return frame(
    `Index paper ${id} - Hugging Face`,
    `<section class="container"><h1 class="text-2xl">arxiv:${asText(id)}</h1><p>This paper is not indexed yet.</p><form action="/papers/index" method="get"><input type="hidden" name="arxivId" value="${asText(id)}"/><button class="btn">Index arXiv paper</button></form></section>`,
  );
}

export function otherPage(title: string, status = 200): Answer {
  return frame(
    `${title} - Hugging Face`,
    `<section class="container"><h1 class="text-2xl">${asText(title)}</h1></section>`,
    status,
  );
}
