// takes nothing, gives every English word of the kit. Other languages are files of this shape beside it.

import { call } from './en/call.ts';
import { chat } from './en/chat.ts';
import { emoji } from './en/emoji.ts';
import { errors } from './en/errors.ts';
import { files } from './en/files.ts';

export const en = { ...call, ...chat, ...files, emoji, errors };

/** What a language has to say: the same keys, the same parameters. */
export type Words = typeof en;
