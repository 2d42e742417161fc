// Renders the frame of highlights: a comment, or the list of a paper.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/highlight-frame.css';
import { connect, onChange } from '../../src/rpc/connect';
import { HighlightFrame } from '../../src/views/highlight-frame';

render(
  <HighlightFrame address={location} library={connect()} notices={onChange} />,
  document.querySelector('#page') as Element,
);
