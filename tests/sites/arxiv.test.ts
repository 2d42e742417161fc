// arXiv's abstract page: when it shows the paper, where the panel goes, and what its tags say.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/paper';
import { arxiv } from '../../src/sites/arxiv';
import { recordings } from '../recordings';
import { loading, pageOf, parse } from './parse';

const page = pageOf('https://arxiv.org/abs/2601.00001');

const full = `<!DOCTYPE html><html><head>
  <title>[2601.00001] A Margin of $\\alpha$ and Its Notes</title>
  <meta property="og:url" content="https://arxiv.org/abs/2601.00001v3">
  <meta name="citation_title" content="A Margin of $\\alpha$
    and Its Notes">
  <meta name="citation_author" content="Author, First">
  <meta name="citation_author" content="Author III, Second">
  <meta name="citation_author" content="von Author, Third">
  <meta name="citation_author" content="Author, Jr., Fourth">
  <meta name="citation_author" content="Author, F. -A.">
  <meta name="citation_author" content="O&#39;Author, Sixth">
  <meta name="citation_author" content=":">
  <meta name="citation_author" content="The Margin Collaboration">
  <meta name="citation_doi" content="10.1000/first 10.1000/second">
  <meta name="citation_date" content="2026/01/02">
  <meta name="citation_online_date" content="2026/03/04">
  <meta name="citation_arxiv_id" content="2601.00001">
  <meta name="citation_abstract" content="  We write $x$
in the margin &amp; keep it. ">
</head><body>
  <div class="leftcolumn"><div class="subheader"><h1>Computer Science</h1></div>
    <div id="abs"><h1 class="title mathjax">Title:A Margin of <span>α</span>$\\alpha$</h1>
      <div class="metatable"><table><tr><td class="tablecell subjects">
        <span class="primary-subject">Computation and Language (cs.CL)</span>; Mathematical Physics (math-ph);
        Superconductivity (cond-mat.supr-con)</td></tr></table></div>
    </div>
  </div>
  <div class="extra-services"><div class="full-text"><ul><li>View PDF</li></ul></div>
    <div class="browse"></div>
  </div>
</body></html>`;

describe('the document shows the paper', () => {
  it('when it has an abstract', () => {
    expect(arxiv.shows(parse(full), page)).toBe(true);
  });

  it('not while the abstract is still to come', () => {
    expect(arxiv.shows(loading('<div class="leftcolumn"></div>'), page)).toBe(false);
  });

  it('not when it says that there is no such paper', () => {
    expect(arxiv.shows(parse('<h1>Article identifier not recognized</h1>'), page)).toBe(false);
  });
});

describe('the panel goes', () => {
  const links = '<div id="abs"></div><div class="extra-services"><div class="full-text"></div>';

  it('right after the links to the full text', () => {
    const document = parse(full);
    expect(arxiv.place(document, page)).toEqual({
      element: document.querySelector('.full-text'),
      position: 'after',
      fit: 'column',
    });
  });

  it('there before the rest of the page has come, as soon as the links are complete', () => {
    expect(arxiv.place(loading(links), page)).toBeNull();
    expect(arxiv.place(loading(`${links}\n`), page)).toMatchObject({
      position: 'after',
      fit: 'column',
    });
  });

  it('there when nothing follows the links at all', () => {
    expect(arxiv.place(parse(links), page)).toMatchObject({ position: 'after', fit: 'column' });
  });

  it('to the top of the column where it has no such links, but not before that is certain', () => {
    const bare = '<div id="abs"></div><div class="extra-services"><div class="browse"></div></div>';
    expect(arxiv.place(loading(bare), page)).toBeNull();
    const document = parse(bare);
    expect(arxiv.place(document, page)).toEqual({
      element: document.querySelector('.extra-services'),
      position: 'prepend',
      fit: 'column',
    });
  });

  it("to the window's edge where there is no column", () => {
    expect(arxiv.place(loading('<div id="abs"></div>'), page)).toBeNull();
    expect(arxiv.place(parse('<div id="abs"></div>'), page)).toMatchObject({
      position: 'append',
      fit: 'docked',
    });
  });
});

