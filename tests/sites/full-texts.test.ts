// Papers as web pages: when they are there, where the panel goes, and what they say of themselves.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { siteOf } from '../../src/sites';
import type { Page } from '../../src/sites/site';
import { recordings } from '../recordings';
import { loading, pageOf, parse } from './parse';

const page = pageOf('https://arxiv.org/html/2601.00001');
const pages = [
  page,
  pageOf('https://ar5iv.labs.arxiv.org/html/2601.00001'),
  pageOf('https://ar5iv.org/abs/2601.00001'),
];

const creator = (
  name: string,
) => `<span class="ltx_creator ltx_role_author"><span class="ltx_personname">${name}</span>
  <span class="ltx_author_notes"><span class="ltx_contact ltx_role_affiliation">University of Margins</span></span></span>`;

const formula = (
  tex: string,
) => `<math id="m1" class="ltx_Math" alttext="${tex}" display="inline"><semantics><mi>α</mi>
  <annotation-xml encoding="MathML-Content"><ci>𝛼</ci></annotation-xml><annotation encoding="application/x-tex">${tex}</annotation></semantics></math>`;

/** A converted paper with these fields of authors. */
function converted(authors: string): string {
  return `<header class="arxiv-html-header"><a href="https://arxiv.org/abs/2601.00001v2">Back to Abstract</a></header>
  <nav class="ltx_page_navbar"><ol><li>Abstract</li></ol></nav>
  <div class="ltx_page_main"><div id="infobox"><div id="watermark-tr">
arXiv:2601.00001v2 [cs.CL] 02 Jan 2026</div></div><div class="ltx_page_content">
<article class="ltx_document ltx_authors_1line">
<h1 class="ltx_title ltx_title_document">A Margin of ${formula('\\alpha')}<br class="ltx_break">
  and Its Notes<span class="ltx_note ltx_role_footnote"><sup>1</sup><span>Thanks to all.</span></span></h1>
<div class="ltx_authors">${authors}</div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>
<p class="ltx_p">We write ${formula('x%&#10;+y')} in the <span class="ltx_text ltx_font_italic">margin</span>.</p>
<p class="ltx_p">It <span class="ltx_ERROR undefined">\\xspace</span> stays.</p></div>
<section id="S1" class="ltx_section"><h2 class="ltx_title">1 Introduction</h2><div class="ltx_abstract">Another</div></section>
</article></div></div>`;
}

const full = converted(creator('First Author') + creator('Second A. van Author<sup>1</sup>\n'));

describe.each(pages)('a converted paper ($site)', (page) => {
  const site = siteOf(page);

  it('is there as soon as its article has begun', () => {
    expect(site.shows(loading('<article class="ltx_document">'), page)).toBe(true);
    expect(site.shows(parse('<h1>No HTML for 2601.00001</h1>'), page)).toBe(false);
    expect(site.shows(parse('<p>No content available</p>'), page)).toBe(false);
  });

  it("has no column: the panel goes to the window's edge, once the abstract is complete", () => {
    const half = full.slice(0, full.indexOf('<section'));
    expect(site.place(loading(half), page)).toBeNull();
    for (const document of [loading(full), parse(half)]) {
      expect(site.place(document, page)).toEqual({
        element: document.body,
        position: 'append',
        fit: 'docked',
      });
    }
  });

  it('says each formula once, as TeX, and leaves out notes and numbers', () => {
    expect(site.read(parse(full), page)).toEqual({
      id: '2601.00001',
      title: 'A Margin of $\\alpha$ and Its Notes',
      authors: ['First Author', 'Second A. van Author'],
      abstract: 'We write $x+y$ in the margin. It stays.',
      version: 2,
    });
  });

  it('says nothing where there is no paper', () => {
    expect(site.read(parse('<h1>No HTML</h1>'), page)).toEqual({
      id: '2601.00001',
      title: '',
      authors: [],
      abstract: '',
    });
  });
});

