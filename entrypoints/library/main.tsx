// Renders the library page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/library.css';
import { connect, onChange } from '../../src/rpc/connect';
import { placeOf } from '../../src/views/address';
import { openDrafts } from '../../src/views/drafts';
import { filesWhenNeeded } from '../../src/views/files';
import { LibraryPage } from '../../src/views/library';

const files = filesWhenNeeded(async () => {
  const [{ openFiles }, { openDatabase }, { recognise }] = await Promise.all([
    import('../../src/library/exchanging'),
    import('../../src/library/tables'),
    import('../../src/sites'),
  ]);
  return openFiles({ db: openDatabase(), recognise });
});

render(
  <LibraryPage
    library={connect()}
    files={files}
    notices={onChange}
    drafts={await openDrafts()}
    place={placeOf(location.search)}
  />,
  document.querySelector('#page') as Element,
);
