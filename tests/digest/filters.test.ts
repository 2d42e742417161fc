// Which papers of a digest are shown, in which order, and under which topic.
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { activeFilters, grouped, noFilters, passes, sorted } from '../../src/digest/filters';
import type { DigestFilters, DigestPaper, DigestSort } from '../../src/library/api';
import { anyPapers, hostile, listed, topic } from './papers';

const idsOf = (papers: DigestPaper[]) => papers.map(({ id }) => Number(id.slice(5)));
const through = (papers: DigestPaper[], filters: Partial<DigestFilters>) =>
  idsOf(papers.filter(passes({ ...noFilters, ...filters })));

const anyFilters: fc.Arbitrary<DigestFilters> = fc.record({
  text: fc.oneof(hostile, fc.constantFrom('', 'a', 'paper', 'author 1')),
  upvotes: fc.nat(50),
  code: fc.boolean(),
  linked: fc.boolean(),
  organization: fc.oneof(fc.constant(''), hostile),
  unread: fc.boolean(),
});

describe('the text filter', () => {
  const papers = [
    listed(1, { paper: { title: 'A Study of Lanterns' } }),
    listed(2, { paper: { authors: ['Ångström Author'] } }),
    listed(3, { paper: { abstract: 'Of kites, and of lanterns in the wind.' } }),
    listed(4, { trending: { keywords: ['lantern light'] } }),
    listed(5, { trending: { organization: 'Lantern Works' } }),
  ];

  it.each([
    ['finds words in title, abstract, keywords and organization', 'lantern', [1, 3, 4, 5]],
    ['makes no difference between upper and lower case', 'LANTERN works', [5]],
    ['makes no difference of accents, in the paper', 'angstrom', [2]],
    ['makes no difference of accents, in the words', 'låntérn study', [1]],
    ['wants every word, in any order and any part', 'wind kites', [3]],
    ['lets all through while it is empty or blank', '  ', [1, 2, 3, 4, 5]],
    ['finds nothing across the border of two parts', 'lanternsfirst', []],
  ])('%s', (_, text, expected) => {
    expect(through(papers, { text })).toEqual(expected);
  });

  it('folds the text of a paper once, however often the person types', () => {
    const one = listed(1, { paper: { abstract: 'Ein öffentlicher Vergleich.' } });
    const { abstract } = one.paper;
    const read = vi.fn(() => abstract);
    Object.defineProperty(one.paper, 'abstract', { get: read });
    for (const text of ['v', 've', 'verg', 'öffent']) expect(through([one], { text })).toEqual([1]);
    expect(read).toHaveBeenCalledOnce();
  });
});

describe('the other filters', () => {
  const papers = [
    listed(1, { trending: { upvotes: 10, code: { url: 'https://a.example', label: 'a' } } }),
    listed(2, { trending: { upvotes: 9, models: { total: 0, top: [] } }, reading: 'read' }),
    listed(3, { trending: { spaces: { total: 1, top: [] } }, reading: 'reading' }),
    listed(4, { trending: { upvotes: 0, organization: 'École des Papiers' } }),
  ];

  it.each<[string, Partial<DigestFilters>, number[]]>([
    ['want at least so many upvotes', { upvotes: 10 }, [1]],
    ['count upvotes that are not known as none', { upvotes: 1 }, [1, 2]],
    ['want code', { code: true }, [1]],
    ['want models, datasets or Spaces, at least one', { linked: true }, [3]],
    ['want an organization, by its words', { organization: 'ecole papiers' }, [4]],
    ['leave out what is read, and only that', { unread: true }, [1, 3, 4]],
    ['hold all at once', { unread: true, upvotes: 9, code: true }, [1]],
    ['leave nothing out by themselves', {}, [1, 2, 3, 4]],
  ])('%s', (_, filters, expected) => {
    expect(through(papers, filters)).toEqual(expected);
  });

  it('are counted where they leave something out', () => {
    expect(activeFilters(noFilters)).toBe(0);
    expect(activeFilters({ ...noFilters, text: ' ', organization: ' ' })).toBe(0);
    expect(
      activeFilters({
        text: 'a',
        upvotes: 1,
        code: true,
        linked: true,
        organization: 'b',
        unread: true,
      }),
    ).toBe(6);
  });

  it('leave a part of the list, in its order', () => {
    fc.assert(
      fc.property(anyPapers(hostile), anyFilters, (papers, filters) => {
        const left = papers.filter(passes(filters));
        const places = left.map((paper) => papers.indexOf(paper));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        if (activeFilters(filters) === 0) expect(left).toEqual(papers);
      }),
    );
  });
});

