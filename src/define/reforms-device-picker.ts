// takes the class, gives the page the tag.

import { ReformsDevicePicker } from '../elements/device-picker/device-picker.ts';
import { define } from './define.ts';

define('reforms-device-picker', ReformsDevicePicker);
