// Renders the frame of related papers.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/related-frame.css';
import { connect, onChange } from '../../src/rpc/connect';
import { RelatedFrame } from '../../src/views/related-frame';

render(
  <RelatedFrame address={location} library={connect()} notices={onChange} />,
  document.querySelector('#page') as Element,
);
