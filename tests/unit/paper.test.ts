// What a paper is called: arXiv's grammar of identifiers, read and printed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absUrl,
  alphaXivUrl,
  hasHuggingFacePage,
  htmlUrl,
  huggingFaceUrl,
  isArxiv,
  keyOf,
  type PaperRef,
  paperUrl,
  parseDoi,
  parseKey,
  parsePaperId,
  pdfUrl,
  printPaperRef,
} from '../../src/paper';

function parsed(text: string): PaperRef {
  const ref = parsePaperId(text);
  if (!ref) throw new Error(`${text} was refused`);
  return ref;
}

describe('an identifier is read', () => {
  it.each([
    ['in the new style', '1810.04805', '1810.04805'],
    ['with its version', '1810.04805v2', '1810.04805v2'],
    ['with a version of many digits', '1810.04805v123', '1810.04805v123'],
    ['of four digits before 2015', '1412.9999', '1412.9999'],
    ['of five digits from 2015 on', '1501.00001', '1501.00001'],
    ['from the first month of the new style', '0704.0001', '0704.0001'],
    ['with a digit too few, which is added', '1810.4805', '1810.04805'],
    ['with a digit too many, which is dropped', '0704.00001', '0704.0001'],
    ['with an upper-case version', '1810.04805V2', '1810.04805v2'],
    ['in the old style', 'hep-th/9901001', 'hep-th/9901001'],
    ['in the old style with its version', 'hep-th/9901001v3', 'hep-th/9901001v3'],
    ['from an archive without hyphen', 'cs/0006007', 'cs/0006007'],
    ['from an archive with a v in its name', 'solv-int/9701001', 'solv-int/9701001'],
    ['from the first year', 'hep-th/9101001', 'hep-th/9101001'],
    ['from the last month of the old style', 'math/0703999', 'math/0703999'],
    ['without its subject class', 'math.GT/0309136', 'math/0309136'],
    ['without a subject class that has a hyphen', 'physics.med-ph/0001001v2', 'physics/0001001v2'],
    ['with an archive in upper case', 'HEP-TH/9901001', 'hep-th/9901001'],
    ['with the hyphen of hep-th missing', 'hepth/9901001', 'hep-th/9901001'],
    ['with the hyphen of hep-ex missing', 'hepex/9901001', 'hep-ex/9901001'],
    ['with the hyphen of hep-lat missing', 'heplat/9901001', 'hep-lat/9901001'],
    ['with the hyphen of astro-ph missing', 'astroph/9901001', 'astro-ph/9901001'],
    ['with the hyphen of cond-mat missing', 'condmat/9901001', 'cond-mat/9901001'],
    ['with the hyphen of gr-qc missing', 'grqc/9901001', 'gr-qc/9901001'],
    ['with the hyphen of math-ph missing', 'mathph/0509001', 'math-ph/0509001'],
    ['of mathematics, which needs no hyphen', 'math/0509001', 'math/0509001'],
    ['with doubled hyphen and slash', 'hep--th//9901001', 'hep-th/9901001'],
    ['with a leading slash', '/1810.04805', '1810.04805'],
    ['with the prefix', 'arXiv:1810.04805', '1810.04805'],
    ['with the prefix in any case', 'ARXIV:hep-th/9901001v1', 'hep-th/9901001v1'],
    ['with a file suffix', '1810.04805v2.pdf', '1810.04805v2'],
    ['with two file suffixes', 'hep-th/9901001.ps.gz', 'hep-th/9901001'],
    ['with something after a slash', '1810.04805v1/extra', '1810.04805v1'],
    ['with something after a number sign', 'hep-th/9901001#fig', 'hep-th/9901001'],
    ['from its DOI', '10.48550/arXiv.1810.04805', '1810.04805'],
    ['from its DOI of the old style', '10.48550/ARXIV.cs/0006007', 'cs/0006007'],
  ])('%s: %s', (_, text, printed) => {
    expect(printPaperRef(parsed(text))).toBe(printed);
  });
});

