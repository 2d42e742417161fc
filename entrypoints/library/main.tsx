// Renders the library page.
import { render } from 'preact';
import '../../src/ui/library.css';
import { connect, onChange } from '../../src/rpc/connect';
import { LibraryPage } from '../../src/views/library';

render(
  <LibraryPage library={connect()} notices={onChange} />,
  document.querySelector('#page') as Element,
);
