// Renders the library page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/library.css';
import { connect, onChange } from '../../src/rpc/connect';
import { placeOf } from '../../src/views/address';
import { openDrafts } from '../../src/views/drafts';
import { LibraryPage } from '../../src/views/library';

render(
  <LibraryPage
    library={connect()}
    notices={onChange}
    drafts={await openDrafts()}
    place={placeOf(location.search)}
  />,
  document.querySelector('#page') as Element,
);
