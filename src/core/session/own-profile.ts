// takes the Snapshot, gives the profile frame that tells the others who we are.

import type { ProfileFrame } from '../../protocol/frame.ts';
import type { Snapshot } from './snapshot.ts';

/** What the others are told: that they can hear or see us only when they can. */
export function ownProfile({ self, call }: Snapshot, peer: string): ProfileFrame {
  return {
    kind: 'profile',
    peer,
    name: self.name,
    audio: call.microphone.enabled && call.microphone.status === 'open',
    video: call.camera.enabled && call.camera.status === 'open',
  };
}
