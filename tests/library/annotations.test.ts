// Highlights in files: our own, W3C annotations, exports of Hypothesis, Markdown; and files that are not what they should be.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewHighlight } from '../../src/library/api';
import { dayLength, highlight, id, minute, opened, paper, start } from './opened';

const one = id('2608.00001');
const old = id('hep-th/9901001');

type World = ReturnType<typeof opened>;

/** One annotation as Hypothesis sends it. */
function hypothesis(more: object = {}, quote: object | null = {}) {
  return {
    id: 'AbCdEfGhIjKlMnOpQrStUv',
    created: '2024-05-01T10:00:00.000000+00:00',
    updated: '2024-05-02T10:00:00.000000+00:00',
    user: 'acct:reader@hypothes.is',
    uri: 'https://arxiv.org/abs/2608.00001v3',
    text: 'A remark.',
    tags: [],
    group: '__world__',
    target: [
      {
        source: 'https://arxiv.org/abs/2608.00001v3',
        ...(quote && {
          selector: [
            {
              type: 'RangeSelector',
              startContainer: '/div[1]',
              endContainer: '/div[1]',
              startOffset: 4,
              endOffset: 14,
            },
            { type: 'TextPositionSelector', start: 104, end: 114 },
            {
              type: 'TextQuoteSelector',
              exact: 'Some words',
              prefix: 'a ',
              suffix: ' b',
              ...quote,
            },
          ],
        }),
      },
    ],
    document: { title: ['[2608.00001] A title'] },
    ...more,
  };
}

const exported = (annotations: unknown[]) =>
  JSON.stringify({
    export_date: '2024-06-01T00:00:00.000Z',
    export_userid: 'acct:reader@hypothes.is',
    client_version: '1.1500.0',
    annotations,
  });

/** One W3C annotation. */
function annotation(more: object = {}) {
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: 'https://example.org/anno/1',
    type: 'Annotation',
    created: '2024-05-01T10:00:00Z',
    body: { type: 'TextualBody', value: 'A remark.', purpose: 'commenting' },
    target: {
      source: 'https://arxiv.org/html/2608.00001v2',
      selector: { type: 'TextQuoteSelector', exact: 'Some words' },
    },
    ...more,
  };
}

/** What an export of ours must carry. */
async function kept({ library }: World) {
  const all = await Promise.all([one, old].map((which) => library.annotations(which)));
  return all.flat().map(({ updatedAt: _, ...rest }) => rest);
}

