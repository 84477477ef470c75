// takes the class, gives the page the tag.

import { ReformsFileDrop } from '../elements/file-drop/file-drop.ts';
import { define } from './define.ts';

define('reforms-file-drop', ReformsFileDrop);
