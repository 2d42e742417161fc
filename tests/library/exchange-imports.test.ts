// Files of other programs on their way in: what is read of them, what is refused and why, and what they cannot do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBibtex } from '../../src/library/exchange/bibtex';
import { readCslJson } from '../../src/library/exchange/csl-json';
import { readCsv } from '../../src/library/exchange/csv';
import { fileText } from '../../src/library/exchange/file-text';
import { readIdList } from '../../src/library/exchange/id-list';
import { isPaperMemory, readPaperMemory } from '../../src/library/exchange/papermemory';
import { inSlices, manyLines, whole } from '../../src/library/exchange/reference';
import { readRis } from '../../src/library/exchange/ris';
import { printCsv, recognise, reference } from './references';

const readers = {
  bibtex: readBibtex,
  ris: readRis,
  cslJson: readCslJson,
  paperMemory: readPaperMemory,
  idList: readIdList,
  csv: readCsv,
};
const read = (format: keyof typeof readers, text: string) =>
  whole(readers[format](text, recognise));

/** The ids of what was read, with their places. */
const ids = (format: keyof typeof readers, text: string) =>
  read(format, text).references.map(({ at, paper }) => [at, paper.id]);

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the bytes of a file', () => {
  test.each([
    ['UTF-8', [0xc3, 0xa9]],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa9]],
    ['UTF-16, as Windows saves it', [0xff, 0xfe, 0xe9, 0x00]],
    ['UTF-16 the other way round', [0xfe, 0xff, 0x00, 0xe9]],
  ])('are text in %s', (_, bytes) => {
    expect(fileText(new Uint8Array(bytes))).toEqual({ text: 'é' });
  });

  test('are Latin-1 where they are no UTF-8, and a sentence says so', () => {
    const { text, remark } = fileText(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]));
    expect(text).toBe('Müller');
    expect(remark).toContain('this file is not UTF-8');
  });
});

describe('PaperMemory', () => {
  const paper = {
    id: 'Arxiv-2501.00001',
    title: 'A Study of Kites',
    author: 'First Author and Second Author',
    year: 2025,
    addDate: '2025-01-05T10:00:00.000Z',
    lastOpenDate: '2025-02-05T10:00:00.000Z',
    count: 3,
    favorite: true,
    tags: ['kites', 'to read'],
    note: 'My note',
    bibtex:
      '@misc{a, title={A}, year={2025}, month={jan}, primaryClass={cs.LG}, abstract={All of it}}',
    pdfLink: 'https://arxiv.org/pdf/2501.00001.pdf',
    codeLink: 'https://github.com/first/kites',
    venue: 'arXiv',
    source: 'arxiv',
  };

  test('comes with tags, notes, dates, favourites and what only its BibTeX knows', () => {
    const text = JSON.stringify({ 'Arxiv-2501.00001': paper, __dataVersion: 10_000 });
    expect(isPaperMemory(text)).toBe(true);
    expect(read('paperMemory', text)).toEqual({
      unit: 'record',
      references: [
        {
          at: 1,
          paper: {
            id: '2501.00001',
            title: 'A Study of Kites',
            authors: ['First Author', 'Second Author'],
            abstract: 'All of it',
            categories: ['cs.LG'],
          },
          date: '2025-01',
          code: 'https://github.com/first/kites',
          tags: ['kites', 'to read', 'favorite'],
          note: 'My note',
          savedAt: Date.parse('2025-01-05T10:00:00Z'),
          opens: 3,
          openedAt: Date.parse('2025-02-05T10:00:00Z'),
        },
      ],
      refused: [],
      remarks: [],
    });
  });

  test.each([
    ['an old id', 'Arxiv-hep-th_9901001', {}, 'hep-th/9901001'],
    [
      'a DOI in its BibTeX',
      'Nature_one',
      { bibtex: '@article{a, doi={10.1000/AB}}' },
      'doi:10.1000/ab',
    ],
    [
      'the address of its PDF',
      'NeurIPS-2020_x',
      { pdfLink: 'http://example.org/paper.pdf' },
      'url:https://example.org/paper.pdf',
    ],
  ])('names a paper by %s', (_, id, fields, expected) => {
    const text = JSON.stringify({ [id]: { title: 'A', ...fields } });
    expect(ids('paperMemory', text)).toEqual([[1, expected]]);
  });

  test('of 5,000 papers moves in whole', () => {
    const papers = Array.from({ length: 5_000 }, (_, n) => {
      const id = `Arxiv-2501.${`${n + 1}`.padStart(5, '0')}`;
      return [id, { ...paper, id, note: `Note ${n}` }] as const;
    });
    const text = JSON.stringify({ ...Object.fromEntries(papers), __dataVersion: 10_000 });
    const { references, refused } = read('paperMemory', text);
    expect(refused).toEqual([]);
    expect(references.map(({ note }) => note)).toEqual(papers.map(([, { note }]) => note));
  });

  test('with a wrong field loses that field alone, and with no name says which record', () => {
    const text = JSON.stringify({
      'Arxiv-2501.00001': {
        ...paper,
        tags: 'kites',
        addDate: 'soon',
        note: 5,
        codeLink: 'javascript:alert(1)',
      },
      'Other-1': { title: 'No address' },
      'Other-2': 7,
    });
    const { references, refused } = read('paperMemory', text);
    expect(references[0]).toMatchObject({
      paper: { title: 'A Study of Kites' },
      tags: ['favorite'],
    });
    expect(references[0]).not.toHaveProperty('code');
    expect(refused).toEqual([
      { at: 2, why: 'it has no arXiv id, no DOI and no web address: “No address”' },
      { at: 3, why: '“Other-2”: it is not a record' },
    ]);
  });
});

