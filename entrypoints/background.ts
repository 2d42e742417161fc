// Opens the library, serves it, and sets its alarms. Every listener is registered before the first await.
import { defineBackground } from 'wxt/utils/define-background';
import { announce } from '../src/background/announce';
import { access, consent, followConsent } from '../src/background/consent';
import { answerDownloads } from '../src/background/download';
import { keepDraftsToOurselves } from '../src/background/drafts';
import { answerHighlights } from '../src/background/highlights';
import { refreshAndTell } from '../src/background/notices';
import { rememberPdfs } from '../src/background/opened';
import { followOptionalSites } from '../src/background/optional-sites';
import { schedule } from '../src/background/schedule';
import { welcome } from '../src/background/welcome';
import { openLibrary } from '../src/library';
import { openDatabase } from '../src/library/tables';
import { serve } from '../src/rpc/serve';
import { hosts, optionalHosts, recognise } from '../src/sites';
import { followCommands } from '../src/toolbar/commands';
import { offerMenu } from '../src/toolbar/context-menu';
import { followTabs } from '../src/toolbar/icon';
import { followOmnibox } from '../src/toolbar/omnibox';
import { answerSidePanel } from '../src/toolbar/side-panel';

export default defineBackground(() => {
  const library = openLibrary({
    db: openDatabase(),
    fetch: (...request) => fetch(...request),
    consent,
    access,
    recognise,
  });
  keepDraftsToOurselves();
  const icon = followTabs(library);
  serve(library, [...hosts(), ...optionalHosts()]);
  library.onChange((change) => void announce(change));
  library.onChange(icon.changed);
  followOptionalSites();
  for (const begin of [followConsent, rememberPdfs, answerDownloads]) begin(library);
  answerSidePanel();
  offerMenu({ library, icon });
  followCommands({ library, icon, ...answerHighlights() });
  followOmnibox(library);
  schedule(refreshAndTell(library));
  welcome();
});
