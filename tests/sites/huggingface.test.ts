// Hugging Face's paper page: where the panel goes, in whatever way the blocks of its right column are built.
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/sites';
import { huggingface } from '../../src/sites/huggingface';
import type { Page } from '../../src/sites/site';

function parse(html: string): Document {
  return new DOMParser().parseFromString(`<body>${html}</body>`, 'text/html');
}

const page = recognise('https://huggingface.co/papers/2601.00001') as Page;
const paper = `<section id="paper"><h1>A Margin and Its Notes</h1><p>Abstract</p>
  <p>We count Models citing this paper by hand.</p></section>`;

/** The page around a right column. */
function withColumn(column: string): Document {
  return parse(
    `<main><div class="grid">${paper}<section id="column">${column}</section></div></main>`,
  );
}

function expectBefore(document: Document, selector: string) {
  const element = document.querySelector(selector);
  expect(element).not.toBeNull();
  const place = huggingface.place(document, page);
  expect(place?.element.outerHTML).toBe(element?.outerHTML);
  expect(place?.element).toBe(element);
  expect(place).toMatchObject({ position: 'before', fit: 'column' });
}

describe('the panel goes before the first block of the right column', () => {
  it('when headings and lists stand in one row', () => {
    expectBefore(
      withColumn(`<h2 id="first">Models citing this paper <span>2</span></h2><ul></ul>
        <h2>Datasets citing this paper <span>1</span></h2><ul></ul>`),
      '#first',
    );
  });

  it('when each block has a box of its own', () => {
    expectBefore(
      withColumn(`<div id="first"><div><h2><span>Models citing this paper</span> 2</h2><button>Sort</button></div><ul></ul></div>
        <div><h2>Datasets citing this paper</h2></div><div><h2>Spaces citing this paper</h2></div>`),
      '#first',
    );
  });

  it('when the text is on a line of its own', () => {
    expectBefore(
      withColumn(`<div id="first"><h2>
          Models citing this paper
          0</h2></div><div><h2>Datasets citing this paper</h2></div>`),
      '#first',
    );
  });

  it('when a block says its heading twice, once for screen readers', () => {
    expectBefore(
      withColumn(`<div id="first"><h2>Models citing this paper</h2><div><b>Models citing this paper: 2</b></div></div>
        <div><h2>Spaces citing this paper</h2></div>`),
      '#first',
    );
  });

  it('when there are no models', () => {
    expectBefore(
      withColumn(`<div id="first"><h3>Datasets citing this paper 1</h3></div>
        <div><h3>Collections including this paper 4</h3></div>`),
      '#first',
    );
  });

  it('or before its heading, when it is the only block', () => {
    expectBefore(withColumn('<div><h2 id="first">Spaces citing this paper 1</h2></div>'), '#first');
  });
});

describe('where there is no such column', () => {
  it("the panel stands at the window's edge", () => {
    const document = parse(paper);
    expect(huggingface.place(document, page)).toEqual({
      element: document.body,
      position: 'append',
      fit: 'docked',
    });
  });

  it('it waits until the page has loaded', () => {
    const document = parse(paper);
    Object.defineProperty(document, 'readyState', { value: 'loading' });
    expect(huggingface.place(document, page)).toBeNull();
  });
});

it('every document of such a URL shows the paper, once it has a body', () => {
  const document = parse('');
  expect(huggingface.shows(document, page)).toBe(true);
  document.body.remove();
  expect(huggingface.shows(document, page)).toBe(false);
});

it('the page tells the id and the version of its URL, and nothing else is made up', () => {
  const versioned = recognise('https://huggingface.co/papers/2601.00001v2') as Page;
  const empty = { id: '2601.00001', title: '', authors: [], abstract: '' };
  expect(huggingface.read(parse(paper), page)).toEqual(empty);
  expect(huggingface.read(parse(paper), versioned)).toEqual({ ...empty, version: 2 });
});
