// The citation of one paper, in each form that people paste.
import { expect, test } from 'vitest';
import { cite } from '../../src/library/exchange/citation';
import { referenceOf } from '../../src/library/exchange/reference';
import { unkept } from '../../src/library/kept';
import { key, reference } from './references';

const paper = reference({
  title: 'On <b>Kites</b> & [Strings]',
  authors: ['First Author', 'Jan van der Berg', 'Third Author', 'Fourth Author'],
  date: '2025-01-31',
  version: 2,
  tags: ['private'],
  note: 'My note',
});

test('a citation is there as BibTeX, RIS, Markdown, rich link and plain text', () => {
  const { bibtex, ris, markdown, html, text } = cite(paper);
  expect(bibtex).toMatch(/^@misc\{author2025bkites|^@misc\{author2025/);
  expect(ris).toContain('AU  - van der Berg, Jan\r\n');
  expect(markdown).toBe(
    '[On &lt;b>Kites&lt;/b> &amp; \\[Strings\\]](https://arxiv.org/abs/2501.00001)',
  );
  expect(html).toBe(
    '<a href="https://arxiv.org/abs/2501.00001">On &lt;b&gt;Kites&lt;/b&gt; &amp; [Strings]</a>',
  );
  expect(text).toBe(
    'First Author, Jan van der Berg, Third Author et al.: On <b>Kites</b> & [Strings]. arXiv:2501.00001v2, 2025. https://arxiv.org/abs/2501.00001',
  );
});

test('nothing that the person wrote is in it', () => {
  expect(Object.values(cite(paper)).join()).not.toMatch(/private|My note/);
});

test('a paper from elsewhere is cited by its address, and an address cannot break out of its link', () => {
  const page = reference({
    id: key('url:https://example.org/a(b)?c="d"&e=\'f\''),
    title: '',
    authors: [],
  });
  const { markdown, html, text } = cite(page);
  expect(markdown).toContain('](https://example.org/a%28b%29?');
  expect(html).toMatch(/^<a href="[^"<>]*">[^"<>]*<\/a>$/);
  expect(text).toMatch(/^https:\/\/example\.org\S+ https:\/\//);
});

test('a paper of the library comes along with all that the person did with it, and no more', () => {
  const mark = {
    id: '00000000-0000-4000-8000-000000000001',
    paper: paper.paper.id,
    site: 'arxiv',
    kind: 'abs' as const,
    quote: { exact: 'Words', prefix: '', suffix: '' },
    colour: 'blue' as const,
    createdAt: 1,
    colourChangedAt: 1,
    comment: 'Mine',
    deleted: 0 as const,
  };
  const row = { ...unkept(paper.paper, 5), saved: 1 as const, savedAt: 5, note: 'My note' };
  expect(referenceOf({ ...row, reading: 'read' }, [mark], ['kites'])).toEqual({
    paper: paper.paper,
    tags: ['kites'],
    reading: 'read',
    note: 'My note',
    highlights: [{ quote: mark.quote, colour: 'blue', comment: 'Mine', createdAt: 1 }],
    savedAt: 5,
  });
  // Taken off again it was never saved, for others.
  expect(referenceOf({ ...row, saved: 0, note: '' }, [], [])).toEqual({
    paper: paper.paper,
    tags: [],
  });
});
