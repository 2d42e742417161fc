// How a quote is made, and where it is found again, and where it is not.
// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { describe as describeRange, find, quoteOf } from '../../src/anchoring/quote';
import type { PageText } from '../../src/anchoring/text';
import { read, seams, select, spanIn } from './page';

const first = 'The first lantern burns for nine hours in thick fog near the harbour.';
const second = 'A second lantern flickers whenever the eastern wind turns cold.';
const third = 'Nobody has measured how many kites the keeper of this office owns.';
const fourth = 'We conclude with some remarks on rivers and on official time.';
const page = `<p>${first} ${second}</p><p>${third} ${fourth}</p>`;

/** A quote of a part of this page. */
async function quoting(html: string, part: string) {
  const text = await read(html);
  const quote = quoteOf(text, spanIn(text, part));
  if (!quote) throw new Error('no quote');
  return quote;
}

async function finds(html: string, quote: Awaited<ReturnType<typeof quoting>>) {
  const text = await read(html);
  const found = await find(text, quote, seams);
  return found && { how: found.how, what: text.text.slice(found.start, found.end) };
}

describe('a quote', () => {
  it('has the words, at least 32 characters around them, and its place', async () => {
    const text = await read(page);
    const quote = describeRange(text, select('A second', 'cold.'));
    expect(quote).toMatchObject({ exact: second, ...spanIn(text, second) });
    expect(text.text).toContain(`${quote?.prefix}${second}${quote?.suffix}`);
    expect(quote?.prefix.length).toBeGreaterThanOrEqual(32);
    expect(quote?.suffix.length).toBeGreaterThanOrEqual(32);
  });

  it('has as much context as the page has', async () => {
    const quote = await quoting('<p>Only this.</p>', 'Only');
    expect(quote).toMatchObject({ prefix: '', suffix: ' this. ' });
  });

  it('that stands several times has so much context that it stands once', async () => {
    const same = 'This is said everywhere on the whole page, again and again. ';
    const text = await read(`<p>${first} ${same.repeat(8)} ${fourth}</p>`);
    const start = text.text.lastIndexOf('said everywhere');
    const quote = quoteOf(text, { start, end: start + 15 });
    expect(quote?.prefix.length).toBeGreaterThanOrEqual(128);
    expect(text.text.split(`${quote?.prefix}${quote?.exact}${quote?.suffix}`)).toHaveLength(2);
  });

  it('of signs alone is none', async () => {
    const text = await read('<p>a — b</p>');
    expect(quoteOf(text, { start: 2, end: 3 })).toBeNull();
  });
});

