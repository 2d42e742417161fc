// Renders the popup, or the same as a page where it was opened in a tab.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/popup.css';
import { parsePaperId } from '../../src/paper';
import { onChange } from '../../src/rpc/connect';
import { openedAhead } from '../../src/views/ahead';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { BackupNotices } from '../../src/views/backup-notices';
import { Popup } from '../../src/views/popup';

const { library, ...opened } = openedAhead();
const [inTab, drafts] = await Promise.all([opened.inTab, opened.drafts]);
document.documentElement.toggleAttribute('data-tab', inTab);
const asked = new URLSearchParams(location.search);
const [topic, words] = [asked.get('topic'), asked.get('search')];
const paper = parsePaperId(asked.get('paper') ?? '')?.id;
render(
  <Popup
    library={library}
    notices={onChange}
    drafts={drafts}
    warning={<BackupNotices backups={backupsWhenNeeded()} popup={!inTab} />}
    {...(topic && { topic })}
    {...(paper && { paper })}
    {...(words && { words })}
  />,
  document.querySelector('#page') as Element,
);
