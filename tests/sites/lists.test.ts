// Lists of papers: which rows they have, where the badges go, and what the rows say of their papers.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordings } from '../recordings';
import { listOf, loading, parse, rowsOf } from './parse';

const recent = listOf('https://arxiv.org/list/cs.CL/recent');
const found = listOf('https://arxiv.org/search/?query=margin');
const daily = listOf('https://huggingface.co/papers/date/2026-08-21');

/** An entry of a listing, as arXiv prints it. */
function entry(id: string, extra = ''): string {
  return `<dt>
      <a name='item1'>[1]</a>
      <a href ="/abs/${id}" title="Abstract" id="${id}">
        arXiv:${id}
      </a>
      (cross-list from cs.LG)
        [<a href="/pdf/${id}" title="Download PDF" id="pdf-${id}">pdf</a>, <a href="/format/${id}" title="Other formats" id="oth-${id}">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          A Margin of $\\alpha$
          and Its Notes
        </div>
        <div class='list-authors'><a href="https://arxiv.org/search/cs?searchtype=author&amp;query=A">First Author</a>, <a href="https://arxiv.org/search/cs?searchtype=author&amp;query=B">Second
          Author</a></div>
        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>
          See also <a href="https://arxiv.org/abs/2601.99999">arXiv:2601.99999</a>
        </div>
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          <span class="primary-subject">Computation and Language (cs.CL)</span>; Mathematical Physics (math-ph)
        </div>
        ${extra}
      </div>
    </dd>`;
}

const listing = (...entries: string[]) =>
  `<h1>Computation and Language</h1><dl id='articles'><h3>Fri, 21 Aug 2026</h3>${entries.join('\n')}</dl>`;

/** A search result, as arXiv prints it. */
function result(id: string, link = id): string {
  return `<li class="arxiv-result">
    <div class="is-marginless">
      <p class="list-title is-inline-block"><a href="https://arxiv.org/abs/${link}">arXiv:${id}</a>
        <span>&nbsp;[<a href="https://arxiv.org/pdf/${link}">pdf</a>]&nbsp;</span>
      </p>
      <div class="tags is-inline-block">
        <span class="tag is-small is-link tooltip" data-tooltip="Computation and Language">cs.CL</span>
        <span class="tag is-small is-grey tooltip" data-tooltip="Machine Learning">cs.LG</span>
      </div>
      <div class="is-inline-block"><div class="tags has-addons"><span class="tag is-dark">doi</span>
        <span class="tag is-light"><a href="https://doi.org/10.1000/1">10.1000/1</a></span></div></div>
    </div>
    <p class="title is-5 mathjax">
        A <span class="search-hit mathjax">Margin</span> and Its Notes
    </p>
    <p class="authors"><span>Authors:</span>
      <a href="/search/?searchtype=author&amp;query=A">First Author</a>, <a href="/search/?searchtype=author&amp;query=B">Second Author</a>
    </p>
    <p class="abstract mathjax"><span>Abstract</span>:
      <span class="abstract-short" style="display: inline;">We write…<a class="is-size-7">&#9661; More</a></span>
      <span class="abstract-full" style="display: none;">We write beside arXiv:2601.99998.  <a class="is-size-7">&#9651; Less</a></span>
    </p>
  </li>`;
}

/** A card of Hugging Face, which links its paper four times. */
function card(id: string, title = 'A Margin and Its Notes'): string {
  return `<div><article class="relative"><a href="/papers/${id}" class="peer"><img alt=""></a>
    <div>Submitted by <a href="/author">author</a></div>
    <div class="flex"><a href="/login?next=%2Fpapers%2F${id}"><div class="leading-none">9</div></a>
      <div class="w-full"><h3><a href="/papers/${id}">${title}</a></h3>
        <div><a href="/papers/${id}"><ul><li>2 authors</li></ul></a><a href="/papers/${id}#community">5</a></div>
      </div></div></article></div>`;
}

