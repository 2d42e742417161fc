// Files that are huge, deep, broken, compressed or meant to do harm: what is said of them, and what still comes in.
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { openFiles } from '../../src/library/exchanging';
import { importAll } from '../../src/views/importing';
import { highlight, id, opened, paper, unwatched } from './opened';
import { recognise } from './references';

const preview = (source: Blob | string) => opened().files.preview(source, unwatched());
const bytes = (text: string) => new TextEncoder().encode(text);
const own = (papers: string) => `{"format":"paper-margin","version":4,"papers":[${papers}]}`;

/** The ids that a preview would bring in, and where what it refuses stands. */
async function outcome(source: Blob | string) {
  const { groups, refused } = await preview(source);
  return { ids: groups.new.papers.map((one) => one.id), refused: refused.map(({ at }) => at) };
}

describe('a file that is too large', () => {
  test('is refused by its size, before anything of it is read', async () => {
    const file = new Blob(['2501.00001']);
    Object.defineProperty(file, 'size', { value: 260_000_000 });
    file.arrayBuffer = () => Promise.reject(new Error('It was read.'));
    await expect(preview(file)).rejects.toThrow(
      'This file is too large: it has 260 MB, and an import takes up to 250 MB. Split its papers into several files.',
    );
  });

  test('is refused while it is unpacked, when it grows beyond that', async () => {
    const zipped = new Blob([new Uint8Array(3_000_000)])
      .stream()
      .pipeThrough(new CompressionStream('gzip'));
    const bomb = await new Response(zipped).blob();
    expect(bomb.size).toBeLessThan(10_000);
    const files = openFiles({ db: opened().db, recognise, largest: 2_000_000 });
    await expect(files.preview(bomb, unwatched())).rejects.toThrow(
      'it has more than 2 MB unpacked, and an import takes up to 2 MB.',
    );
  });
});

