// takes nothing, gives the page the tags that are seen before anyone has joined. What a call needs later comes on sight.

import { ReformsCall } from '../elements/call/call.ts';
import { ReformsRoom } from '../elements/room/room.ts';
import { define } from './define.ts';
import './reforms-controls.ts';
import './reforms-invite.ts';
import './reforms-prejoin.ts';
import './reforms-tile.ts';

define('reforms-room', ReformsRoom);
define('reforms-call', ReformsCall);
