// Topics on a page: the list, the editor with its preview, the way back, and the permission to notify.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Topic, TopicPreview } from '../../src/library/api';
import { parseQuery, topicFields } from '../../src/query/language';
import { matcher } from '../../src/query/matches';
import { suggestedTopics } from '../../src/views/suggested-topics';
import { Topics } from '../../src/views/topics';
import { fakeLibrary, listed, named, press, rest, show, type } from './ui-world';

const browser = vi.hoisted(() => ({
  permissions: {
    request: vi.fn(),
    contains: vi.fn(),
    onAdded: { addListener: vi.fn(), removeListener: vi.fn() },
    onRemoved: { addListener: vi.fn(), removeListener: vi.fn() },
  },
}));
vi.mock('wxt/browser', () => ({ browser }));

const one: Topic = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'llama',
  query: 'llama',
  notice: { when: 'never' },
  createdAt: 1,
};
const two: Topic = {
  ...one,
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Kites',
  query: 'kite OR kites',
  notice: { when: 'daily', hour: 9 },
};

const page = () => document.querySelector('.topics') as HTMLElement;
const rows = () => [...page().querySelectorAll<HTMLElement>('[data-topic]')];
const fields = () => [...page().querySelectorAll<HTMLInputElement>('input[type=text]')];
const query = () => fields()[0] as HTMLInputElement;
const name = () => fields()[1] as HTMLInputElement;
const said = vi.fn<(said: { text: string; undo?: () => void }) => void>();

const found = (total: number, ...titles: string[]): TopicPreview => ({
  total,
  papers: titles.map((title, n) => {
    const paper = listed(`2608.0000${n}`);
    return { ...paper, paper: { ...paper.paper, title } };
  }),
});

/** A library that keeps topics, and the page on it. */
async function topics(stored: Topic[] = [], verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  let all = [...stored];
  const gone: Topic[] = [];
  const world = fakeLibrary({
    topics: async () => all,
    putTopic: async (topic) => {
      all = [...all.filter(({ id }) => id !== topic.id), topic];
      return all;
    },
    removeTopic: async (id) => {
      gone.push(...all.filter((topic) => topic.id === id));
      all = all.filter((topic) => topic.id !== id);
      return all;
    },
    restoreTopic: async (id) => {
      all = [...all, ...gone.filter((topic) => topic.id === id)];
      return all;
    },
    previewTopic: async () => found(3, 'A llama'),
    ...verbs,
  });
  const closed = vi.fn();
  await show(
    <Topics library={world.library} notices={world.notices} say={said} onClose={closed} />,
  );
  return { ...world, closed };
}

/** Chooses a way of notification by the words of its label. */
async function choose(words: string) {
  const label = [...page().querySelectorAll('fieldset label')].find(({ textContent }) =>
    textContent?.startsWith(words),
  );
  await rest(() => label?.querySelector('input')?.click());
}

beforeEach(() => {
  said.mockReset();
  browser.permissions.request.mockReset().mockResolvedValue(true);
  browser.permissions.contains.mockReset().mockResolvedValue(true);
});