describe('W3C annotations', () => {
  const places: Pick<NewHighlight, 'site' | 'kind'>[] = [
    { site: 'arxiv', kind: 'abs' },
    { site: 'arxiv', kind: 'html' },
    { site: 'arxiv', kind: 'pdf' },
    { site: 'huggingface', kind: 'abs' },
  ];
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });

  test('an own export into an empty library gives the same highlights, and a second time nothing', async () => {
    const made = fc.record({
      exact: text.filter((words) => words.trim() !== ''),
      prefix: text,
      suffix: text,
      comment: text,
      colour: fc.constantFrom(
        'yellow' as const,
        'green' as const,
        'blue' as const,
        'pink' as const,
      ),
      version: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      place: fc.constantFrom(...places),
      position: fc.option(fc.constant({ start: 3, end: 9 }), { nil: undefined }),
      old: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 6 }), async (all) => {
        const from = opened();
        for (const { exact, prefix, suffix, comment, colour, version, position, ...rest } of all) {
          // Hugging Face has no pages of papers with ids of the old style.
          const which = rest.old && rest.place.site === 'arxiv' ? old : one;
          from.clock.now += 1;
          const { highlight: added } = await from.library.addHighlight(paper(which), {
            id: highlight().id,
            quote: { exact, prefix, suffix },
            colour,
            ...rest.place,
            ...(version && { version }),
            ...(position && { position }),
          });
          from.clock.now += minute;
          await from.library.comment({ id: added.id, text: comment, base: '' });
        }
        const file = await from.library.exportAnnotations();
        const to = opened(undefined, { at: start + dayLength });
        await to.library.importJson(file);
        expect(await kept(to)).toEqual(await kept(from));
        // The time of the export stands in the file.
        const frozen = () => {
          to.clock.now = start + 2 * dayLength;
          return to.library.exportJson();
        };
        const [before, counts] = [await frozen(), await to.library.importJson(file)];
        expect(counts).toMatchObject({ added: 0, changed: 0, refused: [] });
        expect(await frozen()).toBe(before);
        // In the library they came from they change nothing either.
        expect(await from.library.importJson(file)).toMatchObject({ added: 0, changed: 0 });
      }),
      { numRuns: 25 },
    );
  });

  test('the file is a collection by the model: one page of annotations with target, selectors and bodies', async () => {
    const { library } = opened();
    const made = highlight('Some words', { colour: 'pink', site: 'huggingface', version: 3 });
    await library.addHighlight(paper(one), made);
    await library.comment({ id: made.id, text: 'Why?', base: '' });
    const removed = highlight();
    await library.addHighlight(paper(one), removed);
    await library.removeHighlight(removed.id);
    expect(JSON.parse(await library.exportAnnotations())).toMatchObject({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: expect.stringMatching(/^urn:uuid:/),
      type: 'AnnotationCollection',
      total: 1,
      first: {
        type: 'AnnotationPage',
        startIndex: 0,
        items: [
          {
            id: `urn:uuid:${made.id}`,
            type: 'Annotation',
            motivation: 'commenting',
            created: '2026-08-19T10:00:00.000Z',
            stylesheet: { type: 'CssStylesheet', value: expect.stringContaining('.pink') },
            body: { type: 'TextualBody', value: 'Why?', purpose: 'commenting' },
            target: {
              source: 'https://huggingface.co/papers/2608.00001',
              scope: 'https://arxiv.org/abs/2608.00001v3',
              styleClass: 'pink',
              selector: [
                { type: 'TextQuoteSelector', ...made.quote },
                { type: 'TextPositionSelector', ...made.position },
              ],
            },
          },
        ],
      },
    });
  });

  test.each([
    ['one annotation', annotation()],
    ['an array of them', [annotation()]],
    ['a page', { type: 'AnnotationPage', items: [annotation()] }],
    [
      'several bodies, targets and selectors',
      annotation({
        body: [
          { type: 'TextualBody', value: 'A remark.' },
          { type: 'TextualBody', value: 'green', purpose: 'tagging' },
        ],
        target: [
          'https://example.org/other',
          {
            source: { id: 'https://arxiv.org/html/2608.00001v2' },
            selector: [
              {
                type: 'FragmentSelector',
                value: 'S1',
                refinedBy: { type: 'TextQuoteSelector', exact: 'Some words' },
              },
            ],
          },
        ],
      }),
    ],
    ['a bare value as body', annotation({ body: undefined, bodyValue: 'A remark.' })],
  ])('%s of another program is read', async (_, file) => {
    const world = opened();
    expect(await world.library.importJson(JSON.stringify(file))).toEqual({
      added: 1,
      changed: 0,
      same: 0,
      highlights: { added: 1, changed: 0, same: 0 },
      refused: [],
    });
    expect(await kept(world)).toMatchObject([
      {
        paper: one,
        version: 2,
        site: 'arxiv',
        kind: 'html',
        quote: { exact: 'Some words', prefix: '', suffix: '' },
        comment: 'A remark.',
        createdAt: Date.parse('2024-05-01T10:00:00Z'),
      },
    ]);
  });

  test('a collection that is only named is refused with what to do', async () => {
    const { library } = opened();
    const file = { type: 'AnnotationCollection', total: 3, first: 'https://example.org/page1' };
    await expect(library.importJson(JSON.stringify(file))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/does not hold them\. Export it with/),
    });
  });
});

