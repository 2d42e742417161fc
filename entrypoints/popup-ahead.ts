// Asks for what the popup needs first, in a script so small that it runs before those that draw are there.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openAhead } from '../src/views/ahead';

export default defineUnlistedScript(openAhead);
