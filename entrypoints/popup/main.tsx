// Renders the popup, or the same as a page where it was opened in a tab.
import { render } from 'preact';
import { browser } from 'wxt/browser';
import '../../src/ui/page.css';
import '../../src/ui/popup.css';
import { parsePaperId } from '../../src/paper';
import { connect, onChange } from '../../src/rpc/connect';
import { openDrafts } from '../../src/views/drafts';
import { Popup } from '../../src/views/popup';

document.documentElement.toggleAttribute('data-tab', Boolean(await browser.tabs.getCurrent()));
const asked = new URLSearchParams(location.search);
const [topic, words] = [asked.get('topic'), asked.get('search')];
const paper = parsePaperId(asked.get('paper') ?? '')?.id;
render(
  <Popup
    library={connect()}
    notices={onChange}
    drafts={await openDrafts()}
    {...(topic && { topic })}
    {...(paper && { paper })}
    {...(words && { words })}
  />,
  document.querySelector('#page') as Element,
);