describe('the list', () => {
  it('says of each topic what it finds and when it notifies', async () => {
    const { closed } = await topics([one, two]);
    await vi.waitFor(() => expect(page().textContent).toContain('in 30 days'));
    expect(rows().map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^llama3 papers in 30 daysEdit/),
      expect.stringMatching(/^Kiteskite OR kites3 papers in 30 days · Notifies at 09:00Edit/),
    ]);
    await press('Close topics');
    expect(closed).toHaveBeenCalledOnce();
  });

  it('counts again when lists were fetched, and shows what another page changed', async () => {
    let total = 1;
    let all = [one];
    const { tell } = await topics([], {
      topics: async () => all,
      previewTopic: async () => found(total),
    });
    total = 1_234;
    await tell({ periods: ['2026-08-19'] });
    expect(rows()[0]?.textContent).toContain('1,234 papers');
    all = [one, two];
    await tell({ digest: true });
    expect(rows()).toHaveLength(2);
  });

  it('begins with suggestions, and one click adds one', async () => {
    const { library } = await topics();
    await press('Robotics');
    expect(library.putTopic).toHaveBeenCalledExactlyOnceWith({
      id: suggestedTopics.find(({ name }) => name === 'Robotics')?.id,
      name: 'Robotics',
      query: 'robot*',
      notice: { when: 'never' },
      createdAt: expect.any(Number),
    });
    expect(rows()).toHaveLength(1);
    expect(page().querySelector('[aria-label=Suggestions]')).toBeNull();
    expect(browser.permissions.request).not.toHaveBeenCalled();
  });

  it.each(suggestedTopics)('suggests what finds its own name: $name', ({ name, query }) => {
    const parsed = parseQuery(query, topicFields);
    if ('problem' in parsed) throw new Error(parsed.problem.says);
    const { paper } = listed('2608.00001');
    const finds = matcher(parsed.query);
    expect(finds({ ...paper, title: `A paper on ${name}` })).toBe(true);
    expect(finds({ ...paper, title: 'A paper on kites' })).toBe(false);
  });

  it('takes a removal back, and keeps the focus on the page', async () => {
    const { library } = await topics([one, two]);
    await press('Remove llama');
    expect(rows()).toHaveLength(1);
    expect(document.activeElement?.textContent).toBe('Add a topic');
    const last = said.mock.lastCall?.[0];
    expect(last?.text).toBe('Removed “llama”.');
    await rest(() => last?.undo?.());
    expect(library.restoreTopic).toHaveBeenCalledExactlyOnceWith(one.id);
    expect(rows()).toHaveLength(2);
  });

  it('says why topics could not be read or stored', async () => {
    await topics([], { topics: () => Promise.reject(new Error('The storage is broken.')) });
    expect(said).toHaveBeenLastCalledWith({ text: 'The storage is broken.' });
    await topics([], { putTopic: () => Promise.reject(new Error('The storage is full.')) });
    await press('Diffusion');
    expect(said).toHaveBeenLastCalledWith({ text: 'The storage is full.' });
    expect(rows()).toHaveLength(0);
  });
});

