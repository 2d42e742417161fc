// Links in a text: found whole, cleaned of what the sentence added, and named by what they are.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artefactOf, artefactsIn } from '../../src/artefacts';
import { recordings } from '../recordings';

const urls = (text: string) => artefactsIn(text).map(({ url }) => url);

describe('a link in a text is found', () => {
  const code = 'https://github.com/first/author';
  it.each([
    ['at the end of a sentence', `Code is at ${code}.`],
    ['before a comma', `Code (${code}, in part) is free.`],
    ['in parentheses', `We release the code (${code}).`],
    ['in parentheses with spaces', `We release the code ( ${code} ).`],
    ['in square brackets', `[${code}]`],
    ['in angle brackets', `<${code}>.`],
    ['in straight quotes', `"${code}"`],
    ['in curly quotes', `“${code}”`],
    ["in TeX's quotes", `\`\`${code}''.`],
    ['in a TeX url', `\\url{${code}}.`],
    ['in a TeX url with the full stop inside', `\\url{${code}.}`],
    ['in a TeX link', `\\href{${code}}{here}.`],
    ['in a TeX link that shows itself', `\\href{${code}}{${code}}.`],
    ['in what is left of a TeX link', `${code}{this https URL}.`],
    ['in TeX mathematics', `$\\href{${code}}{x}$ and $${code}$.`],
    ['in nested braces', `\\href{${code}{{\\color{blue}${code}}}}.`],
    ['in a Markdown link', `[code](${code}).`],
    ['in a Markdown link that shows itself', `[${code}](${code})`],
    ['in bold Markdown', `**${code}**`],
    ['before an ellipsis of full stops', `${code}...`],
    ['before an ellipsis', `${code}… and more`],
    ['before a possessive', `${code}’s page`],
    ['before a line break', `${code}\nand more`],
    ['before a trailing backslash', `${code}\\`],
    ['twice, shown once', `${code} and ${code}`],
    ['twice with a slash more, shown once', `${code} and ${code}/`],
    ['twice as a repository, shown once', `${code} and ${code}.git`],
  ])('%s', (_, text) => {
    expect(urls(text)).toEqual([code]);
  });

  it('whole, with brackets of its own', () => {
    expect(urls('(see https://example.org/wiki/Margin_(paper)).')).toEqual([
      'https://example.org/wiki/Margin_(paper)',
    ]);
  });

  it('whole, with query and fragment', () => {
    expect(urls('At https://example.org/a?b=c&d=e#f.')).toEqual([
      'https://example.org/a?b=c&d=e#f',
    ]);
  });

  it('whole, where TeX escapes its characters', () => {
    expect(urls('https://example.org/a\\_b\\%20c\\#d')).toEqual(['https://example.org/a_b%20c#d']);
    expect(
      urls('\\url{https://example.org/\\~{}author} https://example.com/$\\sim$author'),
    ).toEqual(['https://example.org/~author', 'https://example.com/~author']);
  });

  it('without joining the word on the next line', () => {
    expect(urls('https://github.com/first/\nauthor')).toEqual(['https://github.com/first/']);
  });

  it('beside a second one that only a comma parts from it', () => {
    expect(urls(`${code},https://example.org/a`)).toEqual([code, 'https://example.org/a']);
  });

  it('without its protocol, at hosts that need none', () => {
    expect(urls('Code: github.com/first/author; page: author.github.io/paper.')).toEqual([
      code,
      'https://author.github.io/paper',
    ]);
    expect(urls('See www.example.org/paper, or \\url{example.com/paper}.')).toEqual([
      'https://www.example.org/paper',
      'https://example.com/paper',
    ]);
  });

  it('in the order of the text', () => {
    expect(urls(`https://example.org/z then ${code} then https://example.org/a`)).toEqual([
      'https://example.org/z',
      code,
      'https://example.org/a',
    ]);
  });
});

describe('no artefact is', () => {
  it.each([
    ['a text without links', 'Code will be released on GitHub. We use e.g. v1.5 and/or 3.2.'],
    ['the mere name of a host', 'on github.com and huggingface.co.'],
    ['the front page of a host', 'https://github.com/ and https://huggingface.co'],
    ['a mail address', 'author@example.org, author@github.com/x, author@first.github.io'],
    ['a paper', 'https://arxiv.org/abs/1810.04805 https://doi.org/10.48550/arXiv.1810.04805'],
    [
      'a paper page',
      'https://huggingface.co/papers/1810.04805 https://www.alphaxiv.org/abs/1810.04805',
    ],
    ['a licence', 'https://creativecommons.org/licenses/by/4.0/'],
    ['a truncated link without host', 'https://... and http://'],
    ['a host without a domain', 'http://localhost:8080/x and https://first/x'],
    ['a script', 'javascript:alert(1)//https'],
    ['a link that hides its host', 'https://github.com@example.org/first/author'],
  ])('%s', (_, text) => {
    expect(artefactsIn(text)).toEqual([]);
  });
});

