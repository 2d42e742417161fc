// Why a paper is in a list: what matched, where its row does not show it.
import { expect, test } from 'vitest';
import { excerptOf, type Finder, queryFinder, textFinder } from '../../src/digest/excerpt';
import { listed } from './papers';

const abstract = `${'Words before. '.repeat(20)}We study $\\alpha$ of Schrödinger models at last. ${'After. '.repeat(90)}`;

function matched(find: Finder | undefined, more: { title?: string; keywords?: string[] } = {}) {
  const one = listed(1);
  const { title = 'On kites', keywords = [] } = more;
  const authors = ['First Author', 'Second Author', 'Third Author', 'Fourth Lantern'];
  one.paper = { ...one.paper, title, abstract, authors };
  one.trending = { keywords };
  const excerpt = find && excerptOf(one, find);
  return (
    excerpt &&
    `${excerpt.from}: ${excerpt.parts.map((part, at) => (at % 2 ? `[${part}]` : part)).join('')}`
  );
}

test.each([
  ['a topic', queryFinder('schrodinger -kites')],
  ['a filter', textFinder('schrodinger')],
])('%s that matches in the abstract shows the words around, marked, TeX as signs', (_, find) => {
  expect(matched(find)).toMatch(/^Abstract: ….{0,24}of \[Schrödinger\] models at last\./);
});

test('each word of a filter is marked, also within others', () => {
  expect(matched(textFinder('model stud'))).toContain('[stud]y α of Schrödinger [model]s');
});

test('nothing is explained that the row shows already', () => {
  expect(matched(queryFinder('kites'))).toBeUndefined();
  expect(matched(textFinder('kite schrodinger'))).toBeUndefined();
  expect(matched(queryFinder('author:second'))).toBeUndefined();
  expect(matched(queryFinder('llama OR'))).toBeUndefined();
  expect(matched(textFinder(' '))).toBeUndefined();
});

test('a keyword or a later author is named where the abstract has no match', () => {
  expect(matched(queryFinder('robotics'), { keywords: ['Robotics'] })).toBe('Keyword: [Robotics]');
  expect(matched(textFinder('lantern'))).toBe('Author: Fourth [Lantern]');
});