describe('an export of Hypothesis', () => {
  test.each([
    ['of its client', exported([hypothesis()])],
    ['of its API', JSON.stringify({ total: 1, rows: [hypothesis()] })],
    ['as a bare list', JSON.stringify([hypothesis()])],
  ])('%s becomes highlights of papers, once', async (_, file) => {
    const world = opened();
    expect(await world.library.importJson(file)).toMatchObject({
      added: 1,
      highlights: { added: 1 },
      refused: [],
    });
    const all = await kept(world);
    expect(all).toEqual([
      {
        id: expect.stringMatching(
          /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
        ),
        paper: one,
        version: 3,
        site: 'arxiv',
        kind: 'abs',
        quote: { exact: 'Some words', prefix: 'a ', suffix: ' b' },
        position: { start: 104, end: 114 },
        colour: 'yellow',
        createdAt: Date.parse('2024-05-01T10:00:00Z'),
        commented: true,
        comment: 'A remark.',
      },
    ]);
    expect((await world.library.look([one]))[0]).toMatchObject({ saved: true, highlights: 1 });
    world.clock.now += minute;
    expect(await world.library.importJson(file)).toMatchObject({
      added: 0,
      changed: 0,
      same: 1,
    });
    expect(await kept(world)).toEqual(all);
  });

  test.each([
    ['https://arxiv.org/abs/2608.00001', 'arxiv', 'abs', undefined],
    ['http://arxiv.org/abs/2608.00001v2', 'arxiv', 'abs', 2],
    ['https://www.arxiv.org/pdf/2608.00001v1.pdf', 'arxiv', 'pdf', 1],
    ['https://export.arxiv.org/abs/2608.00001v1', 'arxiv', 'abs', 1],
    ['https://arxiv.org/html/2608.00001v4#S1', 'arxiv', 'html', 4],
    ['https://huggingface.co/papers/2608.00001', 'huggingface', 'abs', undefined],
  ])('%s is the paper', async (uri, site, kind, version) => {
    const world = opened();
    await world.library.importJson(exported([hypothesis({ uri })]));
    const [found] = await kept(world);
    expect(found).toMatchObject({ paper: one, site, kind });
    expect(found?.version).toBe(version);
  });

  test('what is of no paper, what has no quote and what cannot be read is told, the rest is taken', async () => {
    const world = opened();
    const file = exported([
      hypothesis({ uri: 'https://example.org/post', id: 'a', target: [] }),
      hypothesis({ id: 'b' }, null),
      hypothesis({ id: 'c', references: ['b'] }),
      'x',
      hypothesis({ id: 'd' }, { exact: 'x'.repeat(50_000) }),
      { id: 'e', text: 'nowhere' },
      hypothesis({ id: 'f' }),
    ]);
    expect(await world.library.importJson(file)).toEqual({
      added: 1,
      changed: 0,
      same: 0,
      highlights: { added: 1, changed: 0, same: 0 },
      elsewhere: 1,
      unquoted: 2,
      refused: [
        { at: 4, why: 'it is not a record' },
        { at: 5, why: 'its quote is longer than 10,000 characters' },
        { at: 6, why: 'its field "uri" is missing or wrong' },
      ],
    });
  });

  test('a tag that names a colour is the colour; the other tags stand in the comment', async () => {
    const world = opened();
    await world.library.importJson(exported([hypothesis({ tags: ['method', 'blue', 'todo'] })]));
    expect(await kept(world)).toMatchObject([
      { colour: 'blue', comment: 'A remark.\n\nTags: method, todo' },
    ]);
  });

  test('a paper that was taken off stays off, and a highlight that was removed stays removed', async () => {
    const { library } = opened();
    await library.importJson(exported([hypothesis()]));
    const [mark] = await library.highlights(one);
    await library.removeHighlight(mark?.id ?? '');
    await library.unsave(one);
    await library.importJson(exported([hypothesis()]));
    expect((await library.look([one]))[0]).toMatchObject({ saved: false });
    expect(await library.highlights(one)).toEqual([]);
  });
});

