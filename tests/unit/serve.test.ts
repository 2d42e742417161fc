// The message boundary: who may ask what, and that a refused or failed call is an answer, not an exception.
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/library';
import type { Library } from '../../src/library/api';
import type { Call } from '../../src/rpc/message';
import { answer, origins, rank } from '../../src/rpc/serve';
import { settings } from './ui-world';

const sites = origins(['https://*.arxiv.org/*', 'https://huggingface.co/*']);
const self = { id: 'me', origin: 'chrome-extension://me' };
const tab = { id: 1 } as never;

function call(verb: string, ...args: unknown[]): Call {
  return { to: 'paper-margin', verb, args } as Call;
}

const mark = '00000000-0000-4000-8000-000000000000';

function library(verbs: Partial<Library>): Library {
  return verbs as Library;
}

describe('who asks', () => {
  it('our own page is ours, in a frame too', () => {
    expect(rank({ id: 'me', origin: 'chrome-extension://me', tab }, self, sites)).toBe('own');
  });

  it('a content script on arXiv or Hugging Face is a page', () => {
    for (const origin of ['https://arxiv.org', 'https://www.arxiv.org', 'https://huggingface.co']) {
      expect(rank({ id: 'me', origin, tab }, self, sites)).toBe('page');
    }
  });

  it('so is one on a site that the person turned on, whatever path its pattern has', () => {
    const both = origins([
      'https://*.arxiv.org/*',
      'https://one.example/*',
      'https://two.example/html/*',
    ]);
    for (const origin of ['https://arxiv.org', 'https://one.example', 'https://two.example']) {
      expect(rank({ id: 'me', origin, tab }, self, both)).toBe('page');
    }
    expect(rank({ id: 'me', origin: 'https://sub.one.example', tab }, self, both)).toBeNull();
  });

  it('other origins, other extensions and senders without a tab are nobody', () => {
    for (const origin of [
      'https://evilarxiv.org',
      'https://arxiv.org.example',
      'http://arxiv.org',
      'https://hub.huggingface.co',
      'null',
    ]) {
      expect(rank({ id: 'me', origin, tab }, self, sites)).toBeNull();
    }
    expect(rank({ id: 'other', origin: 'https://arxiv.org', tab }, self, sites)).toBeNull();
    expect(rank({ id: 'me', origin: 'https://arxiv.org' }, self, sites)).toBeNull();
    expect(rank({ id: 'me' }, self, sites)).toBeNull();
  });
});

