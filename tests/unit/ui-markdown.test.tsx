// A note's Markdown: what is rendered, and that no note can do more than be read.
// @vitest-environment happy-dom
import fc from 'fast-check';
import { render } from 'preact';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../src/ui/markdown';

function rendered(text: string): Element {
  const root = document.createElement('div');
  render(<Markdown text={text} />, root);
  return root.querySelector('.markdown') as Element;
}

describe('a rendered note', () => {
  it.each([
    ['**bold** and *soft*', '<p><strong>bold</strong> and <em>soft</em></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a', '<ol start="3"><li>a</li></ol>'],
    ['> said', '<blockquote><p>said</p></blockquote>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['```\na < b\n```', '<pre><code>a &lt; b</code></pre>'],
    ['---', '<hr>'],
    ['~~no~~', '<p><del>no</del></p>'],
    ['## Second', '<h2 data-depth="2">Second</h2>'],
  ])('%j', (text, html) => {
    expect(rendered(text).innerHTML).toBe(html);
  });

  it('marks tasks by a sign', () => {
    const tasks = [...rendered('- [ ] open\n- [x] done').querySelectorAll('li')];
    expect(tasks.map(({ textContent }) => textContent)).toEqual(['☐ open', '☑ done']);
  });

  it('has tables', () => {
    const table = rendered('| a | b |\n|---|---|\n| 1 | 2 |');
    expect([...table.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual([
      '1',
      '2',
    ]);
  });

  it.each(['https://example.org/a', 'http://example.org/', 'mailto:first@example.org'])(
    'links to %s, in a tab of its own that knows nothing of us',
    (url) => {
      const link = rendered(`[text](${url})`).querySelector('a');
      expect(link?.getAttribute('href')).toBe(url);
      expect(link?.rel).toContain('noopener');
      expect(link?.target).toBe('_blank');
    },
  );

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'chrome://settings',
    '/relative',
    '//example.org',
  ])('links nowhere for %s', (url) => {
    const note = rendered(`[text](<${url}>)`);
    expect(note.querySelector('a')).toBeNull();
    expect(note.textContent).toContain('text');
  });

  it('shows an image as a link and loads nothing', () => {
    const note = rendered('![a plot](https://example.org/plot.png)');
    expect(note.querySelector('img')).toBeNull();
    expect(note.querySelector('a')?.textContent).toBe('a plot');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x">b</b> c',
    '<!-- c -->',
  ])('shows %s as the text that it is', (html) => {
    const note = rendered(html);
    expect(note.textContent).toBe(html);
    expect(note.querySelector('script, img, b')).toBeNull();
  });

  it.each([40, 5000])('shows a note that nests %i deep as it was typed', (deep) => {
    const note = rendered(`${'> '.repeat(deep)}said`);
    expect(note.querySelector('blockquote')).toBeNull();
    expect(note.querySelector('.plain')).not.toBeNull();
  });

  it('never makes more than the few elements of a text, whatever is typed', () => {
    const allowed =
      'p,strong,em,del,code,pre,ul,ol,li,blockquote,h2,hr,br,a,table,thead,tbody,tr,th,td';
    const piece = fc.constantFrom(
      '<b>',
      '<script>',
      '](javascript:a)',
      '[',
      '![',
      '](https://e.org)',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '# ',
      '`',
      '```',
      '*',
      '_',
      '~~',
      '|',
      '|-|',
      '&lt;',
      '\\',
      '<!--',
      'a',
      ' ',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const note = rendered(pieces.join(''));
        expect(
          [...note.querySelectorAll('*')].filter((element) => !element.matches(allowed)),
        ).toEqual([]);
        for (const link of note.querySelectorAll('a'))
          expect(link.href).toMatch(/^(https?|mailto):/);
      }),
    );
  });
});
