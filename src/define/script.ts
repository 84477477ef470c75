// takes the address of the script bundle, gives the page the tags of the kit, with that address as the default server.

import { setDefaultServer } from '../controllers/default-server.ts';
import { defineOnSight } from './on-sight.ts';
import './script-first.ts';

// In time for elements that are on the page already: they look for their server in their first update, a microtask later.
setDefaultServer(new URL('.', import.meta.url).href);

// A page with a call alone does not wait for the rest.
defineOnSight(document, {
  'reforms-chat': () => import('./reforms-chat.ts'),
  'reforms-file-drop': () => import('./reforms-file-drop.ts'),
  'reforms-participants': () => import('./reforms-participants.ts'),
  'reforms-verify': () => import('./reforms-verify.ts'),
});
