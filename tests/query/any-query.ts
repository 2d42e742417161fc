// Texts of queries for property tests: most can be read, some cannot.
import fc from 'fast-check';

const word = fc.constantFrom(
  ...[
    'llama',
    'mamba',
    'LLaMA3',
    'art',
    'Gödel',
    'π',
    '大语言',
    'pre-training',
    '2.5',
    'or',
    'hinton',
  ],
);
const phrase = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => `"${words.join(' ')}"`);
const value = fc
  .tuple(fc.oneof({ weight: 3, arbitrary: word }, phrase), fc.constantFrom('', '', '', '*'))
  .map((parts) => parts.join(''));
const field = fc
  .tuple(fc.constantFrom('author', 'org', 'keyword', 'title', 'tag'), value)
  .map(([name, of]) => `${name}:${of}`);
const other = fc.constantFrom(
  ...['is:saved', 'is:unread', 'is:noted', 'has:code', 'has:notes', 'cat:cs.CL', 'cat:math'],
  ...['before:2024', 'after:2023-06', '1810.04805', 'arXiv:hep-th/9901001v2', '"1810.04805"'],
  ...['2001.00002v3', 'arxiv.org/abs/1810.04805', '10.1234/ABC_(x)', 'doi.org/10.1234/art'],
  ...['tag:a:b', 'https://example.com/(x)', 'tag:"⭐ *"', '&'],
);

const { query } = fc.letrec<{ query: string; term: string }>((tie) => ({
  term: fc
    .tuple(
      fc.constantFrom('', '', '', '-', '--'),
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        value,
        field,
        other,
        tie('query').map((inner) => `(${inner})`),
      ),
    )
    .map((parts) => parts.join('')),
  query: fc
    .array(fc.tuple(tie('term'), fc.constantFrom(' ', ' ', ' OR ', ' AND ')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((terms) => terms.flatMap((pair, at) => (at < terms.length - 1 ? pair : pair[0])).join('')),
}));

/** Queries that can be read, but for a few. */
export const queries: fc.Arbitrary<string> = query;

/** The same, some of them with a sign put in or taken out somewhere. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: query },
  fc
    .tuple(query, fc.nat(), fc.constantFrom('(', ')', '"', ':', '-', '*', 'OR ', ''))
    .map(([text, place, sign]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + sign + text.slice(sign ? at : at + 1);
    }),
);
