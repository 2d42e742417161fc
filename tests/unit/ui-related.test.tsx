// The related papers of the library: in the frame of a paper page, and in the side panel.
// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Related } from '../../src/library/api';
import type { PaperId } from '../../src/paper';
import { SidePaper } from '../../src/ui/side-panel';
import { LibraryPage } from '../../src/views/library';
import { RelatedFrame } from '../../src/views/related-frame';
import { fakeFiles, fakeLibrary, keptRow, press, rest, show } from './ui-world';

const id = '2608.00001' as PaperId;
const papers: Related[] = [
  { id: '2607.00001' as PaperId, title: 'A <b>Title</b>', note: 'The first line, <i>typed</i>.' },
  { id: 'hep-th/9901001' as PaperId, title: '', note: '' },
];

const address = (hash: string) => ({ hash, search: '' }) as Location;
const state = () => document.documentElement.dataset.state;

async function open(verbs: Parameters<typeof fakeLibrary>[0], hash = `#${id}`) {
  const world = fakeLibrary(verbs);
  const { library, notices } = world;
  await show(<RelatedFrame address={address(hash)} library={library} notices={notices} />);
  return world;
}

const titles = () => [...document.querySelectorAll('a')].map(({ textContent }) => textContent);

afterEach(() => vi.restoreAllMocks());

describe('the frame of related papers', () => {
  it('lists titles that lead to arXiv, and what the person wrote, all of it as text', async () => {
    const { library } = await open({ related: async () => papers });
    expect(library.related).toHaveBeenCalledWith(id);
    expect(titles()).toEqual(['A <b>Title</b>', 'arXiv:hep-th/9901001']);
    expect([...document.querySelectorAll('a')].map(({ href }) => href)).toEqual([
      'https://arxiv.org/abs/2607.00001',
      'https://arxiv.org/abs/hep-th/9901001',
    ]);
    expect([...document.querySelectorAll('.first')].map(({ textContent }) => textContent)).toEqual([
      'The first line, <i>typed</i>.',
    ]);
    expect(state()).toBe('ready');
  });

  it('says so where there are none any more', async () => {
    await open({ related: async () => [] });
    expect(document.body.textContent).toContain('Nothing in your library is near this paper now.');
  });

  it('says what failed, and tries again', async () => {
    let works = false;
    await open({
      related: async () => {
        if (!works) throw new Error('The storage is full.');
        return papers;
      },
    });
    expect(state()).toBe('error');
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('The storage is full.');
    works = true;
    await press('Try again');
    expect(titles()).toHaveLength(2);
    expect(state()).toBe('ready');
  });

  it('follows what changes in the library, but not the note of its own paper', async () => {
    let now = papers;
    const { library, tell } = await open({ related: async () => now });
    await tell({ papers: [id] });
    expect(library.related).toHaveBeenCalledTimes(1);
    now = papers.slice(0, 1);
    await tell({ papers: ['hep-th/9901001' as PaperId] });
    expect(titles()).toHaveLength(1);
  });

  it('asks nothing for an address that names no paper', async () => {
    const { library } = await open({ related: async () => papers }, '#nothing');
    expect(library.related).not.toHaveBeenCalled();
    expect(document.body.textContent).toContain('This address names no paper.');
  });

  it('tells the page around it of Escape, and of nothing else', async () => {
    await open({ related: async () => papers });
    const parent = { postMessage: vi.fn() };
    vi.spyOn(window, 'parent', 'get').mockReturnValue(parent as unknown as typeof window.parent);
    const key = (key: string) =>
      rest(
        () =>
          void document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
      );
    await key('a');
    expect(parent.postMessage).not.toHaveBeenCalled();
    await key('Escape');
    expect(parent.postMessage.mock.calls).toEqual([['paper-margin-close', '*']]);
  });
});

describe('the side panel', () => {
  const draw = (related: Related[]) =>
    show(
      <SidePaper
        paper={{ id }}
        view={undefined}
        title="A Title"
        fullText={false}
        artefacts={[]}
        related={related}
        asking={false}
        now={0}
        on={{ save() {}, reading() {}, download() {}, lookUp() {} }}
      />,
    );

  it('has a section of what is near in the library', async () => {
    await draw(papers);
    const section = document.querySelector('section.near') as Element;
    expect(section.querySelector('h2')?.textContent).toBe('Near in your library');
    expect(section.querySelectorAll('li')).toHaveLength(2);
  });

  it('has none where there is nothing', async () => {
    await draw([]);
    expect(document.body.textContent).not.toContain('Near in your library');
  });
});

describe('the library', () => {
  it('shows what is near a paper among its details, and asks for nothing before', async () => {
    const rows = [keptRow(id)];
    const { library, notices } = fakeLibrary({
      kept: async () => ({ total: 1, kept: 1, rows }),
      related: async () => papers,
    });
    const { files } = fakeFiles();
    const drafts = { getItem: () => null, setItem() {}, removeItem() {} };
    await show(<LibraryPage {...{ library, files, notices, drafts }} />);
    expect(library.related).not.toHaveBeenCalled();
    await press('Note');
    expect(library.related).toHaveBeenCalledWith(id);
    expect(document.querySelector('.near h3')?.textContent).toBe('Near in your library');
    expect(document.querySelectorAll('.near li')).toHaveLength(2);
    await press('Close details');
    expect(document.querySelector('.near')).toBeNull();
  });
});
