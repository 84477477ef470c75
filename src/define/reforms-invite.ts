// takes the class, gives the page the tag.

import { ReformsInvite } from '../elements/invite/invite.ts';
import { define } from './define.ts';

define('reforms-invite', ReformsInvite);
