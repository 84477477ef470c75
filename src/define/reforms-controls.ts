// takes the class, gives the page the tag.

import { ReformsControls } from '../elements/controls/controls.ts';
import { define } from './define.ts';
import './reforms-device-picker.ts';

define('reforms-controls', ReformsControls);
