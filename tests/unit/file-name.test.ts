// What a downloaded PDF is called: readable, the same everywhere, and refused by no file system.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/file-name';
import type { Paper, PaperId } from '../../src/paper';

const template = '{author} {year} - {title} ({id})';

function paper(more: Partial<Paper> = {}): Paper {
  return {
    id: '2608.00001' as PaperId,
    title: 'A Made-up Title',
    authors: ['First Author', 'Second Person'],
    abstract: '',
    published: '2026-08-01',
    version: 2,
    ...more,
  };
}

const named = (more: Partial<Paper>) => fileName(template, paper(more));
const titled = (title: string) => fileName('{title}', paper({ title }));
const authored = (...authors: string[]) => fileName('{author}', paper({ authors }));

describe('a file name', () => {
  it('is the template filled in', () => {
    expect(named({})).toBe('Author 2026 - A Made-up Title (2608.00001v2).pdf');
    expect(fileName('{id} by {author}, {author}', paper())).toBe(
      '2608.00001v2 by Author, Author.pdf',
    );
    expect(fileName('{year}_{title}', paper())).toBe('2026_A Made-up Title.pdf');
  });

  it('has a hyphen for the slash of an old id, and no version that is not known', () => {
    const { version: _, ...old } = paper({ id: 'hep-th/9901001' as PaperId });
    expect(fileName('{id}', old)).toBe('hep-th-9901001.pdf');
  });

  it.each(['2019', '2019-03'])('has the year where no more is known: %s', (published) => {
    expect(fileName('{year}', paper({ id: 'doi:10.1000/x' as PaperId, published }))).toBe(
      '2019.pdf',
    );
  });

  it('takes no year out of a DOI, whose digits say none', () => {
    const { published: _, ...elsewhere } = paper({ id: 'doi:10.1000/9912' as PaperId });
    expect(fileName('{year} {title}', elsewhere)).toBe('A Made-up Title.pdf');
  });

  it.each([
    ['2608.00001', '2026'],
    ['0704.0001', '2007'],
    ['hep-th/9901001', '1999'],
    ['math/0309136', '2003'],
  ])('takes the year from the id %s where the metadata has none: %s', (id, year) => {
    const { published: _, ...bare } = paper({ id: id as PaperId });
    expect(fileName('{year}', bare)).toBe(`${year}.pdf`);
  });

  it.each([
    [template, { title: '' }, 'Author 2026 (2608.00001v2).pdf'],
    [template, { authors: [] }, '2026 - A Made-up Title (2608.00001v2).pdf'],
    [template, { title: '', authors: [] }, '2026 (2608.00001v2).pdf'],
    ['{title} ({author})', { authors: [] }, 'A Made-up Title.pdf'],
    ['{title} [({author})] {year}', { authors: [] }, 'A Made-up Title 2026.pdf'],
    ['{title} ({author}, {year})', { authors: [] }, 'A Made-up Title (2026).pdf'],
    ['{id} ({year}, {author})', { authors: [] }, '2608.00001v2 (2026).pdf'],
    ['{author}_{title}_{id}', { title: '' }, 'Author_2608.00001v2.pdf'],
    ['{author} - {title} - {id}', { title: '' }, 'Author - 2608.00001v2.pdf'],
    ['{title} - {venue}', {}, 'A Made-up Title.pdf'],
    ['{title} ({author})', { title: '' }, '(Author).pdf'],
    ['', {}, '2608.00001v2.pdf'],
    ['({author})', { authors: [] }, '2608.00001v2.pdf'],
  ])('leaves no trace of what is not known: %s without %j', (text, lacking, name) => {
    expect(fileName(text, paper(lacking))).toBe(name);
  });

  it('does not fill in what stands in the title', () => {
    expect(titled('On {id} and $& in Templates')).toBe('On id and $& in Templates.pdf');
  });
});

