// The welcome page: the one question, topics, and the way to the toolbar, in each browser.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Topic } from '../../src/library/api';
import { parseQuery, topicFields } from '../../src/query/language';
import { fakeLibrary, named, press, rest, settings, show, topic, type } from './ui-world';

const browser = vi.hoisted(() => ({
  permissions: { request: vi.fn(), remove: vi.fn() },
  action: {
    getUserSettings: vi.fn(),
    onUserSettingsChanged: { addListener: vi.fn(), removeListener: vi.fn() },
  },
}));
vi.mock('wxt/browser', () => ({ browser }));

const chosen = () => document.querySelector('.chosen')?.textContent ?? '';
const pressed = () =>
  [...document.querySelectorAll('.answer[aria-pressed=true]')].map(
    ({ textContent }) => textContent,
  );

/** The page as the build of this browser has it. */
async function welcome(firefox: boolean, verbs: Parameters<typeof fakeLibrary>[0] = {}) {
  vi.resetModules();
  vi.stubEnv('FIREFOX', firefox ? 'true' : '');
  const { Welcome } = await import('../../src/views/welcome');
  const { library } = fakeLibrary(verbs);
  await show(<Welcome library={library} />);
  return library;
}

beforeEach(() => {
  browser.permissions.request.mockReset().mockResolvedValue(true);
  browser.permissions.remove.mockReset().mockResolvedValue(true);
  browser.action.getUserSettings.mockReset().mockResolvedValue({ isOnToolbar: false });
  browser.action.onUserSettingsChanged.addListener.mockReset();
});

/** A library that keeps topics, as the real one does. */
function keeping(first: Topic[] = []): Parameters<typeof fakeLibrary>[0] {
  let topics = first;
  const turn = (id: string) => {
    topics = topics.filter((one) => one.id !== id);
    return topics;
  };
  return {
    topics: async () => topics,
    putTopic: async (topic) => {
      topics = [...turn(topic.id), topic];
      return topics;
    },
    removeTopic: async (id) => turn(id),
  };
}

const chips = (pressed: boolean) =>
  [...document.querySelectorAll(`.chip[aria-pressed=${pressed}]`)].map(
    ({ textContent }) => textContent,
  );
const said = () => document.querySelector('.outcome')?.textContent ?? '';
const field = () => document.querySelector<HTMLInputElement>('#own-topic');

describe('the question', () => {
  it('is open at first, and says what that means', async () => {
    await welcome(false);
    expect(pressed()).toEqual([]);
    expect(chosen()).toContain('Until you answer, papers are looked up only when you ask.');
  });

  it('shows the answer that was given before', async () => {
    await welcome(false, { settings: async () => settings({ choice: 'ask' }) });
    expect(pressed()).toEqual(['Only when I ask']);
  });

  it.each([
    ['Look up automatically', 'automatic', 'Papers are looked up automatically.'],
    ['Only when I ask', 'ask', 'Papers are looked up only when you ask.'],
  ] as const)(
    'answered by %s is stored, said, and can be changed',
    async (button, choice, sentence) => {
      const library = await welcome(false);
      await press(button);
      expect(library.choose).toHaveBeenCalledWith(choice);
      expect(chosen()).toContain(sentence);
      expect(chosen()).toContain('change this at any time');
      expect(document.querySelector('.chosen a')?.getAttribute('href')).toBe('popup.html');
      expect(browser.permissions.request).not.toHaveBeenCalled();
    },
  );

  it('says why the answer could not be stored', async () => {
    await welcome(false, { choose: () => Promise.reject(new Error('The storage is full.')) });
    await press('Only when I ask');
    expect(chosen()).toContain('The storage is full.');
    expect(pressed()).toEqual([]);
  });
});

describe('in Firefox', () => {
  it('Look up automatically asks the browser in the click itself', async () => {
    const library = await welcome(true);
    named('Look up automatically').click();
    expect(browser.permissions.request).toHaveBeenCalledWith({
      data_collection: ['browsingActivity'],
    });
    expect(library.choose).not.toHaveBeenCalled();
    await press('Look up automatically');
    expect(library.choose).toHaveBeenCalledWith('automatic');
  });

  it('a refusal counts as Only when I ask, and is said', async () => {
    browser.permissions.request.mockResolvedValue(false);
    const library = await welcome(true);
    await press('Look up automatically');
    expect(library.choose).toHaveBeenCalledWith('ask');
    expect(pressed()).toEqual(['Only when I ask']);
    expect(chosen()).toContain('You did not allow it when the browser asked.');
  });

  it('Only when I ask gives the permission back', async () => {
    await welcome(true);
    await press('Only when I ask');
    expect(browser.permissions.remove).toHaveBeenCalledWith({
      data_collection: ['browsingActivity'],
    });
  });
});

const offered = [
  'Large language models',
  'Diffusion',
  'Reinforcement learning',
  'Robotics',
  'Agents',
  'Multimodal',
];

