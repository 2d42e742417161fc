// Waits until each row of a page has the one badge of its paper, and sees that there is none elsewhere.
import type { Tab } from './driver.ts';
import { expect } from './fixtures.ts';

interface RowSeen {
  /** The id that the row's own link names. */
  paper: string;
  /** Ids of the badges in it. */
  badges: string[];
}

/** The rows of a page as a person reads them: an entry, a result or a card with a link to its paper. */
const rowsOf = (tab: Tab): Promise<RowSeen[]> =>
  tab.evaluate(() => {
    const rows = [...document.querySelectorAll('#articles > dt, .arxiv-result, article')];
    return rows.flatMap((row) => {
      const link = row.querySelector('a[title="Abstract"], .list-title > a, h3 a[href]');
      const [, text] = /\/(?:abs|papers)\/(.+)$/.exec(link?.getAttribute('href') ?? '') ?? [];
      // An id without its version and its subject class; the world's one impossible id makes no row.
      const paper = text?.replace(/v\d+$/, '').replace(/^(.+)\.[A-Z]{2}\//, '$1/');
      if (!paper || paper.startsWith('1313.')) return [];
      const hosts = [...row.querySelectorAll<HTMLElement>('paper-margin-badge')];
      return [{ paper, badges: hosts.map(({ dataset }) => `${dataset.paper}`) }];
    });
  });

/**
 * Rows that were never near the viewport may lack theirs: scroll through first.
 * @returns the papers in the page's order
 * @throws Error with the rows that are wrong
 */
export async function allRight(tab: Tab): Promise<string[]> {
  let rows: RowSeen[] = [];
  await expect
    .poll(
      async () => {
        rows = await rowsOf(tab);
        return rows.filter(({ paper, badges }) => badges.join() !== paper);
      },
      { message: `Rows of ${await tab.url()} without the one badge of their paper` },
    )
    .toEqual([]);
  expect(await tab.badges.count(), `Badges of ${await tab.url()}`).toBe(rows.length);
  return rows.map(({ paper }) => paper);
}
