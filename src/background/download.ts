// Downloads a paper's PDF under a good name. Downloads that others start are never touched.
import { browser } from 'wxt/browser';
import { fileName } from '../file-name';
import type { Library } from '../library/api';
import { barePaper, type PaperRef, parsePaperId, pdfUrl, printPaperRef } from '../paper';

/** Where a wish waits for the person's answer to the browser: it may come when this background was stopped meanwhile. */
const waiting = 'wanted-pdf';

/** A wish that got no answer this long, ms, is forgotten. */
const patience = 2 * 60_000;

interface Wish {
  ref: string;
  at: number;
}

const permission = { permissions: ['downloads'] as 'downloads'[] };

/**
 * Answers `{ ask: 'download', ref }` from our own pages. The permission is asked for in the page, in the click; the
 * browser's question may close a popup, so the wish waits here and is fulfilled when the permission comes.
 */
export function answerDownloads(library: Pick<Library, 'look' | 'settings'>): void {
  const origin = new URL(browser.runtime.getURL('/')).origin;

  async function download(ref: PaperRef): Promise<void> {
    const [[view], settings] = await Promise.all([library.look([ref.id]), library.settings()]);
    const paper = { ...barePaper(ref), ...view?.paper, ...ref };
    await browser.downloads.download({
      url: pdfUrl(ref),
      filename: fileName(settings.fileName, paper),
    });
  }

  async function want(ref: PaperRef, now: number): Promise<void> {
    if (await browser.permissions.contains(permission)) return download(ref);
    const wish: Wish = { ref: printPaperRef(ref), at: now };
    await browser.storage.session.set({ [waiting]: wish });
  }

  async function fulfil(now: number): Promise<void> {
    const wish = (await browser.storage.session.get(waiting))[waiting] as Wish | undefined;
    await browser.storage.session.remove(waiting);
    const ref = wish && now - wish.at < patience ? parsePaperId(wish.ref) : null;
    if (ref) await download(ref);
  }

  /** One after the other: a permission that comes while a wish is being stored finds it stored. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  browser.runtime.onMessage.addListener((message: unknown, sender, reply) => {
    const asked = message as { to?: string; ask?: string; ref?: unknown } | null;
    if (asked?.to !== 'paper-margin-background' || asked.ask !== 'download') return;
    const ref = typeof asked.ref === 'string' ? parsePaperId(asked.ref) : null;
    if (!ref || sender.id !== browser.runtime.id || sender.origin !== origin) return;
    inTurn(() => want(ref, Date.now())).then(
      () => reply({ taken: true }),
      (cause) => {
        console.error(cause);
        reply({ taken: false });
      },
    );
    return true;
  });
  browser.permissions.onAdded.addListener(({ permissions }) => {
    if (permissions?.includes('downloads'))
      void inTurn(() => fulfil(Date.now())).catch(console.error);
  });
}
