// Which badges a list shows, what they ask, and what a press does.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change, PageSettings, PageVerbs, PaperView, Reading } from '../../src/library/api';
import { showBadges } from '../../src/page/badges';
import type { Paper, PaperId } from '../../src/paper';
import { FakeViewport, frames, idOf, list, plainView, rowsOf, trusted } from './page-world';

/** What is stored, and a library over it that tests can make fail. */
let stored: Map<PaperId, Partial<PaperView>>;
let asked: [verb: string, arg: unknown][];
let broken: string | undefined;
let keys: boolean;

const viewOf = (id: PaperId): PaperView => ({ ...plainView(id), ...stored.get(id) });
async function change(verb: string, arg: unknown, id: PaperId, what: Partial<PaperView>) {
  asked.push([verb, arg]);
  await Promise.resolve();
  if (broken) throw Object.assign(new Error(broken), { code: 'storage' });
  stored.set(id, { ...stored.get(id), ...what });
  return viewOf(id);
}
const library: PageVerbs = {
  async look(ids) {
    asked.push(['look', ids]);
    if (broken) throw new Error(broken);
    return ids.map(viewOf);
  },
  save: (paper: Paper) => change('save', paper, paper.id, { saved: true }),
  unsave: (id) => change('unsave', id, id, { saved: false }),
  beginNote: (paper) => change('beginNote', paper, paper.id, { editing: true }),
  setReading: (paper, reading: Reading) =>
    change('setReading', [paper.id, reading], paper.id, { reading }),
  nearby: async () => 0,
  settings: async (): Promise<PageSettings> => ({ folded: false, keys, remember: false }),
  refresh: () => Promise.reject(new Error('a list asks no service')),
  lookUp: () => Promise.reject(new Error('a list asks no service')),
  fold: () => Promise.reject(new Error('a list has nothing to fold')),
  opened: () => Promise.reject(new Error('a list is not opened')),
  highlights: () => Promise.reject(new Error('a list shows no highlights')),
  addHighlight: () => Promise.reject(new Error('a list shows no highlights')),
  recolourHighlight: () => Promise.reject(new Error('a list shows no highlights')),
  removeHighlight: () => Promise.reject(new Error('a list shows no highlights')),
  restoreHighlight: () => Promise.reject(new Error('a list shows no highlights')),
};

let leave: AbortController;
let shown: ReturnType<typeof showBadges>;
let tell: (change: Change) => void;

function show(signal = leave.signal) {
  const badges = showBadges({
    list,
    library,
    onChange: (seen) => {
      tell = seen;
    },
    noteUrl: 'about:blank',
    signal,
  });
  return badges;
}
async function open(html: string) {
  document.body.innerHTML = html;
  shown = show();
  await frames();
}

const badges = () => [...document.querySelectorAll('paper-margin-badge')] as HTMLElement[];
const ids = () => badges().map(({ dataset }) => dataset.paper);
const rootOf = (at = 0) => shown.root(badges()[at] as Element) as ShadowRoot;
const part = (selector: string, at = 0) => rootOf(at).querySelector(selector) as HTMLElement;
const pressed = (at = 0) => part('.save', at).getAttribute('aria-pressed');
const looks = () => asked.filter(([verb]) => verb === 'look').map(([, arg]) => arg);
const click = async (selector: string, at = 0) => {
  part(selector, at).dispatchEvent(
    trusted(new Event('click', { bubbles: true, cancelable: true, composed: true })),
  );
  await frames();
};
const key = async (name: string) => {
  window.dispatchEvent(trusted(new KeyboardEvent('keydown', { key: name, cancelable: true })));
  await frames();
};
const texts = (at = 0) =>
  [...rootOf(at).querySelectorAll('.badge > *')].map(
    (one) => one.getAttribute('aria-label') ?? one.querySelector('span.hidden')?.textContent,
  );

