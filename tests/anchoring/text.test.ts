// What the text of a page is, and the way back to its nodes.
// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesOf, readText, spanOf } from '../../src/anchoring/text';
import { read, said, seams, select, spanIn } from './page';

const mathMl = (tex: string, shown: string) =>
  `<math alttext="${tex}"><semantics><mi>${shown}</mi><annotation encoding="application/x-tex">${tex}</annotation></semantics></math>`;

describe('the text of a page', () => {
  it('is what a person reads, blocks apart and inline markup together', async () => {
    const { text } = await read('<h2>Title</h2><p>One <b>bo</b>ld\n  word.</p><p>Two</p>');
    expect(text).toBe('Title One bold word. Two ');
  });

  it('leaves out what nobody reads, and what is ours', async () => {
    const { text } = await read(
      '<p>a<script>b</script><style>c</style><span hidden>d</span><textarea>e</textarea>' +
        '<paper-margin-panel>f</paper-margin-panel><i style="display: none">g</i>h</p><nav>i</nav><div class="extra">j</div>',
    );
    expect(text).toBe('ah j ');
    expect((await readText(document.body, seams, '.extra')).text).toBe('ah ');
  });

  it.each([
    ['MathML of LaTeXML', mathMl('\\alpha', 'α')],
    [
      'KaTeX',
      `<span class="katex"><span>${mathMl('\\alpha', 'α')}</span><span aria-hidden="true">α</span></span>`,
    ],
    [
      'MathJax 2',
      '<span class="MathJax_Preview"></span><span class="MathJax">α<span class="MJX_Assistive_MathML"><math><mi>α</mi></math></span></span><script type="math/tex">\\alpha</script>',
    ],
    ['raw TeX', '$\\alpha$'],
  ])('has a formula once, as TeX: %s', async (_, formula) => {
    const text = await read(`<p>the ${formula} rate</p>`);
    expect(text.text).toBe('the $\\alpha$ rate ');
    expect(text.key).toBe('theαrate');
  });

  it('has the letters of a formula of MathJax 3, which keeps no TeX', async () => {
    const { text, key } = await read(
      '<p>the <mjx-container><mjx-math aria-hidden="true">x</mjx-math><mjx-assistive-mml><math><mi>α</mi><mo>+</mo><mn>1</mn></math></mjx-assistive-mml></mjx-container> rate</p>',
    );
    expect(text).toBe('the α+1 rate ');
    expect(key).toBe('theα1rate');
  });

  it('has a footnote after everything else', async () => {
    const text = await read(
      '<p>before<span class="ltx_note"><sup class="ltx_note_mark">1</sup><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>said below</span></span> after</p><p>end</p>',
    );
    expect(text.text).toBe('before after end said below ');
    expect(said(text, 'before after')).toEqual(['before', ' after']);
    const note = spanOf(text, select('said', 'below'));
    expect(note).toEqual(spanIn(text, 'said below'));
  });

  it("is read in arXiv's class mathjax, which is no formula", async () => {
    expect((await read('<blockquote class="abstract mathjax">a b</blockquote>')).text).toBe('a b ');
  });

  it('is read in slices, and no more once the visit is over', async () => {
    document.body.innerHTML = '<p>word</p>'.repeat(20_000);
    let pauses = 0;
    const visit = new AbortController();
    const reading = readText(document.body, {
      signal: visit.signal,
      pause: async () => {
        pauses++;
        if (pauses === 3) visit.abort(new Error('left'));
      },
    });
    await expect(reading).rejects.toThrow('left');
    expect(pauses).toBe(3);
  });
});

describe('the ranges of a stretch of text', () => {
  it('say that text in the page', async () => {
    const text = await read('<p>An e<b>ﬃ</b>cient\n   flow\u00ads here</p><p>and there</p>');
    expect(said(text, 'efficient flows here and')).toEqual(['eﬃcient\n   flow\u00ads hereand']);
  });

  it('break where something was left out', async () => {
    const text = await read('<p>one <button>press</button>two</p>');
    expect(said(text, 'one two')).toEqual(['one ', 'two']);
  });

  it('are none where the page has changed', async () => {
    const text = await read('<p id="a">one two</p><p>three</p>');
    const span = spanIn(text, 'two three');
    (document.getElementById('a')?.firstChild as Text).data = 'one six';
    expect(rangesOf(text, span)).toEqual([]);
    document.getElementById('a')?.remove();
    expect(rangesOf(text, span)).toEqual([]);
    expect(rangesOf(text, spanIn(text, 'three'))).toHaveLength(1);
  });

  it('lead back to the same stretch, wherever it begins and ends', async () => {
    const text = await read(
      `<h1>A  title</h1><p>Some <i>e<b>ﬃ</b></i>cient ${mathMl('x^{2}', 'x2')} words,\n ${mathMl('y', 'y')}</p> <ul><li>a “list”</li><li>soft\u00adhyphens</li></ul>`,
    );
    const ends = fc.tuple(fc.nat(text.text.length), fc.nat(text.text.length));
    fc.assert(
      fc.property(ends, (pair) => {
        const [start, end] = pair.toSorted((a, b) => a - b) as [number, number];
        const ranges = rangesOf(text, { start, end });
        if (!text.text.slice(start, end).trim()) return;
        const range = ranges[0] as Range;
        const last = ranges.at(-1) as Range;
        range.setEnd(last.endContainer, last.endOffset);
        const span = spanOf(text, range) ?? { start: -1, end: -1 };
        // A formula and a ligature count whole; spaces at the ends do not count.
        const inner = text.text.slice(start, end);
        const [from, to] = [start + inner.search(/\S/), start + inner.trimEnd().length];
        expect(span.start).toBeLessThanOrEqual(from);
        expect(span.end).toBeGreaterThanOrEqual(to);
        const more = text.text.slice(span.start, from) + text.text.slice(to, span.end);
        expect(more).toMatch(/^[f$xy^{}2i]*$/);
      }),
    );
  });
});

describe('a selection', () => {
  it('is a stretch of the text without spaces at its ends, across markup', async () => {
    const text = await read('<p>One <b>two</b> three</p><p>four</p>');
    expect(spanOf(text, select(' three', 'four'))).toEqual(spanIn(text, 'three four'));
  });

  it('begins where it begins, in a text node whose first space is folded away', async () => {
    const text = await read('<p>One <b> two three</b></p>');
    expect(spanOf(text, select('two', 'three'))).toEqual(spanIn(text, 'two three'));
  });

  it('takes a formula whole', async () => {
    const text = await read(`<p>rate ${mathMl('\\alpha', 'α')} holds</p>`);
    const range = document.createRange();
    range.setStart(document.querySelector('mi')?.firstChild as Text, 0);
    range.setEnd(document.querySelector('p')?.lastChild as Text, 6);
    expect(spanOf(text, range)).toEqual(spanIn(text, '$\\alpha$ holds'));
  });

  it('that is empty, in a form field or elsewhere is none', async () => {
    const text = await read('<p>one</p><textarea>typed</textarea><div id="out">two</div>');
    const empty = document.createRange();
    empty.setStart(document.querySelector('p')?.firstChild as Text, 1);
    expect(spanOf(text, empty)).toBeNull();
    const typed = document.createRange();
    typed.selectNodeContents(document.querySelector('textarea') as Element);
    expect(spanOf(text, typed)).toBeNull();
    const inside = await readText(document.querySelector('p') as Element, seams);
    expect(spanOf(inside, select('two'))).toBeNull();
  });
});
