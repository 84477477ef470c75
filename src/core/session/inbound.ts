// takes a Frame from an authenticated person, gives the Fact it stands for.

import type { Frame } from '../../protocol/frame.ts';
import { cleanName } from './clean-name.ts';
import type { Fact } from './facts.ts';

/** Who sent the frame, as the handshake and earlier frames told. */
export interface Sender {
  readonly id: string;
  readonly name: string;
  readonly ordinal?: number;
}

/** Frames that are news for the Snapshot. Files, rosters and negotiation are read elsewhere: their frames give nothing. */
export function inbound(sender: Sender, frame: Frame): Fact | undefined {
  switch (frame.kind) {
    case 'profile':
      return {
        kind: 'participant-updated',
        id: sender.id,
        name: cleanName(frame.name),
        audio: frame.audio,
        video: frame.video,
      };
    case 'message':
      return {
        kind: 'message-received',
        message: {
          // Two people may choose the same id; what one says must never hide what the other said.
          id: `${sender.id}.${frame.id}`,
          from: sender.id,
          name: sender.name,
          ...(sender.ordinal !== undefined && { ordinal: sender.ordinal }),
          text: frame.text,
          sentAt: frame.sentAt,
          delivery: 'delivered',
          sentTo: [],
          deliveredTo: [],
        },
      };
    case 'receipt':
      return { kind: 'messages-delivered', by: sender.id, ids: frame.ids };
    default:
      return undefined;
  }
}