// The note's frame loads an empty page here: its own page is not what is tested.
Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, {
  enableIframePageLoading: true,
  disableIframePageLoading: false,
});

beforeEach(() => {
  // Every row is seen.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue({
    top: 10,
    bottom: 30,
  } as DOMRect);
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
  vi.stubGlobal('IntersectionObserver', FakeViewport);
  FakeViewport.near = () => true;
  leave = new AbortController();
  stored = new Map();
  asked = [];
  broken = undefined;
  keys = true;
});
afterEach(() => {
  leave.abort();
  vi.useRealTimers();
});

describe('rows', () => {
  test('each has one badge, and one message looks at them all', async () => {
    await open(`<ul>${rowsOf(1, 2, 3)}</ul>`);
    expect(ids()).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(looks()).toEqual([[idOf(1), idOf(2), idOf(3)]]);
    expect(
      badges().every(({ shadowRoot, innerHTML }) => shadowRoot === null && innerHTML === ''),
    ).toBe(true);
  });

  test('that are far away have theirs empty, and fill it when they come near', async () => {
    FakeViewport.near = (element) => element === element.parentElement?.firstElementChild;
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    expect(ids()).toEqual([idOf(1), idOf(2)]);
    expect(looks()).toEqual([[idOf(1)]]);
    expect(shown.root(badges()[1] as Element)).toBeUndefined();
    FakeViewport.near = (element) => element === element.parentElement?.lastElementChild;
    FakeViewport.moved();
    await frames();
    expect(pressed(1)).toBe('false');
    expect(looks()).toEqual([[idOf(1)], [idOf(2)]]);
  });

  test('of one paper each have a badge, which agree', async () => {
    await open(`<ul>${rowsOf(1, 1)}</ul>`);
    expect(ids()).toEqual([idOf(1), idOf(1)]);
    expect(looks()).toEqual([[idOf(1)]]);
    await click('.save');
    expect([pressed(0), pressed(1)]).toEqual(['true', 'true']);
  });

  test('that the site draws again for another paper show that paper', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    document.querySelector('a')?.setAttribute('href', `/abs/${idOf(2)}`);
    await frames();
    expect(ids()).toEqual([idOf(2)]);
    expect(looks()).toEqual([[idOf(1)], [idOf(2)]]);
  });

  test('that stop being papers, or leave, take their badge along', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    document.querySelector('a')?.setAttribute('href', '/elsewhere');
    await frames();
    expect(ids()).toEqual([idOf(2)]);
    document.querySelector('ul')?.replaceChildren();
    await frames();
    expect(ids()).toEqual([]);
  });

  test('that lose their badge to the site get it back, but not for ever', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    const [badge] = badges();
    badge?.remove();
    await frames();
    expect(badges()).toEqual([badge]);
    for (let again = 0; again < 150; again++) {
      badge?.remove();
      await frames();
    }
    expect(badges()).toEqual([]);
  });

  test('that the site copies have no second badge', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    const copy = document.querySelector('li')?.cloneNode(true) as Element;
    expect(copy.querySelector('paper-margin-badge')).not.toBeNull();
    document.querySelector('ul')?.append(copy);
    await frames();
    expect(
      [...document.querySelectorAll('li')].map(
        (row) => row.querySelectorAll('paper-margin-badge').length,
      ),
    ).toEqual([1, 1]);
  });
});

describe('coming and going', () => {
  test('leaving removes every badge, and a late answer changes nothing', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    leave.abort();
    expect(badges()).toEqual([]);
    document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(3));
    await frames();
    expect(badges()).toEqual([]);
  });

  test('badges of a dead copy of the script are replaced', async () => {
    await open(
      `<ul><li><a href="/abs/${idOf(1)}">T</a><paper-margin-badge data-paper="${idOf(1)}"></paper-margin-badge></li></ul>`,
    );
    expect(badges()).toHaveLength(1);
    expect(shown.root(badges()[0] as Element)).toBeDefined();
  });

  test('a living older copy gives way to the newer one', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    const older = badges();
    shown = show();
    await frames();
    expect(ids()).toEqual([idOf(1), idOf(2)]);
    expect(badges().some((badge) => older.includes(badge))).toBe(false);
    document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(3));
    await frames();
    expect(ids()).toEqual([idOf(1), idOf(2), idOf(3)]);
  });
});

