// Files that are huge, deep, broken, compressed or meant to do harm: what is said of them, and what still comes in.
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { openFiles } from '../../src/library/exchanging';
import { importAll } from '../../src/views/importing';
import { id, opened, paper, unwatched } from './opened';
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
