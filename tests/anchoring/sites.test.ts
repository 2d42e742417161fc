// A highlight made on one site's page of a paper is found on another's, around the same text of LaTeXML.
// @vitest-environment happy-dom
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { find, quoteOf } from '../../src/anchoring/quote';
import { readText } from '../../src/anchoring/text';
import { siteOf } from '../../src/sites';
import { pageOf, parse } from '../sites/parse';
import { seams } from './page';

const folder = join(import.meta.dirname, 'papers');
const papers = readdirSync(folder).filter((name) => name.endsWith('.html'));

const arxiv = {
  page: pageOf('https://arxiv.org/html/2601.00001v2'),
  html: (article: string) =>
    `<header class="arxiv-html-header"><a href="https://arxiv.org/abs/2601.00001v2">Back to Abstract</a></header>
<nav class="ltx_page_navbar"><nav class="ltx_TOC"><ol><li>1 The official lift</li></ol></nav></nav>
<div class="ltx_page_main"><div id="infobox"><div id="watermark-tr">arXiv:2601.00001v2 [cs.CL] 02 Jan 2026</div></div><div class="ltx_page_content">${article}</div></div>`,
};

// It writes what a formula means into the formula too, and has no version.
const ar5iv = {
  page: pageOf('https://ar5iv.labs.arxiv.org/html/2601.00001'),
  html: (article: string) =>
    `<div class="ltx_page_main"><div class="ltx_page_content">${article.replace(
      /<annotation encoding/g,
      '<annotation-xml encoding="MathML-Content"><apply><times></times><ci>𝛼</ci></apply></annotation-xml><annotation encoding',
    )}</div><footer class="ltx_page_footer"><a href="https://ar5iv.org/">Feeling lucky?</a> The official lift</footer></div>`,
};

async function textOf({ page, html }: typeof arxiv, article: string) {
  const document = parse(html(article));
  const root = siteOf(page).text?.(document, page);
  if (!root) throw new Error(`${page.site} has no text here`);
  return readText(root, seams);
}

it.each(
  papers.flatMap((name) => [
    { name, from: arxiv, to: ar5iv, way: 'from arXiv HTML to ar5iv' },
    { name, from: ar5iv, to: arxiv, way: 'from ar5iv to arXiv HTML' },
  ]),
)('each sentence of $name is found $way', async ({ name, from, to }) => {
  const article = /<article[\s\S]*<\/article>/.exec(readFileSync(join(folder, name), 'utf8'))?.[0];
  const [here, there] = [await textOf(from, article ?? ''), await textOf(to, article ?? '')];
  const sentences = [...here.text.matchAll(/[^.?!]{25,400}[.?!](?= )/g)];
  expect(sentences.length).toBeGreaterThan(20);
  for (const { index, 0: sentence } of sentences) {
    const start = index + (/^ */.exec(sentence)?.[0].length ?? 0);
    const quote = quoteOf(here, { start, end: index + sentence.length });
    const found = quote && (await find(there, quote, seams));
    expect(found && there.text.slice(found.start, found.end)).toBe(quote?.exact);
  }
});