describe('what a badge says', () => {
  test('nothing but its buttons of a paper that nothing is known of', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    expect(texts()).toEqual(['Save', 'Reading state: unread', 'Note']);
  });

  test('upvotes, place, code, and that there is a note', async () => {
    stored.set(idOf(1), {
      noted: true,
      saved: true,
      reading: 'read',
      trending: {
        upvotes: 1234,
        rank: 3,
        day: '2026-08-21',
        keywords: [],
        code: { url: 'https://github.com/first/code', label: 'first/code' },
      },
    });
    await open(`<ul>${rowsOf(1)}</ul>`);
    expect(texts()).toEqual([
      'Save',
      'Reading state: read',
      'Note',
      '1,234 upvotes',
      '#3 on Aug 21, 2026',
      'Code',
    ]);
    expect(pressed()).toBe('true');
    expect(part('.note').title).toBe('You have a note on this paper');
    expect((part('.code') as HTMLAnchorElement).href).toBe('https://github.com/first/code');
  });

  test('no link that is not of the web', async () => {
    const code = { url: 'javascript:alert(1)', label: 'first/code' };
    stored.set(idOf(1), { trending: { keywords: [], code } });
    await open(`<ul>${rowsOf(1)}</ul>`);
    expect(part('.code')).toBeNull();
  });
});

describe('pressing', () => {
  test('Save shows at once and sends what the row says of its paper', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    await click('.save');
    expect(pressed()).toBe('true');
    expect(asked.at(-1)).toMatchObject(['save', { id: idOf(1), title: 'Title 1' }]);
    await click('.save');
    expect(pressed()).toBe('false');
    expect(asked.at(-1)).toEqual(['unsave', idOf(1)]);
  });

  test('Save goes back where it fails, says why, and works when it works', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    broken = 'The disk is full. Free some space and try again.';
    await click('.save');
    expect(pressed()).toBe('false');
    expect(part('[role=alert]').textContent).toBe(broken);
    broken = undefined;
    await click('.save');
    expect(pressed()).toBe('true');
    expect(part('[role=alert]')).toBeNull();
  });

  test('the reading state goes round', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    for (const reading of ['reading', 'read', 'unread']) {
      await click('.reading');
      expect(asked.at(-1)).toEqual(['setReading', [idOf(1), reading]]);
      expect(part('.reading').getAttribute('aria-label')).toBe(`Reading state: ${reading}`);
    }
  });

  test('counts only if a person did it, and never reaches the row', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    const rowClicked = vi.fn();
    document.querySelector('li')?.addEventListener('click', rowClicked);
    const event = new Event('click', { bubbles: true, cancelable: true, composed: true });
    part('.save').dispatchEvent(event);
    await frames();
    expect(pressed()).toBe('false');
    await click('.save');
    expect(pressed()).toBe('true');
    expect(rowClicked).not.toHaveBeenCalled();
  });

  test('Note opens one frame for writing, and closes it', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    const boxes = () => document.querySelectorAll('paper-margin-note').length;
    await click('.note');
    expect(boxes()).toBe(1);
    expect(asked.at(-1)).toMatchObject(['beginNote', { id: idOf(1), title: 'Title 1' }]);
    await click('.note', 1);
    expect(boxes()).toBe(1);
    expect(asked.at(-1)).toMatchObject(['beginNote', { id: idOf(2) }]);
    await click('.note', 1);
    expect(boxes()).toBe(0);
    await click('.note');
    leave.abort();
    expect(boxes()).toBe(0);
  });
});