describe('a list of papers', () => {
  test('has one a line: addresses, ids and DOIs, however people write them', () => {
    const text = `# My papers
      https://arxiv.org/abs/2501.00001v2  read this first
      - arXiv:2501.00002
      2) hep-th/9901001
      <https://huggingface.co/papers/2501.00003>,
      arxiv.org/pdf/2501.00004.pdf
      arXiv: 2501.00005
      https://doi.org/10.1000/AB
      doi:10.1000/cd.
      https://example.org/paper/#part
      * [A paper \\[1\\]](https://arxiv.org/abs/2501.00006), read
      [doi:10.1000/e](https://doi.org/10.1000/e_(1))\n\n`;
    expect(ids('idList', text)).toEqual([
      [2, '2501.00001'],
      [3, '2501.00002'],
      [4, 'hep-th/9901001'],
      [5, '2501.00003'],
      [6, '2501.00004'],
      [7, '2501.00005'],
      [8, 'doi:10.1000/ab'],
      [9, 'doi:10.1000/cd'],
      [10, 'url:https://example.org/paper'],
      [11, '2501.00006'],
      [12, 'doi:10.1000/e_(1)'],
    ]);
    expect(read('idList', text).references[0]?.paper.version).toBe(2);
  });

  test('names a line that is too long to be one', () => {
    const { refused } = read('idList', `2501.00001\n2501.00002${')'.repeat(300_000)}x`);
    expect(refused).toEqual([{ at: 2, why: 'it is longer than 5,000 characters' }]);
  });

  test('names the line of what is none of these, and of a paper that comes twice', () => {
    const { refused, remarks } = read(
      'idList',
      '2501.00001\nhello there\njavascript:alert(1)\n2501.00001v1',
    );
    expect(refused).toEqual([
      { at: 2, why: '“hello there” is no address, no arXiv id and no DOI' },
      { at: 3, why: '“javascript:alert(1)” is no address, no arXiv id and no DOI' },
    ]);
    expect(remarks).toEqual([{ at: 4, what: 'the same paper as at line 1; both are one' }]);
  });
});

describe('RIS', () => {
  test('is read as Zotero, EndNote and DataCite write it', () => {
    const text = `\uFEFFTY  - JOUR\r\nT1  - Kites\r\nA1  - van der Berg, Jan\r\nAU  - Doe, John, Jr.\r\nJF  - Strings\r\nY1  - 2020/03//\r\nM3  - 10.1000/AB\r\nN2  - First\r\nSecond\r\nKW  - a\r\nKW  - b\r\nER  -\r\n\r\nTY  - GEN\rDO  - 10.48550/ARXIV.2501.00001\rPY  - 2025\rER  - \r`;
    const { references, refused } = read('ris', text);
    expect(refused).toEqual([]);
    expect(references).toMatchObject([
      {
        paper: {
          id: 'doi:10.1000/ab',
          title: 'Kites',
          authors: ['Jan van der Berg', 'John Doe Jr.'],
          abstract: 'First\nSecond',
        },
        date: '2020-03',
        venue: 'Strings',
        tags: ['a', 'b'],
      },
      { at: 14, paper: { id: '2501.00001' }, date: '2025' },
    ]);
  });

  test('says where it is cut off, and gives what there is', () => {
    const { references, refused, remarks } = read(
      'ris',
      'Some words\nTY  - GEN\nUR  - https://arxiv.org/abs/2501.00001\nTY  - GEN\nDO  - 10.1000/ab',
    );
    expect(references).toHaveLength(2);
    expect(refused).toEqual([{ at: 1, why: expect.stringContaining('outside of any record') }]);
    expect(remarks).toEqual([
      { at: 2, what: expect.stringContaining('does not end with ER') },
      { at: 4, what: expect.stringContaining('may be cut off') },
    ]);
  });
});

