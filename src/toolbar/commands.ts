// The keyboard shortcuts of the browser: saving and noting the paper of the active tab, highlighting in it. The popup's the browser answers.
import { browser } from 'wxt/browser';
import type { Library } from '../library/api';
import { recognise } from '../sites';
import type { ToolbarIcon } from './icon';
import { saveNamed } from './save';
import { openSidePanel } from './side-panel';

/** Listens for the shortcuts. */
export function followCommands(parts: {
  library: Pick<Library, 'look' | 'save'>;
  icon: Pick<ToolbarIcon, 'say'>;
  /** Highlights what is selected in a tab. */
  highlightIn: (tabId: number) => void;
}): void {
  browser.commands.onCommand.addListener((command, tab) => {
    // The note stands in the side panel, and nothing may be awaited before that opens.
    if (command === 'note-paper') {
      void openSidePanel(tab?.windowId).then((opened) => {
        if (!opened) parts.icon.say(tab?.id, '!', 'the browser did not open the side panel');
      });
    } else if (command === 'highlight-selection') {
      if (tab?.id !== undefined) parts.highlightIn(tab.id);
    } else if (command === 'save-paper') {
      void saveNamed(tab?.url ? recognise(tab.url) : null, tab?.id, parts);
    }
  });
}