describe('an identifier is refused', () => {
  it.each([
    ['empty', ''],
    ['a bare number of the old style', '9901001'],
    ['an archive alone', 'astro-ph'],
    ['without its slash', 'hep-th9901001'],
    ['in the month 13', '1313.0001'],
    ['in the month 0', '1800.00001'],
    ['in the month 13 of the old style', 'hep-th/9913001'],
    ['before the new style began', '0703.0001'],
    ['after the old style ended', 'hep-th/0704001'],
    ['before arXiv began', 'hep-th/9001001'],
    ['with the number zero', '1810.00000'],
    ['with the number zero in the old style', 'hep-th/9901000'],
    ['with five digits before 2015', '1412.12345'],
    ['with six digits', '1810.048051'],
    ['with three digits', '1810.048'],
    ['with a missing digit of the month', '704.0001'],
    ['with version zero', '1810.04805v0'],
    ['with a version that begins with zero', '1810.04805v01'],
    ['with a version without number', '1810.04805v'],
    ['with a version beyond reason', '1810.04805v123456'],
    ['with an upper-case version in the old style, as arXiv does', 'hep-th/9901001V3'],
    ['with a new number in an archive', 'hep-ph/1203.12345'],
    ['with a space before', ' 1810.04805'],
    ['with a space after', '1810.04805 '],
    ['with a line break after', '1810.04805\n'],
    ['inside a sentence', 'see 1810.04805'],
    ['as a URL', 'https://arxiv.org/abs/1810.04805'],
    ['with digits of another script', '1810.0480٥'],
    ['longer than arXiv reads', `1810.04805/${'x'.repeat(190)}`],
  ])('%s: %s', (_, text) => {
    expect(parsePaperId(text)).toBeNull();
  });
});

const two = (number: number) => String(number).padStart(2, '0');
const version = fc.option(fc.integer({ min: 1, max: 99_999 }), { nil: undefined });
const newStyle = fc
  .record({
    month: fc.integer({ min: 2007 * 12 + 3, max: 2099 * 12 + 11 }),
    number: fc.integer({ min: 1, max: 99_999 }),
  })
  .map(({ month, number }) => {
    const yymm = `${two(Math.floor(month / 12) % 100)}${two((month % 12) + 1)}`;
    return month < 2015 * 12
      ? `${yymm}.${String((number % 9999) + 1).padStart(4, '0')}`
      : `${yymm}.${String(number).padStart(5, '0')}`;
  });
const oldStyle = fc
  .record({
    archive: fc.constantFrom(
      'hep-th',
      'math',
      'cs',
      'cond-mat',
      'solv-int',
      'q-alg',
      'math-ph',
      'quant-ph',
      'nlin',
    ),
    month: fc.integer({ min: 1991 * 12, max: 2007 * 12 + 2 }),
    number: fc.integer({ min: 1, max: 999 }),
  })
  .map(
    ({ archive, month, number }) =>
      `${archive}/${two(Math.floor(month / 12) % 100)}${two((month % 12) + 1)}${String(number).padStart(3, '0')}`,
  );
const canonical = fc.oneof(newStyle, oldStyle);
const printed = fc.tuple(canonical, version).map(([id, v]) => (v ? `${id}v${v}` : id));