describe('the tags say', () => {
  const paper = arxiv.read(parse(full), page);

  it('all there is to know of the paper', () => {
    expect(paper).toEqual({
      id: '2601.00001',
      title: 'A Margin of $\\alpha$ and Its Notes',
      authors: [
        'First Author',
        'Second Author III',
        'Third von Author',
        'Fourth Author, Jr.',
        'F.-A. Author',
        "Sixth O'Author",
        'The Margin Collaboration',
      ],
      abstract: 'We write $x$ in the margin & keep it.',
      published: '2026-01-02',
      updated: '2026-03-04',
      doi: '10.1000/first',
      categories: ['cs.CL', 'math-ph', 'cond-mat.supr-con'],
      version: 3,
    } satisfies Omit<Paper, 'id'> & { id: string });
  });

  it('the version of the URL before that of the page', () => {
    const first = pageOf('https://arxiv.org/abs/2601.00001v1');
    expect(arxiv.read(parse(full), first).version).toBe(1);
  });

  it('nothing where they are missing, and nothing is made up', () => {
    expect(arxiv.read(parse('<div id="abs"></div>'), page)).toEqual({
      id: '2601.00001',
      title: '',
      authors: [],
      abstract: '',
    });
  });

  it('nothing where they hold something else', () => {
    const odd = `<meta property="og:url" content="not a URL"><meta name="citation_date" content="some day">
      <meta name="citation_online_date" content="2026"><meta name="citation_doi"><meta name="citation_title">`;
    expect(arxiv.read(parse(odd), page)).toEqual({
      id: '2601.00001',
      title: '',
      authors: [],
      abstract: '',
    });
  });
});

describe.runIf(recordings)('over recorded pages', () => {
  const folder = `${recordings}/arxiv/rendered/abs`;
  const missing = ['1810.04805v99', '9999.99999'];
  const names = recordings ? readdirSync(folder).map((file) => file.replace('.html', '')) : [];
  const open = (name: string) => parse(readFileSync(`${folder}/${name}.html`, 'utf8'));
  const at = (name: string) =>
    pageOf(`https://arxiv.org/abs/${name.replace('-with-html-link', '').replace('_', '/')}`);
  const shown = names.filter((name) => !missing.includes(name));

  it('there are pages of papers, and pages of papers that are missing', () => {
    expect(shown.length).toBeGreaterThan(20);
    expect(names).toEqual(expect.arrayContaining(missing));
  });

  it.each(shown)('%s shows its paper, has a place in the column, and full metadata', (name) => {
    const document = open(name);
    const page = at(name);
    expect(arxiv.shows(document, page)).toBe(true);
    expect(arxiv.place(document, page)).toEqual({
      element: document.querySelector('.extra-services > .full-text'),
      position: 'after',
      fit: 'column',
    });
    const paper = arxiv.read(document, page);
    expect(paper.id).toBe(page.id);
    // The page's own title begins with the identifier in brackets, and has some of its TeX already drawn.
    const drawn = document.title.replace(/^\[.*?\]\s*/, '').replace(/\s+/g, ' ');
    expect(paper.title.split('$')[0]).toBe(drawn.split('$')[0]);
    expect(paper.title.split('$').length).toBe(drawn.split('$').length);
    expect(paper.authors.length).toBeGreaterThan(0);
    expect(paper.authors.every((author) => /\p{L}/u.test(author) && author.trim() === author)).toBe(
      true,
    );
    expect(paper.abstract.length).toBeGreaterThan(50);
    expect(paper.published).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(paper.updated).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(`${paper.updated}` >= `${paper.published}`).toBe(true);
    const primary = document.querySelector('.primary-subject')?.textContent ?? '';
    expect(primary.endsWith(`(${paper.categories?.[0]})`)).toBe(true);
    expect(paper.version).toBeGreaterThan(0);
  });

  it.each(missing)('%s, which is missing, has no panel', (name) => {
    expect(arxiv.shows(open(name), page)).toBe(false);
  });

  it('no other page has the mark of an abstract page', () => {
    for (const group of ['list', 'other']) {
      for (const file of readdirSync(`${recordings}/arxiv/rendered/${group}`)) {
        const document = parse(
          readFileSync(`${recordings}/arxiv/rendered/${group}/${file}`, 'utf8'),
        );
        expect(arxiv.shows(document, page), file).toBe(false);
      }
    }
  });

  it('the captured page is read like the rendered ones', () => {
    const document = parse(
      readFileSync(`${recordings}/arxiv/captured/abs-1902.02534-2026-07.html`, 'utf8'),
    );
    const captured = at('1902.02534');
    expect(arxiv.shows(document, captured)).toBe(true);
    expect(arxiv.place(document, captured)).toMatchObject({ position: 'after', fit: 'column' });
    expect(arxiv.read(document, captured)).toMatchObject({
      published: '2019-02-07',
      updated: '2019-06-21',
      categories: ['cs.DL'],
      version: 2,
    });
  });

  it('a paper of a thousand authors keeps its collaborations', () => {
    const { authors } = arxiv.read(open('1411.4413'), at('1411.4413'));
    expect(authors.length).toBe(2832);
    expect(authors.slice(0, 2)).toEqual(['The CMS', 'LHCb Collaborations']);
  });
});
