// takes the class, gives the page the tag.

import { ReformsCall } from '../elements/call/call.ts';
import { define } from './define.ts';
import './reforms-controls.ts';
import './reforms-invite.ts';
import './reforms-prejoin.ts';
import './reforms-tile.ts';
import './reforms-verify.ts';

define('reforms-call', ReformsCall);