describe('for every identifier', () => {
  it('reading and printing give back what was printed', () => {
    fc.assert(
      fc.property(printed, (text) => {
        expect(printPaperRef(parsed(text))).toBe(text);
      }),
    );
  });

  it('the version never leaks into the id', () => {
    fc.assert(
      fc.property(canonical, version, (id, v) => {
        expect(parsed(v ? `${id}v${v}` : id)).toEqual({ id, ...(v && { version: v }) });
      }),
    );
  });

  it('what people write around it changes nothing', () => {
    const before = fc.constantFrom('', '/', 'arXiv:', 'ARXIV:', '10.48550/arXiv.');
    const after = fc.constantFrom('', '.pdf', '.ps', '.ps.gz', '/', '/extra', '#page=2');
    fc.assert(
      fc.property(before, printed, after, (head, text, tail) => {
        expect(printPaperRef(parsed(head + text + tail))).toBe(text);
      }),
    );
  });

  it('only the new style has a page at Hugging Face', () => {
    fc.assert(
      fc.property(newStyle, (id) => {
        expect(hasHuggingFacePage(parsed(id).id)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(oldStyle, (id) => {
        expect(hasHuggingFacePage(parsed(id).id)).toBe(false);
      }),
    );
  });
});

it('any string at all is read or refused, and what was read reads the same again', () => {
  const near = fc.stringMatching(/^[/.:#v0-9a-zA-Z -]{0,24}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), near), (text) => {
      const ref = parsePaperId(text);
      if (ref) expect(parsePaperId(printPaperRef(ref))).toEqual(ref);
    }),
    { numRuns: 1000 },
  );
});

describe('links out', () => {
  const ref = parsed('1810.04805v2');

  it('lead to the version that was seen', () => {
    expect(absUrl(ref)).toBe('https://arxiv.org/abs/1810.04805v2');
    expect(pdfUrl(ref)).toBe('https://arxiv.org/pdf/1810.04805v2');
    expect(htmlUrl(ref)).toBe('https://arxiv.org/html/1810.04805v2');
    expect(alphaXivUrl(ref)).toBe('https://www.alphaxiv.org/abs/1810.04805v2');
  });

  it('lead to the latest version where none was seen', () => {
    expect(absUrl(parsed('hep-th/9901001'))).toBe('https://arxiv.org/abs/hep-th/9901001');
  });

  it('lead to Hugging Face without a version', () => {
    expect(huggingFaceUrl(ref.id)).toBe('https://huggingface.co/papers/1810.04805');
  });
});

describe('what names a paper', () => {
  it.each([
    ['the arXiv id', 'arXiv:1810.04805v2', '1810.04805', 'https://arxiv.org/abs/1810.04805'],
    ['a DOI', 'doi:10.1000/AB(c)', 'doi:10.1000/ab(c)', 'https://doi.org/10.1000/ab(c)'],
    [
      'a DOI with signs of addresses',
      'doi:10.1000/a#b?c%d',
      'doi:10.1000/a#b?c%d',
      'https://doi.org/10.1000/a%23b%3Fc%25d',
    ],
    [
      'a DOI as an address',
      'url:https://dx.doi.org/10.1000/A%3CB',
      'doi:10.1000/a<b',
      'https://doi.org/10.1000/a%3Cb',
    ],
    [
      'the DOI that arXiv gave it',
      'doi:10.48550/arXiv.1810.04805',
      '1810.04805',
      'https://arxiv.org/abs/1810.04805',
    ],
    [
      'an address',
      'url:http://me:pw@Example.org:80/A/?utm_source=x&b=1#c',
      'url:https://example.org/A?b=1',
      'https://example.org/A?b=1',
    ],
    ['a bare host', 'url:https://example.org', 'url:https://example.org/', 'https://example.org/'],
  ])('is %s: %s', (_, text, key, url) => {
    const id = parseKey(text);
    expect(id).toBe(key);
    expect(id && parseKey(id)).toBe(key);
    expect(id && paperUrl({ id })).toBe(url);
    expect(id && isArxiv(id)).toBe(!/^(doi|url):/.test(key));
  });

  it.each([
    '',
    'kites',
    'doi:',
    'doi:11.1000/a',
    'doi:10.1000/',
    'doi:10.1000/a b',
    'doi:https://example.org/10.1000/a',
    'url:',
    'url:example.org',
    'url:javascript:alert(1)',
    'url:ftp://example.org',
    'url:https://',
    `doi:10.1000/${'a'.repeat(3000)}`,
    `url:https://example.org/${'a'.repeat(3000)}`,
    `url:https://example.org/${'/'.repeat(300_000)}a`,
  ])('is nothing like %j', (text) => expect(parseKey(text)).toBeNull());

  it('is the DOI before the address, and nothing without either', () => {
    expect(keyOf({ doi: '10.1000/A', url: 'https://example.org' })).toBe('doi:10.1000/a');
    expect(keyOf({ doi: 'none', url: 'https://example.org' })).toBe('url:https://example.org/');
    expect(keyOf({})).toBeNull();
  });

  it('is one and the same, however often it is read, and leads to an address', () => {
    const anything = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }).map((url) => `url:${url}`),
      fc.string({ unit: 'grapheme' }).map((text) => `doi:10.1000/${text}`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const id = parseKey(text);
        if (!id) return;
        expect(parseKey(id)).toBe(id);
        expect(new URL(paperUrl({ id })).protocol).toBe('https:');
        if (!isArxiv(id)) expect(parseDoi(paperUrl({ id })) ?? paperUrl({ id })).toBe(id.slice(4));
      }),
      { numRuns: 2000 },
    );
  });
});
