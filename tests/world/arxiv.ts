// arxiv.org and its other names: which path answers what, and the Atom API of export.arxiv.org.
import { readFileSync } from 'node:fs';
import { type Answer, type Asked, asText, redirect, type Site } from './answer.ts';
import { type ArxivId, printId, readId } from './arxiv-id.ts';
import { arxivLists } from './arxiv-lists.ts';
import {
  absNotFound,
  absPage,
  bareHtml,
  formatPage,
  homePage,
  malformed,
  noHtml,
  notFound,
  recordedPage,
  shortDate,
  trackbacksPage,
} from './arxiv-pages.ts';
import type { ArxivPaper, Catalogue } from './catalogue.ts';
import { contents, latexml } from './latexml.ts';
import { numberedPaper, papers } from './papers.ts';

const stylesheet = readFileSync(new URL('static/arxiv.css', import.meta.url));
const mathjax = readFileSync(new URL('static/mathjax.js', import.meta.url));

/** Answers for every name of arXiv. `listed`: what its lists show, newest day first. */
export function arxivSite(
  catalogue: Catalogue,
  listed: () => [day: string, ids: string[]][],
): Site {
  const lists = arxivLists(catalogue, listed);
  const paperOf = (id: string) => catalogue.arxiv.get(id) ?? numberedPaper(id);
  /** The first paper with an identifier of today's form, of which nothing but the API is asked. */
  const first = (id: string) => {
    const paper = id === '0704.0001' && paperOf(papers.plain);
    return paper ? { ...paper, id } : undefined;
  };

  return (asked) => {
    const { pathname, search } = asked.url;
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return notFound(405);
    const recorded = catalogue.pages.get(pathname + search) ?? catalogue.pages.get(pathname);
    if (recorded) return recordedPage(recorded.html, recorded.status);
    if (pathname === '/') return homePage();
    if (asked.host === 'export.arxiv.org' && pathname === '/api/query') return apiQuery(asked);
    if (pathname === '/favicon.ico' || pathname.startsWith('/static/')) return staticFile(pathname);
    const [, area = '', rest = ''] = /^\/([^/]+)(?:\/(.*))?$/.exec(decoded(pathname)) ?? [];
    if (area === 'abs') return abs(rest, asked.url);
    if (area === 'pdf') return pdf(rest);
    if (area === 'html') return htmlVersion(rest);
    if (area === 'ftp') return oldPdf(rest);
    if (area === 'format' || area === 'tb') return about(area, rest);
    if (area === 'e-print') return redirect(`/src/${rest}`);
    return lists(area, rest, asked.url) ?? notFound();
  };

  function abs(rest: string, url: URL): Answer {
    // The old form has the id in the query, and is answered without a redirect.
    const inQuery = url.searchParams.get('id') ?? [...url.searchParams.keys()][0];
    const text = rest === '' && inQuery ? inQuery : rest;
    const asked = readId(text);
    if (!asked) return malformed();
    if (rest !== '' && rest !== printId(asked)) return redirect(`/abs/${printId(asked)}`);
    const recorded = catalogue.pages.get(`/abs/${printId(asked)}`);
    if (recorded) return recordedPage(recorded.html, recorded.status);
    const paper = paperOf(asked.id);
    return paper && has(paper, asked) ? absPage(paper, asked) : absNotFound(asked, paper);
  }

  function pdf(rest: string): Answer {
    if (/^arxiv:/i.test(rest)) return notFound();
    const asked = readId(rest);
    if (!asked) return notFound();
    if (rest !== printId(asked)) return redirect(`/pdf/${printId(asked)}`);
    const paper = paperOf(asked.id);
    if (!paper || !has(paper, asked) || versionOf(paper, asked)?.withdrawn) return notFound();
    // The name in the header always has a version, and of an old id only the number.
    const name = `${asked.id.split('/').at(-1)}v${asked.version ?? paper.versions.length}.pdf`;
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}"`,
        link: `<https://arxiv.org/pdf/${asked.id}>; rel='canonical'`,
        'access-control-allow-origin': '*',
      },
      body: pdfOf(paper),
    };
  }

  /** Where PDFs lay long ago: `/ftp/hep-th/papers/9901/9901001.pdf` */
  function oldPdf(rest: string): Answer {
    const [, archive, name] = /^([a-z-]+)\/papers\/\d{4}\/([\d.]+)\.pdf$/.exec(rest) ?? [];
    return name ? pdf(archive === 'arxiv' ? name : `${archive}/${name}`) : notFound();
  }

  /** The formats of a paper, or its trackbacks. */
  function about(area: 'format' | 'tb', rest: string): Answer {
    const asked = readId(rest);
    const paper = asked ? paperOf(asked.id) : undefined;
    if (!asked || !paper || !has(paper, asked)) return notFound();
    return area === 'format' ? formatPage(asked) : trackbacksPage(asked);
  }

  function htmlVersion(rest: string): Answer {
    const asked = readId(rest);
    const paper = asked ? paperOf(asked.id) : undefined;
    if (!asked || !paper?.html || !has(paper, asked)) return noHtml(rest);
    const version = asked.version ?? paper.versions.length;
    const name = `${paper.id}v${version}`;
    return bareHtml(`<!DOCTYPE html><html lang="en">
<head><meta charset="utf-8"><title>${asText(paper.title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/browse/0.3.4/css/arXiv.css">
<base href="/html/${name}/"></head>
<body>
<header class="arxiv-html-header"><a href="https://arxiv.org/">archive</a> <nav><a href="https://arxiv.org/abs/${name}">Back to Abstract</a> <a href="https://arxiv.org/pdf/${name}">Download PDF</a></nav></header>
${contents}
<div class="ltx_page_main"><div class="ltx_page_content">
<div id="watermark-tr">arXiv:${name} [${paper.subjects[0]?.[1]}] ${shortDate(versionOf(paper, asked)?.date ?? '')}</div>
${latexml(paper, [papers.plain, papers.oldStyle])}
</div></div></body></html>`);
  }

  /** The Atom API: known papers of `id_list`, in the order asked. As the real one, it always knows its first. */
  function apiQuery({ url }: Asked): Answer {
    const ids = (url.searchParams.get('id_list') ?? '').split(',').filter(Boolean);
    const start = Number(url.searchParams.get('start') ?? 0);
    const count = Number(url.searchParams.get('max_results') ?? 10);
    const found = ids.flatMap((text) => {
      const asked = readId(text.trim());
      const paper = asked && (paperOf(asked.id) ?? first(asked.id));
      return paper && has(paper, asked) ? [atomEntry(paper, asked)] : [];
    });
    const shown = found.slice(start, start + count);
    return {
      status: 200,
      headers: { 'content-type': 'application/atom+xml; charset=UTF-8' },
      body: `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up-query-id</id>
  <title>arXiv Query: search_query=&amp;id_list=${asText(ids.join(','))}&amp;start=${start}&amp;max_results=${count}</title>
  <updated>${new Date().toISOString().slice(0, 19)}Z</updated>
  <link href="${asText(url.href)}" type="application/atom+xml"/>
  <opensearch:itemsPerPage>${count}</opensearch:itemsPerPage>
  <opensearch:totalResults>${found.length}</opensearch:totalResults>
  <opensearch:startIndex>${start}</opensearch:startIndex>
${shown.join('\n')}
</feed>`,
    };
  }
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const has = (paper: ArxivPaper, { version }: ArxivId): boolean =>
  version === undefined || version <= paper.versions.length;

