// takes the class, gives the page the tag.

import { ReformsVerify } from '../elements/verify/verify.ts';
import { define } from './define.ts';

define('reforms-verify', ReformsVerify);
