// takes the class, gives the page the tag.

import { ReformsParticipants } from '../elements/participants/participants.ts';
import { define } from './define.ts';

define('reforms-participants', ReformsParticipants);
