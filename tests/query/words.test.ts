// The tokenizer: which words a text has, and where.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord, wordsOf } from '../../src/query/words';

const words = (text: string) => wordsOf(text).map(({ word }) => word);

describe('the words of a text', () => {
  it.each([
    ['LLaMA3 and Qwen2.5', ['llama', '3', 'and', 'qwen', '2.5']],
    ['A state-of-the-art 1.7B model.', 'a state of the art 1.7 b model'.split(' ')],
    ['see 1810.04805v2, p. 3.', ['see', '1810.04805', 'v', '2', 'p', '3']],
    ['Łukasz İnan, Straße, naïve', ['lukasz', 'inan', 'strasse', 'naive']],
    ['e\u0301tude ﬁne Ｗｉｄｅ 𝐁𝐨𝐥𝐝', ['etude', 'fine', 'wide', 'bold']],
    ['soft\u00adhyphen ❤️ \ud800', ['softhyphen']],
    ['大语言 LLM が', ['大', '语', '言', 'llm', 'が']],
    ['한국어', ['한', '국', '어']],
    ['Schr\\"odinger, {\\"O}st, Erd\\H{o}s, S\\o ren', ['schrodinger', 'ost', 'erdos', 'soren']],
    ['$\\mathcal{O}(\\alpha)$ by \\textbf{us}', ['o', 'alpha', 'by', 'us']],
    ['$\\pi_0$', ['pi', '0']],
    ['π0', ['pi', '0']],
    ['x² 10⁵', ['x', '2', '10', '5']],
    ['', []],
  ])('of %j are %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('tell where they stand in the text as it was, TeX and accents included', () => {
    const text = 'The Schr\\"odinger–Łoś “GPT-4”';
    expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'The',
      'Schr\\"odinger',
      'Łoś',
      'GPT',
      '4',
    ]);
  });

  it('are the same whether or not a sign elsewhere needs the slow way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        const plain = text.replaceAll('\\', '/');
        expect(words(`${plain} ж`)).toEqual([...words(plain), 'ж']);
      }),
    );
  });

  it('stand in order, apart, and within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let from = 0;
        for (const { word, start, end } of wordsOf(text)) {
          expect(word).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          from = end;
        }
        expect(from).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('are words that have themselves as their only word, for every letter and digit there is', () => {
    const odd: string[] = [];
    for (let code = 0; code < 0x110000; code++) {
      const sign = String.fromCodePoint(code);
      if (!/[\p{L}\p{M}\p{N}]/u.test(sign)) continue;
      for (const word of words(sign)) {
        if (words(word).join(' ') !== word) odd.push(`${code.toString(16)} ${word}`);
      }
    }
    expect(odd).toEqual([]);
  });

  it('are words that have themselves as their only word, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const word of words(text)) {
          expect(words(word)).toEqual([word]);
          expect(foldWord(word)).toBe(word);
        }
      }),
    );
  });
});

describe('folding', () => {
  it('makes spellings of one word equal', () => {
    expect(['GPT-4', 'Gpt4', 'ＧＰＴ４'].map(foldWord)).toEqual(['gpt4', 'gpt4', 'gpt4']);
    expect(['Gödel', 'G\\"odel', '2.5', 'v.2.'].map(foldWord)).toEqual([
      'godel',
      'godel',
      '2.5',
      'v2',
    ]);
  });

  it('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldWord(foldWord(text))).toBe(foldWord(text));
      }),
    );
  });
});
