// How long a content script lives.
// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';

vi.mock('wxt/browser', () => ({ browser: { runtime: { id: 'paper-margin' } } }));

it('ends when a newer copy of it starts in the same page, and at nothing else', async () => {
  const { ContentScriptContext } = await import('../../src/content-script');
  const old = new ContentScriptContext('papers');
  const other = new ContentScriptContext('highlights');
  expect(old.signal.aborted).toBe(false);
  const newer = new ContentScriptContext('papers');
  expect(old.signal.aborted).toBe(true);
  expect([newer.signal.aborted, other.signal.aborted]).toEqual([false, false]);
});