describe('sorting', () => {
  it.each<[DigestSort, DigestPaper[], number[]]>([
    ['list', [listed(2), listed(1, { rise: 3 })], [2, 1]],
    [
      'upvotes',
      [listed(1), listed(2, { trending: { upvotes: 0 } }), listed(3, { trending: { upvotes: 7 } })],
      [3, 2, 1],
    ],
    ['rise', [listed(1), listed(2, { rise: -3 }), listed(3, { rise: 0 })], [3, 2, 1]],
    [
      'stars',
      [
        listed(1, { trending: { code: { url: 'https://a.example', label: 'a' } } }),
        listed(2, { trending: { code: { url: 'https://a.example', label: 'a', stars: 5 } } }),
        listed(3, { trending: { code: { url: 'https://a.example', label: 'a', stars: 50 } } }),
      ],
      [3, 2, 1],
    ],
    [
      'comments',
      [listed(1, { trending: { comments: 1 } }), listed(2, { trending: { comments: 10 } })],
      [2, 1],
    ],
    [
      'fit',
      [listed(1, { fit: { score: 0.2, why: '' } }), listed(2, { fit: { score: 0.3, why: '' } })],
      [2, 1],
    ],
    [
      'newest',
      [
        listed(1, { paper: { published: '2026-08-30' } }),
        listed(2, { trending: { day: '2026-08-18' }, paper: { published: '2026-08-17' } }),
        listed(3, { trending: { day: '2026-08-19' } }),
        listed(4, { trending: { day: '2026-08-19' }, paper: { published: '2026-08-01' } }),
      ],
      [4, 3, 2, 1],
    ],
  ])('by %s puts the highest first and what is not known last', (sort, papers, expected) => {
    expect(idsOf(sorted(papers, sort))).toEqual(expected);
  });

  const sorts = ['list', 'upvotes', 'rise', 'stars', 'comments', 'fit', 'newest'] as const;

  it('loses no paper, leaves the list itself alone, and keeps ties in its order', () => {
    fc.assert(
      fc.property(anyPapers(fc.constant('x')), fc.constantFrom(...sorts), (papers, sort) => {
        const before = [...papers];
        const after = sorted(papers, sort);
        expect(papers).toEqual(before);
        expect([...after].sort((a, b) => papers.indexOf(a) - papers.indexOf(b))).toEqual(papers);
        expect(sorted(after, sort)).toEqual(after);
        if (sort === 'upvotes') {
          for (const [at, next] of after.slice(1).entries()) {
            const one = after[at] as DigestPaper;
            if (one.trending.upvotes === next.trending.upvotes)
              expect(papers.indexOf(one)).toBeLessThan(papers.indexOf(next));
            else expect(one.trending.upvotes ?? -1).toBeGreaterThan(next.trending.upvotes ?? -1);
          }
        }
      }),
    );
  });
});

describe('grouping', () => {
  const [a, b, c] = [topic('a'), topic('b'), topic('c')];

  it('puts the papers of topics first, each under the first topic that it matches', () => {
    const papers = [
      listed(1),
      listed(2, { topics: ['b', 'a'] }),
      listed(3, { topics: ['b'] }),
      listed(4, { topics: ['gone'] }),
    ];
    expect(
      grouped(papers, [a, b, c]).map(({ topic: one, papers }) => [one?.name, idsOf(papers)]),
    ).toEqual([
      ['a', [2]],
      ['b', [3]],
      [undefined, [1, 4]],
    ]);
  });

  it('has one group without a name where there are no topics, and none without papers', () => {
    expect(grouped([listed(1)], [])).toEqual([{ papers: [listed(1)] }]);
    expect(grouped([], [a])).toEqual([]);
  });

  it('shows every paper once, and keeps the order within a group', () => {
    fc.assert(
      fc.property(anyPapers(fc.constant('x')), fc.subarray([a, b, c]), (papers, topics) => {
        const groups = grouped(papers, topics);
        expect(groups.flatMap((group) => group.papers).toSorted(byPlace)).toEqual(papers);
        for (const group of groups) expect(group.papers).toEqual(group.papers.toSorted(byPlace));
      }),
    );
  });
});

function byPlace(one: DigestPaper, other: DigestPaper): number {
  return one.id < other.id ? -1 : 1;
}
