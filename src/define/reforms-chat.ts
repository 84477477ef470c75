// takes the class, gives the page the tag.

import { ReformsChat } from '../elements/chat/chat.ts';
import { define } from './define.ts';

define('reforms-chat', ReformsChat);
