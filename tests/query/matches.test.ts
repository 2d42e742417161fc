// Which papers match a query, and which words of it are marked.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperId } from '../../src/paper';
import { parseQuery, type Query } from '../../src/query/language';
import { type Doc, highlightsIn, matcher } from '../../src/query/matches';
import { recordings } from '../recordings';
import { queries } from './any-query';

const id = '1810.04805' as PaperId;
const bare: Doc = { id, title: '', authors: [], abstract: '' };

/** A paper with everything that a query may ask of. */
const paper: Doc = {
  id,
  title: 'LLaMA3 and the Art of Pre-training',
  authors: ['First Q. Author', 'Sécond Writer'],
  abstract: 'We quantize $\\alpha$-models. Artificial data helps, see 2302.13971.',
  published: '2024-06-30',
  categories: ['cs.CL', 'stat.ML'],
  keywords: ['large language models', 'scaling laws'],
  organization: 'Made Up Lab',
  submitter: 'somebody',
  tags: ['To Read', 'project: one'],
  note: 'Compare with 大语言模型.',
  highlights: ['a remarkable claim'],
  saved: true,
  reading: 'read',
  has: ['code', 'model'],
};

function parsed(text: string): Query {
  const answer = parseQuery(text);
  if ('problem' in answer) throw new Error(`${text}: ${answer.problem.says}`);
  return answer.query;
}
const matches = (text: string, doc: Doc = paper) => matcher(parsed(text))(doc);

describe('a paper is found', () => {
  it.each([
    ['', 'nothing asked'],
    ['llama', 'a word beside digits'],
    ['LLAMA-3', 'words as spelled otherwise'],
    ['art pretraining OR training', 'words, one of them either'],
    ['"pre training"', 'a phrase'],
    ['quant*', 'the beginning of a word'],
    ['"art of pre"* "llama 3"*', 'the beginning of a phrase'],
    ['α', 'a letter that TeX wrote'],
    ['语言', 'a part of a Chinese text'],
    ['second', 'an author without the accent'],
    [
      'scaling lab somebody project remarkable',
      'keyword, organization, submitter, tag and highlight',
    ],
    ['author:author', 'a part of a name'],
    ['author:"first author"', 'a name without its middle'],
    ['author:"author fir"*', 'a name the other way round, begun'],
    ['org:"up lab"', 'words of its organization'],
    ['keyword:"language models" keyword:laws', 'words of a keyword'],
    ['title:art title:"the art"', 'words of its title'],
    ['tag:"to  read" tag:"PROJECT: one"', 'a tag, in any case'],
    ['tag:project*', 'the beginning of a tag'],
    ['cat:cs.cl cat:stat cat:cs', 'a category and an archive'],
    ['is:saved is:read is:noted is:highlighted', 'its state'],
    ['has:code has:models has:note has:highlight', 'what it has'],
    ['after:2024 before:2025', 'its year'],
    ['after:2024-06 before:2024-07', 'its month'],
    ['after:2024-06-30 before:2024-07-01', 'its day'],
    ['arXiv:1810.04805v3', 'its id, in any form'],
    ['https://arxiv.org/abs/1810.04805', 'a link to it'],
    ['arxiv.org/abs/1810.04805v2', 'a link without its beginning'],
    ['1810*', 'the beginning of its id'],
    ['2302.13971', 'an id that it names'],
    ['-mamba -is:unread -before:2024-06-30 -(mamba OR title:quantize)', 'what it is not'],
  ])('by %j: %s', (text) => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    ['arti', 'a part of a word'],
    ['"training pre"', 'words in another order'],
    ['"author second"', 'a phrase over two names'],
    ['"laws made"', 'a phrase over two fields'],
    ['author:"first writer"', 'words of two names'],
    ['author:llama', 'a word of the title'],
    ['title:quantize', 'a word of the abstract'],
    ['title:trai', 'a part of a word of the title'],
    ['org:somebody', 'the submitter'],
    ['tag:read', 'a part of a tag'],
    ['cat:cs.C cat:c', 'a part of a category'],
    ['is:reading', 'another state'],
    ['has:space', 'what it has not'],
    ['before:2024-06-30', 'the day before which it was not there'],
    ['after:2024-07', 'a later month'],
    ['1810.04806', 'another id'],
    ['llama -art', 'a word that it should not hold'],
  ])('not by %j: %s', (text) => {
    expect(matches(text)).toBe(false);
  });

  it('not by what is not known of it', () => {
    for (const text of ['before:2024', 'after:2024', 'cat:cs', 'org:lab', 'is:noted', 'has:note']) {
      expect(matches(text, bare)).toBe(false);
      expect(matches(`-${text}`, bare)).toBe(true);
    }
    expect(matches('is:unread', bare)).toBe(true);
    expect(matches('has:note', { ...bare, has: ['note'] })).toBe(true);
    expect(matches('is:noted', { ...bare, note: ' ' })).toBe(false);
  });
});

