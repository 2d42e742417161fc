// Saving a paper from a surface of the browser, where nothing but the icon can answer.
import type { Library } from '../library/api';
import { barePaper, type PaperRef } from '../paper';
import type { ToolbarIcon } from './icon';

/** Saves the paper, with what is stored of it, and says on the icon of the tab how it went. Never throws. */
export async function saveNamed(
  ref: PaperRef | null,
  tabId: number | undefined,
  { library, icon }: { library: Pick<Library, 'look' | 'save'>; icon: Pick<ToolbarIcon, 'say'> },
): Promise<void> {
  if (!ref) {
    icon.say(tabId, '?', 'there is no paper to save here');
    return;
  }
  try {
    const [view] = await library.look([ref.id]);
    const { paper } = await library.save({ ...barePaper(ref), ...view?.paper });
    icon.say(tabId, '✓', `saved ${paper?.title || `arXiv:${ref.id}`}`);
  } catch (cause) {
    console.error(cause);
    icon.say(tabId, '!', 'the paper could not be saved. Open the popup and try again');
  }
}
