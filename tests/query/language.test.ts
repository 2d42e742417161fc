// Reading and printing queries, and what is said of those that cannot be read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, printQuery, topicFields } from '../../src/query/language';
import { texts } from './any-query';

/** The canonical text of a query. */
function read(text: string): string {
  const answer = parseQuery(text);
  if ('problem' in answer) throw new Error(`${text}: ${answer.problem.says}`);
  return printQuery(answer.query);
}

/** The problem, as its sentence and the part of the text that it is about. */
function problem(text: string, fields?: typeof topicFields): [string, string] {
  const answer = parseQuery(text, fields);
  if ('query' in answer) throw new Error(`${text} was read`);
  const { at, length, says } = answer.problem;
  return [text.slice(at, at + length), says];
}

describe('a query', () => {
  it.each([
    ['Llama', 'llama'],
    ['  a   b ', 'a b'],
    ['LLaMA3', '"llama 3"'],
    ['state-of-the-art', '"state of the art"'],
    ['“deep learning”', '"deep learning"'],
    ['a OR b c', 'a OR b c'],
    ['(a OR b) c', 'a OR b c'],
    ['a OR (b c)', 'a OR (b c)'],
    ['a (b (c))', 'a b c'],
    ['a OR (b OR c)', 'a OR b OR c'],
    ['a AND b', 'a b'],
    ['a or b', 'a or b'],
    ['ORB -OR ANDES', 'orb -or andes'],
    ['-a -"b c" -(d OR e)', '-a -"b c" -(d OR e)'],
    ['--a', 'a'],
    ['-(-(a b))', 'a b'],
    ['quant* GPT4* "deep learn"*', 'quant* "gpt 4"* "deep learn"*'],
    ['AUTHOR:Hinton', 'author:hinton'],
    ['author:"Geoffrey Hinton" -org:meta', 'author:"geoffrey hinton" -org:meta'],
    ['title:LLaMA3 keyword:rl*', 'title:"llama 3" keyword:rl*'],
    ['cat:cs.CL cat:math-ph cat:cs.*', 'cat:cs.cl cat:math-ph cat:cs'],
    ['is:Read has:models', 'is:read has:model'],
    ['before:2024 after:2023-06 -after:2024-02-29', 'before:2024 after:2023-06 -after:2024-02-29'],
    ['tag:project:A tag:"To  Read" tag:⭐', 'tag:"project:a" tag:"to read" tag:"⭐"'],
    ['1810.04805', '1810.04805'],
    ['arXiv:1810.04805v2', '1810.04805'],
    ['doi:10.48550/arXiv.1810.04805', '1810.04805'],
    ['https://arxiv.org/pdf/1810.04805v2', '1810.04805'],
    ['https://huggingface.co/papers/1810.04805?x=1', '1810.04805'],
    ['arxiv.org/abs/1810.04805v2', '1810.04805'],
    ['www.alphaxiv.org/abs/1810.04805', '1810.04805'],
    ['1810.04805v', '1810.04805'],
    ['math.GT/0309136', 'math/0309136'],
    ['10.1234/ABC', '"10.1234 abc"'],
    ['doi:10.1234/abc', '"10.1234 abc"'],
    ['https://doi.org/10.1234/ABC_(x)?y=1', '"10.1234 abc x"'],
    ['http://dx.doi.org/10.1234/a%28c%29', '"10.1234 a c"'],
    ['doi.org/10.1234/a(b)c(d) e', '"10.1234 a b c d" e'],
    ['(a OR 10.1234/b(c))', 'a OR "10.1234 b c"'],
    ['10.1234/b(c', '"10.1234 b c"'],
    ['10.1234/b(c OR d)', '"10.1234 b" c OR d'],
    ['-doi:10.1234/b(c)', '-"10.1234 b c"'],
    ['"1810.04805"', '"1810.04805"'],
    ['https://example.com', '"https example com"'],
    ['BERT: Pre-training', 'bert "pre training"'],
    ['a & b – c - d', 'a b c d'],
    ['3:1', '"3 1"'],
    ['f(x)', 'f x'],
    ['', ''],
    ['  ', ''],
  ])('%j is %j', (text, canonical) => {
    expect(read(text)).toBe(canonical);
  });

  it('takes any number of terms', () => {
    const text = 'a OR '.repeat(20_000);
    expect(read(`${text}a`)).toHaveLength(text.length + 1);
  });
});