describe('the author is the family name of the first one', () => {
  it.each([
    ['First Author', 'Author'],
    ['Jan van der Berg', 'van der Berg'],
    ['Aa van den Bb', 'van den Bb'],
    ['Aa Bb von Cc', 'von Cc'],
    ['Aa de la Bb', 'de la Bb'],
    ['Aa Van Bb', 'Van Bb'],
    ['Van Bb', 'Bb'],
    ['Aa B. Le', 'Le'],
    ['Aa-Bb El-Cc', 'El-Cc'],
    ['Aa Bb Jr.', 'Bb'],
    ['Aa Bb, III', 'Bb'],
    ['Aa Bb (Some University)', 'Bb'],
    ['Made Up, Aa', 'Made Up'],
    ['Mononym', 'Mononym'],
    ['張三', '張三'],
    ['The Lantern Collaboration', 'The Lantern Collaboration'],
    ['Kite Team, River & Co', 'Kite Team'],
    ["Zo\\'e Au{\\ss}en", 'Außen'],
  ])('%s: %s', (name, family) => {
    expect(authored(name, 'Second Person')).toBe(`${family}.pdf`);
  });

  it('passes over a sign where a name should be, and cuts a name without end', () => {
    expect(authored(':', 'Second Person')).toBe('Person.pdf');
    const long = authored(`The ${'Lantern '.repeat(40)}Collaboration`);
    expect(long).toMatch(/^The (Lantern )+Lantern\.pdf$/);
    expect(long.length).toBeLessThanOrEqual(64);
  });
});

describe('TeX is made plain where that is simple', () => {
  it.each([
    ['Poincar\\\'e and G\\"{o}del', 'Poincaré and Gödel'],
    ['{\\\'E}tude of na\\"{\\i}ve \\c{c} \\v{s} \\H o', 'Étude of naïve ç š ő'],
    ['Erd\\H{o}s, \\O re, \\L{}ukasz and \\ss', 'Erdős, Øre, Łukasz and ß'],
    ['$\\alpha$-Kites and $\\beta_1$', 'α-Kites and β₁'],
    ['In $O(n^2)$ and $\\ell_{10}$ and $x^{-1}$', 'In O(n²) and ℓ₁₀ and x⁻¹'],
    ['$x^n$, $\\log n$ and $10\\times$', 'x^n, log n and 10×'],
    ['$\\mathbb{R}^d$ in \\textbf{bold} and \\emph{slanted}', 'R^d in bold and slanted'],
    ['{BERT} costs $5-$10 and $20', 'BERT costs $5-$10 and $20'],
    ['snake_case2 and 90\\% of R\\&D', 'snake_case2 and 90% of R&D'],
    ['a~b---c', 'a b—c'],
  ])('%s: %s', (tex, text) => expect(titled(tex)).toBe(`${text}.pdf`));
});

describe('what file systems refuse', () => {
  it.each([
    ['Kites: A Survey', 'Kites - A Survey'],
    ['Kites:', 'Kites'],
    ['3:1 AC/DC a|b c\\d', '3-1 AC-DC a-b cd'],
    ['Why? "Kites" <fly> *high*', "Why 'Kites' fly high"],
    ['..hidden.', 'hidden'],
    ['line\nend\ttab\u0007bell', 'line end tabbell'],
    ['fdp\u202e.exe', 'fdp.exe'],
    ['half \ud83d end', 'half end'],
    ['e\u0301 e\u200b\u0301', 'é é'],
    ['con', '_con'],
    ['NUL.kites', '_NUL.kites'],
    ['COM1', '_COM1'],
    ['Content', 'Content'],
    ['風箏 और پتنگ', '風箏 और پتنگ'],
  ])('%j becomes %j', (title, name) => expect(titled(title)).toBe(`${name}.pdf`));
});

