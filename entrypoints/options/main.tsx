// Renders the options page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/options.css';
import { connect, onChange } from '../../src/rpc/connect';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { filesWhenNeeded } from '../../src/views/files';
import { Options } from '../../src/views/options';

render(
  <Options
    library={connect()}
    notices={onChange}
    backups={backupsWhenNeeded()}
    files={filesWhenNeeded()}
  />,
  document.querySelector('#page') as Element,
);