describe('an entry of a listing', () => {
  const document = parse(listing(entry('2601.00001'), entry('math/0309136')));
  const rows = rowsOf(document, recent);
  const entries = [...document.querySelectorAll('dt')];

  it('is the paper of its link', () => {
    expect(rows.map(({ ref, href }) => [ref, href])).toEqual([
      [{ id: '2601.00001' }, 'https://arxiv.org/abs/2601.00001'],
      [{ id: 'math/0309136' }, 'https://arxiv.org/abs/math/0309136'],
    ]);
  });

  it('has its badge at the end of the line of links, away from what MathJax draws', () => {
    expect(rows.map(({ row }) => row)).toEqual(entries);
    expect(rows[0]?.place).toEqual({ element: entries[0], position: 'append' });
    expect(entries[0]?.closest('.mathjax') ?? entries[0]?.querySelector('.mathjax')).toBeNull();
  });

  it('tells title, authors and categories', () => {
    expect(rows[0]?.read()).toEqual({
      id: '2601.00001',
      title: 'A Margin of $\\alpha$ and Its Notes',
      authors: ['First Author', 'Second Author'],
      abstract: '',
      categories: ['cs.CL', 'math-ph'],
    });
  });

  it('tells the abstract where the list shows it', () => {
    const abstract = "<p class='mathjax'>\n  We write\nin the <i>margin</i>.\n</p>";
    const [row] = rowsOf(parse(listing(entry('2601.00001', abstract))), recent);
    expect(row?.read().abstract).toBe('We write in the margin.');
  });

  it('says no authors rather than the first few', () => {
    const html = listing(entry('2601.00001')).replace(
      'Author</a></div>',
      'Author</a> et al. (9 more)</div>',
    );
    expect(rowsOf(parse(html), recent)[0]?.read().authors).toEqual([]);
  });

  it('says the title once after MathJax has drawn it', () => {
    const drawn = `<span class="MathJax_Preview" style="color: inherit;"></span><span class="MathJax" id="MathJax-Element-1-Frame"
      data-mathml="x"><nobr><span class="math">α</span></nobr><span class="MJX_Assistive_MathML"><math><mi>α</mi></math></span></span>
      <script type="math/tex" id="MathJax-Element-1">\\alpha</script>`;
    const html = listing(entry('2601.00001')).replace('$\\alpha$', () => drawn);
    expect(rowsOf(parse(html), recent)[0]?.read().title).toBe(
      'A Margin of $\\alpha$ and Its Notes',
    );
  });

  it('is no row while more of its line may come', () => {
    const whole = listing(entry('2601.00001'));
    const cut = (at: string) => rowsOf(loading(whole.slice(0, whole.indexOf(at))), recent);
    expect(cut('(cross-list')).toEqual([]);
    expect(cut("<div class='meta'>").length).toBe(1);
  });
});

describe('a search result', () => {
  it('is the paper and the version of its link, not of its text', () => {
    const [row] = rowsOf(parse(`<ol>${result('2601.00001', '2601.00001v2')}</ol>`), found);
    expect(row?.ref).toEqual({ id: '2601.00001', version: 2 });
    expect(row?.href).toBe('https://arxiv.org/abs/2601.00001v2');
  });

  it('has its badge at the end of the line of links', () => {
    const document = parse(`<ol>${result('2601.00001')}</ol>`);
    const [row] = rowsOf(document, found);
    expect(row?.place).toEqual({
      element: document.querySelector('.list-title'),
      position: 'append',
    });
    expect(row?.row).toBe(document.querySelector('li'));
  });

  it('tells all that it shows', () => {
    expect(
      rowsOf(parse(`<ol>${result('2601.00001', '2601.00001v1')}</ol>`), found)[0]?.read(),
    ).toEqual({
      id: '2601.00001',
      version: 1,
      title: 'A Margin and Its Notes',
      authors: ['First Author', 'Second Author'],
      abstract: 'We write beside arXiv:2601.99998.',
      categories: ['cs.CL', 'cs.LG'],
    });
  });
});

describe('a card of Hugging Face', () => {
  it('is one row, though it links its paper four times', () => {
    const document = parse(card('2601.00001') + card('2601.00002'));
    const rows = rowsOf(document, daily);
    expect(rows.map(({ ref }) => ref.id)).toEqual(['2601.00001', '2601.00002']);
    expect(rows.map(({ row }) => row)).toEqual([...document.querySelectorAll('article')]);
    expect(rows[0]?.href).toBe('https://huggingface.co/papers/2601.00001');
    expect(rows[0]?.place).toEqual({
      element: document.querySelector('.w-full'),
      position: 'append',
    });
    expect(rows[0]?.read()).toEqual({
      id: '2601.00001',
      title: 'A Margin and Its Notes',
      authors: [],
      abstract: '',
    });
  });

  it('becomes another paper when the page reuses it for another period', () => {
    const document = parse(card('2601.00001'));
    const article = document.querySelector('article') as Element;
    expect(daily.row(article)?.ref.id).toBe('2601.00001');
    for (const link of article.querySelectorAll('a'))
      link.setAttribute('href', '/papers/2601.00002');
    expect(daily.row(article)?.ref.id).toBe('2601.00002');
  });

  it('waits until the page has come: what stands there before is dropped', () => {
    expect(rowsOf(loading(card('2601.00001')), daily)).toEqual([]);
  });

  it('is known by its picture where it has no title', () => {
    const html =
      '<article><a href="/papers/2601.00001"><img></a><p>About <a href="/papers/2601.00009">another</a></p></article>';
    const document = parse(html);
    expect(rowsOf(document, daily)).toMatchObject([
      { ref: { id: '2601.00001' }, place: { element: document.querySelector('article') } },
    ]);
  });

  it('is a card of its own even where the one before it was never closed', () => {
    const html = `<article><p>An advertisement${card('2601.00002')}`;
    expect(rowsOf(parse(html), daily).map(({ ref }) => ref.id)).toEqual(['2601.00002']);
  });
});

