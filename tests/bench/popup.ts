// Measures the popup as a person feels it: how soon its first row stands, and how soon each filter answers.
import type { OwnPage } from '../e2e/driver.ts';

/** Times in ms, one of each run. */
export interface PopupTimes {
  /** How many papers the list shows. */
  papers: number;
  /** From the start of the page to the frame after the first row stood. */
  firstRow: number[];
  /** From the change of a filter or of the order to the list that follows it. */
  filters: Record<string, number[]>;
}

/**
 * Opens the popup `runs` times from another page of the extension, with the week's list stored, and works its filters.
 * @param own any page of the extension: pages of one origin may look at each other's clock and document
 */
export async function measurePopup(own: OwnPage, runs: number): Promise<PopupTimes> {
  return own.evaluate(async (runs) => {
    const frame = (page: Window) =>
      new Promise<void>((done) => page.requestAnimationFrame(() => done()));
    const shown = (page: Window) =>
      [...page.document.querySelectorAll<HTMLElement>('li[data-paper]')].filter(
        (row) => row.checkVisibility?.() ?? true,
      );
    const open = async () => {
      const page = window.open('/popup.html') as Window;
      while (shown(page).length === 0) {
        await new Promise((done) => setTimeout(done));
      }
      await frame(page);
      await frame(page);
      return { page, took: page.performance.now() };
    };
    /** Until the whole list stands and nothing is asked any more. */
    const settled = async (page: Window) => {
      while (page.document.documentElement.dataset.state !== 'ready') await frame(page);
      for (let before = -1; before !== shown(page).length; ) {
        before = shown(page).length;
        for (let frames = 0; frames < 20; frames++) await frame(page);
      }
    };
    const said = <Kind extends Element>(page: Window, selector: string): Kind => {
      const found = page.document.querySelector<Kind>(selector);
      if (!found) throw new Error(`The popup has no ${selector}.`);
      return found;
    };
    /** Does something, and waits for the frame in which the list is another. */
    const answer = async (page: Window, work: () => void) => {
      const list = said<HTMLElement>(page, 'ol[aria-label="Papers"]');
      const before = shown(page)
        .map((row) => row.dataset.paper)
        .join();
      await frame(page);
      const start = page.performance.now();
      work();
      while (
        shown(page)
          .map((row) => row.dataset.paper)
          .join() === before
      ) {
        if (page.performance.now() - start > 2_000) throw new Error('The list stayed as it was.');
        await new Promise((done) => setTimeout(done));
      }
      list.getBoundingClientRect();
      return page.performance.now() - start;
    };
    const put = (field: HTMLInputElement | HTMLSelectElement, value: string) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    };

    const first = await open();
    await settled(first.page);
    const papers = shown(first.page).length;
    first.page.close();
    const firstRow: number[] = [];
    const filters: Record<string, number[]> = {};
    for (let run = 0; run < runs; run++) {
      const { page, took } = await open();
      firstRow.push(took);
      await settled(page);
      const time = async (name: string, work: () => void) => {
        const took = await answer(page, work);
        filters[name] = [...(filters[name] ?? []), took];
        await settled(page);
      };
      const text = said<HTMLInputElement>(page, 'input[type="search"]');
      await time('a word typed', () => put(text, 'lantern'));
      await time('the word taken back', () => put(text, ''));
      const sort = said<HTMLSelectElement>(page, 'select.sort');
      await time('in order of comments', () => put(sort, 'comments'));
      await time('in the order of the list', () => put(sort, 'list'));
      page.close();
    }
    return { papers, firstRow, filters };
  }, runs);
}