describe('the editor', () => {
  it('previews what is typed, when the keys rest, and shows the newest answer', async () => {
    const { library } = await topics([], {
      previewTopic: async (text) =>
        text === 'llama' ? found(12, 'A <b>llama</b>', 'More') : found(0),
    });
    await press('Add a topic');
    expect(document.activeElement).toBe(query());
    await type(query(), 'lla');
    await type(query(), 'llama');
    const papers = () => page().querySelector('[aria-label="Papers that match"]');
    await vi.waitFor(() => expect(papers()?.textContent).toBe('A <b>llama</b>More'));
    expect(page().querySelector('[role=status]')?.textContent).toBe(
      '12 papers of the last 30 days',
    );
    expect(library.previewTopic).not.toHaveBeenCalledWith('lla');
    await type(query(), 'nothing');
    await vi.waitFor(() =>
      expect(page().querySelector('[role=status]')?.textContent).toMatch(/^No paper/),
    );
  });

  it('marks the place of a fault, says it to all, and stores nothing', async () => {
    const problem = { at: 6, length: 2, says: 'There is no word after this “OR”.' };
    const { library } = await topics([], {
      previewTopic: async () => ({ problem, total: 0, papers: [] }),
    });
    await press('Add a topic');
    await type(query(), 'llama OR');
    await vi.waitFor(() => expect(query().getAttribute('aria-invalid')).toBe('true'));
    expect(page().querySelector('mark')?.textContent).toBe('OR');
    const described = query().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain(problem.says);
    await press('Add topic');
    expect(library.putTopic).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(query());
    // What is typed next is not blamed for it.
    await type(query(), 'llama OR k');
    expect(query().getAttribute('aria-invalid')).toBe('false');
  });

  it('asks for a query where there is none', async () => {
    const { library } = await topics();
    await press('Add a topic');
    // It looks as it is, says why to who points at it, and can still be reached by keys.
    expect(named('Add topic').getAttribute('aria-disabled')).toBe('true');
    expect(named('Add topic').title).toBe('Write what the topic is to find.');
    await press('Add topic');
    expect(page().querySelector('.problem')?.textContent).toBe('Write what the topic is to find.');
    expect(library.putTopic).not.toHaveBeenCalled();
  });

  it('names a topic by its query, and a name that was given stays', async () => {
    const { library } = await topics();
    await press('Add a topic');
    await type(query(), ' llama ');
    await press('Add topic');
    expect(library.putTopic).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'llama', query: 'llama', notice: { when: 'never' } }),
    );
    expect(document.activeElement?.textContent).toBe('Edit llama');
    await press('Edit llama');
    await type(query(), 'llama OR alpaca');
    await type(name(), 'Llamas');
    await press('Save');
    await press('Edit Llamas');
    await type(query(), 'alpaca');
    await press('Save');
    const calls = vi.mocked(library.putTopic).mock.calls.map(([topic]) => topic);
    expect(calls.at(-1)).toMatchObject({ name: 'Llamas', query: 'alpaca' });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
  });

  it('lets a name that is the query follow the query', async () => {
    const { library } = await topics([one]);
    await press('Edit llama');
    await type(query(), 'alpaca');
    await press('Save');
    expect(library.putTopic).toHaveBeenCalledWith({ ...one, name: 'alpaca', query: 'alpaca' });
  });

  it('shows no answer that comes after a newer one', async () => {
    const answers = new Map<string, (preview: TopicPreview) => void>();
    await topics([], {
      previewTopic: (text) => new Promise((done) => void answers.set(text, done)),
    });
    await press('Add a topic');
    for (const text of ['old', 'new']) {
      await type(query(), text);
      await vi.waitFor(() => expect(answers.has(text)).toBe(true));
    }
    await rest(() => answers.get('new')?.(found(1, 'New')));
    await rest(() => answers.get('old')?.(found(1, 'Old')));
    expect(page().querySelector('.found ul')?.textContent).toBe('New');
  });

  it('goes away by Cancel, and by a removal elsewhere', async () => {
    const { library, tell } = await topics([one, two]);
    await press('Edit llama');
    await type(query(), 'other');
    await press('Cancel');
    expect(document.activeElement?.textContent).toBe('Edit llama');
    await press('Edit Kites');
    expect(name().value).toBe('Kites');
    await library.removeTopic(two.id);
    await tell({ digest: true });
    expect(named('Add a topic')).toBeTruthy();
    expect(library.putTopic).not.toHaveBeenCalled();
  });
});

describe('a notification', () => {
  it('is asked for in the click that stores the topic, and only when it is new to the browser', async () => {
    const { library } = await topics([one]);
    await press('Edit llama');
    await choose('When a paper');
    await type(page().querySelector('input[type=number]'), '75');
    expect(browser.permissions.request).not.toHaveBeenCalled();
    named('Save').click();
    expect(browser.permissions.request).toHaveBeenCalledExactlyOnceWith({
      permissions: ['notifications'],
    });
    expect(library.putTopic).toHaveBeenCalledExactlyOnceWith({
      ...one,
      notice: { when: 'upvotes', upvotes: 75 },
    });
    await rest();
    expect(said).not.toHaveBeenCalled();
  });

  it('has an hour, and the hour that was chosen comes back', async () => {
    const { library } = await topics([two]);
    await press('Edit Kites');
    const hour = page().querySelector('select') as HTMLSelectElement;
    expect(hour.value).toBe('9');
    hour.value = '18';
    await rest(() => hour.dispatchEvent(new Event('change', { bubbles: true })));
    await press('Save');
    expect(library.putTopic).toHaveBeenCalledWith({ ...two, notice: { when: 'daily', hour: 18 } });
  });

  it('that is refused is said; the topic is kept and offers it again', async () => {
    browser.permissions.request.mockResolvedValue(false);
    browser.permissions.contains.mockResolvedValue(false);
    await topics();
    await press('Add a topic');
    await type(query(), 'llama');
    await choose('Once a day');
    await press('Add topic');
    expect(said).toHaveBeenLastCalledWith({
      text: expect.stringContaining('does not let Paper Margin notify you'),
    });
    expect(rows()).toHaveLength(1);
    browser.permissions.request.mockClear();
    named('Allow').click();
    expect(browser.permissions.request).toHaveBeenCalledOnce();
  });
});
