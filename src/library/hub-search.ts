// Hugging Face's own search of papers, when the person asks for it. What it finds is shown and not kept.
import type { HubSearch, Library } from './api';
import { askSearch, host } from './huggingface';
import { digestPapers } from './look';
import { present } from './merge';
import { resting, settle } from './rests';
import type { Seams } from './seams';
import { read } from './tables';

/** Searching at Hugging Face. The same words asked for by two windows at once are sent once. */
export function openHubSearch(seams: Seams): Pick<Library, 'searchHub'> {
  const { db, fetch, now, access } = seams;
  const underWay = new Map<string, Promise<HubSearch>>();

  async function ask(words: string): Promise<HubSearch> {
    const rest = await read(db, ['meta'], () => resting(db, 'search', now(), 'click'));
    if (rest) return { papers: [], trouble: rest };
    const reply = (await access(host))
      ? await askSearch(fetch, now(), words)
      : ({ trouble: 'access' } as const);
    const trouble = await settle(db, 'search', reply, now());
    if ('trouble' in reply) return present<HubSearch>({ papers: [], trouble });
    const found = reply.value.map(({ paper, trending }) => ({ id: paper.id, paper, trending }));
    // Only lists that come by themselves have something new.
    return { papers: (await digestPapers(seams, found)).map(({ fresh: _, ...paper }) => paper) };
  }

  return {
    async searchHub(typed) {
      const words = typed.toWellFormed().replace(/\s+/g, ' ').trim();
      if (!words) return { papers: [] };
      const running = underWay.get(words);
      if (running) return running;
      const asked = ask(words).finally(() => underWay.delete(words));
      underWay.set(words, asked);
      return asked;
    },
  };
}
