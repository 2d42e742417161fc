// Renders the library page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/library.css';
import { connect, onChange } from '../../src/rpc/connect';
import { placeOf } from '../../src/views/address';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { BackupNotices } from '../../src/views/backup-notices';
import { openDrafts } from '../../src/views/drafts';
import { filesWhenNeeded } from '../../src/views/files';
import { LibraryPage } from '../../src/views/library';

render(
  <LibraryPage
    library={connect()}
    files={filesWhenNeeded()}
    notices={onChange}
    drafts={await openDrafts()}
    place={placeOf(location.search)}
    warning={<BackupNotices backups={backupsWhenNeeded()} />}
  />,
  document.querySelector('#page') as Element,
);
