// Renders the welcome page.
import { render } from 'preact';
import '../../src/ui/page.css';
import '../../src/ui/welcome.css';
import { connect } from '../../src/rpc/connect';
import { Welcome } from '../../src/views/welcome';

render(<Welcome library={connect()} />, document.querySelector('#page') as Element);
