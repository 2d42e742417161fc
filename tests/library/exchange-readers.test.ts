// Every export is read by a program that this project did not write: citation-js, csv-parse, yaml and yauzl.
import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import { Cite, plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import '@citation-js/plugin-ris';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { fromBuffer, fromRandomAccessReader, type Opened, RandomAccessReader } from 'yauzl';
import { noteNames, notesZip, obsidianTag, printNote } from '../../src/library/exchange/notes-zip';
import type { Reference } from '../../src/library/exchange/reference';
import {
  directoryEnd,
  directoryEntry,
  localHeader,
  type ZipEntry,
  zipped,
} from '../../src/library/exchange/zip';
import {
  anyReference,
  anyReferences,
  key,
  printBibtex,
  printCslJson,
  printCsv,
  printRis,
  reference,
} from './references';

const papers = [
  reference({
    title: 'BERT & 100% of {kites} # _ ~ \\alpha',
    authors: ['Jan van der Berg', 'José Núñez Jr.', 'The Kite Collaboration', 'Plato'],
    abstract: 'First line\nSecond line',
    categories: ['cs.LG', 'cs.CL'],
    date: '2025-01-31',
    tags: ['to read', 'topic: kites'],
    note: '- one\n- two',
  }),
  reference({
    id: key('doi:10.1000/a_b'),
    doi: '10.1000/a_b',
    venue: 'Kites & Strings',
    date: '2019',
  }),
  reference({ id: key('url:https://example.org/kites?a=1'), authors: [], date: '2020-05' }),
];

/** An item of citation-js, as far as tests look at it. */
type Item = Record<string, unknown> & { author?: Record<string, string>[] };
/** `type`: citation-js would guess it by the text otherwise. */
const cited = (text: string, type: string) => new Cite(text, { forceType: type }).data as Item[];

const types = [
  [printBibtex, '@biblatex/text'],
  [printRis, '@ris/file'],
  [printCslJson, '@else/json'],
] as const;

describe('citation-js reads', () => {
  test('the BibTeX', () => {
    const [preprint, article, page] = cited(printBibtex(papers), '@biblatex/text');
    expect(preprint).toMatchObject({
      'citation-key': 'vanderberg2025bert',
      title: papers[0]?.paper.title,
      author: [
        { given: 'Jan', 'non-dropping-particle': 'van der', family: 'Berg' },
        { given: 'José', family: 'Núñez', suffix: 'Jr.' },
        { family: 'The Kite Collaboration' },
        { family: 'Plato' },
      ],
      issued: { 'date-parts': [[2025, 1]] },
      URL: 'https://arxiv.org/abs/2501.00001',
      keyword: 'to read,topic: kites',
    });
    expect(article).toMatchObject({
      type: 'article-journal',
      DOI: '10.1000/a_b',
      'container-title': 'Kites & Strings',
    });
    expect(page).toMatchObject({ URL: 'https://example.org/kites?a=1' });
  });

  test('in the BibTeX of a preprint where it is at arXiv, and of another paper nothing of that', () => {
    const old = reference({ id: key('hep-th/9901001'), categories: ['hep-th'] });
    const text = printBibtex([papers[0] as Reference, old, papers[1] as Reference]);
    const [preprint, former, article] = plugins.input.data(text, '@biblatex/text');
    expect(preprint?.properties).toMatchObject({
      eprint: '2501.00001',
      archiveprefix: 'arXiv',
      primaryclass: 'cs.LG',
    });
    expect(former?.properties).toMatchObject({ eprint: 'hep-th/9901001', primaryclass: 'hep-th' });
    expect(article?.properties).not.toHaveProperty('eprint');
    expect(article?.properties).not.toHaveProperty('archiveprefix');
  });

  test('the RIS', () => {
    const [preprint, article] = cited(printRis(papers), '@ris/file');
    expect(preprint).toMatchObject({
      title: papers[0]?.paper.title,
      author: [
        { family: 'van der Berg', given: 'Jan' },
        { family: 'Núñez', given: 'José', suffix: 'Jr.' },
        { literal: 'The Kite Collaboration' },
        { family: 'Plato' },
      ],
      issued: { 'date-parts': [[2025, 1, 31]] },
      DOI: '10.48550/arXiv.2501.00001',
      publisher: 'arXiv',
    });
    expect(article).toMatchObject({
      type: 'article-journal',
      'container-title': 'Kites & Strings',
    });
  });

  test('the CSL-JSON, and makes a bibliography of it', () => {
    const cite = new Cite(printCslJson(papers));
    expect(cite.data).toHaveLength(3);
    const text = cite.format('bibliography', { template: 'apa' });
    expect(text).toContain(
      'van der Berg, J., Núñez, J., Jr., The Kite Collaboration, & Plato. (2025).',
    );
    expect(text).toContain('(arXiv:2501.00001). arXiv');
    expect(text).toContain('Kites & Strings. https://doi.org/10.1000/a_b');
  });

  test('as many records as there are papers, whatever their texts', () => {
    fc.assert(
      fc.property(anyReferences, (references) => {
        if (references.length === 0) return;
        for (const [print, type] of types) {
          expect(cited(print(references), type)).toHaveLength(references.length);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/**
 * The cells that a spreadsheet would run which parts them by `delimiter`, as it does in many countries. Where a quotation
 * mark of ours stands for it depends on the texts, so whatever may begin a cell counts as one.
 */
const formulas = (csv: string, delimiter: string) =>
  (
    parseCsv(csv, {
      bom: true,
      delimiter,
      quote: false,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    }) as string[][]
  )
    .flat()
    .filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell));

describe('csv-parse reads', () => {
  const rowsOf = (references: Reference[]) =>
    parseCsv(printCsv(references), { bom: true, columns: true }) as Record<string, string>[];

  test('the CSV, whose columns have their names', () => {
    expect(rowsOf(papers)[0]).toMatchObject({
      id: '2501.00001',
      authors: 'Jan van der Berg; José Núñez Jr.; The Kite Collaboration; Plato',
      published: '2025-01-31',
      tags: 'to read; topic: kites',
      note: "'- one\n'- two",
      abstract: 'First line\nSecond line',
    });
  });

  test('no cell that a spreadsheet would run, whatever the texts', () => {
    fc.assert(
      fc.property(anyReferences, (references) => {
        const rows = rowsOf(references);
        expect(rows).toHaveLength(references.length);
        for (const cell of rows.flatMap((row) => Object.values(row))) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [';', 'Kites;=1+1;x'],
    [';', 'Kites; "@a'],
    [';', 'one\n-1+1'],
    ['\t', 'Kites\t=1+1'],
  ])('no formula where a spreadsheet parts cells by %j: %j', (delimiter, text) => {
    expect(formulas(printCsv([reference({ title: text, note: text })]), delimiter)).toEqual([]);
  });

  test('no formula where a spreadsheet parts cells by another sign, whatever the texts', () => {
    fc.assert(
      fc.property(anyReferences, fc.constantFrom(';', '\t'), (references, delimiter) => {
        expect(formulas(printCsv(references), delimiter)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const strict = { lazyEntries: true, strictFileNames: true } as const;

/** The files by their names of a zip that `open` opens; those that are not `wanted` are empty. */
function filesOf(
  open: (opened: Opened) => void,
  wanted: (name: string) => boolean = () => true,
): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    open((error, zip) => {
      if (error) return reject(error);
      const files = new Map<string, string>();
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) => {
        if (!wanted(entry.fileName)) {
          files.set(entry.fileName, '');
          return zip.readEntry();
        }
        zip.openReadStream(entry, async (error, stream) => {
          if (error) return reject(error);
          files.set(entry.fileName, Buffer.concat(await stream.toArray()).toString('utf8'));
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}

const unzipped = (parts: Uint8Array[]) =>
  filesOf((opened) => fromBuffer(Buffer.concat(parts), strict, opened));

describe('a zip that yauzl opens', () => {
  test('holds more than 65,535 files', async () => {
    const parts: Uint8Array[] = [];
    const zip = zipped(Date.UTC(2026, 0, 1), (part) => void parts.push(part));
    for (let n = 1; n <= 65_600; n++) zip.add(`${n}.md`, `Kites ${n}`);
    zip.end();
    const some = ['1.md', '65535.md', '65536.md', '65600.md'];
    const files = await filesOf(
      (opened) => fromBuffer(Buffer.concat(parts), strict, opened),
      (name) => some.includes(name),
    );
    expect(files.size).toBe(65_600);
    expect(some.map((name) => files.get(name))).toEqual(
      some.map((name) => `Kites ${Number.parseInt(name, 10)}`),
    );
  }, 30_000);

  test('holds a file that stands beyond 4 GB', async () => {
    const text = Buffer.from('Kites');
    const packed = deflateRawSync(text);
    const entry: ZipEntry = {
      name: new Uint8Array(Buffer.from('kites.md')),
      time: 0x5c210000,
      crc: crc32(text),
      method: 8,
      packed: packed.length,
      size: text.length,
    };
    const begin = 5_000_000_000;
    const first = Buffer.concat([localHeader(entry), packed]);
    const directory = directoryEntry(entry, begin);
    const end = directoryEnd(1, directory.length, begin + first.length);
    const last = Buffer.concat([first, directory, end]);
    /** A file of which the first 5 GB are nothing. */
    class Sparse extends RandomAccessReader {
      override _readStreamForRange(from: number, to: number) {
        const empty = Buffer.alloc(Math.max(0, begin - from));
        return Readable.from([empty, last.subarray(Math.max(0, from - begin), to - begin)]);
      }
    }
    const found = await filesOf((opened) =>
      fromRandomAccessReader(new Sparse(), begin + last.length, strict, opened),
    );
    expect([...found]).toEqual([['kites.md', 'Kites']]);
  });
});

/** The front matter of a note, and the Markdown under it. */
function noteParts(note: string): { front: Record<string, unknown>; body: string } {
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n\n([\s\S]*)$/.exec(note) ?? [];
  return { front: parseYaml(front) as Record<string, unknown>, body };
}

describe('the notes', () => {
  test('are a zip that yauzl opens, one file a paper', async () => {
    const parts: Uint8Array[] = [];
    const zip = notesZip(noteNames(papers), Date.UTC(2026, 0, 1), (part) => void parts.push(part));
    for (const one of papers) zip.add(one);
    zip.end();
    const files = await unzipped(parts);
    expect([...files.keys()]).toEqual([
      'van der Berg 2025 - BERT & 100% of kites _ α (2501.00001).md',
      'Author 2019 - A Study of Kites (doi-10.1000-a_b).md',
      '2020 - A Study of Kites (example.org).md',
    ]);
    expect([...files.values()]).toEqual(papers.map(printNote));
  });

  test('have front matter that a YAML parser reads, with tags that Obsidian takes', () => {
    const { front, body } = noteParts(
      printNote({
        ...(papers[0] as Reference),
        reading: 'read',
        savedAt: Date.UTC(2026, 0, 2),
        highlights: [
          {
            quote: { exact: 'Words # of\n> it', prefix: '', suffix: '' },
            colour: 'yellow',
            comment: 'Mine',
            createdAt: 1,
          },
        ],
      }),
    );
    expect(front).toEqual({
      title: 'BERT & 100% of {kites} # _ ~ \\alpha',
      aliases: ['BERT & 100% of {kites} # _ ~ \\alpha'],
      authors: ['Jan van der Berg', 'José Núñez Jr.', 'The Kite Collaboration', 'Plato'],
      published: '2025-01-31',
      paper: '2501.00001',
      url: 'https://arxiv.org/abs/2501.00001',
      categories: ['cs.LG', 'cs.CL'],
      tags: ['to-read', 'topic/kites'],
      labels: ['to read', 'topic: kites'],
      reading: 'read',
      saved: '2026-01-02T00:00:00.000Z',
    });
    expect(body).toContain(
      '\n- one\n- two\n\n## Highlights\n\n> Words # of\n> \\> it\n\nMine\n\n## Abstract',
    );
  });

  test('keep every text as it is in their front matter, whatever it is', () => {
    fc.assert(
      fc.property(anyReference, (one) => {
        const { front } = noteParts(printNote(one));
        expect(front).toMatchObject({
          title: one.paper.title || one.paper.id,
          authors: one.paper.authors,
        });
        expect(front.labels ?? front.tags).toEqual(one.tags);
      }),
      { numRuns: 300 },
    );
  });

  test('have front matter that is YAML even with signs that YAML does not take', () => {
    const title = 'a\u0085b\u2028c\uFEFFd\u007Fe\u0000f';
    const note = printNote(reference({ title }));
    expect(noteParts(note).front.title).toBe(title);
    expect(/^---\n[\s\S]*?\n---/.exec(note)?.[0]).not.toMatch(/[\u0085\u2028\uFEFF\u007F\0]/);
  });

  test('have names that a link of Obsidian can hold', () => {
    const paper = reference({
      id: key('doi:10.1000/a#b[c]^d'),
      title: 'Of [Kites] #1',
      date: '2020',
    });
    expect(noteNames([paper]).get(paper.paper.id)).toBe(
      'Author 2020 - Of Kites 1 (doi-10.1000-a-b-c--d).md',
    );
  });

  test('run no markup of a page: a title is text', () => {
    const { body } = noteParts(printNote(reference({ title: '<img src=x> [a](javascript:b) #c' })));
    expect(marked.parse(body)).not.toMatch(/<img|href="javascript/);
  });

  test.each([
    ['blanks', 'to read', 'to-read'],
    ['colons, which are levels', 'topic: kites', 'topic/kites'],
    ['digits alone', '2024', '_2024'],
    ['other signs', 'C++ (old)', 'C-old'],
  ])('have tags without %s', (_, tag, expected) => expect(obsidianTag(tag)).toBe(expected));

  test('have names that every file system takes, each another one', () => {
    fc.assert(
      fc.property(anyReferences, (references) => {
        const names = [...noteNames(references).values()];
        expect(new Set(names.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(
          references.length,
        );
        for (const name of names) {
          expect(name).not.toMatch(/[<>:"/\\|?*[\]#^\p{Cc}]|^[\s.]|[\s.]\.md$/u);
          expect(new TextEncoder().encode(name).length).toBeLessThan(200);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are numbered where nothing else tells them apart, in whatever order they stand', () => {
    const pages = ['b', 'a'].map((page) =>
      reference({ id: key(`url:https://example.org/${page}`), date: '2020' }),
    );
    const names = [
      'Author 2020 - A Study of Kites (example.org) 2.md',
      'Author 2020 - A Study of Kites (example.org).md',
    ];
    for (const [order, expected] of [
      [pages, names],
      [pages.toReversed(), names.toReversed()],
    ] as const) {
      const given = noteNames([...order]);
      expect(order.map(({ paper }) => given.get(paper.id))).toEqual(expected);
    }
  });
});