describe('over any papers', () => {
  const texts = [
    'LLaMA 3',
    'art of Mamba',
    'Gödel',
    'π 2.5',
    '大语言',
    'pre-training',
    'hinton',
    '',
  ];
  const text = fc.constantFrom(...texts);
  const docs: fc.Arbitrary<Doc> = fc.record(
    {
      id: fc.constantFrom(id, 'hep-th/9901001' as PaperId),
      title: text,
      authors: fc.array(text, { maxLength: 2 }),
      abstract: fc.array(text, { maxLength: 3 }).map((parts) => parts.join(' ')),
      published: fc.constantFrom('2023-05-31', '2023-06-01', '2024-01-01'),
      categories: fc.subarray(['cs.CL', 'math.CO']),
      keywords: fc.array(text, { maxLength: 2 }),
      organization: text,
      tags: fc.subarray(['a:b', 'llama', '⭐ *']),
      note: text,
      saved: fc.boolean(),
      reading: fc.constantFrom('unread', 'read'),
      has: fc.subarray(['code', 'note']),
    },
    { requiredKeys: ['id', 'title', 'authors', 'abstract'] },
  );
  const some = fc.array(docs, { maxLength: 6 });
  const readable = queries.filter((query) => 'query' in parseQuery(query) && query.trim() !== '');
  const found = (query: string, papers: Doc[]) => papers.map(matcher(parsed(query)));

  it('minus turns a query round', () => {
    fc.assert(
      fc.property(readable, some, (a, papers) => {
        expect(found(`-(${a})`, papers)).toEqual(found(a, papers).map((is) => !is));
      }),
    );
  });

  it('queries side by side find what both find, and OR what either finds', () => {
    fc.assert(
      fc.property(readable, readable, some, (a, b, papers) => {
        const [inA, inB] = [found(a, papers), found(b, papers)];
        expect(found(`(${a}) (${b})`, papers)).toEqual(inA.map((is, at) => is && inB[at]));
        expect(found(`(${a}) OR (${b})`, papers)).toEqual(inA.map((is, at) => is || inB[at]));
      }),
    );
  });

  it('the words of a title find it, as a phrase and begun', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const doc = { ...bare, title };
        const quoted = `"${title.replace(/["“”„]/g, ' ')}"`;
        for (const query of [quoted, `${quoted}*`, `title:${quoted}`]) {
          const answer = parseQuery(query);
          if ('query' in answer) expect(matcher(answer.query)(doc)).toBe(true);
        }
      }),
    );
  });
});

describe('the marks in a text', () => {
  const marked = (query: string, text: string, field?: 'title' | 'author') => {
    let at = 0;
    let out = '';
    for (const { start, end } of highlightsIn(parsed(query), text, field)) {
      out += `${text.slice(at, start)}[${text.slice(start, end)}]`;
      at = end;
    }
    return out + text.slice(at);
  };

  it.each([
    ['llama OR mamba', 'LLaMA3 or Mamba', '[LLaMA]3 or [Mamba]'],
    ['llama3 -mamba', 'LLaMA-3, no Mamba', '[LLaMA-3], no Mamba'],
    ['quant*', 'Quantization of quanta', '[Quantization] of [quanta]'],
    ['"a b" "b c"', 'a b c', '[a b c]'],
    ['godel (x OR -(y))', 'G\\"odel xy', '[G\\"odel] xy'],
    ['1810.04805', 'see arXiv:1810.04805v2', 'see arXiv:[1810.04805]v2'],
    ['is:read', 'read', 'read'],
  ])('for %j in %j are %j', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });

  it('are of the field that the text is, and of no field', () => {
    expect(marked('title:art author:art data', 'Art data', 'title')).toBe('[Art] [data]');
    expect(marked('title:art data', 'Art data')).toBe('Art [data]');
    expect(marked('author:"author fir"*', 'First Q. Author', 'author')).toBe('[First] Q. [Author]');
  });
});

const seeds = recordings && `${recordings}/seed-papers.json`;

describe.runIf(seeds)('the recorded papers', () => {
  it('that hold the word llama are found by it, and no others', () => {
    const papers: { arxivId: PaperId; title: string; abstract: string }[] = JSON.parse(
      readFileSync(seeds ?? '', 'utf8'),
    );
    const docs = papers.map(
      ({ arxivId, title, abstract }): Doc => ({ id: arxivId, title, abstract, authors: [] }),
    );
    const holding = papers.filter(({ title, abstract }) =>
      /(?<![a-z])llama(?![a-z])/i.test(`${title}\n${abstract}`),
    );
    expect(holding.length).toBeGreaterThan(10);
    expect(docs.filter(matcher(parsed('llama'))).map((doc) => doc.id)).toEqual(
      holding.map(({ arxivId }) => arxivId),
    );
  });
});