describe('a file that is large, but not too large,', () => {
  test('is read to its end: of 200 MB of own JSON each record, up to where it is cut off', async () => {
    // One text stands in all records, so that the file is never made as a whole.
    const abstract = new Blob(['Words of it. '.repeat(1_540)]);
    const parts = Array.from({ length: 10_000 }, (_, n) => {
      const at = n === 7_000 ? 'nonsense' : `2501.${10_000 + n}`;
      return [`{"id":"${at}","saved":true,"keptAt":${n + 1},"abstract":"`, abstract, '"},\n'];
    });
    const head = own('').slice(0, -2);
    const file = new Blob([head, ...parts.flat(), '{"id":"2502.00001","saved":true']);
    expect(file.size).toBeGreaterThan(200_000_000);
    const { groups, refused, records } = await preview(file);
    expect([groups.new.total, records]).toEqual([9_999, 9_999]);
    expect(groups.new.papers[0]).toMatchObject({ at: 1, id: '2501.10000' });
    expect(refused.map(({ at }) => at)).toEqual([7_001, 10_001]);
  });

  test('is read where one text in it has millions of escaped signs', async () => {
    const text = `{"Arxiv-2501.00001": {"title": "A", "x": "${'a\\n'.repeat(3_000_000)}"}, "Arxiv-2501.00002": {"title": "B"}}`;
    expect(await outcome(text)).toEqual({ ids: ['2501.00001', '2501.00002'], refused: [] });
  });

  test.each(['\n', ' \n', '\r\n'])('does not hold up the page by empty lines: %j', async (line) => {
    const start = performance.now();
    const text = `2501.00001${line.repeat(300_000)}2501.00002`;
    expect((await outcome(text)).ids).toEqual(['2501.00001', '2501.00002']);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test('says which record is too long to be one', async () => {
    const { refused } = await preview(
      `id,note\n2501.00001,${'a\\;'.repeat(1_000_000)}\n2501.00002,b`,
    );
    expect(refused).toEqual([{ at: 2, why: 'it is longer than 2,000,000 characters' }]);
  });
});

describe('a record that is too large for a message to the library', () => {
  const megabytes = (count: number) => 'é'.repeat((count * 1_000_000) / 2);
  const why = expect.stringMatching(
    /^it has 1[7-9] MB, and one paper .* may have 16 MB\. Shorten it/,
  );

  test('is refused alone in our own file, whose others come in', async () => {
    const { library, files, db } = opened();
    const records = [
      { id: '2501.00001', saved: true },
      { id: '2501.00002', note: { text: megabytes(17), updatedAt: 1 } },
      { id: '2501.00003', note: { text: megabytes(15), updatedAt: 1 } },
      { id: '2501.00004', saved: true },
    ];
    const read = await files.preview(
      own(records.map((one) => JSON.stringify(one)).join()),
      unwatched(),
    );
    expect(read.refused).toEqual([{ at: 2, why }]);
    expect(await importAll(library, read, unwatched())).not.toHaveProperty('failure');
    expect(await db.kept.count()).toBe(3);
  });

  test('is refused where several of another format make one paper', async () => {
    const entry = (letter: string) =>
      `@misc{${letter}, eprint={2501.00001}, note={${letter.repeat(990_000)}}}`;
    const many = [...'abcdefghijklmnopqr'].map(entry);
    const read = await preview(`${many.join('\n')}\n@misc{last, eprint={2501.00002}}`);
    expect(read.groups.new.papers.map((one) => one.id)).toEqual(['2501.00002']);
    expect(read.refused).toEqual([{ at: 1, why: expect.stringContaining('may have 16 MB') }]);
  });

  test('is refused where an annotation has such a comment', async () => {
    const annotation = (value: string) => ({
      body: { value },
      target: {
        source: 'https://arxiv.org/abs/2501.00001',
        selector: { type: 'TextQuoteSelector', exact: 'Kites' },
      },
    });
    const items = [annotation(megabytes(40)), annotation('Mine')];
    const read = await preview(JSON.stringify({ type: 'AnnotationPage', items }));
    expect(read.groups.new.total).toBe(1);
    expect(read.refused).toEqual([{ at: 1, why: expect.stringContaining('it is too long') }]);
  });

  test('never comes of others that go together: each call stays far below 64 MB', async () => {
    const records = Array.from({ length: 60 }, (_, n) =>
      JSON.stringify({ id: `2501.${10_000 + n}`, note: { text: megabytes(1), updatedAt: 1 } }),
    );
    const read = await preview(own(records.join()));
    const sizes = [...read.batches()].map((batch) => bytes(JSON.stringify(batch)).length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(20_000_000);
  });

  test('and a call that fails all the same says where, and what to do', async () => {
    const { files } = opened();
    const read = await files.preview('2501.00001\n\n2501.00002', unwatched());
    const failing = (cause: unknown) =>
      importAll({ importRecords: () => Promise.reject(cause) }, read, unwatched());
    const too = new Error('Message exceeded maximum allowed size of 64MiB.');
    expect(await failing(too)).toMatchObject({
      done: 0,
      failure:
        'The library did not take lines 1 to 3 of the file. If it stops there again, take that part out of the file and import the rest.',
    });
    const full = Object.assign(new Error('The disk is full.'), { code: 'storage-full' });
    expect(await failing(full)).toMatchObject({ failure: 'The disk is full.' });
  });
});

describe('100,000 levels', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const target = (selector: string) =>
    `{"source":"https://arxiv.org/abs/2501.00001","selector":${selector}}`;

  test.each([
    ['own JSON', own(`{"id":"2501.00001","saved":true},{"id":"2501.00002","note":${deep}}`)],
    ['CSL-JSON', `[{"number":"arXiv:2501.00001"},{"custom":${objects}}]`],
    ['PaperMemory', `{"Arxiv-2501.00001":{"title":"A"},"Arxiv-2501.00002":{"tags":${deep}}}`],
  ])('in a record of %s cost that record alone', async (_, text) => {
    expect(await outcome(text)).toEqual({ ids: ['2501.00001'], refused: [2] });
  });

  test.each([
    ['W3C annotations', `{"type":"AnnotationPage","items":[{"target":${target(deep)}}]}`],
    [
      'Hypothesis',
      `{"rows":[{"uri":"https://arxiv.org/abs/2501.00001","target":[${target(deep)}]}]}`,
    ],
  ])('in %s bring nothing in, and do no harm', async (_, text) => {
    expect(await preview(text)).toMatchObject({ records: 0, unquoted: 1 });
  });

  test.each([deep, objects])('alone are of no format', async (text) => {
    await expect(preview(text)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the encoding of a file', () => {
  const bibtex = '@misc{a, eprint={2501.00001}, title={Äpfel für René}}';
  const title = async (source: Blob) => {
    const read = await preview(source);
    return [read.groups.new.papers[0]?.title, ...read.remarks.map(({ what }) => what)];
  };

  test('is Latin-1, where its accents are, with a word to look at them', async () => {
    const latin = Uint8Array.from(bibtex, (sign) => sign.charCodeAt(0));
    expect(await title(new Blob([latin]))).toEqual([
      'Äpfel für René',
      expect.stringContaining('was read as Latin-1'),
    ]);
  });

  test.each([0, 1])('is UTF-16 also without its mark, by the zeros of it', async (high) => {
    const wide = new Uint8Array(bibtex.length * 2);
    for (const [at, sign] of [...bibtex].entries()) wide[at * 2 + high] = sign.charCodeAt(0);
    expect(await title(new Blob([wide]))).toEqual(['Äpfel für René']);
  });

  test('stays UTF-8 where the file is cut off inside a letter', async () => {
    const cut = bytes(`${bibtex}\n@misc{b, title={é`).slice(0, -1);
    expect(await title(new Blob([cut]))).toEqual([
      'Äpfel für René',
      expect.stringContaining('some characters were lost'),
    ]);
  });
});

describe('a file that is compressed', () => {
  const zipped = async (text: string) =>
    new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

  test('is read as what is in it', async () => {
    const { library, files } = opened();
    await library.save(paper('2501.00001'));
    const file = await files.write('json', undefined, unwatched());
    expect(await outcome(await zipped(await file.file.text()))).toEqual({
      ids: ['2501.00001'],
      refused: [],
    });
  });

  test('and cut off gives what is before the cut, and says so', async () => {
    const papers = Array.from({ length: 3_000 }, (_, n) => {
      // Nothing that compresses well: what was unpacked comes in pieces then.
      const title = Array.from({ length: 10 }, (_, m) => Math.sin(n * 10 + m)).join(' ');
      return JSON.stringify({ id: `2501.${10_000 + n}`, saved: true, title });
    });
    const whole = await zipped(own(papers.join()));
    const cut = await preview(whole.slice(0, whole.size / 2));
    expect(cut.groups.new.total).toBeGreaterThan(500);
    expect(cut.refused).toEqual([{ at: expect.any(Number), why: expect.stringContaining('ends') }]);
    expect(cut.remarks).toEqual([{ what: expect.stringContaining('cut off or broken') }]);
  });

  test('and broken says what to do', async () => {
    await expect(preview(new Blob([new Uint8Array([0x1f, 0x8b, 1, 2, 3])]))).rejects.toThrow(
      'cannot be unpacked: it is cut off or broken. Choose another copy of it.',
    );
  });
});

describe('a file of annotations that is cut off or broken', () => {
  const target = (n: number) => ({
    source: `https://arxiv.org/abs/2501.0000${n}`,
    selector: [{ type: 'TextQuoteSelector', exact: 'Kites' }],
  });
  const w3c = [1, 2, 3].map((n) => JSON.stringify({ type: 'Annotation', target: target(n) }));
  const rows = [1, 2, 3].map((n) =>
    JSON.stringify({ uri: target(n).source, text: 'Mine', target: [target(n)] }),
  );
  const files: [string, string, string[]][] = [
    ['W3C annotations', '[', w3c],
    ['W3C annotations', '{"type":"AnnotationPage","items":[', w3c],
    [
      'W3C annotations',
      '{"@context":"http://www.w3.org/ns/anno.jsonld","label":"Mine","first":{"type":"AnnotationPage","items":[',
      w3c,
    ],
    ['Hypothesis', '[', rows],
    ['Hypothesis', '{"total":3,"rows":[', rows],
    ['Hypothesis', '{"annotations":[', rows],
  ];

  test.each(files)('gives those before the cut: %s in %s', async (format, head, all) => {
    const read = await preview(`${head}${all.join()}`.slice(0, -5));
    expect(read).toMatchObject({
      format,
      refused: [{ at: 3, why: 'the file ends here, in the middle: the rest is missing' }],
    });
    expect(read.groups.new.papers.map((one) => one.id)).toEqual(['2501.00001', '2501.00002']);
  });

  test.each(files)('gives those around one that is broken: %s in %s', async (format, head, all) => {
    const broken = [all[0], '{"target": x}', all[2]].join();
    const tail = [...head.matchAll(/[[{]/g)].map(([sign]) => (sign === '[' ? ']' : '}'));
    const read = await preview(`${head}${broken}${tail.reverse().join('')}`);
    expect(read).toMatchObject({
      format,
      refused: [{ at: 2, why: 'it is not JSON: a part of it may be missing' }],
    });
    expect(read.groups.new.papers.map((one) => one.id)).toEqual(['2501.00001', '2501.00003']);
  });

  test('is ours too', async () => {
    const { library, files } = opened();
    await library.save(paper('2501.00001'));
    for (const exact of ['one', 'two']) {
      await library.addHighlight(paper('2501.00001'), highlight(exact));
    }
    const text = await (await files.write('annotations', undefined, unwatched())).file.text();
    const read = await preview(text.slice(0, text.lastIndexOf('"exact"')));
    expect(read).toMatchObject({ format: 'W3C annotations', records: 1, refused: [{ at: 2 }] });
  });

  test('is no other file that has the same words in it', async () => {
    const memory = '{"Arxiv-2501.00001": {"title": "A", "tags": ["Annotation"]}, "Arxiv-2501.0';
    expect(await preview(memory)).toMatchObject({ format: 'PaperMemory', records: 1 });
    const csl = '[{"number":"arXiv:2501.00001","custom":{"tags":["Annotation"],"uri":"x"}},{"n';
    expect(await preview(csl)).toMatchObject({ format: 'CSL-JSON', records: 1 });
  });
});

describe('a paper that comes several times', () => {
  test('in our own file is one paper, and each further record is named', async () => {
    const { library, files, db } = opened();
    const note = (text: string) => ({ id: '2501.00001', note: { text, updatedAt: 5 } });
    const records = [note('one'), { id: '2501.00002', saved: true }, note('two'), note('one')];
    const file = own(records.map((one) => JSON.stringify(one)).join());
    const read = await files.preview(file, unwatched());
    expect(read.groups.new.total).toBe(2);
    expect(read.remarks).toEqual([
      { at: 3, what: 'the same paper as at record 1; both are one' },
      { at: 4, what: 'the same paper as at record 1; both are one' },
    ]);
    await importAll(library, read, unwatched());
    expect(await db.kept.get(id('2501.00001'))).toMatchObject({ note: 'one\n\ntwo' });
    expect(await files.preview(file, unwatched())).toMatchObject({ records: 0 });
  });
});

describe('words that objects of JavaScript know', () => {
  test('are texts like others in BibTeX', async () => {
    const { library, files, db } = opened();
    const entry =
      '@misc{constructor, eprint={2501.00001}, title={A {constructor}-{toString}}, readstatus={constructor}, keywords={{__proto__}, {valueOf}}, author={{constructor}}}';
    await importAll(library, await files.preview(entry, unwatched()), unwatched());
    const row = await db.kept.get(id('2501.00001'));
    expect(row?.paper).toMatchObject({ title: 'A constructor-toString', authors: ['constructor'] });
    expect(row?.tags?.map(({ name }) => name)).toEqual(['__proto__', 'valueOf']);
    expect(row).not.toHaveProperty('reading');
  });
});