describe('our own file', () => {
  const file = (...highlights: unknown[]) =>
    JSON.stringify({
      format: 'paper-margin',
      version: 2,
      papers: [{ id: one, saved: true, keptAt: 5, highlights }],
    });
  const record = (more: object = {}) => ({
    ...highlight('Some words', { id: '00000000-0000-4000-8000-aaaaaaaaaaaa' }),
    createdAt: start,
    ...more,
  });

  test('a removed highlight leaves it without its words', async () => {
    const { library } = opened();
    const made = highlight('Secret words');
    await library.addHighlight(paper(one), made);
    await library.removeHighlight(made.id);
    const text = await library.exportJson();
    expect(text).toContain(made.id);
    expect(text).not.toMatch(/Secret|stands/);
  });

  test('the newer colour and the newer removal win', async () => {
    const { library } = opened(undefined, { at: start + 9 });
    await library.importJson(file(record({ colourChangedAt: start })));
    await library.importJson(file(record({ colour: 'pink', colourChangedAt: start + 2 })));
    await library.importJson(file(record({ colour: 'blue', colourChangedAt: start + 1 })));
    expect(await library.highlights(one)).toMatchObject([{ colour: 'pink' }]);
    await library.importJson(file(record({ deleted: true, deletedChangedAt: start + 3 })));
    await library.importJson(file(record({ deleted: false, deletedChangedAt: start + 2 })));
    expect(await library.highlights(one)).toEqual([]);
    await library.importJson(file(record({ deleted: false, deletedChangedAt: start + 4 })));
    expect(await library.highlights(one)).toMatchObject([{ colour: 'pink' }]);
  });

  test('a tombstone that lives again takes its words from the other side', async () => {
    const { library } = opened(undefined, { at: start + 9 });
    await library.importJson(
      file(record({ quote: undefined, deleted: true, deletedChangedAt: start })),
    );
    expect((await library.look([one]))[0]).not.toHaveProperty('highlights');
    await library.importJson(file(record({ deleted: false, deletedChangedAt: start + 1 })));
    expect(await library.highlights(one)).toMatchObject([{ quote: { exact: 'Some words' } }]);
  });

  test('two comments of one highlight are both kept', async () => {
    const { library } = opened();
    await library.importJson(file(record({ comment: 'mine', commentChangedAt: start })));
    await library.importJson(file(record({ comment: 'theirs', commentChangedAt: start + 1 })));
    expect(await library.annotations(one)).toMatchObject([{ comment: 'mine\n\ntheirs' }]);
  });

  test('bad highlights are named with record and place, the rest of the record is taken', async () => {
    const { library } = opened();
    const bad = [
      record({ id: 'x' }),
      record({ quote: { exact: ' ', prefix: '', suffix: '' } }),
      record({ quote: { exact: 'x'.repeat(10_001), prefix: '', suffix: '' } }),
      record({ quote: undefined }),
      record({ colour: 'ultraviolet' }),
      7,
      record({ version: 'two', position: { start: -1, end: 0 } }),
    ];
    const report = await library.importJson(file(...bad));
    expect(report).toMatchObject({ added: 1, highlights: { added: 1 } });
    expect(report.refused).toEqual([
      { at: 1, why: 'highlight 1 in it: its field "id" is missing or wrong' },
      { at: 1, why: 'highlight 2 in it: its quote has no words' },
      { at: 1, why: 'highlight 3 in it: its quote is longer than 10,000 characters' },
      { at: 1, why: 'highlight 4 in it: its field "quote" is missing or wrong' },
      { at: 1, why: 'highlight 5 in it: its field "colour" is missing or wrong' },
      { at: 1, why: 'highlight 6 in it: it is not a record' },
    ]);
    const [taken] = await library.highlights(one);
    expect(taken).not.toHaveProperty('version');
    expect(taken).not.toHaveProperty('position');
  });

  test('an id that belongs to a highlight of another paper is refused, and that one stays', async () => {
    const { library } = opened();
    await library.addHighlight(paper(old), highlight('Mine', { id: record().id }));
    const report = await library.importJson(file(record()));
    expect(report.refused).toEqual([
      { at: 1, why: 'a highlight in it has the id of a highlight of another paper' },
    ]);
    expect(await library.highlights(one)).toEqual([]);
    expect(await library.highlights(old)).toMatchObject([{ quote: { exact: 'Mine' } }]);
  });

  test('a file of the first version is read as before', async () => {
    const { library } = opened();
    const text = file().replace('"version":2', '"version":1').replace(',"highlights":[]', '');
    expect(await library.importJson(text)).toEqual({ added: 1, changed: 0, same: 0, refused: [] });
  });
});

