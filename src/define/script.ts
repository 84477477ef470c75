// takes the address of the script bundle, gives the page every tag of the kit, with that address as the default server.

import './index.ts';
import { setDefaultServer } from '../controllers/default-server.ts';

// In time for elements that are on the page already: they look for their server in their first update, a microtask later.
setDefaultServer(new URL('.', import.meta.url).href);
