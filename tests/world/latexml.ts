// Papers as web pages, with the structure that LaTeXML gives them: for arXiv's own and for those of ar5iv.
import { asText } from './answer.ts';
import type { ArxivPaper } from './catalogue.ts';

/** A formula in MathML, its TeX beside it. */
const math = (tex: string, mathml: string, id: string): string =>
  `<math alttext="${asText(tex)}" class="ltx_Math" display="inline" id="${id}"><semantics>${mathml}<annotation encoding="application/x-tex">${asText(tex)}</annotation></semantics></math>`;

/** The formulas of a text, in which `$` stands around them. */
function withMath(text: string, id: string): string {
  return text
    .split(/\$([^$]+)\$/)
    .map((part, at) => {
      if (at % 2 === 0) return asText(part);
      const shown = part.replace(/\\[a-z]+/gi, '').replace(/[{}]/g, '');
      return math(part, `<mi>${asText(shown)}</mi>`, `${id}.m${at}`);
    })
    .join('');
}

const footnote = (number: number, text: string): string =>
  `<span class="ltx_note ltx_role_footnote" id="footnote${number}"><sup class="ltx_note_mark">${number}</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">${number}</sup><span class="ltx_tag ltx_tag_note">${number}</span>${text}</span></span></span>`;

const titles = ['Introduction', 'Method', 'Experiments', 'Conclusion'];

function section(title: string, at: number): string {
  const id = `S${at + 1}`;
  const formula = math('x<y', '<mrow><mi>x</mi><mo>&lt;</mo><mi>y</mi></mrow>', `${id}.p1.1.m1`);
  const paragraph = (number: number, more = '') =>
    `<div class="ltx_para" id="${id}.p${number}"><p class="ltx_p" id="${id}.p${number}.1">This is a made-up sentence about ${title.toLowerCase()}, and one more where ${formula} holds.${more} ${'A made-up paper has made-up text, which goes on for a while. '.repeat(6)}</p></div>`;
  return `<section class="ltx_section" id="${id}">
<h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">${at + 1} </span>${title}</h2>
${paragraph(1, footnote(at + 1, `A made-up footnote on ${title.toLowerCase()}.`))}
${paragraph(2)}
</section>`;
}

/** The parts that arXiv and ar5iv share. `bibliography`: ids that the paper cites, as links to arXiv. */
export function latexml(paper: ArxivPaper, bibliography: string[]): string {
  return `<article class="ltx_document ltx_authors_1line">
<h1 class="ltx_title ltx_title_document">${withMath(paper.title, 'id1')}</h1>
<div class="ltx_authors">${paper.authors
    .map(
      (name) =>
        `<span class="ltx_creator ltx_role_author"><span class="ltx_personname">${asText(name)}</span></span>`,
    )
    .join('<span class="ltx_author_before">, </span>')}</div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>${paper.abstract
    .split(/\n {2,}/)
    .map((part, at) => `<p class="ltx_p" id="id${at + 2}">${withMath(part, `id${at + 2}`)}</p>`)
    .join('')}</div>
${titles.map(section).join('\n')}
<section class="ltx_bibliography" id="bib"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">${bibliography
    .map(
      (id, at) =>
        `<li class="ltx_bibitem" id="bib.bib${at + 1}"><span class="ltx_tag ltx_tag_bibitem">[${at + 1}]</span><span class="ltx_bibblock">First Author, a made-up reference. <a class="ltx_ref ltx_href" href="https://arxiv.org/abs/${id}">arXiv:${id}</a></span></li>`,
    )
    .join('')}</ul></section>
</article>`;
}

/** The contents at the left. */
export const contents = `<nav class="ltx_page_navbar"><nav class="ltx_TOC"><ol class="ltx_toclist">${titles
  .map(
    (title, at) =>
      `<li class="ltx_tocentry ltx_tocentry_section"><a class="ltx_ref" href="#S${at + 1}"><span class="ltx_text ltx_ref_title"><span class="ltx_tag ltx_tag_ref">${at + 1} </span>${title}</span></a></li>`,
  )
  .join('')}</ol></nav></nav>`;