describe('what is asked', () => {
  it('a page may look, and gets the answer', async () => {
    const asked = library({ look: async (ids) => ids.map((id) => ({ id })) as never });
    expect(await answer(asked, 'page', call('look', ['1810.04805', 'hep-th/9901001']))).toEqual({
      done: [{ id: '1810.04805' }, { id: 'hep-th/9901001' }],
    });
  });

  it('a page may not read notes, export or choose', async () => {
    for (const refused of [
      call('note', '1810.04805'),
      call('importRecords', []),
      call('choose', 'automatic'),
      call('adjust', { keys: false }),
      call('recentlyOpened', 5),
      call('forgetOpened'),
      call('annotations', '1810.04805'),
      call('annotation', mark),
      call('comment', { id: mark, text: 'x', base: '' }),
    ]) {
      expect(await answer(library({}), 'page', refused)).toMatchObject({
        failed: { code: 'refused' },
      });
    }
  });

  it('pages may call these verbs and no others', async () => {
    const unused = {} as never;
    const verbs = Object.keys(
      openLibrary({ db: unused, fetch, consent: unused, recognise: unused }),
    );
    const may: string[] = [];
    for (const verb of verbs) {
      // No verb takes these arguments: whoever may call it is told so.
      const said = await answer(library({}), 'page', call(verb, null, null, null, null));
      if (!JSON.stringify(said).includes('may not ask')) may.push(verb);
    }
    expect(may.sort()).toEqual([
      'addHighlight',
      'beginNote',
      'fold',
      'highlights',
      'look',
      'lookUp',
      'nearby',
      'opened',
      'recolourHighlight',
      'refresh',
      'removeHighlight',
      'restoreHighlight',
      'save',
      'setReading',
      'settings',
      'unsave',
    ]);
  });

  it('nobody may ask anything', async () => {
    expect(await answer(library({}), null, call('look', []))).toMatchObject({
      failed: { code: 'refused' },
    });
  });

  it('a verb that does not exist, an inherited name and refreshDue are refused', async () => {
    for (const verb of ['drop', 'constructor', '__proto__', 'refreshDue', 'onChange']) {
      expect(await answer(library({}), 'own', call(verb))).toMatchObject({
        failed: { code: 'refused' },
      });
    }
  });

  it('wrong arguments are refused before the library sees them', async () => {
    for (const wrong of [
      call('look', 'x'),
      call('look', ['1810.04805v2']),
      call('save', { id: '1810.04805', title: 3, authors: [], abstract: '' }),
      call('save'),
      call('fold', 'yes'),
      call('setReading', { id: '1810.04805', title: '', authors: [], abstract: '' }, 'half'),
      call('setReading', '1810.04805', 'read'),
      call('opened', '1810.04805'),
      { ...call('look'), args: undefined as never },
    ]) {
      expect(await answer(library({}), 'page', wrong)).toMatchObject({
        failed: { code: 'refused' },
      });
    }
  });

  it('a page may set the reading state and say what was opened', async () => {
    const asked: unknown[][] = [];
    const verbs = library({
      setReading: async (...args) => asked.push(args) as never,
      opened: async (...args) => void asked.push(args),
    });
    const paper = { id: '1810.04805', title: 'T', authors: [], abstract: '' };
    await answer(verbs, 'page', call('setReading', paper, 'read'));
    await answer(verbs, 'page', call('opened', paper));
    expect(asked).toEqual([[paper, 'read'], [paper]]);
  });

  it('the template of file names and the filters, which the person typed, go to no page', async () => {
    const all = settings({ fileName: '{title}' });
    const asked = library({ settings: async () => all });
    const { fileName: _name, digest: _digest, ...rest } = all;
    expect(await answer(asked, 'page', call('settings'))).toEqual({ done: rest });
    expect(await answer(asked, 'own', call('settings'))).toEqual({ done: all });
  });

  it('settings are changed one by one, and only those that exist', async () => {
    const asked: unknown[] = [];
    const verbs = library({ adjust: async (wanted) => void asked.push(wanted) });
    await answer(verbs, 'own', call('adjust', { keys: false, choice: 'automatic' }));
    expect(asked).toEqual([{ keys: false }]);
    for (const wrong of [{ keys: 'no' }, { fileName: 'x'.repeat(501) }]) {
      expect(await answer(verbs, 'own', call('adjust', wrong))).toMatchObject({
        failed: { code: 'refused' },
      });
    }
  });

  it('a page may highlight, with the known fields alone, recolour, remove and restore', async () => {
    const asked: unknown[][] = [];
    const note = (...args: unknown[]) => asked.push(args) as never;
    const verbs = library({
      highlights: note,
      addHighlight: note,
      recolourHighlight: note,
      removeHighlight: note,
      restoreHighlight: note,
    });
    const paper = { id: '1810.04805', title: 'T', authors: [], abstract: '' };
    const highlight = {
      id: mark,
      site: 'arxiv',
      kind: 'abs',
      quote: { exact: 'x'.repeat(50_000), prefix: '', suffix: '' },
      position: { start: 0, end: 5 },
      colour: 'pink',
    };
    const injected = { ...highlight, comment: 'injected', deleted: 1 };
    await answer(verbs, 'page', call('highlights', '1810.04805'));
    await answer(verbs, 'page', call('addHighlight', paper, injected));
    await answer(verbs, 'page', call('recolourHighlight', mark, 'blue'));
    await answer(verbs, 'page', call('removeHighlight', mark));
    await answer(verbs, 'page', call('restoreHighlight', mark));
    expect(asked).toEqual([['1810.04805'], [paper, highlight], [mark, 'blue'], [mark], [mark]]);
    for (const wrong of [
      call('addHighlight', paper, { ...highlight, id: '__proto__' }),
      call('addHighlight', paper, { ...highlight, site: 'A site' }),
      call('addHighlight', paper, { ...highlight, position: { start: -1, end: 2 } }),
      call('addHighlight', paper, { ...highlight, quote: 'x' }),
      call('recolourHighlight', mark, 'red'),
      call('removeHighlight', 'x'),
    ]) {
      expect(await answer(verbs, 'page', wrong)).toMatchObject({ failed: { code: 'refused' } });
    }
  });

  it('records of files come in by at most 500 a call, and each is an object', async () => {
    const asked: unknown[][] = [];
    const verbs = library({ importRecords: async (...args) => asked.push(args) as never });
    await answer(verbs, 'own', call('importRecords', [{ id: '1810.04805' }]));
    expect(asked[0]?.[0]).toEqual([{ id: '1810.04805' }]);
    for (const wrong of [['x'], Array.from({ length: 501 }, () => ({})), '{}']) {
      expect(await answer(verbs, 'own', call('importRecords', wrong))).toMatchObject({
        failed: { code: 'refused' },
      });
    }
    expect(asked).toHaveLength(1);
  });

  it('our own page may mark and note a paper of which only a year or a month is known', async () => {
    const asked: unknown[] = [];
    const keep = (paper: unknown) => asked.push(paper) as never;
    const verbs = library({ setReading: keep, beginNote: keep, save: keep, dismiss: keep });
    for (const published of ['2022', '2022-03', '2022-03-04']) {
      const paper = { id: 'doi:10.1000/x', title: '', authors: [], abstract: '', published };
      await answer(verbs, 'own', call('setReading', paper, 'read'));
      await answer(verbs, 'own', call('beginNote', paper));
      await answer(verbs, 'own', call('save', paper));
      await answer(verbs, 'own', call('dismiss', paper, true));
      expect(asked.splice(0)).toEqual([paper, paper, paper, paper]);
    }
  });

  it('only the known fields of a paper come through', async () => {
    let saved: unknown;
    const asked = library({
      save: async (paper) => {
        saved = paper;
        return {} as never;
      },
    });
    const paper = { id: '1810.04805', title: 'T', authors: ['First Author'], abstract: 'A' };
    await answer(asked, 'page', call('save', { ...paper, note: 'injected' }));
    expect(saved).toEqual(paper);
  });
});

describe('what fails', () => {
  it('a known failure keeps its code and sentence', async () => {
    const full = Object.assign(new Error('The disk is full.'), { code: 'storage-full' });
    const asked = library({ settings: () => Promise.reject(full) });
    expect(await answer(asked, 'own', call('settings'))).toEqual({
      failed: { code: 'storage-full', message: 'The disk is full.' },
    });
  });
});