const versionOf = (paper: ArxivPaper, { version }: ArxivId) =>
  paper.versions[(version ?? paper.versions.length) - 1];

const seconds = (iso: string | undefined): string =>
  `${new Date(iso ?? 0).toISOString().slice(0, 19)}Z`;

function atomEntry(paper: ArxivPaper, asked: ArxivId): string {
  const version = asked.version ?? paper.versions.length;
  const id = `${paper.id}v${version}`;
  // Long titles are wrapped, as in every answer of this API.
  const title = asText(paper.title).replace(/^(.{60,}?) /, '$1\n  ');
  return `  <entry>
    <id>http://arxiv.org/abs/${id}</id>
    <title>${title}</title>
    <updated>${seconds(versionOf(paper, asked)?.date)}</updated>
    <link href="https://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${id}" rel="related" type="application/pdf" title="pdf"/>
    <summary>${asText(paper.abstract)}</summary>
${paper.subjects.map(([, code]) => `    <category term="${code}" scheme="http://arxiv.org/schemas/atom"/>`).join('\n')}
    <published>${seconds(paper.versions[0]?.date)}</published>
${paper.comments ? `    <arxiv:comment>${asText(paper.comments)}</arxiv:comment>\n` : ''}${
  paper.doi ? `    <arxiv:doi>${asText(paper.doi)}</arxiv:doi>\n` : ''
}    <arxiv:primary_category term="${paper.subjects[0]?.[1]}"/>
${paper.authors.map((name) => `    <author>\n      <name>${asText(name)}</name>\n    </author>`).join('\n')}
  </entry>`;
}

/** The real pages name many files; the ones that matter here have a body. */
function staticFile(path: string): Answer {
  const cached = { 'cache-control': 'max-age=3600' };
  if (path.endsWith('/arXiv.css'))
    return { status: 200, headers: { 'content-type': 'text/css', ...cached }, body: stylesheet };
  if (path.endsWith('.css'))
    return { status: 200, headers: { 'content-type': 'text/css', ...cached }, body: '' };
  const script = path.endsWith('/mathjaxToggle.min.js') ? mathjax : '';
  if (path.endsWith('.js'))
    return { status: 200, headers: { 'content-type': 'text/javascript', ...cached }, body: script };
  const image =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16" fill="#999"/></svg>';
  return { status: 200, headers: { 'content-type': 'image/svg+xml', ...cached }, body: image };
}

/** A PDF of one page that names the paper. */
function pdfOf(paper: ArxivPaper): Buffer {
  const line = paper.title
    .replace(/[^ -~]/g, ' ')
    .replace(/[\\()]/g, ' ')
    .slice(0, 70);
  const text = `BT /F1 14 Tf 60 720 Td (${line}) Tj 0 -24 Td (arXiv:${paper.id}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = body.length;
    body += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
