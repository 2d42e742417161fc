// How the script of highlights comes into a tab: once, where there is a paper, for those who may ask.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerHighlights } from '../../src/background/highlights';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

const own = 'https://ours.example';
const paper = 'https://arxiv.org/abs/2401.00001';

/** What was done in the tab, in order. */
let done: string[];
/** The script is in the tab. */
let there: boolean;
let tell: (message: object, sender: object, reply?: (answer: unknown) => void) => unknown;
let highlightIn: (tabId: number) => void;

function open(url: string) {
  done = [];
  there = false;
  Object.assign(browser, {
    runtime: {
      id: 'ours',
      getURL: (path: string) => own + path,
      onMessage: { addListener: (listener: typeof tell) => (tell = listener) },
    },
    tabs: {
      get: async () => ({ url }),
      sendMessage: async (_: number, wish: { do: string; id?: string }) => {
        if (!there) throw new Error('Could not establish connection');
        done.push([wish.do, wish.id].filter(Boolean).join(' '));
        return wish.do === 'found' ? ['one'] : true;
      },
    },
    scripting: {
      insertCSS: async ({ files }: { files: string[] }) => void done.push(`${files}`),
      executeScript: async ({ files }: { files: string[] }) => {
        done.push(`${files}`);
        there = true;
      },
    },
  });
  ({ highlightIn } = answerHighlights());
}

const ask = (what: string, more: object = {}) => ({
  to: 'paper-margin-background',
  ask: 'highlights',
  what,
  ...more,
});
const page = { id: 'ours', tab: { id: 7 }, frameId: 0, origin: 'https://arxiv.org' };
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const brought = ['/content-scripts/highlights.css', '/content-scripts/highlights.js'];

beforeEach(() => open(paper));

describe('the script of highlights', () => {
  it('is brought once, however often a page asks', async () => {
    tell(ask('load'), page);
    tell(ask('load'), page);
    tell(ask('list'), page);
    await settled();
    expect(done).toEqual([...brought, 'load', 'load', 'list']);
  });

  it('is brought by the keyboard shortcut, which then highlights', async () => {
    highlightIn(7);
    await settled();
    expect(done).toEqual([...brought, 'highlight']);
  });

  it('does not come to a page without a paper', async () => {
    open('https://arxiv.org/list/cs.LG/recent');
    highlightIn(7);
    tell(ask('load'), page);
    await settled();
    expect(done).toEqual([]);
  });

  it.each([
    ['another extension', { ...page, id: 'theirs' }],
    ['a frame in a page', { ...page, frameId: 3 }],
    ['no tab', { ...page, tab: undefined }],
  ])('does not come for %s', async (_, sender) => {
    tell(ask('load'), sender);
    await settled();
    expect(done).toEqual([]);
  });
});

describe('a list of highlights', () => {
  const frame = { ...page, frameId: 3, origin: own };

  it('asks the page around it what that has, and leads there', async () => {
    const reply = vi.fn();
    expect(tell(ask('found'), frame, reply)).toBe(true);
    await settled();
    expect(reply).toHaveBeenCalledWith(['one']);
    tell(ask('show', { id: 'one' }), frame, reply);
    await settled();
    expect(done.at(-1)).toBe('show one');
  });

  it('is one of our own pages: a page of a site gets no answer', async () => {
    const reply = vi.fn();
    expect(tell(ask('found'), page, reply)).toBeUndefined();
    await settled();
    expect(reply).not.toHaveBeenCalled();
    expect(done).toEqual([]);
  });
});
