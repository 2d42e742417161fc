// The digest as it leaves the browser: complete, and never more than text.
// @vitest-environment happy-dom
import * as fc from 'fast-check';
import { lexer, type MarkedToken, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { asHtml, asMailto, asMarkdown, type Digest } from '../../src/digest/document';
import type { DigestPaper } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { anyPapers, hostile, listed } from './papers';

const madeAt = Date.parse('2026-08-21T23:59:00Z');

/** All that a paper may have, with names that would be markup. */
const rich = listed(1, {
  rise: 37,
  paper: {
    title: 'Kites & *Lanterns* <b>at</b> $x_1$ | a `study`',
    authors: ['First Author', 'Second_Author_'],
    abstract: 'An abstract.',
  },
  trending: {
    upvotes: 1234,
    comments: 1,
    day: '2026-08-19',
    organization: 'Paper & Works',
    aiSummary: 'A summary <i>here</i>.',
    code: { url: 'https://github.com/first/kites?a=1&b=(2)', label: 'first/kites', stars: 5 },
    projectPage: { url: 'https://kites.example/', label: 'kites.example' },
    models: { total: 2, top: [] },
  },
});

const digest: Digest = {
  heading: 'Daily Papers, Friday, Aug 21, 2026',
  groups: [
    { name: 'llama', papers: [rich] },
    { papers: [listed(2, { trending: { upvotes: 1 }, rise: -3 }), listed(3)] },
  ],
  madeAt,
};

function parsed(text: string): Document {
  return new DOMParser().parseFromString(text, 'text/html');
}

const texts = (of: ParentNode, selector: string) =>
  [...of.querySelectorAll(selector)].map(({ textContent }) => textContent);
const addresses = (of: ParentNode, selector = 'a') =>
  [...of.querySelectorAll(selector)].map((link) => link.getAttribute('href'));

/** The text of one line, as a person sees it. */
const seen = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

const followed = (url: string | undefined) => {
  const address = url === undefined ? null : URL.parse(url);
  return address && /^https?:$/.test(address.protocol) && !address.username && !address.password
    ? address
    : undefined;
};

const anyDigest: fc.Arbitrary<Digest> = fc
  .tuple(
    hostile,
    anyPapers(hostile, 5),
    fc.option(hostile, { nil: undefined }),
    anyPapers(hostile, 3),
  )
  .map(([heading, one, name, other]) => ({
    heading,
    groups: [
      { papers: one, ...(name !== undefined && { name }) },
      { papers: other.map((paper, at) => ({ ...paper, id: `2607.0000${at}` as PaperId })) },
    ],
    madeAt,
  }));

const papersOf = (of: Digest) => of.groups.flatMap(({ papers }) => papers);
const titleOf = ({ id, paper }: DigestPaper) => seen(paper.title) || `arXiv:${id}`;
const gistOf = ({ paper, trending }: DigestPaper) =>
  seen(trending.aiSummary ?? '') || seen(paper.abstract);

/** Where the links of a paper lead, in their order. */
function linksOf({ id, trending: { code, projectPage } }: DigestPaper): string[] {
  const all = [code?.url, projectPage?.url].map((url) => followed(url)?.href);
  const own = [`https://huggingface.co/papers/${id}`, `https://arxiv.org/abs/${id}`];
  return [...own, ...new Set(all.filter((url) => url !== undefined))];
}

describe('the digest as HTML', () => {
  const page = parsed(asHtml(digest));

  it('says what it is, how many papers, who made it and when', () => {
    expect(page.title).toBe(digest.heading);
    expect(texts(page, 'h1')).toEqual([digest.heading]);
    expect(texts(page, 'header p')).toEqual(['3 papers. Made by Paper Margin on Aug 21, 2026.']);
  });

  it('has a heading for each group and a lower one for each paper', () => {
    expect(texts(page, 'h2')).toEqual(['llama', 'Other papers']);
    expect(texts(page, 'h3')).toEqual([rich.paper.title, 'Paper 2', 'Paper 3']);
  });

  it('leaves no heading level out where there are no groups', () => {
    const plain = parsed(asHtml({ ...digest, groups: [{ papers: [rich] }] }));
    expect(texts(plain, 'h2')).toEqual([rich.paper.title]);
    expect(plain.querySelector('h3')).toBeNull();
  });

  it('shows authors, numbers, links and the summary of a paper', () => {
    const paper = page.querySelector('article') as Element;
    expect(texts(paper, '.authors')).toEqual(['First Author, Second_Author_']);
    expect(texts(paper, '.facts bdi')).toEqual([
      '1,234 upvotes',
      '+37 since yesterday',
      '1 comment',
      '2 models',
      'Paper & Works',
      'Aug 19, 2026',
    ]);
    expect(texts(paper, '.links > span')).toEqual([
      'arXiv',
      'first/kites 5 stars',
      'kites.example',
    ]);
    expect(addresses(paper)).toEqual([
      'https://huggingface.co/papers/2608.00001',
      'https://arxiv.org/abs/2608.00001',
      'https://github.com/first/kites?a=1&b=(2)',
      'https://kites.example/',
    ]);
    expect(texts(paper, 'summary')).toEqual(['AI summary, by Hugging Face']);
    expect(texts(paper, '.gist')).toEqual(['A summary <i>here</i>.']);
  });

  it('has the abstract where there is no summary, and nothing where nothing is known', () => {
    const papers = [listed(2), listed(3, { paper: { title: '', authors: [], abstract: '' } })];
    const bare = parsed(asHtml({ ...digest, groups: [{ papers }] }));
    expect(texts(bare, 'summary')).toEqual(['Abstract']);
    const last = bare.querySelectorAll('article')[1] as Element;
    expect(last.textContent?.trim().split(/\s*\n\s*/)).toEqual(['arXiv:2608.00003', 'arXiv']);
  });

  it('leads an old paper to arXiv, since Hugging Face has no page of it', () => {
    const old = { ...listed(1), id: 'hep-th/9901001' as PaperId };
    const links = addresses(parsed(asHtml({ ...digest, groups: [{ papers: [old] }] })));
    expect(links).toEqual(Array(2).fill('https://arxiv.org/abs/hep-th/9901001'));
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://arxiv.org@b.example/', '/relative'])(
    'does not link to %s',
    (url) => {
      const papers = [listed(1, { trending: { code: { url, label: 'code' } } })];
      const other = { ...digest, groups: [{ papers }] };
      expect(addresses(parsed(asHtml(other)))).toHaveLength(2);
      expect(read(asMarkdown(other)).links).toHaveLength(2);
    },
  );

  it('tells a rise that is a fall, and no rise that is none', () => {
    expect(texts(page, '.facts')[1]).toContain('−3 since yesterday');
    const still = parsed(asHtml({ ...digest, groups: [{ papers: [listed(1, { rise: 0 })] }] }));
    expect(still.body.textContent).not.toContain('since');
  });

  it('stands alone: it runs nothing, loads nothing, and forbids both', () => {
    const text = asHtml(digest);
    expect(page.querySelectorAll('script, link, img, iframe, object, base, form')).toHaveLength(0);
    expect(text).toContain(`default-src 'none'`);
    expect(page.querySelector('style')?.textContent).not.toMatch(/url\(|@import|https?:/);
    expect(text).toContain('prefers-color-scheme: dark');
    expect(text).toContain('@media print');
  });

  it('holds nothing that is the reader’s own: neither marks nor what a paper is near to', () => {
    const own = { ...rich, saved: true, noted: true, fit: { score: 1, why: 'near your notes' } };
    expect(asHtml({ ...digest, groups: [{ papers: [own] }] })).toBe(
      asHtml({ ...digest, groups: [{ papers: [rich] }] }),
    );
  });

  it('shows any strings as text, and never as markup', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        const page = parsed(asHtml(any));
        const papers = papersOf(any);
        expect(texts(page, 'h1')).toEqual([seen(any.heading)]);
        expect(texts(page, '.title')).toEqual(papers.map(titleOf));
        expect(texts(page, '.gist')).toEqual(papers.map(gistOf).filter(Boolean));
        expect(texts(page, '.authors')).toEqual(
          papers
            .map(({ paper }) => paper.authors.map(seen).filter(Boolean).join(', '))
            .filter(Boolean),
        );
        expect(addresses(page)).toEqual(papers.flatMap(linksOf));
        const known =
          'html head meta title style body main header section article h1 h2 h3 p ol li a bdi span details summary';
        for (const element of page.querySelectorAll('*')) {
          expect(known.split(' ')).toContain(element.localName);
          for (const { name } of element.attributes) expect(name).not.toMatch(/^(on|style|src)/);
        }
      }),
    );
  });
});