describe('a quote is found', () => {
  it('at the beginning and at the end of an abstract that is all of its page, be it two words', async () => {
    const abstract =
      'We made kites. They fly for nine hours in thick fog near the harbour. So we ended.';
    const whole = `<h1>A Made-up Title</h1><p>First Author, Second Author</p><p>Abstract: ${abstract}</p><p>Comments: 12 pages</p>`;
    for (const words of ['We made', 'ended.'])
      for (const html of [`<h2>Abstract</h2><p>${abstract}</p>`, `<p>${abstract}</p>`])
        expect(await finds(html, await quoting(whole, words))).toEqual({
          how: 'exact',
          what: words,
        });
    // Without its neighbour the same beginning proves nothing.
    const other =
      '<p>We made rivers. They dry up within one week of summer, and nobody minds that.</p>';
    expect(await finds(other, await quoting(whole, 'We made'))).toBeNull();
  });

  it('in its own text at its own place, whatever was selected', async () => {
    const text: PageText = await read(
      `${page}<ul><li>${first}</li></ul><p>Once more: ${second}</p>`,
    );
    const ends = fc.tuple(fc.nat(text.text.length - 1), fc.integer({ min: 1, max: 120 }));
    await fc.assert(
      fc.asyncProperty(ends, async ([start, length]) => {
        const quote = quoteOf(text, { start, end: Math.min(start + length, text.text.length) });
        if (!quote) return;
        const found = await find(text, quote, seams);
        expect(found).toMatchObject({ start: quote.start, end: quote.end, how: 'exact' });
      }),
    );
  });

  it('exactly where only white space, hyphens, ligatures and signs differ', async () => {
    const quote = await quoting(
      '<p>So “efficient offices” - all of them - work.</p>',
      'efficient offices" - all',
    );
    expect(
      await finds('<p>So "eﬃ\u00adcient\n <i>of</i>fices" — all of them — work.</p>', quote),
    ).toEqual({
      how: 'exact',
      what: 'efficient offices" - all',
    });
  });

  it('across a formula, as TeX or as MathML', async () => {
    const quote = await quoting(
      `<p>${first} The careful keeper takes $O(n^2)$ steps a night. ${second}</p>`,
      'The careful keeper takes $O(n^2)$ steps a night.',
    );
    const mathMl = '<math alttext="O(n^{2})"><mi>O</mi></math>';
    expect(
      await finds(
        `<p>${third} The careful keeper takes ${mathMl} steps a night. ${fourth}</p>`,
        quote,
      ),
    ).toEqual({
      how: 'exact',
      what: 'The careful keeper takes $O(n^{2})$ steps a night.',
    });
  });

  it('approximately where words of it and around it were edited', async () => {
    const quote = await quoting(page, second);
    const edited = page
      .replace('near the harbour', 'by the harbour')
      .replace('flickers whenever', 'goes out whenever')
      .replace('Nobody has', 'Few people have');
    expect(await finds(edited, quote)).toEqual({
      how: 'approximate',
      what: 'A second lantern goes out whenever the eastern wind turns cold.',
    });
  });

  it('where its sentence was moved', async () => {
    const quote = await quoting(page, second);
    expect(await finds(`<p>${first}</p><p>${third} ${fourth} ${second}</p>`, quote)).toEqual({
      how: 'exact',
      what: second,
    });
  });

  it('without any context, as other programs export it, if it has some words', async () => {
    const quote = { exact: second, prefix: '', suffix: '' };
    expect(await finds(page, quote)).toEqual({ how: 'exact', what: second });
  });

  it('without any context and be it three words, where they stand once', async () => {
    const quote = { exact: 'the eastern wind', prefix: '', suffix: '' };
    const once = `<p>${first}</p><p>Here the eastern wind is calm.</p>`;
    expect(await finds(once, quote)).toEqual({ how: 'exact', what: 'the eastern wind' });
    expect(await finds(`${once}<p>Here the eastern wind is not.</p>`, quote)).toBeNull();
  });

  it('among several by what stands around it', async () => {
    const twice = `<p>${first} It works well. ${second}</p><p>${third} It works well. ${fourth}</p>`;
    const text = await read(twice);
    const last = text.text.lastIndexOf('It works well.');
    const quote = quoteOf(text, { start: last, end: last + 14 });
    if (!quote) throw new Error('no quote');
    const changed = await read(twice.replace('<p>', '<p>A new beginning of it all. '));
    expect(await find(changed, quote, seams)).toMatchObject({
      start: changed.text.lastIndexOf('It works well.'),
    });
  });

  it('if it is very long and was edited in its middle', async () => {
    const sentences = Array.from(
      { length: 60 },
      (_, n) => `Sentence ${n * 37} names ${n ** 3} stars.`,
    );
    const quote = await quoting(
      `<p>${first}</p><p>${sentences.join(' ')}</p><p>${fourth}</p>`,
      sentences.join(' '),
    );
    const edited = sentences
      .map((sentence, n) => (n === 30 ? 'A new sentence stands here.' : sentence))
      .join(' ');
    expect(await finds(`<p>${first}</p><p>${edited}</p><p>${fourth}</p>`, quote)).toEqual({
      how: 'approximate',
      what: edited,
    });
  });
});

describe('a quote is not found', () => {
  it('where its sentence was deleted', async () => {
    const quote = await quoting(page, second);
    expect(await finds(page.replace(second, ''), quote)).toBeNull();
  });

  it('where a sentence like it stands elsewhere', async () => {
    const like = second.replace('second', 'third').replace('cold', 'warm');
    const both = page.replace(fourth, `${fourth} ${like}`);
    const quote = await quoting(both, second);
    expect(await finds(both.replace(second, ''), quote)).toBeNull();
  });

  it('where a sentence like it stood beside it', async () => {
    const like = second.replace('second', 'third').replace('cold', 'warm');
    for (const both of [
      page.replace(second, `${second} ${like}`),
      page.replace(second, `${like} ${second}`),
    ]) {
      const quote = await quoting(both, second);
      expect(await finds(both.replace(second, ''), quote)).toBeNull();
    }
  });

  it('where another stands in its place', async () => {
    const quote = await quoting(page, second);
    const other = 'Instead, four gardens were drawn on one shelf by an unknown hand.';
    expect(await finds(page.replace(second, other), quote)).toBeNull();
  });

  it('where only its few words stand, in another sentence', async () => {
    const quote = await quoting(page, 'the eastern wind');
    expect(
      await finds(`<p>${first}</p><p>${third} Here the eastern wind is calm.</p>`, quote),
    ).toBeNull();
  });

  it('if it is any other sentence', async () => {
    const text = await read(page);
    const words = fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 5, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(words, words, words, async (exact, prefix, suffix) => {
        const quote = {
          exact: exact.join(' '),
          prefix: prefix.join(' '),
          suffix: suffix.join(' '),
        };
        expect(await find(text, quote, seams)).toBeNull();
      }),
    );
  });

  it('in an empty page, or if it is empty', async () => {
    const quote = await quoting(page, second);
    expect(await finds('', quote)).toBeNull();
    expect(await finds(page, { ...quote, exact: ' ' })).toBeNull();
  });
});

it('many searches in a row give way to the page', async () => {
  const text = await read(page);
  const quote = quoteOf(text, spanIn(text, second));
  if (!quote) throw new Error('no quote');
  // A clock that goes on by 1 ms at each look.
  let now = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => now++);
  let pauses = 0;
  const pause = async () => void pauses++;
  for (let count = 0; count < 100; count++)
    await find(text, { ...quote, prefix: 'Else' }, { pause });
  expect(pauses).toBeGreaterThanOrEqual(10);
});
