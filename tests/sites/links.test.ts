// Links to papers on pages about other things: which of them get a badge.
import { describe, expect, it } from 'vitest';
import type { List } from '../../src/sites/site';
import { listOf, loading, parse, rowsOf } from './parse';

const model = () => listOf('https://huggingface.co/author/margins');
const forum = () => listOf('https://openreview.net/forum?id=abc');
const paper = () => listOf('https://www.semanticscholar.org/paper/A-Margin/abc');
const repository = () => listOf('https://github.com/author/margins');

const ids = (html: string, list: List) => rowsOf(parse(html), list).map(({ ref }) => ref.id);
const readme = (html: string) => `<article class="markdown-body entry-content">${html}</article>`;

describe('a page about a model, a dataset or a Space', () => {
  it('has a badge after the tag of each paper', () => {
    const document = parse(`<header><a id="tag" href="/papers/2601.00001">arxiv: 2601.00001</a>
      <a href="https://arxiv.org/abs/2601.00002v3">arxiv: 2601.00002</a></header>`);
    const rows = rowsOf(document, model());
    const tag = document.getElementById('tag');
    expect(rows.map(({ ref }) => ref)).toEqual([
      { id: '2601.00001' },
      { id: '2601.00002', version: 3 },
    ]);
    expect(rows[0]).toMatchObject({
      href: 'https://huggingface.co/papers/2601.00001',
      place: { element: tag, position: 'after' },
      row: tag,
    });
    expect(rows[0]?.read()).toEqual({ id: '2601.00001', title: '', authors: [], abstract: '' });
  });

  it('has one badge for a paper, however often it is linked', () => {
    const html = `<a href="/papers/2601.00001">tag</a><p><a href="https://arxiv.org/abs/2601.00001">paper</a>
      <a href="https://arxiv.org/pdf/2601.00001v2">PDF</a> <a href="https://hf.co/papers/2601.00001">here</a></p>`;
    expect(ids(html, model())).toEqual(['2601.00001']);
  });

  it('has none for links that name no paper', () => {
    const html = `<a href="/papers">Daily Papers</a><a href="/papers/trending">Trending</a><a href="/models?other=arxiv:2601.00001">x</a>
      <a href="https://arxiv.org/list/cs.CL/recent">new</a><a href="https://arxiv.org/abs/">x</a><a href="http://[/papers/2601.00001">x</a>
      <a href="https://arxiv.org/bibtex/2601.00001">cite</a><a href="https://example.com/papers/2601.00001">x</a><a>2601.00001</a>`;
    expect(ids(html, model())).toEqual([]);
  });

  it('keeps the badge where it is, until its link goes or leads elsewhere', () => {
    const document = parse(
      '<a id="one" href="/papers/2601.00001"></a><a id="two" href="/papers/2601.00001"></a>',
    );
    const [one, two] = document.querySelectorAll('a') as unknown as [Element, Element];
    const list = model();
    expect([list.row(one), list.row(two), list.row(one)].map((row) => row?.row.id)).toEqual([
      'one',
      undefined,
      'one',
    ]);
    one.setAttribute('href', '/papers/2601.00009');
    expect([list.row(two), list.row(one)].map((row) => row?.ref.id)).toEqual([
      '2601.00001',
      '2601.00009',
    ]);
    two.remove();
    one.setAttribute('href', '/papers/2601.00001');
    expect(list.row(one)?.row.id).toBe('one');
  });

  it('is nothing to move through by keys', () => {
    expect([model(), forum(), paper(), repository()].map(({ keys }) => keys)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

it('Semantic Scholar and OpenReview: the badge stands beside the link to arXiv', () => {
  const html =
    '<h1>A Margin</h1><a href="https://arxiv.org/pdf/2601.00001.pdf">[PDF] arXiv</a><a href="/paper/Another/def">Another</a>';
  for (const list of [forum(), paper()]) {
    expect(rowsOf(parse(html), list)).toMatchObject([
      {
        ref: { id: '2601.00001' },
        place: { position: 'after' },
        href: 'https://arxiv.org/pdf/2601.00001.pdf',
      },
    ]);
    expect(
      ids('<h1>A paper of which arXiv has none</h1><a href="/pdf?id=abc">PDF</a>', list),
    ).toEqual([]);
  }
});

describe('the README of a repository', () => {
  it.each([
    'https://arxiv.org/abs/2601.00001',
    'https://arxiv.org/pdf/2601.00001v2',
    'https://arxiv.org/html/2601.00001',
    'https://huggingface.co/papers/2601.00001',
  ])('has one badge beside the first link to its paper, %s', (href) => {
    const document = parse(
      readme(`<a href="#use">Use</a><a id="first" href="${href}">paper</a>
      <a href="https://arxiv.org/abs/2601.00001">again</a><a href="https://arxiv.org/list/cs.CL/new">more</a>`),
    );
    expect(rowsOf(document, repository())).toMatchObject([
      {
        ref: { id: '2601.00001' },
        place: { element: document.getElementById('first'), position: 'after' },
      },
    ]);
  });

  it('has none where it links several papers, or no paper', () => {
    const link = (id: string) => `<a href="https://arxiv.org/abs/${id}">${id}</a>`;
    expect(ids(readme(link('2601.00001') + link('2601.00002')), repository())).toEqual([]);
    expect(ids(readme('<p>Code</p>'), repository())).toEqual([]);
  });

  it('is what counts, not the rest of the page', () => {
    const html = '<aside><a href="https://arxiv.org/abs/2601.00002">about</a></aside>';
    expect(
      ids(html + readme('<a href="https://arxiv.org/abs/2601.00001">paper</a>'), repository()),
    ).toEqual(['2601.00001']);
    expect(ids(html, repository())).toEqual([]);
  });

  it('is not judged before all of it has come', () => {
    const html = readme('<a href="https://arxiv.org/abs/2601.00001">paper</a>');
    expect(rowsOf(loading(html), repository())).toEqual([]);
  });
});
