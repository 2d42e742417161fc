// Drafts: read at once, shared by all our pages where the browser can, and no trouble where it refuses them.
// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Listener = (changes: Record<string, { newValue?: unknown }>) => void;

const local = vi.hoisted(() => ({
  get: vi.fn(),
  set: vi.fn(),
  remove: vi.fn(),
  onChanged: { addListener: vi.fn<(listener: Listener) => void>() },
}));
vi.mock('wxt/browser', () => ({ browser: { storage: { local } } }));

const { openDrafts } = await import('../../src/views/drafts');

beforeEach(() => {
  vi.resetAllMocks();
  local.get.mockResolvedValue({ 'draft:1': 'left behind', other: 7 });
  local.set.mockResolvedValue(undefined);
  local.remove.mockResolvedValue(undefined);
});

describe('drafts in Chromium', () => {
  it('are there from before, and hand on each change at once', async () => {
    const drafts = await openDrafts();
    expect(drafts.getItem('draft:1')).toBe('left behind');
    expect(drafts.getItem('other')).toBeNull();
    drafts.setItem('draft:2', 'typed');
    expect(drafts.getItem('draft:2')).toBe('typed');
    expect(local.set).toHaveBeenCalledWith({ 'draft:2': 'typed' });
    drafts.removeItem('draft:1');
    expect(drafts.getItem('draft:1')).toBeNull();
    expect(local.remove).toHaveBeenCalledWith('draft:1');
  });

  it('follow what another page writes and removes', async () => {
    const drafts = await openDrafts();
    const [tell] = local.onChanged.addListener.mock.calls[0] ?? [];
    tell?.({ 'draft:3': { newValue: 'elsewhere' }, 'draft:1': {} });
    expect(drafts.getItem('draft:3')).toBe('elsewhere');
    expect(drafts.getItem('draft:1')).toBeNull();
  });

  it('work for this page alone where the browser refuses to keep them', async () => {
    local.get.mockRejectedValue(new Error('refused'));
    local.set.mockRejectedValue(new Error('full'));
    local.remove.mockRejectedValue(new Error('refused'));
    const drafts = await openDrafts();
    drafts.setItem('draft:1', 'typed');
    expect(drafts.getItem('draft:1')).toBe('typed');
    drafts.removeItem('draft:1');
    expect(drafts.getItem('draft:1')).toBeNull();
  });
});

describe('drafts in Firefox', () => {
  beforeEach(() => vi.stubEnv('FIREFOX', 'true'));
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('are written at once, as the storage of the extension comes too late there', async () => {
    const drafts = await openDrafts();
    drafts.setItem('draft:1', 'typed');
    expect(localStorage.getItem('draft:1')).toBe('typed');
    expect(drafts.getItem('draft:1')).toBe('typed');
    drafts.removeItem('draft:1');
    expect(localStorage.getItem('draft:1')).toBeNull();
    expect(local.set).not.toHaveBeenCalled();
  });

  it('are done without where the browser refuses them', async () => {
    vi.stubGlobal('localStorage', undefined);
    const drafts = await openDrafts();
    drafts.setItem('draft:1', 'typed');
    drafts.removeItem('draft:1');
    expect(drafts.getItem('draft:1')).toBeNull();
  });
});