/** Blocks, links and plain text, as a reader of Markdown sees them. */
function read(text: string) {
  const links: { text: string; url: string }[] = [];
  const kinds = new Set<string>();
  const plain = (tokens: Token[] = []): string =>
    tokens
      .map((one) => {
        const token = one as MarkedToken;
        kinds.add(token.type);
        if (token.type === 'link') {
          const text = plain(token.tokens);
          links.push({ text, url: token.href });
          return text;
        }
        if (token.type === 'paragraph' || token.type === 'heading') return plain(token.tokens);
        return 'text' in token ? token.text : '';
      })
      .join('');
  const blocks = lexer(text)
    .filter(({ type }) => type !== 'space')
    .map((one) => {
      const token = one as MarkedToken;
      const depth = token.type === 'heading' ? token.depth : '';
      return { kind: `${token.type}${depth}`, text: plain('tokens' in token ? token.tokens : []) };
    });
  return { blocks, links, kinds };
}

describe('the digest as Markdown', () => {
  it('has headings for groups and papers, and what is known below them', () => {
    expect(asMarkdown(digest)).toBe(
      [
        '# Daily Papers, Friday, Aug 21, 2026',
        '3 papers. Made by Paper Margin on Aug 21, 2026.',
        '## llama',
        '### [Kites \\& \\*Lanterns\\* \\<b\\>at\\</b\\> \\$x\\_1\\$ \\| a \\`study\\`](https://huggingface.co/papers/2608.00001)',
        'First Author, Second\\_Author\\_',
        '1,234 upvotes · +37 since yesterday · 1 comment · 2 models · Paper \\& Works · Aug 19, 2026',
        '[arXiv](https://arxiv.org/abs/2608.00001) · [first/kites](https://github.com/first/kites?a=1&b=%282%29) (5 stars) · [kites.example](https://kites.example/)',
        '> AI summary, by Hugging Face: A summary \\<i\\>here\\</i\\>.',
        '## Other papers',
        '### [Paper 2](https://huggingface.co/papers/2608.00002)',
        'First Author, Second Author',
        '1 upvote · −3 since yesterday',
        '[arXiv](https://arxiv.org/abs/2608.00002)',
        '> Abstract: We measure what was never measured.',
        '### [Paper 3](https://huggingface.co/papers/2608.00003)',
        'First Author, Second Author',
        '[arXiv](https://arxiv.org/abs/2608.00003)',
        '> Abstract: We measure what was never measured.\n',
      ].join('\n\n'),
    );
  });

  it.each([
    ['*', 'a *b* c'],
    ['_', 'a _b_ __c__'],
    ['brackets', '[a](https://b.example) [c]: d ![e](f)'],
    ['angle brackets', '<b>a</b> <https://b.example> <!-- c -->'],
    ['`', 'a `b` ```c```'],
    ['|', 'a | b |'],
    ['$', 'a $b$ $$c$$'],
    ['~', '~~a~~'],
    ['an entity', 'a &lt; &#60; b'],
    ['a backslash', 'a \\* \\ b'],
    ['an address', 'see https://a.example, www.b.example and c@d.example'],
    ['what ends a heading', 'a ##'],
    ['what begins a list', '- a'],
    ['what begins a numbered list', '1. a'],
    ['what is a rule', '---'],
  ])('leaves %s of a title and of a name as text', (_, text) => {
    const papers = [listed(1, { paper: { title: text, authors: [text], abstract: text } })];
    const { blocks, links } = read(asMarkdown({ heading: text, groups: [{ papers }], madeAt }));
    expect(blocks).toEqual([
      { kind: 'heading1', text },
      { kind: 'paragraph', text: '1 paper. Made by Paper Margin on Aug 21, 2026.' },
      { kind: 'heading2', text },
      { kind: 'paragraph', text },
      { kind: 'paragraph', text: 'arXiv' },
      { kind: 'blockquote', text: `Abstract: ${text}` },
    ]);
    expect(links.map(({ text }) => text)).toEqual([text, 'arXiv']);
  });

  it('shows any strings as text, with no links but those of its papers', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        const { blocks, links, kinds } = read(asMarkdown(any));
        const papers = papersOf(any);
        expect([...kinds].filter((kind) => !/^(text|escape|link|paragraph)$/.test(kind))).toEqual(
          [],
        );
        expect(links.map(({ url }) => decode(url))).toEqual(papers.flatMap(linksOf).map(decode));
        const all = blocks.map(({ text }) => text);
        for (const paper of papers) {
          expect(all).toContain(titleOf(paper));
          const gist = gistOf(paper);
          if (gist) expect(all.filter((text) => text.endsWith(`: ${gist}`))).not.toEqual([]);
        }
        const headings = blocks.filter(({ kind }) => kind.startsWith('heading'));
        const groups = any.groups.filter(({ papers }) => papers.length > 0);
        const named = groups.some(({ name }) => name && seen(name));
        expect(headings).toHaveLength(1 + papers.length + (named ? groups.length : 0));
      }),
    );
  });
});