describe('a file of others', () => {
  test.each([
    ['{"annotations": 5}', /list of annotations is missing/],
    ['{"export_date":"x"}', /not an export of Paper Margin, and of no other format/],
    [exported([hypothesis()]).slice(0, -40), /not JSON/],
  ])('that is none is refused with a sentence: %j', async (text, why) => {
    const { library } = opened();
    await expect(library.importJson(text)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(why),
    });
  });

  test('may say anything: it is read, refused or told, and names of JavaScript are harmless', async () => {
    const { library } = opened();
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '__proto__',
        'constructor',
        '<img src=x onerror=alert(1)>',
        'https://arxiv.org/abs/2608.00001',
      ),
    );
    const things = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }), fc.constant({ __proto__: 1 }));
    const one = fc.record(
      {
        id: things,
        type: fc.constantFrom('Annotation', 7),
        uri: word,
        text: things,
        tags: things,
        created: things,
        references: things,
        body: things,
        target: fc.oneof(
          things,
          fc.array(
            fc.record({
              source: word,
              selector: fc.oneof(
                things,
                fc.array(
                  fc.record({
                    type: fc.constant('TextQuoteSelector'),
                    exact: word,
                    prefix: things,
                  }),
                ),
              ),
            }),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 5 }), fc.boolean(), async (all, w3c) => {
        const file = w3c ? { type: 'AnnotationPage', items: all } : { annotations: all };
        const text = JSON.stringify(file);
        const first = await library.importJson(text);
        const { elsewhere = 0, unquoted = 0, highlights, refused } = first;
        const taken =
          (highlights?.added ?? 0) + (highlights?.changed ?? 0) + (highlights?.same ?? 0);
        expect(elsewhere + unquoted + refused.length + taken).toBeLessThanOrEqual(all.length);
        expect(await library.importJson(text)).toMatchObject({ added: 0, changed: 0 });
      }),
      { numRuns: 60 },
    );
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe('Markdown', () => {
  test('has title, authors, year, link, tags and note of each paper, then its highlights with their comments', async () => {
    const { library, clock } = opened();
    const first = highlight('One line\nand another');
    await library.addHighlight(paper(one, { version: 2 }), first);
    clock.now += 1;
    await library.addHighlight(paper(one), highlight('Loss $x_i < y$ of a_b'));
    await library.comment({ id: first.id, text: '**Why** so?', base: '' });
    await library.writeNote({
      id: one,
      text: 'My *note*.',
      base: { revision: 0, text: '' },
      editor: 'a',
    });
    clock.now += 1;
    await library.save({ ...paper(old), title: '', authors: [] });
    await library.tagPapers([one], { add: ['to read', 'a_b'] });
    const text = await library.exportMarkdown([one, old]);
    expect(text).toBe(
      [
        '# Title of 2608.00001',
        'First Author, Second Author (2026)',
        '[arXiv:2608.00001v2](https://arxiv.org/abs/2608.00001v2)',
        'Tags: a\\_b, to read',
        'My *note*.',
        '> One line\n> and another',
        '**Why** so?',
        '> Loss $x_i \\lt  y$ of a\\_b\n',
        '# arXiv:hep-th/9901001',
        '1999',
        '[arXiv:hep-th/9901001](https://arxiv.org/abs/hep-th/9901001)\n',
      ]
        .join('\n\n')
        .replace('a\\_b\n\n\n#', 'a\\_b\n\n#'),
    );
    expect((await library.exportMarkdown()).match(/^# .*/gm)).toEqual([
      '# arXiv:hep-th/9901001',
      '# Title of 2608.00001',
    ]);
  });

  test('what pages said is text there, never markup', async () => {
    const { library } = opened();
    const hostile =
      '<script>x</script> ![p](https://example.org/p) `c` $[a](b)<i>$\n# h\n- i\n1. k';
    await library.addHighlight(paper(one, { title: '# <b>[t](u)' }), highlight(hostile));
    const text = await library.exportMarkdown([one]);
    expect(text).not.toMatch(/<|[^\\]\[(?!arXiv)/);
    expect(text).toContain('# \\# &lt;b>\\[t\\](u)');
    expect(text).toContain('> \\# h\n> \\- i\n> 1\\. k');
  });
});
