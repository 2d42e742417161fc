// Renders the recovery page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/recovery.css';
import type { OwnVerbs } from '../../src/library/api';
import { connect } from '../../src/rpc/connect';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { filesWhenNeeded } from '../../src/views/files';
import { Recovery } from '../../src/views/recovery';

render(
  <Recovery
    library={connect<OwnVerbs>()}
    files={filesWhenNeeded()}
    backups={backupsWhenNeeded()}
    load={async () => (await import('../../src/backup/recovering')).recovering}
  />,
  document.querySelector('#page') as Element,
);