it('two URLs of one period are one list, a search within it is another', () => {
  const key = (url: string) => listOf(url).key;
  expect(key('https://huggingface.co/papers/trending/')).toBe(
    key('https://huggingface.co/papers/trending#top'),
  );
  expect(key('https://huggingface.co/papers/trending?q=a')).not.toBe(
    key('https://huggingface.co/papers/trending?q=b'),
  );
  expect(key('https://huggingface.co/papers/week/2026-W34')).not.toBe(daily.key);
});

describe('bad rows', () => {
  it('without a link, or with one that leads to no paper, are no rows', () => {
    const odd = [
      '<dt><a name="item1">[1]</a> arXiv:2601.00005</dt><dd></dd>',
      '<dt><a href="/abs/">arXiv:2601.00005</a></dt><dd></dd>',
      '<dt><a href="/abs/1313.00001" title="Abstract">arXiv:2601.00005</a></dt><dd></dd>',
      '<dt><a href="https://example.com/abs/2601.00005" title="Abstract">arXiv:2601.00005</a></dt><dd></dd>',
      '<dt><a href="http://[/abs/2601.00005" title="Abstract">arXiv:2601.00005</a></dt><dd></dd>',
      '<dt><a href="/abs/%E0%A4%A" title="Abstract">arXiv:2601.00005</a></dt><dd></dd>',
      '<dt></dt>',
    ];
    expect(rowsOf(parse(listing(...odd)), recent)).toEqual([]);
    const results = [
      '<li class="arxiv-result"></li>',
      '<li class="arxiv-result"><p class="list-title">arXiv:2601.00005</p><p>See <a href="/abs/2601.00006">it</a></p></li>',
    ];
    expect(rowsOf(parse(`<ol>${results.join('')}</ol>`), found)).toEqual([]);
    const cards = [
      '<article></article>',
      '<article><h3><a href="/papers/trending">All</a></h3></article>',
      '<article><h3>No link</h3><div><a href="/papers/2601.00009">9</a></div></article>',
    ];
    expect(rowsOf(parse(cards.join('')), daily)).toEqual([]);
  });

  it('do not keep their neighbours from being rows', () => {
    const html = listing(entry('2601.00001'), '<dt>[2]</dt>', entry('2601.00003'));
    expect(rowsOf(parse(html), recent).map(({ ref }) => ref.id)).toEqual([
      '2601.00001',
      '2601.00003',
    ]);
  });

  it('of one paper listed twice are two rows', () => {
    const html = listing(entry('2601.00001')) + listing(entry('2601.00001'));
    const rows = rowsOf(parse(html), recent);
    expect(rows.map(({ ref }) => ref.id)).toEqual(['2601.00001', '2601.00001']);
    expect(rows[0]?.row).not.toBe(rows[1]?.row);
  });

  it('of a withdrawn paper, which has no PDF, are rows', () => {
    const html = listing(entry('2601.00001').replace(/\[<a.*\]/, ''));
    expect(rowsOf(parse(html), recent)).toMatchObject([{ ref: { id: '2601.00001' } }]);
  });

  it('do not borrow the text of the next row when their own is missing', () => {
    const [first] = entry('2601.00001').split('<dd>');
    const html = listing(`${first}`, entry('2601.00002'));
    expect(rowsOf(parse(html), recent)[0]?.read()).toEqual({
      id: '2601.00001',
      title: '',
      authors: [],
      abstract: '',
    });
  });

  it.each([
    ['a listing', recent, listing(entry('2601.00001'), entry('2601.00002'))],
    ['search results', found, `<ol>${result('2601.00001')}${result('2601.00002')}</ol>`],
    ['cards', daily, card('2601.00001') + card('2601.00002')],
  ])('%s cut off anywhere: nothing throws, and no row is a wrong paper', (_, list, html) => {
    for (let at = 0; at < html.length; at += 37) {
      for (const document of [parse(html.slice(0, at)), loading(html.slice(0, at))]) {
        const rows = rowsOf(document, list);
        rows.forEach((row, index) => {
          expect(row.ref.id, `cut at ${at}`).toBe(`2601.0000${index + 1}`);
          expect(row.read().id).toBe(row.ref.id);
        });
      }
    }
  });
});

