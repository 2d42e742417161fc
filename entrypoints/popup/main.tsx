// Renders the popup, or the same as a page where it was opened in a tab.
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../src/ui/page.css';
import '../../src/ui/popup.css';
import { parsePaperId } from '../../src/paper';
import { connect, onChange } from '../../src/rpc/connect';
import { askAhead } from '../../src/views/ahead';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { BackupNotices } from '../../src/views/backup-notices';
import { openDrafts } from '../../src/views/drafts';
import { Popup } from '../../src/views/popup';

const library = askAhead(connect(), onChange);
const [tab, drafts] = await Promise.all([browser.tabs.getCurrent(), openDrafts()]);
document.documentElement.toggleAttribute('data-tab', Boolean(tab));
const asked = new URLSearchParams(location.search);
const [topic, words] = [asked.get('topic'), asked.get('search')];
const paper = parsePaperId(asked.get('paper') ?? '')?.id;
render(
  <Popup
    library={library}
    notices={onChange}
    drafts={drafts}
    warning={<BackupNotices backups={backupsWhenNeeded()} popup={!tab} />}
    {...(topic && { topic })}
    {...(paper && { paper })}
    {...(words && { words })}
  />,
  document.querySelector('#page') as Element,
);
