// The abstract in our own pages: the paper's highlights are painted over it, and only they.
// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import type { PageHighlight } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { Abstract } from '../../src/views/abstract';
import { annotation, fakeLibrary, rest, show } from './ui-world';

const id = '2608.00001' as PaperId;
const text =
  'The first made-up sentence speaks of small kites. The second one has a formula $\\alpha_2$ in its middle. The last one ends.';

beforeEach(() => {
  vi.stubGlobal(
    'Highlight',
    class extends Set<Range> {
      priority = 0;
    },
  );
  vi.stubGlobal('CSS', { highlights: new Map<string, Set<Range>>() });
});

/** The words that are painted in each colour. */
const painted = () =>
  Object.fromEntries(
    [...CSS.highlights].map(([name, ranges]) => [
      name.replace('paper-margin-', ''),
      [...(ranges as unknown as Set<Range>)].join('|'),
    ]),
  );

/** As made on another page of the paper, with other words around it. */
function made(exact: string, more: Partial<PageHighlight> = {}): PageHighlight {
  const [before = '', after = ''] = text.split(exact.split(' ')[0] ?? '');
  const quote = { exact, prefix: `Abstract: ${before}`.slice(-60), suffix: after.slice(0, 60) };
  return annotation(id, 1, { quote, ...more });
}

async function abstract(all: () => PageHighlight[], highlighted = true) {
  const world = fakeLibrary({ highlights: async () => all() });
  const { library, notices } = world;
  await show(<Abstract {...{ id, text, highlighted, library, notices }} />);
  return world;
}

const settled = (what: object) =>
  vi.waitFor(async () => {
    await rest();
    expect(painted()).toEqual(what);
  });

it('shows what was highlighted on other pages, and nothing that it does not have', async () => {
  await abstract(() => [
    made('The first made-up sentence speaks of small kites.'),
    made('A sentence of the full text that no abstract of this paper has.', { colour: 'pink' }),
  ]);
  await settled({ yellow: 'The first made-up sentence speaks of small kites.' });
  expect(document.body.textContent).toBe(text);
  expect(document.querySelector('mark')).toBeNull();
});

it('knows a passage by its formula drawn, not written', async () => {
  const quote = {
    exact: 'second one has a formula α2 in its middle',
    prefix: 'sentence speaks of small kites. The ',
    suffix: '. The last one ends.',
  };
  await abstract(() => [annotation(id, 1, { quote, colour: 'green' })]);
  await settled({ green: 'second one has a formula $\\alpha_2$ in its middle' });
});

it('follows a highlight that changes, and asks for those of this paper only', async () => {
  let all = [made('The first made-up sentence speaks of small kites.')];
  const world = await abstract(() => all);
  await settled({ yellow: 'The first made-up sentence speaks of small kites.' });
  all = all.map((one) => ({ ...one, colour: 'blue' }));
  await world.tell({ papers: [id], highlights: ['2608.00002' as PaperId] });
  expect(world.library.highlights).toHaveBeenCalledTimes(1);
  await world.tell({ papers: [id], highlights: [id] });
  await settled({ blue: 'The first made-up sentence speaks of small kites.' });
});

it('takes the paint along when it goes', async () => {
  await abstract(() => [made('The first made-up sentence speaks of small kites.')]);
  await settled({ yellow: 'The first made-up sentence speaks of small kites.' });
  await show(<p>Something else</p>);
  await settled({});
});

it('asks for nothing where the paper has no highlights', async () => {
  const world = await abstract(() => [], false);
  await rest();
  expect(world.library.highlights).not.toHaveBeenCalled();
  expect(document.body.textContent).toBe(text);
});