it('ten thousand rows are asked for within their own bounds', () => {
  const ids = Array.from(
    { length: 10_000 },
    (_, index) => `2601.${String(index + 1).padStart(5, '0')}`,
  );
  const days = Array.from({ length: 100 }, (_, day) =>
    listing(
      ...ids
        .slice(day * 100, day * 100 + 100)
        .map((id) => `<dt><a href="/abs/${id}" title="Abstract">${id}</a></dt><dd></dd>`),
    ),
  );
  const document = parse(days.join(''));
  const elements = [...document.querySelectorAll(recent.selector)];
  const everywhere = [
    'querySelector',
    'querySelectorAll',
    'getElementById',
    'getElementsByTagName',
  ] as const;
  for (const search of everywhere) {
    Object.defineProperty(document, search, {
      value: () => {
        throw new Error(`${search} over the whole document`);
      },
    });
  }
  expect(elements.map((element) => recent.row(element)?.ref.id)).toEqual(ids);
});

describe.runIf(recordings)('over recorded pages', () => {
  const folder = `${recordings}/arxiv/rendered`;
  const listUrl = (file: string) => {
    const name = file.replace('.html', '');
    const catchup = /^catchup-(.+)-(\d{4}-\d\d-\d\d)/.exec(name);
    if (catchup) return `https://arxiv.org/catchup/${catchup[1]}/${catchup[2]}`;
    const [, category, period] = /^(.+?)-(new|recent|\d{4}-\d\d)/.exec(name) ?? [];
    return `https://arxiv.org/list/${category}/${period}`;
  };
  const files = recordings ? readdirSync(`${folder}/list`) : [];

  it.each(files)('%s: a row for each paper, in order, with its words', (file) => {
    const html = readFileSync(`${folder}/list/${file}`, 'utf8');
    // Counted in the text, not in the document.
    const ids = [...html.matchAll(/<a href ="\/abs\/([^"]+)" title="Abstract"/g)].map(
      ([, id]) => id,
    );
    expect(ids.length).toBeGreaterThan(0);
    const rows = rowsOf(parse(html), listOf(listUrl(file)));
    expect(rows.map(({ ref }) => ref.id)).toEqual(ids);
    expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
    for (const row of rows) {
      const paper = row.read();
      expect(paper.title, row.ref.id).toMatch(/^\S.*\S$/);
      expect(paper.title).not.toMatch(/^Title/);
      expect(paper.authors.length, row.ref.id).toBeGreaterThan(0);
      expect(paper.categories?.length).toBeGreaterThan(0);
    }
    const abstracts = html.match(/<p class='mathjax'>\s*[^\s<]/g)?.length ?? 0;
    expect(rows.filter((row) => row.read().abstract.length > 50).length).toBe(abstracts);
  });

  it('search results: a row for each paper', () => {
    const html = readFileSync(`${folder}/other/search-results.fragment.html`, 'utf8');
    const ids = [
      ...html.matchAll(/list-title is-inline-block"><a href="https:\/\/arxiv.org\/abs\/([^"]+)"/g),
    ];
    expect(ids.length).toBeGreaterThan(3);
    const rows = rowsOf(parse(html), found);
    expect(rows.map(({ ref }) => (ref.version ? `${ref.id}v${ref.version}` : ref.id))).toEqual(
      ids.map(([, id]) => id),
    );
    for (const row of rows) {
      const paper = row.read();
      expect(paper.title).toMatch(/^\S.*\S$/);
      expect(paper.abstract.length).toBeGreaterThan(100);
      expect(paper.abstract).not.toMatch(/Less$/);
      expect(paper.categories?.length).toBeGreaterThan(0);
    }
  });

  it('no other page of arXiv has rows', () => {
    for (const group of ['abs', 'other']) {
      for (const file of readdirSync(`${folder}/${group}`)) {
        if (file.startsWith('search-results')) continue;
        const document = parse(readFileSync(`${folder}/${group}/${file}`, 'utf8'));
        expect(rowsOf(document, recent), file).toEqual([]);
      }
    }
  });

  it("a day's papers at Hugging Face: a row for each", () => {
    const html = readFileSync(`${recordings}/hf/pages/papers-2024-08-01.captured.html`, 'utf8');
    const props = JSON.parse(
      readFileSync(`${recordings}/hf/pages/papers-2024-08-01.props.json`, 'utf8'),
    ) as { dailyPapers: { title: string; paper: { id: string } }[] };
    const rows = rowsOf(parse(html), listOf('https://huggingface.co/papers?date=2024-08-01'));
    expect(rows.map(({ ref }) => ref.id)).toEqual(props.dailyPapers.map(({ paper }) => paper.id));
    expect(rows.map((row) => row.read().title)).toEqual(
      props.dailyPapers.map(({ title }) => title),
    );
    for (const { place, row } of rows) expect(row.contains(place.element)).toBe(true);
  });
});
