// takes the class, gives the page the tag.

import { ReformsPrejoin } from '../elements/prejoin/prejoin.ts';
import { define } from './define.ts';
import './reforms-device-picker.ts';
import './reforms-tile.ts';

define('reforms-prejoin', ReformsPrejoin);