describe('topics', () => {
  it('are offered, none of them picked, and may be skipped', async () => {
    const library = await welcome(false, keeping());
    expect(chips(false)).toEqual(offered);
    expect(document.body.textContent).toContain('or skip this');
    expect(library.putTopic).not.toHaveBeenCalled();
  });

  it('are followed at a press, without notifications, and dropped at a second one', async () => {
    const library = await welcome(false, keeping());
    await press('Robotics');
    expect(library.putTopic).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'Robotics', notice: { when: 'never' } }),
    );
    expect(chips(true)).toEqual(['Robotics']);
    expect(said()).toBe('You follow Robotics.');
    await press('Robotics');
    expect(library.removeTopic).toHaveBeenCalledTimes(1);
    expect(chips(true)).toEqual([]);
    expect(said()).toBe('You follow no topics now.');
  });

  it('have queries that can be read, and ids of their own that are the same each time', async () => {
    const library = await welcome(false, keeping());
    for (const name of offered) await press(name);
    const put = vi.mocked(library.putTopic).mock.calls.map(([topic]) => topic);
    for (const { query, id } of put) {
      expect(parseQuery(query, topicFields)).not.toHaveProperty('problem');
      expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    }
    const again = await welcome(false, keeping());
    for (const name of offered) await press(name);
    const ids = vi.mocked(again.putTopic).mock.calls.map(([topic]) => topic.id);
    expect(ids).toEqual(put.map(({ id }) => id));
    expect(new Set(ids).size).toBe(offered.length);
  });

  it('can be the person’s own words', async () => {
    const library = await welcome(false, keeping());
    await type(field(), '  protein folding ');
    await press('Follow');
    expect(library.putTopic).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'protein folding', query: 'protein folding' }),
    );
    expect(chips(true)).toEqual(['protein folding']);
    expect(field()?.value).toBe('');
  });

  it('of their own words keep their button when they are dropped', async () => {
    await welcome(false, keeping());
    await type(field(), 'kites');
    await press('Follow');
    await press('kites');
    expect(chips(false)).toContain('kites');
    await press('kites');
    expect(chips(true)).toEqual(['kites']);
  });

  it('are followed once, however they are named', async () => {
    const library = await welcome(false, keeping());
    await type(field(), 'robotics');
    await press('Follow');
    await type(field(), 'ROBOTICS');
    await press('Follow');
    expect(library.putTopic).toHaveBeenCalledTimes(1);
    expect(chips(true)).toEqual(['Robotics']);
  });

  it('that are followed already are pressed', async () => {
    await welcome(false, keeping([topic('lanterns')]));
    expect(chips(true)).toEqual(['lanterns']);
    expect(chips(false)).toEqual(offered);
  });

  it('need words', async () => {
    const library = await welcome(false, keeping());
    await type(field(), '   ');
    await press('Follow');
    expect(library.putTopic).not.toHaveBeenCalled();
  });

  it('that cannot be read say what is wrong, and the words stay for mending', async () => {
    await welcome(false, {
      ...keeping(),
      putTopic: () => Promise.reject(new Error('This quotation mark has no end.')),
    });
    await type(field(), 'a "b');
    await press('Follow');
    expect(said()).toBe('This quotation mark has no end.');
    expect(field()?.value).toBe('a "b');
    expect(chips(true)).toEqual([]);
  });
});

describe('the way to the toolbar', () => {
  const steps = () => document.querySelector('[aria-labelledby=pin]')?.textContent ?? '';

  it('is told in the words of Chrome', async () => {
    await welcome(false, keeping());
    expect(steps()).toContain('Click the pin beside Paper Margin.');
    expect(steps()).not.toContain('already');
  });

  it('is done already where the icon is pinned', async () => {
    browser.action.getUserSettings.mockResolvedValue({ isOnToolbar: true });
    await welcome(false, keeping());
    expect(steps()).toContain('The icon is in your toolbar already.');
    expect(steps()).not.toContain('puzzle piece');
  });

  it('is done as soon as the person pinned it', async () => {
    await welcome(false, keeping());
    const [tell] = browser.action.onUserSettingsChanged.addListener.mock.calls[0] ?? [];
    await rest(() => tell({ isOnToolbar: true }));
    expect(steps()).toContain('The icon is in your toolbar already.');
  });

  it('is told in the words of Firefox, which is not asked', async () => {
    await welcome(true, keeping());
    expect(steps()).toContain('Choose “Pin to Toolbar”.');
    expect(browser.action.getUserSettings).not.toHaveBeenCalled();
  });
});

describe('what is said of privacy', () => {
  it('names every contact, and the words of a search only on request', async () => {
    await welcome(false, keeping());
    expect([...document.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual([
      'huggingface.co, lists',
      'huggingface.co, one paper',
      'huggingface.co, search',
      'export.arxiv.org',
    ]);
    expect(document.querySelector('dl')?.textContent).toContain(
      'only when you ask for a search on Hugging Face',
    );
  });
});
