// takes nothing, gives the page every tag of the kit; the room first, so that it is there when its children ask.

import './reforms-room.ts';
import './reforms-call.ts';
import './reforms-chat.ts';
import './reforms-file-drop.ts';
import './reforms-participants.ts';
