// "Download PDF": asks the browser for the permission where it lacks, and opens the PDF where the person refuses.
import { browser } from 'wxt/browser';
import { type PaperRef, pdfUrl, printPaperRef } from '../paper';

/**
 * To be called in the click itself: the browser may have to ask, and does so only in answer to the person. Its question
 * may close a popup, so the background downloads, also when nobody is left here. Never throws.
 */
export async function downloadPdf(ref: PaperRef): Promise<void> {
  const asked = browser.permissions.request({ permissions: ['downloads'] });
  const wish = browser.runtime.sendMessage({
    to: 'paper-margin-background',
    ask: 'download',
    ref: printPaperRef(ref),
  });
  const [granted, answer] = await Promise.allSettled([asked, wish]);
  const taken = answer.status === 'fulfilled' && (answer.value as { taken?: boolean })?.taken;
  if (granted.status === 'fulfilled' && granted.value && taken) return;
  await browser.tabs.create({ url: pdfUrl(ref) }).catch(() => {});
}
