// takes the class, gives the page the tag.

import { ReformsTile } from '../elements/tile/tile.ts';
import { define } from './define.ts';

define('reforms-tile', ReformsTile);
