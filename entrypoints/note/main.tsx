// Renders the frame of a note.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/note.css';
import { connect, onChange } from '../../src/rpc/connect';
import { openDrafts } from '../../src/views/drafts';
import { NoteFrame } from '../../src/views/note-frame';

render(
  <NoteFrame
    address={location}
    library={connect()}
    notices={onChange}
    drafts={await openDrafts()}
  />,
  document.querySelector('#page') as Element,
);
