// Renders the options page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/options.css';
import { connect, onChange } from '../../src/rpc/connect';
import { Options } from '../../src/views/options';

render(
  <Options library={connect()} notices={onChange} />,
  document.querySelector('#page') as Element,
);