describe('a long title', () => {
  it('is cut after a word, and the rest of the name stays', () => {
    const name = named({ title: 'Lanterns and kites '.repeat(20) });
    expect(name).toMatch(
      /^Author 2026 - (Lanterns and kites )+.*(Lanterns|and|kites) \(2608\.00001v2\)\.pdf$/,
    );
    expect(name.length).toBeGreaterThan(140);
  });

  it('without words is cut between characters', () => {
    expect(named({ title: '風'.repeat(200) })).toMatch(
      /^Author 2026 - 風{30,} \(2608\.00001v2\)\.pdf$/,
    );
    expect(titled('x'.repeat(300))).toBe(`${'x'.repeat(150)}.pdf`);
    expect(titled('👩‍🚀'.repeat(50))).toMatch(/^(👩‍🚀){13}\.pdf$/u);
  });

  it('twice in a name is cut twice', () => {
    const name = fileName('{title} ({title})', paper({ title: 'kites '.repeat(60).trim() }));
    expect(name).toMatch(/^kites[^()]*kites \(kites[^()]*kites\)\.pdf$/);
    expect(name.length).toBeGreaterThan(130);
  });

  it('goes where the template leaves no room', () => {
    const words = 'word '.repeat(28);
    expect(fileName(`${words}- {title} ({year})`, paper({ title: 'Endless'.repeat(9) }))).toBe(
      `${words}(2026).pdf`,
    );
  });

  it('has room beside what a forbidden name gets put before it', () => {
    const name = fileName(`{title}.${'x'.repeat(146)}`, paper({ title: 'con' }));
    expect(name).toMatch(/^_con\.x+\.pdf$/);
    expect(name).toHaveLength(154);
  });

  it('is not to blame for a template without end, which is cut itself', () => {
    expect(fileName('word '.repeat(90), paper())).toBe(`${'word '.repeat(30).trim()}.pdf`);
  });
});

describe('whatever comes,', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200, size: 'max' }),
    fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
    fc
      .array(
        fc.constantFrom(
          // biome-ignore format: one list
          '{author}',
          '{year}',
          '{title}',
          '{id}',
          '{',
          '}',
          '(',
          ')',
          '[',
          ']',
          ' ',
          ' - ',
          '.',
          '_',
          '$',
          '\\',
          ':',
          '/',
          '"',
          '?',
          '\0',
          '\ud800',
          'con',
          'NUL',
          '\\alpha',
          "\\'e",
          '^2',
          'a',
          '風',
          '\u0301',
          '👩‍🚀',
          'x'.repeat(90),
        ),
        { maxLength: 80, size: 'max' },
      )
      .map((parts) => parts.join('')),
  );
  const any = fc.record({
    id: fc.constantFrom('2608.00001', 'hep-th/9901001') as fc.Arbitrary<PaperId>,
    title: text,
    authors: fc.array(text, { maxLength: 2 }),
    abstract: fc.constant(''),
  });
  const anyName = (check: (name: string, template: string, paper: Paper) => void) =>
    fc.assert(
      fc.property(fc.oneof(fc.constant(template), text), any, (how, one) =>
        check(fileName(how, one), how, one),
      ),
      { numRuns: 1000 },
    );

  it('the name ends in .pdf, is never empty and never too long', () =>
    anyName((name) => {
      expect(name).toMatch(/^[^.].*\.pdf$/su);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(154);
    }));

  it('nothing refused is in it, and no half of a character', () =>
    anyName((name) => {
      expect(name).not.toMatch(/[\\/:*?"<>|~]/);
      expect(name).not.toMatch(/[\p{Cc}\p{Noncharacter_Code_Point}\u202a-\u202e]/u);
      expect(name.isWellFormed()).toBe(true);
      expect(name).not.toMatch(/^[\s.]|[\s.]\.pdf$/);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*\./i);
    }));

  it('no empty brackets and no double spaces are in it, and it is NFC', () =>
    anyName((name, how) => {
      expect(name).not.toMatch(/\s{2}/);
      expect(name).toBe(name.normalize('NFC'));
      if (how === template) expect(name).toMatch(/2608\.00001|hep-th-9901001/);
    }));
});
