// Papers of a digest for tests: plainly made up, and any that may come.
import * as fc from 'fast-check';
import type { DigestPaper, Topic } from '../../src/library/api';
import type { PaperId } from '../../src/paper';

type Part = Omit<Partial<DigestPaper>, 'paper' | 'trending'> & {
  paper?: Partial<DigestPaper['paper']>;
  trending?: Partial<DigestPaper['trending']>;
};

/** A paper with the given parts; `place` makes its id. */
export function listed(place: number, { paper, trending, ...rest }: Part = {}): DigestPaper {
  const id = `2608.${String(place).padStart(5, '0')}` as PaperId;
  return {
    id,
    paper: {
      id,
      title: `Paper ${place}`,
      authors: ['First Author', 'Second Author'],
      abstract: 'We measure what was never measured.',
      ...paper,
    },
    saved: false,
    noted: false,
    reading: 'unread',
    editing: false,
    known: 'yes',
    trending: { keywords: [], ...trending },
    refreshDue: false,
    folded: false,
    ...rest,
  };
}

/** A topic with the id and name given. */
export function topic(id: string, name = id): Topic {
  return { id, name, query: name, notice: { when: 'never' }, createdAt: 0 };
}

/** Strings made to be taken for markup, in every language that a document of ours is written in. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...'*_[]<>`|$#!()\\~&"\'-+=.:{}/@^%?;,\n\r\t 1ab'.split(''),
        ...[
          '**',
          '__',
          '](',
          '<b>',
          '</a>',
          '<script>',
          '&lt;',
          '&amp;',
          '```',
          '~~',
          '\n\n',
          '# ',
        ],
        ...['http://a.example', 'https://', 'www.b.example', 'c@d.example', '1. ', '- ', '[x] '],
        ...[
          '<!--',
          '-->',
          '\\[',
          '$$',
          '---',
          '\n===\n',
          '| a | b |',
          '![',
          '\u2028',
          '\u202e',
          '%0D',
        ],
        ...['</details>', '</style>', '<img src=x onerror=alert(1)>', 'javascript:alert(1)'],
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join('')),
);

const url = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom('javascript:alert(1)', 'data:text/html,x', 'https://a.example/)(*_[]<>"`|$ x'),
  hostile,
);

const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const without = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };

/** Any paper of a list, with strings of `text`. Its place makes its id. */
export function anyPaper(text: fc.Arbitrary<string>): fc.Arbitrary<(place: number) => DigestPaper> {
  const linked = optional(fc.nat(3).map((total) => ({ total, top: [] })));
  const count = optional(fc.nat(50));
  const day = optional(fc.constantFrom('2026-08-18', '2026-08-19', '2026-08-20'));
  return fc
    .record({
      paper: fc.record({
        title: text,
        authors: fc.array(text, { maxLength: 6 }),
        abstract: text,
        published: day,
      }),
      trending: fc.record({
        upvotes: count,
        comments: count,
        day,
        organization: optional(text),
        keywords: fc.array(text, { maxLength: 2 }),
        aiSummary: optional(text),
        code: optional(fc.record({ url, label: text, stars: count }).map(without)),
        projectPage: optional(fc.record({ url, label: text })),
        models: linked,
        datasets: linked,
        spaces: linked,
      }),
      rise: optional(fc.integer({ min: -5, max: 50 })),
      reading: fc.constantFrom('unread' as const, 'reading' as const, 'read' as const),
      fit: optional(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), why: text })),
      topics: optional(fc.subarray(['a', 'b', 'c'])),
    })
    .map(
      ({ paper, trending, ...rest }) =>
        (place) =>
          listed(place, { paper: without(paper), trending: without(trending), ...without(rest) }),
    );
}

/** Any list of papers, each with an id of its own. */
export function anyPapers(text: fc.Arbitrary<string>, maxLength = 12): fc.Arbitrary<DigestPaper[]> {
  return fc
    .array(anyPaper(text), { maxLength })
    .map((makers) => makers.map((make, at) => make(at + 1)));
}