describe('CSL-JSON', () => {
  test('is read as Zotero and Crossref write it', () => {
    const { references } = read(
      'cslJson',
      JSON.stringify([
        {
          id: 'http://zotero.org/1',
          type: 'article',
          title: 'Kites',
          number: 'arXiv:2501.00001',
          publisher: 'arXiv',
          note: 'arXiv:2501.00001 [cs]',
          URL: 'http://arxiv.org/abs/2501.00001',
          author: [
            { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der' },
            { literal: 'The Kites' },
            { family: 'Plato' },
          ],
          issued: { 'date-parts': [['2025', '1', '31']] },
        },
        {
          DOI: '10.1000/AB',
          title: 'Of <i>Kites</i>',
          abstract: '<jats:p>All</jats:p>',
          'container-title': ['Strings'],
          issued: { raw: '2020-03' },
          keyword: 'a, b; c',
          note: 'Mine',
        },
      ]),
    );
    expect(references).toMatchObject([
      {
        paper: {
          id: '2501.00001',
          authors: ['Jan van der Berg', 'The Kites', 'Plato'],
          published: '2025-01-31',
        },
      },
      {
        paper: { title: 'Of Kites', abstract: 'All' },
        venue: 'Strings',
        date: '2020-03',
        tags: ['a', 'b', 'c'],
        note: 'Mine',
      },
    ]);
    expect(references[0]).not.toHaveProperty('note');
  });

  test.each([
    ['cut off', '[{"DOI": "10.1000/a"}, {"DOI": "10.1000/b", "title": "Cu', [1], [2]],
    [
      'broken in one record',
      '[{"DOI": "10.1000/a"}, {"DOI": oops}, {"DOI": "10.1000/c"}]',
      [1, 3],
      [2],
    ],
    [
      'deeply nested in one record',
      `[{"DOI": "10.1000/a"}, ${'['.repeat(50_000)}${']'.repeat(50_000)}, {"DOI": "10.1000/c"}]`,
      [1, 3],
      [2],
    ],
    ['endlessly nested', '['.repeat(300_000), [], [1]],
    ['a list of other things', '[7, null, "x", [], {"DOI": "10.1000/a"}]', [5], [1, 2, 3, 4]],
  ])(
    'that is %s gives the records that are whole, and names the others',
    (_, text, whole, broken) => {
      const { references, refused } = read('cslJson', text);
      expect(references.map(({ at }) => at)).toEqual(whole);
      expect([...new Set(refused.map(({ at }) => at))]).toEqual(broken);
    },
  );

  test('that nests beyond all sense says so', () => {
    const { refused } = read('cslJson', `[${'['.repeat(500)}${']'.repeat(500)}]`);
    expect(refused).toEqual([{ at: 1, why: 'it nests deeper than 100 levels' }]);
  });

  test('that is no JSON at all says so', () => {
    expect(() => read('cslJson', 'TY  - GEN')).toThrow('This file is not JSON');
    expect(() => read('cslJson', ' ')).toThrow('This file is empty');
  });

  test('cannot change what objects are', () => {
    const hostile =
      '{"__proto__": {"tags": ["x"], "polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "DOI": "10.1000/a", "doi": "10.1000/a"}';
    const [one] = read('cslJson', `[${hostile}]`).references;
    expect(one?.tags).toEqual([]);
    expect(
      read('paperMemory', `{"__proto__": ${hostile}, "x": ${hostile}}`).references,
    ).toHaveLength(1);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('CSV', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', "'=1", "''+1", '＝1', "'quoted'"])(
    'gives back a text that begins like a formula: %s',
    (note) => {
      const text = printCsv([reference({ note })]);
      expect(text).not.toMatch(/,"?[=+\-@＝]/);
      expect(read('csv', text).references[0]?.note).toBe(note);
    },
  );

  test('gives back every text of signs that part cells or begin formulas', () => {
    const signs = fc.constantFrom(...';;==\t\n\'\'""-+@, a\\＝');
    const texts = fc.array(signs, { maxLength: 12 }).map((all) => manyLines(all.join('')));
    fc.assert(
      fc.property(texts, (note) => {
        const text = printCsv([reference({ note })]);
        expect(read('csv', text).references[0]?.note ?? '').toBe(note);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of another program keeps the apostrophes inside its cells', () => {
    const { references } = read('csv', "id,note\n2501.00001,it said;'-1'\n");
    expect(references[0]?.note).toBe("it said;'-1'");
  });

  test('is read with its columns in any order, as spreadsheets save them again', () => {
    const text = 'Title;Tags;DOI\r\n"Kites; and ""strings""";a\\;b; \r\nOther;;10.1000/ab\r\n';
    expect(read('csv', text)).toMatchObject({
      references: [{ at: 3, paper: { id: 'doi:10.1000/ab', title: 'Other' } }],
      refused: [{ at: 2, why: expect.stringContaining('no arXiv id') }],
    });
  });

  test('says on which line a quotation mark is not closed, and reads on', () => {
    const { references, refused } = read(
      'csv',
      'id,title\n2501.00001,"a\nb"\n2501.00002,"open\n2501.00003,c\n',
    );
    expect(references.map(({ at, paper }) => [at, paper.id])).toEqual([
      [2, '2501.00001'],
      [5, '2501.00003'],
    ]);
    expect(refused).toEqual([{ at: 4, why: 'a quotation mark in it is not closed' }]);
  });

  test('without names of columns says what is missing', () => {
    expect(read('csv', 'a,b\n1,2').refused[0]?.why).toContain('does not name the columns');
  });
});

describe('any file', () => {
  const formats = Object.keys(readers) as (keyof typeof readers)[];

  test.each(formats)(
    'whatever is in it, gives no other error than a plain sentence: %s',
    (format) => {
      const part = fc.oneof(
        fc.constantFrom(
          '@misc{a,',
          'title = {',
          '}',
          '"',
          '\\',
          'TY  - GEN\n',
          'ER  - \n',
          '[',
          '{"a":',
          ']',
          ',',
          '\n',
          'id,title\n',
          '2501.00001',
          'DO  - 10.1000/a\n',
          '\u0000',
          '\uFFFD',
          '$',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      );
      fc.assert(
        fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
          try {
            read(format, parts.join(''));
          } catch (cause) {
            expect(cause).toMatchObject({
              code: 'invalid',
              message: expect.stringMatching(/^This file .+\.$/),
            });
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  test.each(formats)('cut off anywhere, gives what stands whole before the cut: %s', (format) => {
    const records = {
      bibtex: [
        '@misc{a, eprint = {2501.00001}, title = {A}}\n',
        '@misc{b, eprint = {2501.00002}, title = {B}}\n',
      ],
      ris: [
        'TY  - GEN\nAN  - arXiv:2501.00001\nER  - \n',
        'TY  - GEN\nAN  - arXiv:2501.00002\nER  - \n',
      ],
      cslJson: ['[{"number": "arXiv:2501.00001"},', '{"number": "arXiv:2501.00002"}]'],
      paperMemory: ['{"Arxiv-2501.00001": {"title": "A"},', '"Arxiv-2501.00002": {"title": "B"}}'],
      idList: ['2501.00001\n', '2501.00002\n'],
      csv: ['id,title\n2501.00001,A\n', '2501.00002,"B"\n'],
    }[format];
    const [first = '', second = ''] = records;
    for (let length = 0; length <= second.length; length++) {
      const { references } = read(format, first + second.slice(0, length));
      expect(references[0]?.paper.id).toBe('2501.00001');
    }
    expect(read(format, first + second).references).toHaveLength(2);
  });

  test('is read in slices that let a page breathe, tell how far it is, and stop when asked', async () => {
    const text = Array.from(
      { length: 5_000 },
      (_, n) => `2501.${`${n + 1}`.padStart(5, '0')}`,
    ).join('\n');
    const abort = new AbortController();
    let time = 0;
    const seams = {
      now: () => (time += 20),
      pause: async () => {},
      signal: abort.signal,
      progress: ({ done, of }: { done: number; of: number }) => void seen.push(done / of),
    };
    const seen: number[] = [];
    const { references } = await inSlices(readIdList(text, recognise), seams);
    expect(references).toHaveLength(5_000);
    expect(seen.length).toBeGreaterThan(5);
    const stopping = { ...seams, pause: async () => abort.abort(new Error('Stopped')) };
    await expect(inSlices(readIdList(text, recognise), stopping)).rejects.toThrow('Stopped');
  });
});

test('the text of a file that is UTF-8 is the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed().replace(/^\uFEFF+/, '')),
      (text) => {
        expect(fileText(bytes(text))).toEqual({ text });
      },
    ),
  );
});