describe('in step with other surfaces', () => {
  test('a change of a paper that is shown is looked at; another is not', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    stored.set(idOf(2), { saved: true });
    tell({ papers: [idOf(2), idOf(9)] });
    await frames();
    expect(looks().at(-1)).toEqual([idOf(2)]);
    expect(pressed(1)).toBe('true');
    tell({ papers: [idOf(9)], periods: ['2026-08-21'] });
    await frames();
    expect(looks()).toHaveLength(2);
  });

  test('when everything may have changed, what is near is looked at, the rest when it comes near', async () => {
    await open(`<ul>${rowsOf(1, 2)}</ul>`);
    FakeViewport.near = (element) => element === element.parentElement?.firstElementChild;
    FakeViewport.moved();
    tell({ all: true });
    await frames();
    expect(looks().at(-1)).toEqual([idOf(1)]);
    FakeViewport.near = () => true;
    FakeViewport.moved();
    await frames();
    expect(looks().at(-1)).toEqual([idOf(2)]);
  });

  test('coming back from the back/forward cache looks again', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    stored.set(idOf(1), { saved: true });
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await frames();
    expect(pressed()).toBe('true');
  });

  test('an answer that was asked for before a save does not undo it', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    let late: (views: PaperView[]) => void = () => {};
    vi.spyOn(library, 'look').mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    tell({ papers: [idOf(1)] });
    await frames();
    await click('.save');
    late([plainView(idOf(1))]);
    await frames();
    expect(pressed()).toBe('true');
  });

  test('a look that fails is no error of the page, and is made up for', async () => {
    broken = 'No answer.';
    await open(`<ul>${rowsOf(1)}</ul>`);
    expect(texts()).toEqual(['Save', 'Reading state: unread', 'Note']);
    broken = undefined;
    stored.set(idOf(1), { saved: true });
    document.querySelector('ul')?.insertAdjacentHTML('beforeend', rowsOf(2));
    await frames();
    expect(pressed()).toBe('true');
  });
});

describe('keys', () => {
  const current = () => badges().findIndex((badge) => shown.root(badge)?.querySelector('.current'));

  test('j and k move through the papers, s saves the one they are at, o opens it', async () => {
    await open(`<ul>${rowsOf(1)}<li>an advertisement</li>${rowsOf(2)}</ul>`);
    await key('s');
    expect(asked.filter(([verb]) => verb === 'save')).toEqual([]);
    await key('j');
    expect(current()).toBe(0);
    await key('j');
    expect(current()).toBe(1);
    await key('j');
    expect(current()).toBe(1);
    await key('s');
    expect([pressed(0), pressed(1)]).toEqual(['false', 'true']);
    await key('k');
    expect(current()).toBe(0);
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => {});
    await key('o');
    expect(assign).toHaveBeenCalledExactlyOnceWith(`https://site.test/abs/${idOf(1)}`);
  });

  test('a row that was far away has its badge when keys reach it', async () => {
    FakeViewport.near = () => false;
    await open(`<ul>${rowsOf(1)}</ul>`);
    expect(looks()).toEqual([]);
    await key('j');
    expect(pressed()).toBe('false');
    document.querySelector('ul')?.replaceChildren();
    await frames();
    expect(ids()).toEqual([]);
  });

  test('n opens the note, n or Escape closes it', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    const isOpen = () => document.querySelector('paper-margin-note') !== null;
    await key('j');
    await key('n');
    expect(isOpen()).toBe(true);
    await key('n');
    expect(isOpen()).toBe(false);
    await key('n');
    await key('Escape');
    expect(isOpen()).toBe(false);
    expect(current()).toBe(0);
    await key('Escape');
    expect(current()).toBe(-1);
  });

  test('do nothing where the person turned them off, from then on', async () => {
    await open(`<ul>${rowsOf(1)}</ul>`);
    keys = false;
    tell({ all: true });
    await frames();
    await key('j');
    expect(current()).toBe(-1);
  });
});
