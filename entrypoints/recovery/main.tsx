// Renders the recovery page. It reads the library's database as it lies there, so that it needs none of what may be broken.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/recovery.css';
import { examine } from '../../src/backup/examine';
import { ownDay } from '../../src/backup/folder';
import { openRawLibrary, rawFile, recoveredFile } from '../../src/backup/raw';
import { openDatabase } from '../../src/library/tables';
import { connect } from '../../src/rpc/connect';
import { backupsWhenNeeded } from '../../src/views/backing-up';
import { filesWhenNeeded } from '../../src/views/files';
import { Recovery } from '../../src/views/recovery';

const library = connect();
const tables = openDatabase().tables.map(({ name }) => name);
const answers = () => library.kept('', 0, 1);
render(
  <Recovery
    library={library}
    files={filesWhenNeeded()}
    backups={backupsWhenNeeded()}
    examine={() => examine(openRawLibrary, tables, answers)}
    recover={(raw) => recoveredFile(raw, Date.now())}
    dump={rawFile}
    today={ownDay(Date.now())}
  />,
  document.querySelector('#page') as Element,
);