describe('an artefact is named by its host', () => {
  it.each([
    ['https://github.com/first/author', 'code', 'first/author'],
    ['https://www.github.com/first/author.git', 'code', 'first/author'],
    ['https://github.com/first/author/tree/main/src', 'code', 'first/author'],
    ['https://github.com/first', 'code', 'first'],
    ['https://github.com/first/author//', 'code', 'first/author'],
    ['https://gitlab.com/first/author', 'code', 'first/author'],
    ['https://gitlab.example.edu/first/author', 'code', 'first/author'],
    ['https://bitbucket.org/first/author', 'code', 'first/author'],
    ['https://codeberg.org/first/author', 'code', 'first/author'],
    [
      'https://anonymous.4open.science/r/author-1234',
      'code',
      'anonymous.4open.science/r/author-1234',
    ],
    ['https://huggingface.co/first/author-7B', 'model', 'first/author-7B'],
    ['https://hf.co/first/author-7B', 'model', 'first/author-7B'],
    ['https://huggingface.co/datasets/first/author', 'dataset', 'first/author'],
    ['https://huggingface.co/datasets/first', 'dataset', 'first'],
    ['https://huggingface.co/spaces/first/author', 'space', 'first/author'],
    ['https://first-author.hf.space/', 'space', 'first-author.hf.space'],
    [
      'https://huggingface.co/collections/first/author-6761d97ba903f82341954ceb',
      'collection',
      'first/author',
    ],
    ['https://huggingface.co/first', 'project', 'huggingface.co/first'],
    ['https://huggingface.co/blog/first', 'project', 'huggingface.co/blog/first'],
    ['https://zenodo.org/records/1234', 'dataset', 'zenodo.org/records/1234'],
    ['https://www.kaggle.com/datasets/first/author', 'dataset', 'kaggle.com/datasets/first/author'],
    ['https://dataverse.example.edu/first', 'dataset', 'dataverse.example.edu/first'],
    ['https://author.github.io/paper/', 'project', 'author.github.io/paper'],
    ['https://www.example.org/', 'project', 'example.org'],
    ['http://192.0.2.1:8080/demo', 'project', '192.0.2.1/demo'],
  ])('%s is %s %s', (url, kind, label) => {
    expect(artefactOf(url)).toEqual({ kind, url, label });
  });

  it('with a long address cut short', () => {
    const label = artefactOf(`https://example.org/${'long/'.repeat(40)}`)?.label ?? '';
    expect(label).toMatch(/^example\.org\/long\/.*…$/);
    expect(label.length).toBe(48);
  });
});

describe('a single link from outside', () => {
  it('may have spaces around it', () => {
    expect(artefactOf('  https://author.github.io/paper\n')?.url).toBe(
      'https://author.github.io/paper',
    );
  });

  it.each([
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/x',
    'github.com/first/author',
    'https://',
  ])('is refused when it is %j', (text) => {
    expect(artefactOf(text)).toBeNull();
  });
});

describe('for every text', () => {
  const piece = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'www.',
      'github.com/',
      'huggingface.co/',
      'a.io',
      '/b',
      '\\url{',
      '\\href{',
      '}',
      '{',
    ],
    ...[
      '(',
      ')',
      '[',
      ']',
      '](',
      '.',
      ',',
      '...',
      '…',
      '$',
      '\\',
      '\\_',
      '~',
      '#',
      '?',
      '&',
      '%',
      '@',
      ':',
      '"',
      "'",
    ],
    ...[' ', '\n', '*', '`', '<', '>', '»', '。'],
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 })
    .map((parts) => parts.join(''));

  it('every link found is http or https, can be opened, and ends in no punctuation', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (given) => {
        for (const artefact of artefactsIn(given)) {
          expect(new URL(artefact.url).protocol).toMatch(/^https?:$/);
          expect(artefact.url).not.toMatch(/[.,:;!?'"*~&#@([{}<>$\\`\s…]$/);
          expect(artefact.label).not.toBe('');
          // What was found stands for itself.
          expect(artefactOf(artefact.url)).toEqual(artefact);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('no link is found twice', () => {
    fc.assert(
      fc.property(text, (given) => {
        const found = urls(`${given} ${given}`);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('a link in the middle of a sentence comes back as it is', () => {
    const path = fc.stringMatching(/^[A-Za-z0-9_/-]{0,20}[A-Za-z0-9]$/);
    const before = fc.constantFrom('', 'see ', '(', '\\url{', '[', '"', '~');
    const after = fc.constantFrom('', '.', ').', '}.', '],', '"', ' and', '\n', '$', '...');
    fc.assert(
      fc.property(before, path, after, (head, tail, end) => {
        expect(urls(`${head}https://example.org/${tail}${end}`)).toEqual([
          `https://example.org/${tail}`,
        ]);
      }),
    );
  });
});

describe.runIf(recordings)('in the abstracts of recorded papers', () => {
  const papers: { arxivId: string; abstract: string; linksInAbstract: string[] }[] = recordings
    ? JSON.parse(readFileSync(`${recordings}/seed-papers.json`, 'utf8'))
    : [];

  it('there are 13 links in all', () => {
    expect(papers.flatMap(({ abstract }) => artefactsIn(abstract))).toHaveLength(13);
  });

  it.each(papers.map((paper) => [paper.arxivId, paper] as const))(
    '%s: its links are found exactly',
    (_, paper) => {
      expect(urls(paper.abstract)).toEqual(paper.linksInAbstract);
    },
  );
});
