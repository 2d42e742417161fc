// Renders the side panel.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/side-panel.css';
import { connect, onChange } from '../../src/rpc/connect';
import { openDrafts } from '../../src/views/drafts';
import { SidePanel } from '../../src/views/side-panel';

render(
  <SidePanel library={connect()} notices={onChange} drafts={await openDrafts()} />,
  document.querySelector('#page') as Element,
);