describe('the version', () => {
  const read = (url: string, html = full) => siteOf(page).read(parse(html), pageOf(url));

  it('of the URL comes before that of the page', () => {
    expect(read('https://arxiv.org/html/2601.00001v1').version).toBe(1);
  });

  it('of another paper is none', () => {
    expect('version' in read('https://arxiv.org/html/2601.00002')).toBe(false);
    expect(
      'version' in
        read('https://arxiv.org/html/2601.00001', full.replace('arXiv:2601.00001v2', '')),
    ).toBe(false);
  });
});

describe('the authors', () => {
  const authors = (html: string) => siteOf(page).read(parse(converted(html)), page).authors;

  it('may share a field', () => {
    expect(authors(creator('First Author,\nSecond Author and Third O’Author'))).toEqual([
      'First Author',
      'Second Author',
      'Third O’Author',
    ]);
    expect(authors(`${creator('First Author &amp; Second-Name Author')}`)).toEqual([
      'First Author',
      'Second-Name Author',
    ]);
  });

  it('keep no marks', () => {
    expect(
      authors(creator(`First Author${formula('{}^{1,2}')}<span class="ltx_note">a note</span>`)),
    ).toEqual(['First Author']);
  });

  it.each([
    'First Author<br class="ltx_break">University of Margins',
    'First Author<br class="ltx_break">Margins Group',
    'First Author, University of Margins',
    'First Author, Margins Research',
    'First Author first@example.com',
    'First Author1, Second Author2',
    'Margins',
    'First Author and the other people who have all written here',
  ])('are none rather than wrong ones: %s', (field) => {
    expect(authors(creator('Second Author') + creator(field))).toEqual([]);
  });
});

describe('a PDF', () => {
  const pdf = pageOf('https://arxiv.org/pdf/2601.00001v2');
  const site = siteOf(pdf);
  const viewer = parse('');
  Object.defineProperty(viewer, 'contentType', { value: 'application/pdf' });

  it('is there in the viewer, and not on the page that says there is none', () => {
    expect(site.shows(viewer, pdf)).toBe(true);
    expect(site.shows(parse('<h1>No PDF</h1>'), pdf)).toBe(false);
    // A viewer is never the page about the paper.
    expect(site.shows(viewer, pageOf('https://arxiv.org/abs/2601.00001'))).toBe(false);
  });

  it("has a place at the window's edge and tells only what its URL tells", () => {
    expect(site.place(viewer, pdf)).toEqual({
      element: viewer.body,
      position: 'append',
      fit: 'docked',
    });
    expect(site.read(viewer, pdf)).toEqual({
      id: '2601.00001',
      title: '',
      authors: [],
      abstract: '',
      version: 2,
    });
  });
});

it('pages of formats and the like show no panel', () => {
  for (const path of ['format', 'tb', 'bibtex', 'src']) {
    const other = pageOf(`https://arxiv.org/${path}/2601.00001`);
    expect(siteOf(other).shows(parse(`<div id="abs"></div>${full}`), other)).toBe(false);
  }
});

describe('alphaXiv', () => {
  const urls = ['abs', 'overview', 'pdf'].map(
    (kind) => `https://www.alphaxiv.org/${kind}/2601.00001v2`,
  );

  it.each(urls.map((url): [string, Page] => [url, pageOf(url)]))(
    "%s: the panel goes to the window's edge once the page has come",
    (_, page) => {
      const site = siteOf(page);
      const document = parse('<div id="root"></div>');
      expect(site.shows(document, page)).toBe(true);
      expect(site.place(document, page)).toEqual({
        element: document.body,
        position: 'append',
        fit: 'docked',
      });
      expect(site.place(loading('<div id="root"></div>'), page)).toBeNull();
      expect(site.read(document, page)).toEqual({
        id: '2601.00001',
        title: '',
        authors: [],
        abstract: '',
        version: 2,
      });
    },
  );
});

describe.runIf(recordings)('over recorded pages', () => {
  const open = (file: string) =>
    parse(readFileSync(`${recordings}/arxiv/rendered/other/${file}.html`, 'utf8'));

  it('a paper without a web page, or without a PDF, has no panel', () => {
    expect(siteOf(page).shows(open('html-404-no-html'), page)).toBe(false);
    const pdf = pageOf('https://arxiv.org/pdf/1810.04805');
    expect(siteOf(pdf).shows(open('pdf-404'), pdf)).toBe(false);
  });
});
