// takes the chat's class, gives the browser its tag.

import { ReformsChat } from '../elements/chat/chat.ts';

if (!customElements.get('reforms-chat')) customElements.define('reforms-chat', ReformsChat);
