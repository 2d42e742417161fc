// BibTeX: what is written for a preprint, and what is read of the many ways in which people write it.
import { describe, expect, test } from 'vitest';
import { citationKeys, printEntry, readBibtex } from '../../src/library/exchange/bibtex';
import { type Reference, whole } from '../../src/library/exchange/reference';
import { decodeTex, encodeTex, encodeTitle } from '../../src/library/exchange/tex';
import { key, printBibtex, recognise, reference } from './references';

const read = (text: string) => whole(readBibtex(text, recognise));

/** The one reference in a text. */
function only(text: string): Reference {
  const { references, refused } = read(text);
  expect(refused).toEqual([]);
  expect(references).toHaveLength(1);
  return references[0] as Reference;
}

/** One entry that has an id, and these fields. */
const entry = (fields: string) => `@misc{some, eprint = {2501.00001}, ${fields}}`;

describe('a preprint is written', () => {
  test('as arXiv itself writes it, with its month and with capitals protected', () => {
    const text = printEntry(
      reference({
        title: 'BERT & $O(n^2)$ Kites',
        authors: ['Jan van der Berg', 'José Núñez Jr.', 'The Kite Collaboration', 'Plato'],
        categories: ['cs.LG', 'cs.CL'],
        date: '2025-01-31',
      }),
      'berg2025bert',
      true,
    );
    expect(text).toBe(
      [
        '@misc{berg2025bert,',
        '  title = {{BERT} \\& $O(n^2)$ Kites},',
        '  author = {van der Berg, Jan and Núñez, Jr., José and {The Kite Collaboration} and Plato},',
        '  year = {2025},',
        '  month = jan,',
        '  eprint = {2501.00001},',
        '  archivePrefix = {arXiv},',
        '  primaryClass = {cs.LG},',
        '  url = {https://arxiv.org/abs/2501.00001},',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('with the version that was seen, which is read again', () => {
    const text = printEntry(reference({ id: key('2001.00002'), version: 3 }), 'k', true);
    expect(text).toContain('eprint = {2001.00002v3},');
    expect(text).toContain('url = {https://arxiv.org/abs/2001.00002},');
    expect(only(text).paper).toMatchObject({ id: '2001.00002', version: 3 });
  });

  test('with the DOI of the journal that printed it, and with the year in its id where no date is known', () => {
    const text = printEntry(
      reference({ id: key('hep-th/9901001'), doi: '10.1000/a_b' }),
      'k',
      true,
    );
    expect(text).toContain('doi = {10.1000/a_b},');
    expect(text).toContain('year = {1999},\n  month = jan,');
  });

  test('as an article where a journal is known, and without arXiv where it is from elsewhere', () => {
    const text = printEntry(
      reference({ id: key('doi:10.1000/xyz'), doi: '10.1000/xyz', venue: 'Kites & Strings' }),
      'k',
      true,
    );
    expect(text).toMatch(/^@article\{k,/);
    expect(text).toContain('journal = {Kites \\& Strings},');
    expect(text).not.toMatch(/eprint|archivePrefix/);
  });

  test('without what the person wrote, when it is a citation to be handed on', () => {
    const own = { tags: ['private'], note: 'My note', reading: 'read' as const, abstract: 'Long' };
    expect(printEntry(reference(own), 'k', false)).not.toMatch(/private|My note|readstatus|Long/);
  });
});

describe('a citation key', () => {
  const keysOf = (...references: Reference[]) => {
    const keys = citationKeys(references);
    return references.map(({ paper }) => keys.get(paper.id));
  };

  test.each([
    ['the first word that says something', { title: 'On the Art of Kites' }, 'author2025art'],
    ['a particle as part of the name', { authors: ['Jan van der Berg'] }, 'vanderberg2025study'],
    ['letters without their accents', { authors: ['Łukasz Größe'] }, 'grosse2025study'],
    ['a whole collaboration', { authors: ['Kite Collaboration'] }, 'kitecollaboration2025study'],
    ['a stand-in for names in other scripts', { authors: ['李 小龙'] }, 'anonymous2025study'],
    ['no formula', { title: '$x^2$-Kites' }, 'author2025kites'],
  ])('has %s', (_, fields, expected) => {
    expect(keysOf(reference(fields))).toEqual([expected]);
  });

  test('is unique in its file, and the same in whatever order the papers stand', () => {
    const ids = ['2501.00003', '2501.00001', '2501.00002'];
    const papers = ids.map((id) => reference({ id: key(id) }));
    const keys = ['author2025studyb', 'author2025study', 'author2025studya'];
    expect(keysOf(...papers)).toEqual(keys);
    expect(keysOf(...papers.toReversed())).toEqual(keys.toReversed());
  });

  test('is not given twice, even where a letter added makes it that of another paper', () => {
    const papers = ['Kite', 'Kite', 'Kitea'].map((title, n) =>
      reference({ id: key(`2501.0000${n + 1}`), title }),
    );
    expect(new Set(keysOf(...papers)).size).toBe(3);
  });
});

test('a DOI with braces, which would end its field, still names the paper', () => {
  const paper = reference({ id: key('doi:10.1000/a}b{c'), doi: '10.1000/a}b{c' });
  expect(only(printBibtex([paper])).paper.id).toBe('doi:10.1000/a}b{c');
});

describe('a text becomes TeX', () => {
  test.each([
    [
      'signs that TeX takes for its own',
      '50% & {a} #1 a_b ~ ^ \\ $5',
      '50\\% \\& \\textbraceleft{}a\\textbraceright{} \\#1 a\\_b \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\$5',
    ],
    ['formulas stay', 'The $\\mathcal{O}(n_1)$ case', 'The $\\mathcal{O}(n_1)$ case'],
    ['prices are no formulas', 'from $5 to $6', 'from \\$5 to \\$6'],
    ['what TeX would stop at is no formula', '$1__a$ $50%$', '\\$1\\_\\_a\\$ \\$50\\%\\$'],
    [
      'a formula whose braces do not match is text',
      '$\\{a$',
      '\\$\\textbackslash{}\\textbraceleft{}a\\$',
    ],
    ['hyphens and quotes that would grow together', "a--b ''c''", "a-{}-b '{}'c'{}'"],
  ])('%s', (_, text, tex) => {
    expect(encodeTex(text)).toBe(tex);
    expect(decodeTex(tex)).toBe(text);
  });

  test.each([
    [
      'words with capitals inside',
      'arXiv and GPT-4: RoBERTa (NLP)',
      '{arXiv} and {GPT-4}: {RoBERTa} ({NLP})',
    ],
    [
      'names in a title without other capitals',
      'On the theory of Bayesian kites and their strings',
      'On the theory of {Bayesian} kites and their strings',
    ],
    [
      'no plain words of a title in capitals',
      'Some Kites Fly Over Towns',
      'Some Kites Fly Over Towns',
    ],
  ])('with braces round %s', (_, title, tex) => expect(encodeTitle(title)).toBe(tex));
});

describe('TeX is read', () => {
  test.each([
    [
      'accents in all their ways',
      '{\\"o}\\"{u}\\\'e\\v{c}\\c c{\\\'{\\i}}\\H{o} \\~{n}\\^\\i',
      'öüéčçíő ñî',
    ],
    ['letters of their own', '{\\L}ukasz \\O{}re stra\\ss e {\\ae}on', 'Łukasz Øre straße æon'],
    ['braces that only protect', 'The {BERT} of {{A}}', 'The BERT of A'],
    ['escapes', '100\\% \\& \\$5 a\\_b \\{c\\}', '100% & $5 a_b {c}'],
    ['dashes, quotes and ties', "a---b--c ``d'' e~f", 'a—b–c “d” e f'],
    ['looks, which go', '\\emph{Very} \\textbf{bold} {\\it text}', 'Very bold text'],
    [
      'formulas, which stay',
      'Of $\\mathbb{R}^{n}$ and $x_{\\text{a}}$',
      'Of $\\mathbb{R}^{n}$ and $x_{\\text{a}}$',
    ],
    ['Greek outside of a formula', 'The {\\alpha} case', 'The $\\alpha$ case'],
    ['commands that nobody knows, which stay', 'A \\foo{bar}{baz} here', 'A \\foo{bar}{baz} here'],
    ['a backslash at the end', 'end\\', 'end\\'],
  ])('%s', (_, tex, text) => expect(decodeTex(tex)).toBe(text));
});

describe('BibTeX is read', () => {
  test('with strings, concatenation, quotes, round brackets and months', () => {
    const paper = only(`
      @string{journal = "Journal of {Kites}"}
      @preamble{"\\newcommand{\\x}{y}"}
      @comment{jabref-meta: {whatever}}
      Words between entries, and an address: someone@example.org
      % @misc{gone, eprint = {2501.00002}}
      @ARTICLE(some, Author = "Author, First # 1", JOURNAL = journal # " and " # {Strings},
        year = 2025, month = "3~" # feb, Eprint = "2501.00001", title = "Quoted {"}kites{"}" )`);
    expect(paper).toMatchObject({ venue: 'Journal of Kites and Strings', date: '2025-03' });
    expect(paper.paper).toMatchObject({ title: 'Quoted "kites"', authors: ['First # 1 Author'] });
  });

  test('with names in each of the ways in which BibTeX takes them', () => {
    const names =
      'van der Berg, Jan and {Kites and Sons} and Doe, Jr., John and First Author and M{\\"u}ller, H. and others';
    expect(only(entry(`author = {${names}}`)).paper.authors).toEqual([
      'Jan van der Berg',
      'Kites and Sons',
      'John Doe Jr.',
      'First Author',
      'H. Müller',
    ]);
  });

  test('and says so where it does not name all authors', () => {
    const { references, remarks } = read(
      `${entry('author = {Author, First and others}')} @misc{b, eprint = {2501.00002}, author = {Second Others}}`,
    );
    expect(references.map(({ paper }) => paper.authors)).toEqual([
      ['First Author'],
      ['Second Others'],
    ]);
    expect(remarks).toEqual([{ at: 1, what: expect.stringContaining('“and others”') }]);
  });

  test('with what a paper takes from the volume it names, which may come later, and is no paper itself', () => {
    const paper = only(`@inproceedings{a, crossref = {VOL}, doi = {10.1000/one}, title = {One}}
      @proceedings{vol, title = {Proceedings of Kites}, year = 2020, doi = {10.1000/whole}}`);
    expect(paper).toMatchObject({ venue: 'Proceedings of Kites', date: '2020' });
    expect(paper.paper.id).toBe('doi:10.1000/one');
  });

  test('with tags, the reading state of JabRef, and notes but for those that only name arXiv', () => {
    const text = entry(
      'keywords = {kites, {a, b}; c}, readstatus = {skimmed}, note = {arXiv:2501.00001 [cs]}, annote = {Mine}',
    );
    expect(only(text)).toMatchObject({
      tags: ['kites', 'a, b', 'c'],
      reading: 'reading',
      note: 'Mine',
    });
  });

  test.each([
    ['its eprint', 'eprint = {arXiv:2501.00001v2}, archivePrefix = {arXiv}'],
    ['the DOI that arXiv gave it', 'doi = {10.48550/arXiv.2501.00001}'],
    ['its address', 'url = {http://arxiv.org/pdf/2501.00001v3.pdf}'],
    ['its journal, as Google Scholar writes it', 'journal = {arXiv preprint arXiv:2501.00001}'],
    ['its note', 'note = {Preprint, arXiv: 2501.00001}'],
    ['the address in howpublished', 'howpublished = {\\url{https://arxiv.org/abs/2501.00001}}'],
  ])('and an arXiv paper is known by %s', (_, field) => {
    expect(only(`@misc{x, ${field}}`).paper.id).toBe('2501.00001');
  });

  test.each([
    [
      'an old id without its archive',
      'eprint = {9901001}, archivePrefix = {arXiv}, primaryClass = {hep-th}',
      'hep-th/9901001',
    ],
    ['a DOI in capitals, escaped', 'doi = {https://doi.org/10.1000/AB\\_C}', 'doi:10.1000/ab_c'],
    [
      'an address',
      'url = {http://user@Example.org/kites/?utm_source=x&a=1#part}',
      'url:https://example.org/kites?a=1',
    ],
    [
      'an eprint of another archive, but with a DOI',
      'eprint = {2501.00001}, eprinttype = {jstor}, doi = {10.1000/j}',
      'doi:10.1000/j',
    ],
  ])('and a paper has a name by %s', (_, field, id) => {
    expect(only(`@misc{x, ${field}}`).paper.id).toBe(id);
  });
});

describe('of a broken file', () => {
  test('each fault is told with its line, and what is whole is read', () => {
    const { references, refused } = read(
      `@misc{open, title = {No end
@misc{good, eprint = {2501.00001}}

@misc{bare, title}
@misc{nothing, title = {No name}}
@misc{cut, eprint = {2501.00002}, title = "Cut`,
    );
    expect(references.map(({ at, paper }) => [at, paper.id])).toEqual([[2, '2501.00001']]);
    expect(refused).toEqual([
      { at: 1, why: '“open”: its field "title" does not end: a closing brace is missing' },
      { at: 4, why: '“bare”: its beginning is no field with a value' },
      { at: 5, why: 'it has no arXiv id, no DOI and no web address: “No name”' },
      { at: 6, why: '“cut”: its field "title" does not end: a closing quotation mark is missing' },
    ]);
  });

  test('a file without entries says so', () => {
    expect(read('Just words.').refused).toEqual([
      { at: 1, why: expect.stringContaining('there is no BibTeX entry in this file') },
    ]);
  });

  test('braces inside each other beyond all sense are told, not followed', () => {
    const nested = (depth: number) => entry(`title = {${'{'.repeat(depth)}a${'}'.repeat(depth)}}`);
    expect(only(nested(100)).paper.title).toBe('a');
    expect(read(nested(300)).refused).toEqual([
      { at: 1, why: '“some”: its field "title" has more than 200 braces inside each other' },
    ]);
  });

  test('a record that is longer than any paper is told', () => {
    const part = `{${'x'.repeat(900_000)}}`;
    expect(read(entry(`title = ${part}, abstract = ${part}, annote = ${part}`)).refused).toEqual([
      { at: 1, why: 'it is longer than 2,000,000 characters' },
    ]);
  });

  test('two entries of one paper are one, and that is said', () => {
    const { references, remarks } = read(
      `${entry('title = {One}, keywords = {a}, annote = {Mine}')}\n@misc{other, eprint = {2501.00001v2}, title = {Two}, abstract = {More}, keywords = {b}, annote = {Yours}}`,
    );
    expect(references).toMatchObject([
      { paper: { title: 'One', abstract: 'More' }, tags: ['a', 'b'], note: 'Mine\n\nYours' },
    ]);
    expect(remarks).toEqual([{ at: 2, what: 'the same paper as at line 1; both are one' }]);
  });

  test('characters that were lost before are told with their line', () => {
    const { remarks } = read(`\n${entry('title = {Caf\uFFFD}')}`);
    expect(remarks.map(({ at }) => at)).toEqual([2, undefined]);
    expect(remarks[0]?.what).toContain('characters were lost');
  });

  test.each([
    ['braces inside each other', `@misc{a, title = ${'{'.repeat(300_000)}`],
    ['entries that never end', '@misc{a, title = {'.repeat(20_000)],
    ['entries that never end, one a line', '@misc{a, title = {\n'.repeat(20_000)],
    ['blanks between names', entry(`author = {${' and'.repeat(20_000)}${' '.repeat(500_000)}x}`)],
    ['dollar signs', entry(`title = {${'$'.repeat(100_001)}}`)],
    ['commands', entry(`title = {${'\\a    '.repeat(50_000)}\n\n}`)],
    [
      'strings made of strings',
      `@string{a = "${'x'.repeat(999)}"}${Array.from({ length: 60 }, (_, n) => `@string{a${n} = ${n ? `a${n - 1} # a${n - 1}` : 'a # a'}}`).join('\n')}`,
    ],
    [
      'names that objects have',
      '@misc{__proto__, __proto__ = {x}, constructor = {y}, eprint = __proto__}',
    ],
  ])('hostile %s do not hang it and do no harm', (_, text) => {
    read(text);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('markup stays text', () => {
    expect(only(entry('title = {<img src=x onerror=alert(1)>}')).paper.title).toBe(
      '<img src=x onerror=alert(1)>',
    );
  });
});

test('many entries are read in slices', () => {
  const papers = Array.from({ length: 600 }, (_, n) =>
    reference({
      id: key(`2501.${`${n + 1}`.padStart(5, '0')}`),
      title: `Kite $x_${n}$ & {more}`,
      abstract: 'Some words. '.repeat(80),
    }),
  );
  const text = printBibtex(papers);
  const slices = readBibtex(text, recognise);
  const seen: number[] = [];
  let step = slices.next();
  for (; !step.done; step = slices.next()) seen.push(step.value.done / step.value.of);
  expect(step.value.references).toHaveLength(600);
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});
