// takes the class, gives the page the tag.

import { ReformsRoom } from '../elements/room/room.ts';
import { define } from './define.ts';
import './reforms-verify.ts';

define('reforms-room', ReformsRoom);
