// How the panel's element lives in a page that does not know it.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mount } from '../../src/page/mount';
import type { Place } from '../../src/sites/site';

const all = () => [...document.querySelectorAll('paper-margin-panel')];

let leave: AbortController;
const pressed = vi.fn();

function place(): Place | null {
  const column = document.querySelector('#column');
  if (column) return { element: column, position: 'append', fit: 'column' };
  const edge = document.querySelector('#edge');
  return edge && { element: edge, position: 'append', fit: 'docked' };
}

function show(signal = leave.signal) {
  return mount(
    (fit) => (
      <button type="button" onClick={pressed}>
        {fit}
      </button>
    ),
    { name: 'paper-margin-panel', css: 'button { color: red }', place, signal },
  );
}

/** Mutation observers have run. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

beforeEach(() => {
  leave = new AbortController();
  pressed.mockClear();
  document.body.innerHTML = '<main><div id="column"><p>Own text of the site.</p></div></main>';
});
afterEach(() => leave.abort());

describe('placing', () => {
  test('there is one element, and its content is closed to the page', () => {
    const { host, root } = show();
    expect(all()).toEqual([host]);
    expect(host.parentElement?.id).toBe('column');
    expect(host.shadowRoot).toBeNull();
    expect(host.innerHTML).toBe('');
    expect(root.textContent).toContain('column');
  });

  test('it waits for its place, and draws nothing before', async () => {
    document.body.innerHTML = '';
    const { host, root } = show();
    expect(all()).toEqual([]);
    expect(root.querySelector('button')).toBeNull();
    document.body.innerHTML = '<div id="column"></div>';
    await settled();
    expect(all()).toEqual([host]);
  });

  test('it stands before or after an element, not only inside', () => {
    const column = document.querySelector('#column') as Element;
    const stand = (position: Place['position']) => {
      const gone = new AbortController();
      const { host } = mount(() => 'x', {
        name: 'paper-margin-panel',
        css: '',
        place: () => ({ element: column, position, fit: 'column' }),
        signal: gone.signal,
      });
      const around = [
        host.previousElementSibling?.tagName,
        host.nextElementSibling?.tagName,
        host.parentElement?.tagName,
      ];
      gone.abort();
      return around;
    };
    expect(stand('before')).toEqual([undefined, 'DIV', 'MAIN']);
    expect(stand('after')).toEqual(['DIV', undefined, 'MAIN']);
    expect(stand('prepend')).toEqual([undefined, 'P', 'DIV']);
    expect(stand('append')).toEqual(['P', undefined, 'DIV']);
  });
});

describe('staying', () => {
  test('it comes back when the site drops it', async () => {
    const { host } = show();
    host.remove();
    await settled();
    expect(all()).toEqual([host]);
  });

  test('it comes back when the site draws its column anew', async () => {
    const { host } = show();
    (document.querySelector('main') as Element).innerHTML = '<div id="column"></div>';
    await settled();
    expect(all()).toEqual([host]);
    expect(host.parentElement?.id).toBe('column');
  });

  test('an empty copy that the site makes of it is removed', async () => {
    const { host } = show();
    document.body.insertAdjacentHTML('beforeend', host.outerHTML);
    await settled();
    expect(all()).toEqual([host]);
  });

  test('it moves from the edge into a column that comes later', async () => {
    document.body.innerHTML = '<div id="edge"></div>';
    const { host, root } = show();
    expect(root.textContent).toContain('docked');
    document.body.insertAdjacentHTML('beforeend', '<div id="column"></div>');
    await vi.waitFor(() => expect(host.parentElement?.id).toBe('column'));
    expect(root.textContent).toContain('column');
    expect(all()).toEqual([host]);
  });

  test('a site that throws it out again and again wins in the end', async () => {
    const { host } = show();
    for (let again = 0; again < 150; again++) {
      host.remove();
      await settled();
    }
    expect(all()).toEqual([]);
  });
});

describe('leaving', () => {
  test('nothing is left when the signal aborts, and nothing comes back', async () => {
    const { root, redraw } = show();
    leave.abort();
    document.body.append(document.createElement('p'));
    await settled();
    redraw();
    expect(all()).toEqual([]);
    expect(root.querySelector('button')).toBeNull();
  });

  test('an aborted signal mounts nothing', () => {
    leave.abort();
    show();
    expect(all()).toEqual([]);
  });

  test('the element of a dead copy of the script is removed first', () => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<paper-margin-panel data-paper="1"></paper-margin-panel>',
    );
    const { host } = show();
    expect(all()).toEqual([host]);
  });

  test('a living older copy of the script gives way to the newer one', async () => {
    const older = show();
    const newer = show();
    document.body.append(document.createElement('p'));
    await settled();
    expect(all()).toEqual([newer.host]);
    newer.host.remove();
    await settled();
    expect(all()).toEqual([newer.host]);
    expect(older.host.isConnected).toBe(false);
  });
});

test('a click counts only if a person made it', () => {
  const { root } = show();
  const button = root.querySelector('button') as HTMLButtonElement;
  const click = (isTrusted: boolean) => {
    const event = new Event('click', { bubbles: true, cancelable: true, composed: true });
    Object.defineProperty(event, 'isTrusted', { value: isTrusted });
    button.dispatchEvent(event);
    return event;
  };
  expect(click(false).defaultPrevented).toBe(true);
  expect(pressed).not.toHaveBeenCalled();
  click(true);
  expect(pressed).toHaveBeenCalledOnce();
});
