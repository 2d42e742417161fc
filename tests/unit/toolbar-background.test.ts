// What the background does in answer to permissions: scripts of optional sites, and downloads that waited for one.
import { describe, expect, it, vi } from 'vitest';
import { answerDownloads } from '../../src/background/download';
import { followOptionalSites } from '../../src/background/optional-sites';
import { barePaper, parsePaperId } from '../../src/paper';
import { settings } from './ui-world';

const { browser } = vi.hoisted(() => ({ browser: {} as Record<string, unknown> }));
vi.mock('wxt/browser', () => ({ browser }));

type Told = (...args: unknown[]) => unknown;

function event() {
  const listeners: Told[] = [];
  return {
    addListener: (listener: Told) => void listeners.push(listener),
    tell: (...args: unknown[]) => listeners.map((listener) => listener(...args)),
  };
}

interface Script {
  id: string;
  js: string[];
  matches: string[];
}

/** A browser in which these hosts are allowed and these scripts are registered. */
function open(allowed: string[], scripts: Script[] = []) {
  const session: Record<string, unknown> = {};
  const fake = {
    scripts,
    allowed,
    runtime: {
      id: 'ours',
      getURL: (path: string) => `https://ours.example${path}`,
      getManifest: () => ({
        content_scripts: [{ js: ['https://ours.example/content/papers.js'] }],
      }),
      onMessage: event(),
    },
    permissions: {
      contains: async ({ origins = [], permissions = [] }: Record<string, string[]>) =>
        [...origins, ...permissions].every((each) => allowed.includes(each)),
      onAdded: event(),
      onRemoved: event(),
    },
    scripting: {
      getRegisteredContentScripts: async () => [...scripts],
      registerContentScripts: vi.fn(async (more: Script[]) => {
        for (const one of more) {
          if (scripts.some(({ id }) => id === one.id)) throw new Error('duplicate');
          scripts.push(one);
        }
      }),
      unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
        for (const id of ids)
          scripts.splice(
            scripts.findIndex((one) => one.id === id),
            1,
          );
      },
    },
    storage: {
      session: {
        get: async (key: string) => ({ [key]: session[key] }),
        set: async (more: object) => void Object.assign(session, more),
        remove: async (key: string) => void delete session[key],
      },
    },
    downloads: { download: vi.fn(async () => 1) },
  };
  Object.assign(browser, fake);
  return fake;
}

describe('an optional site', () => {
  const ids = (scripts: Script[]) => scripts.map(({ id }) => id);

  it('gets its script at start where it is allowed: an update forgot it', async () => {
    const { scripts } = open(['https://github.com/*']);
    followOptionalSites();
    await vi.waitFor(() => expect(ids(scripts)).toEqual(['github']));
    expect(scripts[0]).toMatchObject({
      matches: ['https://github.com/*'],
      js: ['/content/papers.js'],
      runAt: 'document_start',
      persistAcrossSessions: true,
    });
  });

  it('gets it when it is allowed, once, and loses it when that is taken back', async () => {
    const { scripts, allowed, permissions, scripting } = open([]);
    followOptionalSites();
    allowed.push('https://github.com/*', 'https://ar5iv.org/*');
    permissions.onAdded.tell();
    permissions.onAdded.tell();
    await vi.waitFor(() => expect(ids(scripts)).toEqual(['ar5iv', 'github']));
    expect(scripts[0]?.matches).toContain('https://ar5iv.labs.arxiv.org/*');
    allowed.pop();
    permissions.onRemoved.tell();
    await vi.waitFor(() => expect(ids(scripts)).toEqual(['github']));
    expect(scripting.registerContentScripts).toHaveBeenCalledTimes(2);
  });
});

describe('a download', () => {
  const ref = parsePaperId('1706.03762v7') ?? expect.unreachable();
  const paper = { ...barePaper({ id: ref.id }), title: 'A Title' };
  const library = {
    look: async () => [
      {
        id: ref.id,
        paper,
        saved: true,
        noted: false,
        reading: 'unread' as const,
        editing: false,
        known: 'no' as const,
        refreshDue: false,
        folded: false,
      },
    ],
    settings: async () => settings(),
  };
  const own = { id: 'ours', origin: 'https://ours.example' };
  const wanted = { to: 'paper-margin-background', ask: 'download', ref: '1706.03762v7' };
  const file = {
    url: 'https://arxiv.org/pdf/1706.03762v7',
    filename: 'A Title (1706.03762v7).pdf',
  };

  it('is named by the template, and is of the version that was asked for', async () => {
    const { runtime, downloads } = open(['downloads']);
    answerDownloads(library);
    const reply = vi.fn();
    runtime.onMessage.tell(wanted, own, reply);
    await vi.waitFor(() => expect(reply).toHaveBeenCalledWith({ taken: true }));
    expect(downloads.download).toHaveBeenCalledExactlyOnceWith(file);
  });

  it.each(['before', 'after'])(
    'waits for the permission, and happens once, whether that comes %s the wish is stored',
    async (when) => {
      const { runtime, permissions, downloads, allowed } = open([]);
      answerDownloads(library);
      const reply = vi.fn();
      const grant = () => {
        allowed.push('downloads');
        permissions.onAdded.tell({ permissions: ['downloads'] });
      };
      runtime.onMessage.tell(wanted, own, reply);
      if (when === 'before') grant();
      await vi.waitFor(() => expect(reply).toHaveBeenCalled());
      if (when === 'after') {
        expect(downloads.download).not.toHaveBeenCalled();
        grant();
      }
      await vi.waitFor(() => expect(downloads.download).toHaveBeenCalledExactlyOnceWith(file));
      permissions.onAdded.tell({ permissions: ['downloads'] });
      await new Promise((resolve) => setTimeout(resolve));
      expect(downloads.download).toHaveBeenCalledOnce();
    },
  );

  it('is not done for a page of a site, nor for what is no paper', async () => {
    const { runtime, downloads } = open(['downloads']);
    answerDownloads(library);
    const page = { id: 'ours', origin: 'https://arxiv.org' };
    expect(runtime.onMessage.tell(wanted, page, vi.fn())).toEqual([undefined]);
    expect(runtime.onMessage.tell({ ...wanted, ref: '../x' }, own, vi.fn())).toEqual([undefined]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(downloads.download).not.toHaveBeenCalled();
  });
});