describe('a problem', () => {
  it.each([
    ['a "b c', '"', 'There is no closing quotation mark for the one here. Add it.'],
    ['a (b (c)', '(', 'There is no closing parenthesis for the one here. Add it.'],
    [
      'a) b',
      ')',
      'There is no opening parenthesis for the one here. Add it, or take this one away.',
    ],
    ['a ()', '()', 'There is nothing to search for in these parentheses. Write a word in them.'],
    ['a ""', '""', 'There is no word in these quotation marks. Write one, or take them away.'],
    ['OR a', 'OR', 'There is no word before this “OR”. Write one, or write “or” in small letters.'],
    ['a OR', 'OR', 'There is no word after this “OR”. Write one, or write “or” in small letters.'],
    [
      'a OR OR b',
      'OR',
      'There is no word before this “OR”. Write one, or write “or” in small letters.',
    ],
    ['is: x', 'is:', '“is:” takes saved, unread, reading, read, noted or highlighted.'],
    ['author: x', 'author:', 'Write a word or a phrase right after “author:”, without a space.'],
    ['author:(a)', 'author:', 'Write a word or a phrase right after “author:”, without a space.'],
    [
      'a org:&',
      'org:&',
      'There is no letter or digit here. Write a word or a phrase after “org:”.',
    ],
    ['is:starred', 'is:starred', '“is:” takes saved, unread, reading, read, noted or highlighted.'],
    [
      'after:2023-02-29',
      'after:2023-02-29',
      'There is no such date. Write a year, a month or a day: 2024, 2024-06 or 2024-06-30.',
    ],
    ['cat:12', 'cat:12', 'A category looks like cs.CL, or cs for all of computer science.'],
    [' & ', '&', 'There is no letter or digit to search for. Write a word.'],
  ])('of %j is at %j: %s', (text, place, says) => {
    expect(problem(text)).toEqual([place, says]);
  });

  it('names the fields that there are, when one is not', () => {
    expect(problem('llama foo:bar', topicFields)).toEqual([
      'foo:',
      'There is no field “foo:”. Use author:, org:, keyword:, title:, has: or cat:. To search for these words as they are, put them in quotation marks.',
    ]);
    expect(problem('tag:x', topicFields)[1]).toMatch(/^“tag:” cannot be used here\. Use author:/);
  });

  it('is said of parentheses too deep to be meant', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(read(nested(50))).toBe('a');
    expect(problem(nested(51))[1]).toMatch(
      /^There are more than 50 parentheses inside one another/,
    );
  });
});

describe('any text at all', () => {
  it('gives a query or a problem within the text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
        const answer = parseQuery(text);
        if ('query' in answer) return;
        const { at, length, says } = answer.problem;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThan(0);
        expect(at + length).toBeLessThanOrEqual(text.length);
        expect(says).toMatch(/^[“A-Z].*\.$/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '(',
    ')',
    '"',
    '-',
    '*',
    '.',
    '\\',
    ':',
    'a',
    '1.',
    '-(',
    'a OR ',
    'a:',
    '*a',
    '\ud800',
    '{\\',
    '((a OR b) c ',
  ])('of 100,000 characters is read without stumbling: %j', (part) => {
    const text = part.repeat(100_000 / part.length);
    for (const tail of ['', 'x', ' x', '"']) expect(parseQuery(text + tail)).toBeTypeOf('object');
  });

  it('is the same query after printing', () => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const answer = parseQuery(text);
        if ('problem' in answer) return;
        read++;
        expect(parseQuery(printQuery(answer.query))).toEqual(answer);
      }),
      { numRuns: 2000 },
    );
    // Most of these texts are queries, or the property would say little.
    expect(read).toBeGreaterThan(1000);
  });
});
