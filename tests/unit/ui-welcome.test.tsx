// The welcome page: the one question, and what each answer does in each browser.
// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLibrary, named, press, settings, show } from './ui-world';

const browser = vi.hoisted(() => ({ permissions: { request: vi.fn(), remove: vi.fn() } }));
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
});

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