/** Two spellings of one address are one here: signs may be written as `%28`. */
function decode(url: string): string {
  return url.replace(/%([2-7][\dA-F])/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Subject and body of a draft, as a mail program reads them. */
function mail(url: string): { subject: string | undefined; body: string } {
  const [, subject, body = ''] = /^mailto:\?subject=([^&]*)&body=([^&]*)$/.exec(url) ?? [];
  return { subject: subject && decodeURIComponent(subject), body: decodeURIComponent(body) };
}

describe('the digest as a mail', () => {
  it('has no addressee, the heading as its subject and the papers as its text', () => {
    expect(mail(asMailto(digest))).toEqual({
      subject: digest.heading,
      body: [
        `1. ${rich.paper.title}\r\n1,234 upvotes, +37 since yesterday\r\nhttps://huggingface.co/papers/2608.00001`,
        '2. Paper 2\r\n1 upvote, −3 since yesterday\r\nhttps://huggingface.co/papers/2608.00002',
        '3. Paper 3\r\nhttps://huggingface.co/papers/2608.00003',
        'Made by Paper Margin.',
      ].join('\r\n\r\n'),
    });
  });

  it('writes the ends of lines as %0D%0A', () => {
    expect(asMailto(digest).replaceAll('%0D%0A', '')).not.toMatch(/%0[AD]/i);
  });

  it('has the first ten and says how many more there are', () => {
    const papers = Array.from({ length: 1_011 }, (_, at) => listed(at + 1));
    const { body } = mail(asMailto({ ...digest, groups: [{ papers }] }));
    expect(body).toContain('10. Paper 10\r\n');
    expect(body).not.toContain('Paper 11');
    expect(body).toMatch(/And 1,001 more\. Made by Paper Margin\.$/);
  });

  it('leaves out whole papers where they do not fit', () => {
    const papers = Array.from({ length: 10 }, (_, at) =>
      listed(at + 1, { paper: { title: `${'Long title '.repeat(15)}${at}` } }),
    );
    const url = asMailto({ ...digest, groups: [{ papers }] });
    const { body } = mail(url);
    const shown = body.split('\r\n\r\n').length - 1;
    expect(url.length).toBeLessThanOrEqual(1_800);
    expect(shown).toBeGreaterThan(4);
    expect(body).toContain(`And ${10 - shown} more.`);
    expect(body).not.toContain('…');
  });

  it('is at most 1,800 characters, shows one paper at least, and reads as it was, whatever the strings', () => {
    const long = fc.oneof(hostile, fc.string({ unit: 'grapheme', minLength: 200, maxLength: 900 }));
    fc.assert(
      fc.property(long, anyPapers(long), (heading, papers) => {
        const url = asMailto({ heading, groups: [{ papers }], madeAt });
        expect(url.length).toBeLessThanOrEqual(1_800);
        expect(url).toMatch(/^[!-~]+$/);
        const { subject, body } = mail(url);
        expect(subject).toSatisfy((text: string) => starts(seen(heading), text));
        const parts = body.split('\r\n\r\n');
        const shown = parts.length - 1;
        if (papers.length > 0) expect(shown).toBeGreaterThan(0);
        for (const [at, part] of parts.slice(0, -1).entries()) {
          const paper = papers[at] as DigestPaper;
          const lines = part.split('\r\n');
          expect(lines[0]).toSatisfy((text: string) =>
            starts(`${at + 1}. ${titleOf(paper)}`, text),
          );
          expect(lines.at(-1)).toBe(`https://huggingface.co/papers/${paper.id}`);
        }
        const more = papers.length - shown;
        expect(parts.at(-1)?.startsWith(`And ${more} more.`)).toBe(more > 0);
      }),
    );
  });
});

/** `text` is `whole`, or its beginning and `…`. */
function starts(whole: string, text: string): boolean {
  return text === whole || (text.endsWith('…') && whole.startsWith(text.slice(0, -1).trimEnd()));
}
